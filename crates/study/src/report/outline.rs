//! Outlines of areas as SVG paths: one simplification for all, so that neighbours keep their common border.

use std::fmt::Write as _;

use distretto_territory::dissolve::dissolve;
use distretto_territory::simplify::simplify;
use distretto_territory::{Partition, Topology};
use geo_types::{Coord, LineString, MultiPolygon};

use super::projection::Projection;

/// Units of the drawing in one pixel of the page: fine enough for print.
pub(super) const SCALE: f64 = 4.0;
/// Largest width and height on the page, in pixels.
pub(super) const LARGEST: [f64; 2] = [800.0, 860.0];
/// Vertices that a page can carry.
const VERTICES: usize = 60_000;

/// The outlines of all areas on one sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// Width and height, in units of the drawing.
    pub size: [i32; 2],
    /// Metres on the ground of one unit, at the centre.
    pub metres: f64,
    /// By area index; `None` where no zone of it has a shape.
    pub areas: Vec<Option<Outline>>,
    /// Ground of zones without an area.
    pub without: Option<Outline>,
}

/// An area on the sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outline {
    /// Path data: closed rings of whole, relative coordinates.
    pub path: String,
    /// The middle of its largest polygon.
    pub middle: [f64; 2],
}

/// Draws the areas of a partition. `None` where nothing has a shape. Cost: that of dissolving, plus n log n in the vertices
/// of area borders.
pub(super) fn sheet(topology: &Topology, partition: &Partition) -> Option<Sheet> {
    let areas = partition.areas();
    // Zones without an area are one more group, so that the map has no holes that look like the sea.
    let group: Vec<Option<u32>> =
        partition.as_slice().iter().map(|area| Some(area.unwrap_or(areas as u32))).collect();
    // Dissolved first: junctions between zones of one area are no longer in the way of simplifying.
    let shapes = dissolve(topology, &group, areas + 1);
    let own = Topology::new(&shapes).ok()?;
    let centres =
        shapes.iter().flatten().flat_map(|shape| shape.iter().filter_map(|p| p.exterior().0.first()));
    let projection = Projection::centred(centres.copied());
    let frame = Frame::around(&projection, own.points(), LARGEST)?;
    let identity: Vec<Option<u32>> = (0..=areas as u32).map(Some).collect();

    let mut pixel = frame.metres * SCALE;
    let mut thin = simplify(&own, pixel * pixel / 2.0);
    for _ in 0..6 {
        if thin.arcs().ids().map(|arc| thin.arcs().points(arc).len()).sum::<usize>() <= VERTICES {
            break;
        }
        pixel *= 2.0;
        thin = simplify(&own, pixel * pixel / 2.0);
    }
    let mut outlines: Vec<Option<Outline>> = dissolve(&thin, &identity, areas + 1)
        .iter()
        .map(|shape| shape.as_ref().map(|shape| frame.outline(&projection, shape)))
        .collect();
    let without = outlines.pop().flatten();
    Some(Sheet { size: frame.size, metres: frame.metres, areas: outlines, without })
}

/// From metres to the units of the drawing.
pub(super) struct Frame {
    west: f64,
    north: f64,
    metres: f64,
    size: [i32; 2],
}

impl Frame {
    /// Holds all points; `largest`: width and height that it may take on the page, in pixels.
    pub fn around(projection: &Projection, points: &[Coord<f64>], largest: [f64; 2]) -> Option<Self> {
        let mut low = Coord { x: f64::INFINITY, y: f64::INFINITY };
        let mut high = Coord { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY };
        for point in points.iter().map(|&point| projection.metres(point)) {
            low = Coord { x: low.x.min(point.x), y: low.y.min(point.y) };
            high = Coord { x: high.x.max(point.x), y: high.y.max(point.y) };
        }
        let (width, height) = (high.x - low.x, high.y - low.y);
        let metres = (width / largest[0]).max(height / largest[1]) / SCALE;
        (metres.is_finite() && metres > 0.0).then(|| Self {
            west: low.x,
            north: high.y,
            metres,
            size: [(width / metres).ceil() as i32, (height / metres).ceil() as i32],
        })
    }

    pub fn place(&self, point: Coord<f64>) -> [i32; 2] {
        [
            ((point.x - self.west) / self.metres).round() as i32,
            ((self.north - point.y) / self.metres).round() as i32,
        ]
    }

    /// Width and height in units of the drawing.
    pub fn size(&self) -> [i32; 2] {
        self.size
    }

    /// Metres of one unit, at the centre.
    pub fn metres(&self) -> f64 {
        self.metres
    }

    /// A ring on the page.
    pub fn ring(&self, projection: &Projection, line: &LineString<f64>) -> Vec<[i32; 2]> {
        let mut ring: Vec<[i32; 2]> = line.0.iter().map(|&c| self.place(projection.metres(c))).collect();
        ring.dedup();
        ring
    }

