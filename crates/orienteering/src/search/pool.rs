//! Routes of good plans, put together anew.

use rustc_hash::FxHashMap;

use crate::combine::{Combined, Tour, combine};
use crate::problem::Problem;
use crate::search::Limit;
use crate::search::draft::Draft;
use crate::search::grid::Grid;
use crate::solution::{Plan, Rank, Score};
use crate::timing::{self, Cost};

/// The most tours that are remembered of routes that can stand for each other.
const MOST_TOURS: usize = 1500;

/// The most choices that are looked at at a time.
const MOST_CHOICES: u64 = 1_000_000;

/// Tours by class of routes, the newest of each set of sites and the shortest.
pub struct Pool {
    tours: Vec<Vec<Tour>>,
    /// Where a set of sites is, by class.
    known: Vec<FxHashMap<Vec<u32>, usize>>,
    /// Which tour is replaced next, by class.
    oldest: Vec<usize>,
    fresh: bool,
}

impl Pool {
    pub fn new(routes: usize) -> Self {
        Self {
            tours: vec![Vec::new(); routes],
            known: vec![FxHashMap::default(); routes],
            oldest: vec![0; routes],
            fresh: false,
        }
    }

    /// Remembers the routes of a draft.
    pub fn add(&mut self, grid: &Grid, draft: &Draft) {
        for (route, path) in draft.paths.iter().enumerate().filter(|(_, path)| !path.sites.is_empty()) {
            let class = grid.classes[route];
            let (tours, known) = (&mut self.tours[class], &mut self.known[class]);
            let mut set = path.sites.clone();
            set.sort_unstable();
            let cost = Some(Cost { travel: path.travel, end: path.end });
            if let Some(&at) = known.get(&set) {
                if cost < tours[at].cost {
                    tours[at] = Tour::new(grid.problem, route, path.sites.clone(), cost);
                }
                continue;
            }
            self.fresh = true;
            let tour = Tour::new(grid.problem, route, path.sites.clone(), cost);
            if tours.len() < MOST_TOURS {
                known.insert(set, tours.len());
                tours.push(tour);
                continue;
            }
            let oldest = &mut self.oldest[class];
            let mut gone = std::mem::replace(&mut tours[*oldest], tour).sites;
            gone.sort_unstable();
            known.remove(&gone);
            known.insert(set, *oldest);
            *oldest = (*oldest + 1) % MOST_TOURS;
        }
    }

    /// A plan of greater value than this rank's, put together from what is remembered.
    pub fn combine(&mut self, problem: &Problem, grid: &Grid, rank: Rank, limit: &Limit) -> Option<Plan> {
        if !std::mem::take(&mut self.fresh) {
            return None;
        }
        let mut lists = self.tours.clone();
        for (route, list) in lists.iter_mut().enumerate().filter(|&(route, _)| grid.classes[route] == route) {
            list.push(Tour::new(problem, route, Vec::new(), timing::without_stops(problem, route)));
            list.sort_by(Tour::before);
        }
        let score = Score { travel: i64::MIN, end: i64::MIN, ..rank.score() };
        let rank = Rank::new(rank.shortfall(), score);
        let Combined { plan, .. } = combine(problem, &grid.classes, &lists, rank, MOST_CHOICES, limit);
        plan
    }
}
