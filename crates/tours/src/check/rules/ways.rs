//! The coach arrives no sooner than it can, and every way exists.

use crate::check::clock::local;
use crate::check::course::{Course, DayCourse, Drive, Leg, Stand};
use crate::check::violation::{Breach, Violation};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let mut violations = Vec::new();
    for day in &course.days {
        for (from, leg, to) in day.ways() {
            let Some(breach) = breach(course, day, from, leg, to) else { continue };
            violations.push(match to.stop {
                Some(stop) => course.at(day, &stop.host, breach),
                None => day.breaks(breach),
            });
        }
    }
    violations
}

fn breach(course: &Course, day: &DayCourse, from: &Stand, leg: &Leg, to: &Stand) -> Option<Breach> {
    let ends = || (course.named(from.code), course.named(to.code));
    match leg.drive {
        Drive::NoRoute => {
            let (from, to) = ends();
            Some(Breach::NoRoute { from, to })
        }
        Drive::Unknown => {
            let (from, to) = ends();
            Some(Breach::WayUnknown { from, to })
        }
        _ if leg.short <= 0 => None,
        _ => {
            let zone = course.tour.frame.time_zone;
            let arrives = to.stop.map_or(day.plan.returns, |stop| stop.arrives);
            let rests = leg.rests.iter().map(|rest| rest.ends - rest.starts).sum();
            let leaves = local(zone, from.ready);
            let (from, to) = ends();
            Some(Breach::TooSoon { from, to, arrives, leaves, drive: leg.minutes(), rests, by: leg.short })
        }
    }
}
