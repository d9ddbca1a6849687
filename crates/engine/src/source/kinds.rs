//! The kinds that a study gives to columns (`types`).

use arrow::datatypes::DataType;
use datafusion::functions::expr_fn::nullif;
use datafusion::prelude::{Expr, cast, ident, lit};
use datafusion::scalar::ScalarValue;

use super::{ColumnType, Source};
use crate::error::{EngineError, Kind, Result};

/// What Hive and Spark call the folder of rows without a key.
pub(super) const NO_KEY: &str = "__HIVE_DEFAULT_PARTITION__";

/// Makes sure that `types` names columns that are there.
pub(super) fn check(source: &Source, names: &[&str]) -> Result<()> {
    match source.types.keys().find(|name| !names.contains(&name.as_str())) {
        None => Ok(()),
        Some(unknown) => Err(EngineError::new(
            Kind::Query,
            format!("`types` of source `{}` names a column `{unknown}`", source.name),
        )
        .because(format!("the columns are {}", names.join(", ")))),
    }
}

/// A column of the kind that the study gives it.
///
/// # Errors
/// A kind that values of this sort cannot have, or not without loss.
pub(super) fn column(source: &Source, name: &str, from: &DataType, to: ColumnType) -> Result<Expr> {
    if !can_become(from, to) {
        return Err(EngineError::new(
            Kind::Query,
            format!("`types` of source `{}` gives column `{name}` a kind that it cannot have", source.name),
        )
        .because(format!("its files hold {from}, `types` says {}", to.name()))
        .hint("take it out of `types`; a `query` over the source can compute what is meant"));
    }
    Ok(cast(ident(name), to.arrow()).alias(name))
}

fn can_become(from: &DataType, to: ColumnType) -> bool {
    let from = match from {
        DataType::Dictionary(_, values) => values.as_ref(),
        from => from,
    };
    let is_text = from.is_string();
    let is_moment = matches!(from, DataType::Date32 | DataType::Date64 | DataType::Timestamp(..));
    match to {
        ColumnType::Text => !from.is_nested(),
        // Decimals would be cut off without a word.
        ColumnType::Whole => is_text || from.is_integer() || matches!(from, DataType::Decimal128(_, 0)),
        ColumnType::Number => is_text || from.is_numeric(),
        // A number is no day: 20111009 would become one of the year 57032.
        ColumnType::Date | ColumnType::Time => is_text || is_moment,
    }
}

/// A key in the names of folders, of the kind that the study gives it; NULL where the folder says that there is none.
pub(super) fn key(name: &str, kind: Option<ColumnType>) -> Expr {
    let none = ScalarValue::Utf8View(Some(NO_KEY.to_owned()));
    let value = nullif(cast(ident(name), DataType::Utf8View), lit(none));
    match kind {
        Some(kind) => cast(value, kind.arrow()),
        None => value,
    }
    .alias(name)
}
