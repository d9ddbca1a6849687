//! When a host is open, as OpenStreetMap writes it.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use opening_hours::localization::{Coordinates, Country, Localize, TzLocation};
use opening_hours::{Context, OpeningHours};
use opening_hours_syntax::Error as SyntaxError;
use opening_hours_syntax::rules::RuleKind;
use serde::{Deserialize, Serialize};

/// Opening hours in the syntax of OpenStreetMap, such as `Mo-Fr 09:00-12:30,14:30-18:00; PH off`.
///
/// Source: the specification of the key `opening_hours` of OpenStreetMap, as the crate `opening-hours` reads it. `PH` are the public holidays of
/// the country asked about, and `dawn`, `sunrise`, `sunset` and `dusk` those of the place. Times that are only *unknown* (`Mo 09:00-12:00 unknown`) are not open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hours {
    text: String,
    parsed: OpeningHours,
}

/// Where hours hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ground<'a> {
    /// Country whose public holidays `PH` means, as two letters of ISO 3166-1; without it `PH` matches no day.
    pub country: Option<&'a str>,
    /// Longitude and latitude in degrees, WGS 84, by which the sun rises and sets.
    pub at: (f64, f64),
    /// The time zone.
    pub zone: Tz,
}

/// Why hours could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// The text breaks the syntax.
    #[error("`{text}` is not understood as opening hours{}", from(.rest.as_deref()))]
    Syntax {
        /// The text.
        text: String,
        /// From where on it is not understood: empty where it ends too soon, absent where that cannot be said.
        rest: Option<String>,
    },
    /// The text keeps to the syntax, and means nothing.
    #[error("`{text}` cannot be opening hours: {why}")]
    Meaning {
        /// The text.
        text: String,
        /// What is wrong with it.
        why: String,
    },
    /// Hours by the sun at a place that is none on Earth.
    #[error("`{text}` is told by the sun, and the place {lon}, {lat} is none on Earth")]
    Sun {
        /// The hours.
        text: String,
        /// The longitude.
        lon: String,
        /// The latitude.
        lat: String,
    },
    /// No such country, or none whose holidays are known.
    #[error("the public holidays of `{0}` are not known")]
    Country(String),
}

/// From where on a text is not understood, in words.
fn from(rest: Option<&str>) -> String {
    match rest {
        None => String::new(),
        Some("") => ": something is missing at its end".to_owned(),
        Some(rest) => format!(" from `{rest}` on"),
    }
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
    /// [`HoursError::Syntax`], [`HoursError::Meaning`].
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(HoursError::Syntax { text: String::new(), rest: Some(String::new()) });
        }
        let parsed = OpeningHours::from_str(text).map_err(|error| match error {
            SyntaxError::Syntax(error) => {
                HoursError::Syntax { text: text.to_owned(), rest: not_understood(text, &error.to_string()) }
            }
            other => HoursError::Meaning { text: text.to_owned(), why: other.to_string() },
        })?;
        Ok(Self { text: text.to_owned(), parsed })
    }

    /// The text as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it means public holidays.
    pub fn has_holidays(&self) -> bool {
        self.has(&["PH"])
    }

    /// Whether it is told by the sun.
    fn has_sun(&self) -> bool {
        self.has(&["dawn", "sunrise", "sunset", "dusk"])
    }

    /// Whether it has one of these words, outside of comments.
    fn has(&self, words: &[&str]) -> bool {
        let outside = self.text.split('"').step_by(2);
        let mut all = outside.flat_map(|text| text.split(|letter: char| !letter.is_ascii_alphabetic()));
        all.any(|word| words.contains(&word))
    }

    /// The stretches in which it is open within `[from, until)`, in local time of the host, in order, not touching each other.
    ///
    /// # Errors
    /// [`HoursError::Country`] for a country whose holidays are not known; [`HoursError::Sun`].
    pub fn open(
        &self,
        from: NaiveDateTime,
        until: NaiveDateTime,
        ground: &Ground,
    ) -> Result<Vec<Open>, HoursError> {
        let mut context = Context::default();
        if let Some(code) = ground.country {
            let country = Country::from_str(code).map_err(|_| HoursError::Country(code.to_owned()))?;
            context = context.with_holidays(country.holidays());
        }
        if !self.has_sun() {
            let hours = self.parsed.clone().with_context(context);
            let stretches = hours.iter_range(from, until);
            return Ok(open(stretches.map(|stretch| (stretch.kind, stretch.range.start, stretch.range.end))));
        }
        let (lon, lat) = ground.at;
        let place = Coordinates::new(lat, lon).ok_or_else(|| HoursError::Sun {
            text: self.text.clone(),
            lon: lon.to_string(),
            lat: lat.to_string(),
        })?;
        let here = TzLocation::new(ground.zone).with_coords(place);
        let hours = self.parsed.clone().with_context(context.with_locale(here.clone()));
        let stretches = hours.iter_range(here.datetime(from), here.datetime(until));
        Ok(open(stretches.map(|stretch| {
            let (starts, ends) = (stretch.range.start.naive_local(), stretch.range.end.naive_local());
            (stretch.kind, starts.max(from), ends.min(until))
        })))
    }
}

