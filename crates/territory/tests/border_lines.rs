//! Borders between zones as lines.

#![allow(clippy::unwrap_used, reason = "test code")]

mod support;

use distretto_territory::border_lines::{border_lines, length_m};
use distretto_territory::contiguity::{CROWD, DEFAULT_TOLERANCE_M};
use distretto_territory::simplify::simplify;
use distretto_territory::{Contiguity, Topology};
use geo_types::{Coord, LineString, MultiLineString, Polygon};
use proptest::prelude::*;
use support::{Region, board, rectangle, ring, shape};

fn lines(
    shapes: &[Option<geo_types::MultiPolygon<f64>>],
    pairs: &[(u32, u32)],
) -> Vec<Option<MultiLineString<f64>>> {
    border_lines(&Topology::new(shapes).unwrap(), pairs)
}

/// Whether a line runs through these corners, in cells, in either direction.
fn runs(line: &LineString<f64>, corners: &[(f64, f64)]) -> bool {
    let mut wanted: Vec<Coord<f64>> = ring(corners).0;
    let forwards = wanted == line.0;
    wanted.reverse();
    forwards || wanted == line.0
}

fn one_line(lines: Option<&MultiLineString<f64>>, corners: &[(f64, f64)]) -> bool {
    lines.is_some_and(|lines| lines.0.len() == 1 && runs(&lines.0[0], corners))
}

/// Every pair with a stretch of border in common has lines as long as that stretch.
fn check_lengths(topology: &Topology) {
    let exact: Vec<(u32, u32, f64)> = Contiguity::of_zones(topology, 0.0).rook_pairs().collect();
    let pairs: Vec<(u32, u32)> = exact.iter().map(|&(a, b, _)| (a, b)).collect();
    for (lines, (a, b, metres)) in border_lines(topology, &pairs).iter().zip(exact) {
        let length = length_m(lines.as_ref().unwrap());
        assert!((length - metres).abs() <= 1e-9 * metres, "{a} {b}: {length} {metres}");
    }
}

#[test]
fn two_squares_share_their_side_and_a_corner_is_no_line() {
    let board = board(2);
    let found = lines(&board, &[(0, 1), (1, 0), (2, 0), (0, 3), (0, 0), (0, 1), (7, 9)]);
    assert!(one_line(found[0].as_ref(), &[(1.0, 0.0), (1.0, 1.0)]), "{found:?}");
    assert_eq!(found[1], found[0], "in whatever order");
    assert_eq!(found[5], found[0], "and however often");
    assert!(one_line(found[2].as_ref(), &[(0.0, 1.0), (1.0, 1.0)]));
    assert_eq!(found[3], None, "a corner");
    assert_eq!(found[4], None, "a zone and itself");
    assert_eq!(found[6], None, "zones that are not there");
    assert_eq!(lines(&board, &[]), []);
    check_lengths(&Topology::new(&board).unwrap());
}

#[test]
fn three_zones_at_a_vertex_have_three_borders_that_end_there() {
    let shapes = [
        shape(&[(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (0.0, 1.0)]),
        rectangle(0.0, 1.0, 1.0, 2.0),
        rectangle(1.0, 1.0, 2.0, 2.0),
    ];
    let found = lines(&shapes, &[(0, 1), (0, 2), (1, 2)]);
    assert!(one_line(found[0].as_ref(), &[(0.0, 1.0), (1.0, 1.0)]));
    assert!(one_line(found[1].as_ref(), &[(1.0, 1.0), (2.0, 1.0)]));
    assert!(one_line(found[2].as_ref(), &[(1.0, 1.0), (1.0, 2.0)]));
}

#[test]
fn the_border_of_an_enclave_is_one_closed_line() {
    let hole = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)];
    let around = Polygon::new(ring(&[(0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0)]), vec![ring(&hole)]);
    let shapes = [Some(around.into()), shape(&hole)];
    let topology = Topology::new(&shapes).unwrap();
    let found = border_lines(&topology, &[(0, 1)]).remove(0).unwrap();
    assert_eq!(found.0.len(), 1);
    assert!(found.0[0].is_closed() && found.0[0].0.len() == 5, "{found:?}");
    check_lengths(&topology);
}

/// A zone that overlaps one of the two touches their border in a vertex: two arcs of the topology, one line.
#[test]
fn arcs_that_meet_at_a_point_where_the_pair_has_no_third_are_one_line() {
    let below = shape(&[(0.0, 0.0), (3.0, 0.0), (3.0, 1.0), (2.0, 1.0), (1.0, 1.0), (0.0, 1.0)]);
    let overlay = shape(&[(2.0, 1.0), (2.5, 1.5), (1.5, 1.5)]);
    let above = shape(&[(0.0, 1.0), (1.0, 1.0), (2.0, 1.0), (3.0, 1.0), (3.0, 2.0), (0.0, 2.0)]);
    let shapes = [below, overlay, above];
    let topology = Topology::new(&shapes).unwrap();
    let shared = topology.arcs().ids().filter(|&arc| topology.arcs().sides(arc).len() == 2).count();
    assert_eq!(shared, 2, "the overlay cuts the border in two arcs");
    let found = border_lines(&topology, &[(0, 2)]).remove(0);
    assert!(one_line(found.as_ref(), &[(0.0, 1.0), (1.0, 1.0), (2.0, 1.0), (3.0, 1.0)]), "{found:?}");
}

