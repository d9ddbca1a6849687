//! Tours: who may see and change them, what they are, plans.
//!
//! All of it lives in a store; nothing here is kept between two requests but counters of attempts, travel times and what stands beside a tour. `docs/tours-api.md` says what can be
//! asked and what is answered.
//!
//! | module | concept |
//! |---|---|
//! | `desk` | what handlers share |
//! | `visitor` | who asks, and whether they may |
//! | `at` | the parts of an address |
//! | `attempts` | how often something may be tried |
//! | `sent` | the body of a request |
//! | `whole` | documents that take the place of others |
//! | `login` | sessions |
//! | `sheets` | tours as they stand |
//! | `agreements` | what was agreed with hosts, and what counts |
//! | `plans` | plans that are kept |
//! | `solving` | plans that are made, tried and explained |
//! | `timed` | what is reckoned of a plan |
//! | `accounts` | points, line by line, and what clashes |
//! | `withheld` | what viewers are not told |
//! | `personal` | contacts, people and whom to call |
//! | `shares` | links |
//! | `books` | road books |
//! | `pages` | the shell of the pages |
//! | `documents` | what is sent and answered |
//! | `openapi` | the same as OpenAPI |

mod accounts;
mod agreements;
mod at;
mod attempts;
mod books;
mod desk;
mod documents;
mod login;
pub(super) mod openapi;
mod pages;
mod personal;
mod plans;
mod sent;
mod shares;
mod sheets;
mod solving;
mod timed;
mod visitor;
mod whole;
mod withheld;

use std::fmt;
use std::future::{Ready, ready};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Request};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, delete, get, post, put};
use distretto_desk::store::Store;
use distretto_study::fault::{Code, Fault};
use serde::Serialize;

use super::Shared;
use super::answer::not_taken;
use super::problem::Refused;

pub use attempts::Peer;
pub(super) use desk::Desk;

/// Tells the time, in seconds since 1970-01-01 UTC.
pub type Clock = dyn Fn() -> i64 + Send + Sync;

/// Tours of a server.
#[derive(Clone)]
pub struct Tours {
    store: Store,
    clock: Arc<Clock>,
    proxies: Vec<IpAddr>,
}

impl Tours {
    /// The tours of a store, with the clock of this machine.
    pub fn new(store: Store) -> Self {
        let clock = || {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
        };
        Self { store, clock: Arc::new(clock), proxies: Vec::new() }
    }

    /// The same behind web servers with these addresses. Failed logins are not counted by them but by what they say in `X-Forwarded-For`.
    #[must_use]
    pub fn behind(self, proxies: Vec<IpAddr>) -> Self {
        Self { proxies, ..self }
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_clock(self, clock: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self { clock: Arc::new(clock), ..self }
    }
}

impl fmt::Debug for Tours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tours").finish_non_exhaustive()
    }
}

/// What a handler answers.
type Answered = std::result::Result<Response, Refused>;

/// The routes of tours; without a store each says so.
pub(super) fn routes(with_store: bool) -> Router<Arc<Shared>> {
    let routes = if with_store { with() } else { without() };
    routes.layer(map_response(never_kept))
}

fn with() -> Router<Arc<Shared>> {
    let tour = |rest: &str| format!("/api/v1/tours/{{tour}}{rest}");
    Router::new()
        .route("/tours", get(pages::with_slash).fallback(only("GET, HEAD")))
        .route("/tours/", get(pages::shell).fallback(only("GET, HEAD")))
        .route("/tours/{*rest}", get(pages::shell).fallback(only("GET, HEAD")))
        .route("/tours/share/{token}", get(books::shared).fallback(only("GET, HEAD")))
        .route(
            "/api/v1/session",
            get(login::now).post(login::begin).delete(login::end).fallback(only("GET, HEAD, POST, DELETE")),
        )
        .route("/api/v1/tours", get(sheets::list).fallback(only("GET, HEAD")))
        .route(&tour(""), get(sheets::sheet).fallback(only("GET, HEAD")))
        .route(&tour("/worth"), get(sheets::worth).fallback(only("GET, HEAD")))
        .route(&tour("/log"), get(sheets::log).fallback(only("GET, HEAD")))
        .route(&tour("/visits/{host}"), put(agreements::visit).fallback(only("PUT")))
        .route(&tour("/demands"), put(agreements::demands).fallback(only("PUT")))
        .route(&tour("/rules"), put(agreements::rules).fallback(only("PUT")))
        .route(
            &tour("/plans/{plan}"),
            get(plans::read).put(plans::save).delete(plans::remove).fallback(only("GET, HEAD, PUT, DELETE")),
        )
        .route(&tour("/plans/{plan}/book.html"), get(books::of_plan).fallback(only("GET, HEAD")))
        .route(&tour("/try"), post(solving::attempt).fallback(only("POST")))
        .route(&tour("/solve"), post(solving::solve).fallback(only("POST")))
        .route(&tour("/replan"), post(solving::replan).fallback(only("POST")))
        .route(&tour("/reasons"), post(solving::reasons).fallback(only("POST")))
        .route(&tour("/personal"), get(personal::all).fallback(only("GET, HEAD")))
        .route(
            &tour("/contacts/{code}"),
            put(personal::put_contact).delete(personal::erase_contact).fallback(only("PUT, DELETE")),
        )
        .route(
            &tour("/people/{code}"),
            put(personal::put_person).delete(personal::erase_person).fallback(only("PUT, DELETE")),
        )
        .route(&tour("/emergency/{who}"), delete(personal::erase_number).fallback(only("DELETE")))
        .route(&tour("/shares"), get(shares::list).post(shares::make).fallback(only("GET, HEAD, POST")))
        .route(&tour("/shares/{share}"), delete(shares::revoke).fallback(only("DELETE")))
        .route("/api/v1/shares/{token}", get(shares::shown).fallback(only("GET, HEAD")))
}

/// Refuses all methods of an address but those that it takes.
fn only(allowed: &'static str) -> impl Fn(Request<Body>) -> Ready<Response> + Clone {
    move |request| ready(not_taken(&request, allowed))
}

fn without() -> Router<Arc<Shared>> {
    let addresses = [
        "/api/v1/session",
        "/api/v1/tours",
        "/api/v1/tours/{*rest}",
        "/api/v1/shares/{*rest}",
        "/tours/share/{token}",
    ];
    addresses.into_iter().fold(Router::new(), |router, address| router.route(address, any(no_store)))
}

async fn no_store() -> Refused {
    Refused::from(
        Fault::new(Code::ToursWithoutStore, "this server has no tours")
            .because("it was started without a store")
            .hint("start it with `--tours tours.db`; `distretto tour store put` makes the store and puts a tour there"),
    )
}

/// Tours change, and are not for everybody: nobody on the way may keep an answer.
async fn never_kept(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A document as an answer.
fn json<T: Serialize>(document: &T) -> Answered {
    let bytes = serde_json::to_vec(document).map_err(|error| {
        Fault::new(Code::Internal, "an answer could not be written").because(error.to_string())
    })?;
    Ok(([(CONTENT_TYPE, "application/json")], bytes).into_response())
}
