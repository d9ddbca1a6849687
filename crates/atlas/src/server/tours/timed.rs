//! What is reckoned of a plan.

use std::collections::BTreeSet;

use distretto_study::fault::Result;
use distretto_tours::check::check;
use distretto_tours::choosing::{Worth, worth};
use distretto_tours::travel::Way;
use distretto_tours::{Plan, Tour, Travel};

use super::Desk;
use super::accounts::{host_line, violated};
use super::documents::{LegDoc, TimedDoc, VisitedDoc};

/// A plan with what is reckoned of it. Blocks.
pub(super) fn timed(desk: &Desk, id: &str, tour: &Tour, plan: Plan) -> Result<TimedDoc> {
    let travel = desk.travel(id, tour, &hosts_of(tour, &plan))?;
    Ok(document(tour, &travel, &worth(tour), plan))
}

/// The same, where all it rests on is at hand.
pub(super) fn document(tour: &Tour, travel: &Travel, worth: &Worth, plan: Plan) -> TimedDoc {
    let verdict = check(tour, travel, &plan);
    let hosts: Vec<&str> = plan.stops().map(|(_, stop)| stop.host.as_str()).collect();
    let value = worth.value(&hosts);
    let visits = value.visits.iter().map(|visit| VisitedDoc {
        host: visit.host.clone(),
        points: visit.points,
        lines: visit.lines.iter().map(host_line).collect(),
    });
    TimedDoc {
        clashes: verdict.violations.iter().map(violated).collect(),
        value: value.total,
        visits: visits.collect(),
        cost: verdict.totals.cost(),
        driving: verdict.totals.driving,
        waiting: verdict.totals.waiting,
        metres: verdict.totals.metres,
        legs: legs(tour, travel, &plan),
        fairness: value.fairness,
        plan,
    }
}

/// The ways of a plan, in order.
pub(super) fn legs(tour: &Tour, travel: &Travel, plan: &Plan) -> Vec<LegDoc> {
    let mut legs = Vec::new();
    for day in &plan.days {
        let stops = day.stops.iter().map(|stop| &stop.host);
        let places: Vec<&String> = std::iter::once(&day.from).chain(stops).chain([&day.to]).collect();
        for pair in places.windows(2) {
            let &[from, to] = pair else { continue };
            let way = travel.way(from, to);
            let round = tour.frame.round.max(1);
            let (minutes, metres, state) = match way {
                Way::Leg(leg) => (Some(leg.minutes.div_ceil(round).saturating_mul(round)), leg.metres, "leg"),
                Way::NoRoute => (None, None, "no_route"),
                Way::Unknown => (None, None, "unknown"),
            };
            let (from, to, state) = (from.clone(), to.clone(), state.to_owned());
            legs.push(LegDoc { day: day.date, from, to, minutes, metres, state });
        }
    }
    legs
}

/// Codes of the hosts of a plan that the tour has, each once, ascending.
pub(super) fn hosts_of(tour: &Tour, plan: &Plan) -> Vec<String> {
    let codes: BTreeSet<&str> = plan.stops().map(|(_, stop)| stop.host.as_str()).collect();
    tour_hosts(tour, &codes)
}

/// Those of these codes that are hosts of the tour, ascending.
pub(super) fn tour_hosts(tour: &Tour, codes: &BTreeSet<&str>) -> Vec<String> {
    let hosts = tour.hosts.iter().map(|host| host.code.as_str()).filter(|code| codes.contains(code));
    hosts.collect::<BTreeSet<&str>>().into_iter().map(str::to_owned).collect()
}
