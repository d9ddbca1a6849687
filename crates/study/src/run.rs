//! The main job: from what was read to areas, districts and comparisons.
//!
//! One direction only: [`areas`] makes the partition, [`districts`] judges its areas, [`comparisons`] holds it against
//! others. Nothing here reads or writes a file.

pub mod areas;
pub mod comparisons;
pub mod districts;

use crate::certainty::CertaintyResults;
use crate::disclosure::{Disclosed, warn_of_differences};
use crate::fault::{Log, Result};
use crate::input::Input;
use crate::stopwatch::Stopwatch;

pub use areas::AreaResults;
pub use comparisons::ComparisonResults;
pub use districts::DistrictResults;

/// Everything a run found, with what it was found from.
///
/// All figures are true, also where they come from micro-data: answers of the program (`explain`, what commands print) are for
/// whoever has those data. What is written as an edition is protected, see [`crate::disclosure`].
#[derive(Debug, Clone)]
pub struct Results {
    /// What was read.
    pub input: Input,
    /// The labour market areas.
    pub areas: AreaResults,
    /// The verdict on each area, where there are jobs.
    pub districts: Option<DistrictResults>,
    /// The areas held against other partitions, in the order of the study.
    pub comparisons: Vec<ComparisonResults>,
    /// How sure all of it is, where replicates were made.
    pub certainty: Option<CertaintyResults>,
    /// What was withheld, once these are the results as they are published; `None` before, and where nothing is micro-data.
    pub disclosed: Option<Disclosed>,
    /// Warnings and notes of reading and running.
    pub log: Log,
}

/// Runs all stages.
pub fn run(mut input: Input, stopwatch: &mut Stopwatch) -> Result<Results> {
    let mut log = std::mem::take(&mut input.log);
    stopwatch.begin("finding labour market areas");
    let areas = areas::find(&input, &mut log)?;
    let mut districts = None;
    if let Some(jobs) = &input.jobs {
        stopwatch.begin("judging districts");
        districts = Some(districts::find(jobs, &input.config.districts, &areas.partition, &mut log)?);
    }
    stopwatch.begin("comparing partitions");
    let comparisons = comparisons::compare(&input, &areas);
    warn_of_differences(&input, &areas, &mut log);
    Ok(Results { input, areas, districts, comparisons, certainty: None, disclosed: None, log })
}
