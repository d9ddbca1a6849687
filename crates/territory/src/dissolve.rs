//! Merging zones by cancelling the borders between them.

use geo_types::{Coord, MultiPolygon};
use rustc_hash::FxHashMap;

use crate::rings::assemble;
use crate::topology::Topology;

/// The shape of each group of zones, `group[zone]` below `groups`: the arcs that bound the group, linked into rings.
///
/// An arc whose two sides lie in the group cancels; what remains is closed, because every polygon's border is. So no
/// area can be lost, whatever the members look like: the signed area of the result is the sum of those of the members
/// (overlaps count twice). Rings touch themselves nowhere: they are split at points met twice. Exteriors run
/// counter-clockwise, holes clockwise; polygons come in the order of the lowest point of their borders.
/// `None` where no zone of the group has geometry. Zones as they are: `group[zone] = Some(zone)`.
/// Cost: linear in arcs, plus holes times the exteriors around them.
pub fn dissolve(topology: &Topology, group: &[Option<u32>], groups: usize) -> Vec<Option<MultiPolygon<f64>>> {
    let outlines = outlines(topology, group, groups);
    let mut covered = vec![false; groups];
    for part in topology.parts() {
        if let Some(group) = group[part.zone as usize] {
            covered[group as usize] = true;
        }
    }
    outlines
        .iter()
        .zip(covered)
        .map(|(outline, covered)| covered.then(|| polygons(topology, outline)))
        .collect()
}

/// An arc run in one direction.
#[derive(Debug, Clone, Copy)]
struct Run {
    arc: u32,
    forward: bool,
}

/// For each group the arcs that bound it, run so that the group lies to their left.
fn outlines(topology: &Topology, group: &[Option<u32>], groups: usize) -> Vec<Vec<Run>> {
    let mut outlines = vec![Vec::new(); groups];
    let mut net: Vec<(u32, i32)> = Vec::new();
    for arc in topology.arcs().ids() {
        net.clear();
        for side in topology.arcs().sides(arc) {
            let zone = topology.parts()[side.part as usize].zone;
            if let Some(group) = group[zone as usize] {
                net.push((group, if side.left { 1 } else { -1 }));
            }
        }
        net.sort_unstable();
        for of_group in net.chunk_by(|a, b| a.0 == b.0) {
            let balance: i32 = of_group.iter().map(|(_, sign)| sign).sum();
            let run = Run { arc, forward: balance > 0 };
            outlines[of_group[0].0 as usize]
                .extend(std::iter::repeat_n(run, balance.unsigned_abs() as usize));
        }
    }
    outlines
}

/// The polygons bounded by runs.
fn polygons(topology: &Topology, runs: &[Run]) -> MultiPolygon<f64> {
    let coords = |ring: Vec<u32>| ring.into_iter().map(|id| topology.points()[id as usize]).collect();
    assemble(rings(topology, runs).into_iter().map(coords).collect())
}

/// Links runs into closed rings of points (open lists) that meet no point twice.
fn rings(topology: &Topology, runs: &[Run]) -> Vec<Vec<u32>> {
    let chain = |run: Run| {
        let points = topology.arcs().points(run.arc);
        let (first, second, before_last, last) =
            (points[0], points[1], points[points.len() - 2], points[points.len() - 1]);
        if run.forward { (first, second, before_last, last) } else { (last, before_last, second, first) }
    };
    let mut leaving: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (i, &run) in runs.iter().enumerate() {
        leaving.entry(chain(run).0).or_default().push(i);
    }
    let mut used = vec![false; runs.len()];
    let mut rings = Vec::new();
    for first in 0..runs.len() {
        let mut ring: Vec<u32> = Vec::new();
        let mut next = (!used[first]).then_some(first);
        while let Some(at) = next {
            used[at] = true;
            push_points(topology, runs[at], &mut ring);
            let (_, _, before, end) = chain(runs[at]);
            let choices = leaving.get(&end).into_iter().flatten().copied().filter(|&i| !used[i]);
            let turn = |i: usize| {
                let points = topology.points();
                clockwise(points[end as usize], points[before as usize], points[chain(runs[i]).1 as usize])
            };
            next = choices.min_by(|&i, &j| turn(i).total_cmp(&turn(j)).then(i.cmp(&j)));
        }
        split(ring, &mut rings);
    }
    rings
}

/// Appends the points of a run without its last, with which the next run starts.
fn push_points(topology: &Topology, run: Run, ring: &mut Vec<u32>) {
    let points = topology.arcs().points(run.arc);
    let inner = points.len() - 1;
    if run.forward {
        ring.extend(&points[..inner]);
    } else {
        ring.extend(points[1..].iter().rev());
    }
}

/// The angle from `centre`→`from` clockwise to `centre`→`to`, in `(0, 2π]`: the first border met this way bounds
/// the same corner of the interior.
fn clockwise(centre: Coord<f64>, from: Coord<f64>, to: Coord<f64>) -> f64 {
    let angle = |c: Coord<f64>| (c.y - centre.y).atan2(c.x - centre.x);
    let turn = angle(from) - angle(to);
    if turn > 0.0 { turn } else { turn + std::f64::consts::TAU }
}

/// Splits a closed walk at points met twice into rings; loops of fewer than three points bound nothing.
fn split(walk: Vec<u32>, rings: &mut Vec<Vec<u32>>) {
    let mut place: FxHashMap<u32, usize> = FxHashMap::default();
    let mut ring: Vec<u32> = Vec::new();
    for point in walk {
        if let Some(&start) = place.get(&point) {
            let closed: Vec<u32> = ring.drain(start..).collect();
            for inner in &closed {
                place.remove(inner);
            }
            rings.extend((closed.len() > 2).then_some(closed));
        }
        place.insert(point, ring.len());
        ring.push(point);
    }
    rings.extend((ring.len() > 2).then_some(ring));
}
