//! The team orienteering problem with time windows, and what real tours add to it: which sites to visit on which route, in which
//! order and when, so that the visits are worth most.
//!
//! | module | concept |
//! |---|---|
//! | [`travel`] | travel times between places, with "no route" |
//! | [`problem`] | what is asked: sites, routes, meals, rests, rewards, quotas |
//! | [`schedule`] | one route with its times, or the reason why it cannot be |
//! | [`solution`] | whole plans: their worth, and what they fall short of |
//! | [`solve`](mod@solve) | the best plan: proven where it can be, searched for where not |
//! | [`toptw`] | the published instances |
//!
//! All times are whole ticks of whatever length, all values whole numbers. Nothing here reads a clock or a file.

mod combine;
mod exact;
pub mod problem;
pub mod schedule;
mod search;
pub mod solution;
pub mod solve;
mod tally;
mod timing;
pub mod toptw;
pub mod travel;

/// A moment or a duration.
pub type Ticks = i64;

pub use problem::{Meal, Parts, Problem, ProblemError, Quota, Resting, Reward, Route, Scope, Site, Window};
pub use schedule::{Burden, MealPlace, MealTaken, Rest, RestPlace, Schedule, Stop, Why, evaluate};
pub use solution::{Fault, Plan, Proof, QuotaShort, Score, Shortfall, Solution, assess, shortfall};
pub use solve::{Error, Infeasible, Options, solve};
pub use travel::Travel;
