//! Who touches whom: queen (a point in common) and rook (a stretch of border in common).

use crate::geodesy::segment_m;
use crate::near;
use crate::neighbours::Neighbours;
use crate::topology::Topology;

/// Default tolerance for borders that do not match exactly, in metres. Official borders come with coordinates given
/// to a millimetre, a decimetre or a metre, so a gap below a metre is how a border was stored; a wider one may be a
/// river, and closing it is for the user to decide.
pub const DEFAULT_TOLERANCE_M: f64 = 1.0;

/// More polygons than this at one vertex, or on one stretch of border, are a crowd: no map of a country has such a place
/// (a mountain top where ten communes meet is rare), and linking all of them would need the square of their number.
pub const CROWD: usize = 100;

/// Contiguity of numbered units: zones, polygons, pieces of areas or areas.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contiguity {
    queen: Neighbours,
    rook: Neighbours,
    /// Metres of border shared, one for each link of `rook`.
    shared_m: Vec<f64>,
}

impl Contiguity {
    /// Contiguity of the polygons of a topology, by part index.
    ///
    /// *Queen*: the two have at least a vertex in common (DE-9IM `F***T****` for polygons whose interiors are
    /// disjoint). *Rook*: at least one segment. Where borders do not match exactly (a vertex on one side only, a
    /// sliver, an overlap), segments that bound one polygon alone are compared within `tolerance_m` metres:
    /// queen where they come that close, rook where they run that close for more than ten times the tolerance
    /// (a shorter run is two borders that leave a common point at a sharp angle). With tolerance 0 only
    /// exact matches count. Where more than [`CROWD`] polygons meet in a vertex or lie on the same stretch of border,
    /// each is linked there with the one of lowest index only, so that they stay connected.
    /// Cost: linear for exact borders; for the others n log n in their segments.
    pub fn of_parts(topology: &Topology, tolerance_m: f64) -> Self {
        let mut queen = corner_pairs(topology);
        let mut rook = border_pairs(topology);
        queen.extend(rook.iter().map(|&(a, b, _)| (a, b)));
        if tolerance_m > 0.0 {
            let close = near::pairs(topology, tolerance_m);
            queen.extend(close.touching);
            rook.extend(close.along);
        }
        Self::from_pairs(topology.parts().len(), queen, rook)
    }

    /// Contiguity of the zones of a topology, by zone index: [`Self::of_parts`] taken together by zone. Zones without
    /// geometry have no neighbours.
    pub fn of_zones(topology: &Topology, tolerance_m: f64) -> Self {
        Self::of_parts(topology, tolerance_m).of_zones_of_parts(topology)
    }

    /// Contiguity of the zones from that of their polygons.
    #[must_use]
    pub fn of_zones_of_parts(&self, topology: &Topology) -> Self {
        let zone_of_part: Vec<Option<u32>> = topology.parts().iter().map(|part| Some(part.zone)).collect();
        self.grouped(&zone_of_part, topology.zones())
    }

    /// Contiguity of groups of units, `group[unit]` below `groups`: two groups touch where any of their units do, and
    /// share the sum of what these share. Units without a group are left out. Cost: m log m in links.
    #[must_use]
    pub fn grouped(&self, group: &[Option<u32>], groups: usize) -> Self {
        let of = |a: u32, b: u32| group[a as usize].zip(group[b as usize]).filter(|(a, b)| a != b);
        let queen = self.queen.pairs().filter_map(|(a, b)| of(a, b)).collect();
        let rook = self.rook_pairs().filter_map(|(a, b, m)| of(a, b).map(|(a, b)| (a, b, m))).collect();
        Self::from_pairs(groups, queen, rook)
    }

