//! A tour as a problem for the solver, and the way back.

use std::collections::BTreeMap;

use distretto_orienteering as orienteering;
use distretto_orienteering::{Parts, Problem, Quota, Reward, Scope, Site, Window};

use super::bases::Bases;
use super::clock::Minute;
use super::error::PlanError;
use super::limits::Limits;
use super::prepared::{Drive, Prepared};
use crate::choosing::Worth;
use crate::rules::Per;

/// A tour as a problem: the routes are its days, the sites those of its candidates that can be visited.
#[derive(Debug, Clone)]
pub(super) struct Built {
    pub problem: Problem,
    /// The candidate of each site.
    pub candidates: Vec<usize>,
    /// What is to be added to the value that the solver finds: of sites that are required and whose value is below 0.
    pub added: i64,
    /// The rules' quota of each quota of the problem that has a least.
    pub quotas: BTreeMap<usize, usize>,
}

/// What the problem is made of, beside the tour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub prepared: &'a Prepared<'a>,
    /// What visits are worth; where absent, what the candidates say.
    pub worth: Option<&'a Worth>,
    pub bases: &'a Bases,
    pub limits: &'a Limits,
}

impl Source<'_> {
    /// What a visit is worth by itself.
    pub fn own(&self, candidate: usize) -> i64 {
        let candidate = &self.prepared.candidates[candidate];
        self.worth.map_or(candidate.own, |worth| worth.own_points(&candidate.code))
    }
}

impl Built {
    /// Puts a tour as a problem.
    ///
    /// A value below 0 is not known to the solver. It is taken as 0 unless the visit is required; [`super::branch`] sees to it that this
    /// makes no plan better than it is.
    pub fn of(source: Source) -> Result<Self, PlanError> {
        let Source { prepared, bases, limits, .. } = source;
        let included =
            |index: &usize| prepared.candidates[*index].possible() && !limits.outside.contains(index);
        let candidates: Vec<usize> = (0..prepared.candidates.len()).filter(included).collect();
        let sites: BTreeMap<usize, usize> =
            candidates.iter().enumerate().map(|(site, &candidate)| (candidate, site)).collect();
        let mut added = 0i64;
        let mut parts = Parts {
            travel: travel(source, &candidates)?,
            sites: Vec::with_capacity(candidates.len()),
            routes: Vec::new(),
            rewards: Vec::new(),
            quotas: Vec::new(),
        };
        for (place, &index) in candidates.iter().enumerate() {
            let candidate = &prepared.candidates[index];
            let own = source.own(index);
            let required = candidate.required || limits.inside.contains(&index);
            if required {
                added = added.saturating_add(own.min(0));
            }
            let days = || 0..prepared.days.len();
            parts.sites.push(Site {
                windows: days().flat_map(|day| candidate.windows(day).iter().copied()).collect(),
                buffer: candidate.buffer,
                routes: Some(days().filter(|&day| !candidate.windows(day).is_empty()).collect()),
                required,
                feeds: candidate.feeds,
                free: candidate.free,
                extra: candidate.home.into_iter().collect(),
                ..Site::new(place, own.max(0), candidate.stay(), Window { open: 0, last: 0 })
            });
        }
        for (day, rules) in prepared.days.iter().enumerate() {
            let places = (candidates.len() + 2 * day, candidates.len() + 2 * day + 1);
            let mut route = rules.route(places.0, places.1);
            limits.bind(day, &mut route);
            parts.routes.push(route);
        }
        parts.rewards = rewards(source, &sites);
        let quotas = quotas(source, &candidates, &mut parts.quotas, bases);
        Ok(Self { problem: Problem::new(parts)?, candidates, added, quotas })
    }

    /// The candidates of each day of a plan of the solver.
    pub fn orders(&self, plan: &[Vec<usize>]) -> Vec<Vec<usize>> {
        plan.iter().map(|sites| sites.iter().map(|&site| self.candidates[site]).collect()).collect()
    }

    /// A plan for the solver of the candidates of each day; those that are no sites are left out.
    pub fn plan(&self, orders: &[Vec<usize>]) -> Vec<Vec<usize>> {
        let sites: BTreeMap<usize, usize> =
            self.candidates.iter().enumerate().map(|(site, &candidate)| (candidate, site)).collect();
        orders
            .iter()
            .map(|order| order.iter().filter_map(|candidate| sites.get(candidate).copied()).collect())
            .collect()
    }
}

fn rewards(source: Source, sites: &BTreeMap<usize, usize>) -> Vec<Reward> {
    let site = |code: &String| source.prepared.candidate(code).and_then(|index| sites.get(&index).copied());
    let rewards = source.worth.iter().flat_map(|worth| &worth.rewards).map(|reward| Reward {
        amounts: reward.members.iter().filter_map(site).map(|site| (site, 1)).collect(),
        gains: reward.gains.clone(),
    });
    rewards.filter(|reward| !reward.amounts.is_empty()).collect()
}

