//! Contacts and people. Nothing of them is in any other answer, and none of it is written to a log.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::tour::{Contact, Person};

use super::Answered;
use super::agreements::known;
use super::at::At;
use super::documents::{ContactSent, PersonSent, PersonalDoc};
use super::json;
use super::sent::{Sent, refused};
use super::visitor::{Planner, Visitor};
use crate::query::shown;
use crate::server::Shared;

/// Most characters of a name or number.
const LONGEST: usize = 400;

/// All that is personal of a tour.
pub(super) async fn all(State(shared): State<Arc<Shared>>, visitor: Visitor, At(id): At<String>) -> Answered {
    visitor.planner()?;
    let store = shared.desk()?.store();
    if store.tour_revision(&id).await? == 0 {
        return Err(Fault::new(Code::StoreNothing, format!("the store has no tour `{}`", shown(&id))).into());
    }
    let personal = store.personal(&id).await?.personal;
    json(&PersonalDoc { contacts: personal.contacts, people: personal.people })
}

/// Enters or changes the contact of a host.
pub(super) async fn put_contact(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, host)): At<(String, String)>,
    Sent(contact): Sent<ContactSent>,
) -> Answered {
    let desk = shared.desk()?;
    let ContactSent { name, role, phone, email } = contact;
    fit([&name, &role, &phone, &email])?;
    known(&desk.store().tour(&id).await?.document, &host)?;
    let contact = Contact { name, role, phone, email };
    let seen = desk.store().personal(&id).await?.contacts.get(&host).copied().unwrap_or(0);
    desk.store().put_contact(&id, &host, &contact, seen, desk.by(&planner.user)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Enters or changes a traveller.
pub(super) async fn put_person(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, code)): At<(String, String)>,
    Sent(person): Sent<PersonSent>,
) -> Answered {
    let desk = shared.desk()?;
    let PersonSent { name, phone, email, emergency } = person;
    fit([&name, &phone, &email, &emergency])?;
    let tour = desk.store().tour(&id).await?.document;
    if !tour.delegation.delegates.iter().any(|delegate| delegate.code == code) {
        return Err(
            Fault::new(Code::StoreNothing, format!("the tour has no delegate `{}`", shown(&code))).into()
        );
    }
    let person = Person { name, phone, email, emergency };
    let seen = desk.store().personal(&id).await?.people.get(&code).copied().unwrap_or(0);
    desk.store().put_person(&id, &code, &person, seen, desk.by(&planner.user)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Erases the contact of a host for good.
pub(super) async fn erase_contact(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, host)): At<(String, String)>,
) -> Answered {
    let desk = shared.desk()?;
    desk.store().erase_contact(&id, &host, desk.by(&planner.user)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Erases a traveller for good.
pub(super) async fn erase_person(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, code)): At<(String, String)>,
) -> Answered {
    let desk = shared.desk()?;
    desk.store().erase_person(&id, &code, desk.by(&planner.user)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn fit(texts: [&String; 4]) -> Result<()> {
    let fits = |text: &&String| text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
    if texts.iter().all(fits) {
        return Ok(());
    }
    Err(refused(format!("a text has more than {LONGEST} characters, or characters that cannot be printed")))
}
