//! The country in a few strokes: outlines of its areas, light enough to stand beside text.

use std::fmt::Write;

use serde::Serialize;
use utoipa::ToSchema;

use super::layer::Piece;
use super::mercator::Step;
use super::{EXTENT, Pyramid};

/// Units of the drawing to a pixel of the zoom that it is taken from.
const UNITS: i32 = 4;
/// Steps of the grid to a unit of the drawing.
const STEPS: i32 = EXTENT as i32 / 512 / UNITS;

/// Outlines of areas in one drawing, on the Web Mercator map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Sketch {
    /// Width of the drawing, in its units.
    pub width: i32,
    /// Height of the drawing.
    pub height: i32,
    /// Path data (SVG) of each area, by area index; missing where it has no shape.
    pub areas: Vec<Option<String>>,
}

impl Pyramid {
    /// The country as it is drawn at one zoom above the least, 256 to 512 pixels wide or high. Neighbours share their vertices.
    /// Cost: n log n in vertices.
    pub fn sketch(&self) -> Sketch {
        let z = (self.zooms.min + 1).min(self.zooms.max);
        let level = self.level(z);
        let features = level.areas.features();
        let pieces = || features.iter().flat_map(|feature| &feature.pieces);
        let low = [0, 1].map(|axis| pieces().map(|piece| piece.low[axis] / STEPS).min().unwrap_or(0));
        let high = [0, 1].map(|axis| pieces().map(|piece| piece.high[axis] / STEPS).max().unwrap_or(0));
        let count = self.zones.iter().filter_map(|zone| zone.area).max().map_or(0, |last| last as usize + 1);
        let mut areas = vec![None; count];
        for feature in features {
            areas[feature.of as usize] = Some(path(&feature.pieces, low));
        }
        Sketch { width: high[0] - low[0], height: high[1] - low[1], areas }
    }
}

/// The rings of a shape as path data, each from an absolute place on in relative steps.
fn path(pieces: &[Piece], origin: Step) -> String {
    let mut path = String::new();
    for ring in pieces.iter().flat_map(|piece| &piece.chains) {
        let mut units: Vec<Step> =
            ring.iter().map(|at| [at[0] / STEPS - origin[0], at[1] / STEPS - origin[1]]).collect();
        units.dedup();
        let Some(&[x, y]) = units.first() else { continue };
        let _ = write!(path, "M{x} {y}l");
        for side in units.windows(2) {
            let _ = write!(path, "{} {} ", side[1][0] - side[0][0], side[1][1] - side[0][1]);
        }
        path.truncate(path.trim_end().len());
        path.push('z');
    }
    path
}
