//! Zones, partitions, and the geometry that says which zones touch.
//!
//! | module | concept |
//! |---|---|
//! | [`zones`] | the zones of a study: codes in the order that decides ties, with their vintage |
//! | [`partition`] | zones to areas |

pub mod partition;
pub mod zones;

pub use partition::Partition;
pub use zones::{CodeOrder, Zones, ZonesError};
