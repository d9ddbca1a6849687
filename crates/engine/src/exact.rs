//! Sums that do not depend on the order of rows.

use arrow::datatypes::DataType;
use datafusion::common::tree_node::Transformed;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{Aggregate, Expr, ExprSchemable, LogicalPlan, LogicalPlanBuilder, cast};
use datafusion::prelude::{col, when};

use crate::error::Result;

/// What numbers with decimals are added up in: 32 digits before the point and 6 after.
const EXACT: DataType = DataType::Decimal128(38, 6);

/// The plan with every `sum` of floating-point numbers replaced by the same sum in millionths: floating-point sums differ in their
/// last bits with the order of rows, which threads and executors change; whole numbers do not.
pub(crate) fn exact_sums(plan: LogicalPlan) -> Result<LogicalPlan> {
    let exact = plan.transform_up_with_subqueries(|node| {
        let LogicalPlan::Aggregate(aggregate) = &node else { return Ok(Transformed::no(node)) };
        if !aggregate.aggr_expr.iter().any(|expr| is_float_sum(expr, aggregate)) {
            return Ok(Transformed::no(node));
        }
        Ok(Transformed::yes(in_millionths(aggregate)?))
    })?;
    Ok(exact.data)
}

fn is_float_sum(expr: &Expr, aggregate: &Aggregate) -> bool {
    let Expr::AggregateFunction(AggregateFunction { func, params }) = unaliased(expr) else { return false };
    let of = params.args.first().and_then(|of| of.get_type(aggregate.input.schema()).ok());
    func.name() == "sum" && !params.distinct && matches!(of, Some(DataType::Float64 | DataType::Float32))
}

fn unaliased(expr: &Expr) -> &Expr {
    match expr {
        Expr::Alias(alias) => unaliased(&alias.expr),
        other => other,
    }
}

/// The aggregate in millionths, under a projection that gives its columns the names and kinds they had.
fn in_millionths(aggregate: &Aggregate) -> datafusion::common::Result<LogicalPlan> {
    let groups = aggregate.schema.fields().len() - aggregate.aggr_expr.len();
    let mut sums = Vec::new();
    let mut columns: Vec<Expr> =
        aggregate.schema.columns().into_iter().take(groups).map(Expr::Column).collect();
    for (at, expr) in aggregate.aggr_expr.iter().enumerate() {
        let (qualifier, field) = aggregate.schema.qualified_field(groups + at);
        let name = format!("__exact_{at}");
        let computed =
            if is_float_sum(expr, aggregate) { exact(unaliased(expr))? } else { unaliased(expr).clone() };
        sums.push(computed.alias(&name));
        let column = if is_float_sum(expr, aggregate) {
            cast(col(&name), field.data_type().clone())
        } else {
            col(&name)
        };
        columns.push(column.alias_qualified(qualifier.cloned(), field.name()));
    }
    LogicalPlanBuilder::from(aggregate.input.as_ref().clone())
        .aggregate(aggregate.group_expr.clone(), sums)?
        .project(columns)?
        .build()
}

fn exact(sum: &Expr) -> datafusion::common::Result<Expr> {
    let Expr::AggregateFunction(sum) = sum else { return Ok(sum.clone()) };
    let mut sum = sum.clone();
    for of in &mut sum.params.args {
        // Values that a FILTER keeps out need not fit.
        let kept = sum.params.filter.as_deref().map(|filter| when(filter.clone(), of.clone()).end());
        *of = cast(kept.transpose()?.unwrap_or_else(|| of.clone()), EXACT);
    }
    Ok(Expr::AggregateFunction(sum))
}
