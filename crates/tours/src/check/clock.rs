//! Local times as minutes that can be subtracted.

use chrono::{NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;

/// Minutes since the beginning of 1970 in UTC.
pub(super) type Minute = i64;

/// The minute that a local time means; the earlier of two where a clock was set back. A time that a clock skipped counts on from the time
/// before. Seconds are dropped.
pub(super) fn minute(zone: Tz, time: NaiveDateTime) -> Minute {
    let valid = |back: i64| {
        let before = time.checked_sub_signed(TimeDelta::minutes(back))?;
        let moment = zone.from_local_datetime(&before).earliest()?;
        Some(moment.timestamp().div_euclid(60) + back)
    };
    // No clock has ever skipped more than a day.
    (0..=48)
        .find_map(|half_hours| valid(half_hours * 30))
        .unwrap_or_else(|| time.and_utc().timestamp().div_euclid(60))
}

/// Whether a clock ever shows this time.
pub(super) fn exists(zone: Tz, time: NaiveDateTime) -> bool {
    zone.from_local_datetime(&time).earliest().is_some()
}

/// The local time of a minute; within a quarter of a million years, which a calendar can hold in all zones.
pub(super) fn local(zone: Tz, minute: Minute) -> NaiveDateTime {
    const END: Minute = 250_000 * 365 * 24 * 60;
    chrono::DateTime::from_timestamp(minute.clamp(-END, END) * 60, 0)
        .map_or(NaiveDateTime::MAX, |moment| moment.with_timezone(&zone).naive_local())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn at(month: u32, day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2005, month, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn a_night_in_which_the_clock_is_changed_is_an_hour_shorter_or_longer() {
        let zone = chrono_tz::Europe::Rome;
        // In Italy summer began on 27 March 2005 at 2, and ended on 30 October at 3.
        let night = |month, day| minute(zone, at(month, day + 1, 8, 0)) - minute(zone, at(month, day, 20, 0));
        assert_eq!(night(3, 26), 11 * 60);
        assert_eq!(night(10, 29), 13 * 60);
        assert_eq!(night(11, 15), 12 * 60);
    }

    #[test]
    fn a_time_that_was_skipped_counts_on_and_of_two_the_earlier_is_meant() {
        let zone = chrono_tz::Europe::Rome;
        assert!(!exists(zone, at(3, 27, 2, 30)));
        assert_eq!(minute(zone, at(3, 27, 2, 30)), minute(zone, at(3, 27, 3, 30)));
        assert_eq!(minute(zone, at(10, 30, 3, 0)) - minute(zone, at(10, 30, 2, 30)), 90);
        assert_eq!(local(zone, minute(zone, at(10, 30, 2, 30))), at(10, 30, 2, 30));
    }
}
