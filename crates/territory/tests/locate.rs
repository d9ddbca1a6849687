//! Points into zones against a plain search with geo, and on maps whose answers follow on paper.

#![allow(clippy::unwrap_used, reason = "test code")]

mod support;

use std::cell::Cell;

use distretto_territory::dissolve::dissolve;
use distretto_territory::locate::NO_ZONE;
use distretto_territory::{LocateError, Topology, ZoneLocator};
use geo::Intersects;
use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon, coord, wkt};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use support::{CELL, board};

type Zones = Vec<MultiPolygon<f64>>;

fn locator(zones: &Zones) -> ZoneLocator {
    ZoneLocator::new((0..).zip(zones.iter().cloned())).unwrap()
}

/// Whether a polygon holds a point: its exterior ring, without the insides of its holes.
fn holds(polygon: &Polygon<f64>, point: Coord<f64>) -> bool {
    let position = |ring: &LineString<f64>| coord_pos_relative_to_ring(point, ring);
    position(polygon.exterior()) != CoordPos::Outside
        && polygon.interiors().iter().all(|hole| position(hole) != CoordPos::Inside)
}

/// All zones that hold a point, by asking each.
fn holders(zones: &Zones, point: Coord<f64>) -> Vec<u32> {
    (0..).zip(zones).filter(|(_, zone)| zone.iter().any(|p| holds(p, point))).map(|(i, _)| i).collect()
}

/// Whether a point lies on a ring of any zone.
fn on_border(zones: &Zones, point: Coord<f64>) -> bool {
    let rings = zones.iter().flatten().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    rings.into_iter().any(|ring| coord_pos_relative_to_ring(point, ring) == CoordPos::OnBoundary)
}

/// Vertices, middles of edges, and the positions next to both by the last bit.
fn points_at_borders(zones: &Zones) -> Vec<Coord<f64>> {
    let rings = zones.iter().flatten().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    let mut points = Vec::new();
    for line in rings.flat_map(LineString::lines) {
        let middle =
            Coord { x: f64::midpoint(line.start.x, line.end.x), y: f64::midpoint(line.start.y, line.end.y) };
        for c in [line.start, middle] {
            points.push(c);
            points.extend([c.x.next_up(), c.x.next_down()].map(|x| Coord { x, ..c }));
            points.extend([c.y.next_up(), c.y.next_down()].map(|y| Coord { y, ..c }));
        }
    }
    points
}

/// A country of `side` x `side` four-sided or three-sided faces with corners on multiples of 1/64 cell, dissolved into
/// `count` zones as `draws` says, some faces in no zone: zones have parts and holes, and the middles of edges are exact.
fn tessellation(side: usize, count: usize, draws: &[u16], scale: f64, shift: Coord<f64>) -> Zones {
    let draw = |i: usize| usize::from(draws[i % draws.len()]).wrapping_mul(2 * i + 1) >> 3;
    let corner = |column: usize, row: usize| {
        let i = row * (side + 1) + column;
        let jitter = |draw: usize| (draw % 32) as f64 / 64.0;
        Coord {
            x: shift.x + scale * (column as f64 + jitter(draw(i))),
            y: shift.y + scale * (row as f64 + jitter(draw(i + 7))),
        }
    };
    let mut faces = Vec::new();
    for (column, row) in (0..side * side).map(|i| (i % side, i / side)) {
        let [a, b] = [corner(column, row), corner(column + 1, row)];
        let [c, d] = [corner(column + 1, row + 1), corner(column, row + 1)];
        let rings = if draw(faces.len()) % 3 == 0 {
            vec![vec![a, b, c], vec![a, c, d]]
        } else {
            vec![vec![a, b, c, d]]
        };
        faces
            .extend(rings.into_iter().map(|r| Some(MultiPolygon::from(Polygon::new(LineString(r), vec![])))));
    }
    let group: Vec<Option<u32>> = (0..faces.len())
        .map(|i| Some(draw(3 * i + 1) % (count + 1)).filter(|g| *g < count).map(|g| g as u32))
        .collect();
    let topology = Topology::new(&faces).unwrap();
    let shapes = dissolve(&topology, &group, count);
    shapes.into_iter().map(|shape| shape.unwrap_or(MultiPolygon::new(vec![]))).collect()
}

