//! Links that show a plan to whoever has them.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use distretto_desk::store::Token;
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::{Plan, Tour};

use super::at::At;
use super::documents::{ShareDoc, ShareWanted, SharedDoc, SharesDoc, SpotDoc};
use super::sent::{Sent, refused};
use super::timed::{hosts_of, legs};
use super::visitor::{Planner, Visitor};
use super::{Answered, Desk, json};
use crate::server::Shared;
use crate::server::answer::blocking;

/// How long a link may work, in days.
const LONGEST: i64 = 366;

const DAY: i64 = 86_400;

/// The links of a tour.
pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    At(id): At<String>,
) -> Answered {
    visitor.planner()?;
    let desk = shared.desk()?;
    desk.has(&id).await?;
    let shares = desk.store().shares(&id).await?;
    json(&SharesDoc { shares: shares.into_iter().map(Into::into).collect() })
}

/// Makes a link to a plan.
pub(super) async fn make(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At(id): At<String>,
    Sent(wanted): Sent<ShareWanted>,
) -> Answered {
    let desk = shared.desk()?;
    if !(1..=LONGEST).contains(&wanted.days) {
        return Err(refused(format!("a link works for 1 to {LONGEST} days")).into());
    }
    let by = desk.by(&planner.user);
    let (share, token) = desk.store().share(&id, &wanted.plan, by.now + wanted.days * DAY, by).await?;
    let share = ShareDoc {
        address: Some(format!("/tours/share/{}", token.secret())),
        token: Some(token.secret().to_owned()),
        ..ShareDoc::from(share)
    };
    Ok((StatusCode::CREATED, json(&share)?).into_response())
}

/// Revokes a link.
pub(super) async fn revoke(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, share)): At<(String, String)>,
) -> Answered {
    let desk = shared.desk()?;
    desk.store().revoke(&id, &share, desk.by(&planner.user)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What a link shows, for programs.
pub(super) async fn shown(State(shared): State<Arc<Shared>>, At(token): At<String>) -> Answered {
    let opened = open(shared.desk()?, &token).await?;
    let document = blocking(&shared, move |shared| {
        let Opened { id, tour, plan, expires } = opened;
        let travel = shared.desk()?.travel(&id, &tour, &hosts_of(&tour, &plan))?;
        let legs = legs(&tour, &travel, &plan);
        let (hosts, bases) = spots(&tour, &plan);
        let time_zone = tour.frame.time_zone.name().to_owned();
        Ok(SharedDoc { title: tour.title, aim: tour.aim, expires, time_zone, plan, legs, hosts, bases })
    })
    .await?;
    json(&document)
}

/// What a link leads to.
pub(super) struct Opened {
    pub(super) id: String,
    pub(super) tour: Tour,
    pub(super) plan: Plan,
    pub(super) expires: i64,
}

/// Follows a link. One that never was, has ended or was revoked is told alike. Of the delegates it shows how many they are and what they want to see.
pub(super) async fn open(desk: &Desk, token: &str) -> Result<Opened> {
    let gone = || {
        Fault::new(Code::ShareGone, "the link leads nowhere")
            .because("there is no such link, it has ended or was revoked")
            .hint("ask whoever sent it for a new one")
    };
    let token = Token::read(token).ok_or_else(gone)?;
    let shown = desk.store().shown(&token, desk.now()).await?.ok_or_else(gone)?;
    let mut tour = desk.store().tour(&shown.tour).await?.document;
    for delegate in &mut tour.delegation.delegates {
        delegate.role.clear();
        delegate.country.clear();
        delegate.languages.clear();
        delegate.needs.clear();
    }
    let plan = desk.store().plan(&shown.tour, &shown.plan).await?.document;
    Ok(Opened { id: shown.tour, tour, plan, expires: shown.expires })
}

/// The places of a plan, by code.
fn spots(tour: &Tour, plan: &Plan) -> (Vec<SpotDoc>, Vec<SpotDoc>) {
    let hosts =
        hosts_of(tour, plan).into_iter().filter_map(|code| tour.host(&code).cloned()).map(|host| SpotDoc {
            code: host.code,
            name: host.name,
            kind: Some(host.kind),
            place: host.place,
            look_for: Some(host.look_for),
        });
    let ends: BTreeSet<&str> =
        plan.days.iter().flat_map(|day| [day.from.as_str(), day.to.as_str()]).collect();
    let bases = ends.into_iter().filter_map(|code| tour.base(code).cloned()).map(|base| SpotDoc {
        code: base.code,
        name: base.name,
        kind: None,
        place: base.place,
        look_for: None,
    });
    (hosts.collect(), bases.collect())
}
