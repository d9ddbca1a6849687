//! The zones of an area.

use serde::Serialize;
use utoipa::ToSchema;

use crate::documents::index::{number, text};
use crate::edition::Edition;

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

/// The zones of an area, by zone index.
pub(super) fn zones(edition: &Edition, area: u32) -> Vec<ZoneRow> {
    edition.index().members.of(area).iter().map(|&zone| row(edition, zone)).collect()
}

fn row(edition: &Edition, zone: u32) -> ZoneRow {
    let profiles = edition.zone_profiles();
    let number = |column| number(profiles, zone as usize, column);
    let text = |column| text(profiles, zone as usize, column);
    let code = edition.zones.code(zone);
    ZoneRow {
        index: zone,
        zone: code.to_owned(),
        name: text("name").unwrap_or_else(|| code.to_owned()),
        population: number("population"),
        residents: number("residents"),
        workers: number("workers"),
        membership: number("membership"),
        membership_kind: text("membership_kind"),
        runner_up: text("runner_up"),
        runner_up_name: text("runner_up_name"),
        runner_up_membership: number("runner_up_membership"),
    }
}
