//! Who stands behind the rows of a made table.

use arrow::array::{Array, AsArray, Float64Array, Int64Array, RecordBatch};
use arrow::datatypes::{Float64Type, Int64Type};
use distretto_disclosure::Contributions;

use super::column;
use crate::fault::Result;

/// Who stands behind one row, for one of its figures; nobody where it has none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Behind {
    /// As far as they count in sums: nobody is behind two rows.
    pub(super) sums: Contributions,
    /// All of them, by whom the row is judged alone.
    pub(super) alone: Contributions,
}

impl Behind {
    fn new(contributions: Contributions) -> Self {
        Self { sums: contributions, alone: contributions }
    }

    /// A row of whose contributors nothing can be said is unsafe.
    fn unknown() -> Self {
        Self::new(Contributions::unknown())
    }
}

/// By figure, then by row.
pub(super) type Figures = Vec<Vec<Behind>>;

/// Employees and local units. Units whose employees are not told stand behind the number of units only; where no employees are told, as in a
/// register of size bands, that number is the only figure.
pub(super) fn jobs(batch: &RecordBatch) -> Result<Figures> {
    let employees = Sizes::new(batch, "local_units", "employees", "largest")?;
    let units = (0..batch.num_rows()).map(|row| Behind::new(Contributions::persons(employees.count(row))));
    let told = (0..batch.num_rows())
        .map(|row| if employees.total.is_null(row) { Behind::default() } else { employees.behind(row) });
    Ok(vec![told.collect(), units.collect()])
}

/// Persons, whatever their weights. In sums everyone counts once, at the pair with most of its trips; a flow of which nobody is known is
/// unsafe.
pub(super) fn flows(batch: &RecordBatch) -> Result<Figures> {
    let flow = column(batch, "flow")?.as_primitive::<Float64Type>();
    let (persons, main) = (counts(batch, "persons")?, counts(batch, "main_persons")?);
    let behind = |row: usize| {
        let [all, once] = [persons, main].map(|counts| Contributions::persons(count(counts, row)));
        match (all.is_empty(), once.is_empty()) {
            (true, _) if flow.is_valid(row) && flow.value(row) == 0.0 => Behind::default(),
            (true, _) => Behind::unknown(),
            (false, true) => Behind { sums: Contributions::unknown(), alone: all },
            (false, false) => Behind { sums: once, alone: all },
        }
    };
    Ok(vec![(0..batch.num_rows()).map(behind).collect()])
}

/// Those who sell, and those who buy: either side must be safe. Amounts of both signs count without their signs.
pub(super) fn trade(batch: &RecordBatch) -> Result<Figures> {
    [("sellers", "sold", "largest_seller"), ("buyers", "bought", "largest_buyer")]
        .into_iter()
        .map(|(count, total, largest)| {
            let sizes = Sizes::new(batch, count, total, largest)?;
            Ok((0..batch.num_rows()).map(|row| sizes.behind(row)).collect())
        })
        .collect()
}

/// Contributors, the sum of what they contribute, and the largest of that.
struct Sizes<'a> {
    contributors: &'a Int64Array,
    total: &'a Float64Array,
    largest: Vec<&'a Float64Array>,
}

impl<'a> Sizes<'a> {
    fn new(batch: &'a RecordBatch, contributors: &str, total: &str, largest: &str) -> Result<Self> {
        let largest = (1..=3).filter_map(|rank| batch.column_by_name(&format!("{largest}_{rank}")));
        Ok(Self {
            contributors: counts(batch, contributors)?,
            total: column(batch, total)?.as_primitive::<Float64Type>(),
            largest: largest.map(AsArray::as_primitive::<Float64Type>).collect(),
        })
    }

    fn count(&self, row: usize) -> u64 {
        count(self.contributors, row)
    }

