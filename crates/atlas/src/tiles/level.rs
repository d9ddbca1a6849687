//! One zoom, made ready for its tiles.

use std::collections::BTreeSet;

use distretto_territory::Topology;
use distretto_territory::border_lines::border_lines;
use distretto_territory::dissolve::dissolve;
use distretto_territory::simplify::simplify;
use geo_types::{LineString, MultiLineString, MultiPolygon, Polygon};

use super::attributes::{Border, Zone};
use super::layer::{Feature, Layer, Piece};
use super::mercator::{Step, pixel_m, step};

/// The layers of a zoom.
#[derive(Debug)]
pub(crate) struct Level {
    pub(super) zones: Layer,
    pub(super) areas: Layer,
    pub(super) borders: Layer,
    pub(super) outline: Layer,
}

impl Level {
    /// Borders thinned until no triangle of three vertices in a row is below a square pixel, on the grid of the zoom; lines of the
    /// borders that `drawn` takes.
    pub(super) fn new(
        topology: &Topology,
        zones: &[Zone],
        borders: &[Border],
        drawn: impl Fn(&Border) -> bool,
        z: u8,
        bounds: [f64; 4],
    ) -> Self {
        let drawn: Vec<u32> = (0..borders.len() as u32).filter(|&at| drawn(&borders[at as usize])).collect();
        let thinned = simplify(topology, pixel_m(z, bounds).powi(2));
        let themselves: Vec<Option<u32>> = (0..zones.len() as u32).map(Some).collect();
        let areas: Vec<Option<u32>> = zones.iter().map(|zone| zone.area).collect();
        let count = areas.iter().flatten().max().map_or(0, |&last| last as usize + 1);
        Self {
            zones: Layer::new(polygons(&dissolve(&thinned, &themselves, zones.len()), z), z),
            areas: Layer::new(polygons(&dissolve(&thinned, &areas, count), z), z),
            borders: Layer::new(lines(&thinned, borders, &drawn, z), z),
            outline: Layer::new(outline(&thinned, z), z),
        }
    }

    /// The tiles that may hold something, ascending by column and row.
    pub fn tiles(&self) -> BTreeSet<[u32; 2]> {
        // Every line runs along a zone.
        self.zones.tiles().collect()
    }
}

/// Shapes on the grid; one of which nothing is left there becomes a dot, so that it can still be found and counted.
fn polygons(shapes: &[Option<MultiPolygon<f64>>], z: u8) -> Vec<Feature> {
    let feature = |(of, shape): (usize, &Option<MultiPolygon<f64>>)| {
        let shape = shape.as_ref()?;
        let rings = |polygon: &Polygon<f64>| {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            Piece::polygon(rings.map(|ring| steps(ring, z)).collect::<Vec<_>>())
        };
        let mut pieces: Vec<Piece> = shape.iter().filter_map(rings).collect();
        if pieces.is_empty() {
            let corner = shape.0.first()?.exterior().0.first()?;
            pieces.push(Piece::dot(step(*corner, z)));
        }
        Some(Feature { of: of as u32, pieces })
    };
    shapes.iter().enumerate().filter_map(feature).collect()
}

/// The lines of those borders on the grid.
fn lines(topology: &Topology, borders: &[Border], drawn: &[u32], z: u8) -> Vec<Feature> {
    let pairs: Vec<(u32, u32)> = drawn.iter().map(|&of| borders[of as usize].pair).collect();
    let feature = |(&of, shape): (&u32, Option<MultiLineString<f64>>)| {
        let pieces: Vec<Piece> = shape?.iter().filter_map(|line| Piece::line(steps(line, z))).collect();
        (!pieces.is_empty()).then_some(Feature { of, pieces })
    };
    drawn.iter().zip(border_lines(topology, &pairs)).filter_map(feature).collect()
}

/// The arcs with ground on one side only.
fn outline(topology: &Topology, z: u8) -> Vec<Feature> {
    let arcs = topology.arcs();
    let edge = arcs.ids().filter(|&arc| {
        let sides = arcs.sides(arc);
        sides.iter().all(|side| side.left) || sides.iter().all(|side| !side.left)
    });
    let feature = |arc: u32| {
        let line = arcs.points(arc).iter().map(|&point| step(topology.points()[point as usize], z)).collect();
        Piece::line(line).map(|piece| Feature { of: arc, pieces: vec![piece] })
    };
    edge.filter_map(feature).collect()
}

fn steps(line: &LineString<f64>, z: u8) -> Vec<Step> {
    line.coords().map(|&at| step(at, z)).collect()
}
