//! Trips of persons or devices become flows from home to work.

use arrow::datatypes::DataType;
use datafusion::functions::expr_fn::date_part;
use datafusion::functions_aggregate::expr_fn::{max, sum};
use datafusion::functions_aggregate::first_last::first_value_udaf;
use datafusion::functions_window::expr_fn::row_number;
use datafusion::logical_expr::ExprFunctionExt;
use datafusion::prelude::{DataFrame, Expr, SessionContext, cast, col, in_list, lit, when};

use super::{Place, Problem, ROWS, ascending, columns, count_rows, first_problem, keys, open, text};
use crate::columns::{Amount, Columns, Read};
use crate::error::{EngineError, Kind, Result};

/// Hours of the day from the first to before the second; over midnight where the first is the larger.
pub type Hours = (u8, u8);

/// How trips become flows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Every trip counts, from where it starts to where it ends.
    Trips,
    /// Every person counts once, from home to work, both inferred from where the person's trips end.
    Places(Places),
}

/// How home and work are inferred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Home is the zone where most of a person's trips end in these hours, of any day.
    pub home_hours: Hours,
    /// Only trips for these purposes count for home, where there are purposes; all where empty.
    pub home_purposes: Vec<String>,
    /// Work is the zone where most of a person's trips end in these hours of the weekdays.
    pub work_hours: Hours,
    /// Only trips for these purposes count for work; all where empty.
    pub work_purposes: Vec<String>,
    /// Fewest trips that a home, and that a work place, must rest on.
    pub at_least: u32,
}

/// A table of trips: one row a trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trips {
    /// The source.
    pub source: String,
    /// Column of the person or device.
    pub person: Option<String>,
    /// Where a trip starts.
    pub from: Place,
    /// Where it ends.
    pub to: Place,
    /// Column of the time at which it ends, as the clock of the place shows it.
    pub time: Option<String>,
    /// Column of the purpose.
    pub purpose: Option<String>,
    /// Column of the weight: persons that the person stands for.
    pub weight: Option<String>,
    /// Purposes to keep; all where empty.
    pub purposes: Vec<String>,
    /// Days of the week to keep, 0 Sunday to 6 Saturday; all where empty.
    pub weekdays: Vec<u8>,
    /// Hours to keep.
    pub hours: Option<Hours>,
    /// Trips or persons.
    pub rule: Rule,
    /// What flows are divided by, such as the number of days that the trips were made on.
    pub per: u32,
    /// Whether the number of persons behind each flow is wanted, for disclosure control.
    pub persons: bool,
}

impl Trips {
    /// Columns `origin`, `destination`, `flow` and `rows`, and `persons` where they are wanted or a person counts once; sorted by the
    /// first two.
    ///
    /// *Trips* (`Rule::Trips`): the flow is the sum of the weights of the trips that are kept, over `per`.
    ///
    /// *Persons* (`Rule::Places`): of each person the home is the zone with most trips that end there in `home_hours`, the work
    /// place that with most trips that end there in `work_hours` on the weekdays kept; ties go to the lower code, and both rest on
    /// `at_least` trips. The flow is the sum of the weights of the persons, over `per`; a person's weight is the largest of its
    /// rows. Persons without a home or a work place are counted and told, and so are trips that say nothing of where anybody was: of
    /// nobody, without a time, or that end in no zone.
    ///
    /// *Persons behind a flow*: every person counts once, at the pair with most of its trips (the lower codes in a tie), so that the
    /// persons of several flows together are never told to be more than they are.
    ///
    /// Weights are added up in whole millionths. Cost: one pass over the trips; memory in the number of flows, or of persons and
    /// their zones.
    pub(crate) async fn plan(&self, ctx: &SessionContext) -> Result<DataFrame> {
        match &self.rule {
            Rule::Trips => self.every_trip(ctx).await,
            Rule::Places(places) => self.every_person(ctx, places).await,
        }
    }

