//! The best plan, proven.

mod partition;
mod subsets;

use crate::combine::{Combined, Tour, combine};
use crate::problem::Problem;
use crate::search::Limit;
use crate::solution::{Plan, Rank};

/// The most sites of which all subsets are looked at.
pub(crate) const MOST_SITES: usize = 15;

/// The most choices of tours that are looked at.
const MOST_CHOICES: u64 = 50_000_000;

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
        for list in &mut tours {
            list.sort_by(Tour::before);
        }
        Some(combine(problem, &self.classes, &tours, rank, MOST_CHOICES, limit))
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