/// From where on the parser did not understand a text. It says so in a picture whose first line is ` --> 1:7`: line and character, from 1.
fn not_understood(text: &str, error: &str) -> Option<String> {
    let (line, character) = error.trim_start().strip_prefix("-->")?.lines().next()?.trim().split_once(':')?;
    let line = text.lines().nth(line.parse::<usize>().ok()?.checked_sub(1)?)?;
    Some(line.chars().skip(character.parse::<usize>().ok()?.checked_sub(1)?).collect())
}

/// The stretches that are open, those that touch as one.
fn open(stretches: impl Iterator<Item = (RuleKind, NaiveDateTime, NaiveDateTime)>) -> Vec<Open> {
    let mut open: Vec<Open> = Vec::new();
    for (_, from, until) in stretches.filter(|(kind, _, _)| *kind == RuleKind::Open) {
        match open.last_mut() {
            Some(last) if last.until == from => last.until = until,
            _ => open.push(Open { from, until }),
        }
    }
    open
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

    /// Brindisi.
    fn ground(country: Option<&str>) -> Ground<'_> {
        Ground { country, at: (17.94, 40.63), zone: chrono_tz::Europe::Rome }
    }

    #[test]
    fn the_sun_rises_and_sets_where_the_host_is() {
        let hours = Hours::parse("Mo-Su sunrise-sunset").unwrap();
        let open = hours.open(at(15, 0, 0), at(16, 0, 0), &ground(None)).unwrap();
        let near = |time: NaiveDateTime, about: NaiveDateTime| (time - about).num_minutes().abs() <= 5;
        // By the almanac half past six and half past four; an hour earlier in Eastern Anatolia, of the same time zone or not.
        assert_eq!(open.len(), 1);
        assert!(near(open[0].from, at(15, 6, 30)) && near(open[0].until, at(15, 16, 31)), "{open:?}");
        let east = Ground { at: (43.0, 40.63), ..ground(None) };
        let sooner = hours.open(at(15, 0, 0), at(16, 0, 0), &east).unwrap();
        assert!(near(sooner[0].from, at(15, 4, 50)), "{sooner:?}");
        let nowhere = Ground { at: (17.94, 140.0), ..ground(None) };
        assert!(matches!(hours.open(at(15, 0, 0), at(16, 0, 0), &nowhere), Err(HoursError::Sun { .. })));
    }

    #[test]
    fn words_are_found_outside_of_comments() {
        assert!(Hours::parse("Mo-Fr 09:00-12:00; PH off").unwrap().has_holidays());
        assert!(!Hours::parse("Mo-Fr 09:00-12:00 \"PH by appointment\"").unwrap().has_holidays());
        assert!(Hours::parse("Mo 09:00-(sunset-01:00)").unwrap().has_sun());
        assert!(!Hours::parse("Su 09:00-12:00").unwrap().has_sun());
    }

    #[test]
    fn months_weeks_and_nights_are_as_they_are_written() {
        let open = |text: &str, from, until| {
            let open = Hours::parse(text).unwrap().open(from, until, &ground(None)).unwrap();
            open.into_iter().map(|open| (open.from, open.until)).collect::<Vec<_>>()
        };
        // The 15th of November 2005 is a Tuesday.
        assert_eq!(open("Nov Tu 09:00-10:00", at(14, 0, 0), at(17, 0, 0)), [(at(15, 9, 0), at(15, 10, 0))]);
        assert_eq!(open("Dec 09:00-10:00", at(14, 0, 0), at(17, 0, 0)), []);
        assert_eq!(open("Tu 22:00-02:00", at(15, 0, 0), at(17, 0, 0)), [(at(15, 22, 0), at(16, 2, 0))]);
        assert_eq!(
            open("Mo-Su 09:00-12:00; Tu 10:00-11:00", at(15, 0, 0), at(17, 0, 0)),
            [(at(15, 10, 0), at(15, 11, 0)), (at(16, 9, 0), at(16, 12, 0))]
        );
        assert_eq!(open("Tu 09:00-12:00 unknown", at(15, 0, 0), at(16, 0, 0)), []);
        assert_eq!(open("Tu 09:00-12:00", at(15, 10, 0), at(15, 11, 0)), [(at(15, 10, 0), at(15, 11, 0))]);
    }

    #[test]
    fn two_windows_a_day_and_none_on_a_holiday() {
        let hours = Hours::parse("Mo-Fr 09:00-12:30,14:30-18:00; PH off").unwrap();
        // 1 November 2005, a Tuesday, is a holiday in Italy and none in Albania; the 2nd is a plain Wednesday.
        let wednesday = [
            Open { from: at(2, 9, 0), until: at(2, 12, 30) },
            Open { from: at(2, 14, 30), until: at(2, 18, 0) },
        ];
        assert_eq!(hours.open(at(1, 0, 0), at(3, 0, 0), &ground(Some("IT"))).unwrap(), wednesday);
        assert_eq!(hours.open(at(1, 0, 0), at(3, 0, 0), &ground(None)).unwrap().len(), 4);
        assert_eq!(
            hours.open(at(1, 0, 0), at(3, 0, 0), &ground(Some("XX"))),
            Err(HoursError::Country("XX".to_owned()))
        );
    }

    #[test]
    fn what_is_open_over_midnight_is_one_stretch_and_cut_at_the_ends() {
        let hours = Hours::parse("24/7").unwrap();
        assert_eq!(
            hours.open(at(1, 8, 0), at(3, 9, 0), &ground(None)).unwrap(),
            [Open { from: at(1, 8, 0), until: at(3, 9, 0) }]
        );
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for text in ["", "  ", "every day", "Mo-Fr 25:00-26:00 maybe"] {
            assert!(matches!(Hours::parse(text), Err(HoursError::Syntax { .. })), "{text}");
        }
        for (text, told) in [
            ("every day", "`every day` is not understood as opening hours from `every day` on"),
            ("Mo-Fr 9-12", "`Mo-Fr 9-12` is not understood as opening hours from `9-12` on"),
            (
                " Mo 09:00-12:30; f\u{e9}ri\u{e9} off",
                "`Mo 09:00-12:30; f\u{e9}ri\u{e9} off` is not understood as opening hours from `f\u{e9}ri\u{e9} off` on",
            ),
            (
                "Mo 09:00-12:30,14.30-18:00",
                "`Mo 09:00-12:30,14.30-18:00` is not understood as opening hours from `14.30-18:00` on",
            ),
        ] {
            assert_eq!(Hours::parse(text).unwrap_err().to_string(), told);
        }
        let inverted = Hours::parse("2030-2020").unwrap_err();
        assert!(matches!(&inverted, HoursError::Meaning { .. }), "{inverted}");
    }
}
