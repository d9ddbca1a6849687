//! One rule a file: each looks at a plan and tells all that breaks it.

mod agreed;
mod bases;
mod budget;
mod day_hours;
mod days;
mod driving;
pub(super) mod eligible;
mod length;
mod meal;
mod most;
mod night;
mod once;
pub(super) mod open;
mod quotas;
mod rests;
mod seats;
mod times;
mod ways;

use super::course::Course;
use super::violation::Violation;

/// Looks at a plan.
pub(super) type Rule = fn(&Course) -> Vec<Violation>;

/// All rules, in the order in which their violations of a day are told.
pub(super) const ALL: [Rule; 18] = [
    seats::rule,
    budget::rule,
    quotas::rule,
    days::rule,
    times::rule,
    day_hours::rule,
    bases::rule,
    most::rule,
    driving::rule,
    night::rule,
    rests::rule,
    meal::rule,
    ways::rule,
    length::rule,
    open::rule,
    agreed::rule,
    once::rule,
    eligible::rule,
];
