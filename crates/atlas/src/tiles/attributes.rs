//! What the features of a tile say, from the tables of an edition.

use arrow::array::{Array, Float64Array};

use crate::Edition;

/// From this strength on, in percent, a line is drawn at every zoom.
const STRONG: u64 = 5;

/// What a feature of the layer `zones` says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Zone {
    pub area: Option<u32>,
    pub membership: Option<u64>,
    pub kind: Option<&'static str>,
}

/// What a feature of the layer `borders` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Border {
    pub row: u32,
    pub pair: (u32, u32),
    pub strength: Option<u64>,
    pub separates: bool,
}

impl Border {
    /// Whether it is drawn at every zoom.
    pub fn stands_out(&self) -> bool {
        self.separates || self.strength.is_some_and(|strength| strength >= STRONG)
    }
}

/// The zones of an edition, by zone index: membership and kind from `zone_certainty`, where it has that table.
pub(super) fn zones(edition: &Edition) -> Vec<Zone> {
    let mut zones: Vec<Zone> =
        edition.partition.as_slice().iter().map(|&area| Zone { area, ..Zone::default() }).collect();
    if let Some(table) = edition.table("zone_certainty") {
        let memberships = table.numbers("membership");
        for row in 0..table.rows() {
            let Some(zone) = table.text(row, "zone").and_then(|code| edition.zone(code)) else { continue };
            let zone = &mut zones[zone as usize];
            zone.membership = percent(memberships.as_ref(), row);
            zone.kind = match table.text(row, "kind") {
                Some("core") => Some("c"),
                Some("fringe") => Some("f"),
                Some("contested") => Some("x"),
                _ => None,
            };
        }
    }
    zones
}

/// The borders between zones, by row: of the table `borders`; without it of `zone_contiguity`, with what the partition says.
pub(super) fn borders(edition: &Edition) -> Vec<Border> {
    let Some(table) = edition.table("borders").or_else(|| edition.table("zone_contiguity")) else {
        return Vec::new();
    };
    let strengths = table.numbers("strength");
    let separates = table.flags("separates");
    let border = |row: usize| {
        let zone = |column| table.text(row, column).and_then(|code| edition.zone(code));
        let pair @ (a, b) = (zone("a")?, zone("b")?);
        let separates = separates.map_or_else(
            || edition.partition.area_of(a) != edition.partition.area_of(b),
            |separates| separates.value(row),
        );
        Some(Border { row: row as u32, pair, strength: percent(strengths.as_ref(), row), separates })
    };
    (0..table.rows()).filter_map(border).collect()
}

/// A share as whole percent.
fn percent(shares: Option<&Float64Array>, row: usize) -> Option<u64> {
    let share = shares.filter(|shares| shares.is_valid(row))?.value(row);
    share.is_finite().then(|| (share * 100.0).round().max(0.0) as u64)
}
