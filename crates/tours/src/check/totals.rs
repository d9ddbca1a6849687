//! What a plan comes to.

use serde::Serialize;

use super::course::{Course, outside};
use super::{clock::Minute, course::Rest};

/// What a plan comes to. What is not known counts nothing, but for `metres`, which are absent then.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Totals {
    /// Days.
    pub days: usize,
    /// Visits.
    pub visits: usize,
    /// Minutes of visits, as planned.
    pub visiting: i64,
    /// Minutes of driving, rounded as the frame says.
    pub driving: i64,
    /// Metres of driving; absent where the length of a way is not known.
    pub metres: Option<u64>,
    /// Minutes between arrivals and the beginnings of visits, without meals.
    pub waiting: i64,
    /// Minutes from departures to returns.
    pub away: i64,
    /// What visits cost, in hundredths of the currency.
    pub visits_cost: u64,
    /// What nights cost, in hundredths of the currency.
    pub nights_cost: u64,
}

impl Totals {
    /// What all costs together, in hundredths of the currency.
    pub const fn cost(&self) -> u64 {
        self.visits_cost.saturating_add(self.nights_cost)
    }
}

pub(super) fn of(course: &Course) -> Totals {
    let mut totals = Totals { days: course.plan.days.len(), metres: Some(0), ..Totals::default() };
    for day in &course.days {
        let meal = day.plan.meal.as_ref().map(|meal| {
            let eaten = Rest { starts: course.minute(meal.starts), ends: course.minute(meal.ends) };
            (meal.at.as_deref(), eaten)
        });
        for leg in &day.legs {
            totals.driving += leg.minutes();
            totals.metres = totals.metres.zip(leg.metres).map(|(sum, metres)| sum + metres);
        }
        for stop in &day.plan.stops {
            let (arrives, starts) = (course.minute(stop.arrives), course.minute(stop.starts));
            totals.visits += 1;
            totals.visiting += course.minute(stop.ends) - starts;
            totals.waiting += (starts - arrives).max(0);
            if let Some((at, meal)) = meal
                && at == Some(stop.host.as_str())
            {
                totals.waiting -= overlap(meal, arrives, starts);
            }
            let cost = course.tour.host(&stop.host).map_or(0, |host| host.cost);
            totals.visits_cost = totals.visits_cost.saturating_add(cost);
        }
        totals.away += course.minute(day.plan.returns) - course.minute(day.plan.departs);
    }
    for day in course.days.iter().take(course.days.len().saturating_sub(1)) {
        let cost = course.tour.base(&day.plan.to).map_or(0, |base| base.cost);
        totals.nights_cost = totals.nights_cost.saturating_add(cost);
    }
    totals
}

/// Minutes of a stretch of time within another.
fn overlap(stretch: Rest, from: Minute, until: Minute) -> i64 {
    (stretch.ends - stretch.starts - outside(stretch, from, until)).max(0)
}
