//! Taking visits out: strings of neighbours on routes that pass near one site, so that room comes together in space and time.

use crate::search::chance::Chance;
use crate::search::draft::{Draft, NOWHERE};
use crate::search::grid::Grid;
use crate::timing::Memory;

/// How much is taken out.
#[derive(Debug, Clone, Copy)]
pub struct Ruin {
    /// The visits that are taken out of a plan on average.
    pub average: usize,
    /// The longest string.
    pub longest: usize,
}

impl Ruin {
    /// Takes strings out of a draft. Cost: linear in the visits of the routes that are cut.
    pub fn apply(&self, grid: &Grid, draft: &mut Draft, chance: &mut Chance, memory: &mut Memory) {
        if grid.sites == 0 {
            return;
        }
        let mut left = 1 + chance.below(2 * self.average - 1);
        let centre = chance.below(grid.sites);
        let mut cut = [usize::MAX; 8];
        let mut cuts = 0;
        for &site in grid.near(centre) {
            let route = draft.on[site as usize];
            if route == NOWHERE {
                continue;
            }
            let route = route as usize;
            // A second string on the same route only where there are no other routes.
            if draft.paths.len() > 1 && cut.contains(&route) {
                continue;
            }
            let stops = draft.paths[route].sites.len();
            let length = 1 + chance.below(self.longest.min(stops).min(left));
            string(draft, route, site, length, chance);
            draft.mend(grid, route, memory);
            left -= length.min(left);
            if cuts < cut.len() {
                cut[cuts] = route;
                cuts += 1;
            }
            if left == 0 || cuts == draft.paths.len().min(cut.len()) {
                break;
            }
        }
    }
}

/// Takes a string of this length out that holds the site; at times it leaves a piece in its middle.
fn string(draft: &mut Draft, route: usize, site: u32, length: usize, chance: &mut Chance) {
    let sites = &draft.paths[route].sites;
    let Some(at) = sites.iter().position(|&other| other == site) else {
        return;
    };
    let mut spared = 0;
    if length > 1 && length < sites.len() && chance.one_in(2) {
        spared = 1;
        while length + spared < sites.len() && !chance.one_in(2) {
            spared += 1;
        }
    }
    let whole = length + spared;
    let first = (at + 1).saturating_sub(whole);
    let last = at.min(sites.len() - whole);
    let from = first + chance.below(last - first + 1);
    if spared == 0 {
        draft.cut(route, from, from + whole);
        return;
    }
    let before = 1 + chance.below(length - 1);
    draft.cut(route, from + before + spared, from + whole);
    draft.cut(route, from, from + before);
}
