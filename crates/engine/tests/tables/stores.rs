//! Sources on stores: S3 and HTTP, both on loopback.

use std::net::SocketAddr;
use std::path::Path;

use distretto_engine::source::Source;
use distretto_engine::{Kind, Order};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;

use super::made::Place;
use super::server::serve;

const KEY: &str = "distretto";
const SECRET: &str = "not a secret";

/// An S3 server over a folder, whose subfolders are buckets; it ends with the process.
fn s3(folder: &Path) -> SocketAddr {
    let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder).unwrap());
    service.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let service = service.build();
    serve(move |stream| {
        let service = service.clone();
        async move {
            let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
        }
    })
}

/// A file server over a folder.
fn http(folder: &Path) -> SocketAddr {
    let files = hyper_util::service::TowerToHyperService::new(tower_http::services::ServeDir::new(folder));
    serve(move |stream| {
        let files = files.clone();
        async move {
            let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), files).await;
        }
    })
}

fn on_store(place: &mut Place, url: &str) {
    place.sources = vec![Source { name: "t".into(), paths: vec![url.into()], ..Source::default() }];
}

fn with_keys(place: &mut Place, server: SocketAddr, secret: &str) {
    let setting = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    place.options.stores = vec![
        setting("AWS_ENDPOINT_URL", &format!("http://{server}")),
        setting("AWS_ALLOW_HTTP", "true"),
        setting("AWS_ACCESS_KEY_ID", KEY),
        setting("AWS_SECRET_ACCESS_KEY", secret),
        setting("AWS_REGION", "us-east-1"),
    ];
}

const SUM: &str = "SELECT zone, sum(CAST(n AS BIGINT)) AS n FROM t GROUP BY zone";

#[test]
fn files_on_s3_are_a_source() {
    let mut place = Place::new()
        .with("bucket/trips/day=1/a.csv", "zone,n\nA,1\nB,2\n")
        .with("bucket/trips/day=2/b.csv", "zone,n\nA,4\n")
        .with("bucket/trips/day=2/_temporary/c.csv", "zone,n\nA,8\n")
        .with("bucket/mixed/a.csv", "zone,n\nA,1\n")
        .with("bucket/mixed/b.csv", "n,zone\n1,A\n");
    let server = s3(place.folder.path());
    with_keys(&mut place, server, SECRET);
    on_store(&mut place, "s3://bucket/trips/");
    assert_eq!(place.query(SUM), ["A 5", "B 2"]);
    assert_eq!(place.query("SELECT day, count(*) AS n FROM t GROUP BY day"), ["1 2", "2 1"]);
    let files = place.engine().files(&Order::Query(SUM.into())).unwrap();
    assert_eq!(files.len(), 2);
    assert!(!files[0].local && files[0].location == "s3://bucket/trips/day=1/a.csv", "{files:?}");
    on_store(&mut place, "s3://bucket/mixed/");
    let mixed = place.fault(&Order::Query(SUM.into()));
    assert_eq!(mixed.place.as_deref(), Some("s3://bucket/mixed/b.csv"));
    on_store(&mut place, "s3://bucket/nothing/");
    let nothing = place.fault(&Order::Query(SUM.into()));
    assert_eq!((nothing.kind, nothing.what.as_str()), (Kind::Source, "there are no files"));
}

#[test]
fn a_store_that_refuses_is_told() {
    let mut place = Place::new().with("bucket/a.csv", "zone,n\nA,1\n");
    let server = s3(place.folder.path());
    with_keys(&mut place, server, "wrong");
    on_store(&mut place, "s3://bucket/a.csv");
    let refused = place.fault(&Order::Query(SUM.into()));
    assert_eq!(refused.kind, Kind::Source);
    assert_eq!(refused.place.as_deref(), Some("s3://bucket/a.csv"));
}

#[test]
fn files_on_a_web_server_are_a_source() {
    let mut place = Place::new().with("a.csv", "zone,n\nA,1\nA,2\n");
    let server = http(place.folder.path());
    on_store(&mut place, &format!("http://{server}/a.csv"));
    assert_eq!(place.query(SUM), ["A 3"]);
    on_store(&mut place, &format!("http://{server}/absent.csv"));
    assert_eq!(place.fault(&Order::Query(SUM.into())).kind, Kind::Source);
}
