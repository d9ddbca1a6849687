//! What a page needs, in one document each: pure functions of an edition, field for field what the pages read.
//!
//! | function | address under `api/v1/` |
//! |---|---|
//! | [`editions()`] | `editions.json` |
//! | [`edition()`] | `editions/{edition}.json` |
//! | [`answer()`] | `editions/{edition}/answer.json` |
//! | [`map()`] | `editions/{edition}/map.json` |
//! | [`area()`] | `editions/{edition}/areas/{code}.json` |
//! | [`find()`] | `editions/{edition}/find.json` |
//! | [`flow_map()`] | `editions/{edition}/flow_map/{level}.json` |
//!
//! What an edition does not have is null or empty; nothing is ever NaN. Documents are made from an [`Index`] that an
//! edition keeps, so one costs as much as it is long, not as the tables are.

pub mod answer;
pub mod area;
pub mod certainty;
pub mod citation;
pub mod edition;
pub mod editions;
pub mod find;
pub mod flow_map;
mod index;
pub mod indicators;
pub mod map;
pub mod near_misses;
pub mod regions;
pub mod sliders;

pub use answer::{Answer, answer};
pub use area::{AreaDoc, Other, area};
pub use edition::{EditionDoc, edition};
pub use editions::{Editions, Mode, Offer, Program, editions};
pub use find::{Find, find};
pub use flow_map::{FlowMap, flow_map};
pub use index::Index;
pub use map::{MapDoc, Tiles, map};
