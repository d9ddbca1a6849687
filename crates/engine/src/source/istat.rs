//! The Italian matrix of commuting of 2011: fields divided by blanks, codes of province and commune apart.

use arrow::datatypes::{DataType, Field, Schema};
use datafusion::datasource::file_format::csv::CsvFormat;
use datafusion::datasource::file_format::file_compression_type::FileCompressionType;
use datafusion::functions::expr_fn::concat;
use datafusion::prelude::{DataFrame, Expr, cast, col, ident, lit};

use crate::error::Result;

const FIELDS: [&str; 15] = [
    "record",
    "residence",
    "province",
    "commune",
    "sex",
    "reason",
    "place",
    "province_to",
    "commune_to",
    "country",
    "mode",
    "departure",
    "duration",
    "estimated",
    "counted",
];

/// How its files are written.
pub(super) fn format(compression: FileCompressionType) -> CsvFormat {
    CsvFormat::default().with_has_header(false).with_delimiter(b' ').with_file_compression_type(compression)
}

/// Its fields.
pub(super) fn schema() -> Schema {
    Schema::new(FIELDS.iter().map(|name| Field::new(*name, DataType::Utf8View, true)).collect::<Vec<_>>())
}

/// Its records of type S, with whole codes and numbers of persons.
pub(super) fn view(frame: DataFrame, keys: &[String]) -> Result<DataFrame> {
    let kept = ["record", "residence", "sex", "reason", "place", "country"].map(col);
    let made = [
        concat(vec![col("province"), col("commune")]).alias("origin"),
        concat(vec![col("province_to"), col("commune_to")]).alias("destination"),
        cast(col("counted"), DataType::Int64).alias("flow"),
    ];
    let columns: Vec<Expr> = kept.into_iter().chain(made).chain(keys.iter().map(ident)).collect();
    Ok(frame.filter(col("record").eq(lit("S")))?.select(columns)?)
}
