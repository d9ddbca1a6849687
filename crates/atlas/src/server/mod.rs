//! The atlas over HTTP.
//!
//! Everything is read when the server starts; an answer is made when it is first asked for and kept, compressed, as long as
//! there is room. What has no query and is kept costs a look into a map.
//!
//! | module | concept |
//! |---|---|
//! | `answer` | a request's answer: negotiation, `ETag`, compression |
//! | `kept` | answers that were made |
//! | `live` | what only a server has: queries, areas side by side |
//! | `rerun` | the country again, for one reader |
//! | `problem` | an error as JSON |
//! | `headers` | what every answer says of itself |
//! | `connections` | how many, and how slow they may be |
//! | [`tours`] | tours: who may see and change them, plans |
//! | [`openapi`] | what can be asked, as OpenAPI |

mod answer;
mod connections;
mod headers;
mod kept;
mod live;
pub mod openapi;
mod problem;
mod rerun;
pub mod tours;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use axum::middleware::map_response;
use axum::routing::post;
use distretto_study::fault::{Code, Fault, Result};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::atlas::Atlas;
use kept::Kept;
use tours::Desk;

/// What a server allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Reruns at once.
    pub reruns: usize,
    /// How long a rerun may take.
    pub rerun: Duration,
    /// Bytes of answers that are kept.
    pub kept: usize,
    /// Plans of tours that are looked for at once.
    pub solves: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { reruns: 2, rerun: Duration::from_secs(20), kept: 256 << 20, solves: 2 }
    }
}

/// What handlers share.
#[derive(Debug)]
struct Shared {
    atlas: Atlas,
    limits: Limits,
    kept: Kept,
    /// Answers that may be made at once: each takes a thread.
    making: Arc<Semaphore>,
    reruns: Arc<Semaphore>,
    /// Tours, where there is a store.
    desk: Option<Desk>,
}

/// The routes of an atlas. Cost: nothing is made before it is asked for.
pub fn router(atlas: Atlas, limits: Limits) -> Router {
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let desk = atlas.tours.clone().map(|tours| Desk::new(tours, limits.solves));
    let tours = tours::routes(desk.is_some());
    let shared = Shared {
        atlas,
        limits,
        kept: Kept::new(limits.kept),
        making: Arc::new(Semaphore::new(threads)),
        reruns: Arc::new(Semaphore::new(limits.reruns)),
        desk,
    };
    Router::new()
        .route(
            "/api/v1/editions/{edition}/rerun",
            post(rerun::rerun).fallback(async |request: Request<Body>| answer::not_taken(&request, "POST")),
        )
        .merge(tours)
        .fallback(answer::answer)
        .layer(map_response(headers::add))
        .with_state(Arc::new(shared))
}

/// Listens at an address of this machine.
///
/// # Errors
/// D0825 where it cannot be had.
pub async fn listen(host: &str, port: u16) -> Result<(TcpListener, SocketAddr)> {
    let taken = |error: std::io::Error| {
        Fault::new(Code::AddressTaken, format!("the server cannot listen at {host}, port {port}"))
            .because(error.to_string())
            .hint("where another program listens there, stop it or choose another port with `--port`; `--host` is an address of this machine")
    };
    let listener = TcpListener::bind((host, port)).await.map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    Ok((listener, address))
}

/// The warning that others can reach the server, where they can.
pub fn reachable(address: SocketAddr) -> Option<Box<Fault>> {
    (!address.ip().is_loopback()).then(|| {
        Fault::new(Code::ListensToAll, format!("other machines can reach this server at {address}"))
            .because("it shows all that is in the editions to everyone who asks")
            .hint("leave `--host` away, or put a web server with access control before it")
    })
}

/// Serves an atlas until Ctrl-C; `ready` hears where it listens, and the warning where others can reach it.
///
/// # Errors
/// D0825 where the address cannot be had.
pub fn run(
    atlas: Atlas,
    limits: Limits,
    host: &str,
    port: u16,
    ready: impl FnOnce(SocketAddr, Option<Box<Fault>>),
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let served = runtime.block_on(async {
        let (listener, address) = listen(host, port).await?;
        ready(address, reachable(address));
        let stop = async {
            let _ = tokio::signal::ctrl_c().await;
        };
        connections::serve(listener, router(atlas, limits), stop).await;
        Ok(())
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}
