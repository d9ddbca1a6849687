//! A day begins and ends within its hours.

use crate::check::course::Course;
use crate::check::violation::{Breach, Violation};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let mut violations = Vec::new();
    for day in &course.days {
        let Some(frame) = day.day else { continue };
        let at = |time| course.minute(frame.date.and_time(time));
        let early = at(frame.starts) - course.minute(day.plan.departs);
        if early > 0 {
            violations.push(day.breaks(Breach::DepartsEarly { earliest: frame.starts, by: early }));
        }
        let late = course.minute(day.plan.returns) - at(frame.ends);
        if late > 0 {
            violations.push(day.breaks(Breach::ReturnsLate { latest: frame.ends, by: late }));
        }
    }
    violations
}
