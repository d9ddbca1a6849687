//! The driver rests between two days.

use crate::check::course::Course;
use crate::check::violation::{Breach, Violation};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let least = course.tour.frame.driving.night;
    let nights = course.days.windows(2).filter_map(|days| {
        let minutes = course.minute(days[1].plan.departs) - course.minute(days[0].plan.returns);
        let by = i64::from(least) - minutes;
        (by > 0).then(|| days[1].breaks(Breach::Night { minutes, least, by }))
    });
    nights.collect()
}
