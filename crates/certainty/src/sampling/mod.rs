//! Flows and jobs redrawn as their source would have them.
//!
//! | module | model |
//! |---|---|
//! | `poisson` | a register or census as one draw of what could have been |
//! | `survey` | a sample of the residents of each zone |
//! | `margins` | published margins of error |
//! | `jobs` | local units as one draw, with the sizes they have |
//!
//! Survey and margins give fractions of persons, held to a thousandth where the total leaves room.

mod alias;
mod jobs;
mod margins;
mod poisson;
mod survey;

use distretto_flows::{FlowTable, Redraw};
use rand_chacha::ChaCha8Rng;

pub use self::jobs::redraw_jobs;
use self::margins::Margins;
use self::poisson::PoissonFlows;
use self::survey::Survey;

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

/// Why tables cannot be redrawn. Zones are indices, classes count from 1.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum SamplingError {
    /// A sampling fraction that is no share.
    #[error("the sampling fraction is {0}; it must be above 0 and at most 1")]
    Fraction(f64),
    /// A quantile that is none.
    #[error("z is {0}; it must be above 0: 1.645 for margins of error at 90 %, 1.96 for 95 %")]
    Quantile(f64),
    /// Pairs without a margin of error, and no classes to take it from.
    #[error(
        "{missing} of {pairs} flows have no margin of error, the first from zone {origin} to zone {destination}; give each its \
         margin, or margins by classes of size"
    )]
    NoMargin {
        /// How many.
        missing: usize,
        /// Of how many.
        pairs: usize,
        /// Origin of the first.
        origin: u32,
        /// Destination of the first.
        destination: u32,
    },
    /// Another number of margins than of flows.
    #[error(
        "there are {margins} margins of error for {pairs} flows; give one for each, by origin, then destination"
    )]
    MarginCount {
        /// Margins given.
        margins: usize,
        /// Pairs of the table.
        pairs: usize,
    },
    /// Classes that do not ascend.
    #[error(
        "margin class {class} ends at {up_to}, the one before at {before}; each must end above the one before"
    )]
    ClassOrder {
        /// The class.
        class: usize,
        /// Where it ends.
        up_to: f64,
        /// Where the one before ends; 0 for the first.
        before: f64,
    },
    /// Classes that do not cover all sizes.
    #[error("the last margin class ends at {0}; it must have no end, so that every flow has a class")]
    ClassesEnd(f64),
    /// A ratio or spread that is none.
    #[error(
        "margin class {class} has the ratio {ratio} and the spread {spread}; both must be numbers from 0 up"
    )]
    ClassRatio {
        /// The class.
        class: usize,
        /// Its mean ratio.
        ratio: f64,
        /// Its standard deviation.
        spread: f64,
    },
    /// Margins so wide that flows could not be summed exactly.
    #[error(
        "with such margins of error flows could add up to {total:e} persons, too many to be summed exactly"
    )]
    TooWide {
        /// Persons that flows could add up to.
        total: f64,
    },
}

/// Redraws the flows of one table.
#[derive(Debug, Clone)]
pub struct FlowSampler {
    model: Model,
}

/// A model prepared for a table.
#[derive(Debug, Clone)]
enum Model {
    Fixed,
    Poisson(PoissonFlows),
    Survey(Survey),
    Margins(Margins),
}

impl FlowSampler {
    /// Prepares to redraw `flows`; `margins` has the margin of error of each pair, in persons, by origin, then destination, NaN
    /// where none is known. `seed` is that of margins drawn from classes. Cost: p log p in pairs; memory 4 bytes a pair for
    /// Poisson, 36 for a survey, 32 for margins, for the first two also 16 for each distinct amount, and at most 10 MB.
    ///
    /// # Errors
    /// A fraction, quantile, margins or classes that cannot be.
    pub fn new(
        flows: &FlowTable,
        model: &FlowSampling,
        margins: Option<&[f64]>,
        seed: u64,
    ) -> Result<Self, SamplingError> {
        let model = match model {
            // Who asked all has nothing to ask again.
            FlowSampling::Fixed | FlowSampling::Survey { fraction: 1.0 } => Model::Fixed,
            FlowSampling::Poisson => Model::Poisson(PoissonFlows::new(flows)),
            FlowSampling::Survey { fraction } => Model::Survey(Survey::new(flows, *fraction)?),
            FlowSampling::Margins { z, classes } => {
                Model::Margins(Margins::new(flows, *z, classes, margins, seed)?)
            }
        };
        Ok(Self { model })
    }

    /// A redraw of `flows`, the table that the sampler was made for. Where nothing varies it is the table itself. The unit of
    /// what is drawn may be finer than that of the table.
    pub fn draw<'r>(
        &self,
        flows: &'r FlowTable,
        room: &'r mut Redraw,
        rng: &mut ChaCha8Rng,
    ) -> &'r FlowTable {
        match &self.model {
            Model::Fixed => flows,
            Model::Poisson(poisson) => poisson.draw(flows, room, rng),
            Model::Survey(survey) => survey.draw(room, rng),
            Model::Margins(margins) => margins.draw(room, rng),
        }
    }
}

/// The same flows in units of which a person has up to this many, as far as sums stay exact.
fn in_fractions(flows: &FlowTable, per_person: f64) -> FlowTable {
    flows.finer(per_person / flows.units_per_person())
}

#[cfg(test)]
mod tests;
