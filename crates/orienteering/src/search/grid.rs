//! A problem laid out for speed: numbers that are read together stand together.

use crate::Ticks;
use crate::problem::{Problem, Route, Window};

/// Farther than any moment: stands for "no route" where times are compared, so that whatever follows is too late.
pub const FAR: Ticks = 1 << 50;

const NONE: u32 = u32::MAX;

/// A visit as a route sees it.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// The first moment of the first window that the route can use.
    pub open: Ticks,
    /// The last moment of the last window that the route can use; before everything if there is none.
    pub last: Ticks,
    pub duration: Ticks,
    pub buffer: Ticks,
    /// The shortest way in.
    pub way_in: Ticks,
    /// The shortest way out.
    pub way_out: Ticks,
    /// The windows the route can use, where there are several.
    windows: (u32, u32),
}

impl Call {
    /// Whether the route can use it at all.
    pub fn possible(&self) -> bool {
        self.last >= self.open
    }
}

/// Sites are nodes by index; the starts and ends of the routes follow.
pub struct Grid<'a> {
    pub problem: &'a Problem,
    pub sites: usize,
    nodes: usize,
    /// Travel into each site, by site and then by node.
    into: Vec<u32>,
    /// Travel out of each site, by site and then by node.
    out: Vec<u32>,
    /// Routes that can stand for each other have the same class.
    pub classes: Vec<usize>,
    /// Whether visits may fit together that do not fit one by one: routes with meals or rests, or places without a way.
    pub awkward: bool,
    calls: Vec<Call>,
    windows: Vec<Window>,
    /// The sites from near to far, by site.
    near: Vec<Vec<u32>>,
}

/// How many near sites are known of each.
const NEAR: usize = 128;

impl<'a> Grid<'a> {
    /// Cost: the square of the number of sites.
    pub fn new(problem: &'a Problem) -> Self {
        let sites = problem.sites().len();
        let places: Vec<usize> = problem
            .sites()
            .iter()
            .map(|site| site.place)
            .chain(problem.routes().iter().flat_map(|route| [route.start, route.end]))
            .collect();
        let nodes = places.len();
        let stored = |from: usize, to: usize| {
            problem.travel().get(places[from], places[to]).map_or(NONE, |ticks| ticks as u32)
        };
        let pairs = || (0..sites).flat_map(|site| (0..nodes).map(move |node| (site, node)));
        let mut grid = Self {
            problem,
            sites,
            nodes,
            into: pairs().map(|(site, node)| stored(node, site)).collect(),
            out: pairs().map(|(site, node)| stored(site, node)).collect(),
            classes: problem.classes(),
            awkward: false,
            calls: Vec::with_capacity(problem.routes().len() * sites),
            windows: Vec::new(),
            near: Vec::new(),
        };
        let plain = problem.routes().iter().all(Route::is_plain);
        grid.awkward = !plain || grid.into.contains(&NONE) || grid.out.contains(&NONE);
        for route in 0..problem.routes().len() {
            for site in 0..sites {
                let call = grid.make_call(route, site);
                grid.calls.push(call);
            }
        }
        grid.near = (0..sites).map(|site| grid.neighbours(site)).collect();
        grid
    }

    fn make_call(&mut self, route: usize, site: usize) -> Call {
        let (rules, asked) = (&self.problem.routes()[route], &self.problem.sites()[site]);
        let usable = |window: &&Window| window.last >= rules.opens && window.open <= rules.closes;
        let from = self.windows.len() as u32;
        self.windows.extend(asked.windows.iter().filter(usable));
        let windows = (from, self.windows.len() as u32);
        let own = &self.windows[from as usize..];
        let nothing = Window { open: Ticks::MAX, last: Ticks::MIN };
        let (first, last) = match (own.first(), own.last()) {
            (Some(&first), Some(&last)) if asked.allows(route) => (first, last),
            _ => (nothing, nothing),
        };
        if own.len() == 1 {
            self.windows.truncate(from as usize);
        }
        let windows = if windows.1 - windows.0 <= 1 { (0, 0) } else { windows };
        let (duration, buffer) = (asked.duration, asked.buffer);
        let shortest = |ways: &[u32]| {
            let others = ways.iter().enumerate().filter(|&(node, _)| node != site);
            others.map(|(_, &ticks)| ticks).min().map_or(0, Ticks::from)
        };
        let row = site * self.nodes..(site + 1) * self.nodes;
        let (way_in, way_out) = (shortest(&self.into[row.clone()]), shortest(&self.out[row]));
        Call { open: first.open, last: last.last, duration, buffer, way_in, way_out, windows }
    }

