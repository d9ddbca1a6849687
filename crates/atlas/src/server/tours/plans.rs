//! Plans that are kept.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::NaiveDate;
use distretto_desk::store::Kept;
use distretto_study::fault::Result;
use distretto_tours::{Frame, Plan, Tour};

use super::at::At;
use super::documents::{KeptPlanDoc, PlanChange, PlanRemoval};
use super::sent::{LONG, Sent, refused};
use super::timed::timed;
use super::visitor::{Planner, Visitor};
use super::whole::Whole;
use super::withheld::json_for;
use super::{Answered, json};
use crate::server::Shared;
use crate::server::answer::blocking;

/// Most days and stops of a plan or order that is taken.
pub(super) const MOST: usize = 1000;

/// How many days before and after a tour a plan may go on.
const AROUND: i64 = 3;

/// A plan, with what is reckoned of it.
pub(super) async fn read(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    At((id, name)): At<(String, String)>,
) -> Answered {
    let store = shared.desk()?.store();
    let tour = store.tour(&id).await?.document;
    let kept = store.plan(&id, &name).await?;
    json_for(&visitor, told(&shared, id, tour, name, kept).await?)
}

/// Keeps a plan, whatever it breaks: a planner may be in the middle of it.
pub(super) async fn save(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, name)): At<(String, String)>,
    Sent(change): Sent<PlanChange, LONG>,
) -> Answered {
    let desk = shared.desk()?;
    let Whole(mut plan) = change.plan;
    let tour = desk.store().tour(&id).await?.document;
    bounded(&plan, &tour.frame)?;
    // Whoever sends a plan may have changed it since something was proven of it.
    plan.proven = None;
    let by = desk.by(&planner.user);
    let revision = desk.store().put_plan(&id, &name, &plan, change.revision, by).await?;
    let kept = Kept { revision, changed: by.now, user: planner.user.clone(), document: plan };
    json(&told(&shared, id, tour, name, kept).await?)
}

/// Removes a plan.
pub(super) async fn remove(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, name)): At<(String, String)>,
    Sent(change): Sent<PlanRemoval>,
) -> Answered {
    let desk = shared.desk()?;
    desk.store().remove_plan(&id, &name, change.revision, desk.by(&planner.user)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Refuses a plan that is longer than any, which would keep the server busy, or that is of another time than the tour.
pub(super) fn bounded(plan: &Plan, frame: &Frame) -> Result<()> {
    if plan.days.len() > MOST || plan.stops().count() > MOST {
        return Err(refused(format!("a plan has at most {MOST} days and stops")));
    }
    let (Some(first), Some(last)) = (frame.days.first(), frame.days.last()) else { return Ok(()) };
    let near = |date: NaiveDate| {
        let days = |from: NaiveDate, to: NaiveDate| to.signed_duration_since(from).num_days();
        days(date, first.date) <= AROUND && days(last.date, date) <= AROUND
    };
    match plan.dates().find(|date| !near(*date)) {
        None => Ok(()),
        Some(far) => Err(refused(format!("{far} is more than {AROUND} days away from the tour"))
            .because(format!("it is from {} to {}", first.date, last.date))),
    }
}

async fn told(
    shared: &Arc<Shared>,
    id: String,
    tour: Tour,
    name: String,
    kept: Kept<Plan>,
) -> Result<KeptPlanDoc> {
    let Kept { revision, changed, user, document } = kept;
    let timed = blocking(shared, move |shared| timed(shared.desk()?, &id, &tour, document)).await?;
    Ok(KeptPlanDoc { name, revision, changed, user, timed })
}
