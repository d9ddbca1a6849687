//! The answer: how many districts there are, where, in what industries, how large, how sure.

use distretto_districts::istat::Kind;
use serde::Serialize;
use utoipa::ToSchema;

use super::area::Other;
use super::certainty::{AnswerCertainty, certainty, expected};
use super::index::{flag, number, other, sum};
use super::near_misses::{NearMiss, near_falls, near_misses};
use super::regions::{RegionCount, regions};
use crate::edition::Edition;
use crate::table::Table;

/// Districts or areas shown as the largest.
const SHOWN: usize = 10;

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
    /// The largest districts by employees in the main industry; without jobs the largest areas by people working there.
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

/// The answer of an edition. Cost: linear in areas, steps and zones.
pub fn answer(edition: &Edition) -> Answer {
    let districts = edition.table("districts");
    Answer {
        zones: edition.zones.codes().len(),
        areas: edition.areas(),
        zones_without_area: edition.partition.without_area().count(),
        kinds: districts
            .map(|table| Kind::ALL.into_iter().map(|kind| kind_count(edition, table, kind)).collect()),
        district_jobs: districts.map(district_jobs),
        largest: largest(edition),
        regions: regions(edition),
        industries: industries(edition),
        near_misses: near_misses(edition),
        near_falls: near_falls(edition),
        certainty: certainty(edition),
    }
}

/// Rows of `districts` (area indices) of one kind.
pub(super) fn of_kind(districts: &Table, kind: Kind) -> impl Iterator<Item = usize> {
    (0..districts.rows()).filter(move |&row| districts.text(row, "kind") == Some(kind.name()))
}

/// Resident population of some areas; `None` where that of one is unknown.
pub(super) fn population(edition: &Edition, areas: impl Iterator<Item = usize>) -> Option<f64> {
    let table = edition.table("areas")?;
    let persons: Option<Vec<f64>> = areas.map(|area| number(table, area, "population")).collect();
    persons.map(|persons| sum(persons.into_iter()))
}

fn kind_count(edition: &Edition, districts: &Table, kind: Kind) -> KindCount {
    KindCount {
        kind: kind.name().to_owned(),
        areas: of_kind(districts, kind).count(),
        manufacturing_jobs: known(districts, of_kind(districts, kind), "manufacturing_jobs"),
        population: population(edition, of_kind(districts, kind)),
    }
}

/// Sum of a column over some rows, as far as it is known; 0 over none.
pub(super) fn known(table: &Table, rows: impl Iterator<Item = usize>, column: &str) -> f64 {
    sum(rows.filter_map(|row| number(table, row, column)))
}

fn district_jobs(table: &Table) -> DistrictJobs {
    let districts = || of_kind(table, Kind::District);
    DistrictJobs {
        manufacturing: known(table, districts(), "manufacturing_jobs"),
        main_industry: known(table, districts(), "main_industry_jobs"),
        share: districts()
            .map(|row| number(table, row, "national_share"))
            .try_fold(0.0, |sum, share| Some(sum + share?)),
        estimated: districts().any(|row| flag(table, row, "estimated")),
    }
}

fn largest(edition: &Edition) -> Vec<Largest> {
    let by = |table: &Table, rows: &mut dyn Iterator<Item = usize>, column: &str| -> Vec<(u32, f64)> {
        rows.filter_map(|row| Some((row as u32, number(table, row, column)?))).collect()
    };
    let mut found = match (edition.table("districts"), edition.table("areas")) {
        (Some(table), _) => by(table, &mut of_kind(table, Kind::District), "main_industry_jobs"),
        (None, Some(table)) => by(table, &mut (0..table.rows()), "workers"),
        (None, None) => Vec::new(),
    };
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    found.truncate(SHOWN);
    found.into_iter().map(|(area, jobs)| Largest { area: other(edition, area), jobs }).collect()
}

/// The industries that are the main one of a district, in the run or in a replicate.
fn industries(edition: &Edition) -> Vec<IndustryCount> {
    let Some(table) = edition.table("districts") else { return Vec::new() };
    let index = edition.index();
    let count = |(at, districts): (usize, usize)| {
        let group = &index.industries[at];
        let main = |row: &usize| table.text(*row, "main_industry") == Some(group.id.as_str());
        let expected = expected(edition, &group.id);
        (districts > 0 || expected.is_some_and(|number| number > 0.0)).then(|| IndustryCount {
            id: group.id.clone(),
            name: group.name.clone(),
            districts,
            jobs: known(table, of_kind(table, Kind::District).filter(main), "main_industry_jobs"),
            expected,
        })
    };
    index.industries_by_districts(edition).into_iter().filter_map(count).collect()
}
