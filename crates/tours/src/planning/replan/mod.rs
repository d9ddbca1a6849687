//! A plan after something has happened, changed as little as possible.

mod change;
mod event;
mod fill;
mod order;
mod past;

use std::collections::{BTreeMap, BTreeSet};

use distretto_orienteering::Schedule;

pub use change::{Change, changes};
pub use event::{Event, Late};

use self::past::{Progress, bind, overlay, progress};
use super::bases::Bases;
use super::branch::{Orders, Question};
use super::clock::minute;
use super::effort::{Effort, Options};
use super::error::{Infeasible, Missing, PlanError};
use super::limits::Limits;
use super::plan::hosts;
use super::prepared::Prepared;
use super::search::Search;
use super::shortlist::shortlisted;
use super::timing::{Sequence, in_turn};
use crate::choosing::{Value, Worth};
use crate::plan::{DayPlan, Plan};
use crate::tour::Tour;
use crate::travel::Travel;
use crate::visit::{Demand, State, Visit};

/// A plan after something has happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replanned {
    /// The plan.
    pub plan: Plan,
    /// What is different.
    pub changes: Vec<Change>,
    /// Codes of hosts that are confirmed or mandatory and cannot be visited any longer.
    pub lost: Vec<String>,
    /// What it is worth, line by line.
    pub value: Value,
    /// Whether it is proven that no plan keeps more of the old visits, or as many and more of them on their days.
    pub proven: bool,
}

/// A plan after something has happened, changed as little as possible.
///
/// What has begun is kept exactly as it was, and so are the bases of all days. Of the rest, in this order: as many confirmed and mandatory visits as
/// possible; as many of the old visits; as many of these on their days; in their order, as far as the visits of a day do; at times as near as
/// possible to the announced ones (see below); new visits, the most worthwhile first, where they move no other. A visit that is not
/// in the old plan and needed for a quota comes before order and times.
///
/// A stop towards which the coach is driving has begun, unless it is declined or the coach is late. A coach that is late on a day on which
/// stops have begun goes on from there as if the visit that was last had lasted so long. Otherwise it is where it was last.
/// The order is the nearest where a day has at most seven visits. Times come near one after the other, so that an
/// earlier visit that keeps its time can move a later one further. `options.start` is not looked at.
///
/// # Errors
/// What is wrong with the tour or the plan; [`PlanError::Infeasible`] where no plan of the days that are left keeps to all quotas, meals and
/// hours of the days, whatever is given up. Cost: as [`plan`](super::plan()), and some milliseconds for each day.
pub fn replan(
    tour: &Tour,
    travel: &Travel,
    worth: &Worth,
    old: &Plan,
    event: &Event,
    options: &Options,
) -> Result<Replanned, PlanError> {
    let tour = &declining(tour, &event.declined)?;
    let mut prepared = shortlisted(tour, travel, worth, &hosts(old))?;
    // Days and hosts of the old plan are those of the tour.
    Search::new(&prepared, Some(worth))?.start(old)?;
    let progress = progress(&prepared, old, event);
    bind(&mut prepared, old, &progress, event)?;
    let replanning = Replanning { old, bases: Bases::of(old), prepared, worth };
    replanning.run(&progress, event, options)
}

/// A tour of which these hosts have said no.
fn declining(tour: &Tour, declined: &[String]) -> Result<Tour, PlanError> {
    let mut tour = tour.clone();
    for code in declined {
        if tour.host(code).is_none() {
            return Err(PlanError::UnknownHost { by: "the event", code: code.clone() });
        }
        if !tour.visits.iter().any(|visit| visit.host == *code) {
            tour.visits.push(Visit::of(code));
        }
        for visit in tour.visits.iter_mut().filter(|visit| visit.host == *code) {
            (visit.state, visit.demand) = (State::Declined, Demand::Free);
        }
    }
    Ok(tour)
}

