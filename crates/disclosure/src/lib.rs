//! Statistical disclosure control: which figures of a table are withheld so that no contributor is told.
//!
//! | module | concept |
//! |---|---|
//! | [`contributions`] | what a figure is made of: how many contributors, their sum, the largest of them |
//! | [`rule`] | when a figure tells too much of one contributor: too few of them, or a few that dominate |
//! | [`suppression`] | what else must be withheld, so that sums do not tell what is withheld |
//! | [`bridges`] | the edges of a graph without which it falls apart: what an outsider can compute |
//! | [`table`] | all this for a table of rows and columns with its margins |
//! | [`differencing`] | what two partitions of the same zones tell together |
//!
//! The protection is against exact knowledge. How close an outsider can come by bounds, and what a contributor can tell
//! of others by what it knows of itself beyond its own sums, is not looked at; see `docs/disclosure.md`.

pub mod bridges;
pub mod contributions;
pub mod differencing;
pub mod rule;
pub mod suppression;
pub mod table;

pub use contributions::{Contributions, ContributionsError};
pub use differencing::{Difference, Known, differences};
pub use rule::{Rule, RuleError, Unsafe};
pub use suppression::{Network, NetworkError, OUTSIDE, Place, Protection, Status, Value};
pub use table::{Cell, Protected, Sums, protect, protect_figures};
