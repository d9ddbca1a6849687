//! What happens to a plan.

use chrono::NaiveDateTime;

/// What happens to a plan. Times are local times of the tour.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Event {
    /// What time it is: what has begun by then is kept as it is, and nothing new can begin before. Nothing has begun where absent.
    pub now: Option<NaiveDateTime>,
    /// Codes of hosts that have said no, beside those of whom the tour says it.
    pub declined: Vec<String>,
    /// The coach is late.
    pub late: Option<Late>,
}

/// A coach that is late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    /// When it can go on.
    pub until: NaiveDateTime,
    /// From where: code of a host or base.
    pub at: String,
}
