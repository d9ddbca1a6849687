//! A network of firms becomes trade between zones, and between activities.

use arrow::datatypes::DataType;
use datafusion::functions::expr_fn::{abs, get_field, round};
use datafusion::functions_aggregate::expr_fn::{max, sum};
use datafusion::functions_aggregate::first_last::first_value_udaf;
use datafusion::logical_expr::{ExprFunctionExt, JoinType};
use datafusion::prelude::{DataFrame, Expr, SessionContext, cast, col, lit, try_cast, when};

use super::{
    Life, Place, Problem, ROWS, ascending, by_keys, columns, count_rows, first_problem, open, placed,
};
use crate::error::Result;

/// Amounts of one firm from here on are taken as the most there is; millionths of lower ones are whole numbers.
const MOST: f64 = 9e12;

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

impl Trade {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zones => "zones",
            Self::Activities => "activities",
        }
    }

    /// Trade by zones or by activities, from a network of firms (source `network`) and the register: columns `seller` and `buyer`,
    /// `amount`, `transactions`, `pairs` of firms and `rows`; sorted by the first two. Where the `contributors` are wanted, for disclosure
    /// control, also `sellers` and `buyers`, what the amounts of each of them are without their signs (`sold`, `bought`) and the three
    /// largest of those (`largest_seller_1`, ..., `largest_buyer_3`): memory is then in the number of firms in each sum.
    ///
    /// A firm is where, and does what, its main unit is and does: that with most employees, the lower code of the unit in a tie. Firms
    /// that are not in the register, or whose main unit has no zone or activity, are told with their transactions.
    pub(crate) async fn plan(
        self,
        ctx: &SessionContext,
        network: &str,
        firms: &Firms,
        contributors: bool,
    ) -> Result<DataFrame> {
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
            col("buyer"),
            try_cast(col("amount"), DataType::Decimal128(38, 6)).alias("parts"),
            col("transactions").alias("ties"),
            first_problem(problems)?.alias("problem"),
        ])?;
        if contributors { Self::with_contributors(&rows) } else { Self::sums(rows) }
    }

    /// The ties summed up by the places of their ends.
    fn sums(ties: DataFrame) -> Result<DataFrame> {
        let sums = vec![
            sum(col("parts")).alias("amount"),
            sum(col("ties")).alias("transactions"),
            count_rows().alias("pairs"),
        ];
        let sums = ties.aggregate(by_keys(&["seller_place", "buyer_place"]), sums)?;
        let mut result = placed(&["seller", "buyer"])?;
        result.extend([
            cast(col("amount"), DataType::Float64).alias("amount"),
            col("transactions"),
            col("pairs"),
            col("transactions").alias(ROWS),
        ]);
        Ok(sums.select(result)?.sort(ascending(&["seller", "buyer"]))?)
    }

    /// The same with who stands behind the sums, on either side.
    fn with_contributors(rows: &DataFrame) -> Result<DataFrame> {
        // By firm first, on either side: one seller must not count twice among those behind a figure, nor one buyer.
        let of_side = |firm: &str, is_seller: bool| -> Result<DataFrame> {
            let mut by = by_keys(&["seller_place", "buyer_place"]);
            by.extend([col(firm).alias("firm"), lit(is_seller).alias("sells")]);
            let sums = vec![
                sum(col("parts")).alias("parts"),
                sum(col("ties")).alias("ties"),
                count_rows().alias("pairs"),
            ];
            Ok(rows.clone().aggregate(by, sums)?)
        };
        let sides = of_side("seller", true)?.union(of_side("buyer", false)?)?;
        let whole = || try_cast(abs(col("parts")), DataType::Float64);
        let millionths = try_cast(round(vec![whole() * lit(1e6)]), DataType::Int64);
        // What is too much to be counted, or nothing that can be, is the most there is: it is never taken for little.
        let millionths = when(whole().lt(lit(MOST)), millionths).otherwise(lit(i64::MAX))?;
        let sides = sides.with_column("size", abs(col("parts")))?.with_column("millionths", millionths)?;
        let sells = || col("sells");
        let buys = || Expr::Not(Box::new(sells()));
        let of = |side: Expr, what: Expr| when(side, what).end();
        let sums = sides.aggregate(
            by_keys(&["key_0", "key_1"]),
            vec![
                sum(of(sells(), col("parts"))?).alias("amount"),
                sum(of(sells(), col("ties"))?).alias("transactions"),
                sum(of(sells(), col("pairs"))?).alias("pairs"),
                sum(of(sells(), lit(1_i64))?).alias("sellers"),
                sum(of(buys(), lit(1_i64))?).alias("buyers"),
                sum(of(sells(), col("size"))?).alias("sold"),
                sum(of(buys(), col("size"))?).alias("bought"),
                crate::functions::largest_expr(of(sells(), col("millionths"))?).alias("largest_seller"),
                crate::functions::largest_expr(of(buys(), col("millionths"))?).alias("largest_buyer"),
            ],
        )?;
        let number = |name: &str| cast(col(name), DataType::Float64).alias(name);
        let mut result = placed(&["seller", "buyer"])?;
        result.extend([
            number("amount"),
            col("transactions"),
            col("pairs"),
            col("sellers"),
            col("buyers"),
            number("sold"),
            number("bought"),
        ]);
        for side in ["largest_seller", "largest_buyer"] {
            result.extend((1..=3).map(|rank| {
                let field = get_field(col(side), format!("largest_{rank}"));
                (cast(field, DataType::Float64) / lit(1e6)).alias(format!("{side}_{rank}"))
            }));
        }
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
