//! The best plan.

use std::collections::BTreeSet;

use super::effort::{Effort, Options};
use super::error::{Infeasible, PlanError};
use super::limits::Limits;
use super::prepared::Prepared;
use super::search::Search;
use super::shortlist::{demanded, shortlisted};
use crate::choosing::{Value, Worth, worth};
use crate::plan::Plan;
use crate::tour::Tour;
use crate::travel::Travel;

/// A plan that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The plan.
    pub plan: Plan,
    /// What it is worth, line by line.
    pub value: Value,
    /// Driving in all, in minutes as they are rounded.
    pub driving: i64,
    /// What visits and nights cost, in hundredths of the currency.
    pub cost: u64,
    /// Whether no plan is better: worth more, or worth as much with less driving. Of hosts that the shortlist leaves out nothing is said.
    pub proven: bool,
    /// Iterations of all searches; 0 where none was needed.
    pub iterations: u64,
}

/// Looks for the plan that is worth most, and of those for one with the least driving.
///
/// # Errors
/// What is wrong with the tour, or what is missing where nothing keeps to all that is demanded; see [`PlanError`].
/// Cost: up to a second where it is proven, else until the iterations or the time end, for each choice of bases.
pub fn plan(tour: &Tour, travel: &Travel, worth: &Worth, options: &Options) -> Result<Planned, PlanError> {
    let kept = options.start.map(hosts).unwrap_or_default();
    let prepared = shortlisted(tour, travel, worth, &kept)?;
    let search = Search::new(&prepared, Some(worth))?;
    let start = options.start.map(|plan| search.start(plan)).transpose()?;
    let chosen = search.best(&Limits::default(), &Effort::of(options), start.as_ref())?;
    Ok(search.planned(worth, chosen))
}

/// A plan that keeps to all that is demanded: confirmed and mandatory visits, least quotas, days, meals, nights and the budget. What visits are
/// worth does not matter, so those demanded, and those that a least quota counts, are looked at alone first. Others can help nevertheless:
/// by a way over them, a meal or a rest; so they are looked at where the first look finds nothing.
///
/// # Errors
/// As [`plan`]; [`PlanError::Infeasible`] where there is none. Cost: that of planning those visits alone, and where that does not do, of planning.
pub fn feasible(tour: &Tour, travel: &Travel, options: &Options) -> Result<Plan, PlanError> {
    let prepared = shortlisted(tour, travel, &worth(tour), &[])?;
    let demanded = demanded(tour);
    let least: BTreeSet<usize> =
        (0..tour.rules.quotas.len()).filter(|&quota| tour.rules.quotas[quota].least > 0).collect();
    let mut narrow = prepared.clone();
    narrow.retain(|candidate| {
        demanded.contains(candidate.code.as_str())
            || candidate.quotas.iter().any(|quota| least.contains(quota))
    });
    let look = |prepared: &Prepared| {
        let chosen = Search::new(prepared, None)?.best(&Limits::default(), &Effort::of(options), None)?;
        Ok(Plan { days: chosen.found.days, proven: None })
    };
    match look(&narrow) {
        Err(PlanError::Infeasible(first)) if narrow.candidates.len() < prepared.candidates.len() => {
            look(&prepared).map_err(|error| match error {
                PlanError::Infeasible(all) => {
                    PlanError::Infeasible(Box::new(Infeasible { proven: all.proven, ..*first }))
                }
                // A way to somebody else is not known, or the like: what is known is that it cannot be without them.
                _ => PlanError::Infeasible(Box::new(Infeasible { proven: false, ..*first })),
            })
        }
        answer => answer,
    }
}

/// Codes of the hosts of a plan.
pub(super) fn hosts(plan: &Plan) -> Vec<String> {
    plan.stops().map(|(_, stop)| stop.host.clone()).collect()
}
