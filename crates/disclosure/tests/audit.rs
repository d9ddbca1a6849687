//! What an outsider can compute from a protected table, by plain elimination: nothing that is withheld.

#![allow(clippy::unwrap_used, reason = "tests")]

use distretto_disclosure::{Cell, Contributions, Protected, Rule, Sums, protect, protect_figures};
use proptest::prelude::*;
use proptest::strategy::ValueTree;

const P: i64 = 2_147_483_647;

fn power(mut base: i64, mut exponent: i64) -> i64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % P;
        }
        base = base * base % P;
        exponent >>= 1;
    }
    result
}

/// Indices of the unknowns that a system of linear equations determines: in reduced echelon form (over a prime field; the equations
/// of a table have the same rank in every field) a row with a single entry.
fn determined(mut rows: Vec<Vec<i64>>, unknowns: usize) -> Vec<usize> {
    let mut reduced: Vec<Vec<i64>> = Vec::new();
    for column in 0..unknowns {
        let Some(at) = rows.iter().position(|row| row[column] != 0) else { continue };
        let mut pivot = rows.swap_remove(at);
        let inverse = power(pivot[column], P - 2);
        for x in &mut pivot {
            *x = *x * inverse % P;
        }
        for row in rows.iter_mut().chain(&mut reduced) {
            let factor = row[column];
            for (x, y) in row.iter_mut().zip(&pivot) {
                *x = (*x + (P - factor) * y) % P;
            }
        }
        reduced.push(pivot);
    }
    let single = |row: &Vec<i64>| {
        let mut entries = (0..unknowns).filter(|&at| row[at] != 0);
        entries.next().filter(|_| entries.next().is_none())
    };
    reduced.iter().filter_map(single).collect()
}

/// The equations of a table of `rows` x `columns` with margins; unknown are the figures that `hidden` says, by row and column, margins last.
fn equations(rows: usize, columns: usize, hidden: &dyn Fn(usize, usize) -> bool) -> (Vec<Vec<i64>>, usize) {
    let unknowns: Vec<(usize, usize)> = (0..=rows)
        .flat_map(|row| (0..=columns).map(move |column| (row, column)))
        .filter(|&(row, column)| hidden(row, column))
        .collect();
    let entry = |belongs: bool, total: bool| i64::from(belongs) * if total { P - 1 } else { 1 };
    let by_row = (0..=rows)
        .map(|row| unknowns.iter().map(|at| entry(at.0 == row, at.1 == columns)).collect::<Vec<_>>());
    let by_column =
        (0..=columns).map(|column| unknowns.iter().map(|at| entry(at.1 == column, at.0 == rows)).collect());
    (by_row.chain(by_column).collect(), unknowns.len())
}

fn hidden_in(found: &Protected, cells: &[Cell], rows: usize, columns: usize) -> Vec<Vec<bool>> {
    let mut hidden = vec![vec![false; columns + 1]; rows + 1];
    for (cell, status) in cells.iter().zip(&found.cells) {
        hidden[cell.row as usize][cell.column as usize] = status.withheld();
    }
    for (row, status) in found.rows.iter().enumerate() {
        hidden[row][columns] = status.withheld();
    }
    for (column, status) in found.columns.iter().enumerate() {
        hidden[rows][column] = status.withheld();
    }
    hidden[rows][columns] = found.total.withheld();
    hidden
}

fn leaks(hidden: &[Vec<bool>]) -> usize {
    let (rows, columns) = (hidden.len() - 1, hidden[0].len() - 1);
    let (equations, unknowns) = equations(rows, columns, &|row, column| hidden[row][column]);
    determined(equations, unknowns).len()
}

