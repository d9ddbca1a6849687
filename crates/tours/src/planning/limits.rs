//! What narrows a tour for the time being.

use std::collections::{BTreeMap, BTreeSet};

use distretto_orienteering::Route;

use super::clock::Minute;
use super::prepared::Prepared;

/// What narrows a tour for the time being.
#[derive(Debug, Clone, Default)]
pub(super) struct Limits {
    /// Days on which the coach leaves later than it may.
    pub later: BTreeMap<usize, Minute>,
    /// Days on which it is back earlier than it must be.
    pub sooner: BTreeMap<usize, Minute>,
    /// Candidates that must be visited.
    pub inside: BTreeSet<usize>,
    /// Candidates that must not.
    pub outside: BTreeSet<usize>,
    /// Sets of candidates of which at most so many may be visited.
    pub apart: Vec<(BTreeSet<usize>, usize)>,
    /// By how many visits the rules' quotas may fall short, those counted by day on one day.
    pub short: BTreeMap<(usize, Option<usize>), i64>,
}

impl Limits {
    /// Narrows the route of a day.
    pub fn bind(&self, day: usize, route: &mut Route) {
        if let Some(&later) = self.later.get(&day) {
            leave_after(route, later);
        }
        if let Some(&sooner) = self.sooner.get(&day) {
            be_back_by(route, sooner);
        }
    }

    /// When a day may begin.
    fn opens(&self, prepared: &Prepared, day: usize) -> Minute {
        let rules = &prepared.days[day];
        let opens = rules.leaves.map_or(rules.opens, |leaves| leaves.max(rules.opens));
        self.later.get(&day).map_or(opens, |&later| later.max(opens))
    }

    /// When a day must have ended.
    fn closes(&self, prepared: &Prepared, day: usize) -> Minute {
        let closes = prepared.days[day].closes;
        self.sooner.get(&day).map_or(closes, |&sooner| sooner.min(closes))
    }

    /// The first day that would end before it begins.
    pub fn empty(&self, prepared: &Prepared) -> Option<usize> {
        (0..prepared.days.len()).find(|&day| self.opens(prepared, day) > self.closes(prepared, day))
    }
}

/// Lets a coach leave no sooner. A meal at the start may still be before.
pub(super) fn leave_after(route: &mut Route, leaves: Minute) {
    if leaves <= route.opens {
        return;
    }
    if route.meal.is_some() {
        route.leaves = route.leaves.max(Some(leaves));
    } else {
        route.opens = leaves;
    }
}

/// Lets a coach be back no later. A meal at the end may still be after.
pub(super) fn be_back_by(route: &mut Route, arrives: Minute) {
    if arrives >= route.closes {
        return;
    }
    if route.meal.is_some() {
        route.arrives = Some(route.arrives.map_or(arrives, |before| before.min(arrives)));
    } else {
        route.closes = arrives;
    }
}
