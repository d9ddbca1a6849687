//! From rows about units, persons and invoices to the sums that areas and districts need. One plan a file, each built of
//! DataFusion's own expressions, so that it runs here or on a cluster.
//!
//! Every plan ends in a table sorted by its keys. Rows that cannot be placed are not dropped: they are summed up under a NULL key, with
//! the reason in the place of the second key, and [`crate::made`] tells them.

mod life;
mod places;
pub mod query;
pub mod register;
pub mod trade;
pub mod transactions;
pub mod trips;

use arrow::datatypes::DataType;
use datafusion::common::DFSchema;
use datafusion::functions_aggregate::expr_fn::count;
use datafusion::prelude::{DataFrame, Expr, SessionContext, cast, col, lit, when};

use crate::columns::Columns;
use crate::error::{EngineError, Kind, Result};

use life::Life;
pub use places::Place;

/// What begins a reason that makes the work stop: something is there that means nothing.
pub(crate) const INVALID: &str = "invalid: ";
/// Raw rows behind a row of the result.
pub(crate) const ROWS: &str = "rows";

/// A reason why a row cannot be placed, and the condition.
struct Problem {
    when: Expr,
    reason: Expr,
}

impl Problem {
    /// Rows are left out, counted and told.
    fn left_out(when: Expr, reason: &str) -> Self {
        Self { when, reason: words(reason.to_owned()) }
    }

    /// The work stops.
    fn invalid(when: Expr, reason: &str) -> Self {
        Self { when, reason: words(format!("{INVALID}{reason}")) }
    }

    /// A reason that was found before, in a column that is NULL where there is none.
    fn given(reason: Expr) -> Self {
        Self { when: reason.clone().is_not_null(), reason }
    }
}

fn words(text: String) -> Expr {
    lit(datafusion::scalar::ScalarValue::Utf8View(Some(text)))
}

/// The first reason that holds in a row, NULL for a row that can be placed.
fn first_problem(problems: Vec<Problem>) -> Result<Expr> {
    let mut problems = problems.into_iter();
    let Some(first) = problems.next() else {
        return Ok(lit(datafusion::scalar::ScalarValue::Utf8View(None)));
    };
    let mut case = when(first.when, first.reason);
    for problem in problems {
        case = case.when(problem.when, problem.reason);
    }
    Ok(case.end()?)
}

/// What to sum by: the keys of a row, and its `problem`. [`placed`] makes the keys of the result of them; a CASE for every row would
/// cost as much as the sum.
fn by_keys(keys: &[&str]) -> Vec<Expr> {
    let keys = keys.iter().enumerate().map(|(at, &key)| col(key).alias(format!("key_{at}")));
    keys.chain([col("problem")]).collect()
}

/// The keys of sums under these names: NULL, and the reason in the place of the second, where rows could not be placed.
fn placed(names: &[&str]) -> Result<Vec<Expr>> {
    let key = |(at, &name): (usize, &&str)| {
        let mut case = when(col("problem").is_null(), col(format!("key_{at}")));
        let case = if at == 1 { case.otherwise(col("problem"))? } else { case.end()? };
        Ok(cast(case, DataType::Utf8).alias(name))
    };
    names.iter().enumerate().map(key).collect()
}

/// The table of a source.
async fn open(ctx: &SessionContext, source: &str) -> Result<DataFrame> {
    let table = datafusion::common::TableReference::bare(source);
    if !ctx.table_exist(table.clone())? {
        return Err(EngineError::new(Kind::Query, format!("there is no source `{source}`"))
            .hint(format!("declare it: `[sources.{source}]` with the `path` of its files")));
    }
    ctx.table(table).await.map_err(|error| EngineError::from(error).at(format!("source `{source}`")))
}

fn columns<'a>(source: &'a str, schema: &'a DFSchema) -> Columns<'a> {
    Columns::new(source, schema)
}

/// Number of rows.
fn count_rows() -> Expr {
    count(lit(1_i64))
}

fn ascending(keys: &[&str]) -> Vec<datafusion::logical_expr::SortExpr> {
    keys.iter().map(|key| col(*key).sort(true, true)).collect()
}
