//! Which units of a register were open on a day.

use arrow::datatypes::DataType;
use datafusion::prelude::{Expr, lit, try_cast};

use super::Problem;
use crate::columns::Columns;
use crate::error::Result;

/// The first and the last day of a unit, and the day that counts.
pub(super) struct Life<'a> {
    /// The day that counts, `2011-10-09`; every unit counts where absent.
    pub(super) on: Option<&'a str>,
    /// Column of the first day.
    pub(super) from: Option<&'a str>,
    /// Column of the last day; empty while the unit is open.
    pub(super) to: Option<&'a str>,
}

impl Life<'_> {
    /// What means nothing in the days of a unit.
    pub(super) fn invalid(&self, columns: &Columns<'_>) -> Result<Vec<Problem>> {
        if self.on.is_none() {
            return Ok(Vec::new());
        }
        let invalid = |name: &str| {
            Ok(Problem::invalid(
                columns.day(name)?.invalid,
                &format!("`{name}` that is no day (such as `2011-10-09`)"),
            ))
        };
        [self.from, self.to].into_iter().flatten().map(invalid).collect()
    }

    /// Whether a unit was open on the day, both its days included, and without end where there is no day. One with a day that cannot be
    /// read stays, to be told.
    pub(super) fn is_open(&self, columns: &Columns<'_>) -> Result<Option<Expr>> {
        let Some(on) = self.on else { return Ok(None) };
        let day = || try_cast(lit(on), DataType::Date32);
        let mut bounds = Vec::new();
        if let Some(from) = self.from {
            let from = columns.day(from)?.value;
            bounds.push(from.clone().is_null().or(from.lt_eq(day())));
        }
        if let Some(to) = self.to {
            let to = columns.day(to)?.value;
            bounds.push(to.clone().is_null().or(to.gt_eq(day())));
        }
        Ok(bounds.into_iter().reduce(Expr::and))
    }
}
