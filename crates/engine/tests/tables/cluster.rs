//! A scheduler of another version, on loopback.

use std::convert::Infallible;
use std::net::SocketAddr;

use distretto_engine::{Kind, Order, Place as Where};
use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::{HeaderMap, Request, Response, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;

use super::made::Place;
use super::server::serve;

/// What answers every call of a Ballista client as a scheduler of this version does, and has nothing more to say; without a version,
/// as those before 55 do.
fn scheduler(version: Option<&'static str>) -> SocketAddr {
    let answer = move |_: Request<Incoming>| async move {
        let done = HeaderMap::from_iter([("grpc-status".parse().unwrap(), "0".parse().unwrap())]);
        let body = Empty::<Bytes>::new().with_trailers(async { Some(Ok::<_, Infallible>(done)) });
        let mut response = Response::new(body);
        response.headers_mut().insert("content-type", "application/grpc".parse().unwrap());
        if let Some(version) = version {
            response.headers_mut().insert("ballista-version", version.parse().unwrap());
        }
        Ok::<_, Infallible>(response)
    };
    serve(move |stream| async move {
        let _ = Builder::new(TokioExecutor::new())
            .serve_connection(TokioIo::new(stream), service_fn(answer))
            .await;
    })
}

#[test]
fn a_scheduler_of_another_version_is_refused_and_nothing_is_written() {
    for version in [Some("54.1.0"), Some("56.0.0"), None] {
        let mut place = Place::new().with("t.csv", "zone,n\nA,1\n");
        let address = scheduler(version);
        place.options.place = Where::Cluster { host: address.ip().to_string(), port: address.port() };
        let fault = place.fault(&Order::Query("SELECT zone, n FROM t".into()));
        assert_eq!(
            (fault.kind, fault.what.as_str()),
            (Kind::Cluster, "scheduler and client do not fit together"),
            "{version:?}"
        );
        assert!(fault.help.unwrap().contains("same version"));
        assert!(fault.why.unwrap().contains(version.unwrap_or("older")), "both versions are named");
        assert!(!place.folder.path().join("made").exists());
    }
}
