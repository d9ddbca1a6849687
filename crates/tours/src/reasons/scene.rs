//! A host, a plan, and whether the host fits into it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use chrono::NaiveTime;

use crate::check::check;
use crate::frame::{Day, Frame};
use crate::host::Host;
use crate::plan::{DayPlan, Plan};
use crate::planning::clock::{local, minute};
use crate::planning::{Bases, Prepared};
use crate::rules::Rules;
use crate::tour::Tour;
use crate::travel::{Travel, Way};
use crate::visit::Visit;

/// A host, a plan without it, and as much of the tour as matters to both.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    /// Without hosts that are neither in the plan nor the one in question; its days are those of the plan, in their order.
    pub tour: Tour,
    /// Ways between those that are left.
    pub travel: Travel,
    pub plan: Plan,
    /// Code of the host.
    pub host: String,
}

/// A place for the host in the plan.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    /// Which day, from 0.
    pub day: usize,
    /// The plan with the host.
    pub plan: Plan,
}

/// A plan, and as much of its tour as matters to it: its scenes have only a host put in.
#[derive(Debug)]
pub(super) struct Stage<'a> {
    /// Without hosts that are not in the plan; its days are those of the plan, in their order.
    tour: Tour,
    travel: &'a Travel,
    plan: &'a Plan,
    visits: BTreeMap<&'a str, &'a Visit>,
    places: Vec<String>,
}

impl<'a> Stage<'a> {
    pub fn of(tour: &'a Tour, travel: &'a Travel, plan: &'a Plan) -> Self {
        let visited: BTreeSet<&str> = plan.stops().map(|(_, stop)| stop.host.as_str()).collect();
        let day = |plan: &DayPlan| tour.frame.days.iter().find(|day| day.date == plan.date).cloned();
        let hosts = tour.hosts.iter().filter(|host| visited.contains(host.code.as_str()));
        let visits = tour.visits.iter().filter(|visit| visited.contains(visit.host.as_str()));
        let reduced = Tour {
            title: String::new(),
            aim: String::new(),
            hosts: hosts.cloned().collect(),
            visits: visits.cloned().collect(),
            frame: Frame { days: plan.days.iter().filter_map(day).collect(), ..tour.frame.clone() },
            delegation: tour.delegation.clone(),
            rules: tour.rules.clone(),
            districts: Vec::new(),
        };
        let hosts = reduced.hosts.iter().map(|host| host.code.clone());
        let places = hosts.chain(tour.frame.bases.iter().map(|base| base.code.clone())).collect();
        let visits = tour.visits.iter().map(|visit| (visit.host.as_str(), visit)).collect();
        Self { tour: reduced, travel, plan, visits, places }
    }

    /// The scene of a host that is not in the plan.
    pub fn with(&self, host: &Host) -> Scene {
        let mut tour = self.tour.clone();
        tour.hosts.push(host.clone());
        tour.visits.extend(self.visits.get(host.code.as_str()).map(|&visit| visit.clone()));
        let places: Vec<&String> = self.places.iter().chain([&host.code]).collect();
        let mut travel = Travel::new(places.iter().map(|&place| place.clone()), "");
        for &from in &places {
            for &to in places.iter().filter(|&&to| to != from) {
                travel.set(from, to, self.travel.way(from, to));
            }
        }
        Scene { tour, travel, plan: self.plan.clone(), host: host.code.clone() }
    }
}

impl Scene {
    /// The host itself.
    pub fn its(&self) -> Option<&Host> {
        self.tour.host(&self.host)
    }

    /// The first place for the host, by days and positions, where the plan then keeps to everything.
    pub fn fit(&self) -> Option<Fit> {
        (0..self.plan.days.len()).find_map(|day| self.fit_on(day))
    }

    /// The first place for the host on a day, where the plan then keeps to everything.
    pub fn fit_on(&self, day: usize) -> Option<Fit> {
        let mut first = None;
        self.try_on(day, |fit| {
            first = Some(fit);
            ControlFlow::Break(())
        });
        first
    }

    /// All places for the host on a day, where the plan then keeps to everything.
    pub fn fits_on(&self, day: usize) -> Vec<Fit> {
        let mut fits = Vec::new();
        self.try_on(day, |fit| {
            fits.push(fit);
            ControlFlow::Continue(())
        });
        fits
    }

