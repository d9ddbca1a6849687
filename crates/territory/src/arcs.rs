//! Cutting the steps of rings into arcs between junctions.

use rustc_hash::FxHashMap;

use crate::topology::{Side, Step};

/// The arcs of a topology: chains of points, each with the polygons that use it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Arcs {
    point_start: Vec<u32>,
    points: Vec<u32>,
    side_start: Vec<u32>,
    sides: Vec<Side>,
}

impl Arcs {
    /// Number of arcs.
    pub fn len(&self) -> usize {
        self.point_start.len().saturating_sub(1)
    }

    /// Whether there is no arc.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The points of an arc, at least two; a ring without a junction starts and ends at the same point.
    pub fn points(&self, arc: u32) -> &[u32] {
        &self.points[self.point_start[arc as usize] as usize..self.point_start[arc as usize + 1] as usize]
    }

    /// The uses of an arc, ascending by polygon.
    pub fn sides(&self, arc: u32) -> &[Side] {
        &self.sides[self.side_start[arc as usize] as usize..self.side_start[arc as usize + 1] as usize]
    }

    /// The indices of all arcs.
    pub fn ids(&self) -> std::ops::Range<u32> {
        0..self.len() as u32
    }

    /// The same arcs with other points, given in the order of the arcs.
    pub(crate) fn with_points(&self, chains: impl Iterator<Item = Vec<u32>>) -> Self {
        let (mut point_start, mut points) = (vec![0], Vec::new());
        for chain in chains {
            points.extend(chain);
            point_start.push(points.len() as u32);
        }
        Self { point_start, points, side_start: self.side_start.clone(), sides: self.sides.clone() }
    }
}

/// An undirected segment between two points and who uses it, seen from `low` to `high`.
struct Segments {
    ends: Vec<(u32, u32)>,
    side_start: Vec<u32>,
    sides: Vec<Side>,
}

/// Cuts `steps` over `points` points into arcs. Arcs come in the order of their first point, rings without a junction
/// last; the order depends on that of the shapes alone. Cost: linear.
pub(crate) fn cut(points: usize, steps: &[Step]) -> Arcs {
    let segments = Segments::new(steps);
    let incident = Incidence::new(points, &segments.ends);
    let junction: Vec<bool> = (0..points as u32).map(|p| !segments.runs_through(p, incident.of(p))).collect();

    let mut arcs = Arcs { point_start: vec![0], side_start: vec![0], ..Arcs::default() };
    let mut visited = vec![false; segments.ends.len()];
    for from_junctions in [true, false] {
        for start in (0..points as u32).filter(|&p| junction[p as usize] == from_junctions) {
            for &first in incident.of(start) {
                if !visited[first as usize] {
                    walk(start, first, &segments, &incident, &junction, &mut visited, &mut arcs);
                }
            }
        }
    }
    arcs
}

/// Follows the border from `start` along the segment `first` up to a junction or back to `start`.
fn walk(
    start: u32,
    first: u32,
    segments: &Segments,
    incident: &Incidence,
    junction: &[bool],
    visited: &mut [bool],
    arcs: &mut Arcs,
) {
    arcs.points.push(start);
    let (mut at, mut along) = (start, first);
    loop {
        visited[along as usize] = true;
        at = segments.other_end(along, at);
        arcs.points.push(at);
        if junction[at as usize] || at == start {
            break;
        }
        match incident.of(at).iter().find(|&&segment| !visited[segment as usize]) {
            Some(&next) => along = next,
            None => break,
        }
    }
    arcs.point_start.push(arcs.points.len() as u32);
    arcs.sides.extend(segments.sides_from(first, start));
    arcs.side_start.push(arcs.sides.len() as u32);
}

impl Segments {
    fn new(steps: &[Step]) -> Self {
        let mut index: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        index.reserve(steps.len() / 2);
        let mut ends = Vec::new();
        let mut uses: Vec<(u32, Side)> = Vec::with_capacity(steps.len());
        for step in steps {
            let key = (step.from.min(step.to), step.from.max(step.to));
            let segment = *index.entry(key).or_insert_with(|| {
                ends.push(key);
                (ends.len() - 1) as u32
            });
            uses.push((segment, Side { part: step.part, left: step.from < step.to }));
        }
        drop(index);
        uses.sort_unstable();
        Self::from_uses(&ends, &uses)
    }

    /// From sorted uses: what one polygon runs both ways cancels, and segments nobody uses any more are left out.
    fn from_uses(all_ends: &[(u32, u32)], uses: &[(u32, Side)]) -> Self {
        let mut kept =
            Self { ends: Vec::with_capacity(all_ends.len()), side_start: vec![0], sides: Vec::new() };
        for of_segment in uses.chunk_by(|a, b| a.0 == b.0) {
            for of_part in of_segment.chunk_by(|a, b| a.1.part == b.1.part) {
                let left = of_part.iter().filter(|(_, side)| side.left).count();
                let right = of_part.len() - left;
                let side = Side { part: of_part[0].1.part, left: left > right };
                kept.sides.extend(std::iter::repeat_n(side, left.abs_diff(right)));
            }
            if kept.side_start.last() != Some(&(kept.sides.len() as u32)) {
                kept.ends.push(all_ends[of_segment[0].0 as usize]);
                kept.side_start.push(kept.sides.len() as u32);
            }
        }
        kept
    }

    fn other_end(&self, segment: u32, point: u32) -> u32 {
        let (low, high) = self.ends[segment as usize];
        if low == point { high } else { low }
    }

    /// The uses of a segment as seen when leaving from `point`.
    fn sides_from(&self, segment: u32, point: u32) -> impl Iterator<Item = Side> + '_ {
        let s = segment as usize;
        let flip = self.ends[s].0 != point;
        self.sides[self.side_start[s] as usize..self.side_start[s + 1] as usize]
            .iter()
            .map(move |side| Side { part: side.part, left: side.left != flip })
    }

    /// Whether a border just runs through a point: two segments with the same polygons on the same sides.
    fn runs_through(&self, point: u32, incident: &[u32]) -> bool {
        let &[a, b] = incident else { return false };
        let into = self.sides_from(a, point).map(|side| Side { left: !side.left, ..side });
        into.eq(self.sides_from(b, point))
    }
}

/// The segments at each point.
struct Incidence {
    start: Vec<u32>,
    segments: Vec<u32>,
}

impl Incidence {
    fn new(points: usize, ends: &[(u32, u32)]) -> Self {
        let mut start = vec![0u32; points + 1];
        for &(low, high) in ends {
            start[low as usize + 1] += 1;
            start[high as usize + 1] += 1;
        }
        for p in 0..points {
            start[p + 1] += start[p];
        }
        let mut next = start.clone();
        let mut segments = vec![0; ends.len() * 2];
        for (segment, &(low, high)) in ends.iter().enumerate() {
            for point in [low, high] {
                segments[next[point as usize] as usize] = segment as u32;
                next[point as usize] += 1;
            }
        }
        Self { start, segments }
    }

    fn of(&self, point: u32) -> &[u32] {
        &self.segments[self.start[point as usize] as usize..self.start[point as usize + 1] as usize]
    }
}
