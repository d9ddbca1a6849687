//! Who asks, and whether they may.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, HOST, HeaderName, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use distretto_desk::store::{Role, Session, Token};
use distretto_study::fault::{Code, Fault};

use super::Desk;
use super::attempts::Peer;
use crate::server::Shared;
use crate::server::problem::Refused;

/// Name of the cookie that holds a session within this machine.
pub(super) const COOKIE_NAME: &str = "distretto_session";

/// Its name everywhere else: browsers take such a cookie from this very server only, and over HTTPS.
pub(super) const SECURE_COOKIE_NAME: &str = "__Host-distretto_session";

const TOKEN: HeaderName = HeaderName::from_static("x-distretto-token");
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Somebody who is logged in, and whose request comes from these pages.
#[derive(Debug)]
pub(super) struct Visitor {
    pub(super) session: Session,
    pub(super) token: Token,
}

/// The same who may change things, and has not changed too many in this minute.
#[derive(Debug)]
pub(super) struct Planner {
    pub(super) user: String,
}

impl FromRequestParts<Arc<Shared>> for Visitor {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Refused> {
        let desk = shared.desk()?;
        let token = cookie(&parts.headers).ok_or_else(login_needed)?;
        let session = desk.store().session(&token, desk.now()).await?.ok_or_else(login_needed)?;
        if changes(&parts.method) {
            from_these_pages(&parts.headers)?;
            let sent = parts.headers.get(TOKEN).map(axum::http::HeaderValue::as_bytes);
            if !sent.is_some_and(|sent| same(sent, token.guard().as_bytes())) {
                return Err(strange("the header `X-Distretto-Token` is missing or not that of the session"));
            }
        }
        Ok(Self { session, token })
    }
}

impl FromRequestParts<Arc<Shared>> for Planner {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Refused> {
        let visitor = Visitor::from_request_parts(parts, shared).await?;
        visitor.planner()?;
        let desk = shared.desk()?;
        if changes(&parts.method) {
            let counted = desk.writes.count(&visitor.token.guard(), desk.now());
            counted.map_err(|wait| too_many("too many changes in a minute", wait))?;
        }
        Ok(Self { user: visitor.session.user })
    }
}

impl Visitor {
    /// Refuses who is no planner.
    pub(super) fn planner(&self) -> Result<(), Refused> {
        if self.session.role == Role::Planner {
            return Ok(());
        }
        let fault = Fault::new(Code::RoleLacking, "only planners may do this")
            .because(format!("`{}` is a viewer", self.session.user))
            .hint("ask a planner");
        Err(Refused::with(StatusCode::FORBIDDEN, fault))
    }
}

impl Shared {
    /// The desk.
    pub(super) fn desk(&self) -> Result<&Desk, Box<Fault>> {
        self.desk.as_ref().ok_or_else(|| Fault::new(Code::ToursWithoutStore, "this server has no tours"))
    }
}

fn changes(method: &Method) -> bool {
    method != Method::GET && method != Method::HEAD
}

/// The session that a request names.
pub(super) fn cookie(headers: &HeaderMap) -> Option<Token> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let pairs: Vec<(&str, &str)> = pairs.collect();
    let named = |wanted: &str| pairs.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
    let plain = || named(COOKIE_NAME).filter(|_| asks_this_machine(headers));
    named(SECURE_COOKIE_NAME).or_else(plain).and_then(Token::read)
}

/// Refuses a request that a page of another site has a browser make. Browsers say where a request comes from; a program that says nothing is no
/// browser.
pub(super) fn from_these_pages(headers: &HeaderMap) -> Result<(), Refused> {
    if let Some(site) = headers.get(FETCH_SITE) {
        return match site.as_bytes() {
            b"same-origin" | b"none" => Ok(()),
            _ => Err(strange("it was made by a page of another site")),
        };
    }
    let Some(origin) = headers.get(ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().unwrap_or_default();
    let from = origin.split_once("://").map(|(_, host)| host);
    let to = headers.get(HOST).and_then(|host| host.to_str().ok());
    match (from, to) {
        (Some(from), Some(to)) if from.eq_ignore_ascii_case(to) => Ok(()),
        _ => Err(strange("it was made by a page of another site")),
    }
}

/// Whether the line to the reader is open to others: plain HTTP, and not within this machine. Browsers say so when they change something.
pub(super) fn is_open_line(headers: &HeaderMap) -> bool {
    let origin = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    let plain = origin.and_then(|origin| origin.strip_prefix("http://"));
    plain.is_some_and(|host| !is_this_machine(host))
}

/// Whether a cookie may do without `Secure`: where the reader asks this machine by plain HTTP.
pub(super) fn within_this_machine(headers: &HeaderMap) -> bool {
    if let Some(origin) = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok()) {
        return origin.strip_prefix("http://").is_some_and(is_this_machine);
    }
    asks_this_machine(headers)
}