/// Adds the quotas of the rules, the budget and what keeps plans apart; the rules' quota of each that has a least.
fn quotas(
    source: Source,
    candidates: &[usize],
    quotas: &mut Vec<Quota>,
    bases: &Bases,
) -> BTreeMap<usize, usize> {
    let Source { prepared, limits, .. } = source;
    let frame = &prepared.tour.frame;
    let weigh = |weight: &dyn Fn(usize) -> i64| -> Vec<(usize, i64)> {
        let weights = candidates.iter().enumerate().map(|(site, &candidate)| (site, weight(candidate)));
        weights.filter(|&(_, weight)| weight > 0).collect()
    };
    let mut rules = BTreeMap::new();
    for (index, quota) in prepared.tour.rules.quotas.iter().enumerate() {
        let weights = weigh(&|candidate| i64::from(prepared.candidates[candidate].quotas.contains(&index)));
        let short = |day| limits.short.get(&(index, day)).copied().unwrap_or(0);
        let days = || 0..prepared.days.len();
        let scopes: Vec<(Scope, i64)> = match quota.per {
            Per::Tour => vec![(Scope::Tour, short(None))],
            Per::Day if days().all(|day| short(Some(day)) == 0) => vec![(Scope::EachRoute, 0)],
            Per::Day => days().map(|day| (Scope::Route(day), short(Some(day)))).collect(),
        };
        for (scope, short) in scopes {
            if quota.least > 0 {
                rules.insert(quotas.len(), index);
            }
            quotas.push(Quota {
                weights: weights.clone(),
                min: Some(i64::from(quota.least) - short).filter(|&least| least > 0),
                max: quota.most.map(i64::from),
                scope,
            });
        }
    }
    if let Some(budget) = frame.budget {
        // More than can be handled is more than any sum of costs.
        let capped =
            |amount: u64| i64::try_from(amount).unwrap_or(i64::MAX).min(orienteering::problem::GREATEST);
        quotas.push(Quota {
            weights: weigh(&|candidate| capped(prepared.candidates[candidate].cost)),
            min: None,
            max: Some(capped(budget.saturating_sub(bases.cost(frame)))),
            scope: Scope::Tour,
        });
    }
    for (visited, most) in &limits.apart {
        quotas.push(Quota {
            weights: weigh(&|candidate| i64::from(visited.contains(&candidate))),
            min: None,
            max: Some(*most as i64),
            scope: Scope::Tour,
        });
    }
    rules
}

/// Travel times between candidates, and from and to where days begin and end; a way that a plan could need must be known.
fn travel(source: Source, candidates: &[usize]) -> Result<orienteering::Travel, PlanError> {
    let Source { prepared, bases, .. } = source;
    let places = candidates.len() + 2 * prepared.days.len();
    let mut travel = orienteering::Travel::none(places);
    let mut set = |from: (usize, &str), via: &Option<String>, to: (usize, &str)| {
        let minutes = match prepared.drive_over(from.1, via.as_deref(), to.1) {
            Drive::Minutes(minutes) => Some(minutes),
            Drive::NoRoute => None,
            Drive::Unknown => {
                return Err(PlanError::UnknownWay { from: from.1.to_owned(), to: to.1.to_owned() });
            }
        };
        Ok(travel.set(from.0, to.0, minutes)?)
    };
    let days = prepared.days.len();
    let reach: Vec<Vec<Option<(Minute, Minute)>>> = candidates
        .iter()
        .map(|&index| (0..days).map(|day| reach(&prepared.candidates[index], day)).collect())
        .collect();
    for (from, &first) in candidates.iter().enumerate() {
        for (to, &second) in candidates.iter().enumerate().filter(|&(to, _)| to != from) {
            let follows = reach[from].iter().zip(&reach[to]).any(|pair| match pair {
                (Some((ends, _)), Some((_, last))) => ends <= last,
                _ => false,
            });
            if follows {
                let (first, second) = (&prepared.candidates[first], &prepared.candidates[second]);
                set((from, &first.code), &first.via, (to, &second.code))?;
            }
        }
    }
    for (day, rules) in prepared.days.iter().enumerate() {
        let (begin, end) = (candidates.len() + 2 * day, candidates.len() + 2 * day + 1);
        let (from, to) = bases.days.get(day).map_or(("", ""), |(from, to)| (from.as_str(), to.as_str()));
        for (place, &index) in candidates.iter().enumerate().filter(|&(place, _)| reach[place][day].is_some())
        {
            let candidate = &prepared.candidates[index];
            set((begin, from), &rules.via, (place, &candidate.code))?;
            set((place, &candidate.code), &candidate.via, (end, to))?;
        }
        let never_idle = |&index: &usize| {
            let candidate = &prepared.candidates[index];
            candidate.required && (0..days).all(|other| candidate.windows(other).is_empty() == (other != day))
        };
        if !candidates.iter().any(never_idle) {
            set((begin, from), &rules.via, (end, to))?;
        }
    }
    Ok(travel)
}

/// When a visit on a day can end at the earliest and begin at the latest.
fn reach(candidate: &super::candidate::Candidate, day: usize) -> Option<(Minute, Minute)> {
    let windows = candidate.windows(day);
    Some((windows.first()?.open + candidate.minutes, windows.last()?.last))
}