fn any_tessellation() -> impl Strategy<Value = Zones> {
    let place = prop_oneof![
        Just((1.0, coord! { x: 8.0, y: -40.0 })),
        Just((0.125, coord! { x: -180.0, y: 41.5 })),
        // Corners that no f64 meets, so that edges in line are so only nearly.
        Just((0.3, coord! { x: 9.1, y: 45.7 })),
        Just((1e-7, coord! { x: 9.1, y: 45.7 })),
    ];
    (2..9usize, 1..12usize, prop::collection::vec(any::<u16>(), 40), place)
        .prop_map(|(side, count, draws, (scale, shift))| tessellation(side, count, &draws, scale, shift))
}

proptest! {
    #![proptest_config(Config::with_cases(150))]

    #[test]
    fn tessellations_are_searched_like_the_plain_way(
        zones in any_tessellation(),
        scattered in prop::collection::vec((-0.1..1.1f64, -0.1..1.1f64), 200),
    ) {
        let found = locator(&zones);
        let at_borders = points_at_borders(&zones);
        let mut corners = at_borders.iter().copied();
        let first = corners.next().unwrap_or(coord! { x: 0.0, y: 0.0 });
        let (low, high) = corners.fold((first, first), |(low, high), c| (
            Coord { x: low.x.min(c.x), y: low.y.min(c.y) },
            Coord { x: high.x.max(c.x), y: high.y.max(c.y) },
        ));
        for &point in &at_borders {
            let all = holders(&zones, point);
            prop_assert_eq!(found.locate(point.x, point.y), all.first().copied(), "{:?}", point);
        }
        for (x, y) in scattered {
            let point = Coord { x: low.x + x * (high.x - low.x), y: low.y + y * (high.y - low.y) };
            let expected = (0..).zip(&zones).find(|(_, zone)| zone.intersects(&Point(point))).map(|(i, _)| i);
            prop_assert_eq!(found.locate(point.x, point.y), expected, "{:?}", point);
        }
        // Every fifth point is a vertex, so on a border; the others are told apart from it by one bit.
        let on = at_borders.iter().filter(|&&point| on_border(&zones, point)).count();
        prop_assert!(5 * on >= at_borders.len() / 2);
    }

    #[test]
    fn other_numbers_for_zones_change_ties_only(zones in any_tessellation()) {
        let last = zones.len() as u32 - 1;
        let found = ZoneLocator::new((0..=last).rev().zip(zones.iter().cloned())).unwrap();
        for point in points_at_borders(&zones) {
            let lowest = holders(&zones, point).last().map(|zone| last - zone);
            prop_assert_eq!(found.locate(point.x, point.y), lowest);
        }
    }

    #[test]
    fn the_order_of_points_does_not_matter(zones in any_tessellation()) {
        let found = locator(&zones);
        let mut points = points_at_borders(&zones);
        let mut answers = Vec::new();
        for _ in 0..2 {
            let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().map(|c| (c.x, c.y)).unzip();
            let mut zones = vec![7; points.len()];
            found.locate_all(&xs, &ys, &mut zones).unwrap();
            for (point, &zone) in points.iter().zip(&zones) {
                prop_assert_eq!(found.locate(point.x, point.y), (zone != NO_ZONE).then_some(zone));
            }
            answers.push(zones);
            points.reverse();
        }
        answers[1].reverse();
        prop_assert_eq!(&answers[0], &answers[1]);
    }
}

