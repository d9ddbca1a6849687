//! All that is known of one area.

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;


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

/// One test of the rule: a row of `steps`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Step {
    /// Step of the rule, 1 to 4.
    pub step: i64,
    /// The test.
    pub test: String,
    /// The industry tested, or all.
    pub industry: String,
    /// Its name; null where the test is of all.
    pub industry_name: Option<String>,
    /// Whether the verdict rests on it.
    pub counts: bool,
    /// pass, fail, missing or not applicable.
    pub outcome: String,
    /// The value, in the unit of the test; null where it is missing or does not apply.
    pub value: Option<f64>,
    /// What the value is held against.
    pub threshold: Option<f64>,
    /// Value less threshold.
    pub margin: Option<f64>,
    /// Margin over the size of the threshold; null where that is 0.
    pub relative_margin: Option<f64>,
    /// Why the test could not be made.
    pub why_missing: Option<String>,
    /// Whether figures that it rests on are estimated.
    pub estimated: bool,
}

/// Jobs of one group and size: a row of `area_jobs`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct JobsRow {
    /// macro_sector or industry.
    pub grouping: String,
    /// The macro-sector or industry.
    pub group: String,
    /// Its name.
    pub group_name: String,
    /// Size class of the local unit.
    pub size_class: String,
    /// Employees; null where no record has a figure.
    pub employees: Option<f64>,
    /// Status of the figure.
    pub employees_status: String,
    /// Local units; null where no record has a figure.
    pub local_units: Option<f64>,
    /// Status of the figure.
    pub local_units_status: String,
}

/// Commuters of an area, persons.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AreaFlows {
    /// Employed residents who work here.
    pub inside: f64,
    /// All who come from other areas to work here.
    pub in_total: f64,
    /// All residents who work in other areas.
    pub out_total: f64,
    /// Where they come from, most first.
    #[serde(rename = "in")]
    pub incoming: Vec<Partner>,
    /// Where they go, most first.
    #[serde(rename = "out")]
    pub outgoing: Vec<Partner>,
}

/// An area at the other end of a flow.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Partner {
    /// The area.
    #[serde(flatten)]
    pub area: Other,
    /// Persons.
    pub flow: f64,
}

/// A member of an area.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ZoneRow {
    /// Zone index: its row in `zones`.
    pub index: u32,
    /// Code.
    pub zone: String,
    /// Name.
    pub name: String,
    /// Resident population.
    pub population: Option<f64>,
    /// Employed residents.
    pub residents: Option<f64>,
    /// People working there.
    pub workers: Option<f64>,
    /// How often replicates put it in this area, 0 to 1; null without replicates.
    pub membership: Option<f64>,
    /// core, fringe or contested.
    pub membership_kind: Option<String>,
    /// The other area in which it lies most often.
    pub runner_up: Option<String>,
    /// Name of that area.
    pub runner_up_name: Option<String>,
    /// How often it lies there, 0 to 1.
    pub runner_up_membership: Option<f64>,
}

/// An area that touches.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Neighbour {
    /// The area.
    #[serde(flatten)]
    pub area: Other,
    /// Length of the common border, metres; 0 where they touch in points only.
    pub shared_m: f64,
}

/// An area with similar manufacturing.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Alike {
    /// The area.
    #[serde(flatten)]
    pub area: Other,
    /// Krugman's index between the shares of industries in manufacturing employees, 0 (the same) to 2 (nothing in common).
    pub dissimilarity: f64,
}