    /// From unordered pairs; the metres of repeated pairs add up. A rook pair is a queen pair too.
    fn from_pairs(units: usize, mut queen: Vec<(u32, u32)>, mut rook: Vec<(u32, u32, f64)>) -> Self {
        for (a, b, _) in &mut rook {
            (*a, *b) = (*a.min(b), *a.max(b));
        }
        // The metres are part of the order, so that sums do not depend on the order of the shapes.
        rook.sort_unstable_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then(x.2.total_cmp(&y.2)));
        let summed: Vec<(u32, u32, f64)> = rook
            .chunk_by(|x, y| (x.0, x.1) == (y.0, y.1))
            .map(|same| (same[0].0, same[0].1, same.iter().map(|pair| pair.2).sum()))
            .collect();
        queen.extend(summed.iter().map(|&(a, b, _)| (a, b)));
        let queen = Neighbours::from_pairs(units, queen);
        let rook = Neighbours::from_pairs(units, summed.iter().map(|&(a, b, _)| (a, b)));
        let mut shared_m = vec![0.0; rook.links()];
        for &(a, b, metres) in &summed {
            for (unit, other) in [(a, b), (b, a)] {
                if let Ok(at) = rook.of(unit).binary_search(&other) {
                    shared_m[rook.range(unit).start + at] = metres;
                }
            }
        }
        Self { queen, rook, shared_m }
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.queen.len()
    }

    /// Whether there is no unit.
    pub fn is_empty(&self) -> bool {
        self.queen.is_empty()
    }

    /// Neighbours that share at least a point.
    pub fn queen(&self) -> &Neighbours {
        &self.queen
    }

    /// Neighbours that share a stretch of border.
    pub fn rook(&self) -> &Neighbours {
        &self.rook
    }

    /// Metres of border two units share; 0 where they share none.
    pub fn shared_m(&self, a: u32, b: u32) -> f64 {
        let of_a = self.rook.range(a);
        self.rook.of(a).binary_search(&b).map_or(0.0, |at| self.shared_m[of_a.start + at])
    }

    /// The pairs `(a, b, metres)` with `a < b` that share a stretch of border, ascending.
    pub fn rook_pairs(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        self.rook.pairs().map(|(a, b)| (a, b, self.shared_m(a, b)))
    }

    /// Units that touch no other, ascending: for zones, islands and zones without geometry
    /// ([`Topology::without_geometry`] tells them apart).
    pub fn alone(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.len() as u32).filter(|&unit| self.queen.of(unit).is_empty())
    }
}

/// Pairs of polygons that use the same arc, with its length.
fn border_pairs(topology: &Topology) -> Vec<(u32, u32, f64)> {
    let (arcs, points) = (topology.arcs(), topology.points());
    let mut pairs = Vec::new();
    for arc in arcs.ids() {
        let sides = arcs.sides(arc);
        if sides.len() < 2 {
            continue;
        }
        let length: f64 = arcs
            .points(arc)
            .windows(2)
            .map(|ends| segment_m(points[ends[0] as usize], points[ends[1] as usize]))
            .sum();
        let mut parts: Vec<u32> = sides.iter().map(|side| side.part).collect();
        parts.dedup();
        pairs.extend(meeting(&parts).map(|(a, b)| (a, b, length)));
    }
    pairs
}

/// The pairs of polygons, ascending, that meet in one place: all, or in a [`CROWD`] those with the first.
fn meeting(parts: &[u32]) -> impl Iterator<Item = (u32, u32)> + '_ {
    let firsts = if parts.len() > CROWD { 1 } else { parts.len() };
    let pairs_of = move |i: usize| parts[i + 1..].iter().map(move |&b| (parts[i], b));
    (0..firsts).flat_map(pairs_of)
}

/// Pairs of polygons that meet at a junction. Elsewhere only polygons of one arc meet.
fn corner_pairs(topology: &Topology) -> Vec<(u32, u32)> {
    let arcs = topology.arcs();
    let mut at_point: Vec<(u32, u32)> = Vec::new();
    for arc in arcs.ids() {
        let points = arcs.points(arc);
        for end in [points[0], points[points.len() - 1]] {
            at_point.extend(arcs.sides(arc).iter().map(|side| (end, side.part)));
        }
    }
    at_point.sort_unstable();
    at_point.dedup();
    let mut pairs = Vec::new();
    let mut parts = Vec::new();
    for there in at_point.chunk_by(|x, y| x.0 == y.0) {
        parts.clear();
        parts.extend(there.iter().map(|&(_, part)| part));
        pairs.extend(meeting(&parts));
    }
    pairs
}
