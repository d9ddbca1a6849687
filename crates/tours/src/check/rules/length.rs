//! A visit begins after the arrival, is as long as it takes, and the party is divided as the host demands.

use crate::check::clock::local;
use crate::check::course::Course;
use crate::check::groups::Group;
use crate::check::violation::{Breach, Violation};
use crate::host::Host;
use crate::plan::{Slot, Stop};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (day, stop, host) in course.stops() {
        let starts = course.minute(stop.starts);
        let early = course.minute(stop.arrives) - starts;
        if early > 0 {
            violations.push(course.at(day, &stop.host, Breach::StartsBeforeArrival { by: early }));
        }
        let Some(host) = host else {
            violations.push(course.at(day, &stop.host, Breach::HostUnknown));
            continue;
        };
        let takes = course.groups(host).last().map_or(0, |group| group.ends);
        let planned = course.minute(stop.ends) - starts;
        if takes != planned {
            let breach = Breach::Length { takes, planned, by: (takes - planned).abs() };
            violations.push(course.at(day, &stop.host, breach));
        }
        let expected = slots(course, stop, host);
        if stop.slots != expected {
            violations.push(course.at(day, &stop.host, Breach::Slots { expected }));
        }
    }
    violations
}

/// The groups with their times; none where all go together.
fn slots(course: &Course, stop: &Stop, host: &Host) -> Vec<Slot> {
    let groups = course.groups(host);
    if groups.len() < 2 {
        return Vec::new();
    }
    let first = course.minute(stop.starts);
    let time = |after| local(course.tour.frame.time_zone, first + after);
    let slot =
        |group: Group| Slot { people: group.people, starts: time(group.starts), ends: time(group.ends) };
    groups.into_iter().map(slot).collect()
}
