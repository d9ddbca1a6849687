//! Quick look-up of codes while rows stream by.

use rustc_hash::FxHashMap;

use crate::tables::Translation;

/// Where a code that was looked up belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A zone, by index.
    Zone(u32),
    /// A code that means abroad or unknown.
    Elsewhere,
    /// A code that is not a zone, by its position among such codes.
    Unknown(u32),
}

/// Finds the zone of a code of the study.
type Resolve<'a> = dyn FnMut(&str) -> Option<u32> + 'a;

/// Remembers where each code of a table belongs, as it is written there.
///
/// Codes of at most eight bytes, which is nearly all of them, are packed into one number.
pub struct Lookup<'a> {
    translation: &'a Translation,
    elsewhere: Vec<String>,
    resolve: Box<Resolve<'a>>,
    short: FxHashMap<u64, Found>,
    long: FxHashMap<String, Found>,
    unknown: Vec<String>,
    unknown_at: FxHashMap<String, u32>,
}

impl<'a> Lookup<'a> {
    /// A look-up by `resolve`, which is asked once for each code (after translation).
    pub fn new(
        translation: &'a Translation,
        elsewhere: &[String],
        resolve: impl FnMut(&str) -> Option<u32> + 'a,
    ) -> Self {
        Self {
            translation,
            elsewhere: elsewhere.to_vec(),
            resolve: Box::new(resolve),
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            unknown: Vec::new(),
            unknown_at: FxHashMap::default(),
        }
    }

    /// Where a code belongs. A code in `elsewhere` is recognised as written and as translated.
    #[inline]
    pub fn find(&mut self, code: &str) -> Found {
        if let Some(key) = packed(code) {
            if let Some(&found) = self.short.get(&key) {
                return found;
            }
            let found = self.classify(code);
            self.short.insert(key, found);
            return found;
        }
        if let Some(&found) = self.long.get(code) {
            return found;
        }
        let found = self.classify(code);
        self.long.insert(code.to_owned(), found);
        found
    }

    fn classify(&mut self, code: &str) -> Found {
        let own = self.translation.apply(code);
        if self.elsewhere.iter().any(|other| other == code || *other == own) {
            return Found::Elsewhere;
        }
        if let Some(zone) = (self.resolve)(&own) {
            return Found::Zone(zone);
        }
        let unknown = &mut self.unknown;
        let at = *self.unknown_at.entry(own.into_owned()).or_insert_with_key(|own| {
            unknown.push(own.clone());
            unknown.len() as u32 - 1
        });
        Found::Unknown(at)
    }

    /// Codes (after translation) that are not zones, in the order in which they came.
    pub fn into_unknown(self) -> Vec<String> {
        self.unknown
    }
}

/// A code of at most eight bytes, none of them zero, as a number that no other such code has.
#[inline]
fn packed(code: &str) -> Option<u64> {
    let bytes = code.as_bytes();
    if bytes.len() > 8 || bytes.contains(&0) {
        return None;
    }
    Some(bytes.iter().fold(0, |key, &byte| key << 8 | u64::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_classified_once() {
        let translation = Translation::simple(Some(3), &[("009".into(), "010".into())].into());
        let mut asked = Vec::new();
        let mut lookup = Lookup::new(&translation, &["999".to_owned()], |code| {
            asked.push(code.to_owned());
            (code == "010").then_some(7)
        });
        let codes = ["10", "9", "999", "x", "10", "x", "longer than eight", "longer than eight"];
        let found: Vec<Found> = codes.iter().map(|code| lookup.find(code)).collect();
        let zone = Found::Zone(7);
        assert_eq!(found[..5], [zone, zone, Found::Elsewhere, Found::Unknown(0), zone]);
        assert_eq!(found[5..], [Found::Unknown(0), Found::Unknown(1), Found::Unknown(1)]);
        assert_eq!(lookup.into_unknown(), ["x", "longer than eight"]);
        assert_eq!(asked, ["010", "010", "x", "longer than eight"]);
    }

    #[test]
    fn packed_codes_are_distinct() {
        let codes = ["", "1", "01", "10", "001", "12345678", "é"];
        let keys: std::collections::BTreeSet<_> = codes.iter().map(|code| packed(code).unwrap()).collect();
        assert_eq!(keys.len(), codes.len());
        assert_eq!((packed("123456789"), packed("a\0")), (None, None));
    }
}
