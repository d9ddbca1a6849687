//! Tables larger than memory, made of raw files by one plan each: SQL over declared sources, and the way from registers, trips and
//! invoices to the sums that areas and districts need. Apache DataFusion runs the plans in this process, or a Ballista cluster does.
//!
//! | module | concept |
//! |---|---|
//! | [`engine`] | sources, and tables made of them |
//! | [`source`] | raw files under a name |
//! | [`plans`] | one file a plan: query, register, trips, transactions |
//! | [`made`] | a plan run to its end |
//! | `parts`, `pulse` | the files of a table as they grow; whether a plan still does something |
//! | [`options`] | where, and with how much |
//! | [`error`] | whose problem it is |
//! | `functions` | functions of our own: the zone of a point, the largest of a group |
//! | `columns` | columns of raw tables as plans need them |
//! | `exact` | sums that do not depend on the order of rows |
//! | `session`, `stores` | what plans run in, and where files are |
//! | `cluster` | client, scheduler and executor (feature `cluster`) |

#[cfg(feature = "cluster")]
pub mod cluster;
mod columns;
pub mod engine;
pub mod error;
mod exact;
mod functions;
pub mod made;
pub mod options;
mod parts;
pub mod plans;
mod pulse;
mod session;
pub mod source;
mod stores;

pub use engine::{Engine, Order};
pub use error::{EngineError, Kind};
pub use functions::write_zones;
pub use made::{LeftOut, Made, Progress};
pub use options::{Options, Place};
