//! Dates, times and numbers as a language writes them.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::Words;

impl Words {
    /// `Tuesday 15 November 2005`, `martedì 15 novembre 2005`.
    pub fn date(&self, date: NaiveDate) -> String {
        self.date_as("date.long", date)
    }

    /// `Tuesday 15 November`.
    pub fn date_short(&self, date: NaiveDate) -> String {
        self.date_as("date.short", date)
    }

    /// `15 to 17 November 2005`, as short as the dates allow.
    pub fn date_range(&self, first: NaiveDate, last: NaiveDate) -> String {
        if first == last {
            return self.date(first);
        }
        let key = if first.year() != last.year() {
            "date.range_years"
        } else if first.month() != last.month() {
            "date.range_months"
        } else {
            "date.range_days"
        };
        self.say(
            key,
            &[
                ("day", &self.day(first)),
                ("month", self.month(first)),
                ("year", &first.year().to_string()),
                ("last_day", &self.day(last)),
                ("last_month", self.month(last)),
                ("last_year", &last.year().to_string()),
            ],
        )
    }

    fn date_as(&self, key: &str, date: NaiveDate) -> String {
        self.say(
            key,
            &[
                ("weekday", self.get(&format!("weekday.{}", date.weekday().number_from_monday()))),
                ("day", &self.day(date)),
                ("month", self.month(date)),
                ("year", &date.year().to_string()),
            ],
        )
    }

    fn day(&self, date: NaiveDate) -> String {
        if date.day() == 1 { self.get("date.first").to_owned() } else { date.day().to_string() }
    }

    fn month(&self, date: NaiveDate) -> &str {
        const KEYS: [&str; 12] = [
            "month.1", "month.2", "month.3", "month.4", "month.5", "month.6", "month.7", "month.8",
            "month.9", "month.10", "month.11", "month.12",
        ];
        KEYS.get(date.month0() as usize).map_or("", |key| self.get(key))
    }

    /// `09:30`; `00:30 (+1)` on the day after `date`.
    pub fn time(&self, time: NaiveDateTime, date: NaiveDate) -> String {
        let days = (time.date() - date).num_days();
        let clock = format!("{:02}:{:02}", time.hour(), time.minute());
        if days == 0 { clock } else { format!("{clock} ({days:+})") }
    }

    /// `1 h 20 min`, `45 min`.
    pub fn duration(&self, minutes: u64) -> String {
        let (hours, rest) = ((minutes / 60).to_string(), (minutes % 60).to_string());
        match (minutes / 60, minutes % 60) {
            (0, _) => self.say("unit.minutes", &[("minutes", &rest)]),
            (_, 0) => self.say("unit.hours", &[("hours", &hours)]),
            _ => self.say("unit.hours_minutes", &[("hours", &hours), ("minutes", &rest)]),
        }
    }

    /// `34 km`; with one decimal below 10 km, rounded half up.
    pub fn distance(&self, metres: u64) -> String {
        let number = if metres < 9_950 {
            let tenths = (metres + 50) / 100;
            format!("{}{}{}", tenths / 10, self.get("number.decimal"), tenths % 10)
        } else {
            self.number((metres + 500) / 1000)
        };
        self.say("unit.kilometres", &[("kilometres", &number)])
    }

    /// `1,234,567`, `1.234.567`.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push_str(self.get("number.group"));
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A number as short as it reads back: `1.3`, `1,3`, `40`.
    pub fn decimal(&self, number: f64) -> String {
        number.to_string().replace('.', self.get("number.decimal"))
    }

    /// A probability in hundredths: `0.96`, `0,96`. Cut, not rounded, so that it does not reach the class above.
    pub fn probability(&self, probability: f64) -> String {
        // A hair is added for numbers such as 0.29, whose hundredfold is a hair below 29.
        let hundredths = (probability * 100.0 + 1e-9) as u64;
        format!("{}{}{:02}", hundredths / 100, self.get("number.decimal"), hundredths % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn dates_are_written_as_each_language_does() {
        let (english, italian) = (Words::english(), Words::italian());
        assert_eq!(english.date(date(2005, 11, 15)), "Tuesday 15 November 2005");
        assert_eq!(italian.date(date(2005, 11, 15)), "martedì 15 novembre 2005");
        assert_eq!(italian.date_short(date(2005, 12, 1)), "giovedì 1º dicembre");
        assert_eq!(english.date_range(date(2005, 11, 15), date(2005, 11, 17)), "15 to 17 November 2005");
        assert_eq!(
            italian.date_range(date(2005, 11, 30), date(2005, 12, 2)),
            "30 novembre – 2 dicembre 2005"
        );
        assert_eq!(
            english.date_range(date(2005, 12, 30), date(2006, 1, 2)),
            "30 December 2005 to 2 January 2006"
        );
    }

    #[test]
    fn times_and_numbers_are_written_as_each_language_does() {
        let (english, italian) = (Words::english(), Words::italian());
        let late = date(2005, 11, 16).and_hms_opt(0, 30, 0).unwrap();
        assert_eq!(english.time(late, date(2005, 11, 15)), "00:30 (+1)");
        assert_eq!(english.time(late, date(2005, 11, 16)), "00:30");
        assert_eq!(english.duration(80), "1 h 20 min");
        assert_eq!(english.duration(120), "2 h");
        assert_eq!(english.duration(0), "0 min");
        assert_eq!(italian.distance(3_449), "3,4 km");
        assert_eq!(english.distance(9_949), "9.9 km");
        assert_eq!(english.distance(9_950), "10 km");
        assert_eq!(english.distance(1_234_500), "1,235 km");
        assert_eq!(italian.number(1_234_567), "1.234.567");
        assert_eq!(
            (english.decimal(1.3), italian.decimal(1.3), italian.decimal(40.0)),
            ("1.3".into(), "1,3".into(), "40".into())
        );
        assert_eq!(english.probability(0.29), "0.29");
        assert_eq!(italian.probability(0.899), "0,89");
        assert_eq!(english.probability(1.0), "1.00");
    }
}
