//! Areas and districts by region.

use std::collections::BTreeMap;

use distretto_districts::istat::Kind;
use distretto_territory::CodeOrder;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::{known, population};
use crate::edition::Edition;

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

/// By region of the main zone, in the order of their codes or names, areas without one last; none where no area has a region.
pub(super) fn regions(edition: &Edition) -> Vec<RegionCount> {
    let mut by_region: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut without = Vec::new();
    for area in 0..edition.areas() {
        match edition.table("areas").and_then(|areas| areas.text(area, "region")) {
            Some(region) => by_region.entry(region).or_default().push(area),
            None => without.push(area),
        }
    }
    let mut regions: Vec<&str> = by_region.keys().copied().collect();
    let order = CodeOrder::of(&regions);
    regions.sort_by(|a, b| order.compare(a, b));
    let mut counts: Vec<RegionCount> =
        regions.into_iter().map(|region| count(edition, Some(region), &by_region[region])).collect();
    if !(counts.is_empty() || without.is_empty()) {
        counts.push(count(edition, None, &without));
    }
    counts
}

fn count(edition: &Edition, region: Option<&str>, areas: &[usize]) -> RegionCount {
    let table = edition.table("districts");
    RegionCount {
        region: region.map(str::to_owned),
        areas: areas.len(),
        districts: table.map(|table| {
            let is_district = |area: &&usize| table.text(**area, "kind") == Some(Kind::District.name());
            areas.iter().filter(is_district).count()
        }),
        population: population(edition, areas.iter().copied()),
        manufacturing_jobs: table.map(|table| known(table, areas.iter().copied(), "manufacturing_jobs")),
    }
}
