//! Columns of raw tables as plans need them: codes, exact amounts, days, points in time, zones.

use arrow::datatypes::{DataType, TimeUnit};
use datafusion::common::DFSchema;
use datafusion::functions::expr_fn::{coalesce, to_local_time};
use datafusion::functions_aggregate::expr_fn::sum;
use datafusion::prelude::{Expr, cast, col, ident, lit, try_cast};

use crate::error::{EngineError, Kind, Result};
use crate::functions::{MILLION, clock_expr, code_expr, code_in_expr, millionths_expr, total_expr};

/// What amounts of money with decimals are counted in, so that sums are exact and do not depend on the order of rows.
const DECIMAL: DataType = DataType::Decimal128(38, 6);
/// The largest number of persons in one row, employees or a weight: a billion. Larger ones are codes for something else.
const MOST_PERSONS: f64 = 1e9;
/// The largest amount of money in one row, of either sign.
const MOST_MONEY: f64 = 1e15;

/// The columns of one source.
pub(crate) struct Columns<'a> {
    source: &'a str,
    schema: &'a DFSchema,
}

/// A number that can be added up exactly.
pub(crate) struct Amount {
    /// Whole numbers, or decimals of fixed places; NULL where there is none.
    pub(crate) units: Expr,
    /// How many units are one.
    pub(crate) per_unit: f64,
    /// Whether a value is there that is no amount.
    pub(crate) invalid: Expr,
    /// What decimals are added up in; nothing where units are whole.
    decimals: Option<DataType>,
}

impl Amount {
    /// One for every row.
    pub(crate) fn one() -> Self {
        Self { units: lit(1_i64), per_unit: 1.0, invalid: lit(false), decimals: None }
    }

    /// The sum of a column that holds the units.
    pub(crate) fn sum(&self, column: &str) -> Expr {
        match &self.decimals {
            Some(decimals) => sum(cast(col(column), decimals.clone())),
            None => total_expr(col(column)),
        }
    }

    /// A sum of units as a number.
    pub(crate) fn number(&self, sum: Expr) -> Expr {
        let number = cast(sum, DataType::Float64);
        if self.per_unit == 1.0 { number } else { number / lit(self.per_unit) }
    }

    /// Units as whole millionths.
    pub(crate) fn parts(&self) -> Expr {
        self.units.clone() * lit((MILLION / self.per_unit) as i64)
    }
}

/// A value that was read, and whether something is there that could not be read.
pub(crate) struct Read {
    pub(crate) value: Expr,
    pub(crate) invalid: Expr,
}

impl Read {
    fn valid(value: Expr) -> Self {
        Self { value, invalid: lit(false) }
    }
}

impl<'a> Columns<'a> {
    pub(crate) fn new(source: &'a str, schema: &'a DFSchema) -> Self {
        Self { source, schema }
    }

    fn kind(&self, name: &str) -> Result<&DataType> {
        if let Ok(field) = self.schema.field_with_unqualified_name(name) {
            return Ok(field.data_type());
        }
        let names: Vec<String> =
            self.schema.fields().iter().map(|field| format!("`{}`", field.name())).collect();
        Err(EngineError::new(Kind::Query, format!("source `{}` has no column `{name}`", self.source))
            .because(format!("its columns are {}", names.join(", ")))
            .hint("say under `columns` what it is called"))
    }

    /// A code: a text without white space around it, NULL where it is empty. Numbers become texts.
    pub(crate) fn code(&self, name: &str) -> Result<Expr> {
        let kind = self.kind(name)?;
        Ok(if is_text(kind) { code_expr(ident(name)) } else { cast(ident(name), DataType::Utf8View) })
    }

    /// Whether a code is one of some.
    pub(crate) fn is_one_of(&self, name: &str, codes: &[String]) -> Result<Expr> {
        self.kind(name)?;
        Ok(code_in_expr(ident(name), codes))
    }

    /// A number of persons, 0 to a billion: whole where the column is, else in millionths.
    pub(crate) fn persons(&self, name: &str) -> Result<Amount> {
        let kind = self.kind(name)?;
        let (units, per_unit, invalid) = if kind.is_integer() {
            let units = try_cast(ident(name), DataType::Int64);
            let is_some = units.clone().between(lit(0_i64), lit(MOST_PERSONS as i64));
            (units, 1.0, ident(name).is_not_null().and(is_some.is_not_true()))
        } else {
            let (number, filled) = self.float(name, kind);
            let units = millionths_expr(number, MOST_PERSONS);
            (units.clone(), MILLION, filled.and(units.is_null()))
        };
        Ok(Amount { units, per_unit, invalid, decimals: None })
    }

