//! How sure the area of each zone is.

use arrow::error::ArrowError;
use distretto_certainty::{ZoneCertainty, ZoneKind};

use super::{ConsensusAreas, Named};
use crate::certainty::CertaintyResults;
use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;

/// One row a zone.
pub fn zone_certainty(
    results: &Results,
    found: &CertaintyResults,
    consensus: &ConsensusAreas,
) -> Result<Table, ArrowError> {
    let named = Named(results);
    let zones = &found.zones;
    let all = 0..zones.len() as u32;
    let share = |of: fn(&ZoneCertainty) -> Option<f64>| zones.iter().map(of);
    let runner_up = || zones.iter().map(|zone| zone.runner_up.map(|(area, _)| area));
    TableBuilder::new("zone_certainty", "How sure the area of each zone is.", &["zone"])
        .text("zone", "Code of the zone.", all.clone().map(|zone| Some(named.zone(zone))))
        .text("name", "Name of the zone.", all.clone().map(|zone| named.zone_name(zone)))
        .text(
            "area",
            "Code of its area in the run; missing where it has none.",
            zones.iter().map(|zone| zone.area.map(|area| named.area(area))),
        )
        .text(
            "area_name",
            "Name of that area.",
            zones.iter().map(|zone| zone.area.map(|area| named.area_name(area))),
        )
        .number(
            "membership",
            "Share of `replicates` in which it lies in that area, or what matches it, 0 to 1; missing without an area.",
            share(|zone| zone.membership),
        )
        .number(
            "membership_raw",
            "The same as a share of all replicates, those in which the zone has no area included.",
            share(|zone| zone.raw_membership),
        )
        .number(
            "membership_se",
            "Monte Carlo standard error of the membership: how far it would move were other replicates made; 0 where it is 0 or 1.",
            share(ZoneCertainty::standard_error),
        )
        .text(
            "runner_up",
            "Code of the other area of the run in which it lies most often; of equals the first. Missing where there is none.",
            runner_up().map(|area| area.map(|area| named.area(area))),
        )
        .text(
            "runner_up_name",
            "Name of that area.",
            runner_up().map(|area| area.map(|area| named.area_name(area))),
        )
        .number(
            "runner_up_membership",
            "Share of `replicates` in which it lies there, 0 to 1; missing where there is none.",
            share(|zone| zone.runner_up.map(|(_, share)| share)),
        )
        .number(
            "elsewhere",
            "Share of `replicates` in which it lies in an area that matches none of the run, 0 to 1; missing where it never has an area.",
            share(|zone| zone.elsewhere),
        )
        .number(
            "without_area",
            "Share of all replicates in which it has no area, 0 to 1.",
            share(|zone| Some(zone.without_area)),
        )
        .number(
            "entropy",
            "Entropy of where it lies when it has an area (areas of the run, elsewhere), bits; 0 where it always lies in the same.",
            share(|zone| Some(zone.entropy)),
        )
        .text(
            "kind",
            "core (membership of 0.9 and more), contested (below 0.6, or a runner-up at least half as frequent) or fringe (neither); missing without an area.",
            zones.iter().map(|zone| zone.kind.map(ZoneKind::name)),
        )
        .whole(
            "replicates",
            "Number of replicates in which it has an area; most shares are of these.",
            zones.iter().map(|zone| Some(zone.replicates as i64)),
        )
        .text(
            "consensus_area",
            "Its area in the consensus, called after its main zone as in `consensus`; missing where it has none there.",
            all.map(|zone| consensus.of_zone(zone).map(|area| named.zone(area.main_zone))),
        )
        .number(
            "support",
            "Mean share of replicates in which it shares its area with another zone of its consensus area, 0 to 1; missing where it is alone or without one.",
            found.consensus.support.iter().copied(),
        )
        .build()
}
