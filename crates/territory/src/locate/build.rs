//! The sweep that fills the cells, row by row from the lower left.

use std::ops::Range;

use geo_types::Coord;

use super::cells::{Cell, Cells, MOST, Next, Run};
use super::crossing::{change, is_left, spans_x, spans_y};
use super::lattice::Lattice;
use super::outlines::Outlines;
use super::standing::Standing;
use super::{LocateError, NO_ZONE};

/// Cells of a grid per edge in it, at most.
const CELLS_PER_EDGE: f64 = 2.0;
/// Cells an edge passes through, at most on average.
const PASSES_PER_EDGE: f64 = 4.0;
/// A cell with more edges gets a grid of its own.
const MOST_EDGES: usize = 24;
/// Cells of a grid inside a cell, at most.
const MOST_FINER_CELLS: f64 = 4096.0;
/// Grids inside each other, at most: keeps memory linear whatever the borders look like.
const DEPTH: u32 = 3;

/// The grids over all zones, the first over the whole country, and their cells.
/// Cost: n log n in vertices; memory linear.
pub(super) fn lattices(outlines: &Outlines) -> Result<(Vec<Lattice>, Cells), LocateError> {
    let mut sweep = Sweep {
        outlines,
        standing: Standing::outside(outlines),
        lattices: Vec::new(),
        cells: Cells::default(),
    };
    let edges: Vec<u32> = outlines.edges().collect();
    if !edges.is_empty() {
        sweep.add_lattice(around(outlines.bounds()), &edges, 1)?;
    }
    sweep.cells.shrink();
    Ok((sweep.lattices, sweep.cells))
}

/// A rectangle around the country whose lower left corner lies outside of all zones.
fn around((low, high): (Coord<f64>, Coord<f64>)) -> (Coord<f64>, Coord<f64>) {
    let largest = [low.x, low.y, high.x, high.y].into_iter().fold(1e-9, |most: f64, c| most.max(c.abs()));
    let margin = |size: f64| (size / 4096.0).max(largest / f64::from(1 << 20));
    let margin = Coord { x: margin(high.x - low.x), y: margin(high.y - low.y) };
    (low - margin, high + margin)
}

struct Sweep<'a> {
    outlines: &'a Outlines,
    standing: Standing,
    lattices: Vec<Lattice>,
    cells: Cells,
}

/// An edge crossed on the way from the first corner of a row to that of a column.
struct Crossing {
    column: u32,
    ring: u32,
    change: i32,
}

