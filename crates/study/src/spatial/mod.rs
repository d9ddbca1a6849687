//! Borders in and out of files.
//!
//! | module | concept |
//! |---|---|
//! | [`mod@read`] | borders from GeoJSON, TopoJSON, GeoPackage, Shapefile and GeoParquet, each zone with its key, in degrees |
//! | [`zones`] | borders to the zones of a study: what matches, what is left over, what is missing |
//! | [`mod@write`] | shapes and their tables to GeoParquet and GeoPackage |
//! | [`crs`] | coordinate reference systems by name or text, and the way to longitude and latitude |
//! | [`error`] | what can be wrong with a file of borders |

pub mod crs;
pub mod error;
pub mod read;
mod wkb;
pub mod write;
pub mod zones;

pub use error::{Problem, SpatialError};
pub use read::{Borders, CrsOrigin, Feature, Source, read};
pub use write::{Layer, Shapes, write_geopackage, write_geoparquet};
pub use zones::{Matched, match_zones, zones_named};
