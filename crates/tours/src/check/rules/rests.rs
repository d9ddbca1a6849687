//! A rest of the driver is where the coach then is: on the road between two places, or at a place where it stands.

use crate::check::course::{Course, DayCourse, Rest, nearest_leg, outside};
use crate::check::violation::{Breach, Violation};
use crate::plan::Pause;

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let mut violations = Vec::new();
    for day in &course.days {
        for rest in &day.plan.rests {
            let by = misplaced(course, day, rest);
            if by != Some(0) {
                let at = rest.at.as_deref().map(|at| course.named(at));
                violations.push(day.breaks(Breach::RestElsewhere { at, starts: rest.starts, by }));
            }
        }
    }
    violations
}

/// By how many minutes a rest is outside of where it could be; `None` where the coach is not there on that day at all.
fn misplaced(course: &Course, day: &DayCourse, pause: &Pause) -> Option<i64> {
    let rest = Rest { starts: course.minute(pause.starts), ends: course.minute(pause.ends) };
    let Some(at) = &pause.at else { return nearest_leg(&day.stands, rest).map(|(_, by)| by) };
    let stands = day.stands.iter().enumerate().filter(|(_, stand)| stand.code == at);
    let last = day.stands.len() - 1;
    let away = |(index, stand): (usize, &crate::check::course::Stand)| {
        let from = if index == 0 { i64::MIN / 4 } else { stand.arrives };
        let until = if index == last { i64::MAX / 4 } else { stand.leaves };
        outside(rest, from, until)
    };
    stands.map(away).min()
}
