//! Local times as minutes that can be subtracted.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

/// Minutes since the beginning of 1970 in UTC.
pub(crate) type Minute = i64;

/// The minute that a local time means. Of two equal times, where a clock was set back, the earlier; a time that a clock skips is as many
/// minutes after the skip as it says. Seconds are dropped.
pub(crate) fn minute(zone: Tz, time: NaiveDateTime) -> Minute {
    let whole = |time: NaiveDateTime| time.and_utc().timestamp().div_euclid(60);
    if let Some(moment) = zone.from_local_datetime(&time).earliest() {
        return moment.timestamp().div_euclid(60);
    }
    // Nothing has skipped more than a day, so the offset of a day before is the one before the skip.
    let before = time.checked_sub_signed(TimeDelta::days(1)).unwrap_or(time);
    match zone.from_local_datetime(&before).earliest() {
        Some(moment) => moment.timestamp().div_euclid(60) + whole(time) - whole(before),
        None => whole(time),
    }
}

/// The minute of a time on a date.
pub(crate) fn minute_of(zone: Tz, date: NaiveDate, time: NaiveTime) -> Minute {
    minute(zone, date.and_time(time))
}

/// The local time of a minute.
pub(crate) fn local(zone: Tz, minute: Minute) -> NaiveDateTime {
    DateTime::from_timestamp(minute.saturating_mul(60), 0)
        .map_or(NaiveDateTime::MAX, |moment| moment.with_timezone(&zone).naive_local())
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Rome;

    use super::*;

    fn at(month: u32, day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2005, month, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn a_night_is_as_long_as_the_clocks_make_it() {
        let night = |month, day| minute(Rome, at(month, day + 1, 8, 0)) - minute(Rome, at(month, day, 20, 0));
        assert_eq!(night(11, 15), 720);
        assert_eq!(night(3, 26), 660);
        assert_eq!(night(10, 29), 780);
    }

    #[test]
    fn skipped_times_count_on_and_of_two_the_earlier_is_meant() {
        assert_eq!(local(Rome, minute(Rome, at(3, 27, 2, 30))), at(3, 27, 3, 30));
        assert_eq!(minute(Rome, at(10, 30, 3, 0)) - minute(Rome, at(10, 30, 2, 30)), 90);
        assert_eq!(local(Rome, minute(Rome, at(11, 15, 9, 5))), at(11, 15, 9, 5));
    }
}