impl Sweep<'_> {
    /// Adds a grid over a rectangle with the edges that pass through it. The sweep stands at its lower left corner and
    /// comes back there.
    fn add_lattice(
        &mut self,
        area: (Coord<f64>, Coord<f64>),
        edges: &[u32],
        depth: u32,
    ) -> Result<u32, LocateError> {
        let ends = edges.iter().map(|&edge| self.outlines.ends(edge));
        let count = edges.len() as f64;
        let cells = CELLS_PER_EDGE * count;
        let cells = if depth > 1 { cells.min(MOST_FINER_CELLS) } else { cells };
        let mut lattice = Lattice::fitted(area, ends, cells, PASSES_PER_EDGE * count);
        lattice.first = self.cells.reserve(lattice.cells());
        let number = self.lattices.len() as u32;
        if number >= MOST {
            return Err(LocateError::TooLarge);
        }
        self.lattices.push(lattice);

        let inside = Grouped::new(lattice.cells(), |put| self.edges_by_cell(&lattice, edges, put));
        let up = Grouped::new(lattice.rows as usize, |put| self.crossings_up(&lattice, edges, put));
        let mut along = Grouped::new(lattice.rows as usize, |put| self.crossings_along(&lattice, edges, put));
        for row in 0..lattice.rows {
            self.cross(up.of(row as usize), 1);
            let crossings = along.of_mut(row as usize);
            crossings.sort_unstable_by_key(|crossing| (crossing.column, crossing.ring, crossing.change));
            let mut crossings = &*crossings;
            for column in 0..lattice.columns {
                let here = crossings.partition_point(|crossing| crossing.column <= column);
                self.cross(&crossings[..here], 1);
                crossings = &crossings[here..];
                let index = lattice.index(column, row);
                let cell = self.cell(&lattice, (column, row), inside.of(index - lattice.first), depth)?;
                self.cells.set(index, &cell);
            }
            let left = crossings.len();
            let all = along.of(row as usize);
            self.cross(&all[..all.len() - left], -1);
        }
        self.cross(&up.items, -1);
        Ok(number)
    }

    fn cross(&mut self, crossings: &[Crossing], sign: i32) {
        for crossing in crossings {
            self.standing.cross(self.outlines, crossing.ring, sign * crossing.change);
        }
    }

    fn edges_by_cell(&self, lattice: &Lattice, edges: &[u32], put: &mut dyn FnMut(usize, u32)) {
        for &edge in edges {
            lattice.passes(self.outlines.ends(edge), |row, columns| {
                for column in columns {
                    put(lattice.index(column, row) - lattice.first, edge);
                }
            });
        }
    }

    /// The edges crossed on the way up the first column, by the row whose corner is the first beyond.
    fn crossings_up(&self, lattice: &Lattice, edges: &[u32], put: &mut dyn FnMut(usize, Crossing)) {
        let start = lattice.corner(0, 0);
        for &edge in edges {
            let (a, b) = self.outlines.ends(edge);
            if spans_x(a, b, start.x)
                && let Some(row) = lattice.first_row_beyond((a, b))
            {
                let left = is_left(a, b, start);
                let crossing =
                    Crossing { column: 0, ring: self.outlines.ring_of(edge), change: change(left, !left) };
                put(row as usize, crossing);
            }
        }
    }

    /// The edges crossed on the way along the lower side of each row.
    fn crossings_along(&self, lattice: &Lattice, edges: &[u32], put: &mut dyn FnMut(usize, Crossing)) {
        for &edge in edges {
            let (a, b) = self.outlines.ends(edge);
            for row in lattice.rows_near((a, b)) {
                let start = lattice.corner(0, row);
                if spans_y(a, b, start.y)
                    && let Some(column) = lattice.first_column_beyond((a, b), row)
                {
                    let left = is_left(a, b, start);
                    let crossing =
                        Crossing { column, ring: self.outlines.ring_of(edge), change: change(left, !left) };
                    put(row as usize, crossing);
                }
            }
        }
    }

    /// What is known of a cell at whose lower left corner the sweep stands, from the edges that pass through it.
    fn cell(
        &mut self,
        lattice: &Lattice,
        (column, row): (u32, u32),
        edges: &[u32],
        depth: u32,
    ) -> Result<Cell, LocateError> {
        let polygons = self.polygons_of(edges);
        let among = |polygon: u32| polygons.binary_search_by_key(&polygon, |found| found.polygon).is_ok();
        let rest = self.standing.holding().find(|&polygon| !among(polygon));
        let rest = rest.map_or(NO_ZONE, |polygon| self.outlines.polygons[polygon as usize].zone);
        let open: Vec<&Passing> = polygons.iter().filter(|found| self.is_open(found, edges, rest)).collect();
        if open.is_empty() {
            return Ok(Cell::Whole(rest));
        }
        let count: usize = open.iter().map(|found| found.edges.len()).sum();
        if count > MOST_EDGES && depth < DEPTH {
            let kept: Vec<u32> = open.iter().flat_map(|found| &edges[found.edges.clone()]).copied().collect();
            let area = (lattice.corner(column, row), lattice.corner(column + 1, row + 1));
            return self.add_lattice(area, &kept, depth + 1).map(Cell::Finer);
        }
        let mut runs = Vec::new();
        for found in open {
            self.push_runs(&edges[found.edges.clone()], &mut runs);
        }
        runs.push(Run::rest(rest));
        self.cells.add_runs(&runs).ok_or(LocateError::TooLarge)
    }

    /// The polygons of ascending edges.
    fn polygons_of(&self, edges: &[u32]) -> Vec<Passing> {
        let mut found: Vec<Passing> = Vec::new();
        for (i, &edge) in edges.iter().enumerate() {
            let known = found.last().is_some_and(|last| edge < last.end);
            match found.last_mut() {
                Some(last) if known => last.edges.end = i + 1,
                _ => {
                    let polygon = self.outlines.rings[self.outlines.ring_of(edge) as usize].polygon;
                    let last_ring = self.outlines.rings_of(polygon).end - 1;
                    let end = self.outlines.rings[last_ring as usize].last;
                    found.push(Passing { polygon, end, edges: i..i + 1 });
                }
            }
        }
        found
    }

    /// Whether a polygon may hold a point of the cell that no lower zone holds for sure: its zone comes before that of
    /// the rest of the cell, and the rings of it that do not pass through the cell leave it open.
    fn is_open(&self, found: &Passing, edges: &[u32], rest: u32) -> bool {
        let outline = self.outlines.polygons[found.polygon as usize];
        if outline.zone >= rest {
            return false;
        }
        let edges = &edges[found.edges.clone()];
        let exterior = self.outlines.rings[outline.exterior as usize];
        let exterior_passes = edges[0] < exterior.last;
        let mut holes_around = self.standing.holes_around(found.polygon);
        let mut end = exterior.last;
        for &edge in edges.iter().filter(|&&edge| edge >= exterior.last) {
            if edge >= end {
                let ring = self.outlines.ring_of(edge);
                end = self.outlines.rings[ring as usize].last;
                holes_around -= u32::from(self.standing.winding(ring) != 0);
            }
        }
        holes_around == 0 && (exterior_passes || self.standing.winding(outline.exterior) != 0)
    }

    /// Adds the runs of one polygon.
    fn push_runs(&self, edges: &[u32], runs: &mut Vec<Run>) {
        let start = runs.len();
        let mut ring_before = None;
        for consecutive in edges.chunk_by(|a, b| a + 1 == *b) {
            let number = self.outlines.ring_of(consecutive[0]);
            let ring = self.outlines.rings[number as usize];
            let goes_on = ring_before == Some(number);
            if let Some(last) = runs[start..].last_mut() {
                last.next = if goes_on { Next::SameRing } else { Next::SamePolygon };
            }
            runs.push(Run {
                zone: self.outlines.polygons[ring.polygon as usize].zone,
                first: consecutive[0],
                edges: consecutive.len() as u32,
                winding: if goes_on { 0 } else { self.standing.winding(number) },
                hole: ring.hole,
                next: Next::Polygon,
            });
            ring_before = Some(number);
        }
    }
}

