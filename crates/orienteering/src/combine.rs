//! The best choice of one tour for each route from given ones, so that no site is visited twice.

use crate::problem::Problem;
use crate::search::Limit;
use crate::solution::{Plan, Rank, Score};
use crate::tally::{Tally, WHOLE};
use crate::timing::Cost;

/// A sequence of sites that a route, and all routes of its class, can hold.
#[derive(Debug, Clone)]
pub(crate) struct Tour {
    pub sites: Vec<u32>,
    /// `None` if the route cannot be travelled without stops, which this is then.
    pub cost: Option<Cost>,
    /// What it is worth alone. Together with others it adds no more, as rewards gain less with each unit.
    worth: i64,
    bits: Vec<u64>,
}

impl Tour {
    pub fn new(problem: &Problem, route: usize, sites: Vec<u32>, cost: Option<Cost>) -> Self {
        let mut tally = Tally::new(problem);
        let mut bits = vec![0; problem.sites().len().div_ceil(64)];
        for &site in &sites {
            tally.add(site as usize, route);
            bits[site as usize / 64] |= 1 << (site % 64);
        }
        Self { sites, cost, worth: tally.value(), bits }
    }

    /// The order in which tours are tried: by worth, then by travel, end and sites.
    pub fn before(&self, other: &Self) -> std::cmp::Ordering {
        (other.worth.cmp(&self.worth))
            .then(self.cost.cmp(&other.cost))
            .then_with(|| self.sites.cmp(&other.sites))
    }
}

/// What was found.
pub(crate) struct Combined {
    /// A plan that ranks before the given rank, the best of those that were looked at.
    pub plan: Option<Plan>,
    /// Whether all were looked at, or could not be better.
    pub complete: bool,
}

/// Looks through the choices, best first, and passes over all that cannot rank before `rank`.
///
/// `tours` has a list for each class of routes, under the lowest route of the class, in the order of [`Tour::before`]; it should hold
/// the tour without stops. What the routes that are left can add at most is the sum of what the best tour of each would add to those
/// chosen so far: as rewards gain less with each unit, together they add no more. Ends when `most` tours were looked at. Cost: some
/// nanoseconds for each of them, with rewards some hundred.
pub(crate) fn combine(
    problem: &Problem,
    classes: &[usize],
    tours: &[Vec<Tour>],
    rank: Rank,
    most: u64,
    limit: &Limit,
) -> Combined {
    let routes = classes.len();
    let mut rest = vec![(0, 0, 0); routes + 1];
    for route in (0..routes).rev() {
        let list = &tours[classes[route]];
        let best = list.first().map_or(0, |tour| tour.worth);
        let costs = || {
            list.iter().map(|tour| {
                tour.cost.map_or((0, problem.routes()[route].opens), |cost| (cost.travel, cost.end))
            })
        };
        let (travel, end) = (costs().map(|(travel, _)| travel).min(), costs().map(|(_, end)| end).min());
        let after: (i64, i64, i64) = rest[route + 1];
        rest[route] = (after.0 + best, after.1 + travel.unwrap_or(0), after.2 + end.unwrap_or(0));
    }
    let mut choice = Choice {
        problem,
        classes,
        tours,
        rest,
        shrinking: !problem.rewards().is_empty(),
        rank,
        found: None,
        chosen: Vec::with_capacity(routes),
        used: vec![0; problem.sites().len().div_ceil(64)],
        tally: Tally::new(problem),
        left: most,
        limit,
    };
    let complete = choice.descend(0, 0, 0, 0);
    let plan = choice.found.map(|chosen| {
        let sites = |(route, &tour): (usize, &usize)| {
            tours[classes[route]][tour].sites.iter().map(|&site| site as usize).collect()
        };
        chosen.iter().enumerate().map(sites).collect()
    });
    Combined { plan, complete }
}

struct Choice<'a> {
    problem: &'a Problem,
    classes: &'a [usize],
    tours: &'a [Vec<Tour>],
    /// From each route on: the most that can be worth, the least travel, the least sum of ends.
    rest: Vec<(i64, i64, i64)>,
    /// Whether tours may be worth less together than alone.
    shrinking: bool,
    rank: Rank,
    found: Option<Vec<usize>>,
    chosen: Vec<usize>,
    used: Vec<u64>,
    tally: Tally<'a>,
    left: u64,
    limit: &'a Limit<'a>,
}

