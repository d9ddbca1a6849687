//! Areas, lengths and centres on the WGS 84 ellipsoid, from longitude and latitude in degrees.
//!
//! Areas are taken in Lambert's cylindrical equal-area projection of the authalic sphere (Snyder 1987, eq. 3-12
//! and 3-18): `x = λ`, `y = sin β`, β the authalic latitude. The projection keeps areas exactly and joins two
//! vertices by a straight line on the map, so that areas of neighbours add up without a gap. Against geodesic edges
//! the relative difference is at most about `s tan φ / a` for sides of length s: a few parts in a hundred thousand
//! with the sides of some hundred metres that borders have, at a tiny part of the cost.

use geo::{Distance, Geodesic};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};

/// Semi-major axis of WGS 84, metres.
const A: f64 = 6_378_137.0;
/// Flattening of WGS 84.
const F: f64 = 1.0 / 298.257_223_563;
/// Squared eccentricity.
const E2: f64 = F * (2.0 - F);

/// Whether a position is a longitude and latitude in degrees: finite, within 360 and 90 of 0.
pub(crate) fn is_lon_lat(c: Coord<f64>) -> bool {
    c.x.abs() <= 360.0 && c.y.abs() <= 90.0
}

/// Snyder's q (eq. 3-12) of the sine of a latitude.
fn q(sin: f64) -> f64 {
    let e = E2.sqrt();
    (1.0 - E2) * (sin / (1.0 - E2 * sin * sin) + (e * sin).atanh() / e)
}

/// A position in the equal-area projection: `x` in radians, `y = sin β` in `[-1, 1]`.
fn project(c: Coord<f64>) -> Coord<f64> {
    Coord { x: c.x.to_radians(), y: q(c.y.to_radians().sin()) / q(1.0) }
}

/// Inverse of [`project`]; latitude by Newton's iteration on q (Snyder eq. 3-16), which converges in a few steps.
fn unproject(c: Coord<f64>) -> Coord<f64> {
    let target = c.y.clamp(-1.0, 1.0) * q(1.0);
    let mut sin = (target / 2.0).clamp(-1.0, 1.0);
    for _ in 0..8 {
        let slope = 2.0 * (1.0 - E2) / (1.0 - E2 * sin * sin).powi(2);
        sin = (sin - (q(sin) - target) / slope).clamp(-1.0, 1.0);
    }
    Coord { x: c.x.to_degrees(), y: sin.asin().to_degrees() }
}

/// Twice the signed area and the moments of a ring in the projection, relative to its first vertex.
fn ring_moments(ring: impl Iterator<Item = Coord<f64>>) -> (Option<Coord<f64>>, f64, f64, f64) {
    let mut ring = ring.map(project);
    let Some(origin) = ring.next() else { return (None, 0.0, 0.0, 0.0) };
    let (mut twice, mut mx, mut my) = (0.0, 0.0, 0.0);
    let mut last = Coord { x: 0.0, y: 0.0 };
    for point in ring {
        let next = point - origin;
        let cross = last.x * next.y - next.x * last.y;
        twice += cross;
        mx += (last.x + next.x) * cross;
        my += (last.y + next.y) * cross;
        last = next;
    }
    (Some(origin), twice, mx, my)
}

/// Square metres of the unit of the projection.
fn unit_m2() -> f64 {
    A * A * q(1.0) / 2.0
}

/// Signed area of a ring in square metres: positive where it runs counter-clockwise. The ring may be closed or
/// not. Cost: linear.
pub fn ring_area_m2(ring: impl Iterator<Item = Coord<f64>>) -> f64 {
    ring_moments(ring).1 / 2.0 * unit_m2()
}

/// Area of a polygon in square metres: its exterior less its holes, whatever way the rings run. At least 0.
pub fn polygon_area_m2(polygon: &Polygon<f64>) -> f64 {
    let ring = |ring: &LineString<f64>| ring_area_m2(ring.coords().copied()).abs();
    (ring(polygon.exterior()) - polygon.interiors().iter().map(ring).sum::<f64>()).max(0.0)
}

/// Area of a shape in square metres: the sum over its polygons ([`polygon_area_m2`]), overlaps counted twice.
pub fn area_m2(shape: &MultiPolygon<f64>) -> f64 {
    shape.iter().map(polygon_area_m2).sum()
}

