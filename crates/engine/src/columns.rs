//! Columns of raw tables as plans need them: codes, exact amounts, days, points in time, zones.

use arrow::datatypes::{DataType, TimeUnit};
use datafusion::common::DFSchema;
use datafusion::functions::expr_fn::round;
use datafusion::prelude::{Expr, cast, ident, lit, try_cast};

use crate::error::{EngineError, Kind, Result};
use crate::functions::code_expr;

/// Millionths: what amounts with decimals are counted in, so that sums are exact and do not depend on the order of rows.
const PARTS: f64 = 1e6;
const DECIMAL: DataType = DataType::Decimal128(38, 6);

/// The columns of one source.
pub(crate) struct Columns<'a> {
    source: &'a str,
    schema: &'a DFSchema,
}

/// A number that can be added up exactly.
pub(crate) struct Amount {
    /// Whole numbers, or decimals of fixed places; NULL where there is none or it is invalid.
    pub(crate) units: Expr,
    /// How many units are one.
    pub(crate) per_unit: f64,
    /// Whether a value is there that is no number of 0 or more.
    pub(crate) invalid: Expr,
}

impl Amount {
    /// One for every row.
    pub(crate) fn one() -> Self {
        Self { units: lit(1_i64), per_unit: 1.0, invalid: lit(false) }
    }

    /// A sum of units as a number.
    pub(crate) fn number(&self, sum: Expr) -> Expr {
        let number = cast(sum, DataType::Float64);
        if self.per_unit == 1.0 { number } else { number / lit(self.per_unit) }
    }

    /// Units as whole millionths.
    pub(crate) fn parts(&self) -> Expr {
        self.units.clone() * lit((PARTS / self.per_unit) as i64)
    }
}

/// A value that was read, and whether something is there that could not be read.
pub(crate) struct Read {
    pub(crate) value: Expr,
    pub(crate) invalid: Expr,
}

impl<'a> Columns<'a> {
    pub(crate) fn new(source: &'a str, schema: &'a DFSchema) -> Self {
        Self { source, schema }
    }

    fn kind(&self, name: &str) -> Result<&DataType> {
        match self.schema.field_with_unqualified_name(name) {
            Ok(field) => Ok(field.data_type()),
            Err(_) => {
                let names: Vec<String> =
                    self.schema.fields().iter().map(|field| format!("`{}`", field.name())).collect();
                Err(EngineError::new(Kind::Query, format!("source `{}` has no column `{name}`", self.source))
                    .because(format!("its columns are {}", names.join(", ")))
                    .hint("say under `columns` what it is called"))
            }
        }
    }

    /// A code: a text without blanks around it, NULL where it is empty. Numbers become texts.
    pub(crate) fn code(&self, name: &str) -> Result<Expr> {
        let kind = self.kind(name)?;
        Ok(if is_text(kind) { code_expr(ident(name)) } else { cast(ident(name), DataType::Utf8View) })
    }

    /// An amount of 0 or more: whole where the column is, else in millionths.
    pub(crate) fn amount(&self, name: &str) -> Result<Amount> {
        let kind = self.kind(name)?;
        let column = ident(name);
        let (units, per_unit, filled) = if kind.is_integer() {
            (cast(column.clone(), DataType::Int64), 1.0, column.is_not_null())
        } else {
            let (number, filled) = self.float(name, kind);
            let finite = number.clone().lt(lit(9e12)).and(number.clone().gt_eq(lit(0.0)));
            let parts = cast(round(vec![number * lit(PARTS)]), DataType::Int64);
            (datafusion::prelude::when(finite, parts).end()?, PARTS, filled)
        };
        let invalid = filled.and(units.clone().is_null().or(units.clone().lt(lit(0_i64))));
        Ok(Amount { units, per_unit, invalid })
    }

    /// An amount of money of either sign: decimals of fixed places, so that sums are exact.
    pub(crate) fn money(&self, name: &str) -> Result<Amount> {
        let kind = self.kind(name)?;
        let column = ident(name);
        if kind.is_integer() {
            return Ok(Amount { units: cast(column, DataType::Int64), per_unit: 1.0, invalid: lit(false) });
        }
        let (number, filled) = self.float(name, kind);
        let units = if matches!(kind, DataType::Decimal128(..)) { column } else { try_cast(number, DECIMAL) };
        let invalid = filled.and(units.clone().is_null());
        Ok(Amount { units, per_unit: 1.0, invalid })
    }

    /// A coordinate, in degrees; NULL where there is none or it is no number.
    pub(crate) fn degrees(&self, name: &str) -> Result<Expr> {
        let kind = self.kind(name)?;
        Ok(self.float(name, kind).0)
    }

    /// A number, and whether anything is there.
    fn float(&self, name: &str, kind: &DataType) -> (Expr, Expr) {
        let column = ident(name);
        if is_text(kind) {
            let text = code_expr(column);
            (try_cast(text.clone(), DataType::Float64), text.is_not_null())
        } else {
            (try_cast(column.clone(), DataType::Float64), column.is_not_null())
        }
    }

    /// A day.
    pub(crate) fn day(&self, name: &str) -> Result<Read> {
        self.read(name, &DataType::Date32)
    }

    /// A point in time, to the second, as the clock of the place shows it.
    pub(crate) fn time(&self, name: &str) -> Result<Read> {
        match self.kind(name)? {
            DataType::Timestamp(_, None) => Ok(Read { value: ident(name), invalid: lit(false) }),
            _ => self.read(name, &DataType::Timestamp(TimeUnit::Second, None)),
        }
    }

    fn read(&self, name: &str, to: &DataType) -> Result<Read> {
        let kind = self.kind(name)?;
        let column = ident(name);
        if !is_text(kind) {
            return Ok(Read { value: cast(column, to.clone()), invalid: lit(false) });
        }
        let text = code_expr(column);
        let value = try_cast(text.clone(), to.clone());
        Ok(Read { invalid: text.is_not_null().and(value.clone().is_null()), value })
    }
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_text(values),
        kind => kind.is_string(),
    }
}
