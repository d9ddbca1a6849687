//! Minutes and metres from place to place.

use std::collections::BTreeMap;

/// A way from one place to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    /// Driving time in minutes, rounded up, before any rounding of the frame.
    pub minutes: u32,
    /// Length in metres; absent where nobody has said.
    pub metres: Option<u32>,
}

/// What is known of the way between two places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A way.
    Leg(Leg),
    /// There is no way: asked, and answered.
    NoRoute,
    /// Nobody has said.
    Unknown,
}

/// Ways between hosts and bases, both named by their codes. The way from a place to itself takes no time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Travel {
    index: BTreeMap<String, usize>,
    ways: Vec<Way>,
    /// How the times were come by, in words for the reader: a file, a server, a formula with its numbers.
    pub source: String,
}

impl Travel {
    /// Ways between these places, all unknown. Codes that come twice count once. Memory: 12 bytes a pair.
    pub fn new<S: Into<String>>(codes: impl IntoIterator<Item = S>, source: impl Into<String>) -> Self {
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        for code in codes {
            let next = index.len();
            index.entry(code.into()).or_insert(next);
        }
        let mut ways = vec![Way::Unknown; index.len() * index.len()];
        for place in 0..index.len() {
            ways[place * index.len() + place] = Way::Leg(Leg { minutes: 0, metres: Some(0) });
        }
        Self { index, ways, source: source.into() }
    }

    /// Says what the way is; a code that is not among the places is refused with `false`.
    pub fn set(&mut self, from: &str, to: &str, way: Way) -> bool {
        let (Some(&from), Some(&to)) = (self.index.get(from), self.index.get(to)) else { return false };
        let at = from * self.index.len() + to;
        self.ways[at] = way;
        true
    }

    /// What is known of the way; [`Way::Unknown`] for a place that is not known.
    pub fn way(&self, from: &str, to: &str) -> Way {
        match (self.index.get(from), self.index.get(to)) {
            (Some(from), Some(to)) => self.ways[from * self.index.len() + to],
            _ => Way::Unknown,
        }
    }

    /// Whether ways from and to a place were asked for: whether it is among the places.
    pub fn knows(&self, code: &str) -> bool {
        self.index.contains_key(code)
    }

    /// Whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Codes of the places, in their order.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }
}
