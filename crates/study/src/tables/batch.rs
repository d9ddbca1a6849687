//! Typed access to the rows of a batch.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Float64Array, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};

use super::columns::{Origin, Plan};
use crate::config::Decimal;
use crate::fault::{Code, Fault, Result};

/// Numbers of the rows of a batch in its file, as a spreadsheet counts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rows {
    /// Consecutive from here.
    From(u64),
    /// One by one.
    Listed(Vec<u64>),
}

impl Rows {
    fn get(&self, at: usize) -> u64 {
        match self {
            Self::From(first) => first + at as u64,
            Self::Listed(rows) => rows.get(at).copied().unwrap_or_default(),
        }
    }

    pub(super) fn keeping(&self, keep: &[bool]) -> Self {
        if keep.iter().all(|&keep| keep) {
            return self.clone();
        }
        Self::Listed((0..keep.len()).filter(|&at| keep[at]).map(|at| self.get(at)).collect())
    }
}

/// A text column of a batch.
#[derive(Debug, Clone)]
pub enum Texts {
    /// One text a row.
    Array(StringArray),
    /// The same text in every row.
    Constant(String),
    /// No such column.
    Absent,
}

impl Texts {
    /// The text of a row without blanks around it; `None` where it is empty.
    #[inline]
    pub fn get(&self, row: usize) -> Option<&str> {
        let text = match self {
            Self::Array(array) if array.is_valid(row) => array.value(row),
            Self::Constant(text) => text,
            _ => return None,
        };
        Some(text.trim()).filter(|text| !text.is_empty())
    }

    /// Whether there is such a column or constant.
    pub fn is_present(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}

/// A number column of a batch.
#[derive(Debug, Clone)]
pub enum Numbers {
    /// Numbers as such.
    Array(Float64Array),
    /// Numbers as text.
    Texts(Texts),
}

#[derive(Debug)]
enum Values {
    Texts(Texts),
    Numbers(Numbers),
}

/// Rows of a table, by role.
#[derive(Debug)]
pub struct Batch {
    file: Arc<Path>,
    rows: Rows,
    len: usize,
    decimal: Decimal,
    /// Name of the role, name in the file, values.
    columns: Vec<(String, String, Values)>,
}

impl Batch {
    pub(super) fn new(
        file: &Arc<Path>,
        plan: &Plan,
        records: &RecordBatch,
        rows: Rows,
        decimal: Decimal,
    ) -> Result<Self> {
        let column = |(role, number, origin): &(String, bool, Origin)| {
            let (name, texts) = match origin {
                Origin::Column(at) => {
                    let array = records.column(*at);
                    let name = plan.names[*at].clone();
                    if *number && array.data_type().is_numeric() {
                        return Ok((
                            role.clone(),
                            name,
                            Values::Numbers(Numbers::Array(number_array(array)?)),
                        ));
                    }
                    (name, Texts::Array(text_array(array)?))
                }
                Origin::Constant(value) => (role.clone(), Texts::Constant(value.clone())),
                Origin::Absent => (role.clone(), Texts::Absent),
            };
            let values = if *number { Values::Numbers(Numbers::Texts(texts)) } else { Values::Texts(texts) };
            Ok((role.clone(), name, values))
        };
        let columns = plan.roles.iter().map(column).collect::<Result<_>>()?;
        Ok(Self { file: file.clone(), rows, len: records.num_rows(), decimal, columns })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The file the rows come from.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Number of a row in its file, as a spreadsheet counts.
    pub fn row_in_file(&self, row: usize) -> u64 {
        self.rows.get(row)
    }

    /// The text column of a role; absent for an unknown role.
    pub fn text(&self, role: &str) -> Texts {
        match self.find(role) {
            Some((.., Values::Texts(texts))) => texts.clone(),
            _ => Texts::Absent,
        }
    }

    /// The number column of a role; absent for an unknown role.
    pub fn numbers(&self, role: &str) -> Numbers {
        match self.find(role) {
            Some((.., Values::Numbers(numbers))) => numbers.clone(),
            _ => Numbers::Texts(Texts::Absent),
        }
    }

    fn find(&self, role: &str) -> Option<&(String, String, Values)> {
        self.columns.iter().find(|(name, ..)| name == role)
    }

    /// A text that must be there.
    #[inline]
    pub fn present<'t>(&self, texts: &'t Texts, row: usize) -> Result<&'t str> {
        texts.get(row).ok_or_else(|| self.fault(Code::ValueMissing, row, "a code is empty"))
    }

