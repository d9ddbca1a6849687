//! The order of a day, as it was before.

use std::collections::BTreeMap;

use super::Kept;
use crate::planning::bases::Bases;
use crate::planning::branch::Orders;
use crate::planning::prepared::Prepared;

/// Of more visits the order that the solver gives is kept.
const MOST: usize = 7;

/// Puts the visits of a day into the order that reverses as few pairs of old visits as possible; of those with the least driving, then the one
/// that ends earliest; no order that makes a night too short.
pub(super) fn as_before(
    prepared: &Prepared,
    bases: &Bases,
    day: usize,
    kept: &mut Kept,
    announced: &BTreeMap<usize, i64>,
) {
    if kept.orders[day].len() > MOST {
        return;
    }
    let mut best: Option<((usize, i64, i64), Orders)> = None;
    permute(&mut kept.orders[day].clone(), 0, &mut |tried| {
        let reversed = reversed(tried, announced);
        if best.as_ref().is_some_and(|(best, _)| reversed > best.0) {
            return;
        }
        let mut orders = kept.orders.clone();
        orders[day] = tried.to_vec();
        let Ok(schedule) = kept.sequences(prepared, bases, &orders)[day].earliest() else { return };
        let key = (reversed, schedule.travel, schedule.end);
        if best.as_ref().is_none_or(|(best, _)| key < *best) && kept.holds(prepared, bases, &orders) {
            best = Some((key, orders));
        }
    });
    if let Some((_, found)) = best {
        kept.orders = found;
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
