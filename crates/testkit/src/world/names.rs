//! Made-up names that can be pronounced, each once.

use std::collections::BTreeSet;

use rand::RngExt;

use super::stream::{Purpose, stream};

const ONSETS: [&str; 24] = [
    "b", "br", "c", "d", "dr", "f", "g", "gr", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "z",
    "sc", "fl", "cl", "",
];
const VOWELS: [&str; 7] = ["a", "e", "i", "o", "u", "ia", "io"];
const ENDINGS: [&str; 20] = [
    "no", "ra", "te", "lo", "na", "sco", "go", "gna", "ve", "ndo", "ssa", "rzo", "tta", "lla", "nte", "ma",
    "vo", "zza", "rio", "le",
];

/// `count` different names, the same for the same seed.
pub(super) fn names(seed: u64, count: usize) -> Vec<String> {
    Names::new(seed, Purpose::Names).take(count).collect()
}

/// One name after the other, the same for the same seed and purpose, each once.
pub(super) struct Names {
    seed: u64,
    purpose: Purpose,
    index: usize,
    taken: BTreeSet<String>,
}

impl Names {
    /// Names for a purpose.
    pub(super) fn new(seed: u64, purpose: Purpose) -> Self {
        Self { seed, purpose, index: 0, taken: BTreeSet::new() }
    }

    /// Without those that are taken already.
    pub(super) fn without<'a>(mut self, taken: impl Iterator<Item = &'a str>) -> Self {
        self.taken.extend(taken.map(str::to_owned));
        self
    }

    /// The next name.
    pub(super) fn another(&mut self) -> String {
        let mut rng = stream(self.seed, self.purpose, self.index);
        self.index += 1;
        let mut pick = |from: &[&'static str]| from[rng.random_range(0..from.len())];
        let mut name = String::new();
        loop {
            if name.is_empty() {
                let (onset, vowel) = (pick(&ONSETS), pick(&VOWELS[..5]));
                name = format!("{onset}{vowel}");
            }
            // Taken names get a longer one of the same family.
            name = format!("{name}{}{}", pick(&ONSETS[..20]), pick(&VOWELS));
            let whole = capitalised(&format!("{name}{}", pick(&ENDINGS)));
            if self.taken.insert(whole.clone()) {
                return whole;
            }
        }
    }
}

impl Iterator for Names {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        Some(self.another())
    }
}

/// With a capital letter in front.
pub(super) fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
