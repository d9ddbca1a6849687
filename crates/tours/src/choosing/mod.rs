//! Which districts and which hosts, and what a visit is worth.
//!
//! Everything is counted in points, as the planner weighs it ([`Weights`](crate::rules::Weights)), in whole numbers: what is compared never
//! depends on how a machine rounds.
//!
//! | module | concept |
//! |---|---|
//! | [`worth`](mod@worth) | what each visit is worth: by itself, and by what it shows that no other has shown |
//! | [`value`] | what a set of visits is worth, line by line |
//! | [`fairness`] | what each delegate gets |
//! | [`districts`](mod@districts) | which districts fit the delegation |
//! | [`hosts`](mod@hosts) | all hosts, most promising first |
//! | [`shortlist`](mod@shortlist) | the hosts among which to plan, where there are too many |

pub mod districts;
pub mod fairness;
pub mod hosts;
mod points;
pub mod shortlist;
#[cfg(test)]
mod tests;
pub mod value;
pub mod worth;

pub use districts::{DistrictWeights, Fact, Homes, Ranked, RankedLine, districts};
pub use fairness::{Fairness, Fare, Satisfaction};
pub use hosts::hosts;
pub(crate) use shortlist::shortlist;
pub use shortlist::{Left, Shortlist};
pub use value::{Value, Visited};
pub use worth::{Aim, Line, Reward, Wanted, What, Wish, Worth, worth};
