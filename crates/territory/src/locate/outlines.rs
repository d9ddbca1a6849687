//! The rings of all zones in one list of vertices.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::LocateError;
use super::cells::MOST;
use crate::geodesy::is_lon_lat;

/// A ring: edges `first..last`, where edge `e` runs from vertex `e` to vertex `e + 1`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ring {
    pub polygon: u32,
    pub hole: bool,
    pub first: u32,
    pub last: u32,
}

/// A polygon: its exterior is the ring `exterior`, its holes are the rings that follow.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outline {
    pub zone: u32,
    pub exterior: u32,
}

/// The polygons of all zones, in the order of zones.
#[derive(Debug, Default)]
pub(super) struct Outlines {
    pub vertices: Vec<Coord<f64>>,
    pub rings: Vec<Ring>,
    pub polygons: Vec<Outline>,
}

impl Outlines {
    pub fn new(zones: impl IntoIterator<Item = (u32, MultiPolygon<f64>)>) -> Result<Self, LocateError> {
        let mut zones: Vec<(u32, MultiPolygon<f64>)> = zones.into_iter().collect();
        zones.sort_by_key(|(zone, _)| *zone);
        let mut outlines = Self::default();
        for (zone, shape) in &zones {
            for polygon in shape {
                outlines.add(*zone, polygon)?;
            }
        }
        let last = zones.last().map_or(0, |(zone, _)| *zone);
        if last >= MOST || outlines.vertices.len() >= MOST as usize {
            return Err(LocateError::TooLarge);
        }
        Ok(outlines)
    }

    fn add(&mut self, zone: u32, polygon: &Polygon<f64>) -> Result<(), LocateError> {
        let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        for c in rings.clone().flat_map(LineString::coords) {
            if !is_lon_lat(*c) {
                return Err(LocateError::NotDegrees { zone, x: c.x, y: c.y });
            }
        }
        if polygon.exterior().0.is_empty() {
            return Ok(());
        }
        self.polygons.push(Outline { zone, exterior: self.rings.len() as u32 });
        for (number, ring) in rings.enumerate() {
            self.add_ring(number > 0, ring);
        }
        Ok(())
    }

    /// Adds a ring closed and without repeated points; a ring that is one point becomes an edge of no length.
    fn add_ring(&mut self, hole: bool, ring: &LineString<f64>) {
        let Some(&start) = ring.0.first() else { return };
        let first = self.vertices.len();
        self.vertices.push(start);
        for &vertex in ring.0.iter().chain([&start]) {
            if self.vertices.last() != Some(&vertex) {
                self.vertices.push(vertex);
            }
        }
        if self.vertices.len() == first + 1 {
            self.vertices.push(start);
        }
        let polygon = self.polygons.len() as u32 - 1;
        self.rings.push(Ring { polygon, hole, first: first as u32, last: self.vertices.len() as u32 - 1 });
    }

    /// The lowest and the highest coordinates; lowest above highest where there are no vertices.
    pub fn bounds(&self) -> (Coord<f64>, Coord<f64>) {
        let none = (Coord { x: f64::MAX, y: f64::MAX }, Coord { x: f64::MIN, y: f64::MIN });
        self.vertices.iter().fold(none, |(low, high), c| {
            (Coord { x: low.x.min(c.x), y: low.y.min(c.y) }, Coord { x: high.x.max(c.x), y: high.y.max(c.y) })
        })
    }

    pub fn edges(&self) -> impl Iterator<Item = u32> + '_ {
        self.rings.iter().flat_map(|ring| ring.first..ring.last)
    }

    /// The two ends of an edge.
    pub fn ends(&self, edge: u32) -> (Coord<f64>, Coord<f64>) {
        (self.vertices[edge as usize], self.vertices[edge as usize + 1])
    }

    /// The ring that an edge belongs to. Cost: log n.
    pub fn ring_of(&self, edge: u32) -> u32 {
        self.rings.partition_point(|ring| ring.last <= edge) as u32
    }

    /// The rings of a polygon, its exterior first.
    pub fn rings_of(&self, polygon: u32) -> std::ops::Range<u32> {
        let next = self.polygons.get(polygon as usize + 1);
        let end = next.map_or(self.rings.len() as u32, |next| next.exterior);
        self.polygons[polygon as usize].exterior..end
    }

    pub fn into_vertices(self) -> Vec<Coord<f64>> {
        self.vertices
    }
}
