//! Reruns over HTTP: answered, limited.

use axum::Router;
use axum::http::StatusCode;
use distretto_atlas::atlas::Mode;
use distretto_atlas::server::{Limits, router};

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
    let none = post(&router, RERUN, "{\"min_size\": 1e7, \"target_size\": 1e8}").await;
    assert_eq!(
        (none.status, none.json()["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("D0721"))
    );
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
async fn without_a_study_there_is_no_rerun() {
    let made = Made::country();
    let router = router(made.atlas(Mode::Live), Limits::default());
    assert_eq!(post(&router, RERUN, "{}").await.status, StatusCode::NOT_FOUND);
}
