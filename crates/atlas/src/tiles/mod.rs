//! The map of an edition as vector tiles.
//!
//! | layer | features |
//! |---|---|
//! | `zones` | polygons; id = zone index; `a` = area index (absent without one), `m` = membership in percent, `k` = `c`, `f`, `x` (core, fringe, contested), both absent where unknown |
//! | `areas` | polygons; id = area index |
//! | `borders` | lines between zones; id = row of the table `borders`, else of `zone_contiguity`; `a`, `b` = zone indices; `s` = strength in percent (absent where unknown); `x` = 1 where the run separates them (else absent) |
//! | `outline` | lines: the coast and the frontier, one feature |
//!
//! At every zoom the borders of the whole country are simplified once, as shared arcs, and rounded once to the grid of the zoom, of
//! which a tile has 4096 steps a side; tiles only cut. So neighbours have the same vertices, in and across tiles.
//!
//! Longitudes run from −180 to 180: borders across the antimeridian are to be cut there, as they are in published files.

mod attributes;
mod clip;
mod encode;
mod layer;
mod level;
mod mercator;
mod sketch;

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use distretto_territory::Topology;

use crate::Edition;
use attributes::{Border, Zone};
pub(crate) use level::Level;
use mercator::Zooms;
pub use sketch::Sketch;

/// Steps of the grid along a side of a tile.
pub const EXTENT: u32 = 4096;

/// Tiles of all zooms, each made when it is asked for; a zoom is prepared at its first tile and kept.
#[derive(Debug)]
pub struct Pyramid {
    topology: Topology,
    zones: Vec<Zone>,
    borders: Vec<Border>,
    bounds: [f64; 4],
    zooms: Zooms,
    levels: Vec<OnceLock<Level>>,
}

impl Pyramid {
    /// The tiles of an edition; `None` where it has no borders. Cost: linear.
    pub fn new(edition: &Edition) -> Option<Self> {
        let topology = edition.borders.as_ref()?.topology.clone();
        Self::of(topology, attributes::zones(edition), attributes::borders(edition))
    }

    /// The tiles of these borders; `None` where no zone has geometry.
    fn of(topology: Topology, zones: Vec<Zone>, borders: Vec<Border>) -> Option<Self> {
        let bounds = mercator::bounds(&topology)?;
        let zooms = Zooms::of(&topology, bounds);
        let levels = (0..=zooms.max).map(|_| OnceLock::new()).collect();
        Some(Self { topology, zones, borders, bounds, zooms, levels })
    }

    /// West, south, east, north, in degrees.
    pub fn bounds(&self) -> [f64; 4] {
        self.bounds
    }

    /// The zooms that have tiles (of 512 pixels a side): from the one where the country fits in half a tile to the one where a
    /// pixel shows all that the borders tell.
    pub fn zooms(&self) -> RangeInclusive<u8> {
        self.zooms.min..=self.zooms.max
    }

    /// The first zoom whose layer `borders` has every line; below, only those with `x` = 1 or `s` at least 5. From here on a
    /// zone is 16 pixels wide on average.
    pub fn full_zoom(&self) -> u8 {
        self.zooms.full
    }

    /// The tile at a zoom, column and row (from the north-west): a Mapbox Vector Tile 2, not compressed. `None` where there is
    /// nothing, and at other zooms. Cost: what lies in the tile; at the first tile of a zoom, n log n in vertices.
    pub fn tile(&self, z: u8, x: u32, y: u32) -> Option<Vec<u8>> {
        let inside = self.zooms().contains(&z) && x.max(y) < 1 << z;
        let kept = self.levels.get(usize::from(z)).filter(|_| inside)?;
        self.encode(kept.get_or_init(|| self.level(z)), x, y)
    }

    /// A zoom made ready, not kept.
    pub(crate) fn level(&self, z: u8) -> Level {
        let full = z >= self.zooms.full;
        let drawn = |border: &Border| full || border.stands_out();
        Level::new(&self.topology, &self.zones, &self.borders, drawn, z, self.bounds)
    }

    /// A tile of a zoom made ready.
    pub(crate) fn encode(&self, level: &Level, x: u32, y: u32) -> Option<Vec<u8>> {
        encode::tile(level, &self.zones, &self.borders, [x, y])
    }
}

#[cfg(test)]
mod tests;