    /// The outline of a shape.
    pub fn outline(&self, projection: &Projection, shape: &MultiPolygon<f64>) -> Outline {
        let mut rings: Vec<(f64, Vec<[i32; 2]>)> = shape
            .iter()
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
            .map(|ring| self.ring(projection, ring))
            .map(|ring| (surface(&ring), ring))
            .collect();
        rings.sort_by(|a, b| b.0.total_cmp(&a.0));
        let middle = rings.first().map_or([0.0; 2], |(_, ring)| middle(ring));
        let mut path = String::new();
        for (place, (surface, ring)) in rings.iter().enumerate() {
            // Below a quarter of a pixel nothing is to be seen; the largest ring stays, so that no area is lost.
            if *surface >= SCALE * SCALE / 4.0 && ring.len() > 3 {
                write_ring(&mut path, ring);
            } else if place == 0 {
                let [x, y] = middle.map(f64::round);
                let _ = write!(path, "M{x} {y}h3v3h-3z");
            }
        }
        Outline { path, middle }
    }
}

/// Absolute area of a closed ring.
pub(super) fn surface(ring: &[[i32; 2]]) -> f64 {
    let cross = |pair: &[[i32; 2]; 2]| {
        let [[ax, ay], [bx, by]] = pair.map(|point| point.map(f64::from));
        ax * by - bx * ay
    };
    ring.array_windows().map(cross).sum::<f64>().abs() / 2.0
}

/// Centroid of a closed ring; the mean of its vertices where it has no surface.
fn middle(ring: &[[i32; 2]]) -> [f64; 2] {
    let points: Vec<[f64; 2]> = ring.iter().map(|point| point.map(f64::from)).collect();
    let (mut twice, mut x, mut y) = (0.0, 0.0, 0.0);
    for [a, b] in points.array_windows() {
        let cross = a[0] * b[1] - b[0] * a[1];
        twice += cross;
        x += (a[0] + b[0]) * cross;
        y += (a[1] + b[1]) * cross;
    }
    if twice.abs() >= 1.0 {
        return [x / (3.0 * twice), y / (3.0 * twice)];
    }
    let count = points.len().max(1) as f64;
    [points.iter().map(|p| p[0]).sum::<f64>() / count, points.iter().map(|p| p[1]).sum::<f64>() / count]
}

/// `M12 34l-5 6 7-8z`: a minus sign parts numbers by itself.
fn write_ring(path: &mut String, ring: &[[i32; 2]]) {
    // The last vertex is the first again, and `z` goes there.
    write_line(path, &ring[..ring.len().saturating_sub(1)]);
    path.push('z');
}

/// The same, left open.
pub(super) fn write_line(path: &mut String, line: &[[i32; 2]]) {
    let Some(&[x, y]) = line.first() else { return };
    let _ = write!(path, "M{x} {y}l");
    let mut fresh = true;
    for [[ax, ay], [bx, by]] in line.array_windows() {
        for step in [bx - ax, by - ay] {
            if !fresh && step >= 0 {
                path.push(' ');
            }
            let _ = write!(path, "{step}");
            fresh = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{Polygon, Rect};

    fn squares() -> (Topology, Partition) {
        let square = |x: f64| -> Option<MultiPolygon<f64>> {
            let polygon: Polygon<f64> = Rect::new((x, 45.0), (x + 1.0, 46.0)).to_polygon();
            Some(MultiPolygon(vec![polygon]))
        };
        let shapes = [square(8.0), square(9.0), square(10.0), None];
        let partition = Partition::from_codes(&[Some("a"), Some("a"), None, Some("b")]);
        (Topology::new(&shapes).unwrap(), partition)
    }

    #[test]
    fn areas_zones_without_area_and_areas_without_shape() {
        let (topology, partition) = squares();
        let sheet = sheet(&topology, &partition).unwrap();
        assert!(sheet.areas[0].is_some() && sheet.areas[1].is_none() && sheet.without.is_some());
        assert_eq!(sheet.size[0], (LARGEST[0] * SCALE) as i32);
        let path = &sheet.areas[0].as_ref().unwrap().path;
        assert!(path.starts_with('M') && path.ends_with('z'), "{path}");
    }

    #[test]
    fn a_map_of_nothing_is_no_map() {
        let topology = Topology::new(&[None, None]).unwrap();
        assert!(sheet(&topology, &Partition::from_codes(&[Some("a"), None])).is_none());
    }

    #[test]
    fn every_ring_is_closed_and_an_area_too_small_to_see_is_a_dot() {
        let frame = Frame { west: 0.0, north: 0.0, metres: 1e5, size: [10, 10] };
        let projection = Projection::centred([Coord { x: 0.0, y: 0.0 }].into_iter());
        let islet = MultiPolygon(vec![Rect::new((1.0, -1.0), (1.01, -1.01)).to_polygon()]);
        assert_eq!(frame.outline(&projection, &islet).path, "M1 1h3v3h-3z");
        let mut path = String::new();
        write_ring(&mut path, &[[0, 0], [5, 0], [5, -3], [0, -3], [0, 0]]);
        assert_eq!(path, "M0 0l5 0 0-3-5 0z");
    }
}
