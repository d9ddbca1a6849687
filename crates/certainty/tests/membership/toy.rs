//! Replicates drawn by hand.

use distretto_certainty::Replicate;

use crate::made;

/// One letter a zone: equal letters are one area, `.` is none. Areas are numbered in the order of their first zones.
pub fn replicate(letters: &str) -> Replicate {
    let mut known = String::new();
    let area_of: Vec<u32> = letters
        .chars()
        .map(|letter| match (letter, known.find(letter)) {
            ('.', _) => Replicate::NO_AREA,
            (_, Some(area)) => area as u32,
            (_, None) => {
                known.push(letter);
                known.len() as u32 - 1
            }
        })
        .collect();
    made::replicate(&area_of)
}

/// Several of them.
pub fn replicates(letters: &[&str]) -> Vec<Replicate> {
    letters.iter().map(|letters| replicate(letters)).collect()
}
