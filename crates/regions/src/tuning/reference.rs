//! The reference's fine tuning: one pass over a list of zones with candidate areas.

use distretto_flows::FlowTable;
use distretto_territory::Partition;

use super::{Defect, Move};
use crate::cohesion::{Ranked, cohesion, rank};

/// What one pass of tuning did.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceTuning {
    /// The partition afterwards.
    pub partition: Partition,
    /// Zones that moved, in order.
    pub moves: Vec<Move>,
    /// Zones without a flow with any candidate: they stay.
    pub untuned: Vec<u32>,
}

/// Moves each listed zone, in list order, to the candidate area it has most cohesion with, whatever that does to
/// validity. Candidates are area indices of `partition`; one whose members have all gone attracts nobody.
///
/// Totals L and W are those inside the sub-system of the zone and its candidates, as `FineTuning` of
/// LabourMarketAreas 3.4 takes them. Contiguity is not looked at again. Ties: as in the search.
/// Cost: the pairs of the candidates' members, for each listed zone.
pub fn fine_tune(
    flows: &FlowTable,
    partition: &Partition,
    candidates: &[(u32, Vec<u32>)],
) -> ReferenceTuning {
    let mut area_of = partition.as_slice().to_vec();
    let mut members = partition.members();
    // What was wrong is what was wrong before the pass.
    let sizes: Vec<usize> = members.iter().map(Vec::len).collect();
    let (mut moves, mut untuned) = (Vec::new(), Vec::new());
    for (zone, areas) in candidates {
        let Some(from) = area_of[*zone as usize] else { continue };
        let mut ranked: Vec<Ranked> =
            areas.iter().filter_map(|&area| tie(flows, &members, &area_of, *zone, area, areas)).collect();
        rank(&mut ranked);
        let Some(&to) = ranked.first() else {
            untuned.push(*zone);
            continue;
        };
        moves.push(Move {
            zones: vec![*zone],
            from,
            to,
            runner_up: ranked.get(1).copied(),
            defect: if sizes[from as usize] == 1 { Defect::SingleZone } else { Defect::LoosePiece },
        });
        members[from as usize].retain(|member| member != zone);
        members[to.area as usize].push(*zone);
        area_of[*zone as usize] = Some(to.area);
    }
    let codes: Vec<Option<&str>> = area_of.iter().map(|area| area.map(|area| partition.code(area))).collect();
    ReferenceTuning { partition: Partition::from_codes(&codes), moves, untuned }
}

/// Cohesion of a zone with one candidate inside the sub-system; `None` without a flow row between the two.
fn tie(
    flows: &FlowTable,
    members: &[Vec<u32>],
    area_of: &[Option<u32>],
    zone: u32,
    area: u32,
    areas: &[u32],
) -> Option<Ranked> {
    let within = |other: u32| {
        other == zone || area_of[other as usize].is_some_and(|other_area| areas.contains(&other_area))
    };
    let in_area = |other: u32| other != zone && area_of[other as usize] == Some(area);
    let totals = |zones: &[u32]| {
        let mut totals = (0.0, 0.0);
        for &member in zones {
            totals.0 += flows.out_of(member).filter(|&(other, _)| within(other)).map(|(_, f)| f).sum::<f64>();
            totals.1 +=
                flows.into_zone(member).filter(|&(other, _)| within(other)).map(|(_, f)| f).sum::<f64>();
        }
        totals
    };
    let others: Vec<u32> = members[area as usize].iter().copied().filter(|&member| member != zone).collect();
    let mut rows = 0;
    let mut sum = |partners: &mut dyn Iterator<Item = (u32, f64)>| {
        let amounts: Vec<f64> =
            partners.filter(|&(other, _)| in_area(other)).map(|(_, amount)| amount).collect();
        rows += amounts.len();
        (amounts.iter().sum::<f64>(), !amounts.is_empty())
    };
    let (out, _) = sum(&mut flows.out_of(zone));
    let (into, sends) = sum(&mut flows.into_zone(zone));
    (rows > 0).then(|| Ranked {
        area,
        cohesion: cohesion(out, into, totals(&[zone]), totals(&others)),
        sends,
    })
}