struct Replanning<'a> {
    old: &'a Plan,
    bases: Bases,
    prepared: Prepared<'a>,
    worth: &'a Worth,
}

impl Replanning<'_> {
    fn run(
        mut self,
        progress: &[Progress],
        event: &Event,
        options: &Options,
    ) -> Result<Replanned, PlanError> {
        let mut lost = self.give_up_impossible();
        let mut orders = self.old_orders();
        let mut proven = true;
        if !self.fits(&orders) {
            let found = self.keep_most(&orders, options, &mut lost)?;
            (orders, proven) = found;
            self.drop_needless(&mut orders);
            for (day, order) in orders.iter_mut().enumerate() {
                order::as_before(&self.prepared, &self.bases, day, order, &self.announced(day));
            }
        }
        let mut sequences = self.near(&orders)?;
        fill::fill(&self.prepared, &self.bases, self.worth, &mut sequences);
        let schedules =
            in_turn(&sequences).map_err(|(day, why)| impossible(self.prepared.days[day].date, why))?;
        let mut days = Vec::new();
        for (day, (sequence, schedule)) in sequences.iter().zip(&schedules).enumerate() {
            let mut plan = sequence.day_plan(schedule);
            overlay(&mut plan, &self.old.days[day], progress[day], event);
            days.push(plan);
        }
        let plan = Plan { days, proven: None };
        let lost: Vec<String> = lost.into_iter().filter(|host| plan.stop_at(host).is_none()).collect();
        let value = self.worth.value(&hosts(&plan));
        Ok(Replanned { changes: changes(self.old, &plan), plan, lost, value, proven })
    }

    /// Demands that cannot be kept to on any day that is left, which are given up.
    fn give_up_impossible(&mut self) -> BTreeSet<String> {
        let required = self.prepared.candidates.iter_mut().filter(|candidate| candidate.required);
        let mut lost = BTreeSet::new();
        for candidate in required.filter(|candidate| !candidate.possible()) {
            candidate.required = false;
            lost.insert(candidate.code.clone());
        }
        lost
    }

    /// The old visits that can still be made.
    fn old_orders(&self) -> Orders {
        let days = self.old.days.iter().enumerate();
        days.map(|(day, plan)| {
            let candidates = plan.stops.iter().filter_map(|stop| self.prepared.candidate(&stop.host));
            candidates.filter(|&at| !self.prepared.candidates[at].windows(day).is_empty()).collect()
        })
        .collect()
    }

    /// Whether all these visits, and all that is demanded, can be kept to in this order, and no old one could be kept beside them.
    fn fits(&self, orders: &Orders) -> bool {
        let kept: BTreeSet<usize> = orders.iter().flatten().copied().collect();
        let old = self.old.stops().filter_map(|(_, stop)| self.prepared.candidate(&stop.host));
        let all = old.filter(|&at| self.prepared.candidates[at].possible()).all(|at| kept.contains(&at));
        all && self.arranged(orders)
    }

    fn arranged(&self, orders: &Orders) -> bool {
        self.prepared.arrange(&self.bases, &codes(&self.prepared, orders)).fits()
    }

    /// As many of the old visits as possible, as many as possible on their days; whether that is proven.
    fn keep_most(
        &mut self,
        start: &Orders,
        options: &Options,
        lost: &mut BTreeSet<String>,
    ) -> Result<(Orders, bool), PlanError> {
        let count = self.prepared.candidates.len() as i64 + 1;
        for (day, plan) in self.old.days.iter().enumerate() {
            for stop in &plan.stops {
                if let Some(at) = self.prepared.candidate(&stop.host) {
                    (self.prepared.candidates[at].own, self.prepared.candidates[at].home) =
                        (count, Some((day, 1)));
                }
            }
        }
        if let Ok(found) = self.look(start, options)? {
            return Ok(found);
        }
        // What was demanded of the days to come is given up where it cannot be kept, but dearly.
        let demanded = self.prepared.candidates.iter_mut().filter(|candidate| candidate.required);
        for candidate in demanded.filter(|candidate| !candidate.begun) {
            candidate.required = false;
            candidate.own += count * count;
            lost.insert(candidate.code.clone());
        }
        self.look(start, options)?.map_err(|missing| {
            PlanError::Infeasible(Box::new(Infeasible { missing, nearest: None, proven: false }))
        })
    }

    fn look(
        &self,
        start: &Orders,
        options: &Options,
    ) -> Result<Result<(Orders, bool), Vec<Missing>>, PlanError> {
        let question = Question { prepared: &self.prepared, worth: None, bases: &self.bases };
        let found = question.best(&Limits::default(), &Effort::of(options), Some(start))?;
        Ok(found.map(|found| (found.orders, found.proven)).map_err(|nothing| nothing.missing))
    }

    /// Takes out what is neither old nor needed.
    fn drop_needless(&self, orders: &mut Orders) {
        let old: BTreeSet<String> = hosts(self.old).into_iter().collect();
        let missing = |orders: &Orders| {
            let arranged = self.prepared.arrange(&self.bases, &codes(&self.prepared, orders));
            (arranged.missing.len(), arranged.days.iter().map(|day| day.refused.len()).sum::<usize>())
        };
        let new = |&at: &usize| !old.contains(&self.prepared.candidates[at].code);
        let added: Vec<usize> = orders.iter().flatten().copied().filter(new).collect();
        for candidate in added {
            let without: Orders = orders
                .iter()
                .map(|order| order.iter().copied().filter(|&at| at != candidate).collect())
                .collect();
            if missing(&without) <= missing(orders) {
                *orders = without;
            }
        }
    }

    /// When the old visits of a day begin, by candidate.
    fn announced(&self, day: usize) -> BTreeMap<usize, i64> {
        let stops = self.old.days.get(day).into_iter().flat_map(|day: &DayPlan| &day.stops);
        stops
            .filter_map(|stop| {
                let at = self.prepared.candidate(&stop.host)?;
                Some((at, minute(self.prepared.zone, stop.starts)))
            })
            .collect()
    }

    /// The days with all their visits as near as possible to their old times; at any time where nights would then be too short.
    fn near<'b>(&'b self, orders: &Orders) -> Result<Vec<Sequence<'b>>, PlanError> {
        let mut free = Vec::new();
        let mut near = Vec::new();
        let mut before: Option<Schedule> = None;
        for (day, order) in orders.iter().enumerate() {
            let date = self.prepared.days[day].date;
            let impossible = |why| impossible(date, why);
            let announced = self.announced(day);
            let times: Vec<Option<i64>> = order.iter().map(|at| announced.get(at).copied()).collect();
            let sequence = Sequence::new(&self.prepared, day, self.ends(day), order);
            let nearest = sequence.clone().after(before.as_ref()).near(&times).map_err(impossible)?;
            before = Some(nearest.latest().map_err(impossible)?);
            near.push(nearest);
            free.push(sequence);
        }
        Ok(if fill::nights(&near) { near } else { free })
    }

    fn ends(&self, day: usize) -> (&str, &str) {
        self.bases.days.get(day).map_or(("", ""), |(from, to)| (from.as_str(), to.as_str()))
    }
}

/// Codes of the hosts of each day.
fn codes<'a>(prepared: &'a Prepared, orders: &Orders) -> Vec<Vec<&'a str>> {
    let code = |&at: &usize| prepared.candidates[at].code.as_str();
    orders.iter().map(|order| order.iter().map(code).collect()).collect()
}

fn impossible(date: chrono::NaiveDate, why: super::refusal::Refusal) -> PlanError {
    let missing = vec![Missing::Day { date, why }];
    PlanError::Infeasible(Box::new(Infeasible { missing, nearest: None, proven: false }))
}
