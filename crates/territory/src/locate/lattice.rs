//! A uniform grid over a rectangle, and what lies in which of its cells.

use geo_types::Coord;

use super::crossing::is_left;

/// Cells are widened by this part of their width when edges are put into them, far beyond any rounding.
const SLACK: f64 = 1.0 / 1024.0;
/// A cell is at least this part of the largest coordinate wide, so that rounding stays far below [`SLACK`].
const FINEST: f64 = 1.0 / (1u64 << 30) as f64;

/// A grid of `columns` x `rows` cells from `origin` up and to the right.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lattice {
    origin: Coord<f64>,
    width: f64,
    height: f64,
    columns_per_degree: f64,
    rows_per_degree: f64,
    pub columns: u32,
    pub rows: u32,
    /// Where its cells start in the list of all cells.
    pub first: usize,
}

impl Lattice {
    /// A grid over a rectangle of at most `cells` cells, and so wide that the given edges pass through at most about
    /// `passes` cells in all. Cells have the form that makes passes fewest.
    pub fn fitted(
        (low, high): (Coord<f64>, Coord<f64>),
        edges: impl Iterator<Item = (Coord<f64>, Coord<f64>)>,
        cells: f64,
        passes: f64,
    ) -> Self {
        let size = high - low;
        // One border along each side stands in for the missing lengths of edges that all run one way.
        let run = edges.fold(size, |run, (a, b)| Coord {
            x: run.x + (b.x - a.x).abs().min(size.x),
            y: run.y + (b.y - a.y).abs().min(size.y),
        });
        let (across, up) = (run.x / size.x, run.y / size.y);
        let cells = cells.min(passes * passes / (4.0 * across * up)).max(1.0);
        let most = |size: f64, low: f64, high: f64| (size / (FINEST * low.abs().max(high.abs()))).max(1.0);
        let columns = (cells * up / across).sqrt().clamp(1.0, cells).min(most(size.x, low.x, high.x)).floor();
        let rows = (cells / columns).min(most(size.y, low.y, high.y)).floor();
        Self {
            origin: low,
            width: size.x / columns,
            height: size.y / rows,
            columns_per_degree: columns / size.x,
            rows_per_degree: rows / size.y,
            columns: columns as u32,
            rows: rows as u32,
            first: 0,
        }
    }

    pub fn cells(&self) -> usize {
        self.columns as usize * self.rows as usize
    }

    /// The place of a cell in the list of all cells.
    #[inline]
    pub fn index(&self, column: u32, row: u32) -> usize {
        self.first + row as usize * self.columns as usize + column as usize
    }

    /// The column and row of a point; points beside the grid belong to its outermost cells.
    #[inline]
    pub fn cell_of(&self, point: Coord<f64>) -> (u32, u32) {
        let scaled = self.scaled(point);
        ((scaled.x as u32).min(self.columns - 1), (scaled.y as u32).min(self.rows - 1))
    }

    /// The lower left corner of a cell, or of the cell that would follow the last.
    #[inline]
    pub fn corner(&self, column: u32, row: u32) -> Coord<f64> {
        Coord {
            x: self.origin.x + f64::from(column) * self.width,
            y: self.origin.y + f64::from(row) * self.height,
        }
    }

    /// A point in columns and rows from the origin.
    #[inline]
    fn scaled(&self, point: Coord<f64>) -> Coord<f64> {
        Coord {
            x: (point.x - self.origin.x) * self.columns_per_degree,
            y: (point.y - self.origin.y) * self.rows_per_degree,
        }
    }

    /// Calls `visit(row, columns)` for all cells that an edge passes through or comes very close to.
    pub fn passes(&self, (a, b): (Coord<f64>, Coord<f64>), mut visit: impl FnMut(u32, std::ops::Range<u32>)) {
        let (a, b) = (self.scaled(a), self.scaled(b));
        for row in near(a.y, b.y, self.rows) {
            let bottom = x_at(a, b, f64::from(row) - SLACK);
            let top = x_at(a, b, f64::from(row) + 1.0 + SLACK);
            let (from, to) = if a.y == b.y { (a.x, b.x) } else { (bottom, top) };
            visit(row, near(from, to, self.columns));
        }
    }

    /// The rows whose lower side an edge may cross.
    pub fn rows_near(&self, (a, b): (Coord<f64>, Coord<f64>)) -> std::ops::Range<u32> {
        near(self.scaled(a).y, self.scaled(b).y, self.rows)
    }

    /// The first corner of a row that lies on the other side of an edge than the corner of column 0 does, if any; the
    /// edge crosses the lower side of the row.
    pub fn first_column_beyond(&self, (a, b): (Coord<f64>, Coord<f64>), row: u32) -> Option<u32> {
        let guess = x_at(self.scaled(a), self.scaled(b), f64::from(row));
        first_beyond(guess, self.columns, |column| is_left(a, b, self.corner(column, row)))
    }

    /// The first corner of column 0 that lies on the other side of an edge than the corner of row 0 does, if any; the
    /// edge crosses the left side of the grid's columns.
    pub fn first_row_beyond(&self, (a, b): (Coord<f64>, Coord<f64>)) -> Option<u32> {
        let turned = |c: Coord<f64>| Coord { x: self.scaled(c).y, y: self.scaled(c).x };
        let guess = x_at(turned(a), turned(b), 0.0);
        first_beyond(guess, self.rows, |row| is_left(a, b, self.corner(0, row)))
    }
}

/// The whole numbers below `count` whose unit intervals come close to the interval between two numbers.
fn near(a: f64, b: f64, count: u32) -> std::ops::Range<u32> {
    let low = (a.min(b) - SLACK).floor().max(0.0);
    let high = (a.max(b) + SLACK).floor().min(f64::from(count) - 1.0);
    if low > high { 0..0 } else { low as u32..high as u32 + 1 }
}

/// Where the edge from `a` to `b`, which is not level, comes closest to the level `y`.
fn x_at(a: Coord<f64>, b: Coord<f64>, y: f64) -> f64 {
    let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
    let part = ((y - low.y) / (high.y - low.y)).clamp(0.0, 1.0);
    low.x + part * (high.x - low.x)
}

/// The first number below `count` where `is_left`, which changes once at most, differs from its value at 0.
fn first_beyond(guess: f64, count: u32, is_left: impl Fn(u32) -> bool) -> Option<u32> {
    let start = is_left(0);
    let mut first = (guess.max(0.0) as u32).min(count);
    while first > 0 && is_left(first - 1) != start {
        first -= 1;
    }
    while first < count && is_left(first) == start {
        first += 1;
    }
    (first < count).then_some(first)
}
