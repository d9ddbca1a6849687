#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod archive;
mod by_hand;
mod decode;
mod tables;
mod world;

use std::collections::BTreeMap;

use distretto_territory::Topology;
use distretto_testkit::world::{World, WorldOptions};
use geo_types::{LineString, MultiPolygon, Polygon};

use super::Pyramid;
use super::attributes::{Border, Zone};
use decode::Feature;

/// All tiles of a zoom that there are.
fn tiles(pyramid: &Pyramid, z: u8) -> BTreeMap<[u32; 2], BTreeMap<String, Vec<Feature>>> {
    let level = pyramid.level(z);
    let tile = |at: [u32; 2]| Some((at, decode::tile(&pyramid.tile(z, at[0], at[1])?)));
    level.tiles().into_iter().filter_map(tile).collect()
}

/// A polygon from its rings.
fn polygon(rings: &[&[(f64, f64)]]) -> Polygon<f64> {
    let line = |ring: &&[(f64, f64)]| LineString::from(ring.to_vec());
    Polygon::new(line(&rings[0]), rings[1..].iter().map(line).collect())
}

/// The corners of a square by its south-west and its side.
fn square(x: f64, y: f64, side: f64) -> Vec<(f64, f64)> {
    vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
}

/// The pyramid of zones with those shapes, each an area, with the borders between them all.
fn of_shapes(shapes: Vec<MultiPolygon<f64>>) -> Pyramid {
    let zones = shapes.len() as u32;
    let shapes: Vec<Option<MultiPolygon<f64>>> = shapes.into_iter().map(Some).collect();
    let pairs = (0..zones).flat_map(|a| (a + 1..zones).map(move |b| (a, b)));
    let borders = pairs.enumerate().map(|(row, pair)| Border {
        row: row as u32,
        pair,
        strength: None,
        separates: true,
    });
    let zones = (0..zones).map(|zone| Zone { area: Some(zone), ..Zone::default() });
    Pyramid::of(Topology::new(&shapes).unwrap(), zones.collect(), borders.collect()).unwrap()
}

/// A made country in its planted areas.
fn made(zones: usize) -> Pyramid {
    let world = World::generate(&WorldOptions { zones, ..WorldOptions::default() }).unwrap();
    let shape = |zone: &distretto_testkit::world::Zone| {
        let ring: Vec<(f64, f64)> = zone.ring.iter().map(|&[x, y]| (x, y)).collect();
        Some(MultiPolygon::new(vec![polygon(&[&ring])]))
    };
    let shapes: Vec<Option<MultiPolygon<f64>>> = world.zones.iter().map(shape).collect();
    let topology = Topology::new(&shapes).unwrap();
    let contiguity = distretto_territory::Contiguity::of_zones(&topology, 1.0);
    let says: Vec<Zone> =
        world.zones.iter().map(|zone| Zone { area: Some(zone.area), ..Zone::default() }).collect();
    let border = |(row, (a, b, _)): (usize, (u32, u32, f64))| Border {
        row: row as u32,
        pair: (a, b),
        strength: Some(u64::from(row as u32 % 10)),
        separates: world.zones[a as usize].area != world.zones[b as usize].area,
    };
    let borders = contiguity.rook_pairs().enumerate().map(border).collect();
    Pyramid::of(topology, says, borders).unwrap()
}
