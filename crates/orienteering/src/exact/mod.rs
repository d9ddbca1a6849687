//! The best plan, proven.

use crate::problem::Problem;
use crate::search::Limit;
use crate::solution::Plan;

/// The most sites of which all subsets are looked at.
pub const MOST_SITES: usize = 15;

/// What the exact method found.
pub(crate) enum Exact {
    /// The best plan.
    Best(Plan),
    /// Too much to look at.
    OutOfReach,
}

/// The best plan, if it can be proven.
pub(crate) fn solve(_problem: &Problem, _limit: &Limit) -> Exact {
    Exact::OutOfReach
}
