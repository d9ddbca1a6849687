//! Step 2: the area is a system of small and medium units.
//!
//! Within manufacturing, each size class (small up to 49, medium 50 to 249, large from 250) has a location quotient: its share
//! of the area's manufacturing jobs over its share of the nation's. The area is a system of small and medium units if the largest
//! of the three is that of the small or of the medium class, a tie with the large class included.

use distretto_measures::location_quotient;

use super::IstatParameters;
use super::facts::{Industry, unknown_jobs, unknown_sizes};
use crate::step::{Missing, Step, Test};

/// The step, and the quotients of the three classes.
pub(super) fn step(
    area: &Industry,
    nation: &Industry,
    parameters: &IstatParameters,
) -> (Step, [Option<f64>; 3]) {
    let limit = parameters.largest_unknown_share;
    let missing = |reason| (Step::missing(Test::SmeSystem, reason), [None; 3]);
    let unknown = unknown_jobs([area.unknown, nation.unknown], limit);
    if let Some(reason) = unknown.or_else(|| unknown_sizes(&[&area.jobs, &nation.jobs], limit)) {
        return missing(reason);
    }
    let (e_i, e) = (area.jobs.sized(), nation.jobs.sized());
    if e_i == 0.0 {
        return missing(Missing::NoJobs);
    }
    let mut quotients = [None; 3];
    for (quotient, (e_is, e_s)) in
        quotients.iter_mut().zip(area.jobs.sizes.into_iter().zip(nation.jobs.sizes))
    {
        *quotient = location_quotient(e_is, e_i, e_s, e);
    }
    // A class that the nation does not have has no quotient and so cannot be the largest.
    let [small, medium, large] = quotients.map(|quotient| quotient.unwrap_or(0.0));
    let estimated = area.estimated || nation.estimated;
    (Step::compare(Test::SmeSystem, small.max(medium), large, estimated), quotients)
}
