//! The rules of a time zone for some dates, as a VTIMEZONE.
//!
//! The file names every change of the offset from a year before the first date to a year after the last one, and the offset before them, each as an observance that begins
//! once. So the times are right for these dates, programs that want both winter and summer time find them, and no rule is claimed for other years.

use chrono::{DateTime, Duration, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

use crate::clock;

/// What the clocks of a zone show from some moment on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Observance {
    /// The moment.
    from: DateTime<Utc>,
    /// Seconds that clocks were ahead of UTC before.
    before: i32,
    /// Seconds that they are ahead of it then.
    after: i32,
    /// Whether it is summer time.
    summer: bool,
    name: String,
}

/// The lines of a VTIMEZONE that is right from `first` to `last`.
pub(super) fn observances(zone: Tz, first: NaiveDateTime, last: NaiveDateTime) -> Vec<String> {
    let year = Duration::days(366);
    let (first, last) = (clock::moment(zone, first), clock::moment(zone, last));
    let (begin, end) =
        (first.checked_sub_signed(year).unwrap_or(first), last.checked_add_signed(year).unwrap_or(last));
    let offset = offset(zone, begin);
    let mut found = vec![observe(zone, begin, offset)];
    let mut before = offset;
    // Changes are further apart than a quarter of a day, so none is missed between two looks.
    let mut at = begin;
    while at < end {
        let next = at + Duration::hours(6);
        if self::offset(zone, next) != before {
            let change = change(zone, at, next);
            found.push(observe(zone, change, before));
            before = self::offset(zone, next);
        }
        at = next;
    }
    let mut lines = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{}", zone.name())];
    for one in found {
        let kind = if one.summer { "DAYLIGHT" } else { "STANDARD" };
        // The start of an observance is given in the time that the clocks showed before it (section 3.6.5).
        let start = one.from.naive_utc() + Duration::seconds(i64::from(one.before));
        lines.push(format!("BEGIN:{kind}"));
        lines.push(format!("DTSTART:{}", start.format("%Y%m%dT%H%M%S")));
        lines.push(format!("TZOFFSETFROM:{}", written(one.before)));
        lines.push(format!("TZOFFSETTO:{}", written(one.after)));
        lines.push(format!("TZNAME:{}", one.name));
        lines.push(format!("END:{kind}"));
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines
}

fn offset(zone: Tz, at: DateTime<Utc>) -> i32 {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
}

/// The first second between two moments at which the offset is that of the second one.
fn change(zone: Tz, mut low: DateTime<Utc>, mut high: DateTime<Utc>) -> DateTime<Utc> {
    let after = offset(zone, high);
    while high - low > Duration::seconds(1) {
        let middle = low + Duration::seconds((high - low).num_seconds() / 2);
        if offset(zone, middle) == after {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

fn observe(zone: Tz, from: DateTime<Utc>, before: i32) -> Observance {
    let there = zone.offset_from_utc_datetime(&from.naive_utc());
    let written_name = there.abbreviation().map(str::to_owned);
    let after = there.fix().local_minus_utc();
    Observance {
        from,
        before,
        after,
        summer: there.dst_offset() > Duration::zero(),
        name: written_name.unwrap_or_else(|| written(after)),
    }
}

/// `+0100`; with seconds where there are some.
fn written(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let (all, rest) = (seconds.abs(), seconds.abs() % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{:02}{:02}{rest}", all / 3600, all / 60 % 60)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use chrono_tz::{America::St_Johns, Europe::Rome};

    use super::*;

    fn at(month: u32, day: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2005, month, day).unwrap().and_hms_opt(9, 0, 0).unwrap()
    }

    #[test]
    fn each_change_of_clocks_is_an_observance() {
        // In UTC: nothing ever changes.
        let lines = [
            "BEGIN:VTIMEZONE",
            "TZID:UTC",
            "BEGIN:STANDARD",
            "DTSTART:20041114T090000",
            "TZOFFSETFROM:+0000",
        ];
        assert_eq!(observances(Tz::UTC, at(11, 15), at(11, 17))[..5], lines);
        assert_eq!(observances(Tz::UTC, at(11, 15), at(11, 17)).len(), 9);
        // Italy went forward on 27 March 2005 at 2:00 winter time and back on 30 October at 3:00 summer time, both 1:00 UTC.
        let year = observances(Rome, at(11, 15), at(11, 17)).join("\n");
        assert!(year.contains(
            "BEGIN:STANDARD\nDTSTART:20041114T090000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nTZNAME:CET"
        ));
        assert!(year.contains(
            "BEGIN:DAYLIGHT\nDTSTART:20050327T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nTZNAME:CEST"
        ));
        assert!(year.contains(
            "BEGIN:STANDARD\nDTSTART:20051030T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nTZNAME:CET"
        ));
        assert_eq!(year.matches("DTSTART").count(), 5);
        assert!(observances(St_Johns, at(1, 1), at(1, 2)).contains(&"TZOFFSETTO:-0330".to_owned()));
    }
}
