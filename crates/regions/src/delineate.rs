//! From flows to areas in one call: search, tuning, zones placed by hand.

use distretto_flows::FlowTable;
use distretto_territory::candidates::{Choice, area_contiguity, piece_candidates, unique_candidates};
use distretto_territory::{Contiguity, Neighbours, Partition, Pieces, Topology};

use crate::assign;
use crate::eu_ttwa::{
    Attachment, Options, Outcome, ParameterError, ReserveEntry, Step, ZeroZone, eu_ttwa, taking_part,
};
use crate::tuning::{Move, Repair, Unresolved, fine_tune, remaining, repair};

/// What is done about areas that are not contiguous.
#[derive(Debug, Clone, Copy, Default)]
pub enum Tuning<'a> {
    /// Nothing.
    #[default]
    None,
    /// [`repair`](fn@repair) with these neighbours.
    Repair(&'a Neighbours),
    /// The single pass of the reference.
    Reference(Map<'a>),
}

/// The map that the reference's tuning looks at.
#[derive(Debug, Clone, Copy)]
pub struct Map<'a> {
    /// Borders.
    pub topology: &'a Topology,
    /// Which polygons touch.
    pub parts: &'a Contiguity,
    /// Which zones touch.
    pub zones: &'a Contiguity,
    /// Which zones count as touching when defects are listed.
    pub neighbours: &'a Neighbours,
}

/// How areas are made of flows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Delineation<'a> {
    /// The search.
    pub search: Options<'a>,
    /// The place of each zone in the order in which the search takes them, a permutation of `0..zones`: ties fall by it.
    /// `None` is the order of the zones.
    pub order: Option<&'a [u32]>,
    /// What follows it.
    pub tuning: Tuning<'a>,
    /// Zones placed by hand in the end: the zone, and a zone in whose area it is to be.
    pub by_hand: &'a [(u32, u32)],
}

/// What tuning did.
#[derive(Debug, Clone)]
pub struct Tuned {
    /// The partition before.
    pub before: Partition,
    /// Moves in order; area indices are those of `before`.
    pub moves: Vec<Move>,
    /// What is still wrong, and why; area indices are those of `before`.
    pub unresolved: Vec<Unresolved>,
}

/// The areas, and how they came about.
#[derive(Debug, Clone)]
pub struct Delineated {
    /// Zones to areas.
    pub partition: Partition,
    /// How the search went.
    pub search: Outcome,
    /// What tuning did, where it was asked for.
    pub tuning: Option<Tuned>,
    /// Pairs of `by_hand` that could not be followed: the companion has no area. The zone stays where it was.
    pub not_placed: Vec<(u32, u32)>,
    /// Whether [`Options::stop`] ended the search or the repair: `partition` is then none to use.
    pub stopped: bool,
}

/// Delineates areas: [`eu_ttwa`], then tuning, then zones placed by hand. Cost: that of its parts, of which the search
/// costs most. Once [`Options::stop`] is set, what is under way ends and nothing follows it.
pub fn delineate(flows: &FlowTable, how: &Delineation) -> Result<Delineated, ParameterError> {
    let search = match how.order {
        None => eu_ttwa(flows, how.search)?,
        Some(place) => in_order(flows, how.search, place)?,
    };
    let mut partition = search.partition();
    if search.stopped {
        return Ok(Delineated { partition, search, tuning: None, not_placed: Vec::new(), stopped: true });
    }
    let mut stopped = false;
    // A copy of the table, where zones stay out.
    let taking_part = || taking_part(flows, &search.zero);
    let tuned = match how.tuning {
        Tuning::None => None,
        Tuning::Repair(neighbours) => {
            let found = repair(&taking_part(), &partition, |zone| neighbours.of(zone), how.search.stop);
            stopped = found.stopped;
            let Repair { moves, unresolved, .. } = found;
            Some((found.partition, Tuned { before: partition.clone(), moves, unresolved }))
        }
        Tuning::Reference(map) => Some(tune_as_reference(&taking_part(), &partition, map)),
    };
    let tuning = tuned.map(|(tuned, results)| {
        partition = tuned;
        results
    });
    let (places, not_placed): (Vec<(u32, u32)>, Vec<_>) =
        how.by_hand.iter().partition(|&&(_, companion)| partition.area_of(companion).is_some());
    if !places.is_empty() {
        let place =
            |&(zone, companion): &(u32, u32)| Some((zone, partition.code(partition.area_of(companion)?)));
        let places: Vec<(u32, &str)> = places.iter().filter_map(place).collect();
        // Every code is one of the partition's own.
        if let Ok(placed) = assign(&partition, &places) {
            partition = placed;
        }
    }
    Ok(Delineated { partition, search, tuning, not_placed, stopped })
}

