//! The Italian matrix of commuting of 2011: codes of province and commune at fixed places, the numbers at the end, blanks between.

use arrow::datatypes::{DataType, Field, Schema};
use datafusion::datasource::file_format::csv::CsvFormat;
use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use datafusion::functions::expr_fn::{btrim, concat, split_part, substring};
use datafusion::prelude::{DataFrame, Expr, cast, col, ident, lit};

use crate::error::Result;

/// The fields that a view shows as they are: first byte, from 1, and bytes.
const FIELDS: [(&str, i64, i64); 6] = [
    ("record", 1, 1),
    ("residence", 3, 1),
    ("sex", 13, 1),
    ("reason", 15, 1),
    ("place", 17, 1),
    ("country", 27, 3),
];
/// Province and commune of the origin, and of the destination.
const CODES: [(&str, i64, i64); 2] = [("origin", 5, 9), ("destination", 19, 23)];
const LINE: &str = "line";
/// Bytes that stand in no line: a line is read as one text.
const NO_DELIMITER: u8 = 1;
const NO_QUOTE: u8 = 2;

/// How its files are written.
pub(super) fn format(compression: FileCompressionType) -> CsvFormat {
    CsvFormat::default()
        .with_has_header(false)
        .with_delimiter(NO_DELIMITER)
        .with_quote(NO_QUOTE)
        .with_file_compression_type(compression)
}

/// Its lines.
pub(super) fn schema() -> Schema {
    Schema::new(vec![Field::new(LINE, DataType::Utf8View, true)])
}

/// Its records of type S, with whole codes and numbers of persons.
pub(super) fn view(frame: DataFrame, keys: &[String]) -> Result<DataFrame> {
    let part = |first: i64, bytes: i64| substring(col(LINE), lit(first), lit(bytes));
    let is_counted = part(1, 1).eq(lit("S"));
    let mut columns: Vec<Expr> =
        FIELDS.iter().map(|&(name, first, bytes)| part(first, bytes).alias(name)).collect();
    columns.extend(
        CODES
            .iter()
            .map(|&(name, province, commune)| concat(vec![part(province, 3), part(commune, 3)]).alias(name)),
    );
    // Persons counted are the last field, whatever blanks the fields before it are filled up with.
    let counted = split_part(btrim(vec![col(LINE)]), lit(" "), lit(-1_i64));
    columns.push(cast(counted, DataType::Int64).alias("flow"));
    columns.extend(keys.iter().map(ident));
    Ok(frame.filter(is_counted)?.select(columns)?)
}
