//! The best plan between given bases.
//!
//! The solver knows neither nights that bind two days nor values below 0. Both are left out at first; where the best plan without them breaks
//! them, the question is divided into two that together hold every plan that does not, until the best that is left breaks nothing.

use distretto_orienteering as orienteering;
use distretto_orienteering::{Proof, Schedule};

use super::bases::Bases;
use super::effort::Effort;
use super::error::{Missing, PlanError};
use super::limits::Limits;
use super::prepared::Prepared;
use super::problem::{Built, Source};
use super::timing::{Sequence, in_turn};
use crate::choosing::Worth;
use crate::plan::DayPlan;

/// The most questions that one is divided into.
const MOST_QUESTIONS: usize = 64;

/// The candidates of each day in order.
pub(super) type Orders = Vec<Vec<usize>>;

/// A plan.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub orders: Orders,
    pub days: Vec<DayPlan>,
    pub value: i64,
    pub travel: i64,
    /// Whether no plan between the same bases is better.
    pub proven: bool,
    pub iterations: u64,
    /// Within what it was found.
    pub limits: Limits,
}

/// No plan.
#[derive(Debug, Clone)]
pub(super) struct Nothing {
    pub missing: Vec<Missing>,
    pub nearest: Orders,
    pub proven: bool,
}

/// What is asked, beside how hard to look for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'a> {
    pub prepared: &'a Prepared<'a>,
    pub worth: Option<&'a Worth>,
    pub bases: &'a Bases,
}

/// A part of the question: what narrows it, and what no plan in it is worth more than.
struct Part {
    limits: Limits,
    bound: i64,
}

/// What a plan breaks that the solver does not know.
enum Break {
    /// A candidate whose visit is worth less than nothing.
    Negative(usize),
    /// The night before a day: the last moment at which the coach may be back on the day before, the first at which it may leave on the day.
    Night { day: usize, sooner: i64, later: i64 },
}

