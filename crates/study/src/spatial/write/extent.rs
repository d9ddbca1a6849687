//! Bounding boxes.

use geo_types::MultiPolygon;

/// A bounding box in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    pub min_x: f64,
    pub min_y: f64,
    pub max_x: f64,
    pub max_y: f64,
}

impl Extent {
    /// Of a shape; `None` where it has no position.
    pub fn of(shape: &MultiPolygon<f64>) -> Option<Self> {
        let positions = shape.iter().flat_map(|polygon| &polygon.exterior().0);
        positions.map(|c| Self { min_x: c.x, min_y: c.y, max_x: c.x, max_y: c.y }).reduce(Self::union)
    }

    /// Of all shapes.
    pub fn of_all(shapes: &[Option<MultiPolygon<f64>>]) -> Option<Self> {
        shapes.iter().flatten().filter_map(Self::of).reduce(Self::union)
    }

    fn union(self, other: Self) -> Self {
        Self {
            min_x: self.min_x.min(other.min_x),
            min_y: self.min_y.min(other.min_y),
            max_x: self.max_x.max(other.max_x),
            max_y: self.max_y.max(other.max_y),
        }
    }
}