/// The search over zones numbered anew, told in the numbers they had. Ids of clusters stay those of the new order.
fn in_order(flows: &FlowTable, options: Options, place: &[u32]) -> Result<Outcome, ParameterError> {
    let mut zone_at = vec![0u32; place.len()];
    for (zone, &at) in place.iter().enumerate() {
        zone_at[at as usize] = zone as u32;
    }
    let start = options.start.map(|start| {
        let codes = start.code_of_zone();
        Partition::from_codes(
            &zone_at.iter().map(|&zone| codes[zone as usize].as_deref()).collect::<Vec<_>>(),
        )
    });
    let found = eu_ttwa(&flows.renumbered(place), Options { start: start.as_ref(), ..options })?;
    let back = |zone: u32| zone_at[zone as usize];
    let ids = |ids: &[Option<i64>]| place.iter().map(|&at| ids[at as usize]).collect();
    let mut zero: Vec<ZeroZone> =
        found.zero.iter().map(|zero| ZeroZone { zone: back(zero.zone), ..*zero }).collect();
    zero.sort_unstable_by_key(|zero| zero.zone);
    let entry =
        |entry: &ReserveEntry| ReserveEntry { zone: back(entry.zone), next: entry.next.map(back), ..*entry };
    let step = |step: Step| Step { zone: step.zone.map(back), ..step };
    Ok(Outcome {
        before: ids(&found.before),
        after: ids(&found.after),
        zero,
        entries: found.entries.iter().map(entry).collect(),
        attachments: found
            .attachments
            .iter()
            .map(|given| Attachment { zone: back(given.zone), ..*given })
            .collect(),
        moves: place.iter().map(|&at| found.moves[at as usize]).collect(),
        steps: found.steps.map(|steps| steps.into_iter().map(step).collect()),
        ..found
    })
}

/// One pass over loose pieces, then one over single-zone areas, each with the candidates of the map as it was found.
fn tune_as_reference(flows: &FlowTable, partition: &Partition, map: Map) -> (Partition, Tuned) {
    let residents: Vec<f64> = (0..flows.zones() as u32).map(|zone| flows.residents(zone)).collect();
    let areas = area_contiguity(map.zones, partition);
    let pieces = Pieces::new(map.topology, map.parts, partition);
    let loose = piece_candidates(&pieces, &pieces.loose_zones(), &residents);
    let single = unique_candidates(partition, &areas, &residents);
    let listed: Vec<(u32, Vec<u32>)> = loose
        .into_iter()
        .chain(single)
        .filter_map(|candidates| match candidates.areas {
            Choice::Areas(areas) => Some((candidates.zone, areas)),
            Choice::OnlyPieces | Choice::NoNeighbour => None,
        })
        .collect();
    let found = fine_tune(flows, partition, &listed);
    let left = remaining(flows, &found.partition, |zone| map.neighbours.of(zone));
    let unresolved = left
        .into_iter()
        .filter_map(|left| {
            let area = partition.area_with_code(found.partition.code(left.area))?;
            Some(Unresolved { area, ..left })
        })
        .collect();
    (found.partition, Tuned { before: partition.clone(), moves: found.moves, unresolved })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;
    use distretto_flows::Row;

    /// Two towns of three zones each, and one zone that is drawn to both alike.
    fn flows() -> FlowTable {
        let mut rows = Vec::new();
        let mut row = |origin, destination, amount| rows.push(Row { origin, destination, amount });
        for town in [0, 4] {
            row(town, town, 4000.0);
            for village in [town + 1, town + 2] {
                row(village, village, 500.0);
                row(village, town, 500.0);
            }
        }
        row(3, 3, 100.0);
        for town in [0, 4] {
            row(3, town, 200.0);
            row(town, 3, 10.0);
        }
        FlowTable::from_rows(7, &rows).unwrap()
    }

    #[test]
    fn ties_fall_by_the_order_and_nothing_else_does() {
        let flows = flows();
        let with = |order: Option<&[u32]>| {
            let how = Delineation { order, ..Delineation::default() };
            delineate(&flows, &how).unwrap().partition
        };
        let same = |a: &Partition, x: u32, y: u32| a.area_of(x).is_some() && a.area_of(x) == a.area_of(y);
        let plain = with(None);
        assert_eq!(plain.as_slice(), with(Some(&[0, 1, 2, 3, 4, 5, 6])).as_slice());
        let turned = with(Some(&[6, 5, 4, 3, 2, 1, 0]));
        for partition in [&plain, &turned] {
            assert_eq!(partition.areas(), 2);
            assert!(
                same(partition, 0, 1)
                    && same(partition, 0, 2)
                    && same(partition, 4, 5)
                    && same(partition, 4, 6)
            );
        }
        assert!(same(&plain, 3, 0) != same(&turned, 3, 0), "the zone between is a tie");
    }

    #[test]
    fn what_is_stopped_says_so_and_what_is_not_does_not_depend_on_the_flag() {
        let flows = flows();
        let with = |stop: Option<&AtomicBool>| {
            let search = Options { stop, ..Options::default() };
            delineate(&flows, &Delineation { search, ..Delineation::default() }).unwrap()
        };
        let (set, clear) = (AtomicBool::new(true), AtomicBool::new(false));
        let stopped = with(Some(&set));
        assert!(stopped.stopped && stopped.search.stopped && !stopped.search.converged);
        assert_eq!((stopped.search.iterations, stopped.search.attachments.len()), (0, 0));
        let (whole, plain) = (with(Some(&clear)), with(None));
        assert!(!whole.stopped && !whole.search.stopped && whole.search.converged);
        assert_eq!(whole.partition, plain.partition);
    }

    #[test]
    fn a_zone_whose_companion_has_no_area_stays_and_is_told() {
        let mut rows: Vec<Row> =
            flows().rows().map(|(origin, destination, amount)| Row { origin, destination, amount }).collect();
        rows.push(Row { origin: 7, destination: 7, amount: 5.0 });
        let flows = FlowTable::from_rows(8, &rows).unwrap();
        let how = Delineation { by_hand: &[(1, 4), (2, 7), (7, 0)], ..Delineation::default() };
        let found = delineate(&flows, &how).unwrap();
        let area = |zone| found.partition.area_of(zone);
        assert_eq!((area(1), area(2), area(7)), (area(4), area(0), area(0)));
        assert_eq!(found.not_placed, [(2, 7)]);
    }
}
