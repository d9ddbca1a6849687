//! Contiguity, pieces and islands of maps small enough to know the answer.

#![allow(clippy::unwrap_used, reason = "test code")]

mod support;

use distretto_territory::contiguity::{CROWD, DEFAULT_TOLERANCE_M};
use distretto_territory::{Contiguity, Partition, Pieces, Topology, TopologyError};
use geo_types::Polygon;
use proptest::prelude::*;
use support::{CELL, Shapes, board, polygon, rectangle, ring, shape};

fn zones(shapes: &[Option<geo_types::MultiPolygon<f64>>], tolerance_m: f64) -> Contiguity {
    Contiguity::of_zones(&Topology::new(shapes).unwrap(), tolerance_m)
}

fn pairs(contiguity: &Contiguity) -> (usize, usize) {
    (contiguity.queen().pairs().count(), contiguity.rook().pairs().count())
}

#[test]
fn a_board_has_the_borders_and_corners_of_a_board() {
    for n in [1, 2, 3, 8] {
        let rook = 2 * n * (n - 1);
        let queen = rook + 2 * (n - 1) * (n - 1);
        for tolerance in [0.0, DEFAULT_TOLERANCE_M] {
            assert_eq!(pairs(&zones(&board(n), tolerance)), (queen, rook), "{n} {tolerance}");
        }
    }
    let metres = zones(&board(2), 0.0).shared_m(0, 2);
    assert!((metres - 78.8).abs() < 0.1, "a thousandth of a degree of longitude at 45 degrees: {metres}");
}

/// Triangles around one corner, with gaps between them.
fn fan(n: usize) -> Shapes {
    let at = |half_steps: usize| {
        let (sin, cos) = (half_steps as f64 * std::f64::consts::PI / n as f64).sin_cos();
        (50.0 * cos, 50.0 * sin)
    };
    (0..n).map(|i| shape(&[(0.0, 0.0), at(2 * i), at(2 * i + 1)])).collect()
}

#[test]
fn a_crowd_at_a_corner_stays_connected_without_the_square_of_its_number() {
    assert_eq!(pairs(&zones(&fan(CROWD), 0.0)), (CROWD * (CROWD - 1) / 2, 0));
    let crowd = zones(&fan(3000), 0.0);
    assert_eq!(pairs(&crowd), (2999, 0));
    assert_eq!(crowd.queen().components(&vec![Some(0); 3000]).1, 1);
    let near = zones(&fan(300), DEFAULT_TOLERANCE_M);
    assert!((299..10_000).contains(&pairs(&near).0), "{:?}", pairs(&near));
    let stack: Shapes = (0..3000).map(|_| rectangle(0.0, 0.0, 1.0, 1.0)).collect();
    assert_eq!(pairs(&zones(&stack, DEFAULT_TOLERANCE_M)), (2999, 2999));
}

#[test]
fn an_island_and_a_zone_without_geometry_are_states() {
    let mut shapes = board(2);
    shapes.push(rectangle(5.0, 5.0, 6.0, 6.0));
    shapes.push(None);
    shapes.push(shape(&[(0.0, 0.0), (1.0, 1.0)]));
    let topology = Topology::new(&shapes).unwrap();
    let contiguity = Contiguity::of_zones(&topology, DEFAULT_TOLERANCE_M);
    assert_eq!(contiguity.alone().collect::<Vec<_>>(), [4, 5, 6]);
    assert_eq!(topology.without_geometry().collect::<Vec<_>>(), [5, 6]);
    assert_eq!(topology.collapsed(), [6], "a zone drawn as a line");
    assert_eq!(zones(&[], 1.0).len(), 0);
}

#[test]
fn positions_that_are_not_degrees_are_refused_with_their_zone() {
    for far in [4_500_000.0, f64::NAN, f64::INFINITY] {
        let shapes = [rectangle(0.0, 0.0, 1.0, 1.0), rectangle(0.0, 0.0, far / CELL, 1.0)];
        let error = Topology::new(&shapes).unwrap_err();
        assert!(matches!(error, TopologyError::NotDegrees { zone: 1, .. }), "{error}");
    }
}

/// Below, one wide zone; above, two: their common corner lies on the wide zone's side, which has no vertex there.
#[test]
fn a_vertex_on_one_side_only_is_found_within_the_tolerance() {
    let shapes =
        [rectangle(0.0, 0.0, 2.0, 1.0), rectangle(0.0, 1.0, 1.0, 2.0), rectangle(1.0, 1.0, 2.0, 2.0)];
    assert_eq!(zones(&shapes, 0.0).rook().pairs().collect::<Vec<_>>(), [(1, 2)]);
    let found = zones(&shapes, DEFAULT_TOLERANCE_M);
    assert_eq!(found.rook().pairs().collect::<Vec<_>>(), [(0, 1), (0, 2), (1, 2)]);
    assert!((found.shared_m(0, 1) - 78.8).abs() < 0.1);
}

