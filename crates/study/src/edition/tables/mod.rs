//! The tables of an edition, one file each.

mod area_jobs;
mod areas;
pub mod certainty;
mod comparison;
mod contiguity;
mod districts;
mod flows;
mod quality;
mod search;
mod statistics;
mod steps;
mod zones;

use arrow::error::ArrowError;

use super::table::Table;
use crate::disclosure::{Disclosed, Status};
use crate::run::Results;

pub use areas::areas;
pub use comparison::{comparison_crosswalk, comparison_figures};
pub use districts::districts;
pub use zones::zones;

/// All tables of a run, in the order in which a reader meets them.
pub fn all(results: &Results) -> Result<Vec<Table>, ArrowError> {
    let mut tables = vec![zones(results)?, areas(results)?];
    if let Some(found) = &results.districts {
        tables.push(districts(found, &results.areas.partition, Some(&results.areas.names))?);
        tables.push(steps::steps(found, &results.areas.partition)?);
        let published = results.disclosed.as_ref().and_then(Disclosed::jobs);
        tables.push(area_jobs::area_jobs(found, &results.areas.partition, published)?);
    }
    if let Some(found) = &results.areas.flows {
        tables.push(flows::flows(results, found)?);
        tables.push(quality::quality(found)?);
        tables.push(statistics::statistics(results, found)?);
    }
    tables.extend(contiguity::contiguity(results)?);
    if !results.comparisons.is_empty() {
        tables.push(comparison::comparison(results)?);
        tables.push(comparison::crosswalk(results)?);
    }
    tables.extend(search::all(results)?);
    if let Some(found) = &results.certainty {
        tables.extend(certainty::all(results, found)?);
    }
    Ok(tables)
}

/// What a column of [`Status`] says, in editions that come from micro-data.
const CONFIDENTIALITY: &str = "Whether the figures of the row are withheld: primary (too few contributors, or a few dominate), secondary (it would tell such a figure), or empty where they are published.";

/// The word for a status, as such a column has it.
fn confidentiality(status: Status) -> Option<&'static str> {
    status.name()
}
