//! Flows between areas.

use arrow::error::ArrowError;

use super::{CONFIDENTIALITY, confidentiality};
use crate::disclosure::{Disclosed, Status};
use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;
use crate::run::areas::AreaFlows;

/// One row an ordered pair of areas with a flow, pairs of an area with itself included.
pub fn flows(results: &Results, found: &AreaFlows) -> Result<Table, ArrowError> {
    let (between, partition) = (&found.between, &results.areas.partition);
    let published = results.disclosed.as_ref().and_then(Disclosed::flows);
    let status =
        |row: &(u32, u32, f64)| published.map_or(Status::Published, |published| published.pair(row.0, row.1));
    let mut table = TableBuilder::new(
        "flows",
        "Commuters between areas, from residence to work.",
        &["origin", "destination"],
    )
    .text("origin", "Code of the area of residence.", between.rows().map(|row| Some(partition.code(row.0))))
    .text("destination", "Code of the area of work.", between.rows().map(|row| Some(partition.code(row.1))))
    .number(
        "flow",
        "Persons.",
        between.rows().map(|row| (!status(&row).withheld()).then(|| between.persons(row.2))),
    );
    if published.is_some() {
        table = table.text(
            "confidentiality",
            CONFIDENTIALITY,
            between.rows().map(|row| confidentiality(status(&row))),
        );
    }
    table.build()
}
