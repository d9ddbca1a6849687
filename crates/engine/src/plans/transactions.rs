//! Invoices between firms become a network of firms, and trade between zones and between activities.

use arrow::datatypes::DataType;
use datafusion::functions_aggregate::expr_fn::{max, min, sum};
use datafusion::functions_aggregate::first_last::first_value_udaf;
use datafusion::logical_expr::{ExprFunctionExt, JoinType};
use datafusion::prelude::{DataFrame, SessionContext, col, lit, try_cast};

use super::{Life, Place, Problem, ROWS, ascending, columns, count_rows, first_problem, keys, open, text};
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

/// Where firms are and what they do: a register of establishments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Firms {
    /// The source.
    pub source: String,
    /// Column of the firm of a unit.
    pub firm: String,
    /// Column of the unit, where there is one.
    pub unit: Option<String>,
    /// Where a unit is.
    pub place: Place,
    /// Column of its activity.
    pub activity: String,
    /// Column of its employees, where there is one.
    pub employees: Option<String>,
    /// The day that counts: units that were not open on it are passed over. Every unit counts where absent.
    pub on: Option<String>,
    /// Column of the first day of a unit.
    pub from: Option<String>,
    /// Column of its last day; empty while it is open.
    pub to: Option<String>,
}

/// What trade is summed up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trade {
    /// The zones of seller and buyer.
    Zones,
    /// Their activities.
    Activities,
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
        let frame = frame.select(row)?.aggregate(keys("problem", &names)?, sums)?;
        let mut result: Vec<_> =
            names.iter().enumerate().map(|(at, &name)| text(&format!("key_{at}")).alias(name)).collect();
        result.push(amount.number(col("sum")).alias("amount"));
        result.push(col(ROWS).alias("transactions"));
        if day.is_some() {
            result.extend([col("first"), col("last")]);
        }
        result.push(col(ROWS));
        Ok(frame.select(result)?.sort(ascending(&names))?)
    }
}

impl Trade {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zones => "zones",
            Self::Activities => "activities",
        }
    }

    /// Trade by zones or by activities, from a network of firms (source `network`) and the register: columns `seller` and `buyer`,
    /// `amount`, `transactions`, `pairs` of firms, `sellers` with the three largest of their amounts, `rows`; sorted by the first two.
    ///
    /// A firm is where, and does what, its main unit is and does: that with most employees, the lower code of the unit in a tie. Firms
    /// that are not in the register, or whose main unit has no zone or activity, are told with their transactions.
    pub(crate) async fn plan(self, ctx: &SessionContext, network: &str, firms: &Firms) -> Result<DataFrame> {
        let place = firms.main_units(ctx).await?;
        let (at, without) = match self {
            Self::Zones => ("zone", "whose main unit is in no zone"),
            Self::Activities => ("activity", "whose main unit has no activity"),
        };
        let of = |side: &str| -> Result<DataFrame> {
            Ok(place.clone().select(vec![
                col("firm").alias(format!("{side}_firm")),
                col(at).alias(format!("{side}_place")),
                col("wrong").alias(format!("{side}_wrong")),
            ])?)
        };
        let joined = pairs(ctx, network)
            .await?
            .join(of("seller")?, JoinType::Left, &["seller"], &["seller_firm"], None)?
            .join(of("buyer")?, JoinType::Left, &["buyer"], &["buyer_firm"], None)?;
        let mut problems = Vec::new();
        for side in ["seller", "buyer"] {
            let column = |what: &str| col(format!("{side}_{what}"));
            problems.extend([
                Problem::given(column("wrong")),
                Problem::left_out(
                    column("firm").is_null(),
                    &format!("transactions whose {side} is not in the register"),
                ),
                Problem::left_out(column("place").is_null(), &format!("transactions of a {side} {without}")),
            ]);
        }
        let rows = joined.select(vec![
            col("seller_place"),
            col("buyer_place"),
            col("seller"),
            try_cast(col("amount"), DataType::Decimal128(38, 6)).alias("parts"),
            col("transactions").alias("ties"),
            first_problem(problems)?.alias("problem"),
        ])?;
        // By seller first: one seller must not count twice among those behind a figure.
        let mut by = keys("problem", &["seller_place", "buyer_place"])?;
        by.push(col("seller"));
        let sellers = rows.aggregate(
            by,
            vec![
                sum(col("parts")).alias("parts"),
                sum(col("ties")).alias("ties"),
                count_rows().alias("pairs"),
            ],
        )?;
        let whole = try_cast(col("parts"), DataType::Float64);
        let millionths =
            try_cast(datafusion::functions::expr_fn::round(vec![whole * lit(1e6)]), DataType::Int64);
        let sums = sellers.with_column("millionths", millionths)?.aggregate(
            vec![col("key_0"), col("key_1")],
            vec![
                sum(col("parts")).alias("amount"),
                sum(col("ties")).alias("transactions"),
                sum(col("pairs")).alias("pairs"),
                count_rows().alias("sellers"),
                crate::functions::largest_expr(col("millionths")).alias("largest"),
            ],
        )?;
        let mut result = vec![
            text("key_0").alias("seller"),
            text("key_1").alias("buyer"),
            datafusion::prelude::cast(col("amount"), DataType::Float64).alias("amount"),
            col("transactions"),
            col("pairs"),
            col("sellers"),
        ];
        result.extend((1..=3).map(|rank| {
            let name = format!("largest_{rank}");
            let field = datafusion::functions::expr_fn::get_field(col("largest"), name.clone());
            (datafusion::prelude::cast(field, DataType::Float64) / lit(1e6)).alias(name)
        }));
        result.push(col("transactions").alias(ROWS));
        Ok(sums.select(result)?.sort(ascending(&["seller", "buyer"]))?)
    }
}

