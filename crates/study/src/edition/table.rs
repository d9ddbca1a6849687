//! One table of an edition: columns with their meaning, written as Parquet and CSV from the same batch.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow::compute::nullif;
use arrow::datatypes::{DataType, Field, Schema};
use arrow::error::ArrowError;

/// What a column means; it becomes its entry in `datapackage.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// Name of the column.
    pub name: &'static str,
    /// One sentence, with the unit.
    pub description: &'static str,
}

/// A table with the meaning of its columns.
#[derive(Debug, Clone)]
pub struct Table {
    /// File name without extension.
    pub name: &'static str,
    /// One sentence on what a row is.
    pub title: &'static str,
    /// Columns that identify a row.
    pub key: &'static [&'static str],
    /// What each column means, in the order of the batch.
    pub meanings: Vec<Meaning>,
    /// The rows.
    pub batch: RecordBatch,
}

impl Table {
    /// Makes a column missing in the rows that `which` says; a table without the column stays as it is.
    pub(crate) fn empty(&mut self, column: &str, which: impl Fn(usize) -> bool) -> Result<(), ArrowError> {
        let Ok(at) = self.batch.schema().index_of(column) else { return Ok(()) };
        let mask: BooleanArray = (0..self.batch.num_rows()).map(|row| Some(which(row))).collect();
        let mut columns = self.batch.columns().to_vec();
        columns[at] = nullif(&columns[at], &mask)?;
        self.batch = RecordBatch::try_new(self.batch.schema(), columns)?;
        Ok(())
    }

    /// The texts of a column by row, empty where they are missing; none where the table has no such column.
    pub(crate) fn texts(&self, column: &str) -> Vec<String> {
        let column = self.batch.column_by_name(column).and_then(|column| column.as_string_opt::<i32>());
        column
            .into_iter()
            .flat_map(|texts| texts.iter().map(|text| text.unwrap_or_default().to_owned()))
            .collect()
    }
}

/// Collects the columns of a table.
pub struct TableBuilder {
    name: &'static str,
    title: &'static str,
    key: &'static [&'static str],
    meanings: Vec<Meaning>,
    fields: Vec<Field>,
    columns: Vec<ArrayRef>,
}

impl TableBuilder {
    /// A table without columns yet.
    pub fn new(name: &'static str, title: &'static str, key: &'static [&'static str]) -> Self {
        Self { name, title, key, meanings: Vec::new(), fields: Vec::new(), columns: Vec::new() }
    }

    fn column(
        mut self,
        name: &'static str,
        description: &'static str,
        kind: DataType,
        column: ArrayRef,
    ) -> Self {
        self.meanings.push(Meaning { name, description });
        self.fields.push(Field::new(name, kind, !self.key.contains(&name)));
        self.columns.push(column);
        self
    }

    /// A column of texts; codes are texts.
    #[must_use]
    pub fn text<S: AsRef<str>>(
        self,
        name: &'static str,
        description: &'static str,
        values: impl IntoIterator<Item = Option<S>>,
    ) -> Self {
        self.column(name, description, DataType::Utf8, Arc::new(StringArray::from_iter(values)))
    }

    /// A column of whole numbers.
    #[must_use]
    pub fn whole(
        self,
        name: &'static str,
        description: &'static str,
        values: impl IntoIterator<Item = Option<i64>>,
    ) -> Self {
        self.column(name, description, DataType::Int64, Arc::new(Int64Array::from_iter(values)))
    }

    /// A column of numbers. What is not finite is missing: an edition holds no NaN, and no negative zero either.
    #[must_use]
    pub fn number(
        self,
        name: &'static str,
        description: &'static str,
        values: impl IntoIterator<Item = Option<f64>>,
    ) -> Self {
        let values =
            values.into_iter().map(|value| value.filter(|value| value.is_finite()).map(|value| value + 0.0));
        self.column(name, description, DataType::Float64, Arc::new(values.collect::<Float64Array>()))
    }

    /// A column of yes and no.
    #[must_use]
    pub fn flag(
        self,
        name: &'static str,
        description: &'static str,
        values: impl IntoIterator<Item = Option<bool>>,
    ) -> Self {
        self.column(name, description, DataType::Boolean, Arc::new(BooleanArray::from_iter(values)))
    }

    /// The table. Fails if columns differ in length or a key is missing somewhere.
    pub fn build(self) -> Result<Table, ArrowError> {
        let batch = RecordBatch::try_new(Arc::new(Schema::new(self.fields)), self.columns)?;
        Ok(Table { name: self.name, title: self.title, key: self.key, meanings: self.meanings, batch })
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::Array;

    use super::*;

    #[test]
    fn a_column_is_emptied_where_asked() {
        let build = TableBuilder::new("t", "", &["a"]);
        let mut table = build
            .text("a", "", [Some("x"), Some("y")])
            .number("b", "", [Some(1.0), Some(2.0)])
            .build()
            .unwrap();
        table.empty("b", |row| row == 1).unwrap();
        table.empty("c", |_| true).unwrap();
        assert!(table.batch.column(1).is_valid(0) && table.batch.column(1).is_null(1));
        assert_eq!(table.texts("a"), ["x", "y"]);
    }

    #[test]
    fn nothing_that_is_not_a_number_gets_in() {
        let table = TableBuilder::new("t", "", &["a"])
            .text("a", "", [Some("x"), Some("y")])
            .number("b", "", [Some(f64::NAN), Some(1.5)])
            .build()
            .unwrap();
        assert_eq!(table.batch.column(1).null_count(), 1);
        let keyless = TableBuilder::new("t", "", &["a"]).text("a", "", [Some("x"), None]).build();
        assert!(keyless.is_err(), "a key is never missing");
    }
}
