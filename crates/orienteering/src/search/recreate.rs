//! Putting visits in, one after another in some order, each where it lengthens the way least.

use crate::Ticks;
use crate::search::chance::Chance;
use crate::search::draft::{Draft, NOWHERE};
use crate::search::grid::{FAR, Grid};
use crate::timing::{self, Memory};

/// In which order visits are put in. Those that make a shortfall less come first in any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Random,
    /// The most valuable first.
    Value,
    /// The most valuable for the way and the time they take first.
    Worth,
    /// Those that can start in the shortest time first.
    Tight,
    /// Those that must start soonest first.
    Early,
}

/// One in so many places where a visit would fit is passed over.
const BLINKS: u32 = 100;

/// Where a visit fits.
#[derive(Debug, Clone, Copy)]
pub struct Fit {
    pub route: usize,
    pub position: usize,
    pub detour: Ticks,
}

/// Working memory.
#[derive(Debug, Default)]
pub struct Bench {
    queue: Vec<(i64, f64, u32)>,
    trial: Vec<u32>,
    pub memory: Memory,
}

/// Puts as many visits in as fit. Cost: visits outside the plan times stops, a few nanoseconds each on routes without meal and rests.
pub fn recreate(grid: &Grid, draft: &mut Draft, order: Order, chance: &mut Chance, bench: &mut Bench) {
    let mut queue = std::mem::take(&mut bench.queue);
    queue.clear();
    for site in 0..grid.sites {
        if draft.on[site] == NOWHERE {
            let (relief, key) = rate(grid, draft, site, order, chance);
            queue.push((relief, key, site as u32));
        }
    }
    queue.sort_unstable_by(|one, other| {
        (other.0.cmp(&one.0)).then(other.1.total_cmp(&one.1)).then(one.2.cmp(&other.2))
    });
    for &(_, _, site) in &queue {
        if let Some(fit) = best_fit(grid, draft, site, chance, bench) {
            draft.insert(grid, site, fit.route, fit.position, &mut bench.memory);
        }
    }
    bench.queue = queue;
}

/// What a site is put in by: the shortfall that it makes less, and the order; both the greater the sooner.
fn rate(grid: &Grid, draft: &Draft, site: usize, order: Order, chance: &mut Chance) -> (i64, f64) {
    let rules = &grid.problem.sites()[site];
    let relief = (0..draft.paths.len()).map(|route| draft.tally.relief(site, route)).max().unwrap_or(0);
    let noise = chance.share();
    let gain = || (0..draft.paths.len()).map(|route| draft.tally.gain(site, route)).max().unwrap_or(0);
    let key = match order {
        Order::Random => noise,
        Order::Value => gain() as f64 * (1.0 + 0.2 * noise),
        Order::Worth => {
            let gain = gain() as f64;
            let cost =
                rules.duration + grid.near(site).get(1).map_or(0, |&near| grid.out(site, near as usize));
            gain * (0.5 + noise) / (cost as f64 + 1.0)
        }
        Order::Tight => {
            let length: Ticks = rules.windows.iter().map(|window| window.last - window.open).sum();
            -(length as f64) * (0.8 + 0.4 * noise)
        }
        Order::Early => -(rules.windows.last().map_or(0, |window| window.last) as f64),
    };
    (relief, key)
}

/// The place of a visit that lengthens the way least, at times another.
pub fn best_fit(
    grid: &Grid,
    draft: &Draft,
    site: u32,
    chance: &mut Chance,
    bench: &mut Bench,
) -> Option<Fit> {
    let mut best: Option<Fit> = None;
    let node = site as usize;
    for (route, path) in draft.paths.iter().enumerate() {
        let call = grid.call(route, node);
        let rules = &grid.problem.routes()[route];
        let stops = path.sites.len();
        if !call.possible()
            || rules.most_stops.is_some_and(|most| stops >= most)
            || !draft.tally.fits(node, route)
        {
            continue;
        }
        let plain = rules.is_plain();
        let mut from = grid.start(route);
        for position in 0..=stops {
            if path.leaves[position] > call.last {
                break;
            }
            let before = from;
            let to = match path.sites.get(position) {
                Some(&next) => next as usize,
                None => grid.end(route),
            };
            from = to;
            if path.latest[position] < call.open + call.duration {
                continue;
            }
            let (way_in, way_out) = (grid.into(node, before), grid.out(node, to));
            let start = grid.earliest(call, path.leaves[position] + way_in + call.buffer);
            if start + call.duration + way_out > path.latest[position] {
                continue;
            }
            let direct = if stops == 0 {
                if path.broken { 0 } else { path.travel }
            } else if position == 0 {
                grid.into(to, before)
            } else {
                grid.out(before, to)
            };
            let detour = way_in + way_out - direct;
            if best.is_some_and(|best| best.detour <= detour) || chance.one_in(BLINKS) {
                continue;
            }
            if rules.most_travel.is_some_and(|most| path.travel + detour > most) {
                continue;
            }
            if !plain && !holds(grid, draft, route, position, site, bench) {
                continue;
            }
            best = Some(Fit { route, position, detour });
        }
    }
    debug_assert!(best.is_none_or(|best| best.detour < FAR));
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
