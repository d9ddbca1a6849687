//! The answer: how many districts there are, where, in what industries, how large, how sure.

use serde::Serialize;
use utoipa::ToSchema;

use super::area::Other;
use super::certainty::AnswerCertainty;
use super::near_misses::NearMiss;

/// `editions/{edition}/answer.json`: the whole country.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Answer {
    /// Number of zones.
    pub zones: usize,
    /// Number of areas.
    pub areas: usize,
    /// Zones without an area.
    pub zones_without_area: usize,
    /// By kind of area, in the order of the rule; null without jobs.
    pub kinds: Option<Vec<KindCount>>,
    /// Jobs in districts; null without jobs.
    pub district_jobs: Option<DistrictJobs>,
    /// The largest districts by employees in manufacturing; the largest areas by people working there, without jobs.
    pub largest: Vec<Largest>,
    /// By region of the main zone, in the order of their names; none where no area has a region.
    pub regions: Vec<RegionCount>,
    /// By main industry, those with most districts first.
    pub industries: Vec<IndustryCount>,
    /// Areas one failed test short of a district, nearest first.
    pub near_misses: Vec<NearMiss>,
    /// Districts that pass a test most narrowly, narrowest first.
    pub near_falls: Vec<NearMiss>,
    /// How sure; null without replicates.
    pub certainty: Option<AnswerCertainty>,
}

/// Areas of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct KindCount {
    /// district, large_firm_system, other_manufacturing, rest or undetermined.
    pub kind: String,
    /// Number of areas.
    pub areas: usize,
    /// Their employees in manufacturing, as far as known.
    pub manufacturing_jobs: f64,
    /// Their resident population; null where that of an area is unknown.
    pub population: Option<f64>,
}

/// Jobs in districts.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DistrictJobs {
    /// Employees in manufacturing.
    pub manufacturing: f64,
    /// Employees in the main industries.
    pub main_industry: f64,
    /// Share of the nation's employees in manufacturing, 0 to 1; null where that of a district is unknown.
    pub share: Option<f64>,
    /// Whether figures of a district are estimated.
    pub estimated: bool,
}

/// A large district or area.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Largest {
    /// The area.
    #[serde(flatten)]
    pub area: Other,
    /// Its jobs.
    pub jobs: f64,
}

/// Areas of one region.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RegionCount {
    /// The region; null for areas without one.
    pub region: Option<String>,
    /// Number of areas.
    pub areas: usize,
    /// Number of districts; null without jobs.
    pub districts: Option<usize>,
    /// Resident population; null where that of an area is unknown.
    pub population: Option<f64>,
    /// Employees in manufacturing, as far as known; null without jobs.
    pub manufacturing_jobs: Option<f64>,
}

/// Districts of one main industry.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct IndustryCount {
    /// Short name.
    pub id: String,
    /// Title for readers.
    pub name: String,
    /// Number of districts.
    pub districts: usize,
    /// Their employees in the industry.
    pub jobs: f64,
    /// Expected number of districts: the mean over replicates; null without them.
    pub expected: Option<f64>,
}
