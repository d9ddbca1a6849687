//! How sure: borders, counts and districts as probabilities.
//!
//! An [`Experiment`] holds what is known (flows, jobs), the rules, and what of it may vary: *sampling*, *rule*, *vintage*,
//! *tie* ([`Source`]). Each [`Replicate`] makes the areas and judges the districts once more with the varying parts drawn
//! anew; any one can be made alone. What the replicates say is told by zone, border, area, district and country.
//!
//! | module | concept |
//! |---|---|
//! | [`source`](mod@source) | what can vary, alone and together |
//! | [`stream`](mod@stream) | random streams keyed by seed, purpose and replicate |
//! | [`sampling`] | flows and jobs redrawn as their source would have them |
//! | [`rule`] | rules drawn from ranges and lists |
//! | [`experiment`] | everything a replicate is made from, and making it |
//! | [`replicate`] | what one replicate found |

pub mod experiment;
pub mod replicate;
pub mod rule;
pub mod sampling;
pub mod source;
pub mod stream;

pub use experiment::{Areas, CertaintyError, Experiment, JobTables, Vintage};
pub use replicate::{JudgedArea, Replicate};
pub use rule::{DrawnRule, RuleSpace, Values};
pub use sampling::{FlowSampling, JobSampling, Sampling, SamplingError};
pub use source::{Source, Varying};
