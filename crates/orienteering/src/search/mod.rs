//! The search.

mod limit;

pub(crate) use limit::Limit;

use crate::insertion::{Insertion, best_insertion};
use crate::problem::Problem;
use crate::solution::Plan;

pub(crate) fn run(problem: &Problem, _seed: u64, limit: &Limit, start: Option<&[Vec<usize>]>) -> (Plan, u64) {
    let mut plan = start.map_or_else(|| vec![Vec::new(); problem.routes().len()], <[_]>::to_vec);
    let mut iterations = 0;
    while !limit.reached(iterations) {
        iterations += 1;
        let key = |found: &Insertion| (!problem.sites()[found.site].required, found.travel, -found.value);
        let best = (0..problem.sites().len())
            .filter_map(|site| best_insertion(problem, &plan, site).ok())
            .min_by_key(key);
        match best {
            Some(found) => plan[found.route].insert(found.position, found.site),
            None => break,
        }
    }
    (plan, iterations)
}
