//! Replicates drawn by hand.

use distretto_certainty::{DrawnRule, Replicate, Varying};
use distretto_districts::IstatParameters;
use distretto_regions::eu_ttwa::{Mode, Parameters};

/// One letter a zone: equal letters are one area, `.` is none. Areas are numbered in the order of their first zones.
pub fn replicate(letters: &str) -> Replicate {
    let mut known = String::new();
    let area_of = letters
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
    Replicate {
        number: 1,
        varying: Varying::NOTHING,
        vintage: 0,
        rule: DrawnRule {
            rule: 0,
            mode: Mode::Clean,
            parameters: Parameters::default(),
            thresholds: IstatParameters::default(),
        },
        area_of,
        areas: known.len() as u32,
        converged: true,
        judged: None,
    }
}

/// Several of them.
pub fn replicates(letters: &[&str]) -> Vec<Replicate> {
    letters.iter().map(|letters| replicate(letters)).collect()
}
