//! The zones of a study: codes in the order that decides ties.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

/// How zone codes are ordered. Order decides ties, so it is part of every result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeOrder {
    /// All codes are whole numbers: by value, then by text (`7` before `07` before `10`).
    Numeric,
    /// By bytes of the UTF-8 text, as in the C locale.
    Bytes,
}

impl CodeOrder {
    /// The order that fits `codes`: numeric where every code is a whole number below 10^18, else by bytes.
    pub fn of<S: AsRef<str>>(codes: &[S]) -> Self {
        if codes.iter().all(|code| number(code.as_ref()).is_some()) { Self::Numeric } else { Self::Bytes }
    }

    /// Compares two codes in this order; total, and equal only for identical texts.
    pub fn compare(self, a: &str, b: &str) -> Ordering {
        match self {
            Self::Numeric => number(a).cmp(&number(b)).then_with(|| a.cmp(b)),
            Self::Bytes => a.cmp(b),
        }
    }
}

/// The value of a code that is a whole number of at most 18 digits.
fn number(code: &str) -> Option<u64> {
    (!code.is_empty() && code.len() <= 18 && code.bytes().all(|b| b.is_ascii_digit()))
        .then(|| code.bytes().fold(0, |value, digit| value * 10 + u64::from(digit - b'0')))
}

/// Why a list of codes is not a list of zones.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ZonesError {
    /// The same code twice.
    #[error("zone code `{0}` occurs twice")]
    Duplicate(String),
    /// An empty code.
    #[error("a zone code is empty")]
    Empty,
}

/// The zones of a study. A zone is known everywhere by its index `0..len`, which follows [`CodeOrder`].
#[derive(Debug, Clone)]
pub struct Zones {
    codes: Vec<String>,
    index: FxHashMap<String, u32>,
    order: CodeOrder,
}

impl Zones {
    /// Sorts `codes` (each once, none empty) into zones. Cost: n log n.
    pub fn new(mut codes: Vec<String>) -> Result<Self, ZonesError> {
        let order = CodeOrder::of(&codes);
        match order {
            CodeOrder::Numeric => codes.sort_by_cached_key(|code| (number(code), code.clone())),
            CodeOrder::Bytes => codes.sort_unstable(),
        }
        if codes.iter().any(String::is_empty) {
            return Err(ZonesError::Empty);
        }
        if let Some(pair) = codes.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(ZonesError::Duplicate(pair[0].clone()));
        }
        let index = codes.iter().enumerate().map(|(i, code)| (code.clone(), i as u32)).collect();
        Ok(Self { codes, index, order })
    }

    /// Number of zones.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is no zone.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The code of the zone with this index.
    ///
    /// # Panics
    /// If `zone` is not below [`Self::len`]: an index never comes from input.
    pub fn code(&self, zone: u32) -> &str {
        &self.codes[zone as usize]
    }

    /// All codes, by index.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// The index of a code, if it is one of the zones.
    pub fn index_of(&self, code: &str) -> Option<u32> {
        self.index.get(code).copied()
    }

    /// How the codes are ordered.
    pub fn order(&self) -> CodeOrder {
        self.order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zones(codes: &[&str]) -> Result<Zones, ZonesError> {
        Zones::new(codes.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn numbers_order_by_value_and_keep_their_zeros() {
        let zones = zones(&["10", "9", "007", "100"]).unwrap();
        assert_eq!(zones.codes(), ["007", "9", "10", "100"]);
        assert_eq!(zones.order(), CodeOrder::Numeric);
        assert_eq!(zones.index_of("7"), None, "codes are text");
    }

    #[test]
    fn one_letter_makes_the_order_by_bytes() {
        assert_eq!(zones(&["10", "9", "E1"]).unwrap().codes(), ["10", "9", "E1"]);
    }

    #[test]
    fn twice_or_empty_is_refused() {
        assert_eq!(zones(&["1", "2", "1"]).unwrap_err(), ZonesError::Duplicate("1".into()));
        assert_eq!(zones(&["1", ""]).unwrap_err(), ZonesError::Empty);
    }
}
