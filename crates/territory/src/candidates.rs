//! Where zones that break an area's unity could go: the candidate areas of fine tuning.

use crate::contiguity::Contiguity;
use crate::partition::Partition;
use crate::pieces::Pieces;

/// A zone that could move, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidates {
    /// The zone.
    pub zone: u32,
    /// The piece of its area it lies in, where that is why it is listed.
    pub piece: Option<u32>,
    /// The areas it could move to.
    pub areas: Choice,
}

/// The areas a zone could move to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// These areas, ascending.
    Areas(Vec<u32>),
    /// What surrounds the zone's piece is only pieces of broken areas, which the method does not consider.
    OnlyPieces,
    /// Nothing touches the zone's area or piece: an island.
    NoNeighbour,
}

/// Contiguity of the areas of a partition, by area index, from that of the zones. Zones without an area are left out.
pub fn area_contiguity(zones: &Contiguity, partition: &Partition) -> Contiguity {
    zones.grouped(partition.as_slice(), partition.areas())
}

/// For each area of a single zone the areas it touches (queen), the zone with most residents first, equal ones by
/// zone. `areas` is [`area_contiguity`]; `residents` are employed residents by zone.
pub fn unique_candidates(partition: &Partition, areas: &Contiguity, residents: &[f64]) -> Vec<Candidates> {
    let single = (0u32..).zip(partition.members()).filter_map(|(area, members)| match members[..] {
        [zone] => Some((area, zone)),
        _ => None,
    });
    let candidates = single.map(|(area, zone)| {
        let around = areas.queen().of(area);
        let areas = if around.is_empty() { Choice::NoNeighbour } else { Choice::Areas(around.to_vec()) };
        Candidates { zone, piece: None, areas }
    });
    by_residents(candidates.collect(), residents)
}

/// For each listed zone and piece (as a rule [`Pieces::loose_zones`]; the reference method asks its user) the whole
/// areas that touch the piece (queen), the zone with most residents first, equal ones by zone. Pieces of broken areas
/// are not candidates, as in the reference method.
pub fn piece_candidates(pieces: &Pieces, listed: &[(u32, u32)], residents: &[f64]) -> Vec<Candidates> {
    let candidates = listed.iter().map(|&(zone, piece)| {
        let around = pieces.contiguity().queen().of(piece);
        let whole: Vec<u32> = around
            .iter()
            .map(|&other| &pieces.as_slice()[other as usize])
            .filter(|other| other.number.is_none())
            .map(|other| other.area)
            .collect();
        let areas = match (around.is_empty(), whole.is_empty()) {
            (true, _) => Choice::NoNeighbour,
            (_, true) => Choice::OnlyPieces,
            _ => Choice::Areas(whole),
        };
        Candidates { zone, piece: Some(piece), areas }
    });
    by_residents(candidates.collect(), residents)
}

fn by_residents(mut candidates: Vec<Candidates>, residents: &[f64]) -> Vec<Candidates> {
    candidates.sort_by(|a, b| {
        let of = |c: &Candidates| residents.get(c.zone as usize).copied().unwrap_or(0.0);
        of(b).total_cmp(&of(a)).then(a.zone.cmp(&b.zone))
    });
    candidates
}
