//! A table of an edition with the meaning of its columns.

use arrow::array::{Array, AsArray, BooleanArray, Float64Array, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a column is, as `datapackage.json` says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Field {
    /// Name of the column.
    pub name: String,
    /// string, integer, number or boolean.
    #[serde(rename = "type")]
    pub kind: String,
    /// One sentence, with the unit.
    #[serde(default)]
    pub description: String,
}

/// A table with the meaning of its columns.
#[derive(Debug, Clone)]
pub struct Table {
    /// Name, as its files are called.
    pub name: String,
    /// What a row is.
    pub title: String,
    /// Columns that identify a row.
    pub key: Vec<String>,
    /// The columns, in the order of the batch.
    pub fields: Vec<Field>,
    /// The rows: texts, whole numbers (64 bits), numbers (64 bits) and booleans.
    pub batch: RecordBatch,
}

impl Table {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.batch.num_rows()
    }

    /// A column of texts; `None` if there is no such column.
    pub fn texts(&self, column: &str) -> Option<&StringArray> {
        self.batch.column_by_name(column)?.as_string_opt()
    }

    /// A column of numbers, whole ones included; `None` if there is no such column.
    pub fn numbers(&self, column: &str) -> Option<Float64Array> {
        let column = self.batch.column_by_name(column).filter(|column| column.data_type().is_numeric())?;
        cast(column, &DataType::Float64).ok()?.as_primitive_opt().cloned()
    }

    /// A column of yes and no; `None` if there is no such column.
    pub fn flags(&self, column: &str) -> Option<&BooleanArray> {
        self.batch.column_by_name(column)?.as_boolean_opt()
    }

    /// A text; `None` where it is missing or there is no such column.
    pub fn text(&self, row: usize, column: &str) -> Option<&str> {
        let column = self.texts(column)?;
        column.is_valid(row).then(|| column.value(row))
    }

    /// A row as a JSON object: a missing value is null.
    pub fn row(&self, row: usize) -> serde_json::Map<String, Value> {
        let names = self.fields.iter().map(|field| field.name.clone());
        names.zip(self.batch.columns()).map(|(name, column)| (name, cell(column, row))).collect()
    }
}

/// A cell as JSON: text, number (whole ones without a full stop), true or false; null where it is missing or not finite.
pub fn cell(column: &dyn Array, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into(),
        DataType::Int64 => column.as_primitive::<arrow::datatypes::Int64Type>().value(row).into(),
        DataType::Float64 => column.as_primitive::<arrow::datatypes::Float64Type>().value(row).into(),
        DataType::Boolean => column.as_boolean().value(row).into(),
        _ => Value::Null,
    }
}
