//! A table by an SQL query over the sources.

use datafusion::logical_expr::LogicalPlan;
use datafusion::prelude::{DataFrame, Expr, SQLOptions, SessionContext, ident};

use crate::error::Result;
use crate::exact;

/// The table of a query. It only reads: statements that write or change something are refused. Sums of numbers with decimals are exact to
/// a millionth. Rows are sorted by all columns unless the query says how, so that they do not depend on threads.
pub(crate) async fn plan(ctx: &SessionContext, sql: &str) -> Result<DataFrame> {
    let (state, plan) = view(ctx, sql).await?.into_parts();
    let is_sorted = matches!(plan, LogicalPlan::Sort(_) | LogicalPlan::Limit(_) | LogicalPlan::Explain(_));
    let frame = DataFrame::new(state, plan);
    if is_sorted {
        return Ok(frame);
    }
    let by: Vec<_> = frame.schema().fields().iter().map(|field| sort(ident(field.name()))).collect();
    Ok(frame.sort(by)?)
}

/// The table of a query in whatever order.
pub(crate) async fn view(ctx: &SessionContext, sql: &str) -> Result<DataFrame> {
    let options = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    let (state, plan) = ctx.sql_with_options(sql, options).await?.into_parts();
    Ok(DataFrame::new(state, exact::exact_sums(plan)?))
}

fn sort(column: Expr) -> datafusion::logical_expr::SortExpr {
    column.sort(true, true)
}
