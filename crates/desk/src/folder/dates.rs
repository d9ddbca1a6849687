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
        .map_err(|_| unreadable(text, "a date", "write the year first, as in `2026-05-11`"))
}

/// A time of day to the minute: `09:30`; `09:30:00` likewise.
pub(crate) fn time(text: &str) -> Result<NaiveTime> {
    let text = text.trim();
    NaiveTime::parse_from_str(text, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"))
        .ok()
        .filter(|time| time.second() == 0)
        .ok_or_else(|| unreadable(text, "a time", "write hours and minutes, as in `09:30`"))
}

/// A date and time to the minute, without a zone: `2026-05-11 09:30`, or with `T` between; seconds may only be `:00`.
///
/// # Errors
/// [`Code::TourDate`] for anything else.
pub fn moment(text: &str) -> Result<NaiveDateTime> {
    let unlike = || {
        unreadable(
            text,
            "a date and time",
            "write it as in `2026-05-11 09:30`: local time of the tour, without a zone",
        )
    };
    let (day, clock) = text.trim().split_once([' ', 'T']).ok_or_else(unlike)?;
    match (date(day), time(clock)) {
        (Ok(date), Ok(time)) => Ok(date.and_time(time)),
        _ => Err(unlike()),
    }
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
}
