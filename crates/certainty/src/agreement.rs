//! How far each replicate agrees with the base run.

use distretto_regions::compare::{Contingency, Indices, indices::indices};
use distretto_territory::Partition;
use rayon::prelude::*;

use crate::matching::Matched;
use crate::replicate::Replicate;

/// A replicate beside the base run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Number of the replicate.
    pub replicate: u64,
    /// Its areas.
    pub areas: u32,
    /// Adjusted Rand index against the base run, every zone counting 1; zones without an area in either are left out.
    pub ari: f64,
    /// Normalised mutual information, of the same zones.
    pub nmi: f64,
    /// Zones that changed their area: what they lie in is not the match of their area in the base run. Zones with an area in
    /// only one of the two are among them.
    pub zones_changed: usize,
    /// Areas of the base run that exist ([`Matched::exists`]).
    pub areas_found: usize,
    /// Whether the search ended by itself.
    pub converged: bool,
}

/// Each replicate beside the base run, in their order. `matched`: of each replicate
/// ([`match_all`](crate::matching::match_all)). Cost: replicates x zones log zones.
pub fn agreements(base: &Replicate, replicates: &[Replicate], matched: &[Matched]) -> Vec<Agreement> {
    debug_assert_eq!(replicates.len(), matched.len());
    let of_base = partition(&base.area_of);
    replicates
        .par_iter()
        .zip(matched)
        .map(|(replicate, matched)| {
            let Indices { ari, nmi, .. } = against(&of_base, &replicate.area_of);
            Agreement {
                replicate: replicate.number,
                areas: replicate.areas,
                ari,
                nmi,
                zones_changed: zones_changed(base, replicate, matched),
                areas_found: (0..base.areas).filter(|&area| matched.exists(area)).count(),
                converged: replicate.converged,
            }
        })
        .collect()
}

/// Zones that are not where the match of their area is.
fn zones_changed(base: &Replicate, replicate: &Replicate, matched: &Matched) -> usize {
    let moved = |(&area, &other): (&u32, &u32)| match (area, other) {
        (Replicate::NO_AREA, Replicate::NO_AREA) => false,
        (Replicate::NO_AREA, _) | (_, Replicate::NO_AREA) => true,
        (area, other) => matched.base_of(other) != Some(area),
    };
    base.area_of.iter().zip(&replicate.area_of).filter(|&pair| moved(pair)).count()
}

/// Indices of two assignments, every zone counting 1.
pub(crate) fn against(one: &Partition, other: &[u32]) -> Indices {
    indices(&Contingency::new(one, &partition(other), &vec![1.0; other.len()]))
}

/// The assignment as a partition, with its indices for codes.
pub(crate) fn partition(area_of: &[u32]) -> Partition {
    let areas = area_of.iter().filter(|&&area| area != Replicate::NO_AREA).max().map_or(0, |&area| area + 1);
    let codes: Vec<String> = (0..areas).map(|area| area.to_string()).collect();
    let code_of: Vec<Option<&String>> = area_of.iter().map(|&area| codes.get(area as usize)).collect();
    Partition::from_codes(&code_of)
}