fn table() -> impl Strategy<Value = (usize, usize, Vec<Cell>)> {
    (1usize..7, 1usize..7).prop_flat_map(|(rows, columns)| {
        let units = prop::collection::vec(1u32..60, 0..7);
        prop::collection::vec(units, rows * columns).prop_map(move |all| {
            let cell = |at: usize, units: &Vec<u32>| {
                let units = units.iter().map(|&unit| Contributions::one(f64::from(unit)).unwrap());
                Cell::new((at / columns) as u32, (at % columns) as u32, units.sum())
            };
            (rows, columns, all.iter().enumerate().map(|(at, units)| cell(at, units)).collect())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]
    #[test]
    fn nothing_withheld_can_be_computed((rows, columns, cells) in table()) {
        let rule = Rule::default();
        let found = protect(rows, columns, &cells, &rule).unwrap();
        prop_assert_eq!(found.exposed, 0, "a table with its margins can always be protected");
        let hidden = hidden_in(&found, &cells, rows, columns);
        prop_assert_eq!(leaks(&hidden), 0);
        for (cell, status) in cells.iter().zip(&found.cells) {
            prop_assert!(status.withheld() || rule.judge(&cell.contributions).is_none());
            prop_assert!(!status.withheld() || !cell.contributions.is_empty(), "an empty cell protects nothing");
        }
        // The withheld cells of a row with a known total are safe together.
        for (row, hidden) in hidden.iter().take(rows).enumerate() {
            let parts = cells.iter().filter(|cell| cell.row as usize == row && hidden[cell.column as usize]);
            let together: Contributions = parts.map(|cell| cell.contributions).sum();
            prop_assert!(hidden[columns] || rule.judge(&together).is_none(), "row {}", row);
        }
    }
}

proptest! {
    /// Two figures withheld together, of which a cell may lack the first: neither can be computed.
    #[test]
    fn nothing_withheld_of_two_figures_can_be_computed((rows, columns, units) in table(), lacks in prop::collection::vec(any::<bool>(), 49)) {
        let rule = Rule::default();
        let amounts: Vec<Cell> = units
            .iter()
            .zip(&lacks)
            .map(|(cell, &lacks)| if lacks { Cell::new(cell.row, cell.column, Contributions::default()) } else { *cell })
            .collect();
        let counts: Vec<Cell> = units
            .iter()
            .map(|cell| Cell::new(cell.row, cell.column, Contributions::persons(cell.contributions.count())))
            .collect();
        let found = protect_figures(rows, columns, Sums::Margins, &[&amounts, &counts], &rule).unwrap();
        prop_assert_eq!(found.exposed, 0);
        prop_assert_eq!(leaks(&hidden_in(&found, &counts, rows, columns)), 0);
        // Of the first figure whatever lacks it is known to be nothing, sums included.
        let mut hidden = hidden_in(&found, &amounts, rows, columns);
        let (mut of_rows, mut of_columns) = (vec![true; rows], vec![true; columns]);
        for cell in amounts.iter().filter(|cell| !cell.contributions.is_empty()) {
            (of_rows[cell.row as usize], of_columns[cell.column as usize]) = (false, false);
        }
        for cell in amounts.iter().filter(|cell| cell.contributions.is_empty()) {
            hidden[cell.row as usize][cell.column as usize] = false;
        }
        if of_rows.iter().all(|&empty| empty) {
            hidden[rows][columns] = false;
        }
        for (row, _) in of_rows.iter().enumerate().filter(|(_, empty)| **empty) {
            hidden[row][columns] = false;
        }
        for (column, _) in of_columns.iter().enumerate().filter(|(_, empty)| **empty) {
            hidden[rows][column] = false;
        }
        prop_assert_eq!(leaks(&hidden), 0);
        for (cell, status) in amounts.iter().zip(&found.cells) {
            prop_assert!(status.withheld() || rule.judge(&cell.contributions).is_none());
        }
    }
}

/// The audit itself finds leaks: primary suppression alone gives the cell away.
#[test]
fn the_audit_is_not_vacuous() {
    let mut hidden = vec![vec![false; 4]; 4];
    hidden[0][0] = true;
    assert_eq!(leaks(&hidden), 1);
    hidden[0][1] = true;
    assert_eq!(leaks(&hidden), 2, "their columns tell both");
    (hidden[1][0], hidden[1][1]) = (true, true);
    assert_eq!(leaks(&hidden), 0, "a square");
}

/// Across random tables, primary suppression alone would leak in most: what protects them is secondary suppression.
#[test]
fn without_secondary_suppression_tables_would_leak() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut leaking, mut secondary) = (0, 0);
    for _ in 0..200 {
        let (rows, columns, cells) = table().new_tree(&mut runner).unwrap().current();
        let rule = Rule::default();
        let mut hidden = vec![vec![false; columns + 1]; rows + 1];
        for cell in &cells {
            hidden[cell.row as usize][cell.column as usize] = rule.judge(&cell.contributions).is_some();
        }
        leaking += usize::from(leaks(&hidden) > 0);
        secondary += protect(rows, columns, &cells, &rule).unwrap().withheld()[1];
    }
    assert!(leaking > 50 && secondary > 200, "{leaking} of 200 tables leak, {secondary} figures protect");
}
