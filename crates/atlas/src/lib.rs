//! Editions as a web atlas.
//!
//! What has an address is the same on a server and in a static site: [`address`] names it, a pure function of the edition makes
//! it, [`server`] answers with it and [`site`] writes it to a file. Nothing here computes a result but [`rerun`].
//!
//! | module | concept |
//! |---|---|
//! | [`edition`] | an edition folder in memory, held to its manifest |
//! | [`table`] | a table of an edition with the meaning of its columns |
//! | `profiles` | tables that join all that is known of a place |
//! | [`slug`] | codes as parts of addresses |
//! | [`address`] | what has an address, and what stands there |
//! | [`format`](mod@format) | a table as JSON, CSV, Parquet or GeoJSON |
//! | [`documents`] | what a page needs, in one document each |
//! | [`tiles`] | the map as vector tiles |
//! | [`pmtiles`] | all tiles in one file |
//! | [`rerun`] | the country again with other parameters |
//! | [`pages`] | the HTML around the pages, and the files they load |
//! | [`server`] | the atlas over HTTP |
//! | [`site`] | the atlas as files for any web host |

pub mod address;
pub mod assets;
pub mod atlas;
pub mod body;
pub mod documents;
pub mod edition;
pub mod format;
pub mod pages;
pub mod pmtiles;
mod profiles;
pub mod query;
pub mod render;
pub mod rerun;
pub mod server;
pub mod site;
pub mod table;
pub mod tiles;

pub use distretto_study::edition::slug;
pub use edition::Edition;
pub use table::Table;
