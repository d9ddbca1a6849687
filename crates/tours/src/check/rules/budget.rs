//! Visits and nights cost no more than the budget.

use crate::check::course::Course;
use crate::check::totals;
use crate::check::violation::{Breach, Violation};

pub(super) fn rule(course: &Course) -> Vec<Violation> {
    let cost = totals::of(course).cost();
    let budget = course.tour.frame.budget.filter(|&budget| cost > budget);
    let breach = |budget| Breach::Budget { cost, budget, currency: course.tour.frame.currency.clone() };
    budget.map(|budget| Violation { day: None, host: None, breach: breach(budget) }).into_iter().collect()
}
