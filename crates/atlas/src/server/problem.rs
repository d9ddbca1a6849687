//! An error as JSON.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
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
    /// Seconds after which the same may be asked again.
    after: Option<i64>,
}

impl Refused {
    pub(super) fn with(status: StatusCode, fault: Box<Fault>) -> Self {
        Self { fault, status, after: None }
    }

    /// Says after how many seconds the same may be asked again.
    pub(super) fn after(self, seconds: i64) -> Self {
        Self { after: Some(seconds), ..self }
    }

    /// What is told.
    pub(super) fn told(&self) -> (StatusCode, &Fault) {
        (self.status, &self.fault)
    }

    /// Whether it is of this kind.
    pub(super) fn is(&self, code: Code) -> bool {
        self.fault.code == code
    }
}

impl From<Box<Fault>> for Refused {
    fn from(fault: Box<Fault>) -> Self {
        let status = match (fault.code, fault.code.entry().class) {
            (Code::AtlasNothingThere | Code::ToursWithoutStore | Code::StoreNothing | Code::ShareGone, _) => {
                StatusCode::NOT_FOUND
            }
            (Code::AtlasBusy | Code::StoreBusy, _) => StatusCode::SERVICE_UNAVAILABLE,
            (Code::StoreConflict, _) => StatusCode::CONFLICT,
            (Code::NoAreas | Code::TourUnplannable | Code::WaysPair, _) => StatusCode::UNPROCESSABLE_ENTITY,
            (Code::StoreDamaged | Code::StoreNewer | Code::StoreUnopened | Code::StoreTraces, _) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            (_, ExitClass::Internal) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        Self { fault, status, after: None }
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
        let kind = [(CONTENT_TYPE, "application/problem+json"), (CACHE_CONTROL, "no-store")];
        let mut response = (self.status, kind, body).into_response();
        if let Some(after) = self.after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(after));
        }
        response
    }
}
