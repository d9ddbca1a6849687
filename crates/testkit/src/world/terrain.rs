//! The land: sites of zones, their Voronoi cells, and which cells touch.

use std::f64::consts::PI;

use delaunator::{EMPTY, Point, next_halfedge, triangulate};
use rand::RngExt;

use super::stream::{Purpose, stream};

/// Mean area of an Italian commune in 2011, km².
pub(super) const ZONE_KM2: f64 = 37.3;
/// Points tried for each zone kept, so that dense and thinly settled country can alternate.
const OVERSAMPLING: f64 = 4.0;
/// How much density varies: the factor in the exponent of six added waves, whose variance is 3.
const SWELL: f64 = 0.5;
/// A piece of land with fewer zones than this is left to the sea.
const SMALLEST_ISLAND: usize = 6;

/// Land in the plane, kilometres east and north of its centre.
pub(super) struct Terrain {
    /// Where each zone's town stands.
    pub sites: Vec<[f64; 2]>,
    /// The border of each zone, counter-clockwise, first vertex not repeated; neighbours share vertices exactly.
    pub rings: Vec<Vec<[f64; 2]>>,
    /// Zones that share a border, ascending.
    pub neighbours: Vec<Vec<u32>>,
}

/// A landmass: an ellipse whose radius wavers with the direction.
struct Landmass {
    centre: [f64; 2],
    half_axes: [f64; 2],
    waves: Vec<(f64, f64, f64)>,
}

impl Landmass {
    /// 0 on the shore, 1 at the centre, negative in the sea.
    fn height(&self, [x, y]: [f64; 2]) -> f64 {
        let (u, v) = ((x - self.centre[0]) / self.half_axes[0], (y - self.centre[1]) / self.half_axes[1]);
        let angle = v.atan2(u);
        let shore: f64 = 1.0
            + self.waves.iter().map(|(order, size, phase)| size * (order * angle + phase).sin()).sum::<f64>();
        1.0 - u.hypot(v) / shore
    }
}

/// Makes land for exactly `zones` zones. The coast follows the cells, so nothing is ever clipped. Cost: n log n.
pub(super) fn terrain(seed: u64, zones: usize) -> Terrain {
    let landmasses = landmasses(seed, zones);
    let points = scattered_points(seed, &landmasses);
    let triangulation = triangulate(&points.iter().map(|&[x, y]| Point { x, y }).collect::<Vec<_>>());

    // One half-edge that ends in each point, the outermost where the point lies on the hull.
    let mut edge_into = vec![EMPTY; points.len()];
    for edge in 0..triangulation.triangles.len() {
        let end = triangulation.triangles[next_halfedge(edge)];
        if edge_into[end] == EMPTY || triangulation.halfedges[edge] == EMPTY {
            edge_into[end] = edge;
        }
    }
    // The half-edges that end in a point, in order around it; `None` on the hull, where the cell is not closed.
    let around = |point: usize| -> Option<Vec<usize>> {
        let first = edge_into[point];
        let (mut edges, mut edge) = (Vec::with_capacity(8), first);
        loop {
            if edge == EMPTY {
                return None;
            }
            edges.push(edge);
            edge = triangulation.halfedges[next_halfedge(edge)];
            if edge == first {
                return Some(edges);
            }
        }
    };

    let mut height: Vec<f64> = points
        .iter()
        .map(|&point| landmasses.iter().map(|land| land.height(point)).fold(f64::NEG_INFINITY, f64::max))
        .collect();
    let (mut by_height, mut land);
    loop {
        by_height =
            (0..points.len()).filter(|&p| height[p].is_finite() && around(p).is_some()).collect::<Vec<_>>();
        by_height.sort_by(|&a, &b| height[b].total_cmp(&height[a]).then(a.cmp(&b)));
        by_height.truncate(zones);
        land = vec![EMPTY; points.len()];
        for (zone, &point) in by_height.iter().enumerate() {
            land[point] = zone;
        }
        let specks = specks(&by_height, &land, |p| {
            let edges = around(p).unwrap_or_default();
            edges.iter().map(|&edge| triangulation.triangles[edge]).collect()
        });
        if specks.is_empty() || specks.len() == by_height.len() {
            break;
        }
        for point in specks {
            height[point] = f64::NEG_INFINITY;
        }
    }

    let corner = |edge: usize| {
        let triangle = edge / 3 * 3;
        let [a, b, c] = [0, 1, 2].map(|i| points[triangulation.triangles[triangle + i]]);
        circumcentre(a, b, c)
    };
    let mut terrain = Terrain { sites: Vec::new(), rings: Vec::new(), neighbours: Vec::new() };
    for &point in &by_height {
        let edges = around(point).unwrap_or_default();
        let mut ring: Vec<[f64; 2]> = edges.iter().map(|&edge| corner(edge)).collect();
        if signed_area(&ring) < 0.0 {
            ring.reverse();
        }
        let mut neighbours: Vec<u32> = edges
            .iter()
            .map(|&edge| land[triangulation.triangles[edge]])
            .filter(|&zone| zone != EMPTY)
            .map(|zone| zone as u32)
            .collect();
        neighbours.sort_unstable();
        terrain.sites.push(points[point]);
        terrain.rings.push(ring);
        terrain.neighbours.push(neighbours);
    }
    terrain
}

