//! All who travel have a seat.

use crate::check::course::Course;
use crate::check::violation::{Breach, Violation};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let people = course.tour.delegation.people();
    let seats = course.tour.frame.seats.filter(|&seats| people > seats);
    seats
        .map(|seats| Violation { day: None, host: None, breach: Breach::Seats { people, seats } })
        .into_iter()
        .collect()
}
