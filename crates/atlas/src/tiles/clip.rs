//! Cutting rings and lines to a tile, on the grid.

use super::EXTENT;
use super::mercator::Step;

/// How far a tile reaches into its neighbours, in steps: 8 pixels, so that a broad line is whole on both sides of the seam.
const BUFFER: i32 = 64;

/// A half of the map: where the coordinate `axis` is at most (or at least) `end`.
#[derive(Clone, Copy)]
struct Half {
    axis: usize,
    end: i32,
    below: bool,
}

impl Half {
    fn holds(self, at: Step) -> bool {
        if self.below { at[self.axis] <= self.end } else { at[self.axis] >= self.end }
    }

    /// Where a side meets the end of the half, to the nearest step. A side run the other way meets it at the same step, so neighbours
    /// are cut alike.
    fn crossing(self, from: Step, to: Step) -> Step {
        let (low, high) = if from[self.axis] < to[self.axis] { (from, to) } else { (to, from) };
        let [a, b] = [self.axis, 1 - self.axis];
        let run = i64::from(high[a] - low[a]);
        let rise = i64::from(high[b] - low[b]) * i64::from(self.end - low[a]);
        let mut at = [self.end; 2];
        at[b] = low[b] + (2 * rise + run).div_euclid(2 * run) as i32;
        at
    }

    /// What of a ring lies in the half (Sutherland & Hodgman 1974).
    fn ring(self, ring: &[Step]) -> Vec<Step> {
        let mut kept = Vec::with_capacity(ring.len());
        let Some(mut from) = ring.last().copied() else { return kept };
        for &to in ring {
            if self.holds(from) != self.holds(to) {
                kept.push(self.crossing(from, to));
            }
            if self.holds(to) {
                kept.push(to);
            }
            from = to;
        }
        kept
    }

    /// What of a line lies in the half.
    fn line(self, line: &[Step]) -> Vec<Vec<Step>> {
        let mut kept: Vec<Vec<Step>> = Vec::new();
        let mut current: Vec<Step> = Vec::new();
        for (at, &to) in line.iter().enumerate() {
            if let Some(from) = at
                .checked_sub(1)
                .map(|before| line[before])
                .filter(|&from| self.holds(from) != self.holds(to))
            {
                current.push(self.crossing(from, to));
            }
            if self.holds(to) {
                current.push(to);
            } else {
                kept.extend((current.len() > 1).then(|| std::mem::take(&mut current)));
                current.clear();
            }
        }
        kept.extend((current.len() > 1).then_some(current));
        kept
    }
}

/// A tile with its buffer, in steps of the grid of its zoom.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    low: Step,
    high: Step,
}

impl Frame {
    pub fn of(tile: [u32; 2]) -> Self {
        let start = tile.map(|at| (at * EXTENT) as i32);
        Self { low: start.map(|at| at - BUFFER), high: start.map(|at| at + EXTENT as i32 + BUFFER) }
    }

    /// The tiles that a rectangle meets with their buffers: lowest and highest column and row.
    pub fn around(low: Step, high: Step, z: u8) -> [[u32; 2]; 2] {
        let last = (1u32 << z) - 1;
        let tile = |at: i32| ((at.max(0) as u32) / EXTENT).min(last);
        [low.map(|at| tile(at - BUFFER)), high.map(|at| tile(at + BUFFER))]
    }

    /// A position as the tile counts it.
    pub fn inner(&self, at: Step) -> (i32, i32) {
        (at[0] - self.low[0] - BUFFER, at[1] - self.low[1] - BUFFER)
    }

    pub fn meets(&self, low: Step, high: Step) -> bool {
        (0..2).all(|axis| low[axis] <= self.high[axis] && high[axis] >= self.low[axis])
    }

    /// The halves of the map that do not hold the whole rectangle.
    fn halves(&self, low: Step, high: Step) -> impl Iterator<Item = Half> {
        let ends = [(0, false), (0, true), (1, false), (1, true)].map(|(axis, below)| Half {
            axis,
            below,
            end: if below { self.high[axis] } else { self.low[axis] },
        });
        ends.into_iter().filter(move |half| !(half.holds(low) && half.holds(high)))
    }

    /// What of a ring within the rectangle lies in the frame.
    pub fn ring(&self, ring: &[Step], low: Step, high: Step) -> Vec<Step> {
        self.halves(low, high).fold(ring.to_vec(), |ring, half| half.ring(&ring))
    }

    /// What of a line within the rectangle lies in the frame.
    pub fn line(&self, line: &[Step], low: Step, high: Step) -> Vec<Vec<Step>> {
        self.halves(low, high)
            .fold(vec![line.to_vec()], |lines, half| lines.iter().flat_map(|line| half.line(line)).collect())
    }
}
