//! Loose rings to polygons.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// A ring with what is needed to place it.
struct Ring {
    coords: Vec<Coord<f64>>,
    twice_area: f64,
    low: Coord<f64>,
    high: Coord<f64>,
}

impl Ring {
    fn new(mut coords: Vec<Coord<f64>>) -> Option<Self> {
        let origin = *coords.first()?;
        if coords.last() != Some(&origin) {
            coords.push(origin);
        }
        if coords.len() < 4 {
            return None;
        }
        let twice_area = coords
            .windows(2)
            .map(|w| (w[0].x - origin.x) * (w[1].y - origin.y) - (w[1].x - origin.x) * (w[0].y - origin.y))
            .sum();
        let fold = |pick: fn(f64, f64) -> f64| {
            coords.iter().fold(origin, |a, c| Coord { x: pick(a.x, c.x), y: pick(a.y, c.y) })
        };
        Some(Self { twice_area, low: fold(f64::min), high: fold(f64::max), coords })
    }

    /// Its rectangle, with the place where it stands.
    fn boxed((at, ring): (usize, &Self)) -> GeomWithData<Rectangle<[f64; 2]>, usize> {
        let corners = ([ring.low.x, ring.low.y], [ring.high.x, ring.high.y]);
        GeomWithData::new(Rectangle::from_corners(corners.0, corners.1), at)
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

/// The polygons that loose rings draw, whatever their order: a counter-clockwise ring is an exterior, a clockwise one a
/// hole of the smallest exterior around it. A clockwise ring with no exterior around it comes from a border that
/// crosses itself; it is turned, so that the ground it encloses is kept. Rings may be closed or not; those of fewer
/// than three points bound nothing. Cost: n log n in rings, and for each hole the points of the exteriors whose
/// rectangle is around it.
pub fn assemble(rings: Vec<Vec<Coord<f64>>>) -> MultiPolygon<f64> {
    let rings = rings.into_iter().filter_map(Ring::new);
    let (mut exteriors, holes): (Vec<Ring>, Vec<Ring>) = rings.partition(|ring| ring.twice_area >= 0.0);
    let boxes =
        if holes.is_empty() { Vec::new() } else { exteriors.iter().enumerate().map(Ring::boxed).collect() };
    let tree = RTree::bulk_load(boxes);
    let mut holes_of: Vec<Vec<Ring>> = exteriors.iter().map(|_| Vec::new()).collect();
    for mut hole in holes {
        let inside = hole.on_border();
        let around = tree
            .locate_in_envelope_intersecting(&AABB::from_point([inside.x, inside.y]))
            .map(|found| found.data)
            .filter(|&e| exteriors[e].twice_area > -hole.twice_area && exteriors[e].contains(inside))
            .min_by(|&a, &b| exteriors[a].twice_area.total_cmp(&exteriors[b].twice_area).then(a.cmp(&b)));
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