fn asks_this_machine(headers: &HeaderMap) -> bool {
    headers.get(HOST).and_then(|host| host.to_str().ok()).is_some_and(is_this_machine)
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

impl Desk {
    /// The address by which attempts of who asks are counted. `None` where that is not known: this machine, which may hand on what others ask, and a web server
    /// before this one that does not say for whom it asks.
    pub(super) fn counted(&self, parts: &Parts) -> Option<IpAddr> {
        let from = parts.extensions.get::<Peer>()?.0.to_canonical();
        if !self.is_proxy(from) {
            return Some(from).filter(|from| !from.is_loopback());
        }
        // The last entry is what that server has seen itself; all before it are hearsay.
        let said = parts.headers.get_all(FORWARDED_FOR).iter().next_back()?.to_str().ok()?;
        said.rsplit(',').next()?.trim().parse().ok().map(|from: IpAddr| from.to_canonical())
    }
}

/// Whether two secrets are the same, in a time that does not depend on where they differ.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

fn login_needed() -> Refused {
    let fault = Fault::new(Code::LoginNeeded, "not logged in")
        .because("there is no session, or it has ended")
        .hint("log in");
    Refused::with(StatusCode::UNAUTHORIZED, fault)
}

fn strange(why: &str) -> Refused {
    let fault = Fault::new(Code::StrangeRequest, "the request does not come from these pages")
        .because(why)
        .hint("load the page again");
    Refused::with(StatusCode::FORBIDDEN, fault)
}

pub(super) fn too_many(what: &str, wait: i64) -> Refused {
    let fault = Fault::new(Code::TooMany, what)
        .hint(format!("wait {wait} second{}", if wait == 1 { "" } else { "s" }));
    Refused::with(StatusCode::TOO_MANY_REQUESTS, fault).after(wait)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn this_machine_is_known_by_its_names() {
        for host in ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "127.8.9.1", "[::1]:8080", "[::1]"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["", "localhost.example.org", "192.0.2.1:8080", "[2001:db8::1]", "127.0.0.1.example.org"]
        {
            assert!(!is_this_machine(host), "{host}");
        }
    }

    #[test]
    fn only_these_pages_may_ask_for_changes() {
        let host = (HOST, "tours.example.org");
        let good = [
            headers(&[]),
            headers(&[(ORIGIN, "https://tours.example.org"), host.clone()]),
            headers(&[
                (FETCH_SITE, "same-origin"),
                (ORIGIN, "https://tours.example.org"),
                (HOST, "127.0.0.1:8080"),
            ]),
        ];
        assert!(good.iter().all(|headers| from_these_pages(headers).is_ok()));
        let bad = [
            headers(&[(ORIGIN, "https://evil.example.org"), host.clone()]),
            headers(&[(ORIGIN, "null"), host.clone()]),
            headers(&[(ORIGIN, "https://tours.example.org")]),
            headers(&[(FETCH_SITE, "cross-site"), (ORIGIN, "https://tours.example.org"), host.clone()]),
            headers(&[(FETCH_SITE, "same-site"), host]),
        ];
        assert!(bad.iter().all(|headers| from_these_pages(headers).is_err()));
    }

    #[test]
    fn the_session_is_found_among_cookies() {
        let secret = "ab".repeat(32);
        let found = |host: &str, text: &str| cookie(&headers(&[(HOST, host), (COOKIE, text)])).is_some();
        let here = "127.0.0.1:8080";
        assert!(found(here, &format!("a=b; distretto_session={secret}")));
        assert!(!found(here, &format!("xdistretto_session={secret}")));
        assert!(!found(here, "distretto_session=short"));
        // Another host of the same domain can set a cookie without the prefix.
        assert!(!found("tours.example.org", &format!("distretto_session={secret}")));
        for host in ["tours.example.org", here] {
            assert!(found(host, &format!("a=b; __Host-distretto_session={secret}")), "{host}");
        }
    }

    #[test]
    fn secrets_are_compared_whole() {
        assert!(same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd") && !same(b"abc", b"ab") && !same(b"", b"a"));
    }
}
