//! A request's answer: what stands at its address, in the form that the reader takes.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body as HttpBody;
use axum::extract::State;
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, LINK, LOCATION, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use distretto_study::fault::{Code, Fault, Result};

use super::Shared;
use super::kept::Answer;
use super::live;
use super::problem::Refused;
use crate::address::{self, Address, Part, nothing};
use crate::assets::Assets;
use crate::body::{Body, media_of};
use crate::format::Format;
use crate::pages::{self, Page};
use crate::query::unknown;
use crate::render::render;

/// Answers any GET or HEAD.
pub(super) async fn answer(State(shared): State<Arc<Shared>>, request: Request<HttpBody>) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return not_taken(&request, "GET, HEAD");
    }
    let head = request.method() == Method::HEAD;
    let (uri, headers) = (request.uri().clone(), request.headers().clone());
    drop(request);
    match found(&shared, &uri, &headers).await {
        Ok(Found::There(answer, keep)) => send(&answer, keep, &headers, head),
        Ok(Found::Empty) => (StatusCode::NO_CONTENT, [(CACHE_CONTROL, "no-cache")]).into_response(),
        Ok(Found::Elsewhere(place)) => (StatusCode::PERMANENT_REDIRECT, [(LOCATION, place)]).into_response(),
        Err(fault) if fault.code == Code::AtlasNothingThere => {
            missing(&shared, &uri, &headers).unwrap_or_else(|| Refused::from(fault).into_response())
        }
        Err(fault) => Refused::from(fault).into_response(),
    }
}

/// A page that says that nothing is there, for readers with a browser; programs are told as JSON.
fn missing(shared: &Shared, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
    let path = uri.path().strip_prefix('/').unwrap_or_default();
    let reads_html = headers.get(ACCEPT)?.to_str().ok()?.contains("text/html");
    if !reads_html || path.starts_with("api/v1/") || shared.atlas.assets.is_none() {
        return None;
    }
    let page = pages::missing(&shared.atlas, path).ok()?;
    let kind = [(CONTENT_TYPE, page.media), (CACHE_CONTROL, "no-store"), (VARY, "accept")];
    Some((StatusCode::NOT_FOUND, kind, page.bytes).into_response())
}

/// Refuses a method of an address that takes others.
pub(super) fn not_taken(request: &Request<HttpBody>, allowed: &'static str) -> Response {
    let fault = Fault::new(Code::AtlasQuery, format!("this address does not take {}", request.method()))
        .hint(format!("it takes {allowed}"));
    let mut response = Refused::with(StatusCode::METHOD_NOT_ALLOWED, fault).into_response();
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}

/// How long a reader may keep an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Keep {
    /// Asking each time whether it is still the same.
    Asking,
    /// For good: the address changes with the content.
    ForGood,
}

/// What a request finds.
enum Found {
    There(Arc<Answer>, Keep),
    Empty,
    Elsewhere(String),
}

async fn found(shared: &Arc<Shared>, uri: &Uri, headers: &HeaderMap) -> Result<Found> {
    let path =
        decoded(uri.path().strip_prefix('/').unwrap_or_default()).ok_or_else(|| nothing(uri.path()))?;
    if let Some(address) = path.strip_prefix("api/v1/") {
        return resource(shared, address, uri.query().unwrap_or_default(), headers).await;
    }
    let Some(assets) = &shared.atlas.assets else { return Err(nothing(&path)) };
    if assets.get(&path).is_some() {
        let keep = if Assets::never_changes(&path) { Keep::ForGood } else { Keep::Asking };
        let file = path.clone().into_owned();
        return made(shared, &path, move |shared| {
            let bytes = shared.atlas.assets.as_ref().and_then(|assets| assets.get(&file)).cloned();
            Ok(bytes.map(|bytes| Body { media: media_of(&file), bytes }))
        })
        .await
        .map(|answer| answer.map_or(Found::Empty, |answer| Found::There(answer, keep)));
    }
    let page = Page::at(&shared.atlas, &path).ok_or_else(|| nothing(&path))?;
    let place = page.path(&shared.atlas);
    if place != path {
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        return Ok(Found::Elsewhere(format!("/{place}{query}")));
    }
    made(shared, &format!("/{place}"), move |shared| page.html(&shared.atlas).map(Some))
        .await
        .map(|answer| answer.map_or(Found::Empty, |answer| Found::There(answer, Keep::Asking)))
}

