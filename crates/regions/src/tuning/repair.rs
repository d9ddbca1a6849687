//! Our own tuning: repeat until every area is in one piece and has at least two zones, or say why not.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering as Memory};

use distretto_flows::FlowTable;
use distretto_territory::Partition;

use super::Move;
use crate::cohesion::{Ranked, cohesion, rank};

/// What is wrong with a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    /// It does not touch the main piece of its area.
    LoosePiece,
    /// It is the only zone of its area.
    SingleZone,
}

/// Why a place stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It touches no zone of another area.
    Island,
    /// It exchanges with none of the areas it touches.
    NoFlow,
    /// It could join a neighbour, but the one pass of the reference did not take it there.
    OnePass,
}

/// A place that could not be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// Its zones, ascending.
    pub zones: Vec<u32>,
    /// Its area (index in the partition given).
    pub area: u32,
    /// What is wrong.
    pub defect: Defect,
    /// Why it stays.
    pub why: Why,
}

/// What the repair did.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// The partition afterwards.
    pub partition: Partition,
    /// Moves in order.
    pub moves: Vec<Move>,
    /// What is still wrong.
    pub unresolved: Vec<Unresolved>,
    /// Whether it was told to stop: the rest is as it was at that moment. Not a result.
    pub stopped: bool,
}

/// Moves loose pieces, largest first, and then single-zone areas, largest first, to the neighbouring area they have
/// most cohesion with, and looks again, until nothing moves.
///
/// `neighbours(zone)` are the zones that touch `zone`, itself not included. The main piece of an area is the one with most
/// employed residents (of equals the one with the lowest zone). A loose piece moves as a whole. Each move joins a piece to
/// one it touches, so the number of pieces falls with every move and the repair ends. Totals are those of the whole
/// table; validity is not tested: an area without a border is worth less than one slightly less closed.
/// Once `stop` is set, by another thread, the repair ends before its next move and says so.
/// Ties: as in the search. Cost: linear in zones and neighbours a round, plus the pairs of what is wrong; an area that gained a piece and has another
/// defect is looked through again.
pub fn repair<'n>(
    flows: &FlowTable,
    partition: &Partition,
    neighbours: impl Fn(u32) -> &'n [u32],
    stop: Option<&AtomicBool>,
) -> Repair {
    let told_to_stop = || stop.is_some_and(|stop| stop.load(Memory::Relaxed));
    let mut state = State::new(flows, partition, &neighbours);
    let mut moves = Vec::new();
    let mut stopped = false;
    let unresolved = loop {
        let mut unresolved = Vec::new();
        let mut moved = false;
        for found in state.defects() {
            stopped = told_to_stop();
            if stopped {
                break;
            }
            let Some(Place { zones, area, defect, .. }) = state.still_wrong(found) else { continue };
            match state.destination(&zones, area) {
                Ok((to, runner_up)) => {
                    state.move_piece(&zones, area, to.area);
                    moves.push(Move { zones, from: area, to, runner_up, defect });
                    moved = true;
                }
                Err(why) => unresolved.push(Unresolved { zones, area, defect, why }),
            }
        }
        if !moved || stopped {
            break unresolved;
        }
    };
    let codes: Vec<Option<&str>> =
        state.area_of.iter().map(|area| area.map(|area| partition.code(area))).collect();
    Repair { partition: Partition::from_codes(&codes), moves, unresolved, stopped }
}

/// What is wrong with a partition, and why a repair would leave it so ([`Why::OnePass`] where it would not).
/// Arguments and order as in [`repair`]. Cost: linear in zones and neighbours, plus the pairs of what is wrong.
pub fn remaining<'n>(
    flows: &FlowTable,
    partition: &Partition,
    neighbours: impl Fn(u32) -> &'n [u32],
) -> Vec<Unresolved> {
    let state = State::new(flows, partition, &neighbours);
    let defects = state.defects().into_iter();
    defects
        .map(|Place { zones, area, defect, .. }| {
            let why = state.destination(&zones, area).err().unwrap_or(Why::OnePass);
            Unresolved { zones, area, defect, why }
        })
        .collect()
}

/// A place that is wrong: a loose piece or a single zone.
struct Place {
    zones: Vec<u32>,
    area: u32,
    defect: Defect,
    /// What its area had gained when the place was found.
    gains: u32,
}

struct State<'a, F> {
    flows: &'a FlowTable,
    neighbours: &'a F,
    area_of: Vec<Option<u32>>,
    /// Zones of each area, and some that have left it.
    members: Vec<Vec<u32>>,
    zones: Vec<usize>,
    /// L and W of each area.
    totals: Vec<(f64, f64)>,
    /// How often each area gained a piece. Only a gain can join other pieces of it: a loss leaves them as they are.
    gains: Vec<u32>,
}

