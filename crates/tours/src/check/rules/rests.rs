//! A rest of the driver ends after it starts, starts after the one before it, and is where the coach then is: on the road between two places, or at a place where it stands.

use crate::check::course::{Course, DayCourse, Rest, nearest_leg, outside};
use crate::check::violation::{Breach, Violation};
use crate::plan::Pause;

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let mut violations = Vec::new();
    for day in &course.days {
        let starts = |rest: &&Pause| course.minute(rest.starts);
        let (mut rests, backwards): (Vec<&Pause>, Vec<&Pause>) =
            day.plan.rests.iter().partition(|rest| starts(rest) <= course.minute(rest.ends));
        violations.extend(backwards.into_iter().map(|rest| {
            let by = starts(&rest) - course.minute(rest.ends);
            day.breaks(Breach::RestBackwards { starts: rest.starts, ends: rest.ends, by })
        }));
        rests.sort_by_key(starts);
        let mut rested = i64::MIN;
        for rest in rests {
            if rested > starts(&rest) {
                let by = rested - starts(&rest);
                violations.push(day.breaks(Breach::RestsOverlap { starts: rest.starts, by }));
            }
            rested = rested.max(course.minute(rest.ends));
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
