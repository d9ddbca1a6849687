//! What HTTP asks of answers: tags, methods, compression, safety.

use std::io::Read;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use distretto_atlas::atlas::Mode;
use distretto_atlas::server::{Limits, openapi, router};
use flate2::read::GzDecoder;

use crate::common::{Made, ask, get};

const AREAS: &str = "/api/v1/editions/made/areas.json";

#[tokio::test]
async fn what_a_reader_has_is_not_sent_again() {
    let made = Made::country();
    let router = router(made.atlas(Mode::Live), Limits::default());
    let first = get(&router, AREAS).await;
    let again = Request::get(AREAS).header("if-none-match", format!("\"x\", {}", first.header("etag")));
    let again = ask(&router, again.body(Body::empty()).unwrap()).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.header("etag"), first.header("etag"));
    let other = Request::get(AREAS).header("if-none-match", "\"x\"").body(Body::empty()).unwrap();
    assert_eq!(ask(&router, other).await.bytes, first.bytes);
}

#[tokio::test]
async fn compressed_is_the_same_and_has_its_own_tag() {
    let made = Made::country();
    let router = router(made.atlas(Mode::Live), Limits::default());
    let plain = get(&router, AREAS).await;
    let asked =
        |coding: &str| Request::get(AREAS).header("accept-encoding", coding).body(Body::empty()).unwrap();
    let gzip = ask(&router, asked("br, gzip")).await;
    assert_eq!(gzip.header("content-encoding"), "gzip");
    assert_ne!(gzip.header("etag"), plain.header("etag"));
    let mut bytes = Vec::new();
    GzDecoder::new(gzip.bytes.as_ref()).read_to_end(&mut bytes).unwrap();
    assert!(bytes == plain.bytes && gzip.bytes.len() < bytes.len());
    assert_eq!(ask(&router, asked("gzip;q=0")).await.header("content-encoding"), "");
}

#[tokio::test]
async fn head_is_get_without_the_body_and_other_methods_are_refused() {
    let made = Made::country();
    let router = router(made.atlas(Mode::Live), Limits::default());
    let got = get(&router, AREAS).await;
    let head = ask(&router, Request::head(AREAS).body(Body::empty()).unwrap()).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    assert_eq!(head.header("content-length"), got.bytes.len().to_string());
    let delete = ask(&router, Request::delete(AREAS).body(Body::empty()).unwrap()).await;
    assert_eq!((delete.status, delete.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD"));
    let rerun = get(&router, "/api/v1/editions/made/rerun").await;
    assert_eq!((rerun.status, rerun.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "POST"));
}

#[tokio::test]
async fn every_answer_says_what_a_browser_may_do() {
    let made = Made::country();
    let router = router(made.atlas(Mode::Live), Limits::default());
    for path in
        ["/", "/made/", AREAS, "/nowhere", "/made", "/assets/index-1.js", "/api/v1/editions/made/rerun"]
    {
        let answer = get(&router, path).await;
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
    }
}

#[tokio::test]
async fn pages_stand_at_their_depth_and_files_for_good() {
    let made = Made::country();
    let router = router(made.atlas(Mode::Live), Limits::default());
    for (path, root) in [("/", "./"), ("/made/", "../"), ("/made/areas/", "../../")] {
        let page = get(&router, path).await.text();
        assert!(page.contains(&format!("data-root=\"{root}\"")), "{path}");
        assert!(page.contains(&format!("src=\"{root}assets/index-1.js\"")), "{path}");
    }
    let slashless = get(&router, "/made/map?lang=it").await;
    assert_eq!(slashless.header("location"), "/made/map/?lang=it");
    assert!(get(&router, "/assets/index-1.js").await.header("cache-control").contains("immutable"));
    assert_eq!(get(&router, "/index.html").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_description_names_what_it_describes() {
    let text = openapi::text("0");
    let api: serde_json::Value = serde_json::from_str(&text).unwrap();
    let schemas = api["components"]["schemas"].as_object().unwrap();
    for part in text.split("#/components/schemas/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
    assert!(api["paths"]["/api/v1/editions/{edition}/rerun"]["post"].is_object());
}
