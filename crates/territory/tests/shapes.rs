//! Dissolving and simplifying keep ground and shared borders.

#![allow(clippy::unwrap_used, reason = "test code")]

mod support;

use distretto_territory::Topology;
use distretto_territory::dissolve::dissolve;
use distretto_territory::geodesy::{area_m2, centroid, ring_area_m2};
use distretto_territory::simplify::simplify;
use geo_types::{LineString, MultiPolygon, Polygon};
use proptest::prelude::*;
use support::{Region, Shapes, board, rectangle, ring, shape};

fn total(shapes: &[Option<MultiPolygon<f64>>]) -> f64 {
    shapes.iter().flatten().map(area_m2).sum()
}

fn one_group(shapes: &[Option<MultiPolygon<f64>>]) -> MultiPolygon<f64> {
    let topology = Topology::new(shapes).unwrap();
    dissolve(&topology, &vec![Some(0); shapes.len()], 1).remove(0).unwrap()
}

fn each_zone(topology: &Topology) -> Shapes {
    let itself: Vec<Option<u32>> = (0..topology.zones() as u32).map(Some).collect();
    dissolve(topology, &itself, topology.zones())
}

fn signed(ring: &LineString<f64>) -> f64 {
    ring_area_m2(ring.coords().copied())
}

fn check_rings(shape: &MultiPolygon<f64>) {
    for polygon in shape {
        assert!(polygon.exterior().is_closed() && signed(polygon.exterior()) > 0.0);
        for hole in polygon.interiors() {
            assert!(hole.is_closed() && signed(hole) < 0.0);
        }
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

#[test]
fn a_board_dissolves_into_its_outline() {
    let board = board(4);
    let whole = one_group(&board);
    assert_eq!(whole.0.len(), 1);
    assert_eq!(whole.0[0].exterior().0.len(), 17, "corners are kept, inner borders go");
    assert!(close(area_m2(&whole), total(&board)));
    check_rings(&whole);
}

#[test]
fn an_enclave_is_a_hole_and_fills_it_when_merged() {
    let hole = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)];
    let around = Polygon::new(ring(&[(0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0)]), vec![ring(&hole)]);
    let shapes = [Some(around.into()), shape(&hole)];
    let topology = Topology::new(&shapes).unwrap();
    let zones = each_zone(&topology);
    assert_eq!(zones[0].as_ref().unwrap().0[0].interiors().len(), 1);
    check_rings(zones[0].as_ref().unwrap());
    assert!(one_group(&shapes).0[0].interiors().is_empty());
}

/// An island in a lake in an island.
#[test]
fn holes_go_to_the_smallest_exterior_around_them() {
    let square = |low: f64, high: f64| ring(&[(low, low), (high, low), (high, high), (low, high)]);
    let shapes = [Some(MultiPolygon(vec![
        Polygon::new(square(0.0, 9.0), vec![square(1.0, 8.0)]),
        Polygon::new(square(2.0, 7.0), vec![square(3.0, 6.0)]),
    ]))];
    let whole = one_group(&shapes);
    assert!(whole.0.iter().all(|polygon| polygon.interiors().len() == 1));
    assert!(close(area_m2(&whole), total(&shapes)));
}

#[test]
fn polygons_that_meet_in_a_corner_stay_two() {
    let whole = one_group(&[rectangle(0.0, 0.0, 1.0, 1.0), rectangle(1.0, 1.0, 2.0, 2.0)]);
    assert_eq!(whole.0.len(), 2);
    check_rings(&whole);
}

/// A ring of eight squares around a void that meets the outside in a corner.
#[test]
fn a_void_that_touches_the_outside_is_a_hole() {
    let mut shapes = board(3);
    shapes[4] = None;
    shapes[0] = None;
    let whole = one_group(&shapes);
    check_rings(&whole);
    assert!(close(area_m2(&whole), total(&shapes)));
    assert_eq!(whole.0.iter().map(|polygon| polygon.interiors().len()).sum::<usize>(), 1);
}

/// A member that crosses itself at a vertex it meets twice: both of its lobes stay.
#[test]
fn a_self_crossing_member_keeps_its_ground() {
    let bow = [(1.0, 0.0), (2.0, 0.5), (3.0, 0.0), (3.0, 1.0), (2.0, 0.5), (1.0, 1.0)];
    let shapes = [rectangle(0.0, 0.0, 1.0, 1.0), shape(&bow)];
    let whole = one_group(&shapes);
    let lobes = one_group(&[
        shape(&[(1.0, 0.0), (2.0, 0.5), (1.0, 1.0)]),
        shape(&[(2.0, 0.5), (3.0, 0.0), (3.0, 1.0)]),
    ]);
    assert!(close(area_m2(&whole), total(&shapes[..1]) + area_m2(&lobes)), "{}", area_m2(&whole));
    check_rings(&whole);
}

