//! Local time that is right when clocks change.

use chrono::{DateTime, Duration, LocalResult, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;

/// The moment of a local time. Of two equal times the earlier one is meant; a time that is skipped is read with the offset before the gap (RFC 5545, section 3.3.5).
pub(crate) fn moment(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => moment.with_timezone(&Utc),
        LocalResult::None => {
            // No gap is longer than a day, so a day and a bit earlier there is a time.
            let back = Duration::hours(26);
            let before = local
                .checked_sub_signed(back)
                .and_then(|before| zone.from_local_datetime(&before).earliest());
            before.map_or_else(|| local.and_utc(), |before| before.with_timezone(&Utc) + back)
        }
    }
}

/// Whole minutes from one local time to another; negative where the second is earlier.
pub(crate) fn minutes(zone: Tz, from: NaiveDateTime, to: NaiveDateTime) -> i64 {
    (moment(zone, to) - moment(zone, from)).num_minutes()
}

/// The local time so many minutes before; the time itself where the calendar ends before that.
pub(crate) fn before(zone: Tz, local: NaiveDateTime, minutes: i64) -> NaiveDateTime {
    let there = moment(zone, local).checked_sub_signed(Duration::minutes(minutes));
    there.map_or(local, |there| there.with_timezone(&zone).naive_local())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use chrono_tz::Europe::Rome;

    use super::*;

    fn at(month: u32, day: u32, hour: u32, minute: u32) -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2005, month, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
    }

    #[test]
    fn the_night_in_which_clocks_change_is_an_hour_shorter_or_longer() {
        // Italy: forward on 27 March 2005 at 2:00, back on 30 October at 3:00.
        assert_eq!(minutes(Rome, at(3, 27, 1, 30), at(3, 27, 3, 30)), 60);
        assert_eq!(minutes(Rome, at(10, 30, 1, 30), at(10, 30, 3, 30)), 180);
        assert_eq!(before(Rome, at(3, 27, 3, 10), 20), at(3, 27, 1, 50));
    }

    #[test]
    fn a_time_that_is_skipped_or_comes_twice_is_one_moment() {
        assert_eq!(moment(Rome, at(3, 27, 2, 30)), moment(Rome, at(3, 27, 3, 30)));
        assert_eq!(moment(Rome, at(10, 30, 2, 30)).naive_utc(), at(10, 30, 0, 30));
    }
}
