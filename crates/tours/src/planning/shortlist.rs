//! Which hosts are looked at, where there are too many.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::error::PlanError;
use super::prepared::Prepared;
use crate::choosing::{Left, Shortlist, Worth, shortlist};
use crate::tour::Tour;
use crate::travel::{Travel, Way};
use crate::visit::{Demand, State, Visit};

/// Codes of the hosts that must be visited: confirmed or mandatory.
pub(super) fn demanded(tour: &Tour) -> BTreeSet<&str> {
    let demanded = |visit: &&Visit| visit.state == State::Confirmed || visit.demand == Demand::Mandatory;
    tour.visits.iter().filter(demanded).map(|visit| visit.host.as_str()).collect()
}

/// A tour with the hosts that are looked at. Where some ways are known, hosts of which none was asked for are not.
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
    let list = listing(&prepared, worth, kept, |code| travel.is_empty() || travel.knows(code));
    prepared.complete = !list.left.iter().any(|(_, why)| matches!(why, Left::LessPromising { .. }));
    let kept: BTreeSet<&str> = list.kept.iter().map(String::as_str).collect();
    prepared.retain(|candidate| kept.contains(candidate.code.as_str()));
    Ok(prepared)
}

/// The hosts that a plan is looked for among: all of a tour of no more than [`Rules::shortlist`](crate::rules::Rules::shortlist). Of a larger one
/// those that are demanded, those kept, the most promising of those that can be visited on some day, and of those that a least quota counts twice
/// as many as it asks for.
///
/// It can be asked without any ways, to know between which hosts they are needed. Where ways are known, hosts without a way from any base or to
/// any base are left out, and others come in for them; so it is asked again until the ways of all that are kept are known.
///
/// # Errors
/// What is wrong with the tour; see [`PlanError`]. Cost: the hours of each host on each day.
pub fn listed(tour: &Tour, travel: &Travel, worth: &Worth, kept: &[String]) -> Result<Shortlist, PlanError> {
    if tour.hosts.len() <= tour.rules.shortlist {
        let kept = tour.hosts.iter().map(|host| host.code.clone()).collect();
        return Ok(Shortlist { kept, left: Vec::new() });
    }
    Ok(listing(&Prepared::new(tour, travel)?, worth, kept, |_| true))
}

fn listing(prepared: &Prepared, worth: &Worth, kept: &[String], asked: impl Fn(&str) -> bool) -> Shortlist {
    let tour = prepared.tour;
    let possible = |code: &str| {
        let can_be = prepared.candidate(code).is_some_and(|at| prepared.candidates[at].possible());
        can_be && asked(code) && !cut_off(prepared, code)
    };
    let mut list = shortlist(tour, worth, |host| possible(&host.code));
    let mut listed: BTreeSet<String> = list.kept.iter().cloned().collect();
    let mut add = |list: &mut Shortlist, code: &str| {
        if listed.insert(code.to_owned()) {
            list.kept.push(code.to_owned());
        }
    };
    for code in kept.iter().filter(|code| prepared.candidate(code).is_some()) {
        add(&mut list, code);
    }
    for (index, quota) in tour.rules.quotas.iter().enumerate().filter(|(_, quota)| quota.least > 0) {
        let counted = prepared.candidates.iter().filter(|candidate| candidate.quotas.contains(&index));
        let mut counted: Vec<&str> =
            counted.map(|candidate| candidate.code.as_str()).filter(|code| possible(code)).collect();
        counted.sort_by_cached_key(|&code| (Reverse(promise(worth, code)), code));
        let already: BTreeSet<&String> = list.kept.iter().collect();
        let (inside, further): (Vec<&str>, Vec<&str>) =
            counted.into_iter().partition(|&code| already.contains(&code.to_owned()));
        let wanted = (quota.least as usize).saturating_mul(2).saturating_sub(inside.len());
        for code in further.into_iter().take(wanted) {
            add(&mut list, code);
        }
    }
    list.left.retain(|(code, _)| !listed.contains(code));
    list
}

/// Whether no base has a way to a host, or a host none to any base, as far as ways are known.
fn cut_off(prepared: &Prepared, code: &str) -> bool {
    let bases = &prepared.tour.frame.bases;
    let (travel, no_route) = (prepared.travel, |way: Way| way == Way::NoRoute);
    bases.iter().all(|base| no_route(travel.way(&base.code, code)))
        || bases.iter().all(|base| no_route(travel.way(code, &base.code)))
}

/// What a visit would be worth alone.
fn promise(worth: &Worth, code: &str) -> i64 {
    let first = |&index: &usize| worth.rewards[index].gains.first().copied().unwrap_or(0);
    worth.rewards_of(code).iter().map(first).fold(worth.own_points(code), i64::saturating_add)
}
