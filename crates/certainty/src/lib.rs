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
//! | [`matching`] | which area of a replicate is which of the base run |
//! | [`zones`], [`areas`], [`borders`] | how sure each zone, area and border is |
//! | [`structure`], [`partners`] | whether there are areas to be sure of at all |
//! | [`agreement`] | each replicate beside the base run |
//! | [`consensus`](mod@consensus) | one partition that stands for all replicates |
//! | [`counts`], [`decomposition`] | how many areas and districts, and what makes the numbers vary |
//! | [`districts`] | how sure each district is, how big, and what it lacks when it fails |
//! | [`frequency`], [`interval`] | so many times of so many; medians and intervals |
//! | [`convergence`] | whether there were enough replicates |
//! | [`calibration`] | whether probabilities come true as often as they say |

pub mod agreement;
pub mod areas;
pub mod borders;
pub mod calibration;
pub mod consensus;
pub mod convergence;
pub mod counts;
pub mod decomposition;
pub mod districts;
pub mod experiment;
pub mod frequency;
pub mod interval;
pub mod matching;
mod members;
pub mod partners;
pub mod replicate;
pub mod rule;
pub mod sampling;
pub mod source;
pub mod stream;
pub mod structure;
pub mod zones;

pub use agreement::{Agreement, agreements};
pub use areas::{AreaCertainty, KindShare, area_certainties};
pub use borders::{BorderBias, BorderStrength, border_strengths};
pub use calibration::{Coverage, Reliability};
pub use consensus::{Consensus, consensus};
pub use convergence::{Convergence, Halves};
pub use counts::{ByGroup, CountsBySet, Distribution, Regions, Shifts};
pub use decomposition::{Decomposition, Part};
pub use districts::{DistrictCertainties, DistrictCertainty, DistrictClass, DistrictSizes};
pub use experiment::{Areas, CertaintyError, Experiment, JobTables, Vintage};
pub use frequency::{Frequency, standard_error};
pub use interval::{Interval, Sample};
pub use matching::{Matched, match_all, match_areas};
pub use partners::strongest_partners;
pub use replicate::{JudgedArea, Replicate};
pub use rule::{DrawnRule, RuleSpace, Values};
pub use sampling::{FlowSampling, JobSampling, Sampling, SamplingError};
pub use source::{Source, Varying};
pub use structure::{Structure, Verdict};
pub use zones::{ZoneCertainty, ZoneKind, zone_certainties};
