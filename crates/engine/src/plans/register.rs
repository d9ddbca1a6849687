//! A register of establishments becomes jobs by zone, activity and size class.

use arrow::datatypes::DataType;
use datafusion::functions::expr_fn::{coalesce, get_field};
use datafusion::prelude::{DataFrame, Expr, SessionContext, cast, col, lit, when};

use super::{Life, Place, Problem, ROWS, ascending, columns, count_rows, first_problem, keys, open, text};
use crate::columns::Columns;
use crate::error::Result;
use crate::functions::largest_expr;

/// A register of establishments: one row a local unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The source.
    pub source: String,
    /// Where a unit is.
    pub place: Place,
    /// Column of the activity code.
    pub activity: String,
    /// Column of the employees, where there is one.
    pub employees: Option<String>,
    /// Column of the size band, where there is one.
    pub size_class: Option<String>,
    /// Column of the first day of a unit.
    pub from: Option<String>,
    /// Column of its last day; empty while it is open.
    pub to: Option<String>,
    /// The day that counts, `2011-10-09`: units that were not open on it are passed over. Every unit counts where absent.
    pub on: Option<String>,
    /// Whether the three largest units of each cell are wanted, for disclosure control.
    pub largest: bool,
}

impl Register {
    /// Columns `zone`, `activity`, `size_class`, `employees`, `local_units` and `rows`, and `largest_1` to `largest_3` where they are
    /// wanted; sorted by the first three.
    ///
    /// - A unit counts if it was open on the day `on`: from its first to its last day, both included, and without end where there
    ///   is no day.
    /// - The size class is the band of the register where it has one (`unknown` where it is not told), else that of the employees: 0-9, 10-49, 50-249, 250+, fractions
    ///   included (49.5 is 10-49), and `unknown` for a unit whose employees are not told. Such units make cells of their own, whose
    ///   employees are NULL: unknown is not zero.
    /// - Employees are added up in whole millionths.
    ///
    /// Cost: one pass over the register, memory in the number of cells.
    pub(crate) async fn plan(&self, ctx: &SessionContext) -> Result<DataFrame> {
        let frame = open(ctx, &self.source).await?;
        let schema = frame.schema().clone();
        let columns = columns(&self.source, &schema);
        let employees = self.employees.as_deref().map(|name| columns.persons(name)).transpose()?;
        let mut wrong = Vec::new();
        let mut unit =
            vec![self.place.zone(&columns)?.alias("zone"), columns.code(&self.activity)?.alias("activity")];
        if let Some(amount) = &employees {
            unit.push(amount.units.clone().alias("employees"));
            unit.push(amount.parts().alias("parts"));
            wrong.push(Problem::invalid(
                amount.invalid.clone(),
                "employees that are no number of persons (0 to a billion)",
            ));
        }
        let band = self.size_class.as_deref().map(|name| columns.code(name)).transpose()?;
        let per_unit = employees.as_ref().map_or(1.0, |amount| amount.per_unit);
        let unknown = lit("unknown");
        unit.push(band.map_or(unknown.clone(), |band| coalesce(vec![band, unknown])).alias("band"));
        wrong.extend(self.life().invalid(&columns)?);
        unit.push(first_problem(self.problems(&columns, wrong)?)?.alias("problem"));
        let frame = match self.life().is_open(&columns)? {
            Some(is_open) => frame.filter(is_open)?,
            None => frame,
        };
        let mut frame = frame.select(unit)?;
        if self.size_class.is_none() && employees.is_some() {
            frame = frame.with_column("band", class_of("employees", per_unit)?)?;
        }
        let mut by = keys("problem", &["zone", "activity", "band"])?;
        let mut sums = vec![count_rows().alias(ROWS)];
        let mut result = vec![
            text("key_0").alias("zone"),
            text("key_1").alias("activity"),
            text("key_2").alias("size_class"),
        ];
        let mut order = vec!["zone", "activity", "size_class"];
        if let Some(amount) = &employees {
            by.push(col("employees").is_null().alias("untold"));
            sums.push(amount.sum("employees").alias("sum"));
            result.push(amount.number(col("sum")).alias("employees"));
            order.push("employees");
        } else {
            result.push(lit(datafusion::scalar::ScalarValue::Float64(None)).alias("employees"));
        }
        result.extend([col(ROWS).alias("local_units"), col(ROWS)]);
        if self.largest && employees.is_some() {
            sums.push(largest_expr(col("parts")).alias("largest"));
            result.extend((1..=3).map(|rank| {
                let name = format!("largest_{rank}");
                (cast(get_field(col("largest"), name.clone()), DataType::Float64) / lit(1e6)).alias(name)
            }));
        }
        Ok(frame.aggregate(by, sums)?.select(result)?.sort(ascending(&order))?)
    }

    fn problems(&self, columns: &Columns<'_>, wrong: Vec<Problem>) -> Result<Vec<Problem>> {
        let mut problems = wrong;
        problems.extend(self.place.problems(columns, self.place.zone(columns)?, "units")?);
        problems
            .push(Problem::left_out(columns.code(&self.activity)?.is_null(), "units without an activity"));
        Ok(problems)
    }

    fn life(&self) -> Life<'_> {
        Life { on: self.on.as_deref(), from: self.from.as_deref(), to: self.to.as_deref() }
    }
}

/// The European size class of a unit with this many employees, in units of `per_unit` to one.
fn class_of(employees: &str, per_unit: f64) -> Result<Expr> {
    let below = |size: f64| col(employees).lt(lit((size * per_unit) as i64));
    Ok(when(col(employees).is_null(), lit("unknown"))
        .when(below(10.0), lit("0-9"))
        .when(below(50.0), lit("10-49"))
        .when(below(250.0), lit("50-249"))
        .otherwise(lit("250+"))?)
}
