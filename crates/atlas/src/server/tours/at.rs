//! The parts of an address.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::address::nothing;
use crate::server::Shared;
use crate::server::problem::Refused;

/// What stands in the places of an address that may vary.
#[derive(Debug)]
pub(super) struct At<T>(pub(super) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Arc<Shared>> for At<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Refused> {
        match Path::<T>::from_request_parts(parts, shared).await {
            Ok(Path(at)) => Ok(Self(at)),
            Err(_) => Err(nothing(parts.uri.path()).into()),
        }
    }
}
