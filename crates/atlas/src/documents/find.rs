//! Places and industries to search.

use serde::Serialize;
use utoipa::ToSchema;

use super::area::Other;
use super::index::other;
use crate::edition::Edition;

/// `editions/{edition}/find.json`: names to search. Zones are columns, since there may be a hundred thousand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Find {
    /// The areas, by area index.
    pub areas: Vec<Other>,
    /// The zones, by zone index.
    pub zones: FoundZones,
    /// The industries, those with most districts first.
    pub industries: Vec<FoundIndustry>,
}

/// The zones, by zone index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundZones {
    /// Codes.
    pub code: Vec<String>,
    /// Names.
    pub name: Vec<String>,
    /// Area index of each; null where it has no area.
    pub area: Vec<Option<u32>>,
}

/// An industry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundIndustry {
    /// Short name.
    pub id: String,
    /// Title for readers.
    pub name: String,
    /// Districts with it as main industry.
    pub districts: usize,
}

/// The places and industries of an edition. Cost: linear.
pub fn find(edition: &Edition) -> Find {
    let index = edition.index();
    let zones = edition.table("zones");
    let zone_name = |row: usize| zones.and_then(|zones| zones.text(row, "name"));
    let codes = edition.zones.codes();
    let industry = |(at, districts): (usize, usize)| {
        let group = &index.industries[at];
        FoundIndustry { id: group.id.clone(), name: group.name.clone(), districts }
    };
    Find {
        areas: (0..edition.areas() as u32).map(|area| other(edition, area)).collect(),
        zones: FoundZones {
            code: codes.to_vec(),
            name: codes
                .iter()
                .enumerate()
                .map(|(row, code)| zone_name(row).unwrap_or(code).to_owned())
                .collect(),
            area: edition.partition.as_slice().to_vec(),
        },
        industries: index.industries_by_districts(edition).into_iter().map(industry).collect(),
    }
}
