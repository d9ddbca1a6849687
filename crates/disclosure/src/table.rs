//! A table of rows and columns with its margins.

use rustc_hash::FxHashSet;

use crate::contributions::Contributions;
use crate::rule::Rule;
use crate::suppression::{Network, NetworkError, OUTSIDE, Place, Status, Value};

/// How much dearer a margin is than a cell of the same amount.
pub const MARGIN: u64 = 10;

/// One cell of a table; cells that are not given are empty, an open zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Its row, by index.
    pub row: u32,
    /// Its column, by index.
    pub column: u32,
    /// What it is made of, as far as it counts in sums: no contributor may be in two cells.
    pub contributions: Contributions,
    /// What it is judged by alone: the same, unless contributors stand behind several cells.
    pub alone: Contributions,
}

impl Cell {
    /// A cell whose contributors stand behind no other.
    pub fn new(row: u32, column: u32, contributions: Contributions) -> Self {
        Self { row, column, contributions, alone: contributions }
    }

    /// The same, judged by these contributions as long as it is alone.
    #[must_use]
    pub fn judged_by(self, alone: Contributions) -> Self {
        Self { alone, ..self }
    }
}

/// Which sums of a table are known to an outsider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sums {
    /// Those of rows and columns and the total, which are figures themselves and may be withheld.
    Margins,
    /// The total alone, which stands elsewhere and cannot be withheld.
    Total,
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
    protect_figures(rows, columns, Sums::Margins, &[cells], rule)
}

/// The same for several figures that are published or withheld together, such as employees and local units, or for one figure that
/// several kinds of contributors stand behind. `figures` hold the same cells in the same order, with empty contributions where a
/// cell has none of a figure. What one figure needs withheld is withheld from all, and each is looked at again until none needs more.
///
/// # Errors
/// Those of [`protect`]; figures with other cells. Cost: a few times that of [`protect`] for each figure.
pub fn protect_figures(
    rows: usize,
    columns: usize,
    sums: Sums,
    figures: &[&[Cell]],
    rule: &Rule,
) -> Result<Protected, NetworkError> {
    let first = figures.first().copied().unwrap_or_default();
    check(rows, columns, first)?;
    for figure in figures {
        same_cells(first, figure)?;
    }
    let values: Vec<Vec<Value>> = figures
        .iter()
        .map(|cells| match sums {
            Sums::Margins => with_margins(rows, columns, cells),
            Sums::Total => of_one_total(cells),
        })
        .collect();
    let number_of_sums = match sums {
        Sums::Margins => rows + columns + 2,
        Sums::Total => 1,
    };
    let mut statuses = vec![Status::Published; values.first().map_or(0, Vec::len)];
    let exposed = loop {
        let before = statuses.clone();
        let mut exposed = 0;
        for values in &values {
            // An empty value is not there: withholding it would protect nothing.
            let forced = values.iter().zip(&statuses).map(|(&value, status)| Value {
                withheld: status.withheld() && !value.contributions.is_empty(),
                ..value
            });
            let found = Network::new(number_of_sums, forced.collect())?.protect(rule);
            exposed += found.exposed.len() + found.exposed_sums.len();
            for (status, found) in statuses.iter_mut().zip(found.status) {
                *status = match (*status, found) {
                    (Status::Primary, _) | (_, Status::Primary) => Status::Primary,
                    (Status::Secondary, _) | (_, Status::Secondary) => Status::Secondary,
                    (Status::Published, Status::Published) => Status::Published,
                };
            }
        }
        if statuses == before {
            break exposed;
        }
    };
    let mut statuses = statuses.into_iter();
    let mut next = |count: usize| -> Vec<Status> {
        let found: Vec<Status> = statuses.by_ref().take(count).collect();
        let missing = count - found.len();
        found.into_iter().chain(std::iter::repeat_n(Status::Published, missing)).collect()
    };
    Ok(Protected {
        cells: next(first.len()),
        rows: next(rows),
        columns: next(columns),
        total: next(1).first().copied().unwrap_or_default(),
        exposed,
    })
}

fn check(rows: usize, columns: usize, cells: &[Cell]) -> Result<(), NetworkError> {
    let mut seen = FxHashSet::default();
    for (at, &Cell { row, column, .. }) in cells.iter().enumerate() {
        if row as usize >= rows || column as usize >= columns || !seen.insert((row, column)) {
            return Err(NetworkError::Cell { cell: at, row, column });
        }
    }
    Ok(())
}

fn same_cells(first: &[Cell], figure: &[Cell]) -> Result<(), NetworkError> {
    let place = |cell: &Cell| (cell.row, cell.column);
    match (0..first.len().max(figure.len())).find(|&at| first.get(at).map(place) != figure.get(at).map(place))
    {
        Some(at) => {
            let (row, column) = figure.get(at).or_else(|| first.get(at)).map(place).unwrap_or_default();
            Err(NetworkError::Cell { cell: at, row, column })
        }
        None => Ok(()),
    }
}

