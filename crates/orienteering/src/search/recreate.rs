//! Putting visits in, one after another, each where it costs least.

use crate::Ticks;
use crate::search::chance::Chance;
use crate::search::draft::{Draft, NOWHERE};
use crate::search::grid::Grid;
use crate::timing::{self, Memory};

/// Which visit is put in next. Those that make a shortfall less come first in any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Any.
    Random,
    /// The most valuable.
    Value,
    /// The most valuable for what it costs and how long it takes.
    Worth,
    /// The same, with the value counted twice.
    Prize,
    /// The one that costs least.
    Near,
    /// The one that can start in the shortest time.
    Tight,
}

/// By what the place of a visit is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The further driving.
    Detour,
    /// How much later the next stop is reached.
    Delay,
}

/// All ways to put visits in.
pub const WAYS: [(Order, Measure); 12] = [
    (Order::Random, Measure::Detour),
    (Order::Value, Measure::Detour),
    (Order::Worth, Measure::Detour),
    (Order::Prize, Measure::Detour),
    (Order::Near, Measure::Detour),
    (Order::Tight, Measure::Detour),
    (Order::Random, Measure::Delay),
    (Order::Value, Measure::Delay),
    (Order::Worth, Measure::Delay),
    (Order::Prize, Measure::Delay),
    (Order::Near, Measure::Delay),
    (Order::Tight, Measure::Delay),
];

/// One in so many places where a visit would fit is passed over.
const BLINKS: u32 = 100;

/// A visit that fits on a route, and where it costs least there.
#[derive(Debug, Clone, Copy)]
struct Offer {
    site: u32,
    route: u32,
    position: usize,
    cost: Ticks,
    relief: i64,
    gain: f64,
    noise: f64,
}

impl Offer {
    /// The greater, the sooner.
    fn key(&self, grid: &Grid, order: Order) -> f64 {
        let call = grid.call(self.route as usize, self.site as usize);
        // The noise leaves the order of what differs much.
        match order {
            Order::Random => self.noise,
            Order::Value => self.gain * (0.8 + 0.4 * self.noise),
            Order::Worth => {
                self.gain * (0.7 + 0.6 * self.noise) / ((self.cost.max(0) + call.duration) as f64 + 1.0)
            }
            Order::Prize => {
                self.gain * self.gain * (0.7 + 0.6 * self.noise)
                    / ((self.cost.max(0) + call.duration) as f64 + 1.0)
            }
            Order::Near => -(self.cost as f64) * (0.8 + 0.4 * self.noise),
            Order::Tight => -((call.last - call.open) as f64) * (0.8 + 0.4 * self.noise),
        }
    }
}

/// Working memory.
#[derive(Debug, Default)]
pub struct Bench {
    offers: Vec<Offer>,
    trial: Vec<u32>,
    pub memory: Memory,
}

/// Puts as many visits in as fit.
///
/// Cost: visits outside the plan times stops, a few nanoseconds each on routes without meal and rests, and the visits that fit times
/// those that are put in.
pub fn recreate(
    grid: &Grid,
    draft: &mut Draft,
    (order, measure): (Order, Measure),
    chance: &mut Chance,
    bench: &mut Bench,
) {
    let mut offers = std::mem::take(&mut bench.offers);
    offers.clear();
    for route in 0..draft.paths.len() {
        let mut offer = |site: u32| {
            if let Some((position, cost)) = scan(grid, draft, route, site, measure, chance, bench) {
                let (relief, gain) = rate(draft, site, route);
                let noise = chance.share();
                offers.push(Offer { site, route: route as u32, position, cost, relief, gain, noise });
            }
        };
        (0..grid.sites as u32).filter(|&site| draft.on[site as usize] == NOWHERE).for_each(&mut offer);
    }
    while let Some(chosen) = next(grid, &offers, order) {
        let Offer { site, route, position, .. } = offers[chosen];
        let route = route as usize;
        if !grid.problem.routes()[route].is_plain() && !holds(grid, draft, route, position, site, bench) {
            match scan(grid, draft, route, site, measure, chance, bench) {
                Some((position, cost)) => offers[chosen] = Offer { position, cost, ..offers[chosen] },
                None => {
                    offers.swap_remove(chosen);
                }
            }
            continue;
        }
        draft.insert(grid, site, route, position, &mut bench.memory);
        let mut index = 0;
        while index < offers.len() {
            if update(grid, draft, &mut offers[index], (site, route, position), measure, chance, bench) {
                index += 1;
            } else {
                offers.swap_remove(index);
            }
        }
    }
    bench.offers = offers;
}

/// Which offer is taken next; the first of equals.
fn next(grid: &Grid, offers: &[Offer], order: Order) -> Option<usize> {
    let mut best: Option<(usize, i64, f64)> = None;
    for (index, offer) in offers.iter().enumerate() {
        let key = offer.key(grid, order);
        if best.is_none_or(|(_, relief, best)| (offer.relief, key) > (relief, best)) {
            best = Some((index, offer.relief, key));
        }
    }
    best.map(|(index, _, _)| index)
}

