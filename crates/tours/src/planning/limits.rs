//! What narrows a tour for the time being.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::Minute;
use super::prepared::Prepared;

/// What narrows a tour for the time being.
#[derive(Debug, Clone, Default)]
pub(super) struct Limits {
    /// Days that begin later than they may.
    pub later: BTreeMap<usize, Minute>,
    /// Days that end earlier than they may.
    pub sooner: BTreeMap<usize, Minute>,
    /// Candidates that must be visited.
    pub inside: BTreeSet<usize>,
    /// Candidates that must not.
    pub outside: BTreeSet<usize>,
    /// Sets of candidates of which at most so many may be visited.
    pub apart: Vec<(BTreeSet<usize>, usize)>,
}

impl Limits {
    /// When a day may begin.
    pub fn opens(&self, prepared: &Prepared, day: usize) -> Minute {
        let opens = prepared.days[day].opens;
        self.later.get(&day).map_or(opens, |&later| later.max(opens))
    }

    /// When a day must have ended.
    pub fn closes(&self, prepared: &Prepared, day: usize) -> Minute {
        let closes = prepared.days[day].closes;
        self.sooner.get(&day).map_or(closes, |&sooner| sooner.min(closes))
    }

    /// Whether a day could end before it begins.
    pub fn is_empty(&self, prepared: &Prepared) -> bool {
        (0..prepared.days.len()).any(|day| self.opens(prepared, day) > self.closes(prepared, day))
    }
}
