//! A table as a list of objects.

use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use distretto_study::edition::table::Table;
use serde_json::Value;

/// The table as JSON text.
pub fn text(table: &Table) -> String {
    let rows: Vec<Value> = (0..table.batch.num_rows())
        .map(|row| {
            let columns = table.meanings.iter().zip(table.batch.columns());
            Value::Object(
                columns.map(|(meaning, column)| (meaning.name.to_owned(), value(column, row))).collect(),
            )
        })
        .collect();
    format!("{:#}\n", Value::Array(rows))
}

/// One value of a table.
pub fn value(column: &dyn Array, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    match column.data_type() {
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into(),
        DataType::Boolean => column.as_boolean().value(row).into(),
        _ => column.as_string::<i32>().value(row).into(),
    }
}
