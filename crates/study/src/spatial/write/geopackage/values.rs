//! Columns of a record batch as values of SQLite.

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int64Array, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use rusqlite::types::Value;

use super::super::super::error::Problem;
use super::super::whole::unwritable;

/// A column in one of the four kinds a GeoPackage knows; anything else is written as text.
pub(super) enum Values {
    Text(StringArray),
    Whole(Int64Array),
    Decimal(Float64Array),
    Truth(BooleanArray),
}

impl Values {
    pub fn new(array: &ArrayRef) -> Result<Self, Problem> {
        let to = |kind: &DataType| cast(array, kind).map_err(unwritable);
        match array.data_type() {
            DataType::Boolean => Ok(Self::Truth(array.as_boolean().clone())),
            // Numbers above the range of a signed 64-bit integer would be lost: as text they are not.
            kind if kind.is_integer() && *kind != DataType::UInt64 => {
                Ok(Self::Whole(to(&DataType::Int64)?.as_primitive::<Int64Type>().clone()))
            }
            kind if kind.is_floating() => {
                Ok(Self::Decimal(to(&DataType::Float64)?.as_primitive::<Float64Type>().clone()))
            }
            DataType::UInt64 => {
                let whole = to(&DataType::Int64)?;
                if whole.null_count() == array.null_count() {
                    return Ok(Self::Whole(whole.as_primitive::<Int64Type>().clone()));
                }
                Ok(Self::Text(to(&DataType::Utf8)?.as_string::<i32>().clone()))
            }
            _ => Ok(Self::Text(to(&DataType::Utf8)?.as_string::<i32>().clone())),
        }
    }

    pub fn sql_type(&self) -> &'static str {
        match self {
            Self::Text(_) => "TEXT",
            Self::Whole(_) => "INTEGER",
            Self::Decimal(_) => "REAL",
            Self::Truth(_) => "BOOLEAN",
        }
    }

    /// The value in a row; missing is `NULL`.
    pub fn get(&self, row: usize) -> Value {
        match self {
            Self::Text(array) if array.is_valid(row) => Value::Text(array.value(row).to_owned()),
            Self::Whole(array) if array.is_valid(row) => Value::Integer(array.value(row)),
            Self::Decimal(array) if array.is_valid(row) => Value::Real(array.value(row)),
            Self::Truth(array) if array.is_valid(row) => Value::Integer(i64::from(array.value(row))),
            _ => Value::Null,
        }
    }
}
