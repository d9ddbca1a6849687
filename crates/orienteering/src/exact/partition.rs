//! The best way to share a few sites out to all routes, by dynamic programming over the sites that are visited so far.

use std::cmp::Reverse;

use crate::combine::Tour;
use crate::problem::{Problem, Quota, Scope};
use crate::search::Limit;
use crate::solution::{Plan, Rank, Score};
use crate::tally::{WHOLE, missing_of};

/// What the routes so far come to, for a set of visited sites, the lower the better: shortfall of the routes by themselves, extra
/// values, travel, ends. For the same set all else is the same, so the least of these is the best.
type Key = (i64, Reverse<i64>, i64, i64);

/// The best plan with tours for each route, given under the lowest route of its class. `None` if time ran out.
///
/// Cost: routes times 3ᵏ steps for k sites at most.
pub(crate) fn best(
    problem: &Problem,
    classes: &[usize],
    sites: &[usize],
    tours: &[Vec<Tour>],
    limit: &Limit,
) -> Option<Plan> {
    let sets = 1_usize << sites.len();
    let mut bit = vec![0_usize; problem.sites().len()];
    sites.iter().enumerate().for_each(|(index, &site)| bit[site] = 1 << index);
    let mut now: Vec<Option<Key>> = vec![None; sets];
    now[0] = Some((0, Reverse(0), 0, 0));
    // By route and set: which tour was the last, and without which set before.
    let mut chosen: Vec<Vec<u32>> = Vec::with_capacity(classes.len());
    for (route, &class) in classes.iter().enumerate() {
        let mut next: Vec<Option<Key>> = vec![None; sets];
        let mut choice = vec![0; sets];
        for (index, tour) in tours[class].iter().enumerate() {
            if index.is_multiple_of(64) && limit.time() >= 1.0 {
                return None;
            }
            let Some(own) = key(problem, route, tour) else {
                continue;
            };
            let visited = tour.sites.iter().fold(0, |set, &site| set | bit[site as usize]);
            let others = (sets - 1) & !visited;
            let mut before = others;
            loop {
                if let Some(key) = now[before] {
                    let key = (key.0 + own.0, Reverse(key.1.0 + own.1.0), key.2 + own.2, key.3 + own.3);
                    let found = &mut next[before | visited];
                    if found.is_none_or(|found| key < found) {
                        *found = Some(key);
                        choice[before | visited] = index as u32;
                    }
                }
                if before == 0 {
                    break;
                }
                before = (before - 1) & others;
            }
        }
        now = next;
        chosen.push(choice);
    }
    let ranked =
        now.iter().enumerate().filter_map(|(set, key)| Some((rank(problem, sites, set, &(*key)?)?, set)));
    let (_, mut set) = ranked.min()?;
    let mut plan: Plan = vec![Vec::new(); classes.len()];
    for route in (0..classes.len()).rev() {
        let tour = &tours[classes[route]][chosen[route][set] as usize];
        plan[route] = tour.sites.iter().map(|&site| site as usize).collect();
        tour.sites.iter().for_each(|&site| set &= !bit[site as usize]);
    }
    Some(plan)
}

/// What a tour adds on a route; `None` if it exceeds a quota there.
fn key(problem: &Problem, route: usize, tour: &Tour) -> Option<Key> {
    let counted = |quota: &Quota| match quota.scope {
        Scope::Tour => false,
        Scope::EachRoute => true,
        Scope::Route(only) => only == route,
    };
    let short = missing(problem, counted, |site| tour.sites.contains(&(site as u32)))?;
    let extra = |&site: &u32| {
        let site = &problem.sites()[site as usize];
        site.value_on(route) - site.value
    };
    let extra = tour.sites.iter().map(extra).sum();
    Some(match tour.cost {
        Some(cost) => (short, Reverse(extra), cost.travel, cost.end),
        None => (short + WHOLE, Reverse(extra), 0, problem.routes()[route].opens),
    })
}

/// The rank of a whole plan that visits a set; `None` if it exceeds a quota of the tour.
fn rank(problem: &Problem, sites: &[usize], set: usize, key: &Key) -> Option<Rank> {
    let mut visited = vec![false; problem.sites().len()];
    sites.iter().enumerate().for_each(|(index, &site)| visited[site] = set >> index & 1 == 1);
    let quotas = missing(problem, |quota| quota.scope == Scope::Tour, |site| visited[site])?;
    let each = || problem.sites().iter().zip(&visited);
    let required = each().filter(|&(site, &visited)| site.required && !visited).count() as i64;
    let values: i64 = each().filter(|&(_, &visited)| visited).map(|(site, _)| site.value).sum();
    let rewards = problem.rewards().iter().enumerate().map(|(index, reward)| {
        let covered = reward.amounts.iter().filter(|&&(site, _)| visited[site]);
        problem.gain(index, covered.map(|&(_, amount)| amount).sum())
    });
    let score = Score { value: values + rewards.sum::<i64>() + key.1.0, travel: key.2, end: key.3 };
    Some(Rank::new(key.0 + quotas + WHOLE * required, score))
}

/// What is missing to the least of quotas; `None` if one is exceeded.
fn missing(
    problem: &Problem,
    counted: impl Fn(&Quota) -> bool,
    visited: impl Fn(usize) -> bool,
) -> Option<i64> {
    let quotas = problem.quotas().iter().filter(|quota| counted(quota));
    quotas
        .map(|quota| {
            let sum =
                quota.weights.iter().filter(|&&(site, _)| visited(site)).map(|&(_, weight)| weight).sum();
            quota.max.is_none_or(|max| sum <= max).then(|| missing_of(quota.min.unwrap_or(0), sum))
        })
        .sum()
}
