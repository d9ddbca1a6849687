//! How strong the border between two neighbouring zones is.

use arrow::error::ArrowError;
use distretto_certainty::BorderStrength;

use super::Named;
use crate::certainty::CertaintyResults;
use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;

/// One row a pair of neighbouring zones.
pub fn borders(
    results: &Results,
    found: &CertaintyResults,
    strengths: &[BorderStrength],
) -> Result<Table, ArrowError> {
    let named = Named(results);
    let separates = |border: &BorderStrength| {
        let area = found.base.area(border.a);
        area.is_none() || area != found.base.area(border.b)
    };
    let shared_m = |border: &BorderStrength| {
        results.input.borders.as_ref().map(|borders| borders.zones.shared_m(border.a, border.b))
    };
    TableBuilder::new(
        "borders",
        "How often replicates draw a border between two neighbouring zones, each pair once.",
        &["a", "b"],
    )
    .text("a", "Code of the one zone.", strengths.iter().map(|border| Some(named.zone(border.a))))
    .text("b", "Code of the other zone.", strengths.iter().map(|border| Some(named.zone(border.b))))
    .text("a_name", "Name of the one zone.", strengths.iter().map(|border| named.zone_name(border.a)))
    .text("b_name", "Name of the other zone.", strengths.iter().map(|border| named.zone_name(border.b)))
    .number(
        "strength",
        "Share of replicates in which the two are not in the same area, 0 to 1; a zone without an area is apart from every other.",
        strengths.iter().map(|border| border.strength),
    )
    .number(
        "strength_se",
        "Monte Carlo standard error of the strength; 0 where it is 0 or 1.",
        strengths.iter().map(|border| border.standard_error),
    )
    .flag("separates", "Whether the run itself separates them.", strengths.iter().map(|border| Some(separates(border))))
    .number("shared_m", "Length of the common border, metres; 0 where they touch in points only.", strengths.iter().map(shared_m))
    .build()
}
