//! Why a host is not in the plan, and which demands clash.
//!
//! A reason is found by relaxing one thing at a time and putting the host into the plan, whose days and order are kept: it is told only if the
//! host then fits. Nothing is remembered from the search for the plan. The plan with the host in it, and the tour with the one thing relaxed,
//! are given to [`crate::check`] before the reason is told, and the plan is handed out with it as the proof.
//!
//! | module | concept |
//! |---|---|
//! | [`why`] | what stands in the way, and how a tour is without it |
//! | `scene` | a host, a plan, and whether the host fits into it |
//! | `knob` | what can be relaxed, by how much |
//! | `single` | the least by which one thing must be relaxed |
//! | `together` | what must be relaxed together where no single thing is enough |
//! | `instead` | in whose place a host would fit |
//! | [`clash`](mod@clash) | a smallest set of demands that cannot all be kept to |

pub mod clash;
mod instead;
mod knob;
mod relax;
mod scene;
mod sentence;
mod single;
mod together;
pub mod why;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::check::{Named, Violation, check};
use crate::choosing::Worth;
use crate::host::Host;
use crate::plan::Plan;
use crate::planning::{self, PlanError};
use crate::tour::Tour;
use crate::travel::Travel;

pub use clash::{Clash, Demanded, clash};
pub use why::Why;

use knob::Reach;
use scene::{Scene, Stage};

/// At most so many reasons are given for a host.
pub const MOST_REASONS: usize = 3;

/// A host that is not in the plan, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outside {
    /// The host.
    pub host: Named,
    /// What it would add to the value of the plan, in points; below 0 where it would take some away.
    pub adds: i64,
    /// The simplest reasons, at most three. None where nothing was found.
    pub reasons: Vec<Reason>,
}

/// Why a host is not in the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// What stands in the way: one thing, or several where no single one is enough. Without any of several the others still stand in the way.
    pub whys: Vec<Why>,
    /// The proof: the plan with the host in it, which keeps to everything once exactly this is relaxed. Absent for what is true of the host but
    /// not all that stands in its way.
    pub plan: Option<Plan>,
}

/// Why no reasons can be told.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReasonsError {
    /// The plan itself breaks something.
    #[error("the plan breaks {} rules itself, the first: {}", .0.len(), .0.first().map_or_else(String::new, ToString::to_string))]
    Broken(Vec<Violation>),
    /// The tour cannot be planned.
    #[error(transparent)]
    Tour(#[from] PlanError),
}

/// Of whom reasons are told, and how long they are looked for.
#[derive(Clone, Copy, Default)]
pub struct Asked<'a> {
    /// Code of the only host that is asked about; all that are not in the plan where absent. A host that is unknown or in the plan has no reason.
    pub host: Option<&'a str>,
    /// Tells the share of the allowed time that is spent; from 1 on no further host is looked at. No limit where absent.
    pub spent: Option<&'a dyn Fn() -> f64>,
}

impl std::fmt::Debug for Asked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Asked").field("host", &self.host).finish_non_exhaustive()
    }
}

