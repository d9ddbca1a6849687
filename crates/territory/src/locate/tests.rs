#![allow(clippy::unwrap_used, reason = "tests")]

use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::ZoneLocator;

/// A star of `2 * spikes` vertices around a centre.
fn star(centre: Coord<f64>, spikes: usize, long: f64, short: f64) -> LineString<f64> {
    let vertex = |i: usize| {
        let (sin, cos) = (std::f64::consts::PI * i as f64 / spikes as f64).sin_cos();
        let radius = if i.is_multiple_of(2) { long } else { short };
        Coord { x: centre.x + radius * cos, y: centre.y + radius * sin }
    };
    (0..2 * spikes).map(vertex).collect()
}

/// Two crowded places far from each other, so that most edges lie in a few cells of the first grid. The second zone
/// fills the holes of the first.
fn crowded() -> Vec<MultiPolygon<f64>> {
    let places = [Coord { x: -61.3, y: 14.2 }, Coord { x: 55.5, y: -21.1 }];
    let hole = |centre| star(centre, 300, 2e-3, 1e-4);
    let around = |centre| Polygon::new(star(centre, 500, 1e-2, 3e-3), vec![hole(centre)]);
    let filling = |centre| Polygon::new(hole(centre), vec![]);
    vec![places.into_iter().map(around).collect(), places.into_iter().map(filling).collect()]
}

#[test]
fn crowded_cells_have_grids_of_their_own_and_answer_alike() {
    let zones = crowded();
    let found = ZoneLocator::new((0..).zip(zones.clone())).unwrap();
    assert!(found.lattices.len() > 10, "{}", found.lattices.len());
    let edge = |i: usize| {
        let polygon = &zones[i % 2].0[i / 2 % 2];
        let ring = &polygon.exterior().0;
        (ring[i / 4 % ring.len()], ring[(i / 4 + 1) % ring.len()])
    };
    let (mut ties, mut second) = (0, 0);
    for i in 0..20_000 {
        let (a, b) = edge(i);
        let part = [0.0, 0.5, 0.9, 1.3][i % 7 % 4];
        let point = Coord { x: a.x + part * (b.x - a.x), y: a.y + part * (b.y - a.y) };
        let at = |ring: &LineString<f64>| coord_pos_relative_to_ring(point, ring);
        let holds = |polygon: &Polygon<f64>| {
            at(polygon.exterior()) != CoordPos::Outside
                && polygon.interiors().iter().all(|hole| at(hole) != CoordPos::Inside)
        };
        let holders: Vec<usize> = (0..2).filter(|&zone| zones[zone].iter().any(holds)).collect();
        assert_eq!(found.locate(point.x, point.y), holders.first().map(|&zone| zone as u32), "{point:?}");
        ties += usize::from(holders.len() == 2);
        second += usize::from(holders == [1]);
    }
    assert!(ties > 1_000 && second > 1_000, "{ties} {second}");
}

#[test]
fn memory_is_linear_in_vertices_whatever_the_borders_look_like() {
    for spikes in [1_000, 10_000] {
        // Long edges that all pass near one point are the worst for a grid.
        let shape = Polygon::new(star(Coord { x: 9.0, y: 45.0 }, spikes, 5.0, 1e-3), vec![]);
        let found = ZoneLocator::new([(0, shape.into())]).unwrap();
        let bytes = found.bytes() as f64 / (2 * spikes) as f64;
        assert!(bytes < 1_000.0, "{bytes} bytes a vertex");
    }
}
