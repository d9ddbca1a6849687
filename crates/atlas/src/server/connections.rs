//! Connections: each may be slow, none for ever, and not any number of them.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt;

use super::tours::Peer;

/// Connections at once; more wait until one is free.
const MOST: usize = 1024;

/// How long a reader may take to send the head of a request, and to send none.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long answers under way may take once the server is to end.
const FAREWELL: Duration = Duration::from_secs(5);

/// Answers until `stop` is over; then lets answers that are under way end, but not for ever.
pub(super) async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let room = Arc::new(Semaphore::new(MOST));
    let farewell = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let room = Arc::clone(&room).acquire_owned().await.ok();
            (listener.accept().await, room)
        };
        let (accepted, room) = tokio::select! {
            () = &mut stop => break,
            next = next => next,
        };
        let Ok((stream, peer)) = accepted else {
            // No file is free, or the reader is gone already: a moment later it may be otherwise.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = router.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer.ip()));
            request
        });
        let service = TowerToHyperService::new(service);
        let mut protocol = http1::Builder::new();
        protocol.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
        let connection = farewell.watch(protocol.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A reader that goes away is no fault of anybody.
            let _ = connection.await;
            drop(room);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(FAREWELL, farewell.shutdown()).await;
}

#[cfg(test)]
mod tests {
    use axum::Extension;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;

    #[tokio::test]
    async fn a_request_tells_where_it_comes_from() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router =
            Router::new().route("/", get(async |Extension(peer): Extension<Peer>| peer.0.to_string()));
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let server = tokio::spawn(serve(listener, router, async {
            let _ = stopped.await;
        }));
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.ends_with("127.0.0.1"), "{answer}");
        stop.send(()).unwrap();
        server.await.unwrap();
    }
}
