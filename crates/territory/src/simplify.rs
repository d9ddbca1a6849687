//! Fewer vertices for drawing, with borders that neighbours still share.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use geo_types::Coord;
use rustc_hash::FxHashMap;

use crate::geodesy::metres_per_degree;
use crate::topology::Topology;

/// The topology with thinner arcs: from each, the vertex whose triangle with its two neighbours is smallest is taken
/// away until none is below `min_triangle_m2` square metres (Visvalingam & Whyatt 1993). Junctions stay, every arc is
/// thinned once for all zones and areas that use it, so borders keep matching; no ring falls below three distinct
/// vertices (four points when closed), so no polygon vanishes.
/// Arcs are thinned one by one, so at coarse scales two of them may cross: for drawing, not for measuring.
/// Cost: n log n.
pub fn simplify(topology: &Topology, min_triangle_m2: f64) -> Topology {
    let arcs = topology.arcs();
    let mut between: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let ends = |arc: u32| {
        let points = arcs.points(arc);
        let (first, last) = (points[0], points[points.len() - 1]);
        (first.min(last), first.max(last))
    };
    for arc in arcs.ids() {
        *between.entry(ends(arc)).or_default() += 1;
    }
    let thinned = arcs.ids().map(|arc| {
        let (first, last) = ends(arc);
        // A ring may be one closed arc, or two arcs between the same junctions: then neither becomes a bare line.
        let keep_inside = if first == last { 2 } else { usize::from(between[&(first, last)] > 1) };
        thin(arcs.points(arc), topology.points(), min_triangle_m2, keep_inside)
    });
    topology.with_arcs(arcs.with_points(thinned))
}

/// Visvalingam's removal along one arc, of which at least `keep_inside` inner vertices stay (where it has them).
fn thin(arc: &[u32], points: &[Coord<f64>], min_triangle_m2: f64, keep_inside: usize) -> Vec<u32> {
    let last = arc.len() - 1;
    let mut inside = arc.len().saturating_sub(2);
    let (mut before, mut after): (Vec<usize>, Vec<usize>) =
        (0..arc.len()).map(|i| (i.saturating_sub(1), (i + 1).min(last))).unzip();
    let triangle = |i: usize, b: usize, a: usize| {
        let [p, q, r] = [b, i, a].map(|k| points[arc[k] as usize]);
        let (mx, my) = metres_per_degree(q.y);
        ((q.x - p.x) * (r.y - p.y) - (r.x - p.x) * (q.y - p.y)).abs() * mx * my / 2.0
    };
    // Areas are at least 0, so their bits order as they do.
    let key = |area: f64| area.to_bits();
    let mut area: Vec<u64> = vec![u64::MAX; arc.len()];
    let mut heap = BinaryHeap::with_capacity(arc.len());
    for i in 1..last {
        area[i] = key(triangle(i, before[i], after[i]));
        heap.push(Reverse((area[i], i)));
    }
    let mut removed = vec![false; arc.len()];
    while let Some(Reverse((smallest, i))) = heap.pop() {
        if inside <= keep_inside || smallest >= key(min_triangle_m2.max(0.0)) {
            break;
        }
        if removed[i] || area[i] != smallest {
            continue;
        }
        removed[i] = true;
        inside -= 1;
        let (b, a) = (before[i], after[i]);
        (after[b], before[a]) = (a, b);
        for neighbour in [b, a] {
            if neighbour != 0 && neighbour != last {
                // A vertex never becomes less important than one already gone: else a smooth curve unravels.
                let grown = triangle(neighbour, before[neighbour], after[neighbour]);
                area[neighbour] = key(grown).max(smallest);
                heap.push(Reverse((area[neighbour], neighbour)));
            }
        }
    }
    arc.iter().zip(removed).filter(|(_, removed)| !removed).map(|(&point, _)| point).collect()
}
