//! Times are whole minutes that a clock shows.

use chrono::{NaiveDateTime, Timelike};

use crate::check::clock;
use crate::check::course::Course;
use crate::check::violation::{Breach, Violation};
use crate::plan::{DayPlan, Pause, Stop};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let breach = |time: NaiveDateTime| {
        if !clock::exists(course.tour.frame.time_zone, time) {
            Some(Breach::NoSuchTime { time })
        } else if time.second() > 0 || time.nanosecond() > 0 {
            Some(Breach::Seconds { time })
        } else {
            None
        }
    };
    let mut violations = Vec::new();
    for day in &course.days {
        violations.extend(of_day(day.plan).filter_map(breach).map(|breach| day.breaks(breach)));
        for stop in &day.plan.stops {
            violations
                .extend(of_stop(stop).filter_map(breach).map(|breach| course.at(day, &stop.host, breach)));
        }
    }
    violations
}

fn of_day(day: &DayPlan) -> impl Iterator<Item = NaiveDateTime> {
    let pauses = day.meal.iter().chain(&day.rests);
    let pauses = pauses.flat_map(|Pause { starts, ends, .. }| [*starts, *ends]);
    [day.departs, day.returns].into_iter().chain(pauses)
}

/// The groups' times follow from the visit's.
fn of_stop(stop: &Stop) -> impl Iterator<Item = NaiveDateTime> {
    [stop.arrives, stop.starts, stop.ends].into_iter()
}
