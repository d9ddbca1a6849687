//! The body of a request.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::FromRequest;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use distretto_study::fault::{Code, Fault};
use serde::de::DeserializeOwned;

use crate::server::Shared;
use crate::server::problem::Refused;

/// Most bytes of what is short.
pub(super) const SHORT: usize = 64 << 10;

/// Most bytes of what holds a plan or rules.
pub(super) const LONG: usize = 1 << 20;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// A body in JSON of at most so many bytes.
#[derive(Debug)]
pub(super) struct Sent<T, const MOST: usize = SHORT>(pub(super) T);

impl<T: DeserializeOwned, const MOST: usize> FromRequest<Arc<Shared>> for Sent<T, MOST> {
    type Rejection = Refused;

    async fn from_request(request: Request<Body>, _: &Arc<Shared>) -> Result<Self, Refused> {
        let media = request.headers().get(CONTENT_TYPE).and_then(|media| media.to_str().ok());
        let media = media.and_then(|media| media.split(';').next()).unwrap_or_default();
        if !media.trim().eq_ignore_ascii_case("application/json") {
            let fault = Fault::new(Code::TourRequest, "the body is not said to be JSON")
                .hint("send it with `Content-Type: application/json`");
            return Err(Refused::with(StatusCode::UNSUPPORTED_MEDIA_TYPE, fault));
        }
        let body = tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), MOST)).await;
        let body = body.map_err(|_| {
            let fault = Fault::new(Code::TourRequest, "the request did not arrive in time")
                .because(format!("it may take {} seconds", PATIENCE.as_secs()));
            Refused::with(StatusCode::REQUEST_TIMEOUT, fault)
        })?;
        let bytes = body.map_err(|_| {
            let fault = Fault::new(Code::TourRequest, "the request is too long")
                .because(format!("it may have {MOST} bytes"));
            Refused::with(StatusCode::PAYLOAD_TOO_LARGE, fault)
        })?;
        let sent = serde_json::from_slice(&bytes).map_err(|error| {
            Fault::new(Code::TourRequest, "the body is not what this address takes")
                .because(error.to_string())
                .hint("`docs/tours-api.md` says what each address takes")
        })?;
        Ok(Self(sent))
    }
}

/// A request that cannot be carried out.
pub(super) fn refused(what: impl Into<String>) -> Box<Fault> {
    Fault::new(Code::TourRequest, what)
}

/// A change that the tour cannot say: a folder with it could not be read.
pub(super) fn contradiction(fault: Box<Fault>) -> Refused {
    Refused::with(StatusCode::UNPROCESSABLE_ENTITY, fault)
}
