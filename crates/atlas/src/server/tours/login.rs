//! Sessions.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use distretto_desk::store::{LONGEST, Session, Token, User, can_be_user};
use distretto_study::fault::{Code, Fault, Result};

use super::documents::{Login, SessionDoc, UserDoc};
use super::sent::Sent;
use super::visitor::{
    COOKIE_NAME, SECURE_COOKIE_NAME, Visitor, cookie, from_these_pages, is_open_line, too_many,
    within_this_machine,
};
use super::{Answered, Desk, json};
use crate::server::Shared;
use crate::server::problem::Refused;

/// Who is logged in; nobody is an answer too.
pub(super) async fn now(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Answered {
    let desk = shared.desk()?;
    let Some(token) = cookie(&headers) else { return json(&SessionDoc::default()) };
    match desk.store().session(&token, desk.now()).await? {
        Some(session) => json(&document(&session, &token)),
        None => json(&SessionDoc::default()),
    }
}

/// Logs somebody in. Every attempt counts as a failure until it has succeeded.
pub(super) async fn begin(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Answered {
    let desk = shared.desk()?;
    let (parts, body) = request.into_parts();
    from_these_pages(&parts.headers)?;
    if is_open_line(&parts.headers) {
        let fault = Fault::new(Code::LoginInsecure, "no login over an open line")
            .because("the page was reached over plain HTTP from another machine: anybody on the way could read the password")
            .hint("put a web server with HTTPS before this one, or open the page on the machine itself");
        return Err(Refused::with(StatusCode::FORBIDDEN, fault));
    }
    let (from, old) = (desk.counted(&parts), cookie(&parts.headers));
    let secure = !within_this_machine(&parts.headers);
    let Sent(login) = Sent::<Login>::from_request(Request::from_parts(parts, body), &shared).await?;
    if !can_be_user(&login.name) {
        // What the store would read as another name must not be counted as a name of its own.
        return Err(wrong());
    }
    let attempt = desk.attempts.begin(&login.name, from, desk.now());
    let attempt = attempt.map_err(|wait| too_many("too many attempts to log in", wait))?;
    let user = authenticated(desk, login).await?.ok_or_else(wrong)?;
    desk.attempts.succeeded(attempt);
    if let Some(old) = old {
        desk.store().end_session(&old).await?;
    }
    let token = desk.store().begin_session(&user.name, desk.now()).await?;
    let session = desk.store().session(&token, desk.now()).await?;
    let session = session
        .ok_or_else(|| Fault::new(Code::StoreBusy, "the session could not begin").hint("try again"))?;
    with_cookie(json(&document(&session, &token))?, token.secret(), LONGEST, secure)
}

/// Looks at a password when its turn is. The turn is over when that is done, not when who asked went away.
async fn authenticated(desk: &Desk, login: Login) -> Result<Option<User>> {
    let (store, turn) = (desk.store().clone(), desk.login_turn().await?);
    let work = tokio::spawn(async move {
        let user = store.authenticate(&login.name, &login.password).await;
        drop(turn);
        user
    });
    work.await.map_err(|error| Fault::new(Code::Internal, "a login broke off").because(error.to_string()))?
}

fn wrong() -> Refused {
    let fault = Fault::new(Code::LoginWrong, "wrong name or password").hint("try again");
    Refused::with(StatusCode::UNAUTHORIZED, fault)
}

/// Logs somebody out; who is not logged in stays so.
pub(super) async fn end(State(shared): State<Arc<Shared>>, request: Request<Body>) -> Answered {
    let desk = shared.desk()?;
    let (mut parts, _) = request.into_parts();
    let secure = !within_this_machine(&parts.headers);
    if cookie(&parts.headers).is_some() {
        match Visitor::from_request_parts(&mut parts, &shared).await {
            Ok(visitor) => desk.store().end_session(&visitor.token).await?,
            Err(refused) if refused.is(Code::LoginNeeded) => {}
            Err(refused) => return Err(refused),
        }
    }
    with_cookie(StatusCode::NO_CONTENT.into_response(), "", 0, secure)
}

fn document(session: &Session, token: &Token) -> SessionDoc {
    SessionDoc {
        user: Some(UserDoc { name: session.user.clone(), role: session.role.word().to_owned() }),
        token: Some(token.guard()),
        expires: Some(session.expires),
    }
}

fn with_cookie(mut response: Response, secret: &str, seconds: i64, secure: bool) -> Answered {
    let (name, secure) = if secure { (SECURE_COOKIE_NAME, "; Secure") } else { (COOKIE_NAME, "") };
    let text = format!("{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}");
    let mut cookie = HeaderValue::try_from(text).map_err(|error| {
        Fault::new(Code::Internal, "a session could not be told").because(error.to_string())
    })?;
    cookie.set_sensitive(true);
    response.headers_mut().insert(SET_COOKIE, cookie);
    Ok(response)
}