    async fn every_trip(&self, ctx: &SessionContext) -> Result<DataFrame> {
        let frame = open(ctx, &self.source).await?;
        let schema = frame.schema().clone();
        let columns = columns(&self.source, &schema);
        let weight = self.weight(&columns)?;
        let mut problems = self.problems_of_a_trip(&columns, &weight)?;
        problems.extend(self.from.problems(&columns, self.from.zone(&columns)?, "trips that start")?);
        problems.extend(self.to.problems(&columns, self.to.zone(&columns)?, "trips that end")?);
        let mut trip = vec![
            self.from.zone(&columns)?.alias("origin"),
            self.to.zone(&columns)?.alias("destination"),
            weight.units.clone().alias("weight"),
            first_problem(problems)?.alias("problem"),
        ];
        let persons = match (&self.person, self.persons) {
            (Some(person), true) => {
                trip.push(columns.code(person)?.alias("person"));
                true
            }
            (None, true) => {
                return Err(EngineError::new(
                    Kind::Query,
                    format!("source `{}` has no column that tells persons apart", self.source),
                )
                .because("flows of few persons must not be published, so persons are counted")
                .hint("name the column `person`, or say `suppress = false` under [disclosure]"));
            }
            (_, false) => false,
        };
        let mut frame = match self.is_kept(&columns)? {
            Some(kept) => frame.filter(kept)?,
            None => frame,
        }
        .select(trip)?;
        let mut by = keys("problem", &["origin", "destination"])?;
        let (mut weights, mut rows) = (weight.sum("weight"), count_rows());
        if persons {
            by.push(col("person"));
            frame = frame.aggregate(by, vec![weights.alias("weight"), rows.alias(ROWS)])?;
            frame = frame.window(vec![rank_of_pair()?.alias("rank")])?;
            by = vec![col("key_0"), col("key_1")];
            (weights, rows) = (sum(col("weight")), sum(col(ROWS)));
        }
        let mut sums = vec![weights.alias("sum"), rows.alias("all_rows")];
        if persons {
            sums.push(sum(one_if(col("rank").eq(lit(1_u64)))?).alias("persons"));
        }
        self.flows(frame.aggregate(by, sums)?, &weight, persons)
    }

    /// The columns of the result from sums by pair.
    fn flows(&self, sums: DataFrame, weight: &Amount, persons: bool) -> Result<DataFrame> {
        let flow = weight.number(col("sum"));
        let flow = if self.per > 1 { flow / lit(f64::from(self.per)) } else { flow };
        let mut result = vec![
            text("key_0").alias("origin"),
            text("key_1").alias("destination"),
            flow.alias("flow"),
            col("all_rows").alias(ROWS),
        ];
        if persons {
            result.push(col("persons"));
        }
        Ok(sums.select(result)?.sort(ascending(&["origin", "destination"]))?)
    }

    async fn every_person(&self, ctx: &SessionContext, places: &Places) -> Result<DataFrame> {
        let (Some(person), Some(time)) = (&self.person, &self.time) else {
            return Err(EngineError::new(
                Kind::Query,
                "home and work cannot be inferred without persons and times",
            )
            .because(format!("the trips of source `{}` need columns `person` and `time`", self.source)));
        };
        let frame = open(ctx, &self.source).await?;
        let schema = frame.schema().clone();
        let columns = columns(&self.source, &schema);
        let weight = self.weight(&columns)?;
        let read = columns.time(time, true)?;
        let hour = || date_part(lit("hour"), read.value.clone());
        let mut at_home = within(hour(), places.home_hours);
        let mut at_work = within(hour(), places.work_hours);
        if !self.weekdays.is_empty() {
            at_work = at_work.and(self.on_weekdays(&read.value));
        }
        if let Some(home) = self.is_for(&columns, "home_purposes", &places.home_purposes)? {
            at_home = at_home.and(home);
        }
        if let Some(work) = self.is_for(&columns, "work_purposes", &places.work_purposes)? {
            at_work = at_work.and(work);
        }
        let mut problems = self.problems_of_a_trip(&columns, &weight)?;
        let code = columns.code(person)?;
        problems.push(Problem::left_out(code.clone().is_null(), "trips of nobody"));
        problems.extend(self.to.problems(&columns, self.to.zone(&columns)?, "trips that end")?);
        let trip = vec![
            code.alias("person"),
            self.to.zone(&columns)?.alias("zone"),
            weight.units.clone().alias("weight"),
            one_if(at_home)?.alias("home"),
            one_if(at_work)?.alias("work"),
            first_problem(problems)?.alias("problem"),
        ];
        // Trips that have no place are nobody's: they make one group for each reason, beside the persons.
        let placed =
            |key: &str| Ok::<_, EngineError>(when(col("problem").is_null(), col(key)).end()?.alias(key));
        let visits = frame.select(trip)?.aggregate(
            vec![placed("person")?, placed("zone")?, col("problem")],
            vec![
                sum(col("home")).alias("home"),
                sum(col("work")).alias("work"),
                max(col("weight")).alias("weight"),
                count_rows().alias(ROWS),
            ],
        )?;
        let persons = visits.aggregate(
            vec![col("person"), col("problem").alias("lost")],
            vec![
                most("home", places.at_least)?.alias("home"),
                most("work", places.at_least)?.alias("work"),
                max(col("weight")).alias("weight"),
                sum(col(ROWS)).alias("trips"),
            ],
        )?;
        let homeless = first_problem(vec![
            Problem::left_out(col("home").is_null(), "persons without a home"),
            Problem::left_out(col("work").is_null(), "persons without a place of work"),
        ])?;
        let is_lost = || col("lost").is_not_null();
        let problem = when(is_lost(), col("lost")).otherwise(homeless.clone())?;
        // What is left out is told in what it is: trips, or persons.
        let rows = when(is_lost().or(homeless.is_null()), col("trips")).otherwise(lit(1_i64))?;
        let persons = persons.with_column("problem", problem)?.with_column(ROWS, rows)?;
        let sums = persons.aggregate(
            keys("problem", &["home", "work"])?,
            vec![
                weight.sum("weight").alias("sum"),
                sum(col(ROWS)).alias("all_rows"),
                count_rows().alias("persons"),
            ],
        )?;
        self.flows(sums, &weight, true)
    }

