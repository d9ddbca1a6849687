//! A made country: no gaps, nothing lost.

use std::collections::{BTreeMap, BTreeSet};

use super::decode::{At, Feature, sides};
use super::{made, tiles};

/// A side in steps of one where it runs along the grid, so that it does not matter where it is cut.
fn apart((p, q): (At, At)) -> Vec<(At, At)> {
    let run = (q.0 - p.0, q.1 - p.1);
    if run.0 != 0 && run.1 != 0 {
        return vec![(p, q)];
    }
    let step = (run.0.signum(), run.1.signum());
    let at = |i: i64| (p.0 + i * step.0, p.1 + i * step.1);
    (0..run.0.abs() + run.1.abs()).map(|i| (at(i), at(i + 1))).collect()
}

/// Sides of polygons that no neighbour runs the other way, without those along the end of the frame.
fn unmatched(polygons: &[Feature]) -> BTreeSet<(At, At)> {
    let mut balance: BTreeMap<(At, At), i64> = BTreeMap::new();
    for side in polygons.iter().flat_map(|f| &f.chains).flat_map(|ring| sides(ring)).flat_map(apart) {
        let (key, way) = if side.0 < side.1 { (side, 1) } else { ((side.1, side.0), -1) };
        *balance.entry(key).or_default() += way;
    }
    let ends = [-64, 4096 + 64];
    let cut = |(p, q): &(At, At)| (p.0 == q.0 && ends.contains(&p.0)) || (p.1 == q.1 && ends.contains(&p.1));
    balance.into_iter().filter(|(side, net)| *net != 0 && !cut(side)).map(|(side, _)| side).collect()
}

/// Sides of lines.
fn along(lines: Option<&Vec<Feature>>) -> BTreeSet<(At, At)> {
    let lines = lines.into_iter().flatten().flat_map(|feature| &feature.chains);
    let sides = lines.flat_map(|line| line.windows(2)).flat_map(|side| apart((side[0], side[1])));
    sides.map(|(p, q)| (p.min(q), p.max(q))).collect()
}

#[test]
fn neighbours_never_gap() {
    let pyramid = made(600);
    let (mut compared, mut inland) = (0, 0);
    for z in pyramid.full_zoom()..=*pyramid.zooms().end() {
        for (at, tile) in tiles(&pyramid, z) {
            let (zones, areas) = (&tile["zones"], &tile["areas"]);
            let outline = along(tile.get("outline"));
            assert!(
                unmatched(zones).is_subset(&outline),
                "zoom {z}, {at:?}: only the coast has ground on one side"
            );
            assert!(unmatched(areas).is_subset(&outline), "zoom {z}, {at:?}");
            compared += outline.len();
            let ground = |features: &[Feature]| features.iter().map(Feature::twice_area).sum::<i64>();
            assert_eq!(ground(zones), ground(areas), "zoom {z}, {at:?}: same ground");
            if outline.is_empty() {
                inland += 1;
                assert_eq!(ground(zones), 2 * (4096 + 2 * 64_i64).pow(2), "zoom {z}, {at:?}: full of ground");
            }
            let used: BTreeSet<(At, At)> = zones
                .iter()
                .flat_map(|f| &f.chains)
                .flat_map(|ring| sides(ring))
                .flat_map(apart)
                .map(|(p, q)| (p.min(q), p.max(q)))
                .collect();
            assert!(along(tile.get("borders")).is_subset(&used), "zoom {z}, {at:?}: borders run along zones");
        }
    }
    assert!(compared > 1000 && inland > 10);
}

#[test]
fn at_far_zooms_almost_nothing_overlaps() {
    let pyramid = made(600);
    for z in *pyramid.zooms().start()..pyramid.full_zoom() {
        for (at, tile) in tiles(&pyramid, z) {
            let ground = |layer: &str| tile[layer].iter().map(Feature::twice_area).sum::<i64>();
            let (zones, areas) = (ground("zones"), ground("areas"));
            assert!((zones - areas).abs() * 200 <= areas, "zoom {z}, {at:?}: {zones} and {areas}");
        }
    }
}

#[test]
fn every_zone_and_area_is_there_at_every_zoom() {
    let pyramid = made(600);
    let areas = pyramid.zones.iter().filter_map(|zone| zone.area).collect::<BTreeSet<u32>>().len();
    for z in pyramid.zooms() {
        let tiles = tiles(&pyramid, z);
        for (layer, count) in [("zones", 600), ("areas", areas)] {
            let inside =
                |f: &&Feature| f.chains.iter().flatten().any(|&(x, y)| x.min(y) >= 0 && x.max(y) <= 4096);
            let found: BTreeSet<u64> = tiles
                .values()
                .flat_map(|tile| tile[layer].iter().filter(inside))
                .map(|feature| feature.id.unwrap())
                .collect();
            assert_eq!(found, (0..count as u64).collect(), "{layer} at zoom {z}");
        }
    }
}

#[test]
fn below_the_full_zoom_only_borders_that_stand_out_are_drawn() {
    let pyramid = made(600);
    let rows = |z: u8| -> BTreeSet<u64> {
        let tiles = tiles(&pyramid, z);
        let borders = tiles.values().flat_map(|tile| tile.get("borders").into_iter().flatten());
        borders.map(|feature| feature.id.unwrap()).collect()
    };
    let all: BTreeSet<u64> = (0..pyramid.borders.len() as u64).collect();
    let some: BTreeSet<u64> =
        all.iter().copied().filter(|&row| pyramid.borders[row as usize].separates || row % 10 >= 5).collect();
    assert!(*pyramid.zooms().start() < pyramid.full_zoom() && some.len() < all.len());
    // A border shorter than a step of the grid is not drawn.
    let almost = |found: &BTreeSet<u64>, all: &BTreeSet<u64>| {
        found.is_subset(all) && found.len() * 100 > all.len() * 99
    };
    assert!(almost(&rows(*pyramid.zooms().end()), &all));
    assert!(almost(&rows(pyramid.full_zoom()), &all));
    assert!(almost(&rows(pyramid.full_zoom() - 1), &some));
}

#[test]
fn the_country_fits_in_few_tiles_at_first_and_elsewhere_is_nothing() {
    let pyramid = made(600);
    let (first, last) = (*pyramid.zooms().start(), *pyramid.zooms().end());
    assert!(tiles(&pyramid, first).len() <= 4);
    assert_eq!(pyramid.tile(last, 0, 0), None, "the north-west of the world");
    assert_eq!(pyramid.tile(last + 1, 0, 0), None);
    assert_eq!(pyramid.tile(255, u32::MAX, u32::MAX), None);
    assert_eq!(pyramid.tile(last, u32::MAX, u32::MAX), None);
    assert!(first > 0 && pyramid.tile(first - 1, 0, 0).is_none());
}

#[test]
fn a_tile_is_the_same_whenever_it_is_asked_for() {
    let (one, other) = (made(300), made(300));
    let at = |z: u8| one.level(z).tiles().into_iter().rev();
    for z in one.zooms() {
        for [x, y] in at(z) {
            assert_eq!(one.tile(z, x, y), other.tile(z, x, y));
        }
    }
}
