//! Which hosts are looked at, where there are too many.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::error::PlanError;
use super::prepared::Prepared;
use crate::choosing::{Worth, shortlist_among};
use crate::tour::Tour;
use crate::travel::Travel;
use crate::visit::{Demand, State, Visit};

/// Codes of the hosts that must be visited: confirmed or mandatory.
pub(super) fn demanded(tour: &Tour) -> BTreeSet<&str> {
    let demanded = |visit: &&Visit| visit.state == State::Confirmed || visit.demand == Demand::Mandatory;
    tour.visits.iter().filter(demanded).map(|visit| visit.host.as_str()).collect()
}

/// A tour with the hosts of the shortlist, those that are demanded, those kept, and twice as many as a least quota asks for of those that it
/// counts.
pub(super) fn shortlisted<'a>(
    tour: &'a Tour,
    travel: &'a Travel,
    worth: &Worth,
    kept: &[String],
) -> Result<Prepared<'a>, PlanError> {
    let mut prepared = Prepared::new(tour, travel)?;
    if tour.hosts.len() <= tour.rules.shortlist {
        return Ok(prepared);
    }
    let possible = |code: &str| prepared.candidate(code).is_some_and(|at| prepared.candidates[at].possible());
    let list = shortlist_among(tour, worth, |host| possible(&host.code));
    let mut listed: BTreeSet<String> = list.kept.into_iter().chain(kept.iter().cloned()).collect();
    for (index, quota) in tour.rules.quotas.iter().enumerate().filter(|(_, quota)| quota.least > 0) {
        let counted = prepared.candidates.iter().filter(|candidate| candidate.quotas.contains(&index));
        let mut counted: Vec<&str> =
            counted.map(|candidate| candidate.code.as_str()).filter(|code| possible(code)).collect();
        counted.sort_by_cached_key(|&code| (Reverse(promise(worth, code)), code));
        let listed_already = counted.iter().filter(|&&code| listed.contains(code)).count();
        let wanted = (quota.least as usize).saturating_mul(2).saturating_sub(listed_already);
        let further: Vec<&str> =
            counted.into_iter().filter(|&code| !listed.contains(code)).take(wanted).collect();
        listed.extend(further.into_iter().map(str::to_owned));
    }
    prepared.retain(|candidate| listed.contains(&candidate.code));
    Ok(prepared)
}

/// Codes of the hosts that a plan is looked for among: those of the shortlist, those that are demanded, counted by a least quota, or kept. Ways are
/// not looked at, so that it can be asked between which hosts they are needed.
///
/// # Errors
/// What is wrong with the tour; see [`PlanError`].
pub fn listed(
    tour: &Tour,
    travel: &Travel,
    worth: &Worth,
    kept: &[String],
) -> Result<BTreeSet<String>, PlanError> {
    let prepared = shortlisted(tour, travel, worth, kept)?;
    Ok(prepared.candidates.iter().map(|candidate| candidate.code.clone()).collect())
}

/// What a visit would be worth alone.
fn promise(worth: &Worth, code: &str) -> i64 {
    let first = |&index: &usize| worth.rewards[index].gains.first().copied().unwrap_or(0);
    worth.rewards_of(code).iter().map(first).fold(worth.own_points(code), i64::saturating_add)
}
