//! Zones, partitions, and the geometry that says which zones touch.
//!
//! | module | concept |
//! |---|---|
//! | [`zones`] | the zones of a study: codes in the order that decides ties, with their vintage |
//! | [`partition`] | zones to areas |
//! | [`geodesy`] | areas, lengths and centres on the ellipsoid |
//! | [`topology`] | borders as [`arcs`] shared by the polygons on their two sides |
//! | [`contiguity`] | which zones, polygons, pieces or areas touch, and for how long; [`neighbours`] holds the lists |
//! | [`border_lines`] | the border between two zones as lines |
//! | [`pieces`] | areas that are not of one piece |
//! | [`candidates`] | where loose zones could move |
//! | [`dissolve`] | shapes of areas from those of their zones; [`rings`] makes polygons of loose rings |
//! | [`locate`] | which zone holds a point, exactly and fast |
//! | [`simplify`] | fewer vertices for drawing, borders still shared |

pub mod arcs;
pub mod border_lines;
pub mod candidates;
pub mod contiguity;
pub mod dissolve;
pub mod geodesy;
pub mod locate;
mod near;
pub mod neighbours;
pub mod partition;
pub mod pieces;
pub mod rings;
pub mod simplify;
pub mod topology;
pub mod zones;

pub use contiguity::Contiguity;
pub use locate::{LocateError, ZoneLocator};
pub use neighbours::Neighbours;
pub use partition::Partition;
pub use pieces::{Piece, Pieces};
pub use topology::{Topology, TopologyError};
pub use zones::{CodeOrder, Zones, ZonesError};
