//! Whole plans: their worth, and what they fall short of.

use std::cmp::{Ordering, Reverse};

use crate::Ticks;
use crate::problem::{Problem, Scope};
use crate::schedule::{Schedule, Why, evaluate};
use crate::tally::Tally;

/// The sites of each route in order, by index.
pub type Plan = Vec<Vec<usize>>;

/// What plans are compared by; the greater score is the better plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Score {
    /// Values of the visited sites on their routes, and rewards.
    pub value: i64,
    /// Driving on all routes.
    pub travel: Ticks,
    /// The sum of the ends of all routes.
    pub end: Ticks,
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |score: &Self| (score.value, Reverse(score.travel), Reverse(score.end));
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What plans with shortfalls are compared by: the lower, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    shortfall: i64,
    score: Reverse<Score>,
}

impl Rank {
    pub fn new(shortfall: i64, score: Score) -> Self {
        Self { shortfall, score: Reverse(score) }
    }

    pub fn shortfall(&self) -> i64 {
        self.shortfall
    }

    pub fn score(&self) -> Score {
        self.score.0
    }
}

/// Whether a better solution can exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Proof {
    /// No plan has a greater score.
    Optimal,
    /// A better plan was not found, but may exist.
    NotProven,
}

/// A feasible plan with its times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// One by route.
    pub schedules: Vec<Schedule>,
    /// What it is worth.
    pub score: Score,
    /// Whether it is known to be the best.
    pub proof: Proof,
    /// Iterations of the search that it took; 0 for the exact method.
    pub iterations: u64,
}

impl Solution {
    /// The sites of each route in order.
    pub fn plan(&self) -> Plan {
        self.schedules.iter().map(Schedule::sites).collect()
    }
}

/// The least of a quota that is not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotaShort {
    /// The quota.
    pub quota: usize,
    /// The route it is counted on, if it is counted by route.
    pub route: Option<usize>,
    /// How much is missing.
    pub missing: i64,
}

/// What a plan falls short of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shortfall {
    /// Required sites that are not visited.
    pub required: Vec<usize>,
    /// Least quotas that are not reached.
    pub quotas: Vec<QuotaShort>,
    /// Routes that cannot be travelled, not even without stops, and why.
    pub routes: Vec<Why>,
}

impl Shortfall {
    /// Whether nothing is missing.
    pub fn is_empty(&self) -> bool {
        self.required.is_empty() && self.quotas.is_empty() && self.routes.is_empty()
    }
}

impl std::fmt::Display for Shortfall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let required = self.required.iter().map(|site| format!("site {site} is not visited"));
        let quotas = self.quotas.iter().map(|short| match short.route {
            Some(route) => format!("quota {} misses {} on route {route}", short.quota, short.missing),
            None => format!("quota {} misses {}", short.quota, short.missing),
        });
        let routes = self.routes.iter().map(ToString::to_string);
        f.write_str(&required.chain(quotas).chain(routes).collect::<Vec<_>>().join("; "))
    }
}

/// Why a plan is not a solution.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Something cannot be; the first reason.
    #[error(transparent)]
    Impossible(#[from] Why),
    /// It could be, but something is missing.
    #[error("the plan falls short: {0}")]
    Short(Shortfall),
}

/// The times and the score of a given plan. The proof is [`Proof::NotProven`], the iterations are 0.
///
/// # Errors
/// The first reason why it cannot be, by route; else what it falls short of. Cost: that of [`evaluate`] for each route.
pub fn assess(problem: &Problem, plan: &[Vec<usize>]) -> Result<Solution, Fault> {
    check_visits(problem, plan)?;
    let schedules: Vec<Schedule> = plan
        .iter()
        .enumerate()
        .map(|(route, sites)| evaluate(problem, route, sites))
        .collect::<Result<_, _>>()?;
    let short = shortfall(problem, plan);
    if !short.is_empty() {
        return Err(Fault::Short(short));
    }
    let score = Score {
        value: tally(problem, plan).value(),
        travel: schedules.iter().map(|schedule| schedule.travel).sum(),
        end: schedules.iter().map(|schedule| schedule.end).sum(),
    };
    Ok(Solution { schedules, score, proof: Proof::NotProven, iterations: 0 })
}

/// What a plan falls short of: required visits, least quotas, and routes without stops that cannot be travelled. Indices that do not
/// exist are passed over.
pub fn shortfall(problem: &Problem, plan: &[Vec<usize>]) -> Shortfall {
    let tally = tally(problem, plan);
    let mut visited = vec![false; problem.sites().len()];
    for &site in plan.iter().flatten() {
        visited.get_mut(site).into_iter().for_each(|visited| *visited = true);
    }
    let required =
        problem.sites().iter().enumerate().filter(|&(site, rules)| rules.required && !visited[site]);
    let mut quotas = Vec::new();
    for (quota, rule) in problem.quotas().iter().enumerate() {
        let counted = match rule.scope {
            Scope::Tour => vec![None],
            Scope::EachRoute => (0..problem.routes().len()).map(Some).collect(),
            Scope::Route(route) => vec![Some(route)],
        };
        for route in counted {
            let missing = rule.min.unwrap_or(0) - tally.sum(quota, route.unwrap_or(0));
            if missing > 0 {
                quotas.push(QuotaShort { quota, route, missing });
            }
        }
    }
    let idle = (0..problem.routes().len()).filter(|&route| plan.get(route).is_none_or(Vec::is_empty));
    Shortfall {
        required: required.map(|(site, _)| site).collect(),
        quotas,
        routes: idle.filter_map(|route| evaluate(problem, route, &[]).err()).collect(),
    }
}

/// What is true of a plan whatever its times: names, visits at most once, most quotas of the tour.
pub(crate) fn check_visits(problem: &Problem, plan: &[Vec<usize>]) -> Result<(), Why> {
    let asked = problem.routes().len();
    if plan.len() != asked {
        return Err(Why::OtherRoutes { given: plan.len(), asked });
    }
    let mut visited = vec![false; problem.sites().len()];
    for &site in plan.iter().flatten() {
        match visited.get_mut(site) {
            None => return Err(Why::NoSuchSite { site }),
            Some(true) => return Err(Why::Twice { site }),
            Some(visited) => *visited = true,
        }
    }
    let tally = tally(problem, plan);
    for (quota, rule) in problem.quotas().iter().enumerate() {
        if let (Scope::Tour, Some(most)) = (rule.scope, rule.max)
            && tally.sum(quota, 0) > most
        {
            return Err(Why::QuotaAbove { quota, route: None, sum: tally.sum(quota, 0), most });
        }
    }
    Ok(())
}

pub(crate) fn tally<'a>(problem: &'a Problem, plan: &[Vec<usize>]) -> Tally<'a> {
    let mut tally = Tally::new(problem);
    for (route, sites) in plan.iter().enumerate().take(problem.routes().len()) {
        sites.iter().filter(|&&site| site < problem.sites().len()).for_each(|&site| tally.add(site, route));
    }
    tally
}
