//! A plan under search.

use crate::Ticks;
use crate::problem::Problem;
use crate::search::grid::Grid;
use crate::search::path::Path;
use crate::solution::{Plan, Rank, Score};
use crate::tally::{Tally, WHOLE};
use crate::timing::Memory;

/// On which route a site is that is on none.
pub const NOWHERE: u32 = u32::MAX;

/// A plan with all that is needed to change it fast.
pub struct Draft<'a> {
    pub paths: Vec<Path>,
    /// By site.
    pub on: Vec<u32>,
    pub tally: Tally<'a>,
}

impl<'a> Draft<'a> {
    /// A draft of a plan of which every route with stops is possible.
    pub fn new(problem: &'a Problem, grid: &Grid, plan: &[Vec<usize>], memory: &mut Memory) -> Self {
        let mut draft = Self {
            paths: vec![Path::default(); problem.routes().len()],
            on: vec![NOWHERE; problem.sites().len()],
            tally: Tally::new(problem),
        };
        for (route, sites) in plan.iter().enumerate() {
            draft.paths[route].sites = sites.iter().map(|&site| site as u32).collect();
            for &site in sites {
                draft.on[site] = route as u32;
                draft.tally.add(site, route);
            }
            draft.mend(grid, route, memory);
        }
        draft
    }

    pub fn copy(&mut self, other: &Self) {
        for (own, other) in self.paths.iter_mut().zip(&other.paths) {
            own.copy(other);
        }
        self.on.copy_from_slice(&other.on);
        self.tally.copy(&other.tally);
    }

    pub fn plan(&self) -> Plan {
        let sites = |path: &Path| path.sites.iter().map(|&site| site as usize).collect();
        self.paths.iter().map(sites).collect()
    }

    pub fn travel(&self) -> Ticks {
        self.paths.iter().map(|path| path.travel).sum()
    }

    pub fn shortfall(&self) -> i64 {
        self.tally.shortfall() + WHOLE * self.paths.iter().filter(|path| path.broken).count() as i64
    }

    pub fn rank(&self) -> Rank {
        let score = Score {
            value: self.tally.value(),
            travel: self.travel(),
            end: self.paths.iter().map(|path| path.end).sum(),
        };
        Rank::new(self.shortfall(), score)
    }

    /// Whether its routes are worth being put together with others: there are others, and it is hardly worth less than the best.
    pub fn is_near(&self, best: &Self) -> bool {
        let (own, best) = (i128::from(self.tally.value()), i128::from(best.tally.value()));
        self.paths.len() > 1 && own * 100 >= best * 99
    }

    /// Puts a visit where it was found to be possible.
    pub fn insert(&mut self, grid: &Grid, site: u32, route: usize, position: usize, memory: &mut Memory) {
        self.paths[route].sites.insert(position, site);
        self.on[site as usize] = route as u32;
        self.tally.add(site as usize, route);
        self.mend(grid, route, memory);
    }

    /// Puts two visits, one after the other, where they were found to be possible together.
    pub fn insert_both(
        &mut self,
        grid: &Grid,
        pair: [u32; 2],
        route: usize,
        position: usize,
        memory: &mut Memory,
    ) {
        for (index, site) in pair.into_iter().enumerate() {
            self.paths[route].sites.insert(position + index, site);
            self.on[site as usize] = route as u32;
            self.tally.add(site as usize, route);
        }
        self.mend(grid, route, memory);
    }

    /// Takes visits away from one stop to before another; [`Draft::mend`] must follow.
    pub fn cut(&mut self, route: usize, from: usize, to: usize) {
        let Self { paths, on, tally } = self;
        for site in paths[route].sites.drain(from..to) {
            on[site as usize] = NOWHERE;
            tally.remove(site as usize, route);
        }
    }

    /// Brings a changed route up to date, and drops visits that are no longer possible.
    pub fn mend(&mut self, grid: &Grid, route: usize, memory: &mut Memory) {
        let Self { paths, on, tally } = self;
        paths[route].mend(grid, route, memory, |site| {
            on[site as usize] = NOWHERE;
            tally.remove(site as usize, route);
        });
    }
}
