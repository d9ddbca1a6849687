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
    let separates = |border: &BorderStrength| Some(found.base.area(border.a)? != found.base.area(border.b)?);
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
        "How likely a border lies between them, 0 to 1: strength_raw without the borders that redraws add where sampling varies, as it is otherwise. Missing where the two never both have an area.",
        strengths.iter().map(|border| border.strength),
    )
    .number(
        "strength_raw",
        "What was counted: share of `replicates` in which the two are in different areas, 0 to 1.",
        strengths.iter().map(|border| border.raw),
    )
    .number(
        "strength_se",
        "Monte Carlo standard error of strength_raw; 0 where it is 0 or 1.",
        strengths.iter().map(|border| border.standard_error),
    )
    .whole(
        "replicates",
        "Number of replicates in which both have an area.",
        strengths.iter().map(|border| Some(border.replicates as i64)),
    )
    .flag(
        "separates",
        "Whether the run itself separates them; missing where one of them has no area in it.",
        strengths.iter().map(separates),
    )
    .number("shared_m", "Length of the common border, metres; 0 where they touch in points only.", strengths.iter().map(shared_m))
    .build()
}
