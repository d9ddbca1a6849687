//! No host is visited twice.

use std::collections::BTreeMap;

use crate::check::course::Course;
use crate::check::violation::{Breach, Violation};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let mut seen = BTreeMap::new();
    let mut violations = Vec::new();
    for (day, stop, _) in course.stops() {
        let first = *seen.entry(stop.host.as_str()).or_insert((day.plan.date, stop));
        if !std::ptr::eq(first.1, stop) {
            violations.push(course.at(day, &stop.host, Breach::Again { first: first.0 }));
        }
    }
    violations
}
