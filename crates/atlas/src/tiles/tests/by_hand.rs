//! Countries of a few squares.

use geo_types::MultiPolygon;
use proptest::prelude::*;

use super::super::mercator::step;
use super::decode::twice_area;
use super::{of_shapes, polygon, square, tiles};
use crate::tiles::clip::Frame;

/// A square with a hole, an enclave that fills it, and a zone of a square and an island of 20 metres beside it.
fn enclave_and_island() -> super::Pyramid {
    let mut hole = square(9.4, 44.4, 0.2);
    hole.reverse();
    of_shapes(vec![
        MultiPolygon::new(vec![polygon(&[&square(9.0, 44.0, 1.0), &hole])]),
        MultiPolygon::new(vec![polygon(&[&square(9.4, 44.4, 0.2)])]),
        MultiPolygon::new(vec![polygon(&[&square(10.0, 44.0, 1.0)]), polygon(&[&square(8.0, 45.0, 0.1)])]),
        MultiPolygon::new(vec![polygon(&[&square(7.0, 43.0, 0.000_2)])]),
    ])
}

#[test]
fn exteriors_run_clockwise_on_the_screen_and_holes_the_other_way() {
    let pyramid = enclave_and_island();
    let z = *pyramid.zooms().start();
    let mut zones = 0;
    for tile in tiles(&pyramid, z).into_values() {
        for zone in &tile["zones"] {
            let areas: Vec<i64> = zone.chains.iter().map(|ring| twice_area(ring)).collect();
            match zone.id {
                Some(0) => assert!(areas.len() == 2 && areas[0] > 0 && areas[1] < 0),
                Some(2) => assert!(areas.len() == 2 && areas.iter().all(|&area| area > 0)),
                _ => assert!(areas.len() == 1 && areas[0] > 0),
            }
            zones += 1;
        }
        let hole: i64 = tile["zones"][0].chains.iter().map(|ring| twice_area(ring)).filter(|&a| a < 0).sum();
        assert_eq!(tile["zones"][1].twice_area(), -hole, "the enclave fills the hole");
    }
    assert_eq!(zones, 4);
}

#[test]
fn borders_lie_between_two_zones_and_the_outline_around_all() {
    let pyramid = enclave_and_island();
    let z = *pyramid.zooms().start();
    let tile = tiles(&pyramid, z).into_values().next().unwrap();
    let pairs: Vec<_> =
        tile["borders"].iter().map(|line| (line.number("a").unwrap(), line.number("b").unwrap())).collect();
    assert_eq!(pairs, [(0, 1), (0, 2)]);
    let enclave = &tile["borders"][0].chains;
    assert_eq!((enclave.len(), enclave[0].first()), (1, enclave[0].last()), "all around the enclave");
    assert_eq!(tile["borders"][1].chains[0].len(), 2);
    assert_eq!(tile["outline"].len(), 1);
    assert_eq!(tile["outline"][0].id, None);
}

#[test]
fn a_sketch_holds_every_area_once() {
    let pyramid = enclave_and_island();
    let sketch = pyramid.sketch();
    let rings = |area: usize| sketch.areas[area].as_ref().unwrap().matches('M').count();
    assert_eq!(
        (0..4).map(rings).collect::<Vec<_>>(),
        [2, 1, 2, 1],
        "a hole and an island are rings of their own"
    );
    let tall = f64::from(sketch.height) / f64::from(sketch.width);
    // Four degrees of longitude; latitudes 43 to 45.1 are 2.1 degrees, stretched by the secant of about 44 degrees.
    assert!((tall - 2.1 / 44.05_f64.to_radians().cos() / 4.0).abs() < 0.02, "{tall}");
    assert_eq!(sketch, pyramid.sketch());
}

#[test]
fn a_zone_too_small_to_see_is_a_dot_where_it_lies() {
    let pyramid = enclave_and_island();
    let z = *pyramid.zooms().start();
    let [x, y] = step((7.0, 43.0).into(), z).map(i64::from);
    let (tile, found) = tiles(&pyramid, z).into_iter().next().unwrap();
    let dot = found["zones"].iter().find(|zone| zone.id == Some(3)).unwrap();
    assert_eq!(dot.twice_area(), 2);
    assert!(dot.chains[0].contains(&(x - i64::from(tile[0]) * 4096, y - i64::from(tile[1]) * 4096)));
}

#[test]
fn a_zone_at_both_ends_of_the_map_is_not_in_between() {
    let pyramid = of_shapes(vec![MultiPolygon::new(vec![
        polygon(&[&square(-180.0, 50.0, 1.0)]),
        polygon(&[&square(179.0, 50.0, 1.0)]),
    ])]);
    let z = *pyramid.zooms().end();
    let last = (1 << z) - 1;
    let columns: Vec<u32> = tiles(&pyramid, z).into_keys().map(|[x, _]| x).collect();
    assert!(columns.contains(&0) && columns.contains(&last));
    assert!(columns.iter().all(|&x| x == 0 || x == last));
}

#[test]
fn positions_are_those_of_web_mercator() {
    assert_eq!(step((-180.0, 89.0).into(), 0), [0, 0]);
    assert_eq!(step((180.0, -89.0).into(), 0), [4096, 4096]);
    assert_eq!(step((0.0, 0.0).into(), 1), [4096, 4096]);
    // EPSG:3857 of 12.5 E, 41.9 N is 1391493.635, 5146011.679 metres (PROJ 9).
    let metres = |at: i32| f64::from(at) / f64::from(4096 << 13) * 2.0 * 20_037_508.342_789_244;
    let [x, y] = step((12.5, 41.9).into(), 13);
    assert!((metres(x) - 20_037_508.342_789_244 - 1_391_493.635).abs() < 1.0);
    assert!((20_037_508.342_789_244 - metres(y) - 5_146_011.679).abs() < 1.0);
}

proptest! {
    #[test]
    fn a_side_is_cut_at_the_same_place_whoever_runs_it(
        from in proptest::array::uniform2(-9000..9000i32),
        to in proptest::array::uniform2(-9000..9000i32),
    ) {
        let frame = Frame::of([0, 0]);
        let (low, high) = ([-9000; 2], [9000; 2]);
        let one = frame.line(&[from, to], low, high);
        let mut other = frame.line(&[to, from], low, high);
        for line in &mut other {
            line.reverse();
        }
        prop_assert_eq!(&one, &other);
        // A ring is cut where a line along it is.
        let ring = frame.ring(&[from, to], low, high);
        prop_assert!(one.iter().flatten().all(|at| ring.contains(at)));
    }
}
