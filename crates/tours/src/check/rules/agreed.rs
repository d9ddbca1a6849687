//! What was agreed with the hosts and demanded by the planner is kept to.

use crate::check::course::{Course, DayCourse};
use crate::check::violation::{Breach, Violation};
use crate::plan::Stop;
use crate::visit::{Demand, State, Visit};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (day, stop, _) in course.stops() {
        let visit = course.tour.visit(&stop.host);
        let breaches = unwelcome(&visit).into_iter().chain(match visit.state {
            State::Confirmed => as_confirmed(course, stop, &visit),
            _ => as_wanted(course, day, stop, &visit).into_iter().collect(),
        });
        violations.extend(breaches.map(|breach| course.at(day, &stop.host, breach)));
    }
    violations.extend(course.tour.visits.iter().filter_map(|visit| missing(course, visit)));
    violations
}

fn unwelcome(visit: &Visit) -> Vec<Breach> {
    let declined = (visit.state == State::Declined).then_some(Breach::Declined);
    let excluded = (visit.demand == Demand::Excluded).then_some(Breach::Excluded);
    declined.into_iter().chain(excluded).collect()
}

/// A confirmed visit is kept to the minute, and the coach is early enough.
fn as_confirmed(course: &Course, stop: &Stop, visit: &Visit) -> Vec<Breach> {
    let Some(agreed) = visit.start else { return vec![Breach::NoTimeAgreed] };
    let by = (course.minute(stop.starts) - course.minute(agreed)).abs();
    if by > 0 {
        return vec![Breach::NotAsConfirmed { agreed, starts: stop.starts, by }];
    }
    let buffer = course.tour.frame.buffer;
    let (arrives, starts) = (course.minute(stop.arrives), course.minute(stop.starts));
    let by = arrives + i64::from(buffer) - starts;
    // Who comes after the beginning is late for the visit, not for the buffer: another rule tells it.
    let late = by > 0 && arrives <= starts;
    late.then_some(Breach::Buffer { buffer, arrives: stop.arrives, by }).into_iter().collect()
}

fn as_wanted(course: &Course, day: &DayCourse, stop: &Stop, visit: &Visit) -> Option<Breach> {
    let apart = |wanted| (course.minute(stop.starts) - course.minute(wanted)).abs();
    if let Some(wanted) = visit.start
        && apart(wanted) > 0
    {
        return Some(Breach::NotAsWanted { wanted, by: apart(wanted) });
    }
    let wanted = visit.day.filter(|&wanted| wanted != day.plan.date)?;
    Some(Breach::OtherDay { wanted })
}

fn missing(course: &Course, visit: &Visit) -> Option<Violation> {
    if course.plan.stop_at(&visit.host).is_some() {
        return None;
    }
    let breach = match (visit.state, visit.demand) {
        (State::Confirmed, _) => Breach::ConfirmedMissing { agreed: visit.start },
        (_, Demand::Mandatory) => Breach::MandatoryMissing,
        _ => return None,
    };
    Some(Violation { day: None, host: Some(course.named(&visit.host)), breach })
}