/// Area inside a ring, km², positive counter-clockwise.
pub(super) fn signed_area(ring: &[[f64; 2]]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
}

/// A mainland, and from 300 zones on two islands.
fn landmasses(seed: u64, zones: usize) -> Vec<Landmass> {
    let plan: &[(f64, [f64; 2])] = if zones < 300 {
        &[(1.0, [0.0, 0.0])]
    } else {
        &[(0.91, [0.0, 0.0]), (0.065, [1.05, -0.55]), (0.025, [-1.0, -0.62])]
    };
    let unit = (zones as f64 * ZONE_KM2 / PI).sqrt();
    let aspect = 1.35f64;
    plan.iter()
        .enumerate()
        .map(|(i, &(share, at))| {
            let mut rng = stream(seed, Purpose::Coast, i);
            let waves = (2..9u32)
                .map(|order| {
                    let size = rng.random_range(0.2..0.7) / f64::from(order).powf(1.3) * 0.55;
                    (f64::from(order), size, rng.random_range(0.0..2.0 * PI))
                })
                .collect();
            Landmass {
                centre: [at[0] * unit * aspect * 1.05, at[1] * unit * 1.6],
                half_axes: [unit * share.sqrt() * aspect, unit * share.sqrt() / aspect],
                waves,
            }
        })
        .collect()
}

/// Points on a jittered grid over land and the sea around it, thinned where the country is thinly settled.
fn scattered_points(seed: u64, landmasses: &[Landmass]) -> Vec<[f64; 2]> {
    let margin = 45.0;
    let bound = |side: fn(f64, f64) -> f64, sign: f64, axis: usize| {
        landmasses
            .iter()
            .map(|l| l.centre[axis] + sign * 1.5 * l.half_axes[axis])
            .fold(-sign * f64::MAX, side)
            + sign * margin
    };
    let (west, east) = (bound(f64::min, -1.0, 0), bound(f64::max, 1.0, 0));
    let (south, north) = (bound(f64::min, -1.0, 1), bound(f64::max, 1.0, 1));
    let step = (ZONE_KM2 / OVERSAMPLING).sqrt();
    let (columns, rows) = (((east - west) / step).ceil() as usize, ((north - south) / step).ceil() as usize);

    let mut rng = stream(seed, Purpose::Density, 0);
    let swells: Vec<(f64, f64, f64)> = (0..6)
        .map(|_| {
            let (angle, length) = (rng.random_range(0.0..PI), rng.random_range(50.0..180.0));
            (
                2.0 * PI / length * f64::cos(angle),
                2.0 * PI / length * angle.sin(),
                rng.random_range(0.0..2.0 * PI),
            )
        })
        .collect();
    let mut points = Vec::new();
    for row in 0..rows {
        let mut rng = stream(seed, Purpose::Sites, row);
        for column in 0..columns {
            let x = west + (column as f64 + 0.5 + rng.random_range(-0.45..0.45)) * step;
            let y = south + (row as f64 + 0.5 + rng.random_range(-0.45..0.45)) * step;
            let swell: f64 = swells.iter().map(|(kx, ky, phase)| (kx * x + ky * y + phase).sin()).sum();
            if rng.random::<f64>()
                < (1.0 / OVERSAMPLING * (SWELL * (swell - 1.5 * SWELL)).exp()).clamp(0.03, 0.95)
            {
                points.push([x, y]);
            }
        }
    }
    points
}

/// The points of connected land pieces too small to be islands.
fn specks(points: &[usize], land: &[usize], adjacent: impl Fn(usize) -> Vec<usize>) -> Vec<usize> {
    let mut seen = vec![false; points.len()];
    let mut specks = Vec::new();
    for start in 0..points.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut piece = vec![points[start]];
        let mut next = 0;
        while next < piece.len() {
            for other in adjacent(piece[next]) {
                if land[other] != EMPTY && !seen[land[other]] {
                    seen[land[other]] = true;
                    piece.push(other);
                }
            }
            next += 1;
        }
        if piece.len() < SMALLEST_ISLAND {
            specks.extend(piece);
        }
    }
    specks
}

fn circumcentre(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> [f64; 2] {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let (ex, ey) = (c[0] - a[0], c[1] - a[1]);
    let (bl, cl) = (dx * dx + dy * dy, ex * ex + ey * ey);
    let d = 0.5 / (dx * ey - dy * ex);
    [a[0] + (ey * bl - dy * cl) * d, a[1] + (dx * cl - ex * bl) * d]
}
