//! One figure of a table: observed, estimated, suppressed or missing, and what their sums are.

use std::iter::Sum;
use std::ops::{Add, AddAssign};

/// Amounts are held as whole millionths, so that sums are exact and do not depend on the order of rows.
const PARTS: f64 = 1e6;
/// Largest amount accepted in one row.
pub(crate) const LARGEST: f64 = 1e9;

/// One figure as a source gives it. Zero is `Observed(0.0)`; what is not known is never zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// Published or counted.
    Observed(f64),
    /// Computed from something else, such as a number of units times a mean size.
    Estimated(f64),
    /// Withheld by the source.
    Suppressed,
    /// Not in the source.
    Missing,
}

impl Amount {
    /// The value with its status; `None` is [`Amount::Missing`].
    pub fn new(value: Option<f64>, estimated: bool) -> Self {
        match value {
            Some(value) if estimated => Self::Estimated(value),
            Some(value) => Self::Observed(value),
            None => Self::Missing,
        }
    }

    /// The value, if there is one.
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Observed(value) | Self::Estimated(value) => Some(value),
            Self::Suppressed | Self::Missing => None,
        }
    }

    /// Its status.
    pub fn status(self) -> Status {
        match self {
            Self::Observed(_) => Status::Observed,
            Self::Estimated(_) => Status::Estimated,
            Self::Suppressed => Status::Suppressed,
            Self::Missing => Status::Missing,
        }
    }

    /// Whether it is no value, or a finite one from 0 to 10^9.
    pub fn is_valid(self) -> bool {
        self.value().is_none_or(|value| (0.0..=LARGEST).contains(&value))
    }
}

/// The sum is known only where both are; it has the worse status.
impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let sum = self.value().unwrap_or_default() + other.value().unwrap_or_default();
        match self.status().max(other.status()) {
            Status::Observed => Self::Observed(sum),
            Status::Estimated => Self::Estimated(sum),
            Status::Suppressed => Self::Suppressed,
            Status::Missing => Self::Missing,
        }
    }
}

/// How well a figure is known, best first: a sum has the worst status of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Published or counted.
    Observed,
    /// At least partly computed from something else.
    Estimated,
    /// At least partly withheld by the source.
    Suppressed,
    /// At least partly not in the source.
    Missing,
}

impl Status {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Estimated => "estimated",
            Self::Suppressed => "suppressed",
            Self::Missing => "missing",
        }
    }
}

/// A sum of amounts that remembers how much of it is estimated and how many records are unknown. Exact to a
/// millionth, whatever the order of the sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    observed: i64,
    estimated: i64,
    records: u32,
    suppressed: u32,
    missing: u32,
    elsewhere: u32,
}

impl Tally {
    /// The tally of `records` records that amount to `parts` millionths in all, of one status.
    pub(crate) fn of(parts: i64, status: Status, records: u32) -> Self {
        let mut tally = Self { records, ..Self::default() };
        match status {
            Status::Observed => tally.observed = parts,
            Status::Estimated => tally.estimated = parts,
            Status::Suppressed => tally.suppressed = records,
            Status::Missing => tally.missing = records,
        }
        tally
    }

    /// The tally of `records` records whose amount stands in the row for all sizes, or in those by size.
    pub(crate) fn elsewhere(records: u32) -> Self {
        Self { records, elsewhere: records, ..Self::default() }
    }

    /// This tally as a part of one of all sizes, where no amount stands elsewhere.
    pub(crate) fn of_all_sizes(self) -> Self {
        Self { records: self.records - self.elsewhere, elsewhere: 0, ..self }
    }

    /// The same figure as one record: a table that is published does not tell how many records a figure is made of.
    /// No record at all stays none.
    #[must_use]
    pub fn as_one_record(self) -> Self {
        let one = |records: u32| records.min(1);
        Self {
            records: one(self.records),
            suppressed: one(self.suppressed),
            missing: one(self.missing),
            elsewhere: one(self.elsewhere),
            ..self
        }
    }

    /// One record that is withheld in the place of this figure; no record at all stays none.
    #[must_use]
    pub fn withheld(self) -> Self {
        Self::of(0, Status::Suppressed, self.records.min(1))
    }

    fn unknown(self) -> u32 {
        self.suppressed.saturating_add(self.missing).saturating_add(self.elsewhere)
    }

    /// Sum of what is known, observed or estimated: a lower bound where records are unknown.
    pub fn known(self) -> f64 {
        self.observed.saturating_add(self.estimated) as f64 / PARTS
    }

