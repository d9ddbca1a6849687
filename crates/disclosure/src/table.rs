//! A table of rows and columns with its margins.

use rustc_hash::FxHashSet;

use crate::contributions::Contributions;
use crate::rule::Rule;
use crate::suppression::{Network, NetworkError, Place, Protection, Status, Value};

/// How much dearer a margin is than a cell of the same amount.
pub const MARGIN: u64 = 10;

/// One cell of a table; cells that are not given are empty, an open zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Its row, by index.
    pub row: u32,
    /// Its column, by index.
    pub column: u32,
    /// What it is made of.
    pub contributions: Contributions,
}

/// What of a table is published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Protected {
    /// By cell, in the order given.
    pub cells: Vec<Status>,
    /// By row: the sum of its cells.
    pub rows: Vec<Status>,
    /// By column: the sum of its cells.
    pub columns: Vec<Status>,
    /// The sum of all cells.
    pub total: Status,
    /// Withheld figures, of cells and margins, that can be computed all the same: none, unless the table has nothing else.
    pub exposed: usize,
}

impl Protected {
    /// How many figures, margins included, are withheld: for themselves, and for others.
    pub fn withheld(&self) -> [usize; 2] {
        let all = || self.cells.iter().chain(&self.rows).chain(&self.columns).chain([&self.total]);
        [Status::Primary, Status::Secondary].map(|status| all().filter(|&&found| found == status).count())
    }
}

/// Decides for every cell and margin of a table whether it is published: see [`Network::protect`], of which this is the common case.
/// Margins are withheld only where cells would cost more than [`MARGIN`] times as much, or do not suffice.
///
/// # Errors
/// A cell outside the table, or the same cell twice. Cost: that of [`Network::protect`] on cells and margins.
pub fn protect(rows: usize, columns: usize, cells: &[Cell], rule: &Rule) -> Result<Protected, NetworkError> {
    let mut seen = FxHashSet::default();
    for (at, &Cell { row, column, .. }) in cells.iter().enumerate() {
        if row as usize >= rows || column as usize >= columns || !seen.insert((row, column)) {
            return Err(NetworkError::Cell { cell: at, row, column });
        }
    }
    drop(seen);
    let (mut of_rows, mut of_columns) =
        (vec![Contributions::default(); rows], vec![Contributions::default(); columns]);
    for cell in cells {
        for sum in [&mut of_rows[cell.row as usize], &mut of_columns[cell.column as usize]] {
            *sum = sum.merge(cell.contributions);
        }
    }
    let total: Contributions = of_rows.iter().copied().sum();
    // Sums: rows, columns, the row of column totals, the column of row totals.
    let column = |column: u32| rows as u32 + column;
    let (last_row, last_column) = ((rows + columns) as u32, (rows + columns) as u32 + 1);
    let mut values: Vec<Value> = cells
        .iter()
        .map(|cell| Value::new([Place::Part(cell.row), Place::Part(column(cell.column))], cell.contributions))
        .collect();
    let margin = |places, contributions| Value::new(places, contributions).dearer(MARGIN);
    values.extend(
        (0..).zip(&of_rows).map(|(row, &sum)| margin([Place::Total(row), Place::Part(last_column)], sum)),
    );
    values.extend(
        (0..)
            .zip(&of_columns)
            .map(|(at, &sum)| margin([Place::Total(column(at)), Place::Part(last_row)], sum)),
    );
    values.push(margin([Place::Total(last_row), Place::Total(last_column)], total));
    let Protection { status, exposed, exposed_sums } =
        Network::new(rows + columns + 2, values)?.protect(rule);
    let (cells, margins) = status.split_at(cells.len());
    let (rows, margins) = margins.split_at(rows);
    let (columns, total) = margins.split_at(columns);
    Ok(Protected {
        cells: cells.to_vec(),
        rows: rows.to_vec(),
        columns: columns.to_vec(),
        total: total.first().copied().unwrap_or_default(),
        exposed: exposed.len() + exposed_sums.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(rows: &[&[&[f64]]]) -> Vec<Cell> {
        let cell = |row: usize, column: usize, amounts: &[f64]| Cell {
            row: row as u32,
            column: column as u32,
            contributions: amounts.iter().map(|&amount| Contributions::one(amount).unwrap()).sum(),
        };
        rows.iter()
            .enumerate()
            .flat_map(|(row, cells)| {
                cells.iter().enumerate().map(move |(column, amounts)| cell(row, column, amounts))
            })
            .collect()
    }

    /// On paper: one unit in the corner. The cheapest square through it uses the 8 and the 8 beside it and the 12 across.
    #[test]
    fn one_unsafe_cell_is_protected_by_the_cheapest_square() {
        use Status::{Primary, Published, Secondary};
        let four = |amount: f64| [amount / 4.0; 4];
        let (eight, twelve, forty) = (four(8.0), four(12.0), four(40.0));
        let table =
            cells(&[&[&[5.0], &eight, &forty], &[&eight, &twelve, &forty], &[&forty, &forty, &forty]]);
        let found = protect(3, 3, &table, &Rule::default()).unwrap();
        assert_eq!(
            found.cells,
            [Primary, Secondary, Published, Secondary, Secondary, Published, Published, Published, Published]
        );
        assert_eq!((&found.rows[..], &found.columns[..]), (&[Published; 3][..], &[Published; 3][..]));
        assert_eq!((found.total, found.exposed, found.withheld()), (Published, 0, [1, 3]));
    }

    /// A single figure is its own row, column and total: all four are the same figure.
    #[test]
    fn a_table_of_one_unsafe_cell_is_withheld_whole() {
        let found = protect(1, 1, &cells(&[&[&[5.0]]]), &Rule::default()).unwrap();
        assert_eq!((found.withheld(), found.exposed), ([4, 0], 0));
    }

    #[test]
    fn an_empty_table_and_a_safe_one_are_published_whole() {
        assert_eq!(protect(0, 0, &[], &Rule::default()).unwrap().withheld(), [0, 0]);
        let safe = [1.0; 3];
        assert_eq!(protect(1, 2, &cells(&[&[&safe, &[]]]), &Rule::default()).unwrap().withheld(), [0, 0]);
    }

    #[test]
    fn cells_outside_the_table_or_given_twice_are_refused() {
        let cell = cells(&[&[&[1.0]]])[0];
        for cells in [vec![cell, cell], vec![Cell { row: 1, ..cell }], vec![Cell { column: 1, ..cell }]] {
            assert!(matches!(protect(1, 1, &cells, &Rule::default()), Err(NetworkError::Cell { .. })));
        }
    }
}
