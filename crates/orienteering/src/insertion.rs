//! Whether and where a further visit fits into a plan.

use crate::Ticks;
use crate::problem::Problem;
use crate::schedule::{Why, evaluate};
use crate::solution::{check_visits, tally};

/// A further visit that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Insertion {
    /// The site.
    pub site: usize,
    /// The route.
    pub route: usize,
    /// Before which stop of the route: 0 is the first, the number of stops is the end.
    pub position: usize,
    /// What it adds to the value of the plan.
    pub value: i64,
    /// What it adds to the driving; below 0 if it opens a shorter way.
    pub travel: Ticks,
    /// When the route then ends.
    pub end: Ticks,
}

/// Why a further visit does not fit on a route: of all positions, the one that is least late where that can be said, else the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The route.
    pub route: usize,
    /// The position.
    pub position: usize,
    /// The reason there.
    pub why: Why,
}

/// Tests a further visit at one position of a plan.
///
/// # Errors
/// The reason why the plan with the visit cannot be; see [`evaluate`]. The plan itself need not be without shortfall.
/// Cost: that of evaluating the one route twice, and a look at all visits.
pub fn insertion(
    problem: &Problem,
    plan: &[Vec<usize>],
    site: usize,
    route: usize,
    position: usize,
) -> Result<Insertion, Why> {
    let sites = plan.get(route).ok_or(Why::NoSuchRoute { route })?;
    if position > sites.len() {
        return Err(Why::NoSuchPosition { route, position });
    }
    let mut changed = plan.to_vec();
    changed[route].insert(position, site);
    check_visits(problem, &changed)?;
    let schedule = evaluate(problem, route, &changed[route])?;
    // A route without stops may be impossible: then all its driving is added.
    let before = evaluate(problem, route, sites).map_or(0, |schedule| schedule.travel);
    Ok(Insertion {
        site,
        route,
        position,
        value: tally(problem, &changed).value() - tally(problem, plan).value(),
        travel: schedule.travel - before,
        end: schedule.end,
    })
}

/// The best position of a further visit in a plan: the one that adds most value, then least driving, then lets the route end
/// earliest, then the first by route and position.
///
/// # Errors
/// For each route why it does not fit there. Cost: that of [`insertion`] at every position of the plan.
pub fn best_insertion(
    problem: &Problem,
    plan: &[Vec<usize>],
    site: usize,
) -> Result<Insertion, Vec<Refusal>> {
    let mut best: Option<Insertion> = None;
    let mut refusals = Vec::new();
    for (route, sites) in plan.iter().enumerate() {
        let mut nearest: Option<Refusal> = None;
        for position in 0..=sites.len() {
            match insertion(problem, plan, site, route, position) {
                Ok(found) => {
                    let key = |found: &Insertion| (-found.value, found.travel, found.end);
                    if best.as_ref().is_none_or(|best| key(&found) < key(best)) {
                        best = Some(found);
                    }
                }
                Err(why) => {
                    let late = |why: &Why| why.late().unwrap_or(Ticks::MAX);
                    if nearest.as_ref().is_none_or(|nearest| late(&why) < late(&nearest.why)) {
                        nearest = Some(Refusal { route, position, why });
                    }
                }
            }
        }
        refusals.extend(nearest);
    }
    best.ok_or(refusals)
}