/// Cells, the sums of rows, those of columns, and the total.
fn with_margins(rows: usize, columns: usize, cells: &[Cell]) -> Vec<Value> {
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
        .map(|cell| {
            let places = [Place::Part(cell.row), Place::Part(column(cell.column))];
            Value::new(places, cell.contributions).judged_by(cell.alone)
        })
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
    values
}

/// Cells alone, all parts of one sum.
fn of_one_total(cells: &[Cell]) -> Vec<Value> {
    let places = [Place::Part(0), Place::Part(OUTSIDE)];
    cells.iter().map(|cell| Value::new(places, cell.contributions).judged_by(cell.alone)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(rows: &[&[&[f64]]]) -> Vec<Cell> {
        let cell = |row: usize, column: usize, amounts: &[f64]| {
            let units = amounts.iter().map(|&amount| Contributions::one(amount).unwrap());
            Cell::new(row as u32, column as u32, units.sum())
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

    /// Flows of persons, of whom each is in one cell.
    #[test]
    fn one_commuter_is_hidden_by_a_square_of_flows() {
        use Status::{Primary, Published, Secondary};
        let flow = |row, column, count| Cell::new(row, column, Contributions::persons(count));
        let flows = [flow(0, 0, 1), flow(0, 1, 20), flow(1, 0, 30), flow(1, 1, 40), flow(2, 0, 900)];
        let found = protect(3, 2, &flows, &Rule::default()).unwrap();
        assert_eq!(found.cells, [Primary, Secondary, Secondary, Secondary, Published]);
        assert_eq!((found.withheld(), found.exposed), ([1, 3], 0));
    }

    /// Three persons make a few trips each from 0 to 1, and most of theirs elsewhere; one makes one from 1 to 0.
    #[test]
    fn a_cell_is_judged_by_all_behind_it_and_counts_in_sums_once_for_each() {
        let many = Contributions::persons(50);
        let elsewhere = |row, column, alone| {
            Cell::new(row, column, Contributions::unknown()).judged_by(Contributions::persons(alone))
        };
        let diagonal = [Cell::new(0, 0, many), Cell::new(1, 1, many)];
        let safe = protect(2, 2, &[diagonal[0], elsewhere(0, 1, 3), diagonal[1]], &Rule::default()).unwrap();
        assert_eq!(safe.withheld(), [0, 0]);
        let unsafe_one = protect(2, 2, &[diagonal[0], elsewhere(1, 0, 1), diagonal[1]], &Rule::default());
        assert_eq!(unsafe_one.unwrap().cells[1], Status::Primary);
    }

    #[test]
    fn with_the_total_alone_one_further_cell_is_enough() {
        use Status::{Primary, Published, Secondary};
        let four = |amount: f64| [amount / 4.0; 4];
        let table = cells(&[&[&[5.0], &four(80.0)], &[&four(40.0), &four(60.0)]]);
        let found = protect_figures(2, 2, Sums::Total, &[&table], &Rule::default()).unwrap();
        assert_eq!(found.cells, [Primary, Published, Secondary, Published]);
        assert_eq!((found.rows.len(), found.withheld(), found.exposed), (2, [1, 1], 0));
        // A table of one cell cannot be protected from whoever knows the total.
        let found = protect_figures(1, 1, Sums::Total, &[&cells(&[&[&[5.0]]])], &Rule::default()).unwrap();
        assert!(found.exposed > 0);
    }

    /// Employees are told in the first column only; all cells have local units. What hides the one unit of employees must have employees.
    #[test]
    fn figures_are_protected_each_and_withheld_together() {
        let unit = |amount: f64| Contributions::one(amount).unwrap();
        let many = |amount: f64| (0..4).map(|_| unit(amount)).sum::<Contributions>();
        let nothing = Contributions::default();
        let employees = [(0, 0, unit(5.0)), (0, 1, nothing), (1, 0, many(9.0)), (1, 1, nothing)];
        let units = [1, 2, 4, 40].map(Contributions::persons);
        let employees = employees.map(|(row, column, of)| Cell::new(row, column, of));
        let units: Vec<Cell> = employees
            .iter()
            .zip(units)
            .map(|(cell, contributions)| Cell { contributions, alone: contributions, ..*cell })
            .collect();
        let found = protect_figures(2, 2, Sums::Margins, &[&employees, &units], &Rule::default()).unwrap();
        assert_eq!(found.exposed, 0);
        assert_eq!((found.cells[0], found.cells[1]), (Status::Primary, Status::Primary));
        assert!(
            found.cells[2].withheld() && found.rows[0].withheld(),
            "of the first row only one cell has employees"
        );
        let other = &units[..3];
        assert!(protect_figures(2, 2, Sums::Margins, &[&employees, other], &Rule::default()).is_err());
    }
}
