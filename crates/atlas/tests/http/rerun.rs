//! Reruns over HTTP: answered, limited, ended when nobody waits.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use distretto_atlas::atlas::Mode;
use distretto_atlas::server::{Limits, router};
use tower::ServiceExt;

use crate::common::{Made, named, post};

const RERUN: &str = "/api/v1/editions/made/rerun";

fn live(made: &Made, limits: Limits) -> Router {
    router(made.atlas(Mode::Live).with_studies(&[named("made", &made.study())]).unwrap(), limits)
}

#[tokio::test]
async fn the_studys_own_parameters_change_nothing() {
    let made = Made::country();
    let router = live(&made, Limits::default());
    let answer = post(&router, RERUN, "{}").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json()["changed_zones"], serde_json::json!([]));
    let refused = post(&router, RERUN, "{\"min_siz\": 1}").await;
    assert_eq!((refused.status, refused.json()["code"].as_str()), (StatusCode::BAD_REQUEST, Some("D0828")));
    assert_eq!(post(&router, RERUN, "[1]").await.json()["code"], "D0828");
}

#[tokio::test]
async fn a_request_has_a_longest() {
    let made = Made::country();
    let router = live(&made, Limits::default());
    let answer = post(&router, RERUN, vec![b' '; (16 << 10) + 1]).await;
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, Some("D0828"))
    );
}

#[tokio::test]
async fn reruns_have_a_number() {
    let made = Made::country();
    let answer = post(&live(&made, Limits { reruns: 0, ..Limits::default() }), RERUN, "{}").await;
    assert_eq!(
        (answer.status, answer.json()["code"].as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, Some("D0830"))
    );
}

#[tokio::test]
async fn reruns_have_a_time() {
    let made = Made::country();
    let router = live(&made, Limits { rerun: Duration::ZERO, reruns: 50, ..Limits::default() });
    // A small country may be done before anybody looks at the clock: of many tries one is late.
    for _ in 0..50 {
        let answer = post(&router, RERUN, "{}").await;
        if answer.status == StatusCode::SERVICE_UNAVAILABLE {
            assert!(answer.json()["what"].as_str().unwrap().contains("took longer"));
            return;
        }
    }
    panic!("no rerun was ever late");
}

#[tokio::test]
async fn a_reader_who_goes_away_frees_the_turn() {
    let made = Made::country();
    let router = live(&made, Limits { reruns: 1, ..Limits::default() });
    let request = Request::post(RERUN).body(Body::from("{}")).unwrap();
    let gone = tokio::time::timeout(Duration::from_micros(1), router.clone().oneshot(request)).await;
    drop(gone);
    for _ in 0..200 {
        if post(&router, RERUN, "{}").await.status == StatusCode::OK {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the turn was never given back");
}

#[tokio::test]
async fn without_a_study_there_is_no_rerun() {
    let made = Made::country();
    let router = router(made.atlas(Mode::Live), Limits::default());
    assert_eq!(post(&router, RERUN, "{}").await.status, StatusCode::NOT_FOUND);
}
