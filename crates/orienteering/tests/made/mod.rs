//! Small problems made from a seed, with everything a problem can ask for.

use distretto_orienteering::{
    Meal, Parts, Problem, Quota, Resting, Reward, Route, Scope, Site, Ticks, Travel, Window,
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What kinds of problems are made.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    pub sites: usize,
    pub routes: usize,
    /// How long a route is open.
    pub length: Ticks,
}

struct Dice(ChaCha8Rng);

impl Dice {
    /// From 0 to below.
    fn below(&mut self, count: i64) -> i64 {
        (self.0.next_u64() % count as u64) as i64
    }

    fn one_in(&mut self, count: i64) -> bool {
        self.below(count) == 0
    }
}

pub fn problem(seed: u64, kind: Kind) -> Problem {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
    let places = kind.sites + 2;
    let mut travel = Travel::none(places);
    let longest = 1 + dice.below(kind.length / 3);
    for from in 0..places {
        for to in (0..places).filter(|&to| to != from) {
            let ticks = if dice.one_in(15) { None } else { Some(dice.below(longest + 1)) };
            travel.set(from, to, ticks).expect("it is in range");
        }
    }
    let apart = dice.one_in(2);
    let routes: Vec<Route> = (0..kind.routes as i64)
        .map(|index| made_route(&mut dice, kind, if apart { index * (kind.length + 3) } else { 0 }))
        .collect();
    let routes = if dice.one_in(3) { vec![routes[0].clone(); kind.routes] } else { routes };
    let sites = (0..kind.sites).map(|site| made_site(&mut dice, kind, site, &routes)).collect();
    let group = |dice: &mut Dice, most: i64| -> Vec<(usize, i64)> {
        let chosen: Vec<usize> = (0..kind.sites).filter(|_| dice.one_in(2)).collect();
        chosen.into_iter().map(|site| (site, dice.below(most + 1))).collect()
    };
    let mut rewards = Vec::new();
    while dice.one_in(2) {
        let mut gains: Vec<i64> = (0..dice.below(4)).map(|_| dice.below(8)).collect();
        gains.sort_unstable_by(|one, other| other.cmp(one));
        rewards.push(Reward { amounts: group(&mut dice, 2), gains });
    }
    let mut quotas = Vec::new();
    while dice.one_in(2) {
        let scope = match dice.below(3) {
            0 => Scope::Tour,
            1 => Scope::EachRoute,
            _ => Scope::Route(dice.below(kind.routes as i64) as usize),
        };
        let min = if dice.one_in(3) { Some(dice.below(3)) } else { None };
        let max = if dice.one_in(2) { Some(min.unwrap_or(0) + dice.below(4)) } else { None };
        quotas.push(Quota { weights: group(&mut dice, 3), min, max, scope });
    }
    Problem::new(Parts { travel, sites, routes, rewards, quotas }).expect("it is sound")
}

/// The same with limits to when the ends of its routes are left and reached, and with routes that were begun before.
pub fn bound(seed: u64, kind: Kind) -> Problem {
    let mut dice = Dice(ChaCha8Rng::seed_from_u64(!seed));
    let mut parts = problem(seed, kind).parts().clone();
    for route in &mut parts.routes {
        let mut within = || dice.one_in(2).then(|| route.opens + dice.below(kind.length));
        (route.leaves, route.arrives) = (within(), within());
        route.begun = dice.one_in(4);
    }
    Problem::new(parts).expect("it is sound")
}

fn made_route(dice: &mut Dice, kind: Kind, opens: Ticks) -> Route {
    let place = |dice: &mut Dice| kind.sites + dice.below(2) as usize;
    let closes = opens + kind.length - dice.below(kind.length / 3);
    let meal = dice.one_in(2).then(|| {
        let open = opens + dice.below(kind.length * 2 / 3);
        Meal { window: Window { open, last: open + dice.below(6) }, duration: dice.below(5) }
    });
    let resting = dice.one_in(2).then(|| Resting { after: 1 + dice.below(6), rest: 1 + dice.below(4) });
    Route {
        start: place(dice),
        end: place(dice),
        opens,
        closes,
        leaves: None,
        arrives: None,
        begun: false,
        meal,
        resting,
        most_travel: dice.one_in(4).then(|| dice.below(kind.length)),
        most_stops: dice.one_in(4).then(|| dice.below(kind.sites as i64 + 1) as usize),
    }
}

fn made_site(dice: &mut Dice, kind: Kind, site: usize, routes: &[Route]) -> Site {
    let mut windows = Vec::new();
    let last = routes.iter().map(|route| route.closes).max().unwrap_or(0);
    let mut clock = dice.below(kind.length / 2) - 2;
    while windows.is_empty() || (clock < last && windows.len() < 4) {
        let close = clock + dice.below(kind.length / 2);
        windows.push(Window { open: clock, last: close });
        clock = close + 1 + dice.below(kind.length / 3);
    }
    let few = dice.one_in(4);
    let chosen: Vec<usize> = (0..routes.len()).filter(|_| dice.one_in(2)).collect();
    Site {
        // Some sites share a place.
        place: if dice.one_in(4) { dice.below(kind.sites as i64) as usize } else { site },
        value: dice.below(10),
        extra: if dice.one_in(4) {
            vec![(dice.below(routes.len() as i64) as usize, dice.below(4))]
        } else {
            Vec::new()
        },
        duration: dice.below(kind.length / 5),
        windows,
        buffer: if dice.one_in(4) { dice.below(4) } else { 0 },
        routes: few.then_some(chosen),
        required: dice.one_in(8),
        feeds: dice.one_in(4),
        free: if dice.one_in(4) { None } else { Some(if dice.one_in(3) { dice.below(6) } else { 0 }) },
    }
}
