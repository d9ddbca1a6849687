//! What is different in a plan.

use chrono::NaiveDateTime;

use crate::plan::Plan;

/// Something that is different in a plan. A visit that is on another day, or begins at another time of the same day, is the same visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A visit is no longer in the plan.
    Removed {
        /// Code of the host.
        host: String,
        /// When it would have begun.
        start: NaiveDateTime,
    },
    /// A visit is new.
    Added {
        /// Code of the host.
        host: String,
        /// When it begins.
        start: NaiveDateTime,
    },
    /// A visit is on another day.
    OtherDay {
        /// Code of the host.
        host: String,
        /// When it would have begun.
        before: NaiveDateTime,
        /// When it begins.
        after: NaiveDateTime,
    },
    /// A visit begins at another time of the same day.
    OtherTime {
        /// Code of the host.
        host: String,
        /// When it would have begun.
        before: NaiveDateTime,
        /// By how many minutes it begins later; below 0 where it begins earlier.
        later: i64,
    },
}

/// What is different in a plan: what was removed in the order of the old plan, then what was moved or added in the order of the new one.
/// Minutes are those that the clocks show.
pub fn changes(old: &Plan, new: &Plan) -> Vec<Change> {
    let removed = old.stops().filter(|(_, stop)| new.stop_at(&stop.host).is_none());
    let mut changes: Vec<Change> =
        removed.map(|(_, stop)| Change::Removed { host: stop.host.clone(), start: stop.starts }).collect();
    for (day, stop) in new.stops() {
        let host = stop.host.clone();
        match old.stop_at(&host) {
            None => changes.push(Change::Added { host, start: stop.starts }),
            Some((before, was)) if before.date != day.date => {
                changes.push(Change::OtherDay { host, before: was.starts, after: stop.starts });
            }
            Some((_, was)) if was.starts != stop.starts => {
                let later = stop.starts.signed_duration_since(was.starts).num_minutes();
                changes.push(Change::OtherTime { host, before: was.starts, later });
            }
            Some(_) => (),
        }
    }
    changes
}