fn rate(draft: &Draft, site: u32, route: usize) -> (i64, f64) {
    (draft.tally.relief(site as usize, route), draft.tally.gain(site as usize, route) as f64)
}

/// Brings an offer up to date after a visit was put in; `false` if it no longer fits.
fn update(
    grid: &Grid,
    draft: &Draft,
    offer: &mut Offer,
    (site, route, at): (u32, usize, usize),
    measure: Measure,
    chance: &mut Chance,
    bench: &mut Bench,
) -> bool {
    if offer.site == site {
        return false;
    }
    let own = offer.route as usize;
    if !(grid.problem.rewards().is_empty() && grid.problem.quotas().is_empty()) {
        if !draft.tally.fits(offer.site as usize, own) {
            return false;
        }
        (offer.relief, offer.gain) = rate(draft, offer.site, own);
    }
    if own != route {
        return true;
    }
    let rules = &grid.problem.routes()[route];
    let found = if offer.position == at || !rules.is_plain() || rules.most_stops.is_some() {
        scan(grid, draft, route, offer.site, measure, chance, bench)
    } else {
        let position = offer.position + usize::from(offer.position > at);
        match test(grid, draft, route, offer.site, position, measure) {
            None => scan(grid, draft, route, offer.site, measure, chance, bench),
            Some(cost) => {
                let mut best = (position, cost);
                for new in [at, at + 1] {
                    if let Some(cost) = test(grid, draft, route, offer.site, new, measure)
                        && cost < best.1
                    {
                        best = (new, cost);
                    }
                }
                Some(best)
            }
        }
    };
    if let Some((position, cost)) = found {
        offer.position = position;
        offer.cost = cost;
    }
    found.is_some()
}

/// What a visit costs at a position of a route, as far as can be told without its meal and rests; `None` if it does not fit.
#[inline]
fn test(
    grid: &Grid,
    draft: &Draft,
    route: usize,
    site: u32,
    position: usize,
    measure: Measure,
) -> Option<Ticks> {
    let path = &draft.paths[route];
    let node = site as usize;
    let call = grid.call(route, node);
    let (leaves, latest) = (path.leaves[position], path.latest[position]);
    let from = if position == 0 { grid.start(route) } else { path.sites[position - 1] as usize };
    let to = path.sites.get(position).map_or(grid.end(route), |&next| next as usize);
    let (way_in, way_out) = (grid.into(node, from), grid.out(node, to));
    let start = grid.earliest(call, leaves + way_in + call.buffer);
    let reached = start + call.duration + way_out;
    if reached > latest {
        return None;
    }
    let direct = if path.sites.is_empty() {
        if path.broken { 0 } else { path.travel }
    } else if position == 0 {
        grid.into(to, from)
    } else {
        grid.out(from, to)
    };
    let detour = way_in + way_out - direct;
    if grid.problem.routes()[route].most_travel.is_some_and(|most| path.travel + detour > most) {
        return None;
    }
    Some(match measure {
        Measure::Detour => detour,
        Measure::Delay => reached - leaves - direct,
    })
}

/// The position of a visit on a route that costs least, at times another.
fn scan(
    grid: &Grid,
    draft: &Draft,
    route: usize,
    site: u32,
    measure: Measure,
    chance: &mut Chance,
    bench: &mut Bench,
) -> Option<(usize, Ticks)> {
    let path = &draft.paths[route];
    let call = grid.call(route, site as usize);
    let rules = &grid.problem.routes()[route];
    if !call.possible()
        || rules.most_stops.is_some_and(|most| path.sites.len() >= most)
        || !draft.tally.fits(site as usize, route)
    {
        return None;
    }
    let plain = rules.is_plain();
    let (before, after) = (call.way_in + call.buffer, call.duration + call.way_out);
    let mut best: Option<(usize, Ticks)> = None;
    for (position, (&leaves, &latest)) in path.leaves.iter().zip(&path.latest).enumerate() {
        if leaves > call.last {
            break;
        }
        // Most places are ruled out by the shortest ways, without a look at theirs.
        if (leaves + before).max(call.open) + after > latest {
            continue;
        }
        let Some(cost) = test(grid, draft, route, site, position, measure) else {
            continue;
        };
        if best.is_some_and(|(_, best)| best <= cost)
            || chance.one_in(BLINKS)
            || (!plain && !holds(grid, draft, route, position, site, bench))
        {
            continue;
        }
        best = Some((position, cost));
    }
    best
}

/// Whether a route with meal or rests can hold a further visit.
fn holds(grid: &Grid, draft: &Draft, route: usize, position: usize, site: u32, bench: &mut Bench) -> bool {
    let Bench { trial, memory, .. } = bench;
    let sites = &draft.paths[route].sites;
    trial.clear();
    trial.extend_from_slice(&sites[..position]);
    trial.push(site);
    trial.extend_from_slice(&sites[position..]);
    timing::cost(grid.problem, route, trial, memory, |_| ()).is_some()
}