/// Rings of any kind on a small lattice: crossing themselves and each other, running back, twice around, shrunk to
/// a line or a point, holes outside of their exteriors.
#[test]
fn borders_of_any_kind_are_searched_like_the_plain_way() {
    let corner = (0..9i32, 0..9i32);
    let ring = prop::collection::vec(corner, 0..14);
    let polygon = prop::collection::vec(ring, 1..4);
    let zones = prop::collection::vec(prop::collection::vec(polygon, 0..4), 1..7);
    let (on, ties, inside) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let mut runner = TestRunner::new(Config::with_cases(400));
    runner
        .run(&(zones, prop_oneof![Just(1.0), Just(0.1), Just(1e-9)]), |(zones, step)| {
            let at = |x: i32, y: i32| Coord { x: 8.7 + f64::from(x) * step, y: 45.0 - f64::from(y) * step };
            let zones: Zones = zones
                .iter()
                .map(|polygons| {
                    let rings = |p: &Vec<Vec<(i32, i32)>>| -> Vec<LineString<f64>> {
                        p.iter().map(|r| r.iter().map(|&(x, y)| at(x, y)).collect()).collect()
                    };
                    let polygon = |mut rings: Vec<LineString<f64>>| Polygon::new(rings.remove(0), rings);
                    polygons.iter().map(|p| polygon(rings(p))).collect()
                })
                .collect();
            let found = locator(&zones);
            let mut points: Vec<Coord<f64>> =
                (-1..10).flat_map(|x| (-1..10).map(move |y| at(x, y))).collect();
            points.extend(points_at_borders(&zones));
            for point in points {
                let all = holders(&zones, point);
                prop_assert_eq!(found.locate(point.x, point.y), all.first().copied(), "{:?}", point);
                let on_it = on_border(&zones, point);
                on.set(on.get() + usize::from(on_it));
                ties.set(ties.get() + usize::from(on_it && all.len() > 1));
                inside.set(inside.get() + usize::from(!on_it && !all.is_empty()));
            }
            Ok(())
        })
        .unwrap();
    assert!(on.get() > 20_000 && ties.get() > 10_000 && inside.get() > 10_000, "{on:?} {ties:?} {inside:?}");
}

#[test]
fn on_a_board_the_square_below_and_to_the_left_wins() {
    const N: usize = 12;
    let zones: Zones = board(N).into_iter().map(Option::unwrap).collect();
    let found = locator(&zones);
    let lowest = |line: usize| line.saturating_sub(1).min(N - 1);
    let at = |x: f64, y: f64| found.locate(9.0 + x * CELL, 45.0 + y * CELL);
    for (i, j) in (0..=N).flat_map(|i| (0..=N).map(move |j| (i, j))) {
        assert_eq!(at(i as f64, j as f64), Some((lowest(j) * N + lowest(i)) as u32), "corner {i}, {j}");
        if i < N && j < N {
            assert_eq!(at(i as f64 + 0.5, j as f64 + 0.5), Some((j * N + i) as u32), "middle {i}, {j}");
        }
    }
    assert_eq!((at(-0.001, 3.0), at(3.0, 12.001), at(500.0, 3.0)), (None, None, None));
}

/// Whole degrees, so that every point of the lattice of halves is exact.
#[test]
fn on_a_board_of_degrees_middles_of_sides_belong_to_the_lower_square() {
    const N: usize = 9;
    let square = |i: usize| {
        let (x, y) = ((i % N) as f64, (i / N) as f64);
        let ring = [(x, y), (x + 1.0, y), (x + 1.0, y + 1.0), (x, y + 1.0)];
        MultiPolygon::from(Polygon::new(ring.into_iter().collect(), vec![]))
    };
    let found = locator(&(0..N * N).map(square).collect());
    let mut on_borders = 0;
    for (i, j) in (0..=2 * N).flat_map(|i| (0..=2 * N).map(move |j| (i, j))) {
        // The half-line number 2k is a side; it belongs to the square before it, 2k + 1 runs through square k.
        let index = |half: usize| half.saturating_sub(1) / 2;
        on_borders += usize::from(i % 2 == 0 || j % 2 == 0);
        let zone = found.locate(i as f64 / 2.0, j as f64 / 2.0);
        assert_eq!(zone, Some((index(j) * N + index(i)) as u32), "{i}, {j}");
    }
    assert_eq!(on_borders, (2 * N + 1).pow(2) - N * N);
}

