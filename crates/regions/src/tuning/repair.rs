//! Our own tuning: repeat until every area is in one piece and has at least two zones, or say why not.

use std::collections::{BTreeMap, BTreeSet};

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
    /// It touches only pieces of broken areas, which the reference does not consider.
    OnlyPieces,
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
}

/// Moves loose pieces, largest first, and then single-zone areas, largest first, to the neighbouring area they have
/// most cohesion with, and looks again, until nothing moves.
///
/// `neighbours(zone)` are the zones that touch `zone`, itself not included. The main piece of an area is the one with most
/// employed residents (of equals the one with the lowest zone). A loose piece moves as a whole. Each move joins a piece to
/// one it touches, so the number of pieces falls with every move and the repair ends. Totals are those of the whole
/// table; validity is not tested: an area without a border is worth less than one slightly less closed.
/// Ties: as in the search. Cost: linear in zones a round, plus the pairs and members of what moves.
pub fn repair<'n>(flows: &FlowTable, partition: &Partition, neighbours: impl Fn(u32) -> &'n [u32]) -> Repair {
    let mut state = State {
        flows,
        neighbours: &neighbours,
        area_of: partition.as_slice().to_vec(),
        members: partition.members(),
    };
    let mut moves = Vec::new();
    let unresolved = loop {
        let mut unresolved = Vec::new();
        let mut moved = false;
        for (zone, defect) in state.defects() {
            // An earlier move may have changed the piece, or mended it.
            let Some((piece, area)) = state.still_wrong(zone, defect) else { continue };
            match state.destination(&piece, area) {
                Ok((to, runner_up)) => {
                    state.move_piece(&piece, area, to.area);
                    moves.push(Move { zones: piece, from: area, to, runner_up, defect });
                    moved = true;
                }
                Err(why) => unresolved.push(Unresolved { zones: piece, area, defect, why }),
            }
        }
        if !moved {
            break unresolved;
        }
    };
    let codes: Vec<Option<&str>> =
        state.area_of.iter().map(|area| area.map(|area| partition.code(area))).collect();
    Repair { partition: Partition::from_codes(&codes), moves, unresolved }
}

struct State<'a, F> {
    flows: &'a FlowTable,
    neighbours: &'a F,
    area_of: Vec<Option<u32>>,
    members: Vec<Vec<u32>>,
}

impl<'n, F: Fn(u32) -> &'n [u32]> State<'_, F> {
    fn residents(&self, zones: &[u32]) -> f64 {
        zones.iter().map(|&zone| self.flows.residents(zone)).sum()
    }

    /// The pieces of an area, the main one first; each ascending.
    fn pieces(&self, area: u32) -> Vec<Vec<u32>> {
        let mut pieces: Vec<Vec<u32>> = Vec::new();
        let mut left: BTreeSet<u32> = self.members[area as usize].iter().copied().collect();
        while let Some(first) = left.pop_first() {
            let mut piece = vec![first];
            let mut at = 0;
            while let Some(&zone) = piece.get(at) {
                piece.extend((self.neighbours)(zone).iter().filter(|&next| left.remove(next)));
                at += 1;
            }
            piece.sort_unstable();
            pieces.push(piece);
        }
        pieces.sort_by(|a, b| self.residents(b).total_cmp(&self.residents(a)).then(a[0].cmp(&b[0])));
        pieces
    }

    /// A zone of every loose piece, then every single zone; each list by descending residents, then zone.
    fn defects(&self) -> Vec<(u32, Defect)> {
        let (mut loose, mut single) = (Vec::new(), Vec::new());
        for area in 0..self.members.len() as u32 {
            match self.members[area as usize].as_slice() {
                [] => {}
                [zone] => single.push((self.residents(&[*zone]), *zone)),
                _ => loose
                    .extend(self.pieces(area).iter().skip(1).map(|piece| (self.residents(piece), piece[0]))),
            }
        }
        let order = |a: &(f64, u32), b: &(f64, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        loose.sort_unstable_by(order);
        single.sort_unstable_by(order);
        let tagged = |defect: Defect| move |(_, zone): (f64, u32)| (zone, defect);
        let loose = loose.into_iter().map(tagged(Defect::LoosePiece));
        loose.chain(single.into_iter().map(tagged(Defect::SingleZone))).collect()
    }

    /// The piece around a zone and its area, if the defect is still there.
    fn still_wrong(&self, zone: u32, defect: Defect) -> Option<(Vec<u32>, u32)> {
        let area = self.area_of[zone as usize]?;
        let piece = match defect {
            Defect::SingleZone => {
                (self.members[area as usize].len() == 1).then(|| self.members[area as usize].clone())
            }
            Defect::LoosePiece => {
                self.pieces(area).into_iter().skip(1).find(|piece| piece.binary_search(&zone).is_ok())
            }
        };
        piece.map(|piece| (piece, area))
    }

    /// The neighbouring area with the highest cohesion, and the runner-up.
    fn destination(&self, piece: &[u32], own: u32) -> Result<(Ranked, Option<Ranked>), Why> {
        let mut ties: BTreeMap<u32, (f64, f64, bool, bool)> = BTreeMap::new();
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
                    tie.0 += amount;
                    tie.2 = true;
                }
            }
            for (other, amount) in self.flows.into_zone(zone) {
                if let Some(tie) = self.area_of[other as usize].and_then(|area| ties.get_mut(&area)) {
                    tie.1 += amount;
                    tie.3 = true;
                }
            }
        }
        let totals = |zones: &[u32]| {
            (self.residents(zones), zones.iter().map(|&zone| self.flows.workers(zone)).sum::<f64>())
        };
        let own_totals = totals(piece);
        let mut ranked: Vec<Ranked> = ties
            .into_iter()
            .filter(|(_, (_, _, receives, sends))| *receives || *sends)
            .map(|(area, (out, into, _, sends))| Ranked {
                area,
                cohesion: cohesion(out, into, own_totals, totals(&self.members[area as usize])),
                sends,
            })
            .collect();
        rank(&mut ranked);
        let best = ranked.first().copied().ok_or(Why::NoFlow)?;
        Ok((best, ranked.get(1).copied()))
    }

    fn move_piece(&mut self, piece: &[u32], from: u32, to: u32) {
        self.members[from as usize].retain(|zone| piece.binary_search(zone).is_err());
        self.members[to as usize].extend_from_slice(piece);
        for &zone in piece {
            self.area_of[zone as usize] = Some(to);
        }
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
        let repair = repair(&table, &partition, |zone| &line[zone as usize]);
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
        let repair = repair(&table, &partition, |zone| near[zone as usize]);
        assert_eq!(repair.partition, partition);
        let why: Vec<_> = repair.unresolved.iter().map(|left| (left.zones.clone(), left.why)).collect();
        assert_eq!(why, [(vec![0], Why::Island), (vec![3], Why::NoFlow)]);
    }

    #[test]
    fn single_zones_join_and_chains_end() {
        let table = flows(4, &[(0, 1, 5.0), (1, 2, 3.0), (2, 3, 1.0), (3, 2, 1.0)]);
        let partition = Partition::from_codes(&["a", "b", "c", "d"].map(Some));
        let line = line(4);
        let repair = repair(&table, &partition, |zone| &line[zone as usize]);
        assert!(repair.partition.members().iter().all(|members| members.len() > 1));
        assert!(repair.unresolved.is_empty());
    }
}
