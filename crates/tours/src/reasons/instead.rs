//! In whose place a host would fit.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::Reason;
use super::scene::Scene;
use super::why::Why;
use crate::check::Named;
use crate::choosing::Worth;
use crate::frame::Day;
use crate::host::Host;
use crate::planning::clock::{local, minute};
use crate::visit::{Demand, State};

/// The visits in whose place the host fits: so many that follow each other on a day. Of several choices the one without which the plan with the
/// host is worth most; of those the first.
pub(super) fn least_loss(scene: &Scene, worth: &Worth, host: &Host, many: usize) -> Option<Reason> {
    let visited: Vec<&str> = scene.plan.stops().map(|(_, stop)| stop.host.as_str()).collect();
    let before = worth.total(&visited);
    let mut choices: Vec<(i64, usize, Vec<&str>)> = Vec::new();
    for (day, plan) in scene.plan.days.iter().enumerate() {
        for others in plan.stops.windows(many) {
            let others: Vec<&str> = others.iter().map(|stop| stop.host.as_str()).collect();
            let kept = visited.iter().copied().filter(|visit| !others.contains(visit));
            let value = worth.total(&kept.chain([host.code.as_str()]).collect::<Vec<_>>());
            choices.push((value - before, day, others));
        }
    }
    choices.sort_by_key(|&(points, _, _)| -points);
    let only = scene.only_open();
    choices.into_iter().find_map(|(points, day, others)| {
        let whys: Vec<Why> = others.iter().map(|other| instead_of(scene, other, points, only)).collect();
        let mut without = scene.without(day, &others);
        for why in &whys {
            why.relax(&scene.host, &mut without.tour, &mut without.travel);
        }
        // On another day the host does not fit, unless it is what is counted over all days that is in its way.
        let counted = scene.tour.frame.budget.is_some() || !scene.tour.rules.quotas.is_empty();
        let fit = without.fit_on(day).or_else(|| if counted { without.fit() } else { None })?;
        Reason::proven(scene, whys, fit.plan)
    })
}

fn instead_of(scene: &Scene, other: &str, points: i64, only: Option<(NaiveDateTime, NaiveDateTime)>) -> Why {
    let visit = scene.tour.visit(other);
    Why::InsteadOf {
        host: Named::of(&scene.tour, other),
        confirmed: visit.start.filter(|_| visit.state == State::Confirmed),
        mandatory: visit.demand == Demand::Mandatory,
        points,
        only,
    }
}

impl Scene {
    /// When the host is open on a day, in time of the tour; never where its hours cannot be told.
    pub(super) fn open_on(&self, date: NaiveDate) -> Vec<(NaiveDateTime, NaiveDateTime)> {
        let Some((host, hours)) = self.its().and_then(|host| Some((host, host.hours.as_ref()?))) else {
            return Vec::new();
        };
        let tour_zone = self.tour.frame.time_zone;
        let ground = host.ground(&self.tour.frame);
        let zone = ground.zone;
        let across = |from, to, time| local(to, minute(from, time));
        let from = date.and_time(NaiveTime::MIN);
        let Some(until) = from.checked_add_days(Days::new(1)) else { return Vec::new() };
        let open = hours.open(across(tour_zone, zone, from), across(tour_zone, zone, until), &ground);
        let open = open.unwrap_or_default().into_iter();
        open.map(|open| (across(zone, tour_zone, open.from), across(zone, tour_zone, open.until))).collect()
    }

    /// The only stretch of time in which the host is open within the days of the tour, if there is one only and it is not a whole tour of one day.
    fn only_open(&self) -> Option<(NaiveDateTime, NaiveDateTime)> {
        let days = &self.tour.frame.days;
        let hours = |day: &Day| (day.date.and_time(day.starts), day.date.and_time(day.ends));
        let within = |day: &Day| {
            let (starts, ends) = hours(day);
            let open = self.open_on(day.date).into_iter();
            open.map(move |(from, until)| (from.max(starts), until.min(ends)))
                .filter(|(from, until)| from < until)
        };
        let mut all = days.iter().flat_map(within);
        let only = all.next().filter(|_| all.next().is_none())?;
        (days.len() > 1 || days.first().is_some_and(|day| hours(day) != only)).then_some(only)
    }
}