#[test]
fn holes_parts_islands_and_overlaps() {
    let zones = vec![
        wkt!(MULTIPOLYGON(((4. 4.,6. 4.,6. 6.,4. 6.,4. 4.)))), // 0: fills half of the hole of 1
        wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.),(4. 4.,4. 8.,6. 8.,6. 4.,4. 4.)),((20. 0.,21. 0.,21. 1.,20. 0.)))),
        MultiPolygon::new(vec![]),                                 // 2: nothing
        wkt!(MULTIPOLYGON(((9. 0.,12. 0.,12. 10.,9. 10.,9. 0.)))), // 3: overlaps 1
    ];
    let found = locator(&zones);
    for (x, y, zone) in [
        (5.0, 5.0, Some(0)),
        (4.0, 5.0, Some(0)),
        (5.0, 6.0, Some(0)),
        (5.0, 7.0, None),
        (5.0, 8.0, Some(1)),
        (6.0, 7.0, Some(1)),
        (2.0, 2.0, Some(1)),
        (9.5, 5.0, Some(1)),
        (10.0, 5.0, Some(1)),
        (10.0f64.next_up(), 5.0, Some(3)),
        (20.9, 0.5, Some(1)),
        (20.5, 0.5, Some(1)),
        (20.5, 0.5f64.next_up(), None),
        (15.0, 0.5, None),
        (f64::NAN, 5.0, None),
        (5.0, f64::NAN, None),
        (f64::INFINITY, 5.0, None),
        (5.0, f64::NEG_INFINITY, None),
    ] {
        assert_eq!(found.locate(x, y), zone, "{x}, {y}");
    }
}

#[test]
fn a_zone_in_several_shapes_is_their_union_in_any_order() {
    let square = |x: f64| {
        wkt!(MULTIPOLYGON(((0. 0.,1. 0.,1. 1.,0. 1.,0. 0.)))).0[0]
            .exterior()
            .0
            .iter()
            .map(|c| (c.x + x, c.y))
            .collect()
    };
    let shape = |x: f64| MultiPolygon::from(Polygon::new(square(x), vec![]));
    let found = ZoneLocator::new([(5, shape(0.0)), (2, shape(1.0)), (5, shape(2.0))]).unwrap();
    let zones = [0.5, 1.0, 1.5, 2.0, 2.5].map(|x| found.locate(x, 0.5));
    assert_eq!(zones, [Some(5), Some(2), Some(2), Some(2), Some(5)]);
}

#[test]
fn no_zones_hold_nothing() {
    assert_eq!(ZoneLocator::new([]).unwrap().locate(9.0, 45.0), None);
    let empty = Polygon::new(LineString(vec![]), vec![]);
    assert_eq!(ZoneLocator::new([(0, empty.into())]).unwrap().locate(0.0, 0.0), None);
}

#[test]
fn a_point_or_a_segment_holds_itself() {
    let found =
        locator(&vec![wkt!(MULTIPOLYGON(((9. 45.,9. 45.)))), wkt!(MULTIPOLYGON(((7. 45.,11. 45.,7. 45.))))]);
    let zones = [9.0, 9.0f64.next_up(), 7.0, 11.0, 11.5].map(|x| found.locate(x, 45.0));
    assert_eq!(zones, [Some(0), Some(1), Some(1), Some(1), None]);
    assert_eq!(found.locate(9.0, 45.0f64.next_up()), None);
}

#[test]
fn what_cannot_be_searched_is_refused_with_its_zone() {
    let good = board(1).remove(0).unwrap();
    for bad in [f64::NAN, f64::INFINITY, 5_000_000.0] {
        let shape: MultiPolygon<f64> =
            Polygon::new(vec![(9.0, 45.0), (9.1, bad), (9.1, 45.1)].into(), vec![]).into();
        let error = ZoneLocator::new([(3, good.clone()), (8, shape)]).unwrap_err();
        assert!(matches!(error, LocateError::NotDegrees { zone: 8, .. }), "{error}");
    }
    assert_eq!(ZoneLocator::new([(u32::MAX, good.clone())]).unwrap_err(), LocateError::TooLarge);
    let found = ZoneLocator::new([(0, good)]).unwrap();
    let mut zones = [7; 2];
    let error = found.locate_all(&[9.0, 9.0], &[45.0], &mut zones).unwrap_err();
    assert_eq!(error, LocateError::Lengths { xs: 2, ys: 1, zones: 2 });
    assert_eq!(zones, [7, 7]);
}