impl Choice<'_> {
    /// Whether all choices for the routes from this one on were looked at.
    fn descend(&mut self, route: usize, travel: i64, end: i64, broken: i64) -> bool {
        if route == self.classes.len() {
            let score = Score { value: self.tally.value(), travel, end };
            let rank = Rank::new(self.tally.shortfall() + WHOLE * broken, score);
            if rank < self.rank {
                self.rank = rank;
                self.found = Some(self.chosen.clone());
            }
            return true;
        }
        let class = self.classes[route];
        // Routes of a class are interchangeable: only one order of their tours is looked at.
        let same = (0..route).rev().find(|&before| self.classes[before] == class);
        let first = same.map_or(0, |before| self.chosen[before]);
        let tours = self.tours;
        let list = &tours[class];
        let offers = self.shrinking.then(|| self.offers(list, route, first));
        let rest = self.rest[route + 1];
        let most_after = if self.shrinking { self.most_after(route) } else { rest.0 };
        if self.spend(offers.as_ref().map_or(0, |_| self.lengths(route))) {
            return false;
        }
        for step in 0.. {
            let offer = match &offers {
                Some(offers) => offers.get(step).copied(),
                None => list.get(first + step).map(|tour| (tour.worth, first + step)),
            };
            let Some((adds, index)) = offer else {
                break;
            };
            let tour = &list[index];
            let value = self.tally.value() + adds + most_after;
            let (shorter, sooner) = match tour.cost {
                Some(cost) => (travel + cost.travel, end + cost.end),
                None => (travel, end + self.problem.routes()[route].opens),
            };
            // The shortfall can hardly be told before the end: what misses nothing can be passed over only for its score.
            if self.rank.shortfall() == 0 {
                if value < self.rank.score().value {
                    break;
                }
                let hoped = Score { value, travel: shorter + rest.1, end: sooner + rest.2 };
                if hoped <= self.rank.score() {
                    continue;
                }
            }
            if self.spend(1) {
                return false;
            }
            if self.meets(tour) {
                continue;
            }
            let added = tour.sites.iter().take_while(|&&site| {
                let fits = self.tally.fits(site as usize, route);
                if fits {
                    self.tally.add(site as usize, route);
                }
                fits
            });
            let added = added.count();
            let mut complete = true;
            if added == tour.sites.len() {
                self.used.iter_mut().zip(&tour.bits).for_each(|(used, own)| *used |= own);
                self.chosen.push(index);
                complete = self.descend(route + 1, shorter, sooner, broken + i64::from(tour.cost.is_none()));
                self.chosen.pop();
                self.used.iter_mut().zip(&tour.bits).for_each(|(used, own)| *used &= !own);
            }
            tour.sites[..added].iter().for_each(|&site| self.tally.remove(site as usize, route));
            if !complete {
                return false;
            }
        }
        true
    }

    /// Counts tours that are looked at; `true` if there were too many or time is up.
    fn spend(&mut self, tours: u64) -> bool {
        let before = self.left;
        self.left = self.left.saturating_sub(tours);
        let asks = before / ASKING != self.left / ASKING;
        if self.left == 0 || (asks && self.limit.time() >= 1.0) {
            self.left = 0;
            return true;
        }
        false
    }

    /// Whether a tour has a site that is visited already.
    fn meets(&self, tour: &Tour) -> bool {
        tour.bits.iter().zip(&self.used).any(|(own, used)| own & used != 0)
    }

    /// What each tour of a route, from an index on, adds to those chosen so far, the most first; those without a site that is visited already.
    fn offers(&mut self, list: &[Tour], route: usize, first: usize) -> Vec<(i64, usize)> {
        let mut offers = Vec::with_capacity(list.len());
        for (index, tour) in list.iter().enumerate().skip(first) {
            if !self.meets(tour) {
                offers.push((self.adds(tour, route), index));
            }
        }
        offers.sort_unstable_by_key(|&(adds, index)| (std::cmp::Reverse(adds), index));
        offers
    }

    /// The most that the routes after this one can add to those chosen so far.
    fn most_after(&mut self, route: usize) -> i64 {
        let tours = self.tours;
        let mut most = 0;
        for later in route + 1..self.classes.len() {
            let mut best = 0;
            for tour in &tours[self.classes[later]] {
                // In the order of what they are worth alone, which is no less.
                if tour.worth <= best {
                    break;
                }
                if !self.meets(tour) {
                    best = best.max(self.adds(tour, later));
                }
            }
            most += best;
        }
        most
    }

    /// The number of tours of a route and of those after it.
    fn lengths(&self, route: usize) -> u64 {
        self.classes[route..].iter().map(|&class| self.tours[class].len() as u64).sum()
    }

    /// What a tour adds to those chosen so far.
    fn adds(&mut self, tour: &Tour, route: usize) -> i64 {
        let before = self.tally.value();
        tour.sites.iter().for_each(|&site| self.tally.add(site as usize, route));
        let after = self.tally.value();
        tour.sites.iter().for_each(|&site| self.tally.remove(site as usize, route));
        after - before
    }
}

/// After so many tours the time is asked for.
const ASKING: u64 = 4096;
