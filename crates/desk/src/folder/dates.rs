//! Dates and times as files write them.

use std::borrow::Cow;
use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use distretto_study::fault::{Code, Fault, Result};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};
use toml::value::Datetime;

/// A date or time of TOML, with or without quotation marks, as it is written. What it means is read later, where its key can be named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Written(pub String);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrDate;
        impl<'de> Visitor<'de> for TextOrDate {
            type Value = Written;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date or time such as \"2026-05-11\" or \"08:30\"")
            }

            fn visit_str<E>(self, text: &str) -> Result<Written, E> {
                Ok(Written(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, date: A) -> Result<Written, A::Error> {
                Datetime::deserialize(MapAccessDeserializer::new(date)).map(|date| Written(date.to_string()))
            }
        }
        deserializer.deserialize_any(TextOrDate)
    }
}

impl JsonSchema for Written {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Written".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// A date: `2026-05-11`.
pub(crate) fn date(text: &str) -> Result<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        .map_err(|_| unreadable(text, "a date", &date_hint(text)))
}

/// A time of day to the minute: `09:30`; `09:30:00` likewise.
pub(crate) fn time(text: &str) -> Result<NaiveTime> {
    let text = text.trim();
    NaiveTime::parse_from_str(text, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"))
        .ok()
        .filter(|time| time.second() == 0)
        .ok_or_else(|| unreadable(text, "a time", &time_hint(text)))
}

/// A date and time to the minute, without a zone: `2026-05-11 09:30`, or with `T` between; seconds may only be `:00`.
///
/// # Errors
/// [`Code::TourDate`] for anything else.
pub fn moment(text: &str) -> Result<NaiveDateTime> {
    let parts = text.trim().split_once([' ', 'T']);
    match parts.map(|(day, clock)| (date(day), time(clock))) {
        Some((Ok(date), Ok(time))) => Ok(date.and_time(time)),
        _ => Err(unreadable(text, "a date and time", &moment_hint(text))),
    }
}

/// What to write in the place of a text that is no date.
fn date_hint(text: &str) -> String {
    let told = |date: &NaiveDate| format!("`{date}` if it is {}", date.format("%-d %B"));
    match meant_dates(text).as_slice() {
        [] => "write the year first, as in `2026-05-11`".to_owned(),
        [one] => format!("write `{one}`: the year first"),
        several => format!("write {}", several.iter().map(told).collect::<Vec<_>>().join(", ")),
    }
}

/// What to write in the place of a text that is no time.
fn time_hint(text: &str) -> String {
    match meant_time(text) {
        Some(time) => format!("write `{}`", time.format("%H:%M")),
        None => "write hours and minutes, as in `09:30`".to_owned(),
    }
}

/// What to write in the place of a text that is no date and time.
fn moment_hint(text: &str) -> String {
    let like = "write it as in `2026-05-11 09:30`: local time of the tour, without a zone".to_owned();
    let Some((day, clock)) = text.trim().split_once([' ', 'T']) else { return like };
    let days = date(day).map_or_else(|_| meant_dates(day), |day| vec![day]);
    let Some(time) = time(clock).ok().or_else(|| meant_time(clock)) else { return like };
    let told = |date: &NaiveDate| format!("`{date} {}`", time.format("%H:%M"));
    match days.as_slice() {
        [] => like,
        [one] => format!("write {}", told(one)),
        several => {
            let each =
                several.iter().map(|date| format!("{} if it is {}", told(date), date.format("%-d %B")));
            format!("write {}", each.collect::<Vec<_>>().join(", "))
        }
    }
}

/// The dates that a text in another form can mean: day and month in either order before the year, or the year first with other marks.
fn meant_dates(text: &str) -> Vec<NaiveDate> {
    let parts: Vec<&str> = text.trim().split(['/', '.', '-']).collect();
    let &[a, b, c] = parts.as_slice() else { return Vec::new() };
    let small = |text: &str| text.parse::<u32>().ok().filter(|_| (1..=2).contains(&text.len()));
    let year = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() == 4);
    let day_first =
        |day: &str, month: &str, of: &str| NaiveDate::from_ymd_opt(year(of)?, small(month)?, small(day)?);
    let mut dates: Vec<NaiveDate> =
        [day_first(a, b, c), day_first(b, a, c), day_first(c, b, a)].into_iter().flatten().collect();
    dates.dedup();
    dates
}

