//! Whether an itinerary keeps to everything: a plan of ours, or one that was typed in a spreadsheet.
//!
//! Everything that a plan breaks is told, not only the first. The rules are written down here once more, from their meaning, and share
//! nothing but the description of tours with what makes plans, so that the two cannot be wrong together. That description reads opening hours
//! ([`crate::hours`]): when a host is open is reckoned in one place for both, and has its own tests against hours written out.
//!
//! | module | concept |
//! |---|---|
//! | [`violation`] | what a plan breaks: where, and by how much |
//! | `clock` | local times as minutes that can be subtracted |
//! | `groups` | how a party is divided |
//! | `course` | where the coach stands when, and what it drives between |
//! | `rules` | one rule a file |
//! | [`mod@overruled`] | rules of hosts that confirmed visits overrule |
//! | [`totals`] | what a plan comes to |
//! | [`toptw`] | the same for routes of the published instances of the TOPTW |
//!
//! A coach is taken to leave a place as late as it can and still arrive when the plan says.

mod clock;
mod course;
mod groups;
pub mod overruled;
mod rules;
mod sentence;
pub mod toptw;
pub mod totals;
pub mod violation;

#[cfg(test)]
mod tests;

use crate::plan::Plan;
use crate::tour::Tour;
use crate::travel::Travel;

pub use overruled::{Overruled, overruled};
pub use totals::Totals;
pub use violation::{Breach, Named, Violation};

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Verdict {
    /// All that the plan breaks: of the whole tour first, then day by day.
    pub violations: Vec<Violation>,
    /// What the plan comes to, as far as it can be said.
    pub totals: Totals,
}

impl Verdict {
    /// Whether the plan breaks nothing.
    pub fn is_good(&self) -> bool {
        self.violations.is_empty()
    }
}

/// Checks a plan against everything that its tour demands.
///
/// Nothing of the plan is believed but where the coach stands, when, and what happens there; all else is reckoned again. A way is needed
/// where the plan drives it, and one of which nobody has said how long it takes is a violation of its own. A violation that follows from
/// another is left out where the other makes it meaningless: of a host that is not known, only that is told.
/// Cost: linear in the stops but for looking up hosts, which is stops times hosts.
pub fn check(tour: &Tour, travel: &Travel, plan: &Plan) -> Verdict {
    let course = course::Course::of(tour, travel, plan);
    let mut violations: Vec<Violation> = rules::ALL.iter().flat_map(|rule| rule(&course)).collect();
    violations.sort_by_key(|violation| violation.day);
    Verdict { violations, totals: totals::of(&course) }
}