    /// What contradicts itself, or is too large to be counted, is unsafe.
    fn behind(&self, row: usize) -> Behind {
        let [Some(first), Some(second), Some(third)] = [0, 1, 2].map(|rank| {
            self.largest.get(rank).map(|column| if column.is_null(row) { 0.0 } else { column.value(row) })
        }) else {
            return Behind::unknown();
        };
        if self.total.is_null(row) {
            return Behind::unknown();
        }
        let known = Contributions::new(self.count(row), self.total.value(row), [first, second, third]);
        known.map_or_else(|_| Behind::unknown(), Behind::new)
    }
}

fn counts<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a Int64Array> {
    Ok(column(batch, name)?.as_primitive::<Int64Type>())
}

fn count(counts: &Int64Array, row: usize) -> u64 {
    if counts.is_null(row) { 0 } else { counts.value(row).unsigned_abs() }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::ArrayRef;
    use distretto_disclosure::{Rule, Unsafe};

    use super::*;

    fn batch(columns: &[(&str, ArrayRef)]) -> RecordBatch {
        RecordBatch::try_from_iter(columns.iter().map(|(name, column)| (*name, Arc::clone(column)))).unwrap()
    }

    fn floats(values: &[Option<f64>]) -> ArrayRef {
        Arc::new(Float64Array::from(values.to_vec()))
    }

    fn whole(values: &[i64]) -> ArrayRef {
        Arc::new(Int64Array::from(values.to_vec()))
    }

    fn judged(figure: &[Behind]) -> Vec<Option<Unsafe>> {
        figure.iter().map(|behind| Rule::default().judge(&behind.alone)).collect()
    }

    #[test]
    fn flows_of_nobody_known_are_unsafe_and_flows_of_nobody_are_not() {
        let table = batch(&[
            ("flow", floats(&[Some(5.0), Some(0.0), Some(5.0), Some(9.0)])),
            ("persons", whole(&[0, 0, 3, 1])),
            ("main_persons", whole(&[0, 0, 0, 1])),
        ]);
        let found = flows(&table).unwrap().remove(0);
        assert_eq!(judged(&found), [Some(Unsafe::TooFew), None, None, Some(Unsafe::TooFew)]);
        assert_eq!((found[2].sums.count(), found[2].sums.is_empty()), (0, false));
    }

    #[test]
    fn trade_is_unsafe_if_either_side_is_or_nothing_can_be_said_of_it() {
        let side = |name: &str| -> [(String, Option<f64>); 3] {
            [1, 2, 3].map(|rank| (format!("largest_{name}_{rank}"), Some(40.0)))
        };
        let mut columns = vec![
            ("sellers".to_owned(), whole(&[3, 3, 3])),
            ("buyers".to_owned(), whole(&[3, 1, 3])),
            ("sold".to_owned(), floats(&[Some(120.0), Some(120.0), Some(1e13)])),
            ("bought".to_owned(), floats(&[Some(120.0); 3])),
        ];
        for (name, value) in side("seller").into_iter().chain(side("buyer")) {
            columns.push((name, floats(&[value; 3])));
        }
        let named: Vec<(&str, ArrayRef)> =
            columns.iter().map(|(name, column)| (name.as_str(), Arc::clone(column))).collect();
        let found = trade(&batch(&named)).unwrap();
        assert_eq!(judged(&found[0]), [None, None, Some(Unsafe::TooFew)], "three of 40 are not 10^13");
        assert_eq!(judged(&found[1]), [None, Some(Unsafe::TooFew), None], "one buyer with three largest");
    }

    #[test]
    fn units_that_tell_no_employees_stand_behind_their_number_alone() {
        let table = batch(&[
            ("employees", floats(&[Some(9.0), None])),
            ("local_units", whole(&[3, 5])),
            ("largest_1", floats(&[Some(3.0), None])),
            ("largest_2", floats(&[Some(3.0), None])),
            ("largest_3", floats(&[Some(3.0), None])),
        ]);
        let [employees, units] = <[_; 2]>::try_from(jobs(&table).unwrap()).unwrap();
        assert_eq!((employees[0].sums.total(), employees[1].sums.is_empty()), (9.0, true));
        assert_eq!([0, 1].map(|row: usize| units[row].sums.count()), [3, 5]);
    }
}
