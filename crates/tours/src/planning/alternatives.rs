//! Plans that really differ.

use super::effort::{Effort, Options};
use super::error::PlanError;
use super::limits::Limits;
use super::plan::{Planned, hosts};
use super::search::{Chosen, Search, visited};
use super::shortlist::shortlisted;
use crate::choosing::Worth;
use crate::tour::Tour;
use crate::travel::Travel;

/// Plans that differ, the best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternatives {
    /// The plans; at least one.
    pub plans: Vec<Planned>,
    /// Set where no further plan was found that differs enough: whether it is proven that there is none.
    pub no_more: Option<bool>,
}

/// The best plan and up to `count` − 1 others, each of which leaves out at least `differ` hosts of every one before it (at least one). A plan
/// without any visit is no other. Where a search does better than an earlier one, the earlier is taken up again from there, so that none is worth more than the one before it.
///
/// # Errors
/// As [`plan`](super::plan()), for the first of them. Cost: that of planning for each.
pub fn alternatives(
    tour: &Tour,
    travel: &Travel,
    worth: &Worth,
    options: &Options,
    count: usize,
    differ: usize,
) -> Result<Alternatives, PlanError> {
    let kept = options.start.map(hosts).unwrap_or_default();
    let prepared = shortlisted(tour, travel, worth, &kept)?;
    let search = Search::new(&prepared, Some(worth))?;
    let mut start = options.start.map(|plan| search.start(plan)).transpose()?;
    let effort = Effort::of(options);
    let differ = differ.max(1);
    let mut plans: Vec<Chosen> = Vec::new();
    let mut again = count;
    let no_more = loop {
        if plans.len() >= count.max(1) {
            break None;
        }
        let mut limits = Limits::default();
        for plan in &plans {
            let visited = visited(&plan.found);
            let Some(most) = visited.len().checked_sub(differ) else {
                return Ok(answer(&search, worth, plans, Some(true)));
            };
            limits.apart.push((visited, most));
        }
        let to_come = count.max(1) - plans.len();
        let found =
            effort.share(effort.iterations, to_come, |effort| search.best(&limits, &effort, start.as_ref()));
        match found {
            Ok(found) if found.found.orders.iter().all(Vec::is_empty) && !plans.is_empty() => {
                break Some(found.found.proven);
            }
            Ok(found) => {
                let worse = plans.iter().position(|plan| score(plan) < score(&found)).filter(|_| again > 0);
                start = None;
                if let Some(at) = worse {
                    again -= 1;
                    start = Some(search.start_of(&found));
                    plans.truncate(at);
                } else {
                    plans.push(found);
                }
            }
            Err(PlanError::Infeasible(infeasible)) if !plans.is_empty() => break Some(infeasible.proven),
            Err(error) => return Err(error),
        }
    };
    Ok(answer(&search, worth, plans, no_more))
}

const fn score(plan: &Chosen) -> (i64, i64) {
    (plan.found.value, -plan.found.travel)
}

/// Only of the first it can be said that no plan is better: of the others the ones before them are, and others that differ less may be.
fn answer(search: &Search, worth: &Worth, plans: Vec<Chosen>, no_more: Option<bool>) -> Alternatives {
    let mut plans: Vec<Planned> = plans.into_iter().map(|plan| search.planned(worth, plan)).collect();
    for other in plans.iter_mut().skip(1) {
        other.proven = false;
        other.plan.proven = None;
    }
    Alternatives { plans, no_more }
}