    /// Whether a trip is made for one of these purposes; any will do where there are none.
    fn is_for(&self, columns: &Columns<'_>, key: &str, purposes: &[String]) -> Result<Option<Expr>> {
        if purposes.is_empty() {
            return Ok(None);
        }
        let Some(purpose) = &self.purpose else {
            return Err(EngineError::new(Kind::Query, format!("`{key}` needs a column `purpose`")));
        };
        columns.is_one_of(purpose, purposes).map(Some)
    }

    fn weight(&self, columns: &Columns<'_>) -> Result<Amount> {
        self.weight.as_deref().map_or_else(|| Ok(Amount::one()), |name| columns.persons(name))
    }

    /// Why a trip may mean nothing, or count nowhere: its weight and its time.
    fn problems_of_a_trip(&self, columns: &Columns<'_>, weight: &Amount) -> Result<Vec<Problem>> {
        let mut problems = Vec::new();
        if self.weight.is_some() {
            let absent = weight.units.clone().is_null().or(weight.invalid.clone());
            problems.push(Problem::invalid(absent, "weights that are no number of persons (0 to a billion)"));
        }
        if let Some(time) = self.time_that_matters(columns)? {
            problems.push(Problem::invalid(
                time.invalid,
                "times that are none of a clock (such as `2011-10-09 07:30:00`, with the offset of the place or without)",
            ));
            problems.push(Problem::left_out(time.value.is_null(), "trips without a time"));
        }
        Ok(problems)
    }

    /// The time of a trip, where hours or weekdays are asked for.
    fn time_that_matters(&self, columns: &Columns<'_>) -> Result<Option<Read>> {
        let hours = self.hours.is_some() || matches!(self.rule, Rule::Places(_));
        if !hours && self.weekdays.is_empty() {
            return Ok(None);
        }
        let Some(time) = &self.time else {
            return Err(EngineError::new(Kind::Query, "`weekdays` and `hours` need a column `time`"));
        };
        columns.time(time, hours).map(Some)
    }

    /// Whether a trip is kept. One whose time cannot be read or is not there is, to be told.
    fn is_kept(&self, columns: &Columns<'_>) -> Result<Option<Expr>> {
        let for_purpose = self.is_for(columns, "purposes", &self.purposes)?;
        let in_time = self.time_that_matters(columns)?.map(|time| {
            let mut fits = Vec::new();
            if !self.weekdays.is_empty() {
                fits.push(self.on_weekdays(&time.value));
            }
            if let Some(hours) = self.hours {
                fits.push(within(date_part(lit("hour"), time.value.clone()), hours));
            }
            let fits = fits.into_iter().reduce(Expr::and).unwrap_or_else(|| lit(true));
            time.value.is_null().or(fits)
        });
        Ok(for_purpose.into_iter().chain(in_time).reduce(Expr::and))
    }

    fn on_weekdays(&self, time: &Expr) -> Expr {
        let days = self.weekdays.iter().map(|&day| lit(i32::from(day))).collect();
        in_list(date_part(lit("dow"), time.clone()), days, false)
    }
}

/// Which of the pairs of a person a row is: 1 for that with most trips.
fn rank_of_pair() -> Result<Expr> {
    Ok(row_number()
        .partition_by(vec![col("person")])
        .order_by(vec![
            col(ROWS).sort(false, false),
            col("key_0").sort(true, false),
            col("key_1").sort(true, false),
        ])
        .build()?)
}

/// Whether an hour lies in a span of hours.
fn within(hour: Expr, (from, to): Hours) -> Expr {
    let (after, before) = (hour.clone().gt_eq(lit(i32::from(from))), hour.lt(lit(i32::from(to))));
    if from <= to { after.and(before) } else { after.or(before) }
}

fn one_if(condition: Expr) -> Result<Expr> {
    Ok(cast(when(condition, lit(1_i32)).otherwise(lit(0_i32))?, DataType::Int64))
}

/// The zone with most of these visits, the lower code in a tie, of those with enough of them.
fn most(visits: &str, at_least: u32) -> Result<Expr> {
    let enough = col(visits).gt_eq(lit(i64::from(at_least.max(1)))).and(col("zone").is_not_null());
    Ok(first_value_udaf()
        .call(vec![col("zone")])
        .order_by(vec![col(visits).sort(false, false), col("zone").sort(true, false)])
        .filter(enough)
        .build()?)
}
