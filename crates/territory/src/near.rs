//! Borders that almost touch: segments of one polygon alone, compared with those near them.

use geo_types::Coord;
use rstar::{AABB, RTree, RTreeObject};

use crate::geodesy::metres_per_degree;
use crate::topology::Topology;

/// How many times the tolerance two borders must run side by side to share a stretch.
const RUN: f64 = 10.0;

/// Pairs of polygons found close to each other.
#[derive(Debug, Default)]
pub(crate) struct Close {
    /// Within the tolerance at some point. Pairs with a vertex in common are not repeated here.
    pub touching: Vec<(u32, u32)>,
    /// Side by side within the tolerance for long enough, with the metres.
    pub along: Vec<(u32, u32, f64)>,
}

/// A segment that bounds one polygon alone.
struct Outer {
    part: u32,
    index: u32,
    ends: [u32; 2],
    from: Coord<f64>,
    to: Coord<f64>,
}

impl RTreeObject for Outer {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners([self.from.x, self.from.y], [self.to.x, self.to.y])
    }
}

/// The pairs of polygons whose outer segments come within `tolerance_m` metres of each other.
/// Cost: n log n in outer segments, plus the pairs of segments that are that close; memory for the pairs of polygons
/// and the close segments of one polygon.
pub(crate) fn pairs(topology: &Topology, tolerance_m: f64) -> Close {
    let tree = RTree::bulk_load(outer_segments(topology));
    let mut segments: Vec<&Outer> = tree.iter().collect();
    segments.sort_unstable_by_key(|segment| (segment.part, segment.index));
    let mut close = Close::default();
    for of_part in segments.chunk_by(|a, b| a.part == b.part) {
        add_pairs_of(of_part, &tree, tolerance_m, &mut close);
    }
    close
}

/// Adds the pairs of one polygon, given by its outer segments, with those of a higher index.
fn add_pairs_of(segments: &[&Outer], tree: &RTree<Outer>, tolerance_m: f64, close: &mut Close) {
    let Some(part) = segments.first().map(|segment| segment.part) else { return };
    let mut touching: Vec<u32> = Vec::new();
    let mut runs: Vec<(u32, u32, f64)> = Vec::new();
    for segment in segments {
        let (metres_x, metres_y) = metres_per_degree(f64::midpoint(segment.from.y, segment.to.y));
        let (dx, dy) = (tolerance_m / metres_x.max(1.0), tolerance_m / metres_y);
        let (low, high) = (segment.envelope().lower(), segment.envelope().upper());
        let around = AABB::from_corners([low[0] - dx, low[1] - dy], [high[0] + dx, high[1] + dy]);
        let flat = |c: Coord<f64>| Coord {
            x: (c.x - segment.from.x) * metres_x,
            y: (c.y - segment.from.y) * metres_y,
        };
        for other in tree.locate_in_envelope_intersecting(&around) {
            if other.part <= part {
                continue;
            }
            let s = (flat(segment.from), flat(segment.to));
            let o = (flat(other.from), flat(other.to));
            if distance(s, o) <= tolerance_m {
                if !segment.ends.iter().any(|end| other.ends.contains(end)) {
                    touching.push(other.part);
                }
                runs.push((other.part, segment.index, side_by_side(s, o, tolerance_m)));
            }
        }
    }
    touching.sort_unstable();
    touching.dedup();
    close.touching.extend(touching.into_iter().map(|other| (part, other)));
    runs.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
    for run in runs.chunk_by(|a, b| a.0 == b.0) {
        let metres: f64 = run.iter().map(|r| r.2).sum();
        if metres > RUN * tolerance_m {
            close.along.push((part, run[0].0, metres));
        }
    }
}

fn outer_segments(topology: &Topology) -> Vec<Outer> {
    let (arcs, points) = (topology.arcs(), topology.points());
    let mut outer = Vec::new();
    for arc in arcs.ids() {
        let [side] = arcs.sides(arc) else { continue };
        for ends in arcs.points(arc).windows(2) {
            outer.push(Outer {
                part: side.part,
                index: outer.len() as u32,
                ends: [ends[0], ends[1]],
                from: points[ends[0] as usize],
                to: points[ends[1] as usize],
            });
        }
    }
    outer
}

type Segment = (Coord<f64>, Coord<f64>);

fn cross(a: Coord<f64>, b: Coord<f64>) -> f64 {
    a.x * b.y - a.y * b.x
}

fn dot(a: Coord<f64>, b: Coord<f64>) -> f64 {
    a.x * b.x + a.y * b.y
}

/// Distance of two segments in the plane: 0 where they cross, else the least from an end to the other segment.
fn distance(s: Segment, o: Segment) -> f64 {
    let side = |line: Segment, p: Coord<f64>| cross(line.1 - line.0, p - line.0);
    if side(s, o.0) * side(s, o.1) < 0.0 && side(o, s.0) * side(o, s.1) < 0.0 {
        return 0.0;
    }
    [to_segment(s.0, o), to_segment(s.1, o), to_segment(o.0, s), to_segment(o.1, s)]
        .into_iter()
        .fold(f64::MAX, f64::min)
}

fn to_segment(p: Coord<f64>, (from, to): Segment) -> f64 {
    let along = to - from;
    let square = dot(along, along);
    let t = if square > 0.0 { (dot(p - from, along) / square).clamp(0.0, 1.0) } else { 0.0 };
    let gap = p - (from + along * t);
    gap.x.hypot(gap.y)
}

/// Metres of `s` that lie within the tolerance of the line of `o`, between the feet of the ends of `o`.
fn side_by_side(s: Segment, o: Segment, tolerance_m: f64) -> f64 {
    let along = s.1 - s.0;
    let length = along.x.hypot(along.y);
    if length == 0.0 {
        return 0.0;
    }
    let foot = |p: Coord<f64>| (dot(p - s.0, along) / length, cross(along, p - s.0) / length);
    let ((mut t0, mut h0), (mut t1, mut h1)) = (foot(o.0), foot(o.1));
    if t0 > t1 {
        ((t0, h0), (t1, h1)) = ((t1, h1), (t0, h0));
    }
    // Heights are linear between the feet: keep the stretch of s where they stay within the tolerance.
    let (mut low, mut high) = (t0.max(0.0), t1.min(length));
    let slope = if t1 > t0 { (h1 - h0) / (t1 - t0) } else { 0.0 };
    if slope == 0.0 {
        return if h0.abs() <= tolerance_m { (high - low).max(0.0) } else { 0.0 };
    }
    let bounds = [(-tolerance_m - h0) / slope + t0, (tolerance_m - h0) / slope + t0];
    low = low.max(bounds[0].min(bounds[1]));
    high = high.min(bounds[0].max(bounds[1]));
    (high - low).max(0.0)
}
