//! Positions on the Web Mercator map (EPSG:3857), and which zooms a country needs.

use std::f64::consts::{LN_2, TAU};

use distretto_territory::{Topology, geodesy};
use geo_types::Coord;

use super::EXTENT;

/// The map is square: it ends at these latitudes, north and south.
const END: f64 = 85.051_128_779_806_6;
/// Length of the equator on the map's sphere, in metres.
const EQUATOR_M: f64 = TAU * 6_378_137.0;
/// Pixels along a side of a tile as pages draw it.
const PIXELS: f64 = 512.0;
/// Pixels along a zone, on average, from which on every border is drawn.
const WIDE: f64 = 16.0;
/// No zoom beyond: a pixel is 10 m on the equator.
const DEEPEST: u8 = 13;

/// A position in steps of the grid of a zoom, from the north-west of the map.
pub(super) type Step = [i32; 2];

/// A position in degrees as the nearest step of the grid of a zoom; beyond the end of the map, its end.
pub(super) fn step(at: Coord<f64>, z: u8) -> Step {
    let side = f64::from(EXTENT << z);
    unit(at).map(|share| (share * side).round().clamp(0.0, side) as i32)
}

/// A position as shares of the map's side, from its north-west.
fn unit(at: Coord<f64>) -> [f64; 2] {
    let latitude = at.y.clamp(-END, END).to_radians();
    [at.x / 360.0 + 0.5, 0.5 - latitude.tan().asinh() / TAU]
}

/// West, south, east, north of all borders; `None` where there are none.
pub(super) fn bounds(topology: &Topology) -> Option<[f64; 4]> {
    let first = topology.points().first()?;
    Some(topology.points().iter().fold([first.x, first.y, first.x, first.y], |[w, s, e, n], at| {
        [w.min(at.x), s.min(at.y), e.max(at.x), n.max(at.y)]
    }))
}

/// Metres along a side of a pixel in the middle of the bounds.
pub(super) fn pixel_m(z: u8, bounds: [f64; 4]) -> f64 {
    let latitude = f64::midpoint(bounds[1], bounds[3]).clamp(-END, END).to_radians();
    EQUATOR_M * latitude.cos() / (PIXELS * f64::from(1u32 << z))
}

/// The zooms of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Zooms {
    pub min: u8,
    pub max: u8,
    /// The first one with every border.
    pub full: u8,
}

impl Zooms {
    /// From the zoom where the bounds fit in half a tile to the one where a pixel is half as large as the detail of the borders, unless
    /// a zone fills a tile before; by then there are about as many tiles as zones.
    pub fn of(topology: &Topology, bounds: [f64; 4]) -> Self {
        let first_finer =
            |metres: f64| (0..DEEPEST).find(|&z| pixel_m(z, bounds) <= metres).unwrap_or(DEEPEST);
        let zones = (0..topology.zones() as u32).filter(|&zone| topology.has_geometry(zone)).count();
        let ground: f64 = topology.parts().iter().map(|part| part.area_m2).sum();
        let zone_m = (ground / zones as f64).sqrt();
        let full = first_finer(zone_m / WIDE);
        let max = first_finer(detail_m(topology) / 2.0).clamp(full, first_finer(zone_m / PIXELS).max(full));
        let [north_west, south_east] =
            [(bounds[0], bounds[3]), (bounds[2], bounds[1])].map(|(x, y)| unit(Coord { x, y }));
        let side = (south_east[0] - north_west[0]).max(south_east[1] - north_west[1]).max(f64::MIN_POSITIVE);
        let min = ((0.5 / side).ln() / LN_2).floor().clamp(0.0, f64::from(max)) as u8;
        Self { min, max, full: full.max(min) }
    }
}

/// How fine the borders are, in metres: a vertex in ten lies less than this off the line between its neighbours; 0 where all are
/// straight.
fn detail_m(topology: &Topology) -> f64 {
    let mut offsets: Vec<f64> = Vec::new();
    for arc in topology.arcs().ids() {
        let at = |&point: &u32| topology.points()[point as usize];
        for corner in topology.arcs().points(arc).windows(3) {
            let [a, b, c] = [at(&corner[0]), at(&corner[1]), at(&corner[2])];
            let (mx, my) = geodesy::metres_per_degree(b.y);
            let twice = ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)).abs() * mx * my;
            let base = ((c.x - a.x) * mx).hypot((c.y - a.y) * my);
            if base > 0.0 {
                offsets.push(twice / base);
            }
        }
    }
    if offsets.is_empty() {
        return 0.0;
    }
    let tenth = offsets.len() / 10;
    *offsets.select_nth_unstable_by(tenth, f64::total_cmp).1
}
