//! A day has no more visits than the pace and the day allow.

use crate::check::course::Course;
use crate::check::violation::{Breach, Violation};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let pace = course.tour.delegation.pace.most();
    let breach = |day: &crate::check::course::DayCourse| {
        let most = pace.into_iter().chain(day.day.and_then(|day| day.most)).min()?;
        let visits = u32::try_from(day.plan.stops.len()).unwrap_or(u32::MAX);
        (visits > most).then(|| day.breaks(Breach::MostVisits { visits, most }))
    };
    course.days.iter().filter_map(breach).collect()
}
