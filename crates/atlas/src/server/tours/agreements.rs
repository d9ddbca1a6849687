//! What was agreed with hosts, and what counts.

use std::sync::Arc;

use axum::extract::State;
use chrono::{NaiveDateTime, Timelike};
use distretto_desk::store::{Kept, What};
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::visit::State as Stage;
use distretto_tours::{Kind, Rules, Subject, Tour, Visit, Weights};

use super::at::At;
use super::documents::{Agreement, DemandsChange, RevisionDoc, RulesChange, VisitChange};
use super::sent::{LONG, Sent, refused};
use super::visitor::Planner;
use super::whole::Whole;
use super::{Answered, Desk, json};
use crate::query::shown;
use crate::server::Shared;

/// Points that a planner may add or take away.
const MOST_POINTS: i64 = 1_000_000;

/// Most points of a weight.
const MOST_WEIGHT: u32 = 10_000;

/// Most of what is counted.
const MOST_NUMBER: u32 = 1_000_000;

/// How long a visit may be said to take, in minutes.
const LONGEST: u32 = 24 * 60;

/// Changes what was agreed with a host.
pub(super) async fn visit(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, host)): At<(String, String)>,
    Sent(change): Sent<VisitChange>,
) -> Answered {
    let desk = shared.desk()?;
    let mut kept = desk.store().tour(&id).await?;
    known(&kept.document, &host)?;
    let visit = agreed(&host, &change.visit)?;
    let before = kept.document.visit(&host);
    put_visit(&mut kept.document, visit.clone());
    let is_moved = visit.state == Stage::Confirmed && visit.start != before.start;
    let what = match visit.state {
        state if state == before.state && !is_moved => What::Demand,
        Stage::Proposed => What::Propose,
        Stage::Asked => What::Ask,
        Stage::Confirmed => What::Accept,
        Stage::Declined => What::Decline,
    };
    let revision = put(desk, &id, &kept, change.revision, &planner, (what, &host)).await?;
    json(&RevisionDoc { revision, visit: Some(visit) })
}

/// Changes what is demanded of several hosts: the shortlist of a planner.
pub(super) async fn demands(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At(id): At<String>,
    Sent(change): Sent<DemandsChange>,
) -> Answered {
    let desk = shared.desk()?;
    let mut kept = desk.store().tour(&id).await?;
    for (host, demand) in change.demands {
        known(&kept.document, &host)?;
        let visit = Visit { demand, ..kept.document.visit(&host) };
        put_visit(&mut kept.document, visit);
    }
    let revision = put(desk, &id, &kept, change.revision, &planner, (What::Demand, "")).await?;
    json(&RevisionDoc { revision, visit: None })
}

/// Changes what counts.
pub(super) async fn rules(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At(id): At<String>,
    Sent(change): Sent<RulesChange, LONG>,
) -> Answered {
    let desk = shared.desk()?;
    let mut kept = desk.store().tour(&id).await?;
    let Whole(rules) = change.rules;
    check(&kept.document, &rules)?;
    kept.document.rules = rules;
    let revision = put(desk, &id, &kept, change.revision, &planner, (What::Rules, "")).await?;
    json(&RevisionDoc { revision, visit: None })
}

/// Puts a tour that was read and changed. The change was made to what is there now, and is kept only where that is what the reader saw.
async fn put(
    desk: &Desk,
    id: &str,
    kept: &Kept<Tour>,
    seen: i64,
    planner: &Planner,
    (what, about): (What, &str),
) -> Result<i64> {
    // 0 would make a new tour.
    let seen = if seen == 0 { -1 } else { seen };
    desk.store().put_tour(id, &kept.document, seen, desk.by(&planner.user), what, about).await
}

/// Puts a visit in the place of what was agreed before; a host of which nothing is known has no entry.
fn put_visit(tour: &mut Tour, visit: Visit) {
    let place = tour.visits.iter().position(|other| other.host == visit.host);
    let nothing = visit == Visit::of(&visit.host);
    match place.and_then(|place| tour.visits.get_mut(place).zip(Some(place))) {
        Some((_, place)) if nothing => {
            tour.visits.remove(place);
        }
        Some((old, _)) => *old = visit,
        None if nothing => {}
        None => tour.visits.push(visit),
    }
}

fn agreed(host: &str, agreement: &Agreement) -> Result<Visit> {
    let &Agreement { state, demand, start, day, minutes, extra } = agreement;
    if state == Stage::Confirmed && start.is_none() {
        return Err(
            refused("a confirmed visit needs a time").hint("give `start`, as in `2005-11-15T09:00:00`")
        );
    }
    if start.is_some_and(|start| !whole_minute(start)) {
        return Err(refused("a visit begins at a whole minute"));
    }
    if start.zip(day).is_some_and(|(start, day)| start.date() != day) {
        return Err(refused("`start` is not on `day`").hint("leave one of them away"));
    }
    if minutes.is_some_and(|minutes| !(1..=LONGEST).contains(&minutes)) {
        return Err(refused(format!("a visit takes 1 to {LONGEST} minutes")));
    }
    if extra.unsigned_abs() > MOST_POINTS.unsigned_abs() {
        return Err(refused(format!("`extra` is between -{MOST_POINTS} and {MOST_POINTS} points")));
    }
    Ok(Visit { host: host.to_owned(), state, demand, start, day, minutes, extra })
}

fn whole_minute(time: NaiveDateTime) -> bool {
    time.second() == 0 && time.nanosecond() == 0
}

/// Holds rules to what a folder may say.
fn check(tour: &Tour, rules: &Rules) -> Result<()> {
    let Weights { interest, repeat, fairness, chain, institution, territory, certainty, language, visit } =
        rules.weights;
    let points = [interest, fairness, chain, institution, territory, certainty, language, visit];
    if points.into_iter().any(|points| points > MOST_WEIGHT) || repeat > 100 {
        return Err(refused(format!("a weight is at most {MOST_WEIGHT}, and `repeat` at most 100")));
    }
    if !(1..=MOST_NUMBER as usize).contains(&rules.shortlist) {
        return Err(refused(format!("`shortlist` is 1 to {MOST_NUMBER}")));
    }
    for quota in &rules.quotas {
        if let Some((Subject::Kind, name)) = &quota.which.subject
            && Kind::from_word(name).is_none()
        {
            return Err(refused(format!("`{}` is not a kind of host", shown(name))));
        }
        if quota.least == 0 && quota.most.is_none() {
            return Err(refused("a quota has neither `least` nor `most`"));
        }
        if quota.least.max(quota.most.unwrap_or(0)) > MOST_NUMBER {
            return Err(refused(format!("a quota counts to {MOST_NUMBER} at most")));
        }
        for host in &quota.which.hosts {
            known(tour, host)?;
        }
        if quota.most.is_some_and(|most| most < quota.least) {
            return Err(refused("a quota demands more than it allows"));
        }
    }
    Ok(())
}

/// Refuses a host that the tour does not have.
pub(super) fn known(tour: &Tour, host: &str) -> Result<()> {
    if tour.host(host).is_some() {
        return Ok(());
    }
    Err(Fault::new(Code::StoreNothing, format!("the tour has no host `{}`", shown(host))))
}
