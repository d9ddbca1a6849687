//! What a layer may be made of.

use geo_types::{MultiLineString, MultiPolygon, Point};

use super::super::error::Problem;
use super::super::wkb;
use super::extent::Extent;

/// The shapes of a layer, by row, in longitude and latitude; `None` where a row has none.
#[derive(Debug, Clone, Copy)]
pub enum Shapes<'a> {
    /// Polygons: zones, areas.
    Polygons(&'a [Option<MultiPolygon<f64>>]),
    /// Lines: borders.
    Lines(&'a [Option<MultiLineString<f64>>]),
    /// Points: places.
    Points(&'a [Option<Point<f64>>]),
}

impl Shapes<'_> {
    /// Number of rows.
    pub(super) fn len(self) -> usize {
        match self {
            Self::Polygons(shapes) => shapes.len(),
            Self::Lines(lines) => lines.len(),
            Self::Points(points) => points.len(),
        }
    }

    /// The type of each, in the spelling of GeoJSON, which GeoParquet follows.
    pub(super) fn geometry_type(self) -> &'static str {
        match self {
            Self::Polygons(_) => "MultiPolygon",
            Self::Lines(_) => "MultiLineString",
            Self::Points(_) => "Point",
        }
    }

    /// A row as well-known binary.
    pub(super) fn encoded(self, row: usize) -> Result<Option<Vec<u8>>, Problem> {
        match self {
            Self::Polygons(shapes) => shapes.get(row).and_then(Option::as_ref).map(wkb::encode).transpose(),
            Self::Lines(lines) => lines.get(row).and_then(Option::as_ref).map(wkb::encode).transpose(),
            Self::Points(points) => points.get(row).and_then(Option::as_ref).map(wkb::encode).transpose(),
        }
    }

    /// The bounding box of a row; `None` where it has no position.
    pub(super) fn extent(self, row: usize) -> Option<Extent> {
        match self {
            // Holes lie inside.
            Self::Polygons(shapes) => {
                Extent::of(shapes.get(row)?.iter().flatten().flat_map(|polygon| &polygon.exterior().0))
            }
            Self::Lines(lines) => Extent::of(lines.get(row)?.iter().flatten().flat_map(|line| &line.0)),
            Self::Points(points) => Extent::of(points.get(row)?.iter().map(|point| &point.0)),
        }
    }

    /// The bounding boxes of all rows.
    pub(super) fn extents(self) -> impl Iterator<Item = Option<Extent>> {
        (0..self.len()).map(move |row| self.extent(row))
    }
}