/// For every host that is not in the plan, or the one that is asked about, why not; in the order of the tour's hosts.
///
/// Where a host fits as things are, that is the only reason given: that it is worth nothing more, that it is not on the shortlist, or that the
/// plan was not the best. Else of each of these sorts the first reason that holds is taken, in this order, and the simplest of them are told: the
/// first two, and the last:
///
/// 1. what is true of the host: declined, excluded, no consent, expired, too little notice, language, needs, district, wanted at another time;
/// 2. the visit is too long, or the party too large for one group;
/// 3. its hours;
/// 4. the day is too short, at its end or its beginning, whichever takes less;
/// 5. the meal: when it begins, how long it takes, that there is one;
/// 6. a limit: visits of a day, pace, driving, nights, a quota, the budget, a way that is missing;
/// 7. another visit, in whose place it would fit: of several the one whose loss costs least.
///
/// Of what is relaxed by minutes the least is told, and no more than is sensible: half of a visit or meal, three hours of a day, two hours of the
/// time of a meal. Where no single thing is enough, a smallest set of things is told that is; or two or three visits that follow each other, in whose
/// place it would fit; or a smallest set of things beyond what is sensible.
///
/// Of a host that is not on the shortlist, and not asked about alone, only the first sort is looked at; otherwise that it is not on the shortlist is
/// told without a proof. A host for which no time was left has [`Why::NoTime`] as its only reason.
///
/// # Errors
/// [`ReasonsError::Broken`] where the plan breaks something itself: it must be repaired first. [`ReasonsError::Tour`].
/// Cost: for each host on the shortlist some hundred attempts to put it into each day of the plan.
pub fn reasons(
    tour: &Tour,
    travel: &Travel,
    worth: &Worth,
    plan: &Plan,
    asked: &Asked,
) -> Result<Vec<Outside>, ReasonsError> {
    let verdict = check(tour, travel, plan);
    if !verdict.is_good() {
        return Err(ReasonsError::Broken(verdict.violations));
    }
    let visited: Vec<String> = plan.stops().map(|(_, stop)| stop.host.clone()).collect();
    let listed: BTreeSet<String> =
        planning::listed(tour, travel, worth, &visited)?.kept.into_iter().collect();
    let before = worth.total(&visited);
    let stage = Stage::of(tour, travel, plan);
    let outside = tour.hosts.iter().filter(|host| !visited.contains(&host.code));
    let told = outside.filter(|host| asked.host.is_none_or(|only| only == host.code)).map(|host| {
        let with: Vec<&String> = visited.iter().chain([&host.code]).collect();
        let adds = worth.total(&with) - before;
        let look = Look { listed: listed.contains(&host.code), alone: asked.host.is_some() };
        let reasons = if asked.spent.is_some_and(|spent| spent() >= 1.0) {
            vec![Reason { whys: vec![Why::NoTime], plan: None }]
        } else {
            of_host(&stage.with(host), worth, host, adds, look)
        };
        Outside { host: Named { code: host.code.clone(), name: host.name.clone() }, adds, reasons }
    });
    Ok(told.collect())
}

/// How closely a host is looked at.
#[derive(Clone, Copy)]
struct Look {
    /// Whether it is on the shortlist.
    listed: bool,
    /// Whether nobody else is asked about.
    alone: bool,
}

fn of_host(scene: &Scene, worth: &Worth, host: &Host, adds: i64, look: Look) -> Vec<Reason> {
    let facts = single::facts(scene);
    let known =
        || facts.iter().map(|fact| Reason { whys: vec![fact.clone()], plan: None }).take(MOST_REASONS);
    if !look.listed && !look.alone {
        let shortlist = Reason { whys: vec![Why::Shortlist], plan: None };
        return if facts.is_empty() { vec![shortlist] } else { known().collect() };
    }
    let as_it_is = |plan: Plan| {
        let why = match (look.listed, adds > 0) {
            (false, _) => Why::Shortlist,
            (true, true) => Why::Nothing { points: adds },
            (true, false) => Why::WorthNothing { points: adds },
        };
        vec![Reason { whys: vec![why], plan: Some(plan) }]
    };
    if facts.is_empty()
        && let Some(fit) = scene.fit()
    {
        return as_it_is(fit.plan);
    }
    let mut reasons = single::all(scene, &facts);
    // The timing is stricter than the rules about what is done at a base after the return, so that a proof can show that nothing is in the way.
    let mut proofs = reasons.iter().filter_map(|reason| reason.plan.as_ref());
    if let Some(plan) = proofs.find(|plan| check(&scene.tour, &scene.travel, plan).is_good()) {
        return as_it_is(plan.clone());
    }
    if facts.is_empty() {
        reasons.truncate(MOST_REASONS);
        if let Some(instead) = instead::least_loss(scene, worth, host, 1) {
            reasons.truncate(MOST_REASONS - 1);
            reasons.push(instead);
        }
    }
    if reasons.is_empty() {
        let several =
            |many| if facts.is_empty() { instead::least_loss(scene, worth, host, many) } else { None };
        reasons.extend(
            together::smallest(scene, Reach::Sensible)
                .or_else(|| several(2))
                .or_else(|| several(3))
                .or_else(|| together::smallest(scene, Reach::Any)),
        );
    }
    if reasons.is_empty() {
        reasons.extend(known());
    }
    reasons
}

impl Reason {
    /// A reason with its proof; `None` where the plan does not keep to everything once exactly this is relaxed.
    fn proven(scene: &Scene, whys: Vec<Why>, plan: Plan) -> Option<Self> {
        let (mut tour, mut travel) = (scene.tour.clone(), scene.travel.clone());
        for why in &whys {
            why.relax(&scene.host, &mut tour, &mut travel);
        }
        check(&tour, &travel, &plan).is_good().then_some(Self { whys, plan: Some(plan) })
    }
}