    fn try_on(&self, day: usize, mut found: impl FnMut(Fit) -> ControlFlow<()>) {
        let given = &self.plan.days[day];
        let rules = &self.tour.frame.days[day];
        let rested = self.rested(day).map(|starts| Day { starts, ..rules.clone() });
        let alone: Vec<Tour> = [Some(rules.clone()), rested]
            .iter()
            .flatten()
            .map(|rules| self.day_alone(rules, given))
            .collect();
        let prepared: Vec<Prepared> =
            alone.iter().filter_map(|tour| Prepared::new(tour, &self.travel).ok()).collect();
        for position in 0..=given.stops.len() {
            let mut order: Vec<&str> = given.stops.iter().map(|stop| stop.host.as_str()).collect();
            order.insert(position, &self.host);
            let plans = prepared.iter().filter_map(|prepared| time(prepared, given, &order));
            let mut plans = plans.map(|timed| self.with_day(day, timed));
            let good = plans.find(|plan| check(&self.tour, &self.travel, plan).is_good());
            if let Some(plan) = good
                && found(Fit { day, plan }).is_break()
            {
                return;
            }
        }
    }

    /// When a day begins after the driver's night, where that is on the same day and later than it may.
    fn rested(&self, day: usize) -> Option<NaiveTime> {
        let before = &self.plan.days[day.checked_sub(1)?];
        let zone = self.tour.frame.time_zone;
        let rested = minute(zone, before.returns) + i64::from(self.tour.frame.driving.night);
        let (rules, rested) = (&self.tour.frame.days[day], local(zone, rested));
        (rested.date() == rules.date && rested.time() > rules.starts).then(|| rested.time())
    }

    fn with_day(&self, day: usize, timed: DayPlan) -> Plan {
        let mut plan = Plan { proven: None, ..self.plan.clone() };
        plan.days[day] = timed;
        plan
    }

    /// The day as a tour of its own, without what is counted over several days: that is for the check.
    fn day_alone(&self, day: &Day, given: &DayPlan) -> Tour {
        let matters = |code: &str| code == self.host || given.stops.iter().any(|stop| stop.host == code);
        let ends = |code: &String| vec![code.clone()];
        let day = Day { from: ends(&given.from), to: ends(&given.to), ..day.clone() };
        Tour {
            title: String::new(),
            aim: String::new(),
            hosts: self.tour.hosts.iter().filter(|host| matters(&host.code)).cloned().collect(),
            visits: self.tour.visits.iter().filter(|visit| matters(&visit.host)).cloned().collect(),
            frame: Frame { days: vec![day], one_hotel: false, budget: None, ..self.tour.frame.clone() },
            delegation: self.tour.delegation.clone(),
            rules: Rules { quotas: Vec::new(), ..self.tour.rules.clone() },
            districts: Vec::new(),
        }
    }

    /// The same without some of a day's visits; the day is timed anew.
    pub fn without(&self, day: usize, others: &[&str]) -> Self {
        let mut left = self.plan.days[day].clone();
        left.stops.retain(|stop| !others.contains(&stop.host.as_str()));
        let order: Vec<&str> = left.stops.iter().map(|stop| stop.host.as_str()).collect();
        let alone = self.day_alone(&self.tour.frame.days[day], &left);
        let timed =
            Prepared::new(&alone, &self.travel).ok().and_then(|prepared| time(&prepared, &left, &order));
        let mut scene = self.clone();
        scene.plan.days[day] = timed.unwrap_or(left);
        scene
    }

    /// The ways from and to the host that are missing.
    pub fn missing_ways(&self) -> Vec<(String, String)> {
        let others = self.travel.places().filter(|place| *place != self.host);
        let both = others.flat_map(|place| [(place, self.host.as_str()), (self.host.as_str(), place)]);
        let missing = both.filter(|(from, to)| !matches!(self.travel.way(from, to), Way::Leg(_)));
        missing.map(|(from, to)| (from.to_owned(), to.to_owned())).collect()
    }
}

/// Times visits in the given order; `None` where that cannot be.
fn time(prepared: &Prepared, given: &DayPlan, order: &[&str]) -> Option<DayPlan> {
    let bases = Bases { days: vec![(given.from.clone(), given.to.clone())] };
    let arranged = prepared.arrange(&bases, &[order.to_vec()]);
    let day = arranged.days.into_iter().next()?;
    day.plan.filter(|_| day.refused.is_empty())
}
