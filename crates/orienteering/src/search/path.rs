//! One route of a plan under search, with what tests of further visits need.

use crate::Ticks;
use crate::search::grid::{FAR, Grid};
use crate::timing::{self, Memory};

/// A sequence of sites on a route. It is always possible, unless it has no stops.
#[derive(Debug, Clone, Default)]
pub struct Path {
    pub sites: Vec<u32>,
    /// When the start and each stop are left at the earliest.
    pub leaves: Vec<Ticks>,
    /// When each stop, and the end, must be reached at the latest; with a meal or rests ahead it may have to be sooner.
    pub latest: Vec<Ticks>,
    pub travel: Ticks,
    pub end: Ticks,
    /// Without stops it cannot be travelled.
    pub broken: bool,
    /// Whether visits that did not fit before may fit now.
    pub loose: bool,
}

impl Path {
    pub fn copy(&mut self, other: &Self) {
        self.sites.clone_from(&other.sites);
        self.leaves.clone_from(&other.leaves);
        self.latest.clone_from(&other.latest);
        self.travel = other.travel;
        self.end = other.end;
        self.broken = other.broken;
        self.loose = other.loose;
    }

    /// Computes everything from the sites; `false` if they cannot be.
    pub fn refresh(&mut self, grid: &Grid, route: usize, memory: &mut Memory) -> bool {
        let possible = if grid.problem.routes()[route].is_plain() {
            self.forward(grid, route)
        } else {
            self.forward_with_meal_and_rests(grid, route, memory)
        };
        self.broken = !possible;
        if !possible && self.sites.is_empty() {
            self.travel = 0;
            self.end = grid.problem.routes()[route].opens;
            self.leaves.clear();
            self.leaves.push(self.end);
        }
        if possible || self.sites.is_empty() {
            self.backward(grid, route);
        }
        possible
    }

    fn forward(&mut self, grid: &Grid, route: usize) -> bool {
        let rules = &grid.problem.routes()[route];
        self.leaves.clear();
        self.leaves.push(rules.opens);
        let (mut clock, mut from, mut travel) = (rules.opens, grid.start(route), 0);
        for &site in &self.sites {
            let site = site as usize;
            let leg = grid.into(site, from);
            let call = grid.call(route, site);
            let start = grid.earliest(call, clock + leg + call.buffer);
            if start == FAR {
                return false;
            }
            clock = start + call.duration;
            travel += leg;
            from = site;
            self.leaves.push(clock);
        }
        let leg = match self.sites.last() {
            Some(&last) => grid.out(last as usize, grid.end(route)),
            None => grid.across(route),
        };
        self.travel = travel + leg;
        self.end = clock + leg;
        self.end <= rules.closes
            && rules.most_travel.is_none_or(|most| self.travel <= most)
            && rules.most_stops.is_none_or(|most| self.sites.len() <= most)
    }

    fn forward_with_meal_and_rests(&mut self, grid: &Grid, route: usize, memory: &mut Memory) -> bool {
        self.leaves.clear();
        let leaves = &mut self.leaves;
        match timing::cost(grid.problem, route, &self.sites, memory, |earliest| leaves.push(earliest)) {
            Some(cost) => {
                self.travel = cost.travel;
                self.end = cost.end;
                true
            }
            None => false,
        }
    }

    fn backward(&mut self, grid: &Grid, route: usize) {
        let stops = self.sites.len();
        self.latest.clear();
        self.latest.resize(stops + 1, 0);
        let mut latest = grid.problem.routes()[route].closes;
        self.latest[stops] = latest;
        let mut to = grid.end(route);
        for (stop, &site) in self.sites.iter().enumerate().rev() {
            let site = site as usize;
            let call = grid.call(route, site);
            latest = grid.latest(call, latest - grid.out(site, to) - call.duration) - call.buffer;
            self.latest[stop] = latest;
            to = site;
        }
    }

    /// Drops stops until the others can be, from the first that cannot be reached in time on. The dropped are told.
    pub fn mend(&mut self, grid: &Grid, route: usize, memory: &mut Memory, mut dropped: impl FnMut(u32)) {
        while !self.refresh(grid, route, memory) && !self.sites.is_empty() {
            // As many places were left in time as there are entries, the start among them.
            let stop = self.leaves.len().min(self.sites.len()).saturating_sub(1);
            dropped(self.sites.remove(stop));
        }
    }
}