/// The time that a text in another form can mean: `12.30`, `12h30`, `2:30 pm`.
fn meant_time(text: &str) -> Option<NaiveTime> {
    let lower = text.trim().to_lowercase();
    let half = ["am", "pm"].into_iter().find(|half| lower.ends_with(half));
    let clock = half.and_then(|half| lower.strip_suffix(half)).unwrap_or(&lower).trim();
    let (hours, minutes) = clock.split_once(['.', 'h', ':', ','])?;
    let number = |text: &str, most: usize| text.parse::<u32>().ok().filter(|_| text.len() <= most);
    let hours = number(hours, 2)?;
    let minutes = number(minutes, 2).filter(|_| minutes.len() == 2)?;
    let hours = match half {
        None => hours,
        Some(_) if !(1..=12).contains(&hours) => return None,
        Some("pm") => hours % 12 + 12,
        Some(_) => hours % 12,
    };
    NaiveTime::from_hms_opt(hours, minutes, 0)
}

fn unreadable(text: &str, kind: &str, hint: &str) -> Box<Fault> {
    Fault::new(Code::TourDate, format!("`{}` is not {kind}", text.trim())).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read_to_the_minute() {
        assert_eq!(date(" 2026-05-11 ").unwrap().to_string(), "2026-05-11");
        assert_eq!(time("9:30").unwrap().to_string(), "09:30:00");
        assert_eq!(time("09:30:00").unwrap().to_string(), "09:30:00");
        for text in ["2026-05-11 09:30", "2026-05-11T09:30:00"] {
            assert_eq!(moment(text).unwrap().to_string(), "2026-05-11 09:30:00");
        }
    }

    #[test]
    fn what_is_not_certain_is_refused() {
        for text in ["11/05/2026", "2026-02-30", "11.5.2026", "", "2026-05-11 09:30"] {
            assert_eq!(date(text).unwrap_err().code, Code::TourDate, "{text}");
        }
        for text in ["9", "9.30", "24:00", "09:30:15", "-1:00", ""] {
            assert_eq!(time(text).unwrap_err().code, Code::TourDate, "{text}");
        }
        for text in ["2026-05-11", "09:30", "2026-05-11 09:30Z", "2026-05-11T09:30:00+02:00", ""] {
            assert_eq!(moment(text).unwrap_err().code, Code::TourDate, "{text}");
        }
    }

    #[test]
    fn what_was_probably_meant_is_told_as_it_is_written_here() {
        let hint = |fault: Box<Fault>| fault.help.unwrap();
        for (text, told) in [
            ("25/05/2026", "write `2026-05-25`: the year first"),
            ("12/5/2026", "write `2026-05-12` if it is 12 May, `2026-12-05` if it is 5 December"),
            ("5.5.2026", "write `2026-05-05`: the year first"),
            ("2026/5/12", "write `2026-05-12`: the year first"),
            ("12/05/26", "write the year first, as in `2026-05-11`"),
            ("31/02/2026", "write the year first, as in `2026-05-11`"),
        ] {
            assert_eq!(hint(date(text).unwrap_err()), told, "{text}");
        }
        for (text, told) in [
            ("12.30", "write `12:30`"),
            ("9h05", "write `09:05`"),
            ("2:30 PM", "write `14:30`"),
            ("12:15am", "write `00:15`"),
            ("9.3", "write hours and minutes, as in `09:30`"),
            ("25.00", "write hours and minutes, as in `09:30`"),
            ("noon", "write hours and minutes, as in `09:30`"),
        ] {
            assert_eq!(hint(time(text).unwrap_err()), told, "{text}");
        }
        assert_eq!(hint(moment("25/05/2026 9.30").unwrap_err()), "write `2026-05-25 09:30`");
        assert_eq!(hint(moment("2026-05-12 9.30").unwrap_err()), "write `2026-05-12 09:30`");
        let either = "write `2026-05-12 09:30` if it is 12 May, `2026-12-05 09:30` if it is 5 December";
        assert_eq!(hint(moment("12.05.2026 09:30").unwrap_err()), either);
        assert!(hint(moment("soon").unwrap_err()).contains("2026-05-11 09:30"));
    }
}
