//! Days: `2011-10-09`, as a date of TOML or as a text.

use std::fmt;

use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};
use toml::value::Datetime;

/// A day as it stands in a study. Whether there is such a day is checked later, where its key can be named.
struct Day(String);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrDate;
        impl<'de> Visitor<'de> for TextOrDate {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day such as \"2011-10-09\"")
            }

            fn visit_str<E>(self, text: &str) -> Result<Day, E> {
                Ok(Day(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, date: A) -> Result<Day, A::Error> {
                Datetime::deserialize(MapAccessDeserializer::new(date)).map(|date| Day(date.to_string()))
            }
        }
        deserializer.deserialize_any(TextOrDate)
    }
}

/// Reads a key that is a day.
pub(super) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Day::deserialize(deserializer).map(|Day(day)| Some(day))
}

/// Reads a key that is a first and a last day.
pub(super) fn days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<[String; 2]>, D::Error> {
    <[Day; 2]>::deserialize(deserializer).map(|days| Some(days.map(|Day(day)| day)))
}

/// Whether this is a day of the calendar, written as `2011-10-09`. Texts of days stand in the order of the days.
pub(super) fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |text: &str, digits: usize| {
        let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u32>().ok().filter(|_| is_number)
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for day in ["2011-10-09", "2012-02-29", "2000-02-29", "2011-12-31", "2011-11-30"] {
            assert!(is_day(day), "{day}");
        }
        for none in [
            "2011-02-29",
            "2011-02-30",
            "1900-02-29",
            "2011-11-31",
            "2011-00-10",
            "2011-13-01",
            "2011-01-00",
            "2011-1-009",
            "+011-01-01",
            "9.10.2011",
            "2011-10",
            "2011-10-09T00:00:00",
            "",
        ] {
            assert!(!is_day(none), "{none}");
        }
    }
}
