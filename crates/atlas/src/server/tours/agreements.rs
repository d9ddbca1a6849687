//! What was agreed with hosts, and what counts.

use std::sync::Arc;

use axum::extract::State;
use distretto_desk::contradictions;
use distretto_desk::store::{Kept, What};
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::visit::State as Stage;
use distretto_tours::{Tour, Visit};

use super::at::At;
use super::documents::{Agreement, DemandsChange, RevisionDoc, RulesChange, VisitChange};
use super::sent::{LONG, Sent, contradiction};
use super::visitor::Planner;
use super::{Answered, Desk, json};
use crate::query::shown;
use crate::server::Shared;
use crate::server::problem::Refused;

/// Changes what was agreed with a host.
pub(super) async fn visit(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, host)): At<(String, String)>,
    Sent(change): Sent<VisitChange>,
) -> Answered {
    let desk = shared.desk()?;
    let mut kept = desk.store().tour_at(&id, change.revision).await?;
    known(&kept.document, &host)?;
    let visit = agreed(&kept.document, &host, &change.visit)?;
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
    let revision = put(desk, &id, &kept, &planner, (what, &host)).await?;
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
    let mut kept = desk.store().tour_at(&id, change.revision).await?;
    let mut against = Vec::new();
    for (host, demand) in change.demands {
        known(&kept.document, &host)?;
        let visit = Visit { demand, ..kept.document.visit(&host) };
        against.extend(contradictions::visit(&visit, &kept.document.frame).err());
        put_visit(&mut kept.document, visit);
    }
    if let Some(first) = against.first().cloned() {
        let all: Vec<&str> = against.iter().map(|fault| fault.what.as_str()).collect();
        return Err(contradiction(if all.len() > 1 { first.because(all.join("\n")) } else { first }));
    }
    let revision = put(desk, &id, &kept, &planner, (What::Demand, "")).await?;
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
    let mut kept = desk.store().tour_at(&id, change.revision).await?;
    kept.document.rules = change.rules.0;
    contradictions::rules(&kept.document).map_err(|mut fault| {
        // Which of several quotas is meant.
        if let Some(place) = fault.place.column.as_ref().filter(|place| place.starts_with("[[quota]]")) {
            fault.what = format!("{place}: {}", fault.what);
        }
        contradiction(fault)
    })?;
    let revision = put(desk, &id, &kept, &planner, (What::Rules, "")).await?;
    json(&RevisionDoc { revision, visit: None })
}

/// Puts a tour that was read and changed, where nobody has changed it since.
async fn put(
    desk: &Desk,
    id: &str,
    kept: &Kept<Tour>,
    planner: &Planner,
    (what, about): (What, &str),
) -> Result<i64> {
    desk.store().put_tour(id, &kept.document, kept.revision, desk.by(&planner.user), what, about).await
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

/// What was agreed, where the tour can say it.
fn agreed(tour: &Tour, host: &str, agreement: &Agreement) -> Result<Visit, Refused> {
    let &Agreement { state, demand, start, day, minutes, extra } = agreement;
    let visit = Visit { host: host.to_owned(), state, demand, start, day, minutes, extra };
    contradictions::visit(&visit, &tour.frame).map_err(contradiction)?;
    Ok(visit)
}

/// Refuses a host that the tour does not have.
pub(super) fn known(tour: &Tour, host: &str) -> Result<()> {
    if tour.host(host).is_some() {
        return Ok(());
    }
    Err(Fault::new(Code::StoreNothing, format!("the tour has no host `{}`", shown(host))))
}
