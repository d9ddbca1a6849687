//! How sure the area of each zone is.
//!
//! *About what.* A membership estimates how likely the zone lies in that area when the rule works on flows without error: it is about
//! the areas that the rule would then draw, not about whether the rule is right (`docs/calibration.md`).
//!
//! *Given that it has an area.* Memberships are shares of the replicates in which the zone has an area. Where flows are few, a redraw
//! may leave a zone without any flow and so without an area; that says nothing about which area it belongs to, and counting it as
//! "not a member" would make zones look less sure than they are.

use rayon::prelude::*;

use crate::frequency::{share, standard_error};
use crate::matching::Matched;
use crate::replicate::Replicate;

/// How firmly a zone belongs to its area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneKind {
    /// In its area in at least [`ZoneKind::CORE`] of the replicates in which it has one.
    Core,
    /// Between the two.
    Fringe,
    /// In its area in fewer than [`ZoneKind::FRINGE`] of those replicates, or in another one at least
    /// [`ZoneKind::RIVAL`] as often.
    Contested,
}

impl ZoneKind {
    /// All, from sure to unsure.
    pub const ALL: [Self; 3] = [Self::Core, Self::Fringe, Self::Contested];
    /// Membership from which a zone is core: nine in ten, the usual reading of "as good as always".
    pub const CORE: f64 = 0.9;
    /// Membership below which a zone is contested, whoever else claims it. Above a half, so that a zone is not called
    /// anything better than contested because of a majority that other replicates could turn.
    pub const FRINGE: f64 = 0.6;
    /// How often the runner-up has the zone, against its own area, from which the two contest it: odds of two to one.
    pub const RIVAL: f64 = 0.5;

    /// From the membership in its own area and in the runner-up.
    pub fn of(membership: f64, runner_up: f64) -> Self {
        if membership >= Self::CORE {
            Self::Core
        } else if membership < Self::FRINGE || runner_up >= Self::RIVAL * membership {
            Self::Contested
        } else {
            Self::Fringe
        }
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Fringe => "fringe",
            Self::Contested => "contested",
        }
    }
}

/// Where a zone lies in the replicates, in terms of the areas of the base run. Memberships in all areas of the base run and
/// `elsewhere` are shares of the replicates in which it has an area, and add up to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneCertainty {
    /// Its area in the base run.
    pub area: Option<u32>,
    /// Share of `replicates` in which it lies in the match of that area; `None` without an area in the base run or in any
    /// replicate.
    pub membership: Option<f64>,
    /// What was counted: the same as a share of all replicates, `of`. `None` without an area in the base run or without replicates.
    pub raw_membership: Option<f64>,
    /// The area of the base run, other than its own, in whose match it lies most often, and in which share of `replicates`; of equals
    /// the one with the lowest index. `None` where there is none.
    pub runner_up: Option<(u32, f64)>,
    /// Share of `replicates` in which it lies in an area that matches none of the base run; `None` where it never has an area.
    pub elsewhere: Option<f64>,
    /// Share of all replicates, `of`, in which it has no area; 0 without replicates.
    pub without_area: f64,
    /// Entropy of where it lies when it has an area (areas of the base run, elsewhere), in bits: 0 = always the same.
    pub entropy: f64,
    /// What that makes it; `None` where the membership is.
    pub kind: Option<ZoneKind>,
    /// Number of replicates in which it has an area.
    pub replicates: usize,
    /// Number of all replicates.
    pub of: usize,
}

impl ZoneCertainty {
    /// Monte Carlo standard error of the membership ([`standard_error`]).
    pub fn standard_error(&self) -> Option<f64> {
        self.membership.map(|membership| standard_error(membership, self.replicates))
    }
}

/// Stands for areas that match none of the base run.
const ELSEWHERE: u32 = u32::MAX - 1;

/// Where each zone lies, by zone. `matched`: of each replicate ([`match_all`](crate::matching::match_all)). Cost: linear in
/// zones x replicates, memory in zones x areas met.
pub fn zone_certainties(
    base: &Replicate,
    replicates: &[Replicate],
    matched: &[Matched],
) -> Vec<ZoneCertainty> {
    // A block of zones at a time: its tallies stay in the cache while the replicates pass by.
    const BLOCK: usize = 1024;
    debug_assert_eq!(replicates.len(), matched.len());
    base.area_of
        .par_chunks(BLOCK)
        .enumerate()
        .flat_map_iter(|(block, areas)| {
            let first = block * BLOCK;
            let mut tallies = vec![Tally::default(); areas.len()];
            for (replicate, matched) in replicates.iter().zip(matched) {
                for (tally, &other) in tallies.iter_mut().zip(&replicate.area_of[first..]) {
                    if other != Replicate::NO_AREA {
                        tally.count(matched.base_of(other).unwrap_or(ELSEWHERE));
                    }
                }
            }
            tallies.into_iter().zip(areas).map(|(tally, &area)| tally.certainty(area, replicates.len()))
        })
        .collect()
}

/// How often a zone was where; a zone meets few areas. Nowhere is not counted.
#[derive(Debug, Clone, Default)]
struct Tally(Vec<(u32, u32)>);

impl Tally {
    fn count(&mut self, place: u32) {
        match self.0.iter_mut().find(|(known, _)| *known == place) {
            Some((_, times)) => *times += 1,
            None => self.0.push((place, 1)),
        }
    }

    fn certainty(mut self, area: u32, of: usize) -> ZoneCertainty {
        self.0.sort_unstable();
        let replicates = self.0.iter().map(|&(_, times)| times as usize).sum::<usize>();
        let times_in = |place: u32| {
            self.0.binary_search_by_key(&place, |&(place, _)| place).map_or(0, |at| self.0[at].1)
        };
        let area = Some(area).filter(|&area| area != Replicate::NO_AREA);
        let membership = area.filter(|_| replicates > 0).map(|area| share(times_in(area), replicates));
        let others = self.0.iter().filter(|&&(place, _)| place != ELSEWHERE && Some(place) != area);
        let runner_up = others
            .min_by_key(|&&(place, times)| (std::cmp::Reverse(times), place))
            .map(|&(place, times)| (place, share(times, replicates)));
        let rival = runner_up.map_or(0.0, |(_, share)| share);
        ZoneCertainty {
            area,
            membership,
            raw_membership: area.filter(|_| of > 0).map(|area| share(times_in(area), of)),
            runner_up,
            elsewhere: (replicates > 0).then(|| share(times_in(ELSEWHERE), replicates)),
            without_area: share((of - replicates) as u32, of),
            entropy: entropy(self.0.iter().map(|&(_, times)| share(times, replicates))),
            kind: membership.map(|membership| ZoneKind::of(membership, rival)),
            replicates,
            of,
        }
    }
}

/// H = -sum p log2 p, in bits.
fn entropy(shares: impl Iterator<Item = f64>) -> f64 {
    shares.map(|share| -share * share.log2()).sum::<f64>().max(0.0)
}
