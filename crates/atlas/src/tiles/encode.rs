//! A tile as bytes.

use mvt::{Feature, GeomData, GeomEncoder, GeomType, Layer, Tile};

use super::EXTENT;
use super::attributes::{Border, Zone};
use super::clip::Frame;
use super::layer::{self, Piece};
use super::level::Level;
use super::mercator::Step;

/// The tile at a column and row; `None` where there is nothing.
pub(super) fn tile(level: &Level, zones: &[Zone], borders: &[Border], at: [u32; 2]) -> Option<Vec<u8>> {
    let frame = Frame::of(at);
    let mut tile = Tile::new(EXTENT);
    let of_zones = fill(
        tile.create_layer("zones"),
        level.zones.at(at),
        |pieces| frame.polygons(pieces),
        |feature, of| {
            let zone = &zones[of as usize];
            feature.set_id(of.into());
            number(feature, "a", zone.area.map(u64::from));
            number(feature, "m", zone.membership);
            if let Some(kind) = zone.kind {
                feature.add_tag_string("k", kind);
            }
        },
    );
    let of_areas = fill(
        tile.create_layer("areas"),
        level.areas.at(at),
        |pieces| frame.polygons(pieces),
        |feature, of| {
            feature.set_id(of.into());
        },
    );
    let of_borders = fill(
        tile.create_layer("borders"),
        level.borders.at(at),
        |pieces| frame.lines(pieces),
        |feature, of| {
            let border = &borders[of as usize];
            feature.set_id(border.row.into());
            number(feature, "a", Some(border.pair.0.into()));
            number(feature, "b", Some(border.pair.1.into()));
            number(feature, "s", border.strength);
            number(feature, "x", border.separates.then_some(1));
        },
    );
    let edge =
        layer::Feature { of: 0, pieces: level.outline.at(at).flat_map(|arc| arc.pieces.clone()).collect() };
    let outline =
        fill(tile.create_layer("outline"), [&edge].into_iter(), |pieces| frame.lines(pieces), |_, _| {});
    for layer in [of_zones, of_areas, of_borders, outline] {
        if layer.num_features() > 0 {
            tile.add_layer(layer).ok()?;
        }
    }
    (tile.num_layers() > 0).then(|| tile.to_bytes().ok())?
}

/// A layer with the features of which something is left in the tile.
fn fill<'a>(
    layer: Layer,
    features: impl Iterator<Item = &'a layer::Feature>,
    shape: impl Fn(&[Piece]) -> Option<GeomData>,
    say: impl Fn(&mut Feature, u32),
) -> Layer {
    features.fold(layer, |layer, feature| match shape(&feature.pieces) {
        Some(geometry) => {
            let mut made = layer.into_feature(geometry);
            say(&mut made, feature.of);
            made.into_layer()
        }
        None => layer,
    })
}

fn number(feature: &mut Feature, key: &str, value: Option<u64>) {
    if let Some(value) = value {
        feature.add_tag_uint(key, value);
    }
}

impl Frame {
    /// What of polygons lies in the frame; `None` where nothing does.
    fn polygons(&self, pieces: &[Piece]) -> Option<GeomData> {
        let mut path = Path::new(GeomType::Polygon);
        for piece in pieces.iter().filter(|piece| self.meets(piece.low, piece.high)) {
            let rings = piece.chains.iter().map(|ring| self.ring(ring, piece.low, piece.high));
            for mut ring in Piece::polygon(rings).into_iter().flat_map(|cut| cut.chains) {
                // The encoder takes a ring that starts where the last one ended for its continuation.
                let start = ring.iter().position(|&at| Some(at) != path.end).unwrap_or_default();
                ring.rotate_left(start);
                path.add(self, &ring)?;
            }
        }
        path.finish()
    }

    /// What of lines lies in the frame; `None` where nothing does. A line that starts where the one before ends continues it.
    fn lines(&self, pieces: &[Piece]) -> Option<GeomData> {
        let mut joined: Vec<Vec<Step>> = Vec::new();
        for piece in pieces.iter().filter(|piece| self.meets(piece.low, piece.high)) {
            for line in piece.chains.iter().flat_map(|line| self.line(line, piece.low, piece.high)) {
                let Some(cut) = Piece::line(line) else { continue };
                for line in cut.chains {
                    match joined.last_mut().filter(|before| before.last() == line.first()) {
                        Some(before) => before.extend(&line[1..]),
                        None => joined.push(line),
                    }
                }
            }
        }
        let mut path = Path::new(GeomType::Linestring);
        for line in &joined {
            path.add(self, line)?;
        }
        path.finish()
    }
}

/// A geometry in the making.
struct Path {
    encoder: GeomEncoder<i32>,
    end: Option<Step>,
}

impl Path {
    fn new(kind: GeomType) -> Self {
        Self { encoder: GeomEncoder::new(kind), end: None }
    }

    fn add(&mut self, frame: &Frame, chain: &[Step]) -> Option<()> {
        for &at in chain {
            let (x, y) = frame.inner(at);
            self.encoder.add_point(x, y).ok()?;
        }
        self.end = chain.last().copied();
        self.encoder.complete_geom().ok()
    }

    fn finish(self) -> Option<GeomData> {
        self.end?;
        self.encoder.encode().ok()
    }
}
