//! Which hosts are looked at, where there are too many.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::bar::bar;
use super::error::PlanError;
use super::prepared::Prepared;
use crate::choosing::Worth;
use crate::host::Host;
use crate::tour::Tour;
use crate::travel::Travel;
use crate::visit::{Demand, State};

/// Codes of the hosts that must be visited: confirmed or mandatory.
pub(super) fn demanded(tour: &Tour) -> BTreeSet<&str> {
    let demanded = |visit: &&crate::Visit| visit.state == State::Confirmed || visit.demand == Demand::Mandatory;
    tour.visits.iter().filter(demanded).map(|visit| visit.host.as_str()).collect()
}

/// A tour with the hosts of the shortlist, and those that are demanded or kept.
pub(super) fn shortlisted<'a>(
    tour: &'a Tour,
    travel: &'a Travel,
    worth: &Worth,
    kept: &[String],
) -> Result<Prepared<'a>, PlanError> {
    let most = tour.rules.shortlist;
    if tour.hosts.len() <= most {
        return Prepared::new(tour, travel);
    }
    let mut listed = demanded(tour);
    listed.extend(kept.iter().map(String::as_str));
    let visits: std::collections::BTreeMap<&str, &crate::Visit> =
        tour.visits.iter().map(|visit| (visit.host.as_str(), visit)).collect();
    let plain = crate::Visit::of("");
    let possible = |host: &&Host| {
        let visit = visits.get(host.code.as_str()).copied().unwrap_or(&plain);
        bar(tour, host, visit).is_none()
    };
    let promise = |host: &Host| {
        let first = |&index: &usize| worth.rewards[index].gains.first().copied().unwrap_or(0);
        worth.rewards_of(&host.code).iter().map(first).fold(worth.own_points(&host.code), i64::saturating_add)
    };
    let mut ranked: Vec<&Host> = tour.hosts.iter().filter(possible).collect();
    ranked.sort_by_cached_key(|host| (Reverse(promise(host)), host.code.as_str()));
    for quota in tour.rules.quotas.iter().filter(|quota| quota.least > 0) {
        let counted = ranked.iter().filter(|host| super::quota::counts(&quota.which, host));
        listed.extend(counted.take(quota.least as usize * 2).map(|host| host.code.as_str()));
    }
    for host in ranked {
        if listed.len() >= most {
            break;
        }
        listed.insert(&host.code);
    }
    Prepared::of(tour, travel, |host| listed.contains(host.code.as_str()))
}