/// The network by pairs of firms, whatever they trade.
async fn pairs(ctx: &SessionContext, network: &str) -> Result<DataFrame> {
    let ties = open(ctx, network).await?;
    if !ties.schema().has_column_with_unqualified_name("product") {
        return Ok(ties);
    }
    let amount = try_cast(col("amount"), DataType::Decimal128(38, 6));
    Ok(ties.aggregate(
        vec![col("seller"), col("buyer")],
        vec![sum(amount).alias("amount"), sum(col("transactions")).alias("transactions")],
    )?)
}

impl Firms {
    /// Columns `firm`, `zone` and `activity` of its main unit, and `wrong`: what means nothing in its units.
    async fn main_units(&self, ctx: &SessionContext) -> Result<DataFrame> {
        let frame = open(ctx, &self.source).await?;
        let schema = frame.schema().clone();
        let columns = columns(&self.source, &schema);
        let employees = self.employees.as_deref().map(|name| columns.persons(name)).transpose()?;
        let life = Life { on: self.on.as_deref(), from: self.from.as_deref(), to: self.to.as_deref() };
        let mut wrong = life.invalid(&columns)?;
        if let Some(employees) = &employees {
            wrong.push(Problem::invalid(
                employees.invalid.clone(),
                "employees that are no number of persons (0 to a billion)",
            ));
        }
        let zone = self.place.zone(&columns)?;
        let unit = self.unit.as_deref().map_or_else(|| Ok(zone.clone()), |name| columns.code(name))?;
        let frame = match life.is_open(&columns)? {
            Some(is_open) => frame.filter(is_open)?,
            None => frame,
        };
        let units = frame.select(vec![
            columns.code(&self.firm)?.alias("firm"),
            unit.alias("unit"),
            employees.map_or_else(|| lit(1_i64), |employees| employees.units).alias("employees"),
            zone.alias("zone"),
            columns.code(&self.activity)?.alias("activity"),
            first_problem(wrong)?.alias("wrong"),
        ])?;
        // All columns in the order: zone and activity are of one unit, whatever ties.
        let of_main_unit = |what: &str| -> Result<_> {
            Ok(first_value_udaf()
                .call(vec![col(what)])
                .order_by(vec![
                    col("employees").sort(false, false),
                    col("unit").sort(true, false),
                    col("zone").sort(true, false),
                    col("activity").sort(true, false),
                ])
                .build()?
                .alias(what))
        };
        Ok(units.filter(col("firm").is_not_null())?.aggregate(
            vec![col("firm")],
            vec![of_main_unit("zone")?, of_main_unit("activity")?, max(col("wrong")).alias("wrong")],
        )?)
    }
}
