//! The order of a day, as it was before.

use std::collections::BTreeMap;

use crate::planning::bases::Bases;
use crate::planning::prepared::Prepared;
use crate::planning::timing::Sequence;

/// Of more visits the order that the solver gives is kept.
const MOST: usize = 7;

/// Puts the visits of a day into the order that reverses as few pairs of old visits as possible; of those with the least driving, then the one
/// that ends earliest.
pub(super) fn as_before(
    prepared: &Prepared,
    bases: &Bases,
    day: usize,
    order: &mut Vec<usize>,
    announced: &BTreeMap<usize, i64>,
) {
    if order.len() > MOST {
        return;
    }
    let ends = bases.days.get(day).map_or(("", ""), |(from, to)| (from.as_str(), to.as_str()));
    let mut best: Option<((usize, i64, i64), Vec<usize>)> = None;
    permute(&mut order.clone(), 0, &mut |tried| {
        let reversed = reversed(tried, announced);
        if best.as_ref().is_some_and(|(best, _)| reversed > best.0) {
            return;
        }
        if let Ok(schedule) = Sequence::new(prepared, day, ends, tried).earliest() {
            let key = (reversed, schedule.travel, schedule.end);
            if best.as_ref().is_none_or(|(best, _)| key < *best) {
                best = Some((key, tried.to_vec()));
            }
        }
    });
    if let Some((_, found)) = best {
        *order = found;
    }
}

/// Pairs of old visits that come in another order than before.
fn reversed(order: &[usize], announced: &BTreeMap<usize, i64>) -> usize {
    let times: Vec<i64> = order.iter().filter_map(|at| announced.get(at).copied()).collect();
    (0..times.len()).map(|at| times[at + 1..].iter().filter(|&&later| later < times[at]).count()).sum()
}

/// Shows all orders of what follows a position.
fn permute(order: &mut [usize], fixed: usize, show: &mut impl FnMut(&[usize])) {
    if fixed + 1 >= order.len() {
        return show(order);
    }
    for next in fixed..order.len() {
        order[fixed..=next].rotate_right(1);
        permute(order, fixed + 1, show);
        order[fixed..=next].rotate_left(1);
    }
}
