//! The job cube: zone x activity x size class to employees and local units, with classifications and groupings.
//!
//! | module | concept |
//! |---|---|
//! | [`amount`] | one figure of a table: observed, estimated, suppressed or missing, and what their sums are |
//! | [`size`] | size classes of the European Union, and the size bands that sources use |
//! | [`classification`] | classifications of activities, each with its vintage |
//! | [`grouping`] | activities to groups: the macro-sectors and the industries of the ISTAT rule |
//! | [`record`] | one row of a table of jobs |
//! | [`cube`] | the job cube |
//! | [`area_jobs`] | the cube by area, group of activities and size class |

pub mod amount;
pub mod area_jobs;
pub mod classification;
pub mod cube;
mod error;
pub mod grouping;
pub mod record;
pub mod size;

pub use amount::{Amount, Figure, Status, Tally};
pub use area_jobs::{AreaJobs, AreaRow};
pub use classification::{Activity, Classification, ClassificationId, System};
pub use cube::{Cell, JobCube, JobCubeBuilder};
pub use error::{JobsError, UnknownActivity};
pub use grouping::{Coverage, Group, Grouping, Placement};
pub use record::Record;
pub use size::{Band, SizeBands, SizeClass, SizeLabel};
