//! The cells of all grids, and how a point in a cell with borders finds its zone.

use geo_types::Coord;

use super::NO_ZONE;
use super::crossing::change_on_the_way;

/// Zones, vertices, grids and runs are fewer than this.
pub(super) const MOST: u32 = (1 << 30) - 1;

const MIXED: u32 = 2 << 30;
const FINER: u32 = 3 << 30;

/// What is known of a cell.
pub(super) enum Cell {
    /// One zone holds all of it, or [`NO_ZONE`].
    Whole(u32),
    /// Borders pass through: the runs that start at this place.
    Mixed(u32),
    /// Many borders pass through: the number of a grid of its own.
    Finer(u32),
}

/// A [`Cell`] in 32 bits.
#[derive(Debug, Clone, Copy)]
struct Code(u32);

impl Code {
    fn of(cell: &Cell) -> Self {
        match *cell {
            Cell::Whole(NO_ZONE) => Self(MOST),
            Cell::Whole(zone) => Self(zone),
            Cell::Mixed(runs) => Self(MIXED | runs),
            Cell::Finer(lattice) => Self(FINER | lattice),
        }
    }

    #[inline]
    fn cell(self) -> Cell {
        let number = self.0 & MOST;
        match self.0 & FINER {
            0 if number == MOST => Cell::Whole(NO_ZONE),
            0 => Cell::Whole(number),
            MIXED => Cell::Mixed(number),
            _ => Cell::Finer(number),
        }
    }
}

/// What comes after a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// More of the same ring.
    SameRing,
    /// Another ring of the same polygon.
    SamePolygon,
    /// Another polygon.
    Polygon,
    /// The zone that holds the rest of the cell: the end of the list.
    Rest,
}

/// Consecutive edges of a ring in a cell: `edges` of them from vertex `first` on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub zone: u32,
    pub first: u32,
    pub edges: u32,
    /// How often the ring winds around the corner of the cell; 0 in all but its first run.
    pub winding: i32,
    pub hole: bool,
    pub next: Next,
}

impl Run {
    /// The end of the list of a cell.
    pub fn rest(zone: u32) -> Self {
        Self { zone, first: 0, edges: 0, winding: 0, hole: false, next: Next::Rest }
    }
}

/// All cells and their runs.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells {
    codes: Vec<Code>,
    runs: Vec<Run>,
}

impl Cells {
    /// Makes room for as many cells; answers where it starts.
    pub fn reserve(&mut self, cells: usize) -> usize {
        let first = self.codes.len();
        self.codes.resize(first + cells, Code::of(&Cell::Whole(NO_ZONE)));
        first
    }

    pub fn set(&mut self, index: usize, cell: &Cell) {
        self.codes[index] = Code::of(cell);
    }

    /// Adds the runs of a cell; `None` where there are too many.
    pub fn add_runs(&mut self, runs: &[Run]) -> Option<Cell> {
        let first = self.runs.len();
        self.runs.extend_from_slice(runs);
        (self.runs.len() < MOST as usize).then_some(Cell::Mixed(first as u32))
    }

    pub fn shrink(&mut self) {
        self.codes.shrink_to_fit();
        self.runs.shrink_to_fit();
    }

    pub fn bytes(&self) -> usize {
        size_of_val(self.codes.as_slice()) + size_of_val(self.runs.as_slice())
    }

    #[inline]
    pub fn cell(&self, index: usize) -> Cell {
        self.codes[index].cell()
    }

    /// The zone that holds a point of a mixed cell: polygon by polygon in the order of zones.
    #[inline]
    pub fn resolve(&self, runs: u32, vertices: &[Coord<f64>], corner: Coord<f64>, point: Coord<f64>) -> u32 {
        let (mut winding, mut on_ring, mut held) = (0, false, true);
        for run in &self.runs[runs as usize..] {
            if run.next == Next::Rest {
                return run.zone;
            }
            winding += run.winding;
            let first = run.first as usize;
            for edge in vertices[first..=first + run.edges as usize].windows(2) {
                match change_on_the_way(edge[0], edge[1], corner, point) {
                    Some(change) => winding += change,
                    None => on_ring = true,
                }
            }
            if run.next == Next::SameRing {
                continue;
            }
            held &= on_ring || (winding != 0) != run.hole;
            (winding, on_ring) = (0, false);
            if run.next == Next::Polygon {
                if held {
                    return run.zone;
                }
                held = true;
            }
        }
        NO_ZONE
    }
}
