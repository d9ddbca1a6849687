//! A plan after something has happened, changed as little as possible.

mod change;
mod day_change;
mod event;
mod fill;
mod order;
mod past;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use distretto_orienteering::Schedule;

pub use change::{Change, changes};
pub use day_change::{DayChange, DayDifference, day_changes};
pub use event::{Event, Late};

use self::past::{Today, bind, overlay, progress};
use super::arrange::Arranged;
use super::bases::Bases;
use super::branch::{Orders, Question};
use super::clock::{minute, minute_of};
use super::effort::{Effort, Options};
use super::error::{Infeasible, Missing, PlanError};
use super::limits::Limits;
use super::plan::hosts;
use super::prepared::Prepared;
use super::refusal::{Because, Refusal};
use super::search::Search;
use super::shortlist::shortlisted;
use super::timing::{Sequence, in_turn};
use crate::choosing::{Value, Worth};
use crate::plan::{DayPlan, Plan};
use crate::tour::Tour;
use crate::travel::Travel;
use crate::visit::{Demand, State, Visit};

/// A day that cannot be over by its end is over within so many minutes of it: a day.
const LATEST_END: i64 = 24 * 60;

/// A plan after something has happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replanned {
    /// The plan.
    pub plan: Plan,
    /// What visits are different.
    pub changes: Vec<Change>,
    /// What else of the days is different: when they begin and end, and their meals.
    pub day_changes: Vec<DayChange>,
    /// Codes of hosts that are confirmed or mandatory and cannot be visited any longer.
    pub lost: Vec<String>,
    /// Least quotas that can no longer be kept to.
    pub short: Vec<Missing>,
    /// Days that end later than the tour says.
    pub overruns: Vec<Overrun>,
    /// What it is worth, line by line.
    pub value: Value,
    /// Whether it is proven that no plan keeps more of the old visits, or as many and more of them on their days.
    pub proven: bool,
}

/// A day that ends later than the tour says, because the coach cannot be back sooner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overrun {
    /// The day.
    pub date: NaiveDate,
    /// When it should end, in local time of the tour.
    pub latest: NaiveTime,
    /// How many minutes later it ends, above 0.
    pub minutes: i64,
}

/// A plan after something has happened, changed as little as possible.
///
/// What has begun is kept exactly as it was, and so are the bases of all days. A day that has come ends later than the tour says where the coach
/// cannot be back sooner with nothing but what has begun, and no later than that. Of the rest, in this order: least quotas, as far as they can be;
/// as many confirmed and mandatory visits as possible; as many of the old visits; as many of these on their days; in their order, as far as the visits of a day do; at times as near as
/// possible to the announced ones (see below); new visits, the most worthwhile first, where they move no other. A visit that is not
/// in the old plan and needed for a quota comes before order and times.
///
/// A stop has begun once the coach has arrived or is driving there, unless the host has declined before the end of the visit; where the coach is
/// late, no stop has begun that comes after the one where it is late, or that is only being driven to. A day is not over while the coach is late on
/// it. From where it is late the coach goes on as if it came over that place from where it was last: the last stop that has begun, which is
/// left later, or the base, which is left as late as it can be.
/// The order is the nearest where a day has at most seven visits. Times come near one after the other, so that an
/// earlier visit that keeps its time can move a later one further. `options.start` is not looked at.
///
/// # Errors
/// What is wrong with the tour, the plan or the event; [`PlanError::Infeasible`] where no plan of the days that are left keeps to all meals and
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
    let today = progress(&prepared, old, event)?;
    bind(&mut prepared, old, &today)?;
    let replanning = Replanning { old, bases: Bases::of(old), prepared, worth };
    replanning.run(&today, options)
}

