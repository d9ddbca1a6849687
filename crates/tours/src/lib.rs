//! Study tours: from "whom should we visit?" to an itinerary with its reasons.
//!
//! A [`Tour`] is all that a planner knows: [`host`]s who could be visited, the [`delegation`] that travels, the [`frame`] of days, hotels and
//! hours, what was agreed with each host ([`visit`]) and the [`rules`] of what counts. [`travel`] says how long it takes from place to place. A
//! [`plan`] is an itinerary. Nothing here reads a file, asks a server or looks at a clock.
//!
//! | module | concept |
//! |---|---|
//! | [`host`], [`hours`] | who can be visited, and when |
//! | [`delegation`] | who travels, and what they want to see |
//! | [`frame`] | days, bases, meals, driving, money |
//! | [`visit`] | what was agreed with a host |
//! | [`rules`] | what counts how much; at least and at most |
//! | `eligibility` | what is true of a host whatever else is planned |
//! | [`travel`] | minutes and metres from place to place |
//! | [`plan`] | an itinerary |
//! | [`tour`] | all of it together |
//! | [`choosing`] | which districts and which hosts, and what a visit is worth |
//! | [`planning`] | the best itinerary, what changes when something happens, others that differ |
//! | [`check`] | whether an itinerary keeps to everything; shares no code with the planning |
//! | [`reasons`] | why a host is not in the plan, and which demands clash |
//!
//! Times are local times of the tour's time zone, to the minute. Where a clock is set back, the earlier of two equal times is meant.

pub mod check;
pub mod choosing;
pub mod delegation;
mod eligibility;
pub mod frame;
pub mod host;
pub mod hours;
pub mod plan;
pub mod planning;
pub mod reasons;
pub mod rules;
pub mod tour;
pub mod travel;
pub mod visit;

pub use delegation::{Delegate, Delegation, Interest, Pace, Subject};
pub use frame::{Base, Day, Driving, Frame, Meal};
pub use host::{Host, Kind, Place};
pub use hours::Hours;
pub use plan::Plan;
pub use rules::{Quota, Rules, Weights};
pub use tour::Tour;
pub use travel::{Leg, Travel};
pub use visit::{Demand, State, Visit};
