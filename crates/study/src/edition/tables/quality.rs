//! The quality of the partition.

use arrow::error::ArrowError;

use crate::edition::table::{Table, TableBuilder};
use crate::run::areas::AreaFlows;

/// The 38 figures of the reference, one row each.
pub fn quality(found: &AreaFlows) -> Result<Table, ArrowError> {
    let figures = &found.quality;
    TableBuilder::new(
        "quality",
        "The partition in 38 figures, named as in LabourMarketAreas 3.4.",
        &["figure"],
    )
    .text("figure", "Name of the figure.", figures.iter().map(|figure| Some(&figure.name)))
    .number("value", "Its value; missing where it is not defined.", figures.iter().map(|figure| figure.value))
    .build()
}