/// Crossing without a vertex: the ring stands as it was drawn, its net area is kept, its neighbour too.
#[test]
fn a_ring_that_crosses_itself_between_vertices_costs_its_neighbours_nothing() {
    let shapes = [rectangle(0.0, 0.0, 1.0, 1.0), shape(&[(1.0, 0.0), (4.0, 1.2), (4.0, 0.0), (1.0, 1.0)])];
    let whole = one_group(&shapes);
    assert!(area_m2(&whole) >= total(&shapes[..1]));
}

proptest! {
    /// Whatever members look like, rings are closed, run the right way, and nothing panics; thinned ones too.
    #[test]
    fn any_scribble_dissolves_into_sound_rings(
        scribbles in prop::collection::vec(prop::collection::vec((0..6i32, 0..6i32), 0..9), 1..6),
        group in prop::collection::vec(prop::option::of(0..2u32), 6),
    ) {
        let shapes: Shapes = scribbles
            .iter()
            .map(|line| shape(&line.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).collect::<Vec<_>>()))
            .collect();
        let topology = Topology::new(&shapes).unwrap();
        for topology in [simplify(&topology, 3000.0), topology] {
            for area in dissolve(&topology, &group[..shapes.len()], 2).iter().flatten() {
                for ring in area.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())) {
                    prop_assert!(ring.is_closed() && ring.0.len() >= 4);
                }
            }
        }
    }

    /// However a board is divided, the areas cover it and their rings are sound.
    #[test]
    fn any_division_of_a_board_conserves_area(group in prop::collection::vec(0..4u32, 36)) {
        let board = board(6);
        let topology = Topology::new(&board).unwrap();
        let group: Vec<Option<u32>> = group.into_iter().map(Some).collect();
        let areas = dissolve(&topology, &group, 4);
        prop_assert!(close(total(&areas), total(&board)));
        for (index, area) in areas.iter().enumerate() {
            let members: Shapes =
                (0..36).filter(|&zone| group[zone] == Some(index as u32)).map(|zone| board[zone].clone()).collect();
            prop_assert_eq!(area.is_some(), !members.is_empty());
            if let Some(area) = area {
                check_rings(area);
                prop_assert!(close(area_m2(area), total(&members)));
            }
        }
        let thin = simplify(&topology, 1e9);
        for area in dissolve(&thin, &group, 4).iter().flatten() {
            for polygon in area {
                prop_assert!(polygon.exterior().0.len() >= 4);
            }
        }
    }
}

#[test]
fn simplifying_thins_shared_borders_once_and_keeps_rings() {
    // Two zones whose common border is a flat saw, and an islet.
    let saw: Vec<(f64, f64)> =
        (0..=20).map(|i| (f64::from(i) / 2.0, 5.0 + f64::from(i % 2) / 100.0)).collect();
    let mut south = vec![(0.0, 0.0), (10.0, 0.0)];
    south.extend(saw.iter().rev());
    let mut north = saw;
    north.extend([(10.0, 9.0), (0.0, 9.0)]);
    let shapes =
        [shape(&south), shape(&north), shape(&[(20.0, 0.0), (20.01, 0.0), (20.01, 0.01), (20.0, 0.01)])];
    let topology = Topology::new(&shapes).unwrap();
    let thin = simplify(&topology, 200.0);
    let zones = each_zone(&thin);
    assert_eq!(
        zones[0].as_ref().unwrap().0[0].exterior().0.len(),
        6,
        "a rectangle and one vertex of the saw"
    );
    assert_eq!(zones[2].as_ref().unwrap().0[0].exterior().0.len(), 4, "an islet stays a triangle");
    assert_eq!(dissolve(&thin, &[Some(0), Some(0), None], 1)[0].as_ref().unwrap().0.len(), 1, "no gap opens");
    assert_eq!(each_zone(&simplify(&topology, 0.0)), each_zone(&topology), "nothing to remove below 0");
}

#[test]
fn real_areas_cover_their_zones_and_no_more() {
    for name in ["sardinia-2001", "brindisi-2001"] {
        let Some(region) = Region::read(name) else { continue };
        let topology = Topology::new(&region.shapes).unwrap();
        let areas = dissolve(&topology, region.partition.as_slice(), region.partition.areas());
        assert!(close(total(&areas), total(&region.shapes)), "{name}");
        areas.iter().flatten().for_each(check_rings);
        for (zone, shape) in each_zone(&topology).iter().enumerate() {
            let (ours, given) = (shape.as_ref().unwrap(), region.shapes[zone].as_ref().unwrap());
            assert!(close(area_m2(ours), area_m2(given)), "{name} {zone}");
            assert!(centroid(ours).is_some());
        }
    }
}