    /// The number in a row; `None` where the field is empty.
    #[inline]
    pub fn number(&self, numbers: &Numbers, row: usize) -> Result<Option<f64>> {
        match numbers {
            Numbers::Array(array) => Ok(array.is_valid(row).then(|| array.value(row))),
            Numbers::Texts(texts) => match texts.get(row) {
                None => Ok(None),
                Some(text) => parse(text, self.decimal).map(Some).ok_or_else(|| self.not_a_number(text, row)),
            },
        }
    }

    /// A number that must be there.
    #[inline]
    pub fn present_number(&self, numbers: &Numbers, row: usize) -> Result<f64> {
        self.number(numbers, row)?.ok_or_else(|| self.fault(Code::ValueMissing, row, "a number is empty"))
    }

    /// A fault in a row of this batch.
    pub fn fault(&self, code: Code, row: usize, what: impl Into<String>) -> Box<Fault> {
        Fault::new(code, what).in_file(&self.file).at_row(self.row_in_file(row))
    }

    /// The name that a role has in the file.
    pub fn column_name(&self, role: &str) -> &str {
        self.find(role).map_or("", |(_, name, _)| name)
    }

    fn not_a_number(&self, text: &str, row: usize) -> Box<Fault> {
        let column = self.columns.iter().find_map(|(_, name, values)| match values {
            Values::Numbers(Numbers::Texts(texts)) if texts.get(row) == Some(text) => Some(name.clone()),
            _ => None,
        });
        let fault = if self.decimal == Decimal::Point && parse(text, Decimal::Comma).is_some() {
            self.fault(Code::DecimalComma, row, format!("`{text}` has a comma"))
                .hint("set `decimal = \",\"` for this table if the comma stands before decimals")
        } else {
            self.fault(Code::NotANumber, row, format!("`{text}` is not a number"))
        };
        match column {
            Some(column) => fault.in_column(column),
            None => fault,
        }
    }
}

/// A decimal number; nothing but digits, sign, decimal mark and exponent, or the words for infinite and not a number.
fn parse(text: &str, decimal: Decimal) -> Option<f64> {
    match decimal {
        Decimal::Point => text.parse().ok(),
        Decimal::Comma if text.contains('.') => None,
        Decimal::Comma => text.replacen(',', ".", 1).parse().ok(),
    }
}

/// Any column as text; whole floating-point numbers without decimals, since they are usually codes.
pub(super) fn text_array(array: &ArrayRef) -> Result<StringArray> {
    let unsuited = |error: String| {
        Fault::new(Code::FileFormat, "a column cannot be read as text")
            .because(error)
            .hint("columns must be plain texts or numbers, not lists or structures")
    };
    match array.data_type() {
        DataType::Utf8 => Ok(array.as_string::<i32>().clone()),
        DataType::Float16 | DataType::Float32 | DataType::Float64 => {
            let text = |value: Option<f64>| value.map(|value| value.to_string());
            Ok(number_array(array)?.iter().map(text).collect())
        }
        DataType::List(_) | DataType::LargeList(_) | DataType::Struct(_) | DataType::Map(..) => {
            Err(unsuited(array.data_type().to_string()))
        }
        _ => match cast(array, &DataType::Utf8) {
            Ok(texts) => Ok(texts.as_string::<i32>().clone()),
            Err(error) => Err(unsuited(error.to_string())),
        },
    }
}

fn number_array(array: &ArrayRef) -> Result<Float64Array> {
    match cast(array, &DataType::Float64) {
        Ok(numbers) => Ok(numbers.as_primitive::<Float64Type>().clone()),
        Err(error) => Err(Fault::new(Code::Internal, error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_the_stated_decimal_mark_only() {
        assert_eq!(parse("1234.5", Decimal::Point), Some(1234.5));
        assert_eq!(parse("1234,5", Decimal::Comma), Some(1234.5));
        for text in ["1,5", "1 000", "1.000,5", "", "-", "12 persons"] {
            assert_eq!(parse(text, Decimal::Point), None, "{text}");
        }
        assert_eq!(parse("1.000,5", Decimal::Comma), None);
    }

    #[test]
    fn codes_that_were_stored_as_numbers_have_no_decimals() {
        let floats: ArrayRef = Arc::new(Float64Array::from(vec![Some(1001.0), None, Some(2.5)]));
        let texts = text_array(&floats).unwrap();
        assert_eq!(texts.iter().collect::<Vec<_>>(), [Some("1001"), None, Some("2.5")]);
    }

    #[test]
    fn rows_keep_their_numbers_through_a_filter() {
        let rows = Rows::From(2).keeping(&[true, false, true]);
        assert_eq!((rows.get(0), rows.get(1)), (2, 4));
        assert_eq!(rows.keeping(&[false, true]), Rows::Listed(vec![4]));
    }
}
