//! What one replicate found.

use distretto_districts::{AreaVerdict, Kind, Test};

use crate::rule::DrawnRule;
use crate::source::Varying;

/// One more run, with something drawn anew. Number and what varies identify it: the same seed and experiment make it again.
#[derive(Debug, Clone, PartialEq)]
pub struct Replicate {
    /// Its number, from 1; 0 is the base run.
    pub number: u64,
    /// What varied.
    pub varying: Varying,
    /// Index of the vintage whose tables were used; 0 is that of the base run.
    pub vintage: usize,
    /// The rules used.
    pub rule: DrawnRule,
    /// Index of the area of each zone, below `areas`; [`Replicate::NO_AREA`] where it has none.
    pub area_of: Vec<u32>,
    /// Number of areas; may be 0.
    pub areas: u32,
    /// Whether the search ended by itself.
    pub converged: bool,
    /// What each area is, by area index; `None` where there are no jobs.
    pub judged: Option<Vec<JudgedArea>>,
}

impl Replicate {
    /// Stands in `area_of` for zones without an area.
    pub const NO_AREA: u32 = u32::MAX;

    /// The area of a zone.
    pub fn area(&self, zone: u32) -> Option<u32> {
        Some(self.area_of[zone as usize]).filter(|&area| area != Self::NO_AREA)
    }

    /// Bytes that it holds.
    pub fn bytes(&self) -> usize {
        let judged = self.judged.as_ref().map_or(0, |judged| size_of_val(judged.as_slice()));
        size_of::<Self>() + size_of_val(self.area_of.as_slice()) + judged
    }

    /// Number of districts; `None` where nothing was judged.
    pub fn districts(&self) -> Option<usize> {
        Some(self.judged.as_ref()?.iter().filter(|area| area.kind == Kind::District).count())
    }
}

/// What the rule makes of one area in one replicate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JudgedArea {
    /// What it is.
    pub kind: Kind,
    /// Index of its main industry in the grouping.
    pub main_industry: Option<u16>,
    /// Employees in manufacturing; `None` where not known.
    pub manufacturing_jobs: Option<f64>,
    /// Employees in the main industry.
    pub main_industry_jobs: Option<f64>,
    /// Value less threshold of each test, in the order of [`Test::ALL`]; `None` where it was not taken. Single precision:
    /// only spreads are made of them.
    pub margins: [Option<f32>; Test::ALL.len()],
    /// Which tests failed, bit by bit in the order of [`Test::ALL`].
    failed: u8,
}

impl JudgedArea {
    /// What is kept of a verdict.
    pub fn of(verdict: &AreaVerdict) -> Self {
        let mut margins = [None; Test::ALL.len()];
        let mut failed = 0;
        for step in verdict.steps() {
            margins[step.test as usize] = step.margin().map(|margin| margin as f32);
            failed |= u8::from(step.fails()) << step.test as u8;
        }
        Self {
            kind: verdict.kind,
            main_industry: verdict.main_industry.map(|industry| industry as u16),
            manufacturing_jobs: verdict.jobs.total(),
            main_industry_jobs: verdict.main().and_then(|main| main.jobs.total()),
            margins,
            failed,
        }
    }

    /// From its parts, as they were stored.
    pub fn from_parts(
        kind: Kind,
        main_industry: Option<u16>,
        jobs: [Option<f64>; 2],
        margins: [Option<f32>; Test::ALL.len()],
        failed: u8,
    ) -> Self {
        let [manufacturing_jobs, main_industry_jobs] = jobs;
        Self { kind, main_industry, manufacturing_jobs, main_industry_jobs, margins, failed }
    }

    /// The failed tests, bit by bit in the order of [`Test::ALL`].
    pub fn failed_bits(&self) -> u8 {
        self.failed
    }

    /// The tests that failed, in the order of the rule.
    pub fn failed(&self) -> impl Iterator<Item = Test> {
        let failed = self.failed;
        Test::ALL.into_iter().filter(move |&test| failed & (1 << test as u8) != 0)
    }
}
