//! Points within a distance, without looking at all of them.

/// Points sorted into square cells.
pub(super) struct Grid {
    west: f64,
    south: f64,
    cell: f64,
    columns: usize,
    rows: usize,
    start: Vec<usize>,
    points: Vec<usize>,
}

impl Grid {
    /// Sorts points into cells of side `cell`.
    pub(super) fn new(points: &[[f64; 2]], cell: f64) -> Self {
        let bound = |axis: usize, side: fn(f64, f64) -> f64, none: f64| {
            points.iter().map(|p| p[axis]).fold(none, side)
        };
        let (west, south) = (bound(0, f64::min, f64::MAX), bound(1, f64::min, f64::MAX));
        let (east, north) = (bound(0, f64::max, west), bound(1, f64::max, south));
        let columns = ((east - west) / cell) as usize + 1;
        let rows = ((north - south) / cell) as usize + 1;
        let cell_of =
            |p: &[f64; 2]| ((p[1] - south) / cell) as usize * columns + ((p[0] - west) / cell) as usize;
        let mut start = vec![0; columns * rows + 1];
        for point in points {
            start[cell_of(point) + 1] += 1;
        }
        for cell in 0..columns * rows {
            start[cell + 1] += start[cell];
        }
        let mut next = start.clone();
        let mut sorted = vec![0; points.len()];
        for (i, point) in points.iter().enumerate() {
            let at = &mut next[cell_of(point)];
            sorted[*at] = i;
            *at += 1;
        }
        Self { west, south, cell, columns, rows, start, points: sorted }
    }

    /// Calls `visit(point, distance)` for every point at most `radius` from `centre`, by cell, then index.
    pub(super) fn within(
        &self,
        points: &[[f64; 2]],
        centre: [f64; 2],
        radius: f64,
        mut visit: impl FnMut(usize, f64),
    ) {
        let cell =
            |from: f64, to: f64, cells: usize| (((to - from) / self.cell).max(0.0) as usize).min(cells - 1);
        let columns = cell(self.west, centre[0] - radius, self.columns)
            ..=cell(self.west, centre[0] + radius, self.columns);
        for row in
            cell(self.south, centre[1] - radius, self.rows)..=cell(self.south, centre[1] + radius, self.rows)
        {
            let first = self.start[row * self.columns + columns.start()];
            let last = self.start[row * self.columns + columns.end() + 1];
            for &point in &self.points[first..last] {
                let away = distance(points[point], centre);
                if away <= radius {
                    visit(point, away);
                }
            }
        }
    }
}

/// Distance in the plane.
pub(super) fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (x, y) = (a[0] - b[0], a[1] - b[1]);
    (x * x + y * y).sqrt()
}