/// Centre of gravity of a shape in degrees, taken in the equal-area projection; it may lie outside the shape.
/// `None` where the shape has no area.
pub fn centroid(shape: &MultiPolygon<f64>) -> Option<Point<f64>> {
    let (mut weight, mut x, mut y) = (0.0, 0.0, 0.0);
    for polygon in shape {
        let rings =
            std::iter::once((polygon.exterior(), 1.0)).chain(polygon.interiors().iter().map(|r| (r, -1.0)));
        for (ring, sign) in rings {
            let (Some(origin), twice, mx, my) = ring_moments(ring.coords().copied()) else { continue };
            let turn = sign * twice.signum();
            weight += turn * twice;
            x += turn * (mx / 3.0 + origin.x * twice);
            y += turn * (my / 3.0 + origin.y * twice);
        }
    }
    (weight > 0.0).then(|| Point(unproject(Coord { x: x / weight, y: y / weight })))
}

/// Length of the geodesic between two positions in metres (Karney 2013), to nanometres.
pub fn distance_m(a: Point<f64>, b: Point<f64>) -> f64 {
    Geodesic.distance(a, b)
}

/// Metres in one degree of longitude and of latitude at a latitude: a local scale for lengths of a few kilometres,
/// where it is right to about one part in a million.
pub fn metres_per_degree(latitude: f64) -> (f64, f64) {
    let (sin, cos) = latitude.to_radians().sin_cos();
    let w = 1.0 - E2 * sin * sin;
    let degree = std::f64::consts::PI / 180.0;
    (degree * A * cos / w.sqrt(), degree * A * (1.0 - E2) / (w * w.sqrt()))
}

/// Length of a short segment in metres by [`metres_per_degree`] at its middle.
pub fn segment_m(a: Coord<f64>, b: Coord<f64>) -> f64 {
    let (mx, my) = metres_per_degree(f64::midpoint(a.y, b.y));
    ((b.x - a.x) * mx).hypot((b.y - a.y) * my)
}

#[cfg(test)]
mod tests {
    use geo::GeodesicArea;
    use geo_types::{polygon, wkt};

    use super::*;

    #[test]
    fn the_whole_earth_has_its_published_surface() {
        let strip =
            polygon![(x: -180.0, y: -90.0), (x: 180.0, y: -90.0), (x: 180.0, y: 90.0), (x: -180.0, y: 90.0)];
        let surface = 510_065_621_724_088.4; // WGS 84, 4 pi times the squared authalic radius
        assert!((polygon_area_m2(&strip) / surface - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_small_polygon_has_its_geodesic_area() {
        for latitude in [0.0, 39.5, -60.0, 80.0] {
            // Sides of some 300 m, as borders have.
            let at = |x: f64, y: f64| (9.0 + x / 1000.0, latitude + y / 1000.0).into();
            let shape = Polygon::new(
                LineString(vec![at(0.0, 0.0), at(3.0, 0.4), at(1.0, 3.0)]),
                vec![LineString(vec![at(1.0, 0.5), at(1.5, 1.0), at(2.0, 0.5)])],
            );
            let exact = shape.geodesic_area_unsigned();
            let bound = 1e-6 + 300.0 / A * f64::to_radians(latitude).tan().abs();
            assert!((polygon_area_m2(&shape) / exact - 1.0).abs() < bound, "{latitude}");
        }
    }

    #[test]
    fn a_segment_is_as_long_as_the_geodesic() {
        let (a, b) = (Coord { x: 9.0, y: 40.0 }, Coord { x: 9.02, y: 40.03 });
        let exact = distance_m(a.into(), b.into());
        assert!((segment_m(a, b) / exact - 1.0).abs() < 1e-6);
    }

    #[test]
    fn the_centre_of_a_square_is_its_middle_and_a_hole_pushes_it_away() {
        let square = wkt!(MULTIPOLYGON(((0. -1.,2. -1.,2. 1.,0. 1.,0. -1.))));
        let centre = centroid(&square).unwrap();
        assert!((centre.x() - 1.0).abs() < 1e-12 && centre.y().abs() < 1e-12);
        let holed = wkt!(MULTIPOLYGON(((0. -1.,2. -1.,2. 1.,0. 1.,0. -1.),(1.2 -0.5,1.2 0.5,1.9 0.5,1.9 -0.5,1.2 -0.5))));
        assert!(centroid(&holed).unwrap().x() < 1.0);
        let clockwise = wkt!(MULTIPOLYGON(((0. 44.,0. 46.,2. 46.,2. 44.,0. 44.))));
        let centre = centroid(&clockwise).unwrap();
        assert!((centre.x() - 1.0).abs() < 1e-12 && (centre.y() - 45.0).abs() < 0.02, "{centre:?}");
        assert_eq!(centroid(&MultiPolygon::new(vec![])), None);
    }
}
