//! Contacts, people and whom to call. Nothing of them is in any other answer, and none of it is written to a log.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use distretto_desk::store::KeptPersonal;
use distretto_roadbook::book::Number;
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::tour::{Contact, Person};

use super::Answered;
use super::agreements::known;
use super::at::At;
use super::documents::{ContactDoc, NumberDoc, PersonDoc, PersonalDoc, RevisionDoc};
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
    let desk = shared.desk()?;
    desk.has(&id).await?;
    let personal = desk.store().personal(&id).await?;
    let KeptPersonal { personal, contacts, people, emergency } = personal;
    let seen = |revisions: &BTreeMap<String, i64>, code: &str| revisions.get(code).copied().unwrap_or(0);
    let contacts = personal.contacts.into_iter().map(|(code, contact)| {
        let Contact { name, role, phone, email } = contact;
        (code.clone(), ContactDoc { revision: seen(&contacts, &code), name, role, phone, email })
    });
    let people = personal.people.into_iter().map(|(code, person)| {
        let Person { name, phone, email, emergency } = person;
        (code.clone(), PersonDoc { revision: seen(&people, &code), name, phone, email, emergency })
    });
    let emergency = emergency.into_iter().map(|Number { who, number }| NumberDoc { who, number });
    let emergency = emergency.collect();
    json(&PersonalDoc { contacts: contacts.collect(), people: people.collect(), emergency })
}

/// Enters or changes the contact of a host or base. Who was erased since the form was filled does not come back by it.
pub(super) async fn put_contact(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, host)): At<(String, String)>,
    Sent(contact): Sent<ContactDoc>,
) -> Answered {
    let desk = shared.desk()?;
    let ContactDoc { revision, name, role, phone, email } = contact;
    fit([&name, &role, &phone, &email])?;
    let tour = desk.store().tour(&id).await?.document;
    if tour.base(&host).is_none() {
        known(&tour, &host)?;
    }
    let contact = Contact { name, role, phone, email };
    let by = desk.by(&planner.user);
    let revision = desk.store().put_contact(&id, &host, &contact, revision, by).await?;
    json(&RevisionDoc { revision, visit: None })
}

/// Enters or changes a traveller; see [`put_contact`].
pub(super) async fn put_person(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, code)): At<(String, String)>,
    Sent(person): Sent<PersonDoc>,
) -> Answered {
    let desk = shared.desk()?;
    let PersonDoc { revision, name, phone, email, emergency } = person;
    fit([&name, &phone, &email, &emergency])?;
    let tour = desk.store().tour(&id).await?.document;
    if !tour.delegation.delegates.iter().any(|delegate| delegate.code == code) {
        return Err(
            Fault::new(Code::StoreNothing, format!("the tour has no delegate `{}`", shown(&code))).into()
        );
    }
    let person = Person { name, phone, email, emergency };
    let by = desk.by(&planner.user);
    let revision = desk.store().put_person(&id, &code, &person, revision, by).await?;
    json(&RevisionDoc { revision, visit: None })
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

/// Erases a traveller for good, with what they need, which stands in the tour.
pub(super) async fn erase_person(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, code)): At<(String, String)>,
) -> Answered {
    let desk = shared.desk()?;
    desk.store().erase_person(&id, &code, desk.by(&planner.user)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Erases the numbers to call in an emergency of a person for good.
pub(super) async fn erase_number(
    State(shared): State<Arc<Shared>>,
    planner: Planner,
    At((id, who)): At<(String, String)>,
) -> Answered {
    let desk = shared.desk()?;
    desk.store().erase_emergency(&id, &who, desk.by(&planner.user)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn fit(texts: [&String; 4]) -> Result<()> {
    let fits = |text: &&String| text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
    if texts.iter().all(fits) {
        return Ok(());
    }
    Err(refused(format!("a text has more than {LONGEST} characters, or characters that cannot be printed")))
}
