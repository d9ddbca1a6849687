//! What would flip a verdict: the smallest single change of jobs, found by applying the rule anew.

use distretto_jobs::SizeClass;

use super::IstatParameters;
use super::facts::{BySize, Facts};
use super::verdict::{AreaVerdict, Kind, judge};

/// Where jobs are added or removed. Local units stay as they are, and so do all other jobs; the nation changes with the area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// In units of one size of one industry (index in the grouping).
    Industry {
        /// The industry.
        industry: usize,
        /// The size of the units.
        size: SizeClass,
    },
    /// In business services.
    BusinessServices,
    /// In consumer services.
    ConsumerServices,
    /// In the other sectors: agriculture, extractive, construction, social and traditional services.
    OtherSectors,
}

/// A change that makes a district of an area that is none, or the other way round. `jobs` is the number found by doubling and
/// halving: the verdict flips at `jobs`, and does not with one job less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flip {
    /// Where.
    pub change: Change,
    /// Jobs added, or removed where negative; never 0.
    pub jobs: i64,
    /// What the area would be.
    pub kind: Kind,
    /// Its main industry then.
    pub main_industry: Option<usize>,
}

/// Every place of change, up to as many jobs as the area has (added) or the place has (removed).
pub(super) fn flips(area: u32, facts: &Facts, nation: &Facts, parameters: &IstatParameters) -> Vec<Flip> {
    let now = judge(area, facts, nation, parameters).kind;
    if now == Kind::Undetermined {
        return Vec::new();
    }
    let changes = (0..facts.industries.len())
        .flat_map(|industry| SizeClass::SIZES.map(|size| Change::Industry { industry, size }))
        .chain([Change::BusinessServices, Change::ConsumerServices, Change::OtherSectors]);
    let mut flips = Vec::new();
    for change in changes {
        for (sign, most) in [(1, facts.sectors.all), (-1, present(facts, change))] {
            let verdict = |jobs: i64| after(area, facts, nation, parameters, change, sign * jobs);
            let flipped = |jobs: i64| {
                let kind = verdict(jobs).kind;
                kind != Kind::Undetermined && (kind == Kind::District) != (now == Kind::District)
            };
            if let Some(jobs) = smallest(most.floor() as i64, flipped) {
                let AreaVerdict { kind, main_industry, .. } = verdict(jobs);
                flips.push(Flip { change, jobs: sign * jobs, kind, main_industry });
            }
        }
    }
    flips.sort_by_key(|flip| (flip.jobs.abs(), flip.change, flip.jobs));
    flips
}

/// A number from 1 to `most` where `holds` begins to hold: the first power of two (or `most`) where it does, then by halving.
fn smallest(most: i64, holds: impl Fn(i64) -> bool) -> Option<i64> {
    let mut above = 1;
    while above < most && !holds(above) {
        above = (above * 2).min(most);
    }
    if most < 1 || !holds(above) {
        return None;
    }
    let mut below = above / 2;
    while above - below > 1 {
        let middle = below + (above - below) / 2;
        if holds(middle) {
            above = middle;
        } else {
            below = middle;
        }
    }
    Some(above)
}

/// Jobs that can be removed.
fn present(facts: &Facts, change: Change) -> f64 {
    let sectors = &facts.sectors;
    match change {
        // Two tables may disagree; jobs must be there in both.
        Change::Industry { industry, size } => {
            facts.industries[industry].jobs.sizes[size as usize].min(sectors.manufacturing)
        }
        Change::BusinessServices => sectors.business_services,
        Change::ConsumerServices => sectors.consumer_services,
        Change::OtherSectors => {
            sectors.all - sectors.manufacturing - sectors.business_services - sectors.consumer_services
        }
    }
}

fn after(
    area: u32,
    facts: &Facts,
    nation: &Facts,
    parameters: &IstatParameters,
    change: Change,
    jobs: i64,
) -> AreaVerdict {
    let (mut facts, mut nation) = (facts.clone(), nation.clone());
    apply(&mut facts, change, jobs as f64);
    apply(&mut nation, change, jobs as f64);
    judge(area, &facts, &nation, parameters)
}

fn apply(facts: &mut Facts, change: Change, jobs: f64) {
    let sectors = &mut facts.sectors;
    sectors.all += jobs;
    match change {
        Change::Industry { industry, size } => {
            sectors.manufacturing += jobs;
            let add = |by_size: &mut BySize| by_size.sizes[size as usize] += jobs;
            add(&mut facts.industries[industry].jobs);
            add(&mut facts.manufacturing.jobs);
        }
        Change::BusinessServices => sectors.business_services += jobs,
        Change::ConsumerServices => sectors.consumer_services += jobs,
        Change::OtherSectors => {}
    }
}
