//! The shell of the pages. It is the same for every tour and every reader: what there is to see comes from the API.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::Answered;
use crate::address::nothing;
use crate::pages;
use crate::server::Shared;

/// The shell, for any place under `tours/`.
pub(super) async fn shell(State(shared): State<Arc<Shared>>, uri: Uri) -> Answered {
    if shared.atlas.assets.is_none() {
        return Err(nothing(uri.path()).into());
    }
    let page = pages::tours(&shared.atlas, uri.path().strip_prefix('/').unwrap_or_default())?;
    Ok(([(CONTENT_TYPE, page.media)], page.bytes).into_response())
}

/// Leads to the address with its slash.
pub(super) async fn with_slash() -> Response {
    (StatusCode::PERMANENT_REDIRECT, [(LOCATION, "/tours/")]).into_response()
}
