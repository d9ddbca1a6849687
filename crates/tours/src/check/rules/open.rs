//! A visit that is not confirmed begins and ends within one stretch of the host's opening hours.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use crate::check::clock::{Minute, local, minute};
use crate::check::course::Course;
use crate::check::violation::{Breach, Violation};
use crate::host::Host;
use crate::hours::HoursError;
use crate::plan::Stop;

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let breaches = course.unconfirmed().filter_map(|(day, stop, host)| {
        breach(course, stop, host).map(|breach| course.at(day, &host.code, breach))
    });
    breaches.collect()
}

/// What the hours of a host have against a visit, whatever was agreed.
pub(in crate::check) fn breach(course: &Course, stop: &Stop, host: &Host) -> Option<Breach> {
    let Some(hours) = &host.hours else {
        return course.tour.visit(&host.code).start.is_none().then_some(Breach::NoHours);
    };
    let tour_zone = course.tour.frame.time_zone;
    let ground = host.ground(&course.tour.frame);
    let zone = ground.zone;
    let (starts, ends) = (course.minute(stop.starts), course.minute(stop.ends));
    let (from, until) = around(local(zone, starts), local(zone, ends))?;
    let open = match hours.open(from, until, &ground) {
        Ok(open) => open,
        Err(HoursError::Country(country)) => return Some(Breach::Holidays { country }),
        Err(HoursError::Syntax { .. } | HoursError::Meaning { .. } | HoursError::Sun { .. }) => {
            return Some(Breach::NoHours);
        }
    };
    // Hours that touch the visit's day are told as the nearest; those of the days around it only matter over midnight.
    let date = local(zone, starts).date();
    let near = open.iter().map(|open| (minute(zone, open.from), minute(zone, open.until), open));
    let outside = |from: Minute, until: Minute| (from - starts).max(0) + (ends - until).max(0);
    let best = near
        .filter(|(from, until, open)| {
            outside(*from, *until) == 0
                || (open.from.date() <= date && open.until > date.and_time(NaiveTime::MIN))
        })
        .min_by_key(|(from, until, _)| outside(*from, *until));
    match best {
        None => Some(Breach::ClosedAllDay),
        Some((from, until, _)) => {
            let by = outside(from, until);
            (by > 0).then(|| Breach::Closed {
                opens: local(tour_zone, from),
                closes: local(tour_zone, until),
                by,
            })
        }
    }
}

/// From the day before to the day after, but no more than a week: no visit is that long, and hours without end are not told.
fn around(starts: NaiveDateTime, ends: NaiveDateTime) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN);
    let from = starts.min(ends).date().checked_sub_days(Days::new(1))?;
    let until = starts.max(ends).date().checked_add_days(Days::new(2))?;
    Some((midnight(from), midnight(until.min(from.checked_add_days(Days::new(7))?))))
}