#[test]
fn slivers_and_overlaps_are_closed_within_the_tolerance_only() {
    for gap_m in [0.5, -0.5] {
        let gap = gap_m / 111_000.0 / CELL;
        let shapes = [rectangle(0.0, 0.0, 2.0, 1.0), rectangle(0.0, 1.0 + gap, 2.0, 2.0)];
        assert_eq!(pairs(&zones(&shapes, 0.2)).1, 0, "{gap_m}");
        let found = zones(&shapes, 1.0);
        assert_eq!(pairs(&found), (1, 1), "{gap_m}");
        assert!((found.shared_m(0, 1) - 157.7).abs() < 2.0, "{gap_m}: {}", found.shared_m(0, 1));
    }
}

/// Two corners that almost meet touch like corners: no stretch of border.
#[test]
fn almost_touching_corners_are_queen_not_rook() {
    let shapes = [rectangle(0.0, 0.0, 1.0, 1.0), rectangle(1.000_1, 1.000_1, 2.0, 2.0)];
    assert_eq!(pairs(&zones(&shapes, 1.0)), (1, 0));
}

#[test]
fn an_enclave_touches_the_zone_around_it_alone() {
    let hole = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)];
    let around = Polygon::new(ring(&[(0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0)]), vec![ring(&hole)]);
    let shapes = [Some(around.into()), shape(&hole), rectangle(3.0, 0.0, 4.0, 3.0)];
    let contiguity = zones(&shapes, 0.0);
    assert_eq!(contiguity.rook().of(1), [0]);
    assert_eq!(contiguity.queen().of(2), [0]);
}

/// Three squares in a row, areas A B A, and a fourth that meets the last of them in a corner.
#[test]
fn an_area_apart_is_in_pieces_and_a_corner_does_not_join_them() {
    let shapes = [
        rectangle(0.0, 0.0, 2.0, 1.0),
        rectangle(2.0, 0.0, 3.0, 1.0),
        rectangle(3.0, 0.0, 4.0, 1.0),
        rectangle(4.0, 1.0, 5.0, 1.5),
    ];
    let partition = Partition::from_codes(&[Some("A"), Some("B"), Some("A"), Some("A")]);
    let topology = Topology::new(&shapes).unwrap();
    let pieces = Pieces::new(&topology, &Contiguity::of_parts(&topology, 0.0), &partition);
    let labels: Vec<String> = pieces.as_slice().iter().map(|piece| piece.label(&partition)).collect();
    assert_eq!(labels, ["A_1", "A_2", "A_3", "B"]);
    assert_eq!(pieces.loose_zones(), [(2, 1), (3, 2)]);
    assert_eq!(pieces.contiguity().queen().of(1), [2, 3], "pieces of one area may share a point");
}

/// A zone of two islands whose larger one is alone in its area stays where its area is.
#[test]
fn exclaves_do_not_make_a_zone_loose() {
    let mut two = rectangle(0.0, 0.0, 1.0, 1.0).unwrap();
    two.0.push(polygon(&[(9.0, 9.0), (12.0, 9.0), (12.0, 12.0), (9.0, 12.0)]));
    let shapes = [Some(two), rectangle(1.0, 0.0, 30.0, 1.0)];
    let partition = Partition::from_codes(&[Some("A"), Some("A")]);
    let topology = Topology::new(&shapes).unwrap();
    let pieces = Pieces::new(&topology, &Contiguity::of_parts(&topology, 0.0), &partition);
    assert_eq!(pieces.as_slice().len(), 2);
    assert_eq!(pieces.loose_zones(), []);
}

fn shuffled(n: usize) -> impl Strategy<Value = Vec<usize>> {
    Just((0..n * n).collect::<Vec<_>>()).prop_shuffle()
}

proptest! {
    /// Zones in another order have the same neighbours, to the last bit of the metres.
    #[test]
    fn relabelling_zones_relabels_their_neighbours(order in shuffled(5), tolerance in prop_oneof![Just(0.0), Just(1.0)]) {
        let board = board(5);
        let moved: Shapes = order.iter().map(|&zone| board[zone].clone()).collect();
        let (before, after) = (zones(&board, tolerance), zones(&moved, tolerance));
        for (a, &old_a) in order.iter().enumerate() {
            for (b, &old_b) in order.iter().enumerate() {
                let (new, old) = ((a as u32, b as u32), (old_a as u32, old_b as u32));
                prop_assert_eq!(after.queen().linked(new.0, new.1), before.queen().linked(old.0, old.1));
                prop_assert_eq!(after.shared_m(new.0, new.1), before.shared_m(old.0, old.1));
            }
        }
    }

    /// Whatever is drawn, neighbours are mutual and nothing panics.
    #[test]
    fn any_scribble_has_mutual_neighbours(
        scribbles in prop::collection::vec(prop::collection::vec((0..6i32, 0..6i32), 0..9), 1..6)
    ) {
        let shapes: Shapes = scribbles
            .iter()
            .map(|line| shape(&line.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).collect::<Vec<_>>()))
            .collect();
        let contiguity = zones(&shapes, 1.0);
        for zone in 0..shapes.len() as u32 {
            for &other in contiguity.queen().of(zone) {
                prop_assert!(contiguity.queen().linked(other, zone) && other != zone);
            }
            for &other in contiguity.rook().of(zone) {
                prop_assert!(contiguity.queen().linked(zone, other) && contiguity.shared_m(zone, other) > 0.0);
            }
        }
    }
}
