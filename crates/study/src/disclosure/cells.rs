//! Any table of rows and columns that is exported: jobs by zone and activity, flows by origin and destination, trade by zones or
//! by activities.

use std::collections::BTreeSet;

use distretto_disclosure::{Cell, Contributions, Rule, Status, protect};

use crate::fault::{Code, Fault, Result};

/// The sum of a row, of a column, or of the whole table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin<K> {
    /// Which row or column.
    pub key: K,
    /// What it is made of.
    pub contributions: Contributions,
    /// Whether it is published.
    pub status: Status,
}

impl<K> Margin<K> {
    /// The sum, where it is published.
    pub fn published(&self) -> Option<f64> {
        (!self.status.withheld()).then(|| self.contributions.total())
    }
}

/// A table as it may be exported.
#[derive(Debug, Clone, PartialEq)]
pub struct ProtectedCells<R, C> {
    /// By cell, in the order given.
    pub cells: Vec<Status>,
    /// The sums of the rows, by key.
    pub rows: Vec<Margin<R>>,
    /// The sums of the columns, by key.
    pub columns: Vec<Margin<C>>,
    /// The sum of all.
    pub total: Margin<()>,
    /// How many figures, margins included, are withheld: for themselves, and for others.
    pub withheld: [usize; 2],
    /// Withheld figures that could be computed all the same. Above 0 the table must not be exported.
    pub exposed: usize,
}

/// Decides which cells and margins of a table are published: a cell that is not given is empty. Keys are any codes: (zone, activity and
/// size), (origin, destination), (zone, zone), (activity, activity).
///
/// Two tables of the same contributors by different keys (trade by zones and trade by activities) share their total and nothing
/// else that is known, so each is protected by itself; a table by both keys at once would tie them together.
///
/// # Errors
/// The same cell twice. Cost: n log n in cells, see [`distretto_disclosure::Network::protect`].
pub fn protect_cells<R: Ord + Clone, C: Ord + Clone>(
    cells: &[(R, C, Contributions)],
    rule: &Rule,
) -> Result<ProtectedCells<R, C>> {
    let row_keys: Vec<&R> = cells.iter().map(|cell| &cell.0).collect::<BTreeSet<_>>().into_iter().collect();
    let column_keys: Vec<&C> =
        cells.iter().map(|cell| &cell.1).collect::<BTreeSet<_>>().into_iter().collect();
    let at = |place: std::result::Result<usize, usize>| place.unwrap_or_default() as u32;
    let indexed: Vec<Cell> = cells
        .iter()
        .map(|(row, column, contributions)| Cell {
            row: at(row_keys.binary_search(&row)),
            column: at(column_keys.binary_search(&column)),
            contributions: *contributions,
        })
        .collect();
    let found = protect(row_keys.len(), column_keys.len(), &indexed, rule)
        .map_err(|error| Fault::new(Code::ContributionsInvalid, error.to_string()))?;
    let mut of_rows = vec![Contributions::default(); row_keys.len()];
    let mut of_columns = vec![Contributions::default(); column_keys.len()];
    for Cell { row, column, contributions } in &indexed {
        for sum in [&mut of_rows[*row as usize], &mut of_columns[*column as usize]] {
            *sum = sum.merge(*contributions);
        }
    }
    let total = Margin { key: (), contributions: of_rows.iter().copied().sum(), status: found.total };
    Ok(ProtectedCells {
        withheld: found.withheld(),
        exposed: found.exposed,
        rows: margins(&row_keys, of_rows, &found.rows),
        columns: margins(&column_keys, of_columns, &found.columns),
        cells: found.cells,
        total,
    })
}

fn margins<K: Clone>(keys: &[&K], sums: Vec<Contributions>, statuses: &[Status]) -> Vec<Margin<K>> {
    let margin = |((key, contributions), &status): ((&&K, _), &Status)| Margin {
        key: (*key).clone(),
        contributions,
        status,
    };
    keys.iter().zip(sums).zip(statuses).map(margin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_commuter_is_hidden_by_a_square_of_flows() {
        use Status::{Primary, Published, Secondary};
        let persons = Contributions::persons;
        let flows = [
            ("a", "x", persons(1)),
            ("a", "y", persons(20)),
            ("b", "x", persons(30)),
            ("b", "y", persons(40)),
            ("c", "x", persons(900)),
        ];
        let found = protect_cells(&flows, &Rule::default()).unwrap();
        assert_eq!(found.cells, [Primary, Secondary, Secondary, Secondary, Published]);
        assert_eq!((found.withheld, found.exposed), ([1, 3], 0));
        assert_eq!(found.rows[0].key, "a");
        assert_eq!(found.rows[0].published(), Some(21.0));
        assert_eq!(found.total.published(), Some(991.0));
    }

    #[test]
    fn a_cell_given_twice_is_refused() {
        let one = (1, 2, Contributions::persons(5));
        assert_eq!(
            protect_cells(&[one, one], &Rule::default()).unwrap_err().code,
            Code::ContributionsInvalid
        );
    }
}