impl<'a, 'n, F: Fn(u32) -> &'n [u32]> State<'a, F> {
    fn new(flows: &'a FlowTable, partition: &Partition, neighbours: &'a F) -> Self {
        let members = partition.members();
        let mut state = Self {
            flows,
            neighbours,
            area_of: partition.as_slice().to_vec(),
            zones: members.iter().map(Vec::len).collect(),
            totals: Vec::new(),
            gains: vec![0; members.len()],
            members,
        };
        state.totals = state.members.iter().map(|zones| state.totals_of(zones)).collect();
        state
    }

    fn totals_of(&self, zones: &[u32]) -> (f64, f64) {
        let add = |sum: (f64, f64), &zone: &u32| {
            (sum.0 + self.flows.residents(zone), sum.1 + self.flows.workers(zone))
        };
        zones.iter().fold((0.0, 0.0), add)
    }

    /// The pieces of an area, the main one first; each ascending.
    fn pieces(&self, area: u32) -> Vec<Vec<u32>> {
        let mut pieces: Vec<(f64, Vec<u32>)> = Vec::new();
        let still = |zone: &u32| self.area_of[*zone as usize] == Some(area);
        let mut left: BTreeSet<u32> = self.members[area as usize].iter().copied().filter(still).collect();
        while let Some(first) = left.pop_first() {
            let mut piece = vec![first];
            let mut at = 0;
            while let Some(&zone) = piece.get(at) {
                piece.extend((self.neighbours)(zone).iter().filter(|&next| left.remove(next)));
                at += 1;
            }
            piece.sort_unstable();
            pieces.push((self.totals_of(&piece).0, piece));
        }
        pieces.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1[0].cmp(&b.1[0])));
        pieces.into_iter().map(|(_, piece)| piece).collect()
    }

    /// Every loose piece, then every single zone; each list by descending residents, then zone.
    fn defects(&self) -> Vec<Place> {
        let (mut loose, mut single) = (Vec::new(), Vec::new());
        for area in 0..self.members.len() as u32 {
            let pieces = self.pieces(area);
            let list = if self.zones[area as usize] == 1 { &mut single } else { &mut loose };
            let defect = if self.zones[area as usize] == 1 { Defect::SingleZone } else { Defect::LoosePiece };
            let wrong = pieces.into_iter().skip(usize::from(defect == Defect::LoosePiece));
            list.extend(wrong.map(|zones| Place { zones, area, defect, gains: self.gains[area as usize] }));
        }
        for list in [&mut loose, &mut single] {
            list.sort_by_cached_key(|place| {
                (Reverse(Persons(self.totals_of(&place.zones).0)), place.zones[0])
            });
        }
        loose.append(&mut single);
        loose
    }

    /// The place as it is now, if it is still wrong: its area may have gained a piece that mends or enlarges it.
    fn still_wrong(&self, place: Place) -> Option<Place> {
        let at = place.area as usize;
        if self.gains[at] == place.gains {
            return Some(place);
        }
        let pieces = self.pieces(place.area);
        let loose = pieces.into_iter().skip(1).find(|piece| piece.binary_search(&place.zones[0]).is_ok());
        loose.map(|zones| Place {
            zones,
            defect: Defect::LoosePiece,
            gains: self.gains[at],
            area: place.area,
        })
    }

    /// The neighbouring area with the highest cohesion, and the runner-up.
    fn destination(&self, piece: &[u32], own: u32) -> Result<(Ranked, Option<Ranked>), Why> {
        let mut ties: BTreeMap<u32, Tie> = BTreeMap::new();
        for &zone in piece {
            for &next in (self.neighbours)(zone) {
                if let Some(area) = self.area_of[next as usize].filter(|&area| area != own) {
                    ties.entry(area).or_default();
                }
            }
        }
        if ties.is_empty() {
            return Err(Why::Island);
        }
        for &zone in piece {
            for (other, amount) in self.flows.out_of(zone) {
                if let Some(tie) = self.area_of[other as usize].and_then(|area| ties.get_mut(&area)) {
                    tie.out += amount;
                    tie.receives = true;
                }
            }
            for (other, amount) in self.flows.into_zone(zone) {
                if let Some(tie) = self.area_of[other as usize].and_then(|area| ties.get_mut(&area)) {
                    tie.into += amount;
                    tie.sends = true;
                }
            }
        }
        let totals = self.totals_of(piece);
        let mut ranked: Vec<Ranked> = ties
            .into_iter()
            .filter(|(_, tie)| tie.receives || tie.sends)
            .map(|(area, tie)| Ranked {
                area,
                cohesion: cohesion(tie.out, tie.into, totals, self.totals[area as usize]),
                sends: tie.sends,
            })
            .collect();
        rank(&mut ranked);
        let best = ranked.first().copied().ok_or(Why::NoFlow)?;
        Ok((best, ranked.get(1).copied()))
    }

    fn move_piece(&mut self, piece: &[u32], from: u32, to: u32) {
        let (from, to_at) = (from as usize, to as usize);
        let (residents, workers) = self.totals_of(piece);
        self.totals[from] = (self.totals[from].0 - residents, self.totals[from].1 - workers);
        self.totals[to_at] = (self.totals[to_at].0 + residents, self.totals[to_at].1 + workers);
        self.zones[from] -= piece.len();
        self.zones[to_at] += piece.len();
        self.gains[to_at] += 1;
        self.members[to_at].extend_from_slice(piece);
        for &zone in piece {
            self.area_of[zone as usize] = Some(to);
        }
    }
}

