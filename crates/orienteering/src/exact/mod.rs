//! The best plan, proven.

mod partition;
mod subsets;

use crate::combine::{Combined, Tour, combine};
use crate::problem::Problem;
use crate::search::Limit;
use crate::solution::{Plan, Rank};

/// The most sites of which all subsets are looked at.
pub(crate) const MOST_SITES: usize = 15;

/// The most tours that are looked at where time is not limited: some seconds.
const MOST_CHOICES: u64 = 30_000_000;

/// What the exact method can do for a problem.
pub(crate) enum Reach {
    /// All sites together are few.
    Whole(Exact),
    /// The sites of each route are few.
    Routes(Exact),
    /// Too many sites.
    Out,
}

/// The sites of a problem that can be visited at all.
pub(crate) struct Exact {
    classes: Vec<usize>,
    /// By route.
    candidates: Vec<Vec<usize>>,
    /// Of any route.
    sites: Vec<usize>,
}

/// Whether the exact method can be used.
pub(crate) fn reach(problem: &Problem) -> Reach {
    let candidates: Vec<Vec<usize>> =
        (0..problem.routes().len()).map(|route| subsets::candidates(problem, route)).collect();
    let mut sites = candidates.concat();
    sites.sort_unstable();
    sites.dedup();
    let routes_are_few = candidates.iter().all(|sites| sites.len() <= MOST_SITES);
    let whole_is_few = sites.len() <= MOST_SITES;
    let exact = Exact { classes: problem.classes(), candidates, sites };
    match (whole_is_few, routes_are_few) {
        (true, _) => Reach::Whole(exact),
        (_, true) => Reach::Routes(exact),
        _ => Reach::Out,
    }
}

impl Exact {
    /// The best plan where [`Reach::Whole`] is told; `None` if time ran out.
    pub fn whole(&self, problem: &Problem, limit: &Limit) -> Option<Plan> {
        let tours = self.tours(problem, limit)?;
        partition::best(problem, &self.classes, &self.sites, &tours, limit)
    }

    /// A plan that ranks before the given rank, if there is one, where [`Reach::Routes`] is told; `None` if time ran out.
    pub fn better(&self, problem: &Problem, rank: Rank, limit: &Limit) -> Option<Combined> {
        let mut tours = self.tours(problem, limit)?;
        for (route, list) in tours.iter_mut().enumerate() {
            self.drop_dominated(problem, route, list);
            list.sort_by(Tour::before);
        }
        let most = if limit.is_timed() { u64::MAX } else { MOST_CHOICES };
        Some(combine(problem, &self.classes, &tours, rank, most, limit))
    }

    /// Drops tours to which a visit can be added that nothing speaks against: it is worth something, on no other route, and under no
    /// quota that could be exceeded. Whatever plan has such a tour is better with the visit.
    fn drop_dominated(&self, problem: &Problem, route: usize, list: &mut Vec<Tour>) {
        let candidates = &self.candidates[route];
        let elsewhere = |site: &usize| {
            let others = self.candidates.iter().enumerate().filter(|&(other, _)| other != route);
            others.flat_map(|(_, sites)| sites).any(|other| other == site)
        };
        let limited = |site: usize| {
            problem.quotas_of[site].iter().any(|&(quota, _)| problem.quotas()[quota].max.is_some())
        };
        let free =
            |site: &usize| problem.sites()[*site].value_on(route) > 0 && !elsewhere(site) && !limited(*site);
        let bit =
            |site: usize| candidates.iter().position(|&other| other == site).map_or(0, |at| 1_usize << at);
        let free: Vec<usize> = candidates.iter().filter(|site| free(site)).map(|&site| bit(site)).collect();
        let set = |tour: &Tour| tour.sites.iter().map(|&site| bit(site as usize)).sum::<usize>();
        let mut possible = vec![false; 1 << candidates.len()];
        list.iter().filter(|tour| tour.cost.is_some()).for_each(|tour| possible[set(tour)] = true);
        list.retain(|tour| {
            let own = set(tour);
            !free.iter().any(|bit| own & bit == 0 && possible[own | bit])
        });
    }

    fn tours(&self, problem: &Problem, limit: &Limit) -> Option<Vec<Vec<Tour>>> {
        let of_route = |route: usize| {
            if self.classes[route] == route {
                subsets::tours(problem, route, &self.candidates[route], limit)
            } else {
                Some(Vec::new())
            }
        };
        (0..self.classes.len()).map(of_route).collect()
    }
}