/// Something under `api/v1/`.
async fn resource(shared: &Arc<Shared>, path: &str, query: &str, headers: &HeaderMap) -> Result<Found> {
    let pairs = pairs(query)?;
    let there = |answer: Option<Arc<Answer>>| {
        answer.map_or(Found::Empty, |answer| Found::There(answer, Keep::Asking))
    };
    if let Some(place) = live::comparison(&shared.atlas, path) {
        let answer = live::compare(shared, place, pairs).await?;
        return Ok(there(Some(answer)));
    }
    let address = address::parse(&shared.atlas, path, preferred(headers))?;
    if pairs.is_empty() {
        let key = format!("api/v1/{}", address.path(&shared.atlas));
        return made(shared, &key, move |shared| render(&shared.atlas, &address)).await.map(there);
    }
    let Address::Of(place, Part::Table(table, format)) = address else {
        let (name, _) = &pairs[0];
        return Err(unknown("this address takes no parameter", name, [])
            .hint("leave the query away; only tables take one"));
    };
    let path = format!("/api/v1/{}", address.path(&shared.atlas));
    live::queried(shared, (place, table, format), pairs, path).await.map(|answer| there(Some(answer)))
}

/// A kept answer, or one made now on a thread of its own.
async fn made(
    shared: &Arc<Shared>,
    key: &str,
    make: impl FnOnce(&Shared) -> Result<Option<Body>> + Send + 'static,
) -> Result<Option<Arc<Answer>>> {
    shared
        .kept
        .get(key, async || {
            blocking(shared, move |shared| Ok(make(shared)?.map(|body| Arc::new(Answer::new(&body, None)))))
                .await
        })
        .await
}

/// Does work that takes a thread, when one is free.
pub(super) async fn blocking<T: Send + 'static>(
    shared: &Arc<Shared>,
    work: impl FnOnce(&Shared) -> Result<T> + Send + 'static,
) -> Result<T> {
    let defect = |why: String| Fault::new(Code::Internal, "an answer could not be made").because(why);
    let turn = Arc::clone(&shared.making).acquire_owned().await.map_err(|error| defect(error.to_string()))?;
    let shared = Arc::clone(shared);
    let work = tokio::task::spawn_blocking(move || {
        // The turn is over when the work is, not when its reader went away.
        let _turn = turn;
        work(&shared)
    });
    work.await.map_err(|error| defect(error.to_string()))?
}

fn send(answer: &Answer, keep: Keep, headers: &HeaderMap, head: bool) -> Response {
    let gzip = answer.gzip.as_ref().filter(|_| takes_gzip(headers));
    let tag = if gzip.is_some() { &answer.gzip_tag } else { &answer.tag };
    let known = headers.get(IF_NONE_MATCH).is_some_and(|known| matches(known, tag));
    let bytes = gzip.unwrap_or(&answer.plain);
    let mut response = Response::new(match () {
        () if known || head => HttpBody::empty(),
        () => HttpBody::from(bytes.clone()),
    });
    let of = response.headers_mut();
    of.insert(ETAG, tag.clone());
    of.insert(VARY, HeaderValue::from_static("Accept, Accept-Encoding"));
    of.insert(
        CACHE_CONTROL,
        HeaderValue::from_static(match keep {
            Keep::Asking => "no-cache",
            Keep::ForGood => "public, max-age=31536000, immutable",
        }),
    );
    if let Some(links) = &answer.links {
        of.insert(LINK, links.clone());
    }
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    of.insert(CONTENT_TYPE, answer.media.clone());
    of.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    if gzip.is_some() {
        of.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

/// Whether a list of tags holds this one.
fn matches(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    known
        .split(',')
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|weight| weight.parse() == Ok(0.0));
        name.trim() == "gzip" && !refused
    })
}

/// The format that a reader asks for by media type: the first that is known; JSON otherwise.
fn preferred(headers: &HeaderMap) -> Format {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut wanted = accepted
        .flat_map(|value| value.split(','))
        .map(|media| media.split(';').next().unwrap_or_default().trim());
    let of =
        |media: &str| Format::ALL.into_iter().find(|format| format.media().split(';').next() == Some(media));
    wanted.find_map(of).unwrap_or(Format::Json)
}

/// Pairs of a query, decoded.
///
/// # Errors
/// D0828 where they are no text.
pub(super) fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let text = |text: &str| decoded(&text.replace('+', " ")).map(Cow::into_owned);
            text(name).zip(text(value)).ok_or_else(|| {
                Fault::new(Code::AtlasQuery, "the query is not UTF-8")
                    .hint("escape other characters as %XX of their UTF-8 bytes")
            })
        })
        .collect()
}

/// A text with its `%XX` resolved; `None` where that is not UTF-8.
fn decoded(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first == b'%' {
            let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = rest.get(2..)?;
        } else {
            bytes.push(first);
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}
