//! When a host is open, as OpenStreetMap writes it.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDateTime;
use opening_hours::localization::Country;
use opening_hours::{Context, OpeningHours};
use opening_hours_syntax::rules::RuleKind;
use serde::{Deserialize, Serialize};

/// Opening hours in the syntax of OpenStreetMap, such as `Mo-Fr 09:00-12:30,14:30-18:00; PH off`.
///
/// Source: the specification of the key `opening_hours` of OpenStreetMap, as the crate `opening-hours` reads it. `PH` are the public holidays of
/// the country asked about. Times that are only *unknown* (`Mo 09:00-12:00 unknown`) are not open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hours {
    text: String,
    parsed: OpeningHours,
}

/// Why hours could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// The text breaks the syntax.
    #[error("`{text}` is not written as opening hours: {why}")]
    Syntax {
        /// The text.
        text: String,
        /// What the parser says.
        why: String,
    },
    /// No such country, or none whose holidays are known.
    #[error("the public holidays of `{0}` are not known")]
    Country(String),
}

/// A stretch of time in which a host is open: from `from`, before `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Open {
    /// First minute.
    pub from: NaiveDateTime,
    /// First minute after.
    pub until: NaiveDateTime,
}

impl Hours {
    /// Reads opening hours.
    ///
    /// # Errors
    /// [`HoursError::Syntax`].
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        let text = text.trim();
        let syntax = |why: String| HoursError::Syntax { text: text.to_owned(), why };
        if text.is_empty() {
            return Err(syntax("it is empty".to_owned()));
        }
        let parsed = OpeningHours::from_str(text).map_err(|error| syntax(error.to_string()))?;
        Ok(Self { text: text.to_owned(), parsed })
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The stretches in which it is open within `[from, until)`, in local time of the host, in order, not touching each other.
    /// `country` says which days are public holidays, as two letters of ISO 3166-1; without it `PH` matches no day.
    ///
    /// # Errors
    /// [`HoursError::Country`] for a country whose holidays are not known.
    pub fn open(
        &self,
        from: NaiveDateTime,
        until: NaiveDateTime,
        country: Option<&str>,
    ) -> Result<Vec<Open>, HoursError> {
        let hours = match country {
            None => self.parsed.clone(),
            Some(code) => {
                let country = Country::from_str(code).map_err(|_| HoursError::Country(code.to_owned()))?;
                self.parsed.clone().with_context(Context::default().with_holidays(country.holidays()))
            }
        };
        let mut open: Vec<Open> = Vec::new();
        for stretch in hours.iter_range(from, until) {
            if stretch.kind != RuleKind::Open {
                continue;
            }
            match open.last_mut() {
                Some(last) if last.until == stretch.range.start => last.until = stretch.range.end,
                _ => open.push(Open { from: stretch.range.start, until: stretch.range.end }),
            }
        }
        Ok(open)
    }
}

impl TryFrom<String> for Hours {
    type Error = HoursError;

    fn try_from(text: String) -> Result<Self, HoursError> {
        Self::parse(&text)
    }
}

impl From<Hours> for String {
    fn from(hours: Hours) -> Self {
        hours.text
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn at(day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2005, 11, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn two_windows_a_day_and_none_on_a_holiday() {
        let hours = Hours::parse("Mo-Fr 09:00-12:30,14:30-18:00; PH off").unwrap();
        // 1 November 2005, a Tuesday, is a holiday in Italy and none in Albania; the 2nd is a plain Wednesday.
        let wednesday = [
            Open { from: at(2, 9, 0), until: at(2, 12, 30) },
            Open { from: at(2, 14, 30), until: at(2, 18, 0) },
        ];
        assert_eq!(hours.open(at(1, 0, 0), at(3, 0, 0), Some("IT")).unwrap(), wednesday);
        assert_eq!(hours.open(at(1, 0, 0), at(3, 0, 0), None).unwrap().len(), 4);
        assert_eq!(
            hours.open(at(1, 0, 0), at(3, 0, 0), Some("XX")),
            Err(HoursError::Country("XX".to_owned()))
        );
    }

    #[test]
    fn what_is_open_over_midnight_is_one_stretch_and_cut_at_the_ends() {
        let hours = Hours::parse("24/7").unwrap();
        assert_eq!(
            hours.open(at(1, 8, 0), at(3, 9, 0), None).unwrap(),
            [Open { from: at(1, 8, 0), until: at(3, 9, 0) }]
        );
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for text in ["", "  ", "every day", "Mo-Fr 25:00-26:00 maybe"] {
            assert!(matches!(Hours::parse(text), Err(HoursError::Syntax { .. })), "{text}");
        }
    }
}
