//! The border between two zones as lines.

use geo_types::{LineString, MultiLineString};

use crate::arcs::Arcs;
use crate::geodesy::segment_m;
use crate::topology::Topology;

/// The border that the two zones of each pair share, by pair: the arcs of the topology that both zones use, whatever
/// others use them too.
///
/// Arcs of one pair that meet end to end are joined into longer lines, unless a third arc of the pair ends there too; a
/// border all around an enclave is one closed line. Open lines come first, then closed ones, each in the order of the
/// arcs. The two zones of a pair may stand in either order, a pair may be given twice, and the answer for a pair
/// depends on the topology alone. Of a simplified topology the lines are simplified alike.
///
/// `None` where the two share no arc: they touch in points only, or run along each other within the tolerance of
/// [`Contiguity`](crate::Contiguity) without having the same vertices, or do not touch, or are one zone. Where only some
/// of a common border has the same vertices on both sides, that part is the line.
/// Cost: log of the pairs for each pair and each use of an arc.
pub fn border_lines(topology: &Topology, pairs: &[(u32, u32)]) -> Vec<Option<MultiLineString<f64>>> {
    let mut keys: Vec<(u32, u32)> = pairs.iter().copied().map(ordered).collect();
    keys.sort_unstable();
    keys.dedup();
    let shared = shared_arcs(topology, &keys);
    let of_key = |key: u32| {
        let start = shared.partition_point(|&(of, _)| of < key);
        let end = shared.partition_point(|&(of, _)| of <= key);
        &shared[start..end]
    };
    let line = |pair: &(u32, u32)| {
        let key = keys.binary_search(&ordered(*pair)).ok()? as u32;
        let arcs: Vec<u32> = of_key(key).iter().map(|&(_, arc)| arc).collect();
        (!arcs.is_empty()).then(|| joined(topology, &arcs))
    };
    pairs.iter().map(line).collect()
}

/// Length of lines on the ellipsoid in metres ([`segment_m`] of each segment); 0 where there is none. Cost: linear.
pub fn length_m(lines: &MultiLineString<f64>) -> f64 {
    lines.iter().flat_map(|line| line.0.windows(2)).map(|ends| segment_m(ends[0], ends[1])).sum()
}

fn ordered((a, b): (u32, u32)) -> (u32, u32) {
    (a.min(b), a.max(b))
}

/// Which arcs each pair shares: `(index in keys, arc)`, ascending.
fn shared_arcs(topology: &Topology, keys: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut shared = Vec::new();
    let mut zones = Vec::new();
    for arc in topology.arcs().ids() {
        zones.clear();
        zones.extend(topology.arcs().sides(arc).iter().map(|side| topology.parts()[side.part as usize].zone));
        zones.sort_unstable();
        zones.dedup();
        for (i, &a) in zones.iter().enumerate() {
            pairs_among(keys, a, &zones[i + 1..], |key| shared.push((key, arc)));
        }
    }
    shared.sort_unstable();
    shared
}

/// Finds the pairs of `a` with one of `others`, from the shorter of the two lists: a crowd of polygons on one arc and a
/// zone around thousands of enclaves both stay cheap.
fn pairs_among(keys: &[(u32, u32)], a: u32, others: &[u32], mut found: impl FnMut(u32)) {
    let first = keys.partition_point(|key| key.0 < a);
    let of_a = &keys[first..];
    let of_a = &of_a[..of_a.partition_point(|key| key.0 == a)];
    if others.len() < of_a.len() {
        let at = others.iter().filter_map(|&b| of_a.binary_search(&(a, b)).ok());
        at.for_each(|at| found((first + at) as u32));
    } else {
        let at = (0..of_a.len()).filter(|&at| others.binary_search(&of_a[at].1).is_ok());
        at.for_each(|at| found((first + at) as u32));
    }
}

/// Joins arcs into lines. The ends of the arc at place `i` are numbered `2i` (its first point) and `2i + 1`.
fn joined(topology: &Topology, arcs: &[u32]) -> MultiLineString<f64> {
    let mates = mates(topology.arcs(), arcs);
    let mut used = vec![false; arcs.len()];
    let mut lines = Vec::new();
    let open = (0..mates.len()).filter(|&end| mates[end].is_none());
    for start in open.chain(0..mates.len()) {
        let mut points: Vec<u32> = Vec::new();
        let mut entered = (!used[start / 2]).then_some(start);
        while let Some(end) = entered.filter(|end| !used[end / 2]) {
            used[end / 2] = true;
            append(&mut points, topology.arcs().points(arcs[end / 2]), end.is_multiple_of(2));
            entered = mates[end ^ 1];
        }
        if !points.is_empty() {
            let coords = points.into_iter().map(|point| topology.points()[point as usize]);
            lines.push(coords.collect::<LineString<f64>>());
        }
    }
    MultiLineString::new(lines)
}

/// For each end of the arcs the one other end at the same point; `None` where there is no other, or more.
fn mates(all: &Arcs, arcs: &[u32]) -> Vec<Option<usize>> {
    let point_of = |end: usize| {
        let points = all.points(arcs[end / 2]);
        if end.is_multiple_of(2) { points[0] } else { points[points.len() - 1] }
    };
    let mut ends: Vec<(u32, usize)> = (0..2 * arcs.len()).map(|end| (point_of(end), end)).collect();
    ends.sort_unstable();
    let mut mates = vec![None; ends.len()];
    for here in ends.chunk_by(|x, y| x.0 == y.0) {
        if let &[(_, one), (_, other)] = here {
            mates[one] = Some(other);
            mates[other] = Some(one);
        }
    }
    mates
}

/// Appends the points of an arc, run forwards or backwards; the point it has in common with the line so far stands once.
fn append(line: &mut Vec<u32>, arc: &[u32], forwards: bool) {
    line.pop();
    if forwards {
        line.extend(arc);
    } else {
        line.extend(arc.iter().rev());
    }
}
