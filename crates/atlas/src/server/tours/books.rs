//! Road books, ready to print.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{ACCEPT, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use distretto_desk::book::{self, Making};
use distretto_desk::folder::{Edition, Opened};
use distretto_desk::store::{Extras, KeptEdition, KeptPersonal};
use distretto_roadbook::Words;
use distretto_roadbook::book::Emergency;
use distretto_study::fault::{Code, Fault, Log, Result};
use distretto_tours::{Plan, Tour};

use super::Answered;
use super::at::At;
use super::sent::refused;
use super::shares::open;
use super::timed::hosts_of;
use super::visitor::Visitor;
use crate::pages::escaped;
use crate::query::{shown, unknown};
use crate::server::Shared;
use crate::server::answer::{blocking, pairs};
use crate::server::problem::Refused;

/// What a road book may load and do: its own style and pictures inside it, nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// What is asked of a road book.
struct Wish {
    words: Words,
    contacts: bool,
}

/// The road book of a plan; with contacts where a planner asks for them.
pub(super) async fn of_plan(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    At((id, name)): At<(String, String)>,
    uri: Uri,
) -> Answered {
    let wish = wish(&uri, true)?;
    let store = shared.desk()?.store();
    let personal = if wish.contacts {
        visitor.planner()?;
        Some(store.personal(&id).await?)
    } else {
        None
    };
    let tour = store.tour(&id).await?.document;
    let plan = store.plan(&id, &name).await?.document;
    let work = move |shared: &Shared| made(shared, &id, tour, &plan, personal, &wish.words);
    Ok(page(blocking(&shared, work).await?))
}

/// The road book behind a link: without contacts, whatever is asked. Who follows a link that leads nowhere reads so on a page.
pub(super) async fn shared(
    State(shared): State<Arc<Shared>>,
    At(token): At<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Answered {
    let reads_html =
        headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default().contains("text/html");
    match behind(&shared, &token, &uri).await {
        Err(refused) if reads_html => Ok(told(&refused)),
        answered => answered,
    }
}

async fn behind(shared: &Arc<Shared>, token: &str, uri: &Uri) -> Answered {
    let wish = wish(uri, false)?;
    let opened = open(shared.desk()?, token).await?;
    let work = move |shared: &Shared| made(shared, &opened.id, opened.tour, &opened.plan, None, &wish.words);
    Ok(page(blocking(shared, work).await?))
}

fn wish(uri: &Uri, contacts: bool) -> Result<Wish> {
    let mut wish = Wish { words: Words::english(), contacts: false };
    for (name, value) in pairs(uri.query().unwrap_or_default())? {
        match (name.as_str(), value.as_str()) {
            ("lang", tag) => {
                wish.words = Words::built_in(tag).ok_or_else(|| {
                    refused(format!("no road book speaks `{}`", shown(tag))).hint("`en` or `it`")
                })?;
            }
            ("contacts", "true") if contacts => wish.contacts = true,
            ("contacts", "false") if contacts => wish.contacts = false,
            _ => return Err(unknown("this address does not take that", &name, ["lang", "contacts"])),
        }
    }
    Ok(wish)
}

fn made(
    shared: &Shared,
    id: &str,
    tour: Tour,
    plan: &Plan,
    personal: Option<KeptPersonal>,
    words: &Words,
) -> Result<String> {
    let desk = shared.desk()?;
    let travel = desk.travel(id, &tour, &hosts_of(&tour, plan))?;
    let Extras { ways, chains, emergency, edition, .. } = desk.extras(id)?;
    let edition = match edition.and_then(|edition| served(shared, &edition)) {
        Some(folder) => Some(Edition::open(folder)?),
        None => None,
    };
    let with_personal = personal.is_some();
    let personal = personal.unwrap_or_default();
    let opened = Opened {
        id: id.to_owned(),
        folder: PathBuf::from(id),
        tour,
        personal: personal.personal,
        emergency: Emergency { numbers: emergency.numbers, people: personal.emergency },
        chains,
        edition,
        ways,
        log: Log::default(),
    };
    let making = Making {
        opened: &opened,
        plan,
        travel: &travel,
        words,
        made: DateTime::<Utc>::from_timestamp(desk.now(), 0).unwrap_or_default(),
        personal: with_personal,
        // No server is asked on behalf of a reader.
        routes: &[],
        atlas: None,
    };
    book::page(&making).map_err(|fault| {
        Fault::new(Code::TourUnplannable, "no road book can be made of the plan").because(fault.what)
    })
}

/// The folder of the same edition, where the atlas serves it.
fn served<'a>(shared: &'a Shared, edition: &KeptEdition) -> Option<&'a Path> {
    let editions = shared.atlas.editions.iter().map(|offered| &offered.edition);
    editions.filter(|offered| offered.hash == edition.hash).map(|offered| offered.folder.as_path()).next()
}

/// A problem as a page.
fn told(refused: &Refused) -> Response {
    let (status, fault) = refused.told();
    let paragraph = |line: &String| format!("<p>{}</p>", escaped(line));
    let why = fault.why.as_ref().map(paragraph).unwrap_or_default();
    let help = fault.help.as_ref().map(paragraph).unwrap_or_default();
    let what = escaped(&fault.what);
    let page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{what}</title></head>\
         <body><h1>{what}</h1>{why}{help}</body></html>"
    );
    let kind = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY)];
    (status, kind, page).into_response()
}

fn page(html: String) -> Response {
    let kind = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY)];
    (StatusCode::OK, kind, html).into_response()
}
