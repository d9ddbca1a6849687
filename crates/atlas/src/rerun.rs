//! The country again, with other parameters.
//!
//! A rerun goes the way of the study, search, tuning and verdicts, on the study's own tables: with the study's own
//! parameters it gives the edition. It leaves out what a reader who moves a slider does not look at: figures of quality,
//! statistics of areas, certainty.
//!
//! | module | concept |
//! |---|---|
//! | [`document`] | what is asked and answered |
//! | [`live`] | a study in memory, ready to be run again |
//! | `identity` | whether a study is that of an edition |
//! | `parameters` | numbers by name as rules |
//! | `answer` | areas and districts held against those of the edition |
//! | [`grid`](mod@grid) | reruns made beforehand, for sites without a server |

mod answer;
pub mod document;
pub mod grid;
mod identity;
pub mod live;
mod parameters;

pub use document::{Axis, Grid, GridPoint, NewArea, NewDistrict, OldDistrict, Rerun, RerunRequest};
pub use live::Live;