/// A zone that stands in the way parts the border in two lines.
#[test]
fn a_border_with_a_zone_in_between_is_two_lines() {
    let shapes = [
        shape(&[(0.0, 0.0), (3.0, 0.0), (3.0, 1.0), (2.0, 1.0), (1.0, 1.0), (0.0, 1.0)]),
        shape(&[
            (0.0, 1.0),
            (1.0, 1.0),
            (1.0, 2.0),
            (2.0, 2.0),
            (2.0, 1.0),
            (3.0, 1.0),
            (3.0, 3.0),
            (0.0, 3.0),
        ]),
        rectangle(1.0, 1.0, 2.0, 2.0),
    ];
    let topology = Topology::new(&shapes).unwrap();
    let found = border_lines(&topology, &[(0, 1)]).remove(0).unwrap();
    assert_eq!(found.0.len(), 2);
    let west = |line| runs(line, &[(0.0, 1.0), (1.0, 1.0)]);
    let east = |line| runs(line, &[(2.0, 1.0), (3.0, 1.0)]);
    assert!(found.iter().any(west) && found.iter().any(east), "{found:?}");
    check_lengths(&topology);
}

/// Islets of two zones: each shared border of theirs is a line of the same pair.
#[test]
fn a_pair_that_meets_on_two_islands_has_two_lines() {
    let mut first = rectangle(0.0, 0.0, 1.0, 1.0).unwrap();
    first.0.extend(rectangle(10.0, 0.0, 11.0, 1.0).unwrap());
    let mut second = rectangle(1.0, 0.0, 2.0, 1.0).unwrap();
    second.0.extend(rectangle(11.0, 0.0, 12.0, 1.0).unwrap());
    let topology = Topology::new(&[Some(first), Some(second), None]).unwrap();
    let found = border_lines(&topology, &[(0, 1), (1, 2)]);
    assert_eq!(found[0].as_ref().unwrap().0.len(), 2);
    assert_eq!(found[1], None, "a zone without geometry");
    check_lengths(&topology);
}

#[test]
fn zones_that_only_come_close_have_no_line() {
    let gap = 0.5 / 111_000.0 / support::CELL;
    let shapes = [rectangle(0.0, 0.0, 2.0, 1.0), rectangle(0.0, 1.0 + gap, 2.0, 2.0)];
    let topology = Topology::new(&shapes).unwrap();
    assert!(Contiguity::of_zones(&topology, DEFAULT_TOLERANCE_M).rook().linked(0, 1));
    assert_eq!(border_lines(&topology, &[(0, 1)]), [None]);
}

#[test]
fn a_crowd_on_one_border_is_no_square() {
    let stack: Vec<_> = (0..3000).map(|_| rectangle(0.0, 0.0, 1.0, 1.0)).collect();
    let topology = Topology::new(&stack).unwrap();
    let pairs: Vec<(u32, u32)> = Contiguity::of_zones(&topology, 0.0).rook().pairs().collect();
    assert!(stack.len() > CROWD && pairs.len() < stack.len());
    assert!(border_lines(&topology, &pairs).iter().all(Option::is_some));
}

#[test]
fn simplified_borders_have_simplified_lines() {
    let topology = Topology::new(&board(4)).unwrap();
    check_lengths(&simplify(&topology, 1e9));
}

proptest! {
    /// Whatever zones look like, nothing panics, and each line has two points or more.
    #[test]
    fn any_scribbles_have_sound_lines(
        scribbles in prop::collection::vec(prop::collection::vec((0..5i32, 0..5i32), 0..9), 1..6),
    ) {
        let shapes: Vec<_> = scribbles
            .iter()
            .map(|line| shape(&line.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).collect::<Vec<_>>()))
            .collect();
        let topology = Topology::new(&shapes).unwrap();
        check_lengths(&topology);
        let all: Vec<(u32, u32)> = (0..6).flat_map(|a| (0..6).map(move |b| (a, b))).collect();
        let exact = Contiguity::of_zones(&topology, 0.0);
        for (lines, (a, b)) in border_lines(&topology, &all).into_iter().zip(all) {
            prop_assert_eq!(lines.is_some(), a.max(b) < exact.len() as u32 && exact.rook().linked(a, b));
            prop_assert!(lines.iter().flatten().all(|line| line.0.len() >= 2));
        }
    }
}

#[test]
fn real_neighbours_with_a_border_have_its_line() {
    for name in ["sardinia-2001", "brindisi-2001"] {
        let Some(region) = Region::read(name) else { continue };
        let topology = Topology::new(&region.shapes).unwrap();
        check_lengths(&topology);
        let exact = Contiguity::of_zones(&topology, 0.0);
        let within: Vec<(u32, u32)> =
            Contiguity::of_zones(&topology, DEFAULT_TOLERANCE_M).queen().pairs().collect();
        for (lines, (a, b)) in border_lines(&topology, &within).iter().zip(within) {
            assert_eq!(lines.is_some(), exact.rook().linked(a, b), "{name} {a} {b}");
        }
    }
}
