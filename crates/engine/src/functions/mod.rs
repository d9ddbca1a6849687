//! Functions of our own, for plans and for SQL. They are registered wherever a plan may run: in this process, in the scheduler and
//! in the executors of a cluster. Each is a pure function of its arguments.
//!
//! | function | what it is |
//! |---|---|
//! | `zone_of(zones, lon, lat)` | the code of the zone that holds a point |
//! | `largest(amount)` | the three largest amounts of a group |
//! | `total(units)` | the sum of whole numbers, however large |
//! | `code(text)` | a text without white space around it, NULL where nothing is left |
//! | `code_in(text, a, b, ...)` | whether it is one of these codes |
//! | `clock(text)` | a day and time of day as the clock of the place shows it |
//! | `millionths(number, most)` | an amount in whole millionths, NULL where it is none |
//! | `file_size(path)` | what a machine sees of a file |

mod clock;
mod code;
mod code_in;
mod file_size;
mod largest;
mod millionths;
mod total;
pub(crate) mod zone_of;

use std::sync::Arc;

use arrow::datatypes::DataType;
use datafusion::logical_expr::{AggregateUDF, ScalarUDF};
use datafusion::prelude::{Expr, SessionContext, cast, lit};
use datafusion::scalar::ScalarValue;

pub(crate) use largest::largest_expr;
pub(crate) use millionths::MILLION;
pub(crate) use total::total_expr;
pub use zone_of::write_zones;

/// Scalar functions.
pub(crate) fn scalar() -> Vec<Arc<ScalarUDF>> {
    vec![
        Arc::new(ScalarUDF::from(zone_of::ZoneOf::new())),
        Arc::new(ScalarUDF::from(code::Code::new())),
        Arc::new(ScalarUDF::from(code_in::CodeIn::new())),
        Arc::new(ScalarUDF::from(clock::Clock::new())),
        Arc::new(ScalarUDF::from(millionths::Millionths::new())),
        Arc::new(ScalarUDF::from(file_size::FileSize::new())),
    ]
}

/// Aggregate functions.
pub(crate) fn aggregate() -> Vec<Arc<AggregateUDF>> {
    vec![
        Arc::new(AggregateUDF::from(largest::Largest::new())),
        Arc::new(AggregateUDF::from(total::Total::new())),
    ]
}

/// A text without white space around it, NULL where nothing is left.
pub(crate) fn code_expr(text: Expr) -> Expr {
    ScalarUDF::from(code::Code::new()).call(vec![cast(text, DataType::Utf8View)])
}

/// Whether a text without white space around it is one of some codes.
pub(crate) fn code_in_expr(text: Expr, codes: &[String]) -> Expr {
    let code = |code: &String| lit(ScalarValue::Utf8View(Some(code.trim().to_owned())));
    let text = cast(text, DataType::Utf8View);
    ScalarUDF::from(code_in::CodeIn::new())
        .call(std::iter::once(text).chain(codes.iter().map(code)).collect())
}

/// A day and time of day without its offset, NULL where there is none or it is in UTC.
pub(crate) fn clock_expr(text: Expr) -> Expr {
    ScalarUDF::from(clock::Clock::new()).call(vec![text])
}

/// A number from 0 to `most` in whole millionths, NULL where it is none.
pub(crate) fn millionths_expr(number: Expr, most: f64) -> Expr {
    ScalarUDF::from(millionths::Millionths::new()).call(vec![number, lit(most)])
}

/// The size of the file at this path, on the machine that computes it.
#[cfg(feature = "cluster")]
pub(crate) fn file_size_expr(path: Expr) -> Expr {
    ScalarUDF::from(file_size::FileSize::new()).call(vec![path])
}

/// Registers all of them.
pub(crate) fn register(ctx: &SessionContext) {
    for function in scalar() {
        ctx.register_udf(function.as_ref().clone());
    }
    for function in aggregate() {
        ctx.register_udaf(function.as_ref().clone());
    }
}

/// Registers all of them in a state that has no context.
#[cfg(feature = "cluster")]
pub(crate) fn register_in(state: &mut datafusion::execution::SessionState) -> datafusion::common::Result<()> {
    use datafusion::execution::FunctionRegistry;
    for function in scalar() {
        state.register_udf(function)?;
    }
    for function in aggregate() {
        state.register_udaf(function)?;
    }
    Ok(())
}