impl Question<'_> {
    /// The best plan, or what the nearest is missing. Given orders are improved on.
    pub fn best(
        &self,
        limits: &Limits,
        effort: &Effort,
        start: Option<&Orders>,
    ) -> Result<Result<Found, Nothing>, PlanError> {
        let mut best: Option<Found> = None;
        let mut nothing: Option<Nothing> = None;
        let (mut proven, mut iterations) = (true, 0);
        let mut parts = vec![Part { limits: limits.clone(), bound: i64::MAX }];
        let mut asked = 0;
        while let Some(part) = most_promising(&mut parts) {
            if best.as_ref().is_some_and(|best| best.value > part.bound) {
                break;
            }
            if asked == MOST_QUESTIONS {
                proven = false;
                break;
            }
            asked += 1;
            if let Some(day) = part.limits.empty(self.prepared) {
                nothing.get_or_insert_with(|| self.no_day(&part.limits, day));
                continue;
            }
            let built = Built::of(self.source(&part.limits))?;
            if asked == 1 {
                best = start.and_then(|start| self.given(&built, &part.limits, start));
            }
            let solution = match solve(&built, effort, start)? {
                Ok(solution) => solution,
                Err(short) => {
                    proven &= short.proven;
                    nothing.get_or_insert_with(|| self.nothing(&built, &short));
                    continue;
                }
            };
            proven &= solution.proof == Proof::Optimal;
            iterations += solution.iterations;
            let value = solution.score.value.saturating_add(built.added);
            let better = |best: &Found| (value, -solution.score.travel) > (best.value, -best.travel);
            if !best.as_ref().is_none_or(better) {
                continue;
            }
            let orders = built.orders(&solution.plan());
            let (schedules, days) = match self.times(&part.limits, &orders) {
                Ok(times) => times,
                Err(missing) => {
                    proven = false;
                    nothing.get_or_insert(Nothing { missing: vec![missing], nearest: orders, proven: false });
                    continue;
                }
            };
            match self.breaks(&part.limits, &orders, &schedules) {
                None => {
                    let travel = solution.score.travel;
                    let limits = part.limits;
                    best = Some(Found { orders, days, value, travel, proven: false, iterations: 0, limits });
                }
                Some(found) => {
                    nothing = nothing.or_else(|| self.too_short(&found, &orders));
                    parts.extend(divide(&part.limits, &found).map(|limits| Part { limits, bound: value }));
                }
            }
        }
        Ok(match best {
            Some(found) => Ok(Found { proven, iterations, ..found }),
            None => Err(Nothing {
                proven,
                ..nothing.unwrap_or(Nothing { missing: Vec::new(), nearest: Vec::new(), proven })
            }),
        })
    }

    fn source<'b>(&'b self, limits: &'b Limits) -> Source<'b> {
        Source { prepared: self.prepared, worth: self.worth, bases: self.bases, limits }
    }

    /// Given orders as a plan, if they break nothing.
    fn given(&self, built: &Built, limits: &Limits, start: &Orders) -> Option<Found> {
        let solution = orienteering::assess(&built.problem, &built.plan(start)).ok()?;
        let orders = built.orders(&solution.plan());
        let (schedules, days) = self.times(limits, &orders).ok()?;
        let inside = Limits { inside: orders.iter().flatten().copied().collect(), ..limits.clone() };
        if self.breaks(&inside, &orders, &schedules).is_some() {
            return None;
        }
        let below = orders.iter().flatten().map(|&candidate| self.own(candidate).min(0));
        let value = solution.score.value.saturating_add(below.sum());
        let (travel, limits) = (solution.score.travel, limits.clone());
        Some(Found { orders, days, value, travel, proven: false, iterations: 0, limits })
    }

    fn own(&self, candidate: usize) -> i64 {
        self.source(&Limits::default()).own(candidate)
    }

    /// The times of all days.
    fn times(&self, limits: &Limits, orders: &Orders) -> Result<(Vec<Schedule>, Vec<DayPlan>), Missing> {
        let orders = orders.iter().enumerate();
        let sequences: Vec<Sequence> = orders.map(|(day, order)| self.sequence(limits, day, order)).collect();
        let schedules = in_turn(&sequences)
            .map_err(|(day, why)| Missing::Day { date: self.prepared.days[day].date, why })?;
        let days = sequences.iter().zip(&schedules);
        let days = days.map(|(sequence, schedule)| sequence.day_plan(schedule)).collect();
        Ok((schedules, days))
    }

    fn sequence(&self, limits: &Limits, day: usize, order: &[usize]) -> Sequence<'_> {
        let ends = self.bases.days.get(day).map_or(("", ""), |(from, to)| (from.as_str(), to.as_str()));
        Sequence::new(self.prepared, day, ends, order).within(limits)
    }

    /// The first thing that a plan breaks.
    fn breaks(&self, limits: &Limits, orders: &Orders, schedules: &[Schedule]) -> Option<Break> {
        let free = |&candidate: &usize| {
            !self.prepared.candidates[candidate].required && !limits.inside.contains(&candidate)
        };
        let negative =
            orders.iter().flatten().copied().find(|candidate| free(candidate) && self.own(*candidate) < 0);
        if let Some(candidate) = negative {
            return Some(Break::Negative(candidate));
        }
        let night = i64::from(self.prepared.tour.frame.driving.night);
        schedules.windows(2).enumerate().find_map(|(day, pair)| {
            (self.prepared.short_night(&pair[0], &pair[1]) > 0).then(|| {
                let sooner = (pair[1].leaves - night + pair[0].arrival - 1).div_euclid(2);
                Break::Night { day: day + 1, sooner, later: sooner + 1 + night }
            })
        })
    }

    fn too_short(&self, found: &Break, orders: &Orders) -> Option<Nothing> {
        let Break::Night { day, .. } = found else { return None };
        let missing = vec![Missing::Night { date: self.prepared.days[*day].date }];
        Some(Nothing { missing, nearest: orders.clone(), proven: false })
    }

    /// A day that ends before it begins.
    fn no_day(&self, limits: &Limits, day: usize) -> Nothing {
        let why = self.sequence(limits, day, &[]).earliest().err();
        let missing = why.map(|why| Missing::Day { date: self.prepared.days[day].date, why });
        Nothing { missing: missing.into_iter().collect(), nearest: Vec::new(), proven: true }
    }

    fn nothing(&self, built: &Built, short: &orienteering::solve::Infeasible) -> Nothing {
        let date = |route: usize| self.prepared.days[route].date;
        let nearest = built.orders(&short.nearest);
        let required = short.shortfall.required.iter().map(|&site| Missing::Visit {
            host: self.prepared.candidates[built.candidates[site]].code.clone(),
        });
        let quotas = short.shortfall.quotas.iter().map(|short| Missing::Quota {
            quota: built.quotas.get(&short.quota).copied().unwrap_or_default(),
            date: short.route.map(date),
            missing: short.missing,
        });
        let idle = (0..self.prepared.days.len()).filter(|&day| nearest.get(day).is_none_or(Vec::is_empty));
        let days = idle.filter_map(|day| {
            let why = self.sequence(&Limits::default(), day, &[]).earliest().err()?;
            Some(Missing::Day { date: date(day), why })
        });
        let missing = required.chain(quotas).chain(days).collect();
        Nothing { missing, nearest, proven: short.proven }
    }
}

fn solve(
    built: &Built,
    effort: &Effort,
    start: Option<&Orders>,
) -> Result<Result<orienteering::Solution, orienteering::solve::Infeasible>, PlanError> {
    let start = start.map(|start| built.plan(start));
    let options = orienteering::Options {
        seed: effort.seed,
        iterations: Some(effort.iterations),
        spent: effort.spent,
        start: start.as_deref(),
        search_only: false,
    };
    let mut answer = orienteering::solve(&built.problem, &options);
    if matches!(answer, Err(orienteering::Error::Start(_))) {
        answer = orienteering::solve(&built.problem, &orienteering::Options { start: None, ..options });
    }
    match answer {
        Ok(solution) => Ok(Ok(solution)),
        Err(orienteering::Error::Infeasible(short)) => Ok(Err(*short)),
        Err(error) => Err(PlanError::Unsolved(error.to_string())),
    }
}

/// Takes the part whose bound is greatest, of equal ones the newest.
fn most_promising(parts: &mut Vec<Part>) -> Option<Part> {
    let (at, _) = parts.iter().enumerate().max_by_key(|(at, part)| (part.bound, *at))?;
    Some(parts.remove(at))
}

/// The two parts that together hold every plan that does not break this.
fn divide(limits: &Limits, found: &Break) -> [Limits; 2] {
    let mut parts = [limits.clone(), limits.clone()];
    match *found {
        Break::Negative(candidate) => {
            parts[0].inside.insert(candidate);
            parts[1].outside.insert(candidate);
        }
        Break::Night { day, sooner, later } => {
            parts[0].sooner.insert(day - 1, sooner);
            parts[1].later.insert(day, later);
        }
    }
    parts
}
