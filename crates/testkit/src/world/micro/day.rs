//! Days of the Gregorian calendar, by number.

use std::fmt;

/// A day: its number since 1 January 1970, which is what Arrow's `Date32` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(pub i32);

/// The day of the flow and jobs tables: Sunday 9 October 2011, that of Italy's census.
pub const REFERENCE_DAY: Day = Day::of(2011, 10, 9);

/// Days in 400 years, after which the calendar repeats itself.
const CYCLE: i32 = 146_097;
/// Days from 1 March of the year 0 to 1 January 1970.
const EPOCH: i32 = 719_468;

impl Day {
    /// The day of a date. `month` from 1 to 12, `day` from 1; years from 0 to 5 million. Years begin in March, so that leap days
    /// come last (Hinnant 2013, "chrono-compatible low-level date algorithms").
    pub const fn of(year: i32, month: i32, day: i32) -> Self {
        let from_march = (month + 9) % 12;
        let year = if month <= 2 { year - 1 } else { year };
        let (cycle, year) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * from_march + 2) / 5 + day - 1;
        Self(cycle * CYCLE + year * 365 + year / 4 - year / 100 + of_year - EPOCH)
    }

    /// Year, month from 1 to 12 and day from 1; the inverse of [`Self::of`].
    pub const fn date(self) -> (i32, i32, i32) {
        let since = self.0 + EPOCH;
        let (cycle, of_cycle) = (since.div_euclid(CYCLE), since.rem_euclid(CYCLE));
        let year = (of_cycle - of_cycle / 1460 + of_cycle / 36_524 - of_cycle / (CYCLE - 1)) / 365;
        let of_year = of_cycle - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = (from_march + 2) % 12 + 1;
        let year = cycle * 400 + year + if month <= 2 { 1 } else { 0 };
        (year, month, of_year - (153 * from_march + 2) / 5 + 1)
    }

    /// The day so many days later, or earlier where negative.
    #[must_use]
    pub const fn later(self, days: i32) -> Self {
        Self(self.0 + days)
    }
}

/// As in `2011-10-09`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_are_inverse() {
        assert_eq!(Day::of(1970, 1, 1), Day(0));
        assert_eq!(Day::of(2000, 3, 1), Day(11_017));
        assert_eq!(REFERENCE_DAY, Day(15_256));
        assert_eq!(Day::of(2012, 2, 29).to_string(), "2012-02-29");
        let mut last = Day::of(1899, 12, 31).date();
        for number in Day::of(1900, 1, 1).0..Day::of(2101, 1, 1).0 {
            let date = Day(number).date();
            assert_eq!(Day::of(date.0, date.1, date.2), Day(number));
            assert!(date > last, "{date:?} comes after {last:?}");
            last = date;
        }
    }
}
