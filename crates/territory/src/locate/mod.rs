//! Points into zones: which zone holds a position, exactly and fast.
//!
//! A uniform grid is laid over the country, about as many cells as borders have edges. A cell without borders
//! belongs to one zone or to none and answers at once. Any other cell keeps the edges that pass through it, zone by
//! zone, and how often each ring winds around the corner of the cell: from there a point is reached along two sides
//! of a rectangle inside the cell, and each edge crossed on the way changes the winding number by one. So only edges
//! of the cell are tested, four to eight in borders of usual detail. A cell with many edges has a grid of its own.
//!
//! The crossing test is that of Shimrat (1962, Communications of the ACM 5(8), algorithm 112, doi:10.1145/368637.368653)
//! with half-open edges, in the signed form of Hormann and Agathos (2001, Computational Geometry 20(3),
//! doi:10.1016/S0925-7721(01)00012-8). On which side of an edge a point lies is decided by the exact predicates of
//! Shewchuk (1997, Discrete & Computational Geometry 18(3), doi:10.1007/PL00009321); no tolerance is used anywhere.

mod build;
mod cells;
mod crossing;
mod lattice;
mod outlines;
mod standing;
#[cfg(test)]
mod tests;

use geo_types::{Coord, MultiPolygon};

use cells::{Cell, Cells};
use lattice::Lattice;
use outlines::Outlines;

/// What [`ZoneLocator::locate_all`] writes for a point in no zone.
pub const NO_ZONE: u32 = u32::MAX;

/// Why zones cannot be searched.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LocateError {
    /// A vertex that is not a position on Earth: not finite, or not in degrees.
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
    /// More zones, vertices or pieces of border than 30-bit indices can tell apart.
    #[error("more than a thousand million zones or vertices: simplify the borders first")]
    TooLarge,
    /// Columns of points that do not go together.
    #[error("{xs} longitudes, {ys} latitudes and room for {zones} zones: give as many of each")]
    Lengths {
        /// Number of longitudes.
        xs: usize,
        /// Number of latitudes.
        ys: usize,
        /// Length of the output.
        zones: usize,
    },
}

/// Zones made ready to be asked which of them holds a point.
///
/// A zone is the union of its polygons, a polygon its exterior ring without the insides of its holes, and a ring
/// holds the points around which it winds (a winding number other than 0, whatever way it runs) and those on it. So
/// borders belong to the zones they bound: **a point that several zones hold, be it on a shared edge or vertex or
/// where dirty borders overlap, goes to the zone with the lowest index.** A ring shrunk to a segment or a point holds
/// that.
///
/// Answers are exact for the straight edges between the given `f64` positions, as long as coordinates are 0 or at
/// least 1e-120 away from it (products of smaller differences underflow).
#[derive(Debug, Clone)]
pub struct ZoneLocator {
    low: Coord<f64>,
    high: Coord<f64>,
    vertices: Vec<Coord<f64>>,
    lattices: Vec<Lattice>,
    cells: Cells,
}

impl ZoneLocator {
    /// Makes zones ready, given by index with their shapes in degrees (longitude, latitude), in any order. A zone may
    /// come several times (its shapes are united), be empty, have holes and parts; rings may be left unclosed and may
    /// repeat points. Longitudes lie within 360, latitudes within 90 degrees of 0; shapes may not run across the edge
    /// of the map, where longitude jumps.
    /// Cost: n log n in vertices, memory linear in vertices; both also while building.
    ///
    /// # Errors
    /// [`LocateError::NotDegrees`] with the zone of the first vertex that is no such position, NaN and infinity
    /// among them; [`LocateError::TooLarge`].
    pub fn new(zones: impl IntoIterator<Item = (u32, MultiPolygon<f64>)>) -> Result<Self, LocateError> {
        let outlines = Outlines::new(zones)?;
        let (low, high) = outlines.bounds();
        let (lattices, cells) = build::lattices(&outlines)?;
        Ok(Self { low, high, vertices: outlines.into_vertices(), lattices, cells })
    }

    /// The zone that holds the point, the lowest where there are several; `None` outside of all zones and for
    /// coordinates that are not finite.
    /// Cost: constant but for the edges of one cell.
    pub fn locate(&self, x: f64, y: f64) -> Option<u32> {
        let zone = self.zone_or_none(Coord { x, y });
        (zone != NO_ZONE).then_some(zone)
    }

    /// [`Self::locate`] for columns of points: `zones[i]` is the zone of `(xs[i], ys[i])`, [`NO_ZONE`] for none.
    /// Points that follow each other closely on the map are cheaper than scattered ones, because the borders they
    /// need are at hand.
    ///
    /// # Errors
    /// [`LocateError::Lengths`] where the three slices are not equally long; nothing is written then.
    pub fn locate_all(&self, xs: &[f64], ys: &[f64], zones: &mut [u32]) -> Result<(), LocateError> {
        if xs.len() != ys.len() || xs.len() != zones.len() {
            return Err(LocateError::Lengths { xs: xs.len(), ys: ys.len(), zones: zones.len() });
        }
        for ((zone, &x), &y) in zones.iter_mut().zip(xs).zip(ys) {
            *zone = self.zone_or_none(Coord { x, y });
        }
        Ok(())
    }

    /// Bytes of memory held.
    pub fn bytes(&self) -> usize {
        size_of_val(self.vertices.as_slice()) + size_of_val(self.lattices.as_slice()) + self.cells.bytes()
    }

    #[inline]
    fn zone_or_none(&self, point: Coord<f64>) -> u32 {
        let (low, high) = (self.low, self.high);
        if !(point.x >= low.x && point.x <= high.x && point.y >= low.y && point.y <= high.y) {
            return NO_ZONE;
        }
        let mut lattice = &self.lattices[0];
        loop {
            let (column, row) = lattice.cell_of(point);
            match self.cells.cell(lattice.index(column, row)) {
                Cell::Whole(zone) => return zone,
                Cell::Finer(finer) => lattice = &self.lattices[finer as usize],
                Cell::Mixed(runs) => {
                    return self.cells.resolve(runs, &self.vertices, lattice.corner(column, row), point);
                }
            }
        }
    }
}
