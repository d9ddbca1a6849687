//! Every day of the tour is in the plan, once, in order, and no other.

use std::collections::BTreeSet;

use crate::check::course::Course;
use crate::check::violation::{Breach, Violation};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let planned: BTreeSet<_> = course.plan.days.iter().map(|day| day.date).collect();
    let missing = course.tour.frame.days.iter().filter(|day| !planned.contains(&day.date));
    let mut violations: Vec<Violation> = missing
        .map(|day| Violation { day: Some(day.date), host: None, breach: Breach::DayMissing })
        .collect();
    let mut seen = BTreeSet::new();
    for day in &course.days {
        let breach = if day.day.is_none() {
            Some(Breach::DayUnknown)
        } else if seen.contains(&day.plan.date) {
            Some(Breach::DayTwice)
        } else if seen.last().is_some_and(|&last| last > day.plan.date) {
            Some(Breach::DayOutOfOrder)
        } else {
            None
        };
        violations.extend(breach.map(|breach| day.breaks(breach)));
        seen.insert(day.plan.date);
    }
    violations
}
