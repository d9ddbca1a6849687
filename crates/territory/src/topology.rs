//! Borders as shared arcs: each stretch of border once, with the polygons on its two sides.

use geo_types::{Coord, LineString, MultiPolygon};
use rustc_hash::FxHashMap;

use crate::arcs::{self, Arcs};
use crate::geodesy::{is_lon_lat, ring_area_m2};

/// Side of the grid on which two vertices are one, in degrees: 0.1 mm, far below the precision of any border and far
/// above the noise of reading and reprojecting the same vertex twice.
pub const GRID_DEGREES: f64 = 1e-9;

/// Why shapes cannot be made into a topology.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TopologyError {
    /// A vertex that is not a position on Earth.
    #[error(
        "zone {zone}: the vertex ({x}, {y}) is not a longitude and latitude in degrees; \
         give the coordinate reference system of the borders so that they are reprojected"
    )]
    NotDegrees {
        /// Index of the zone.
        zone: u32,
        /// First coordinate.
        x: f64,
        /// Second coordinate.
        y: f64,
    },
    /// More vertices or polygons than 32-bit indices can tell apart.
    #[error("more than four thousand million vertices: simplify the borders first")]
    TooLarge,
}

/// A polygon of a zone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The zone it belongs to.
    pub zone: u32,
    /// Its area in square metres.
    pub area_m2: f64,
}

/// One use of an arc by a polygon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// The polygon.
    pub part: u32,
    /// Whether the polygon lies to the left of the arc (else to the right).
    pub left: bool,
}

/// The borders of all zones, cut into arcs between junctions.
///
/// A ring's exterior is taken counter-clockwise and its holes clockwise, so that a polygon lies to the left of its
/// border. A stretch that one polygon runs in both directions (a spike, a hole against the exterior) bounds nothing
/// and is left out. In clean borders every arc has one side (the sea, the frontier) or two; overlapping polygons give
/// more, and everything below still holds, because an arc carries all of its uses.
#[derive(Debug, Clone)]
pub struct Topology {
    has_geometry: Vec<bool>,
    parts: Vec<Part>,
    points: Vec<Coord<f64>>,
    arcs: Arcs,
    collapsed: Vec<u32>,
}

impl Topology {
    /// Builds the topology of `shapes`, one per zone by zone index, in degrees; `None` or an empty shape is a zone
    /// without geometry. Vertices in the same cell of [`GRID_DEGREES`] are one. Rings of fewer than three distinct
    /// vertices bound nothing: they are left out and their zones listed by [`Self::collapsed`].
    /// Cost: linear in vertices, by hashing.
    pub fn new(shapes: &[Option<MultiPolygon<f64>>]) -> Result<Self, TopologyError> {
        let mut builder = Builder::default();
        let mut has_geometry = vec![false; shapes.len()];
        for (zone, shape) in shapes.iter().enumerate() {
            for polygon in shape.iter().flatten() {
                has_geometry[zone] |= builder.polygon(zone as u32, polygon)?;
            }
        }
        if builder.points.len().max(builder.segments.len()) > u32::MAX as usize / 2 {
            return Err(TopologyError::TooLarge);
        }
        builder.collapsed.dedup();
        let arcs = arcs::cut(builder.points.len(), &builder.segments);
        Ok(Self {
            has_geometry,
            parts: builder.parts,
            points: builder.points,
            arcs,
            collapsed: builder.collapsed,
        })
    }

    /// Number of zones, with or without geometry.
    pub fn zones(&self) -> usize {
        self.has_geometry.len()
    }

    /// Whether a zone has at least one polygon.
    pub fn has_geometry(&self, zone: u32) -> bool {
        self.has_geometry.get(zone as usize).copied().unwrap_or(false)
    }

    /// Zones without geometry, ascending.
    pub fn without_geometry(&self) -> impl Iterator<Item = u32> + '_ {
        self.has_geometry.iter().enumerate().filter(|(_, has)| !**has).map(|(zone, _)| zone as u32)
    }

    /// Zones of which a ring had fewer than three distinct vertices, ascending.
    pub fn collapsed(&self) -> &[u32] {
        &self.collapsed
    }

    /// The polygons, by zone, then in the order of the shape.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The distinct vertices; a point is known by its index.
    pub fn points(&self) -> &[Coord<f64>] {
        &self.points
    }

    /// The arcs.
    pub fn arcs(&self) -> &Arcs {
        &self.arcs
    }

    /// The same borders with other arcs between the same ends and with the same sides.
    pub(crate) fn with_arcs(&self, arcs: Arcs) -> Self {
        Self { arcs, ..self.clone() }
    }
}

/// A directed step of a ring from one point to the next, with the polygon to its left.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub from: u32,
    pub to: u32,
    pub part: u32,
}

#[derive(Default)]
struct Builder {
    index: FxHashMap<(i64, i64), u32>,
    points: Vec<Coord<f64>>,
    parts: Vec<Part>,
    segments: Vec<Step>,
    collapsed: Vec<u32>,
}

impl Builder {
    /// Adds a polygon; answers whether anything of it is left.
    fn polygon(&mut self, zone: u32, polygon: &geo_types::Polygon<f64>) -> Result<bool, TopologyError> {
        let exterior = self.ring(zone, polygon.exterior())?;
        if exterior.is_empty() {
            return Ok(false);
        }
        let mut area_m2 = self.add_ring(exterior, true);
        for hole in polygon.interiors() {
            let hole = self.ring(zone, hole)?;
            area_m2 -= self.add_ring(hole, false);
        }
        self.parts.push(Part { zone, area_m2: area_m2.max(0.0) });
        Ok(true)
    }

    /// The points of a ring, each once in a row, open; empty where it collapses.
    fn ring(&mut self, zone: u32, ring: &LineString<f64>) -> Result<Vec<u32>, TopologyError> {
        let mut ids = Vec::with_capacity(ring.0.len());
        for &coord in &ring.0 {
            if !is_lon_lat(coord) {
                return Err(TopologyError::NotDegrees { zone, x: coord.x, y: coord.y });
            }
            let id = self.point(coord);
            if ids.last() != Some(&id) {
                ids.push(id);
            }
        }
        while ids.len() > 1 && ids.first() == ids.last() {
            ids.pop();
        }
        let mut distinct = ids.clone();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() < 3 {
            self.collapsed.push(zone);
            ids.clear();
        }
        Ok(ids)
    }

    fn point(&mut self, coord: Coord<f64>) -> u32 {
        let cell = ((coord.x / GRID_DEGREES).round() as i64, (coord.y / GRID_DEGREES).round() as i64);
        *self.index.entry(cell).or_insert_with(|| {
            self.points.push(coord);
            (self.points.len() - 1) as u32
        })
    }

    /// Adds the steps of a ring, turned counter-clockwise (or clockwise, for a hole); answers its area.
    fn add_ring(&mut self, mut ids: Vec<u32>, counter_clockwise: bool) -> f64 {
        let Some(&first) = ids.first() else { return 0.0 };
        let closed = ids.iter().chain(std::iter::once(&first)).map(|&id| self.points[id as usize]);
        let area = ring_area_m2(closed);
        if (area > 0.0) != counter_clockwise {
            ids.reverse();
        }
        let part = self.parts.len() as u32;
        for (i, &from) in ids.iter().enumerate() {
            let to = ids[(i + 1) % ids.len()];
            self.segments.push(Step { from, to, part });
        }
        area.abs()
    }
}