/// A polygon whose rings pass through a cell: where its edges stand in the list of the cell, and the edge after
/// its last one anywhere.
struct Passing {
    polygon: u32,
    end: u32,
    edges: Range<usize>,
}

/// Items by group, in the order they were put.
struct Grouped<T> {
    starts: Vec<usize>,
    items: Vec<T>,
}

impl<T> Grouped<T> {
    /// Groups what `fill` puts. Cost: n log n.
    fn new(groups: usize, fill: impl FnOnce(&mut dyn FnMut(usize, T))) -> Self {
        let mut pairs: Vec<(usize, T)> = Vec::new();
        fill(&mut |group, item| pairs.push((group, item)));
        pairs.sort_by_key(|(group, _)| *group);
        let mut starts = vec![0; groups + 1];
        for (group, _) in &pairs {
            starts[group + 1] += 1;
        }
        for group in 0..groups {
            starts[group + 1] += starts[group];
        }
        Self { starts, items: pairs.into_iter().map(|(_, item)| item).collect() }
    }

    fn of(&self, group: usize) -> &[T] {
        &self.items[self.starts[group]..self.starts[group + 1]]
    }

    fn of_mut(&mut self, group: usize) -> &mut [T] {
        &mut self.items[self.starts[group]..self.starts[group + 1]]
    }
}
