//! What is withheld from an edition that comes from micro-data, so that no contributor is told.
//!
//! | module | concept |
//! |---|---|
//! | [`jobs`] | establishments behind the figures of jobs, and which figures of areas are published |
//! | [`flows`] | persons behind the flows, and which flows, residents and workers are published |
//! | `publish` | the results of a run as they are published |
//! | `differencing` | what partitions tell of each other |
//!
//! A run computes with true figures. Before an edition is written its results become published ones: every number in tables and
//! report is a function of published figures, while what an area is stays what it truly is. Rules and algorithms:
//! `distretto_disclosure`; what is covered and what is not: `docs/disclosure.md`.

mod differencing;
pub mod flows;
pub mod jobs;
mod publish;

use distretto_disclosure::Rule;

pub use distretto_disclosure::Status;

pub use flows::{FlowContributions, FlowStatuses};
pub use jobs::{JobContributions, JobStatuses};

pub(crate) use differencing::warn_of_differences;
pub use publish::published;
pub(crate) use publish::{warn_of_queries, withhold_columns, without_details};

/// Who stands behind the tables of a study: nobody is known for ordinary, public tables, and then nothing is withheld.
#[derive(Debug, Clone, Default)]
pub struct Confidential {
    /// Establishments behind the table of jobs.
    pub jobs: Option<JobContributions>,
    /// Establishments behind the separate table of manufacturing, where there is one.
    pub manufacturing: Option<JobContributions>,
    /// Persons behind the flows.
    pub flows: Option<FlowContributions>,
    /// Whether tables are micro-data that the study publishes as they are, so that nobody needs to know who stands behind them.
    pub as_they_are: bool,
}

impl Confidential {
    /// Whether anything comes from micro-data.
    pub fn is_any(&self) -> bool {
        self.jobs.is_some() || self.manufacturing.is_some() || self.flows.is_some() || self.as_they_are
    }
}

/// Which tables of a study are micro-data, so that who stands behind their rows is read with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MicroData {
    /// The table of jobs.
    pub jobs: bool,
    /// The separate table of manufacturing.
    pub manufacturing: bool,
    /// The table of flows.
    pub flows: bool,
}

/// What was done to an edition that comes from micro-data.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "there is one of an edition")]
pub enum Disclosed {
    /// Nothing: the study switched it off.
    Off,
    /// Figures were withheld.
    Protected {
        /// By which rule.
        rule: Rule,
        /// Figures of jobs, where those come from micro-data.
        jobs: Option<JobStatuses>,
        /// Figures of flows, where those come from micro-data.
        flows: Option<FlowStatuses>,
    },
}

impl Disclosed {
    /// What is published of jobs; `None` where nothing is withheld.
    pub fn jobs(&self) -> Option<&JobStatuses> {
        match self {
            Self::Off => None,
            Self::Protected { jobs, .. } => jobs.as_ref(),
        }
    }

    /// What is published of flows; `None` where nothing is withheld.
    pub fn flows(&self) -> Option<&FlowStatuses> {
        match self {
            Self::Off => None,
            Self::Protected { flows, .. } => flows.as_ref(),
        }
    }

    /// By table, how many figures are withheld: for themselves, and for others.
    pub fn withheld(&self) -> Vec<(&'static str, [usize; 2])> {
        let jobs = self.jobs().map(|jobs| ("area_jobs", jobs.withheld()));
        let flows = self.flows().into_iter().flat_map(FlowStatuses::withheld);
        jobs.into_iter().chain(flows).collect()
    }
}

/// How many of these are withheld: for themselves, and for others.
fn count_withheld<'a>(all: impl Iterator<Item = &'a Status>) -> [usize; 2] {
    let mut counts = [0; 2];
    for status in all {
        match status {
            Status::Published => {}
            Status::Primary => counts[0] += 1,
            Status::Secondary => counts[1] += 1,
        }
    }
    counts
}
