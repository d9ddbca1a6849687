//! Days begin and end where they may, and nights are spent in hotels, in one where that is demanded.

use crate::check::course::{Course, DayCourse};
use crate::check::violation::{Breach, Violation};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (index, day) in course.days.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &course.days[before]);
        violations.extend(begins(course, day, before));
        violations.extend(ends(course, day));
    }
    violations.extend(nights(course));
    violations
}

fn begins(course: &Course, day: &DayCourse, before: Option<&DayCourse>) -> Option<Violation> {
    let base = &day.plan.from;
    let breach = if course.tour.base(base).is_none() {
        Breach::BaseUnknown { base: base.clone() }
    } else {
        let allowed = &day.day?.from;
        match before {
            None if allowed.is_empty() => Breach::NoBaseToBegin,
            Some(before) if allowed.is_empty() && before.plan.to != *base => {
                Breach::BeginsNotWhereLastEnded {
                    base: course.named(base),
                    last: course.named(&before.plan.to),
                }
            }
            _ if allowed.is_empty() || allowed.contains(base) => return None,
            _ => Breach::BeginsElsewhere { base: course.named(base), allowed: course.named_all(allowed) },
        }
    };
    Some(day.breaks(breach))
}

fn ends(course: &Course, day: &DayCourse) -> Option<Violation> {
    let base = &day.plan.to;
    let breach = if course.tour.base(base).is_none() {
        Breach::BaseUnknown { base: base.clone() }
    } else {
        let allowed = &day.day?.to;
        if allowed.contains(base) {
            return None;
        }
        Breach::EndsElsewhere { base: course.named(base), allowed: course.named_all(allowed) }
    };
    Some(day.breaks(breach))
}

fn nights(course: &Course) -> Vec<Violation> {
    let mut violations = Vec::new();
    let nights = &course.days[..course.days.len().saturating_sub(1)];
    for day in nights {
        let Some(base) = course.tour.base(&day.plan.to) else { continue };
        if !base.hotel {
            violations.push(day.breaks(Breach::NotAHotel { base: course.named(&base.code) }));
        }
        let first = &nights[0].plan.to;
        if course.tour.frame.one_hotel && base.code != *first {
            let (base, first) = (course.named(&base.code), course.named(first));
            violations.push(day.breaks(Breach::SecondHotel { base, first }));
        }
    }
    violations
}
