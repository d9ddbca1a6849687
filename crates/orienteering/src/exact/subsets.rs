//! The shortest way through every subset of a few sites on one route, by dynamic programming over subsets and last sites
//! (Bellman 1962, Held and Karp 1962).

use crate::combine::Tour;
use crate::problem::{Problem, Window};
use crate::search::Limit;
use crate::timing::{self, Cost, State};

/// A way through a subset that ends at a site. Kept unless another is as early, rested and fed, and no longer.
#[derive(Debug, Clone, Copy)]
struct Way {
    state: State,
    travel: i64,
    /// The site before the last, by position among the sites, and the way there; the same position as its own for the first.
    before: (usize, usize),
}

/// The sites that can be on a route.
pub(crate) fn candidates(problem: &Problem, route: usize) -> Vec<usize> {
    let rules = &problem.routes()[route];
    let usable = |window: &Window| window.last >= rules.opens && window.open <= rules.closes;
    let sites = problem.sites().iter().enumerate();
    sites
        .filter(|(_, site)| site.allows(route) && site.windows.iter().any(usable))
        .map(|(site, _)| site)
        .collect()
}

/// For every subset of the sites that the route can hold, the tour with least travel, of those with the earliest end. The subset
/// without sites is always among them. `None` if time ran out.
///
/// Cost: 2ᵏ k² steps for k sites, each a handful with a meal or rests; memory for as many ways.
pub(crate) fn tours(problem: &Problem, route: usize, sites: &[usize], limit: &Limit) -> Option<Vec<Tour>> {
    let rules = &problem.routes()[route];
    let count = sites.len();
    let most_stops = rules.most_stops.unwrap_or(count);
    let most_travel = rules.most_travel.unwrap_or(i64::MAX);
    let mut ways: Vec<Vec<Way>> = vec![Vec::new(); count << count];
    let mut starts: Vec<State> = Vec::new();
    timing::begin(rules, |state, _| timing::keep(&mut starts, state, |state| state));
    let mut found = vec![Tour::new(problem, route, Vec::new(), timing::without_stops(problem, route))];
    let extend = |ways: &mut Vec<Way>, from: &State, travel: i64, leg: Option<i64>, next: usize, before| {
        let Some(leg) = leg.filter(|leg| travel + leg <= most_travel) else {
            return;
        };
        let out = |step: timing::Step| {
            if step.state.leaves <= rules.closes {
                keep(ways, Way { state: step.state, travel: travel + leg, before });
            }
        };
        timing::visit(rules, &problem.sites()[sites[next]], from, leg, out, |_| ());
    };
    let place = |position: usize| problem.sites()[sites[position]].place;
    if most_stops > 0 {
        for next in 0..count {
            let leg = problem.travel().get(rules.start, place(next));
            for from in &starts {
                extend(&mut ways[(count << next) + next], from, 0, leg, next, (next, 0));
            }
        }
    }
    for subset in 1..1_usize << count {
        if subset.is_multiple_of(64) && limit.time() >= 1.0 {
            return None;
        }
        let mut best: Option<(Cost, (usize, usize))> = None;
        for last in (0..count).filter(|last| subset >> last & 1 == 1) {
            let here = std::mem::take(&mut ways[subset * count + last]);
            let back = problem.travel().get(place(last), rules.end);
            for (index, way) in here.iter().enumerate() {
                if let Some(leg) = back.filter(|leg| way.travel + leg <= most_travel)
                    && let Ok(finish) = timing::finish(rules, &way.state, leg)
                {
                    let cost = Cost { travel: way.travel + leg, end: finish.end };
                    if best.is_none_or(|(best, _)| cost < best) {
                        best = Some((cost, (last, index)));
                    }
                }
                if subset.count_ones() as usize >= most_stops {
                    continue;
                }
                for next in (0..count).filter(|next| subset >> next & 1 == 0) {
                    let leg = problem.travel().get(place(last), place(next));
                    let cell = &mut ways[(subset | 1 << next) * count + next];
                    extend(cell, &way.state, way.travel, leg, next, (last, index));
                }
            }
            ways[subset * count + last] = here;
        }
        if let Some((cost, end)) = best {
            let sequence = trace(&ways, count, subset, end).iter().map(|&at| sites[at] as u32).collect();
            found.push(Tour::new(problem, route, sequence, Some(cost)));
        }
    }
    Some(found)
}

fn keep(ways: &mut Vec<Way>, new: Way) {
    let covers = |one: &Way, other: &Way| one.travel <= other.travel && one.state.covers(&other.state);
    if ways.iter().any(|old| covers(old, &new)) {
        return;
    }
    ways.retain(|old| !covers(&new, old));
    ways.push(new);
}

fn trace(
    ways: &[Vec<Way>],
    count: usize,
    mut subset: usize,
    (mut last, mut index): (usize, usize),
) -> Vec<usize> {
    let mut sequence = Vec::with_capacity(subset.count_ones() as usize);
    loop {
        sequence.push(last);
        let before = ways[subset * count + last][index].before;
        subset &= !(1 << last);
        if subset == 0 {
            break;
        }
        (last, index) = before;
    }
    sequence.reverse();
    sequence
}
