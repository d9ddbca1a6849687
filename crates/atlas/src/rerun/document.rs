//! What is asked and answered, field for field as the API says it.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

/// Parameters by their names in `study.toml`; one that is left out is as in the study.
///
/// Of the search: `min_size`, `target_size` (employed residents), `min_sc`, `target_sc` (shares). Of the rule: `sector_lq`,
/// `industry_lq`, `sme_share`, `single_medium_ratio`, `min_industry_employees`.
pub type RerunRequest = BTreeMap<String, f64>;

/// A country that was run again.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Rerun {
    /// Every parameter that a request can set, as it was: sent as a request, it gives the same answer.
    pub parameters: BTreeMap<String, f64>,
    /// Wall time of the search and the verdicts in seconds; missing where it was made before.
    pub seconds: Option<f64>,
    /// Number of areas.
    pub areas: u32,
    /// Number of districts; missing without jobs.
    pub districts: Option<u32>,
    /// Number of areas of each kind; missing without jobs.
    pub kinds: Option<BTreeMap<String, u32>>,
    /// Whether every area was valid when the search ended, or there was none to be made.
    pub converged: bool,
    /// New area of each zone, by zone index: a place in `new_areas`.
    pub zone_area: Vec<Option<u32>>,
    /// The new areas, in the order of their codes.
    pub new_areas: Vec<NewArea>,
    /// Zones whose new area is not the one matched with the area they had, ascending. A zone without an area before and after
    /// is unchanged; one that loses or gains an area is changed.
    pub changed_zones: Vec<u32>,
    /// Share of all employed residents who live in these zones; missing without flows.
    pub changed_residents_share: Option<f64>,
    /// Adjusted Rand index with the areas of the edition, zones counting alike; missing where no zone has an area in both.
    pub agreement: Option<f64>,
    /// New districts whose match in the edition was none, in the order of the new areas.
    pub districts_gained: Vec<NewDistrict>,
    /// Districts of the edition whose match now is none, in the order of its areas.
    pub districts_lost: Vec<OldDistrict>,
}

/// An area of a rerun.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NewArea {
    /// Code that the search gave it: not that of an area of the edition, even if it looks alike.
    pub code: String,
    /// Name, as the study names areas.
    pub name: String,
    /// What the rule makes of it; missing without jobs.
    pub kind: Option<String>,
    /// Short name of its main industry, if it has one.
    pub main_industry: Option<String>,
    /// Employed residents; missing without flows.
    pub residents: Option<f64>,
    /// Number of zones.
    pub zones: u32,
}

/// A district that the edition does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NewDistrict {
    /// Name of the new area.
    pub name: String,
    /// Short name of its main industry.
    pub main_industry: Option<String>,
    /// Code of the area of the edition it is matched with, if any.
    pub area: Option<String>,
}

/// A district of the edition that is none any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OldDistrict {
    /// Code of its area.
    pub code: String,
    /// Name of its area.
    pub name: String,
    /// Short name of its main industry.
    pub main_industry: Option<String>,
}

/// Reruns that were made beforehand.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Grid {
    /// What was varied.
    pub axes: Vec<Axis>,
    /// One a combination, the last axis fastest; combinations that are no rule or make no area are left out.
    pub points: Vec<GridPoint>,
}

/// A parameter of the grid.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Axis {
    /// Its name in `study.toml`.
    pub name: String,
    /// Values that were tried, ascending; that of the study among them.
    pub values: Vec<f64>,
}

/// A rerun of the grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct GridPoint {
    /// Number of its file.
    pub n: u32,
    /// Place of its value on each axis, from 0.
    pub at: Vec<u32>,
    /// Number of areas.
    pub areas: u32,
    /// Number of districts; missing without jobs.
    pub districts: Option<u32>,
    /// Number of zones that change area.
    pub changed_zones: u32,
}