    /// Number of records, known and unknown.
    pub fn records(self) -> u32 {
        self.records
    }

    /// Share of the records whose amount is not known, 0..=1; 0 where there is no record.
    pub fn unknown_share(self) -> f64 {
        if self.records == 0 { 0.0 } else { f64::from(self.unknown()) / f64::from(self.records) }
    }

    /// Share of what is known that is estimated, 0..=1; 0 where nothing is known.
    pub fn estimated_share(self) -> f64 {
        let known = self.known();
        if known > 0.0 { self.estimated as f64 / PARTS / known } else { 0.0 }
    }

    /// The sum as a figure with its status. No record at all is an observed zero: tables of jobs leave out empty
    /// cells. A sum of 0 beside unknown records is no figure: it would read as none.
    pub fn figure(self) -> Figure {
        let status = match self {
            _ if self.missing > 0 || self.elsewhere > 0 => Status::Missing,
            _ if self.suppressed > 0 => Status::Suppressed,
            _ if self.estimated > 0 => Status::Estimated,
            _ => Status::Observed,
        };
        let affected = match status {
            Status::Observed => 0.0,
            Status::Estimated => self.estimated_share(),
            Status::Suppressed | Status::Missing => self.unknown_share(),
        };
        let value = (self.unknown() == 0 || self.known() > 0.0).then(|| self.known());
        Figure { value, status, affected }
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            observed: self.observed.saturating_add(other.observed),
            estimated: self.estimated.saturating_add(other.estimated),
            records: self.records.saturating_add(other.records),
            suppressed: self.suppressed.saturating_add(other.suppressed),
            missing: self.missing.saturating_add(other.missing),
            elsewhere: self.elsewhere.saturating_add(other.elsewhere),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

/// A sum ready to be shown: its value, its worst status and how much of it that status affects.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Sum of the known parts; `None` where it is 0 and a part is unknown.
    pub value: Option<f64>,
    /// The worst status among the parts.
    pub status: Status,
    /// For an estimated figure the share of the value that is estimated, for a suppressed or missing one the share of
    /// the records that are unknown; 0..=1.
    pub affected: f64,
}

/// The amount in millionths, 0 where it is not known.
pub(crate) fn parts(amount: Amount) -> i64 {
    amount.value().map_or(0, |value| (value * PARTS).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(amount: Amount) -> Tally {
        Tally::of(parts(amount), amount.status(), 1)
    }

    #[test]
    fn a_sum_has_the_worst_status_and_says_how_much_it_affects() {
        let known: Tally = [Amount::Observed(30.0), Amount::Estimated(10.0)].map(tally).into_iter().sum();
        assert_eq!(known.figure(), Figure { value: Some(40.0), status: Status::Estimated, affected: 0.25 });
        let with_gap = known + tally(Amount::Suppressed);
        assert_eq!(
            with_gap.figure(),
            Figure { value: Some(40.0), status: Status::Suppressed, affected: 1.0 / 3.0 }
        );
        assert_eq!((with_gap + tally(Amount::Missing)).figure().status, Status::Missing);
    }

    #[test]
    fn missing_zero_and_nothing_at_all_differ() {
        assert_eq!(tally(Amount::Missing).figure().value, None);
        assert_eq!(tally(Amount::Observed(0.0)).figure().value, Some(0.0));
        assert_eq!(Tally::default().figure().value, Some(0.0));
        assert_eq!(Amount::new(None, true), Amount::Missing);
        let zero_and_gap = tally(Amount::Observed(0.0)) + tally(Amount::Missing);
        assert_eq!(zero_and_gap.figure().value, None, "0 would read as none");
        assert_eq!(Amount::Observed(2.0) + Amount::Estimated(1.0), Amount::Estimated(3.0));
        assert_eq!(Amount::Observed(2.0) + Amount::Missing, Amount::Missing);
    }

    #[test]
    fn tenths_add_up_exactly() {
        let sum: Tally = [Amount::Observed(0.1); 10].map(tally).into_iter().sum();
        assert_eq!(sum.known(), 1.0);
    }

    #[test]
    fn what_is_no_number_of_jobs_is_not_valid() {
        for value in [-1.0, f64::NAN, f64::INFINITY, 2e9] {
            assert!(!Amount::Observed(value).is_valid());
        }
        assert!(Amount::Missing.is_valid() && Amount::Observed(0.0).is_valid());
    }
}
