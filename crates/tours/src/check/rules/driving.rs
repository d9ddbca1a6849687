//! A coach drives no longer than the driver may, in a day and without a rest.

use crate::check::course::{Course, DayCourse};
use crate::check::violation::{Breach, Violation};
use crate::frame::Driving;

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let rules = &course.tour.frame.driving;
    course
        .days
        .iter()
        .flat_map(|day| of_day(day, rules).into_iter().chain(stretches(course, day, rules)))
        .collect()
}

fn of_day(day: &DayCourse, rules: &Driving) -> Option<Violation> {
    let minutes: i64 = day.legs.iter().map(super::super::course::Leg::minutes).sum();
    let by = minutes - i64::from(rules.day);
    (by > 0).then(|| day.breaks(Breach::DrivingDay { minutes, most: rules.day, by }))
}

/// Every stretch between two rests that is too long. Standing at a place is a rest from the arrival to the departure, whatever happens
/// there; of two stops at the same place together.
fn stretches(course: &Course, day: &DayCourse, rules: &Driving) -> Vec<Violation> {
    let least = i64::from(rules.rest);
    let mut violations = Vec::new();
    let mut driven = 0;
    let mut rest = |driven: &mut i64, to: &str| {
        let by = *driven - i64::from(rules.stretch);
        if by > 0 {
            let breach = Breach::Stretch { to: course.named(to), minutes: *driven, most: rules.stretch, by };
            violations.push(day.breaks(breach));
        }
        *driven = 0;
    };
    let mut since = None;
    let mut at = day.plan.from.as_str();
    for (from, leg, to) in day.ways() {
        if let Some(since) = since
            && from.leaves - since >= least
        {
            rest(&mut driven, at);
        }
        for (index, minutes) in leg.driven.iter().enumerate() {
            driven += minutes;
            if leg.rests.get(index).is_some_and(|stood| stood.ends - stood.starts >= least) {
                rest(&mut driven, to.code);
            }
        }
        if leg.minutes() > 0 || since.is_none() {
            since = Some(to.arrives);
            at = to.code;
        }
    }
    rest(&mut driven, at);
    violations
}
