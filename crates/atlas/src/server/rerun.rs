//! The country again, with other parameters, for one reader.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::{Body as HttpBody, to_bytes};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use distretto_study::fault::{Code, Fault, Result};

use super::Shared;
use super::problem::Refused;
use crate::address::nothing;
use crate::body::Body;
use crate::rerun::RerunRequest;

/// Most bytes of a request.
const LONGEST: usize = 16 << 10;

/// How long a request may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

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
pub(super) struct StopOnDrop(pub(super) Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

async fn answer(
    shared: Arc<Shared>,
    name: &str,
    request: Request<HttpBody>,
) -> std::result::Result<Body, Refused> {
    let place = shared.atlas.position(name).filter(|place| shared.atlas.editions[*place].live.is_some());
    let place = place.ok_or_else(|| {
        nothing(&format!("editions/{name}/rerun"))
            .because("the server was started without the study of this edition")
    })?;
    let body = to_bytes(request.into_body(), LONGEST);
    let bytes = tokio::time::timeout(PATIENCE, body).await.map_err(|_| {
        let fault = Fault::new(Code::AtlasQuery, "the request did not arrive in time")
            .because(format!("it may take {} seconds", PATIENCE.as_secs()));
        Refused::with(StatusCode::REQUEST_TIMEOUT, fault)
    })?;
    let bytes = bytes.map_err(|_| {
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
    within(shared.limits.rerun, move |stop| {
        // The turn is over when the work is, not when its reader went away.
        let _turn = turn;
        let live = shared.atlas.editions.get(place).and_then(|offered| offered.live.as_ref());
        Body::json(&live.ok_or_else(|| nothing("rerun"))?.rerun(&wanted, stop)?)
    })
    .await
    .map_err(Refused::from)
}

/// Does work on a thread of its own. The flag it gets is raised once it has taken longer than `limit`, and once nobody waits for
/// it any more.
async fn within<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce(&AtomicBool) -> Result<T> + Send + 'static,
) -> Result<T> {
    let stop = StopOnDrop(Arc::new(AtomicBool::new(false)));
    let flag = Arc::clone(&stop.0);
    let work = tokio::task::spawn_blocking(move || work(&flag));
    let done = tokio::time::timeout(limit, work).await.map_err(|_| {
        Fault::new(
            Code::AtlasBusy,
            format!("the rerun took longer than the {} seconds it may", limit.as_secs()),
        )
        .hint("whoever runs the server can allow more with `--rerun-seconds`")
    })?;
    done.map_err(|error| Fault::new(Code::Internal, "the rerun broke off").because(error.to_string()))?
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// Work that ends only when it is told to, and tells that it was.
    fn endless(began: mpsc::Sender<()>, ended: mpsc::Sender<()>) -> impl FnOnce(&AtomicBool) -> Result<()> {
        move |stop| {
            let _ = began.send(());
            while !stop.load(Ordering::Relaxed) {
                std::thread::yield_now();
            }
            let _ = ended.send(());
            Ok(())
        }
    }

    #[tokio::test]
    async fn work_that_takes_too_long_is_ended_and_told() {
        let (began, ended) = (mpsc::channel(), mpsc::channel());
        let fault = within(Duration::ZERO, endless(began.0, ended.0)).await.unwrap_err();
        assert_eq!(fault.code, Code::AtlasBusy);
        assert!(fault.what.contains("took longer"));
        ended.1.recv_timeout(Duration::from_secs(10)).unwrap();
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn work_that_nobody_waits_for_is_ended() {
        let (began, ended) = (mpsc::channel(), mpsc::channel());
        let reader = tokio::spawn(within(Duration::from_hours(1), endless(began.0, ended.0)));
        began.1.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(ended.1.try_recv().is_err());
        reader.abort();
        ended.1.recv_timeout(Duration::from_secs(10)).unwrap();
    }
}
