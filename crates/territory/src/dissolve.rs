//! Merging zones by cancelling the borders between them.

use std::cmp::Ordering;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use rustc_hash::FxHashMap;

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
    let mut outlines = outlines(topology, group, groups);
    let mut covered = vec![false; groups];
    for part in topology.parts() {
        if let Some(group) = group[part.zone as usize] {
            covered[group as usize] = true;
        }
    }
    outlines
        .iter_mut()
        .zip(covered)
        .map(|(outline, covered)| covered.then(|| polygons(rings(topology, outline), topology.points())))
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

/// Links runs into closed rings of points (open lists) that meet no point twice.
fn rings(topology: &Topology, runs: &mut Vec<Run>) -> Vec<Vec<u32>> {
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

/// A ring with what is needed to place it.
struct Ring {
    coords: Vec<Coord<f64>>,
    twice_area: f64,
    low: Coord<f64>,
    high: Coord<f64>,
}

impl Ring {
    fn new(ids: &[u32], points: &[Coord<f64>]) -> Self {
        let coords: Vec<Coord<f64>> = ids.iter().chain(ids.first()).map(|&id| points[id as usize]).collect();
        let origin = coords[0];
        let twice_area = coords
            .windows(2)
            .map(|w| (w[0].x - origin.x) * (w[1].y - origin.y) - (w[1].x - origin.x) * (w[0].y - origin.y))
            .sum();
        let fold = |pick: fn(f64, f64) -> f64| {
            coords.iter().fold(origin, |a, c| Coord { x: pick(a.x, c.x), y: pick(a.y, c.y) })
        };
        Self { twice_area, low: fold(f64::min), high: fold(f64::max), coords }
    }

    /// Whether a position lies inside, by the parity of the borders to its east.
    fn contains(&self, p: Coord<f64>) -> bool {
        if p.x < self.low.x || p.x > self.high.x || p.y < self.low.y || p.y > self.high.y {
            return false;
        }
        let crossings = self.coords.windows(2).filter(|w| {
            (w[0].y > p.y) != (w[1].y > p.y)
                && p.x < w[0].x + (w[1].x - w[0].x) * (p.y - w[0].y) / (w[1].y - w[0].y)
        });
        crossings.count() % 2 == 1
    }

    /// The middle of its first side: a point of the border that belongs to no other ring.
    fn on_border(&self) -> Coord<f64> {
        (self.coords[0] + self.coords[1]) / 2.0
    }
}

/// Rings to polygons: each clockwise ring is a hole of the smallest exterior around it. One with no exterior around
/// it comes from a border that crosses itself; it is turned, so that the ground it encloses is kept.
fn polygons(rings: Vec<Vec<u32>>, points: &[Coord<f64>]) -> MultiPolygon<f64> {
    let rings = rings.iter().map(|ids| Ring::new(ids, points));
    let (mut exteriors, holes): (Vec<Ring>, Vec<Ring>) = rings.partition(|ring| ring.twice_area >= 0.0);
    let found = exteriors.len();
    let mut holes_of: Vec<Vec<Ring>> = exteriors.iter().map(|_| Vec::new()).collect();
    for mut hole in holes {
        let inside = hole.on_border();
        let around = (0..found)
            .filter(|&e| exteriors[e].twice_area > -hole.twice_area && exteriors[e].contains(inside))
            .min_by(|&a, &b| compare_areas(&exteriors[a], &exteriors[b]));
        if let Some(exterior) = around {
            holes_of[exterior].push(hole);
        } else {
            hole.coords.reverse();
            exteriors.push(hole);
            holes_of.push(Vec::new());
        }
    }
    let line = |ring: Ring| LineString::new(ring.coords);
    exteriors
        .into_iter()
        .zip(holes_of)
        .map(|(exterior, holes)| Polygon::new(line(exterior), holes.into_iter().map(line).collect()))
        .collect()
}

fn compare_areas(a: &Ring, b: &Ring) -> Ordering {
    a.twice_area.total_cmp(&b.twice_area)
}