/// A tour of which these hosts have said no: what a plan is looked for in once they have.
///
/// # Errors
/// [`PlanError::UnknownHost`].
pub fn declining(tour: &Tour, declined: &[String]) -> Result<Tour, PlanError> {
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
    fn run(mut self, today: &[Today], options: &Options) -> Result<Replanned, PlanError> {
        let overruns = self.give_way(today);
        let mut lost = self.give_up_impossible();
        let mut kept = Kept { orders: self.old_orders(), limits: Limits::default(), proven: true };
        if !self.fits(&kept.orders) {
            kept = self.keep_most(&kept.orders, options, &mut lost)?;
            self.drop_needless(&mut kept);
            for day in 0..kept.orders.len() {
                order::as_before(&self.prepared, &self.bases, day, &mut kept, &self.announced(day));
            }
        }
        let mut sequences = self.near(&kept)?;
        fill::fill(&self.prepared, &self.bases, self.worth, &mut sequences);
        let schedules =
            in_turn(&sequences).map_err(|(day, why)| impossible(self.prepared.days[day].date, why))?;
        let mut days = Vec::new();
        for (day, (sequence, schedule)) in sequences.iter().zip(&schedules).enumerate() {
            let mut plan = sequence.day_plan(schedule);
            overlay(&mut plan, &self.old.days[day], &today[day]);
            days.push(plan);
        }
        let plan = Plan { days, proven: None };
        let lost: Vec<String> = lost.into_iter().filter(|host| plan.stop_at(host).is_none()).collect();
        let value = self.worth.value(&hosts(&plan));
        let short = self.prepared.short_quotas(&stops(&plan));
        let (changes, day_changes) = (changes(self.old, &plan), day_changes(self.old, &plan));
        Ok(Replanned { plan, changes, day_changes, lost, short, overruns, value, proven: kept.proven })
    }

    /// Lets days that have come end as late as they must with nothing but what has begun, and no later.
    fn give_way(&mut self, today: &[Today]) -> Vec<Overrun> {
        let mut overruns = Vec::new();
        let begun = self.begun();
        for (day, today) in today.iter().enumerate() {
            let frame = &self.prepared.tour.frame.days[day];
            let opens = minute_of(self.prepared.zone, frame.date, frame.starts);
            if !today.has_come(opens) {
                continue;
            }
            let before = self.prepared.days[day].closes;
            let end = |prepared: &Prepared| {
                let kept = Kept { orders: begun.clone(), limits: Limits::default(), proven: false };
                let sequences = kept.sequences(prepared, &self.bases, &kept.orders);
                sequences[day].earliest().map(|schedule| schedule.end)
            };
            if !matches!(end(&self.prepared), Err(Refusal::ReturnsLate { .. })) {
                continue;
            }
            self.prepared.days[day].closes = before + LATEST_END;
            let closes = end(&self.prepared).unwrap_or(before);
            self.prepared.days[day].closes = closes;
            if closes > before {
                overruns.push(Overrun { date: frame.date, latest: frame.ends, minutes: closes - before });
            }
        }
        overruns
    }

    /// The visits of each day that have begun.
    fn begun(&self) -> Orders {
        let begun = |order: Vec<usize>| -> Vec<usize> {
            order.into_iter().filter(|&at| self.prepared.candidates[at].begun).collect()
        };
        self.old_orders().into_iter().map(begun).collect()
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
    ) -> Result<Kept, PlanError> {
        let count = self.prepared.candidates.len() as i64 + 1;
        for (day, plan) in self.old.days.iter().enumerate() {
            for stop in &plan.stops {
                if let Some(at) = self.prepared.candidate(&stop.host) {
                    (self.prepared.candidates[at].own, self.prepared.candidates[at].home) =
                        (count, Some((day, 1)));
                }
            }
        }
        let mut limits = Limits::default();
        if let Ok(found) = self.look(&limits, start, options)? {
            return Ok(found);
        }
        // What was demanded of the days to come is given up where it cannot be kept, but dearly.
        let demanded = self.prepared.candidates.iter_mut().filter(|candidate| candidate.required);
        for candidate in demanded.filter(|candidate| !candidate.begun) {
            candidate.required = false;
            candidate.own += count * count;
            lost.insert(candidate.code.clone());
        }
        // Least quotas fall short by no more than the plan that comes nearest to them.
        loop {
            let missing = match self.look(&limits, start, options)? {
                Ok(found) => return Ok(found),
                Err(missing) => missing,
            };
            let before = limits.short.clone();
            for missing in &missing {
                if let Missing::Quota { quota, date, missing } = missing {
                    let day =
                        date.and_then(|date| self.prepared.days.iter().position(|day| day.date == date));
                    *limits.short.entry((*quota, day)).or_default() += missing;
                }
            }
            if limits.short == before {
                let days = self.impossible_days();
                let missing = if days.is_empty() { missing } else { days };
                return Err(PlanError::Infeasible(Box::new(Infeasible {
                    missing,
                    nearest: None,
                    proven: false,
                })));
            }
        }
    }

    /// The days that cannot be with nothing but what has begun.
    fn impossible_days(&self) -> Vec<Missing> {
        let kept = Kept { orders: self.begun(), limits: Limits::default(), proven: false };
        let days = kept.sequences(&self.prepared, &self.bases, &kept.orders);
        let begun =
            |host: &str| self.prepared.candidate(host).is_some_and(|at| self.prepared.candidates[at].begun);
        let why = |day: Sequence| {
            let why = match day.earliest().err()? {
                // A visit that has begun is not late: there is no time left for the meal before it.
                Refusal::TooLate { host, because: Because::Meal, .. } if begun(&host) => Refusal::NoMeal,
                why => why,
            };
            Some(Missing::Day { date: self.prepared.days[day.day].date, why })
        };
        days.into_iter().filter_map(why).collect()
    }

    fn look(
        &self,
        limits: &Limits,
        start: &Orders,
        options: &Options,
    ) -> Result<Result<Kept, Vec<Missing>>, PlanError> {
        let question = Question { prepared: &self.prepared, worth: None, bases: &self.bases };
        let found = question.best(limits, &Effort::of(options), Some(start))?;
        Ok(found
            .map(|found| Kept { orders: found.orders, limits: found.limits, proven: found.proven })
            .map_err(|nothing| nothing.missing))
    }

    /// Takes out what is neither old nor needed.
    fn drop_needless(&self, kept: &mut Kept) {
        let old: BTreeSet<String> = hosts(self.old).into_iter().collect();
        let new = |&at: &usize| !old.contains(&self.prepared.candidates[at].code);
        let added: Vec<usize> = kept.orders.iter().flatten().copied().filter(new).collect();
        for candidate in added {
            let without = |order: &Vec<usize>| order.iter().copied().filter(|&at| at != candidate).collect();
            let fewer: Orders = kept.orders.iter().map(without).collect();
            let arranged = self.prepared.arrange(&self.bases, &codes(&self.prepared, &fewer));
            let before = self.prepared.arrange(&self.bases, &codes(&self.prepared, &kept.orders));
            if lacks(&arranged) <= lacks(&before) && kept.holds(&self.prepared, &self.bases, &fewer) {
                kept.orders = fewer;
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
    fn near<'b>(&'b self, kept: &Kept) -> Result<Vec<Sequence<'b>>, PlanError> {
        let free = kept.sequences(&self.prepared, &self.bases, &kept.orders);
        let mut near = Vec::new();
        let mut before: Option<Schedule> = None;
        for (day, sequence) in free.iter().enumerate() {
            let date = self.prepared.days[day].date;
            let impossible = |why| impossible(date, why);
            let announced = self.announced(day);
            let times: Vec<Option<i64>> =
                kept.orders[day].iter().map(|at| announced.get(at).copied()).collect();
            let nearest = sequence.clone().after(before.as_ref()).near(&times).map_err(impossible)?;
            before = Some(nearest.latest().map_err(impossible)?);
            near.push(nearest);
        }
        Ok(if fill::nights(&near) { near } else { free })
    }
}

/// The visits that are kept, in an order and within limits in which nights are long enough.
struct Kept {
    orders: Orders,
    limits: Limits,
    proven: bool,
}

impl Kept {
    /// The days with these orders, within the limits.
    fn sequences<'b>(&self, prepared: &'b Prepared, bases: &'b Bases, orders: &Orders) -> Vec<Sequence<'b>> {
        let ends =
            |day: usize| bases.days.get(day).map_or(("", ""), |(from, to)| (from.as_str(), to.as_str()));
        let days = orders.iter().enumerate();
        days.map(|(day, order)| Sequence::new(prepared, day, ends(day), order).within(&self.limits)).collect()
    }

    /// Whether these orders fit as well, and nights are long enough.
    fn holds(&self, prepared: &Prepared, bases: &Bases, orders: &Orders) -> bool {
        fill::nights(&self.sequences(prepared, bases, orders))
    }
}

/// How much of what is demanded is missing.
fn lacks(arranged: &Arranged) -> (i64, usize) {
    let missing = arranged.missing.iter().map(|missing| match missing {
        Missing::Quota { missing, .. } => *missing,
        _ => 1,
    });
    (missing.sum(), arranged.days.iter().map(|day| day.refused.len()).sum())
}

/// Codes of the hosts of each day of a plan.
fn stops(plan: &Plan) -> Vec<Vec<&str>> {
    plan.days.iter().map(|day| day.stops.iter().map(|stop| stop.host.as_str()).collect()).collect()
}

/// Codes of the hosts of each day.
fn codes<'a>(prepared: &'a Prepared, orders: &Orders) -> Vec<Vec<&'a str>> {
    let code = |&at: &usize| prepared.candidates[at].code.as_str();
    orders.iter().map(|order| order.iter().map(code).collect()).collect()
}

fn impossible(date: NaiveDate, why: Refusal) -> PlanError {
    let missing = vec![Missing::Day { date, why }];
    PlanError::Infeasible(Box::new(Infeasible { missing, nearest: None, proven: false }))
}
