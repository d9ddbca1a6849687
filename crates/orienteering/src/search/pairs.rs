//! Putting two visits in at once, of which neither fits alone: the one is on the way to the other, or holds the meal.

use crate::search::chance::Chance;
use crate::search::draft::{Draft, NOWHERE};
use crate::search::grid::Grid;
use crate::search::recreate::Bench;
use crate::timing::{self, Cost};

/// How many partners of a visit are looked at.
const PARTNERS: usize = 16;

/// Takes a visit by chance and puts it in next to another where that costs least, if they fit anywhere.
/// Cost: that of timing a route, for each partner and position.
pub fn insert_pair(grid: &Grid, draft: &mut Draft, chance: &mut Chance, bench: &mut Bench) {
    if grid.sites == 0 {
        return;
    }
    let one = chance.below(grid.sites) as u32;
    if draft.on[one as usize] != NOWHERE {
        return;
    }
    let free = |&&other: &&u32| other != one && draft.on[other as usize] == NOWHERE;
    let mut best: Option<(Cost, usize, usize, [u32; 2])> = None;
    let mut trial = Vec::new();
    for &other in grid.near(one as usize).iter().filter(free).take(PARTNERS) {
        for (route, path) in draft.paths.iter().enumerate() {
            let possible = |site: u32| {
                grid.call(route, site as usize).possible() && draft.tally.fits(site as usize, route)
            };
            if !possible(one) || !possible(other) {
                continue;
            }
            for position in 0..=path.sites.len() {
                for pair in [[one, other], [other, one]] {
                    trial.clear();
                    trial.extend_from_slice(&path.sites[..position]);
                    trial.extend_from_slice(&pair);
                    trial.extend_from_slice(&path.sites[position..]);
                    let cost = timing::cost(grid.problem, route, &trial, &mut bench.memory, |_| ());
                    if let Some(cost) = cost
                        && best.is_none_or(|(best, ..)| cost < best)
                    {
                        best = Some((cost, route, position, pair));
                    }
                }
            }
        }
    }
    let Some((_, route, position, [first, second])) = best else {
        return;
    };
    // The first alone may not exceed a quota, and both together may.
    draft.tally.add(first as usize, route);
    let fits = draft.tally.fits(second as usize, route);
    draft.tally.remove(first as usize, route);
    if fits {
        draft.insert_both(grid, [first, second], route, position, &mut bench.memory);
    }
}
