//! All that is known of one area.

mod commuters;
mod members;
mod others;
mod rule;

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::map::area_box;
use crate::edition::Edition;

pub use commuters::{AreaFlows, Partner};
pub use members::ZoneRow;
pub use others::{Alike, Neighbour};
pub use rule::{JobsRow, Step};

pub(super) use rule::step;

/// An area by name, with what the rule says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Other {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// What it is; null without jobs.
    pub kind: Option<String>,
    /// Its main industry; null where it has none.
    pub main_industry: Option<String>,
}

/// `editions/{edition}/areas/{code}.json`: all that is known of one area.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AreaDoc {
    /// Area index: its row in `areas`.
    pub index: u32,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Its row in `area_profiles`.
    #[schema(value_type = Object)]
    pub profile: Map<String, Value>,
    /// Its box; null where no zone of it has a place.
    pub bbox: Option<[f64; 4]>,
    /// Every test of the rule on it, in the order of the rule.
    pub steps: Vec<Step>,
    /// Its rows in `area_jobs`.
    pub jobs: Vec<JobsRow>,
    /// Its commuters; null without flows.
    pub flows: Option<AreaFlows>,
    /// Its zones, by zone index.
    pub zones: Vec<ZoneRow>,
    /// Areas that touch it, the longest common border first.
    pub neighbours: Vec<Neighbour>,
    /// Areas whose manufacturing is most alike, nearest first.
    pub alike: Vec<Alike>,
    /// Code of the area before it by name; null at the first.
    pub previous: Option<String>,
    /// Code of the area after it by name; null at the last.
    pub next: Option<String>,
}

/// An area, by area index; `None` if there is no such area. Cost: linear in what it says, plus areas times industries for
/// those that are alike.
pub fn area(edition: &Edition, area: u32) -> Option<AreaDoc> {
    let index = edition.index();
    let rank = *index.name_rank.get(area as usize)? as usize;
    let code = |area: u32| edition.partition.code(area).to_owned();
    Some(AreaDoc {
        index: area,
        code: code(area),
        name: super::index::name(edition, area).to_owned(),
        profile: edition.area_profiles().row(area as usize),
        bbox: area_box(edition, area),
        steps: rule::steps(edition, area),
        jobs: rule::jobs(edition, area),
        flows: commuters::flows(edition, area),
        zones: members::zones(edition, area),
        neighbours: others::neighbours(edition, area),
        alike: others::alike(edition, area),
        previous: rank.checked_sub(1).map(|rank| code(index.by_name[rank])),
        next: index.by_name.get(rank + 1).map(|&area| code(area)),
    })
}
