//! How sure each area is.

use arrow::error::ArrowError;
use distretto_certainty::{AreaCertainty, ZoneKind};

use super::Named;
use super::sizes::size_columns;
use crate::certainty::CertaintyResults;
use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;

/// One row an area of the run.
pub fn area_certainty(results: &Results, found: &CertaintyResults) -> Result<Table, ArrowError> {
    let named = Named(results);
    let areas = &found.areas;
    let number = |of: fn(&AreaCertainty) -> f64| areas.iter().map(move |area| Some(of(area)));
    let zones = |kind: ZoneKind| areas.iter().map(move |area| Some(area.of_kind(kind).zones as i64));
    let share = |kind: ZoneKind| areas.iter().map(move |area| Some(area.of_kind(kind).weight_share));
    let has_flows = results.input.flows.is_some();
    let table = TableBuilder::new("area_certainty", "How sure each area is.", &["area"])
        .text("area", "Code of the area.", areas.iter().map(|area| Some(named.area(area.area))))
        .text("name", "Name of the area.", areas.iter().map(|area| Some(named.area_name(area.area))))
        .number(
            "existence",
            "Share of replicates in which an area has more than half in common with it (Jaccard index by employed residents above 0.5), 0 to 1.",
            number(|area| area.existence),
        )
        .number(
            "existence_se",
            "Monte Carlo standard error of the existence; 0 where it is 0 or 1.",
            number(AreaCertainty::standard_error),
        )
        .number(
            "mean_jaccard",
            "Mean Jaccard index of the area and its match over all replicates, 0 to 1; a replicate without a match counts 0.",
            number(|area| area.mean_jaccard),
        )
        .whole("core_zones", "Zones that are core, as in `zone_certainty`.", zones(ZoneKind::Core))
        .whole("fringe_zones", "Zones that are fringe.", zones(ZoneKind::Fringe))
        .whole("contested_zones", "Zones that are contested.", zones(ZoneKind::Contested))
        .number(
            "core_share",
            "Share of its employed residents in core zones, 0 to 1; of its zones, where there are no flows.",
            share(ZoneKind::Core),
        )
        .number("fringe_share", "The same in fringe zones.", share(ZoneKind::Fringe))
        .number("contested_share", "The same in contested zones.", share(ZoneKind::Contested));
    let table = size_columns!(
        table,
        whole,
        "zones",
        "number of zones, over the replicates in which the area exists; missing where it never does.",
        areas.iter().map(|area| Some(&area.size_zones))
    );
    size_columns!(
        table,
        number,
        "residents",
        "employed residents, persons, as the run has them, over the replicates in which the area exists; missing where it never does or there are no flows.",
        areas.iter().map(|area| has_flows.then_some(&area.size_weight))
    )
    .whole(
        "replicates",
        "Number of replicates that the shares are of.",
        areas.iter().map(|area| Some(area.replicates as i64)),
    )
    .build()
}
