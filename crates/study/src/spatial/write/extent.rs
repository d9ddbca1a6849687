//! Bounding boxes.

use geo_types::Coord;

/// A bounding box in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    pub min_x: f64,
    pub min_y: f64,
    pub max_x: f64,
    pub max_y: f64,
}

impl Extent {
    /// Of positions; `None` where there is none.
    pub fn of<'a>(positions: impl Iterator<Item = &'a Coord<f64>>) -> Option<Self> {
        positions.map(|c| Self { min_x: c.x, min_y: c.y, max_x: c.x, max_y: c.y }).reduce(Self::union)
    }

    /// Around both.
    pub fn union(self, other: Self) -> Self {
        Self {
            min_x: self.min_x.min(other.min_x),
            min_y: self.min_y.min(other.min_y),
            max_x: self.max_x.max(other.max_x),
            max_y: self.max_y.max(other.max_y),
        }
    }
}
