//! Invoices between firms become a network of firms.

use arrow::datatypes::DataType;
use datafusion::functions_aggregate::expr_fn::{max, min};
use datafusion::prelude::{DataFrame, SessionContext, col, lit, try_cast};

use super::{Problem, ROWS, ascending, by_keys, columns, count_rows, first_problem, open, placed};
use crate::error::Result;

/// A table of invoices, or of any ties between firms: one row a tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transactions {
    /// The source.
    pub source: String,
    /// Column of the firm that sells.
    pub seller: String,
    /// Column of the firm that buys.
    pub buyer: String,
    /// Column of the amount; every row counts 1 where absent.
    pub amount: Option<String>,
    /// Column of the day.
    pub date: Option<String>,
    /// Column of the product, where the network is wanted by product.
    pub product: Option<String>,
    /// First and last day that count, both included.
    pub between: Option<(String, String)>,
}

impl Transactions {
    /// The network of firms: columns `seller`, `buyer`, `product` (where wanted), `amount`, `transactions`, `first` and `last` day
    /// (where there are days) and `rows`; sorted by the first ones. Amounts are added up as whole numbers or decimals of six places,
    /// so sums are exact. A firm's sales to itself stay.
    ///
    /// Cost: one pass; memory in the number of pairs of firms.
    pub(crate) async fn network(&self, ctx: &SessionContext) -> Result<DataFrame> {
        let frame = open(ctx, &self.source).await?;
        let schema = frame.schema().clone();
        let columns = columns(&self.source, &schema);
        let (seller, buyer) = (columns.code(&self.seller)?, columns.code(&self.buyer)?);
        let mut problems = vec![];
        let mut row = vec![seller.clone().alias("seller"), buyer.clone().alias("buyer")];
        let amount = match &self.amount {
            Some(name) => {
                let amount = columns.money(name)?;
                let absent = amount.units.clone().is_null().or(amount.invalid.clone());
                problems.push(Problem::invalid(
                    absent,
                    "amounts that are no number (or beyond a million billions)",
                ));
                amount
            }
            None => crate::columns::Amount::one(),
        };
        row.push(amount.units.clone().alias("units"));
        let day = self.date.as_deref().map(|name| columns.day(name)).transpose()?;
        if let Some(day) = &day {
            problems.push(Problem::invalid(day.invalid.clone(), "days that are none (such as `2011-10-09`)"));
            if self.between.is_some() {
                problems.push(Problem::left_out(day.value.clone().is_null(), "transactions without a day"));
            }
            row.push(day.value.clone().alias("day"));
        }
        if let Some(product) = &self.product {
            row.push(columns.code(product)?.alias("product"));
        }
        problems.push(Problem::left_out(seller.is_null(), "transactions without a seller"));
        problems.push(Problem::left_out(buyer.is_null(), "transactions without a buyer"));
        row.push(first_problem(problems)?.alias("problem"));
        let frame = match (&self.between, &day) {
            (Some((from, to)), Some(day)) => {
                let date = |text: &str| try_cast(lit(text), DataType::Date32);
                let within = day.value.clone().gt_eq(date(from)).and(day.value.clone().lt_eq(date(to)));
                frame.filter(day.value.clone().is_null().or(within))?
            }
            _ => frame,
        };
        let mut names = vec!["seller", "buyer"];
        if self.product.is_some() {
            names.push("product");
        }
        let mut sums = vec![amount.sum("units").alias("sum"), count_rows().alias(ROWS)];
        if day.is_some() {
            sums.extend([min(col("day")).alias("first"), max(col("day")).alias("last")]);
        }
        let frame = frame.select(row)?.aggregate(by_keys(&names), sums)?;
        let mut result = placed(&names)?;
        result.push(amount.number(col("sum")).alias("amount"));
        result.push(col(ROWS).alias("transactions"));
        if day.is_some() {
            result.extend([col("first"), col("last")]);
        }
        result.push(col(ROWS));
        Ok(frame.select(result)?.sort(ascending(&names))?)
    }
}