    fn neighbours(&self, site: usize) -> Vec<u32> {
        let far = |other: u32| self.hop(site, other as usize).min(self.hop(other as usize, site));
        let mut others: Vec<u32> = (0..self.sites as u32).collect();
        if others.len() > NEAR {
            others.select_nth_unstable_by_key(NEAR, |&other| (far(other), other));
            others.truncate(NEAR);
        }
        others.sort_unstable_by_key(|&other| (other as usize != site, far(other), other));
        others
    }

    /// Half the way through the nearest of each site, on average, at least 1.
    pub fn typical_detour(&self) -> f64 {
        let detours = self.calls[..self.sites].iter().map(|call| (call.way_in + call.way_out) as f64);
        (detours.sum::<f64>() / self.sites.max(1) as f64).max(1.0)
    }

    /// The node of the start of a route.
    pub fn start(&self, route: usize) -> usize {
        self.sites + 2 * route
    }

    /// The node of the end of a route.
    pub fn end(&self, route: usize) -> usize {
        self.sites + 2 * route + 1
    }

    /// Travel into a site from any node, or [`FAR`].
    #[inline]
    pub fn into(&self, site: usize, node: usize) -> Ticks {
        let ticks = self.into[site * self.nodes + node];
        if ticks == NONE { FAR } else { Ticks::from(ticks) }
    }

    /// Travel out of a site to any node, or [`FAR`].
    #[inline]
    pub fn out(&self, site: usize, node: usize) -> Ticks {
        let ticks = self.out[site * self.nodes + node];
        if ticks == NONE { FAR } else { Ticks::from(ticks) }
    }

    /// Travel from site to site, or [`FAR`].
    fn hop(&self, from: usize, to: usize) -> Ticks {
        self.out(from, to)
    }

    /// Travel from the start of a route to its end, or [`FAR`].
    pub fn across(&self, route: usize) -> Ticks {
        let rules = &self.problem.routes()[route];
        self.problem.travel().get(rules.start, rules.end).unwrap_or(FAR)
    }

    /// A site as a route sees it.
    #[inline]
    pub fn call(&self, route: usize, site: usize) -> &Call {
        &self.calls[self.classes[route] * self.sites + site]
    }

    /// The earliest start of a visit no sooner than a moment, or [`FAR`].
    #[inline]
    pub fn earliest(&self, call: &Call, from: Ticks) -> Ticks {
        if from > call.last {
            return FAR;
        }
        if call.windows.1 == 0 {
            return from.max(call.open);
        }
        let windows = &self.windows[call.windows.0 as usize..call.windows.1 as usize];
        windows.iter().find(|window| window.last >= from).map_or(FAR, |window| window.open.max(from))
    }

    /// The latest start of a visit no later than a moment, or before everything.
    #[inline]
    pub fn latest(&self, call: &Call, until: Ticks) -> Ticks {
        if until < call.open {
            return -FAR;
        }
        if call.windows.1 == 0 {
            return until.min(call.last);
        }
        let windows = &self.windows[call.windows.0 as usize..call.windows.1 as usize];
        windows.iter().rev().find(|window| window.open <= until).map_or(-FAR, |window| window.last.min(until))
    }

    /// The sites nearest to a site, itself first.
    pub fn near(&self, site: usize) -> &[u32] {
        &self.near[site]
    }
}
