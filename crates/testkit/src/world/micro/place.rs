//! Points inside a zone.

use rand::{Rng, RngExt};

use crate::world::Zone;

/// How far from the town towards the border a point may lie: less than all the way, so that rounding leaves it inside.
const REACH: f64 = 0.98;

/// A point strictly inside the zone, longitude and latitude in degrees rounded to 1e-7 (a centimetre): on a straight line from the
/// town to a point of the border. Zones are star-shaped around their towns, so the line stays inside; points thicken
/// towards the town.
pub(in crate::world) fn point_in(zone: &Zone, rng: &mut impl Rng) -> [f64; 2] {
    let side = rng.random_range(0..zone.ring.len() as u32 - 1) as usize;
    let (along, out) = (rng.random::<f64>(), REACH * rng.random::<f64>());
    let (start, end, town) = (zone.ring[side], zone.ring[side + 1], zone.lonlat);
    [0, 1].map(|axis| {
        let border = start[axis] + along * (end[axis] - start[axis]);
        ((town[axis] + out * (border - town[axis])) * 1e7).round() / 1e7
    })
}