    /// An amount of money of either sign, at most a million billions: decimals of fixed places, so that sums are exact.
    pub(crate) fn money(&self, name: &str) -> Result<Amount> {
        let kind = self.kind(name)?;
        let (number, filled) = self.float(name, kind);
        let (units, decimals) = match kind {
            DataType::Decimal128(_, scale) => (ident(name), Some(DataType::Decimal128(38, *scale))),
            kind if kind.is_integer() => (try_cast(ident(name), DataType::Int64), None),
            _ => (try_cast(number.clone(), DECIMAL), Some(DECIMAL)),
        };
        let is_some = number.clone().gt_eq(lit(-MOST_MONEY)).and(number.lt_eq(lit(MOST_MONEY)));
        let invalid = filled.and(units.clone().is_null().or(is_some.is_not_true()));
        Ok(Amount { units, per_unit: 1.0, invalid, decimals })
    }

    /// A coordinate, in degrees.
    pub(crate) fn degrees(&self, name: &str) -> Result<Read> {
        let kind = self.kind(name)?;
        let (value, filled) = self.float(name, kind);
        Ok(Read { invalid: filled.and(value.clone().is_null()), value })
    }

    /// A number, and whether anything is there.
    #[allow(clippy::unused_self, reason = "asked for as all columns are")]
    fn float(&self, name: &str, kind: &DataType) -> (Expr, Expr) {
        let column = ident(name);
        if is_text(kind) {
            let text = code_expr(column);
            (try_cast(text.clone(), DataType::Float64), text.is_not_null())
        } else {
            (try_cast(column.clone(), DataType::Float64), column.is_not_null())
        }
    }

    /// A day: a text, a date, or the day of a point in time where its own clock stands.
    pub(crate) fn day(&self, name: &str) -> Result<Read> {
        match self.kind(name)? {
            kind if is_text(kind) => {
                Ok(read(code_expr(ident(name)), |text| try_cast(text, DataType::Date32)))
            }
            DataType::Date32 | DataType::Date64 | DataType::Timestamp(_, None) => {
                Ok(Read::valid(cast(ident(name), DataType::Date32)))
            }
            DataType::Timestamp(_, Some(_)) => {
                Ok(Read::valid(cast(self.on_its_clock(name), DataType::Date32)))
            }
            kind => Err(self.of_another_kind(name, kind, "days", "to_date")),
        }
    }

    /// A point in time as the clock of the place shows it: a text (with the offset of the place or without one), or a timestamp
    /// (without a time zone, or with that of the place). `hours`: whether the time of day matters, so that a day alone is none.
    pub(crate) fn time(&self, name: &str, hours: bool) -> Result<Read> {
        const TIME: DataType = DataType::Timestamp(TimeUnit::Second, None);
        match self.kind(name)? {
            kind if is_text(kind) => Ok(read(code_expr(ident(name)), |text| {
                let time = try_cast(clock_expr(text.clone()), TIME);
                if hours { time } else { coalesce(vec![time, cast(try_cast(text, DataType::Date32), TIME)]) }
            })),
            DataType::Timestamp(_, None) => Ok(Read::valid(ident(name))),
            DataType::Timestamp(_, Some(zone)) if is_utc(zone) => Err(EngineError::new(
                Kind::Query,
                format!("`{name}` of source `{}` is in UTC", self.source),
            )
            .because("hours and weekdays are those of the clock of the place")
            .hint(format!(
                "say which clock that is, in a source with a `query`: SELECT *, to_local_time({name} AT TIME ZONE 'Europe/Rome') AS local FROM ..."
            ))),
            DataType::Timestamp(_, Some(_)) => Ok(Read::valid(self.on_its_clock(name))),
            DataType::Date32 | DataType::Date64 if !hours => Ok(Read::valid(cast(ident(name), TIME))),
            kind => Err(self.of_another_kind(name, kind, "points in time", "to_timestamp")),
        }
    }

    /// A point in time with a time zone, as its clock shows it.
    #[allow(clippy::unused_self, reason = "asked for as all columns are")]
    fn on_its_clock(&self, name: &str) -> Expr {
        to_local_time(vec![ident(name)])
    }

    fn of_another_kind(&self, name: &str, kind: &DataType, wanted: &str, function: &str) -> EngineError {
        EngineError::new(Kind::Query, format!("`{name}` of source `{}` does not hold {wanted}", self.source))
            .because(format!("its values are of kind {kind}: what they mean is not said"))
            .hint(format!("say it in a source with a `query`, with `{function}` or a CAST"))
    }
}

/// A text read as something: invalid where it cannot be.
fn read(text: Expr, to: impl Fn(Expr) -> Expr) -> Read {
    let value = to(text.clone());
    Read { invalid: text.is_not_null().and(value.clone().is_null()), value }
}

fn is_utc(zone: &str) -> bool {
    ["utc", "z", "gmt", "etc/utc", "+00:00", "-00:00", "+0000", "+00"]
        .contains(&zone.to_ascii_lowercase().as_str())
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_text(values),
        DataType::Null => true,
        kind => kind.is_string(),
    }
}
