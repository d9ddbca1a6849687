//! Flows between areas.

use arrow::error::ArrowError;

use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;
use crate::run::areas::AreaFlows;

/// One row an ordered pair of areas with a flow, pairs of an area with itself included.
pub fn flows(results: &Results, found: &AreaFlows) -> Result<Table, ArrowError> {
    let (between, partition) = (&found.between, &results.areas.partition);
    TableBuilder::new("flows", "Commuters between areas, from residence to work.", &["origin", "destination"])
        .text(
            "origin",
            "Code of the area of residence.",
            between.rows().map(|row| Some(partition.code(row.0))),
        )
        .text(
            "destination",
            "Code of the area of work.",
            between.rows().map(|row| Some(partition.code(row.1))),
        )
        .number("flow", "Persons.", between.rows().map(|row| Some(between.persons(row.2))))
        .build()
}
