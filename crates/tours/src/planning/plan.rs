//! The best plan.

use super::effort::{Effort, Options};
use super::error::PlanError;
use super::limits::Limits;
use super::prepared::Prepared;
use super::search::Search;
use super::shortlist::{demanded, shortlisted};
use crate::choosing::{Value, Worth};
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
/// worth does not matter, so only those demanded, and those that a least quota counts, are looked at.
///
/// # Errors
/// As [`plan`]; [`PlanError::Infeasible`] where there is none. Cost: that of planning those visits alone.
pub fn feasible(tour: &Tour, travel: &Travel, options: &Options) -> Result<Plan, PlanError> {
    let demanded = demanded(tour);
    let quotas: Vec<_> = tour.rules.quotas.iter().filter(|quota| quota.least > 0).collect();
    let prepared = Prepared::of(tour, travel, |host| {
        demanded.contains(host.code.as_str())
            || quotas.iter().any(|quota| super::quota::counts(&quota.which, host))
    })?;
    let search = Search::new(&prepared, None)?;
    let chosen = search.best(&Limits::default(), &Effort::of(options), None)?;
    Ok(Plan { days: chosen.found.days, proven: None })
}

/// Codes of the hosts of a plan.
pub(super) fn hosts(plan: &Plan) -> Vec<String> {
    plan.stops().map(|(_, stop)| stop.host.clone()).collect()
}
