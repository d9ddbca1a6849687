//! The main job: from what was read to areas, districts and comparisons.
//!
//! One direction only: [`areas`] makes the partition, [`districts`] judges its areas, [`comparisons`] holds it against
//! others. Nothing here reads or writes a file.

pub mod areas;
pub mod comparisons;
pub mod districts;

use std::time::{Duration, Instant};

use crate::fault::{Log, Result};
use crate::input::Input;

pub use areas::{AreaResults, TuningResults};
pub use comparisons::ComparisonResults;
pub use districts::DistrictResults;

/// Everything a run found, with what it was found from.
#[derive(Debug)]
pub struct Results {
    /// What was read.
    pub input: Input,
    /// The labour market areas.
    pub areas: AreaResults,
    /// The verdict on each area, where there are jobs.
    pub districts: Option<DistrictResults>,
    /// The areas held against other partitions, in the order of the study.
    pub comparisons: Vec<ComparisonResults>,
    /// Warnings and notes of reading and running.
    pub log: Log,
    /// How long each stage took.
    pub timings: Vec<(&'static str, Duration)>,
}

/// Runs all stages. `stage` is told the name of each as it begins.
pub fn run(mut input: Input, stage: &mut dyn FnMut(&'static str)) -> Result<Results> {
    let mut log = std::mem::take(&mut input.log);
    let mut timings = Vec::new();
    let mut timed = |name: &'static str, started: Instant| timings.push((name, started.elapsed()));

    stage("finding labour market areas");
    let started = Instant::now();
    let areas = areas::find(&input, &mut log)?;
    timed("areas", started);

    let started = Instant::now();
    let districts = match &input.jobs {
        Some(jobs) => {
            stage("judging districts");
            Some(districts::find(jobs, &input.config.districts, &areas.partition, &mut log)?)
        }
        None => None,
    };
    timed("districts", started);

    stage("comparing partitions");
    let started = Instant::now();
    let comparisons = comparisons::compare(&input, &areas);
    timed("comparisons", started);
    Ok(Results { input, areas, districts, comparisons, log, timings })
}
