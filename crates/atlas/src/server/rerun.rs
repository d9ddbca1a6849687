//! The country again, with other parameters, for one reader.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::{Body as HttpBody, to_bytes};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use distretto_study::fault::{Code, Fault};

use super::Shared;
use super::problem::Refused;
use crate::address::nothing;
use crate::body::Body;
use crate::rerun::RerunRequest;

/// Most bytes of a request.
const LONGEST: usize = 16 << 10;

/// Runs an edition again. The search ends when it takes too long, and when nobody waits for it any more.
pub(super) async fn rerun(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    request: Request<HttpBody>,
) -> Response {
    match answer(shared, &name, request).await {
        Ok(body) => ([(CONTENT_TYPE, body.media), (CACHE_CONTROL, "no-store")], body.bytes).into_response(),
        Err(refused) => refused.into_response(),
    }
}

/// Raises the flag when it goes out of scope: at the end, and when the reader's connection is gone.
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

async fn answer(shared: Arc<Shared>, name: &str, request: Request<HttpBody>) -> Result<Body, Refused> {
    let place = shared.atlas.position(name).filter(|place| shared.atlas.editions[*place].live.is_some());
    let place = place.ok_or_else(|| {
        nothing(&format!("editions/{name}/rerun"))
            .because("the server was started without the study of this edition")
    })?;
    let bytes = to_bytes(request.into_body(), LONGEST).await.map_err(|_| {
        let fault = Fault::new(Code::AtlasQuery, "the request is too long")
            .because(format!("it may have {LONGEST} bytes"));
        Refused::with(StatusCode::PAYLOAD_TOO_LARGE, fault)
    })?;
    let wanted: RerunRequest = serde_json::from_slice(&bytes).map_err(|error| {
        Fault::new(Code::AtlasQuery, "the request is not an object of numbers")
            .because(error.to_string())
            .hint("as in `{\"min_size\": 5000}`; the edition lists the names under `sliders`")
    })?;
    let busy = || {
        Fault::new(Code::AtlasBusy, "as many reruns as the server allows are under way")
            .hint("ask again in a moment")
    };
    let turn = Arc::clone(&shared.reruns).try_acquire_owned().map_err(|_| busy())?;
    let stop = StopOnDrop(Arc::new(AtomicBool::new(false)));
    let flag = Arc::clone(&stop.0);
    let limit = shared.limits.rerun;
    let work = tokio::task::spawn_blocking(move || {
        // The turn is over when the work is, not when its reader went away.
        let _turn = turn;
        let live = shared.atlas.editions.get(place).and_then(|offered| offered.live.as_ref());
        let rerun = live.ok_or_else(|| nothing("rerun"))?.rerun(&wanted, &flag)?;
        Body::json(&rerun)
    });
    let done = tokio::time::timeout(limit, work).await.map_err(|_| {
        Fault::new(
            Code::AtlasBusy,
            format!("the rerun took longer than the {} seconds it may", limit.as_secs()),
        )
        .hint("whoever runs the server can allow more with `--rerun-seconds`")
    })?;
    drop(stop);
    Ok(done.map_err(|error| Fault::new(Code::Internal, "the rerun broke off").because(error.to_string()))??)
}