/// Flows between a piece and an area.
#[derive(Default)]
struct Tie {
    out: f64,
    into: f64,
    receives: bool,
    sends: bool,
}

/// Persons in the order of their number.
#[derive(PartialEq)]
struct Persons(f64);

impl Eq for Persons {}

impl Ord for Persons {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Persons {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use distretto_flows::Row;

    fn flows(zones: usize, rows: &[(u32, u32, f64)]) -> FlowTable {
        let rows: Vec<Row> =
            rows.iter().map(|&(origin, destination, amount)| Row { origin, destination, amount }).collect();
        FlowTable::from_rows(zones, &rows).unwrap()
    }

    /// Zones 0..n in a row.
    fn line(n: u32) -> Vec<Vec<u32>> {
        (0..n)
            .map(|zone| zone.checked_sub(1).into_iter().chain((zone + 1 < n).then_some(zone + 1)).collect())
            .collect()
    }

    #[test]
    fn a_loose_pair_moves_together_to_the_better_neighbour() {
        // a a b b a a, with 4-5 loose (fewer residents); they touch only b and exchange with b.
        let table = flows(
            6,
            &[(0, 0, 50.0), (1, 1, 50.0), (2, 2, 9.0), (3, 3, 9.0), (4, 5, 5.0), (5, 3, 2.0), (4, 0, 9.0)],
        );
        let partition = Partition::from_codes(&["a", "a", "b", "b", "a", "a"].map(Some));
        let line = line(6);
        let repair = repair(&table, &partition, |zone| &line[zone as usize], None);
        assert_eq!(repair.partition, Partition::from_codes(&["a", "a", "b", "b", "b", "b"].map(Some)));
        assert_eq!(repair.moves.len(), 1);
        assert_eq!(repair.moves[0].zones, [4, 5]);
        assert!(repair.unresolved.is_empty());
    }

    #[test]
    fn islands_and_strangers_stay_and_say_why() {
        // 0 is an island; 3 touches b but exchanges with nobody there.
        let table = flows(4, &[(0, 1, 3.0), (1, 2, 4.0), (2, 1, 4.0), (3, 3, 2.0)]);
        let partition = Partition::from_codes(&["i", "b", "b", "c"].map(Some));
        let near: [&[u32]; 4] = [&[], &[2], &[1, 3], &[2]];
        let repair = repair(&table, &partition, |zone| near[zone as usize], None);
        assert_eq!(repair.partition, partition);
        let why: Vec<_> = repair.unresolved.iter().map(|left| (left.zones.clone(), left.why)).collect();
        assert_eq!(why, [(vec![0], Why::Island), (vec![3], Why::NoFlow)]);
    }

    #[test]
    fn a_stopped_repair_moves_nothing_more_and_says_so() {
        let table = flows(4, &[(0, 1, 5.0), (1, 2, 3.0), (2, 3, 1.0), (3, 2, 1.0)]);
        let partition = Partition::from_codes(&["a", "b", "c", "d"].map(Some));
        let line = line(4);
        let with = |stop: bool| {
            repair(&table, &partition, |zone| &line[zone as usize], Some(&AtomicBool::new(stop)))
        };
        let stopped = with(true);
        assert!(stopped.stopped && stopped.moves.is_empty());
        assert_eq!(stopped.partition, partition);
        assert!(!with(false).stopped && !with(false).moves.is_empty());
    }

    #[test]
    fn single_zones_join_and_chains_end() {
        let table = flows(4, &[(0, 1, 5.0), (1, 2, 3.0), (2, 3, 1.0), (3, 2, 1.0)]);
        let partition = Partition::from_codes(&["a", "b", "c", "d"].map(Some));
        let line = line(4);
        let repair = repair(&table, &partition, |zone| &line[zone as usize], None);
        assert!(repair.partition.members().iter().all(|members| members.len() > 1));
        assert!(repair.unresolved.is_empty());
    }
}
