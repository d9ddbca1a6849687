//! The best itinerary, what changes when something happens, and others that differ.
//!
//! A [`Tour`](crate::Tour) is put as a problem of the crate `distretto-orienteering`: days are routes, hosts are sites. The solver says who is
//! visited on which day in which order; one and the same way of timing then makes a [`Plan`](crate::Plan) of it, wherever an order comes
//! from: the solver, a plan of before, or a hand that drags.
//!
//! | function | question |
//! |---|---|
//! | [`plan()`] | which plan is worth most? |
//! | [`feasible()`] | can all that is demanded be kept to? |
//! | [`alternatives()`] | which plans really differ? |
//! | [`Prepared::arrange`] | when is what, in this order, and what does not fit? |
//! | [`replan()`] | what becomes of a plan when something has happened? |
//!
//! How a given order is timed: the day ends as early as it can (with the meal, if that is taken at the end), the coach leaves as late as it then
//! can, and everything between is as early as it then can be; of several ways the one that eats and rests later. So nobody waits
//! at the first stop, and free time is in the morning.
//!
//! What is not modelled:
//! - Whatever is taken before the coach leaves or after it is back, such as a meal at the hotel, is within the hours of the day.
//! - A rest on the road is where the longest stretch ends, not where a car park is. Rests of several parts do not exist.
//! - A host of several places, visits by parts of the delegation, and more than one coach.
//! - The choice of bases: up to [`MOST_CHOICES`] are all tried; of more, one base after the other, or two that meet in a day or a night, are
//!   changed as long as that is better, and nothing is proven.
//! - Visits worth less than nothing, and nights: the question is divided up to 64 times; beyond that the best so far is the answer, not
//!   proven.

mod alternatives;
mod arrange;
mod bar;
mod bases;
mod branch;
mod candidate;
pub(crate) mod clock;
mod effort;
mod error;
mod limits;
mod plan;
mod prepared;
mod problem;
mod quota;
mod refusal;
mod replan;
mod search;
mod shortlist;
mod timing;
mod walk;
mod windows;

pub use alternatives::{Alternatives, alternatives};
pub use arrange::{Arranged, ArrangedDay, Refused};
pub use bar::{Bar, DayBar, bar};
pub use bases::Bases;
pub use effort::Options;
pub use error::{Infeasible, Missing, PlanError};
pub use plan::{Planned, feasible, plan};
pub use prepared::Prepared;
pub use refusal::{Because, Refusal};
pub use replan::{
    Change, DayChange, DayDifference, Event, Late, Overrun, Replanned, changes, day_changes, declining,
    replan,
};
pub use shortlist::listed;
pub use walk::MOST_CHOICES;

#[cfg(test)]
mod tests;
