//! A day that has a meal has it within its hours, as long as it takes, at a place where the coach stands, while nothing else happens.

use crate::check::course::{Course, DayCourse, Rest, outside};
use crate::check::violation::{Breach, Violation};
use crate::frame::Meal;
use crate::plan::{Pause, Stop};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let mut violations = Vec::new();
    for day in &course.days {
        let meal = day.day.and_then(|day| day.meal.as_ref());
        let breaches = match (meal, &day.plan.meal) {
            (Some(meal), None) => none(course, day, meal).into_iter().collect(),
            (meal, Some(taken)) => as_taken(course, day, meal, taken),
            (None, None) => Vec::new(),
        };
        violations.extend(breaches.into_iter().map(|breach| day.breaks(breach)));
    }
    violations
}

/// A visit that is the meal need not be written down a second time.
fn none(course: &Course, day: &DayCourse, meal: &Meal) -> Option<Breach> {
    let serves = |stop: &Stop| {
        let serves = course.tour.host(&stop.host).is_some_and(|host| host.meal);
        serves && hour(course, day, meal, stop.starts).is_none()
    };
    (!day.plan.stops.iter().any(serves)).then_some(Breach::MealMissing)
}

/// Where the day has no meal, one that is taken all the same must have its place.
fn as_taken(course: &Course, day: &DayCourse, meal: Option<&Meal>, taken: &Pause) -> Vec<Breach> {
    let visit = |stop: &&Stop| taken.at.as_ref() == Some(&stop.host) && stop.starts == taken.starts;
    let served = day.plan.stops.iter().find(visit);
    let served = served.filter(|stop| course.tour.host(&stop.host).is_some_and(|host| host.meal));
    let mut breaches: Vec<Breach> =
        meal.and_then(|meal| hour(course, day, meal, taken.starts)).into_iter().collect();
    let planned = course.minute(taken.ends) - course.minute(taken.starts);
    let takes = match (served, meal) {
        (Some(stop), _) => Some(course.minute(stop.ends) - course.minute(stop.starts)),
        (None, meal) => meal.map(|meal| i64::from(meal.minutes)),
    };
    if let Some(takes) = takes.filter(|&takes| takes != planned) {
        breaches.push(Breach::MealLength { takes, planned, by: (takes - planned).abs() });
    }
    if served.is_none() {
        breaches.extend(place(course, day, taken));
    }
    breaches
}

/// What is wrong with the hour at which a meal begins.
fn hour(course: &Course, day: &DayCourse, meal: &Meal, starts: chrono::NaiveDateTime) -> Option<Breach> {
    let at = |time| course.minute(day.plan.date.and_time(time));
    let starts = course.minute(starts);
    if starts < at(meal.from) {
        Some(Breach::MealEarly { from: meal.from, by: at(meal.from) - starts })
    } else if starts > at(meal.until) {
        Some(Breach::MealLate { until: meal.until, by: starts - at(meal.until) })
    } else {
        None
    }
}

/// What is wrong with the place: the coach stands there before the day begins, on arrival, after the pause, or after the day ended.
fn place(course: &Course, day: &DayCourse, taken: &Pause) -> Option<Breach> {
    let Some(at) = &taken.at else { return Some(Breach::MealElsewhere { at: None }) };
    let meal = Rest { starts: course.minute(taken.starts), ends: course.minute(taken.ends) };
    let (always, last) = ((i64::MIN / 4, i64::MAX / 4), day.stands.len() - 1);
    let here = day.stands.iter().enumerate().filter(|(_, stand)| stand.code == at);
    let free = here.flat_map(|(index, stand)| match stand.stop {
        None if index == last => vec![(stand.arrives, always.1)],
        None => vec![(always.0, stand.ready)],
        Some(stop) => vec![(stand.arrives, course.minute(stop.starts)), (stand.ready, stand.leaves)],
    });
    match free.map(|(from, until)| outside(meal, from, until)).min() {
        None => Some(Breach::MealElsewhere { at: Some(course.named(at)) }),
        Some(0) => None,
        Some(by) => Some(Breach::MealOverlaps { at: course.named(at), by }),
    }
}
