//! The best itinerary.

mod alternatives;
mod arrange;
mod bar;
mod bases;
mod branch;
mod candidate;
mod clock;
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
pub use replan::{Change, Event, Late, Replanned, changes, replan};
pub use search::MOST_CHOICES;
