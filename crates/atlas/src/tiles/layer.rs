//! Features on the grid of a zoom, found by tile.

use super::clip::Frame;
use super::mercator::Step;

/// One polygon (its exterior, then its holes, as open rings) or one line, with the rectangle around it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub chains: Vec<Vec<Step>>,
    pub low: Step,
    pub high: Step,
}

impl Piece {
    /// A polygon with exterior and holes turned as tiles want them: the exterior has a positive area where y runs down. `None` where
    /// the exterior has no area on the grid; holes without area are left out.
    pub fn polygon(rings: impl IntoIterator<Item = Vec<Step>>) -> Option<Self> {
        let mut turned: Vec<Vec<Step>> = Vec::new();
        for ring in rings {
            let exterior = turned.is_empty();
            match turn(ring, exterior) {
                Some(ring) => turned.push(ring),
                None if exterior => return None,
                None => {}
            }
        }
        Self::around(turned)
    }

    /// A line; `None` where it is no longer than a step is wide.
    pub fn line(mut line: Vec<Step>) -> Option<Self> {
        line.dedup();
        (line.len() > 1).then_some(vec![line]).and_then(Self::around)
    }

    /// The smallest square at a position.
    pub fn dot([x, y]: Step) -> Self {
        Self {
            chains: vec![vec![[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]]],
            low: [x, y],
            high: [x + 1, y + 1],
        }
    }

    fn around(chains: Vec<Vec<Step>>) -> Option<Self> {
        let &first = chains.first()?.first()?;
        let (low, high) = chains[0].iter().fold((first, first), |(low, high), at| {
            ([low[0].min(at[0]), low[1].min(at[1])], [high[0].max(at[0]), high[1].max(at[1])])
        });
        Some(Self { chains, low, high })
    }
}

/// A ring without repeated positions, turned so that its area is positive (or negative, for a hole); `None` where it has none.
fn turn(mut ring: Vec<Step>, positive: bool) -> Option<Vec<Step>> {
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let area = twice_area(&ring);
    if area != 0 && (area > 0) != positive {
        ring.reverse();
    }
    (area != 0).then_some(ring)
}

/// Twice the area of an open ring in square steps, positive where it runs clockwise on the screen.
fn twice_area(ring: &[Step]) -> i64 {
    let Some(&origin) = ring.first() else { return 0 };
    let from = |at: Step| [0, 1].map(|axis| i64::from(at[axis]) - i64::from(origin[axis]));
    ring.windows(2).map(|side| (from(side[0]), from(side[1]))).map(|(p, q)| p[0] * q[1] - q[0] * p[1]).sum()
}

/// What stands for one zone, area or border.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Feature {
    /// What it stands for: a place in the list it was made from.
    pub of: u32,
    pub pieces: Vec<Piece>,
}

/// Features with the tiles they lie in.
#[derive(Debug)]
pub(super) struct Layer {
    features: Vec<Feature>,
    /// Tile and place of the feature, ascending.
    cover: Vec<([u32; 2], u32)>,
}

impl Layer {
    /// Cost: n log n in features and the tiles of each piece's rectangle.
    pub fn new(features: Vec<Feature>, z: u8) -> Self {
        let mut cover = Vec::with_capacity(features.len());
        for (at, feature) in features.iter().enumerate() {
            let first = cover.len();
            for piece in &feature.pieces {
                let [low, high] = Frame::around(piece.low, piece.high, z);
                for x in low[0]..=high[0] {
                    cover.extend((low[1]..=high[1]).map(|y| ([x, y], at as u32)));
                }
            }
            if feature.pieces.len() > 1 {
                cover[first..].sort_unstable();
                let mut kept = cover.split_off(first);
                kept.dedup();
                cover.append(&mut kept);
            }
        }
        cover.sort_unstable();
        Self { features, cover }
    }

    /// All features, in their order.
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// The features that may lie in a tile, in their order.
    pub fn at(&self, tile: [u32; 2]) -> impl Iterator<Item = &Feature> {
        let start = self.cover.partition_point(|&(other, _)| other < tile);
        let found = self.cover[start..].iter().take_while(move |&&(other, _)| other == tile);
        found.map(|&(_, at)| &self.features[at as usize])
    }

    /// The tiles that may hold something, ascending.
    pub fn tiles(&self) -> impl Iterator<Item = [u32; 2]> {
        self.cover.chunk_by(|a, b| a.0 == b.0).map(|same| same[0].0)
    }
}
