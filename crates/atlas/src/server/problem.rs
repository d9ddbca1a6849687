//! An error as JSON.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use distretto_study::fault::{Code, ExitClass, Fault};
use serde::Serialize;
use utoipa::ToSchema;

/// What an error answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Status of the answer.
    pub status: u16,
    /// Code in the catalogue of errors.
    pub code: String,
    /// What is wrong.
    pub what: String,
    /// Why; null where nothing more is to be said.
    pub why: Option<String>,
    /// What to do; null where nothing is known to help.
    pub hint: Option<String>,
}

/// A fault as an answer; with a status of its own where the code alone does not tell it.
#[derive(Debug)]
pub(super) struct Refused {
    fault: Box<Fault>,
    status: StatusCode,
}

impl Refused {
    pub(super) fn with(status: StatusCode, fault: Box<Fault>) -> Self {
        Self { fault, status }
    }
}

impl From<Box<Fault>> for Refused {
    fn from(fault: Box<Fault>) -> Self {
        let status = match (fault.code, fault.code.entry().class) {
            (Code::AtlasNothingThere, _) => StatusCode::NOT_FOUND,
            (Code::AtlasBusy, _) => StatusCode::SERVICE_UNAVAILABLE,
            (Code::NoAreas, _) => StatusCode::UNPROCESSABLE_ENTITY,
            (_, ExitClass::Internal) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        Self { fault, status }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Fault { code, what, why, help, .. } = *self.fault;
        let problem = Problem {
            status: self.status.as_u16(),
            code: code.entry().number.to_owned(),
            what,
            why,
            hint: help,
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        (self.status, [(CONTENT_TYPE, "application/problem+json"), (CACHE_CONTROL, "no-store")], body)
            .into_response()
    }
}
