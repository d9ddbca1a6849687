//! Links that show a plan.

use axum::body::Body;
use axum::http::Method;
use axum::http::header::ACCEPT;
use serde_json::json;

use crate::common::ask;
use crate::desk::{Desk, Reader, code, request};

const TOUR: &str = "/api/v1/tours/brindisi";

#[tokio::test]
async fn a_link_shows_its_plan_to_anybody_until_it_ends() {
    let desk = Desk::open().await;
    let (anna, nobody) = (desk.planner().await, Reader::default());
    desk.first_plan(&anna).await;
    let made = desk.post(&anna, &format!("{TOUR}/shares"), &json!({ "plan": "first", "days": 2 })).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let share = made.json();
    let token = share["token"].as_str().unwrap();
    let (page, api) = (share["address"].as_str().unwrap().to_owned(), format!("/api/v1/shares/{token}"));
    let book = desk.get(&nobody, &page).await;
    assert_eq!(book.status, 200, "{}", book.text());
    assert!(book.header("content-type").starts_with("text/html"));
    assert!(
        book.header("content-security-policy").starts_with("default-src 'none'; style-src 'unsafe-inline'")
    );
    assert!(book.text().contains("Puglia") && !book.text().contains("<script"));
    assert_ne!(book.text(), desk.get(&nobody, &format!("{page}?lang=it")).await.text());
    assert_eq!(desk.get(&nobody, &format!("{page}?lang=xx")).await.status, 400);
    let shown = desk.get(&nobody, &api).await.json();
    assert_eq!((&shown["title"], &shown["time_zone"]), (&json!("Puglia"), &json!("Europe/Rome")));
    assert!(shown.get("tour").is_none() && shown.get("delegation").is_none());
    // It shows what the plan holds and no other host.
    let planned: Vec<_> = shown["plan"]["days"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|day| day["stops"].as_array().unwrap())
        .collect();
    assert_eq!(shown["hosts"].as_array().unwrap().len(), planned.len());
    let listed = desk.get(&anna, &format!("{TOUR}/shares")).await;
    assert!(!listed.text().contains(token), "the secret is told once");
    assert_eq!(listed.json()["shares"][0]["revoked"], false);
    desk.later(2 * 86_400 - 1);
    assert_eq!(desk.get(&nobody, &api).await.status, 200);
    desk.later(1);
    for path in [&page, &api] {
        let gone = desk.get(&nobody, path).await;
        assert_eq!((gone.status.as_u16(), code(&gone).as_str()), (404, "D1076"), "{path}");
    }
}

#[tokio::test]
async fn a_link_that_is_revoked_leads_nowhere_like_one_that_never_was() {
    let desk = Desk::open().await;
    let (anna, nobody) = (desk.planner().await, Reader::default());
    desk.first_plan(&anna).await;
    let share =
        desk.post(&anna, &format!("{TOUR}/shares"), &json!({ "plan": "first", "days": 2 })).await.json();
    let (id, page) = (share["id"].as_str().unwrap(), share["address"].as_str().unwrap().to_owned());
    assert_eq!(desk.delete(&anna, &format!("{TOUR}/shares/{id}")).await.status, 204);
    let revoked = desk.get(&nobody, &page).await;
    let never = desk.get(&nobody, &format!("/tours/share/{}", "0".repeat(64))).await;
    assert_eq!((revoked.status, revoked.text()), (never.status, never.text()));
    assert_eq!(code(&desk.get(&nobody, "/tours/share/short").await), "D1076");
    let page =
        request(&nobody, Method::GET, &page).header(ACCEPT, "text/html,*/*").body(Body::empty()).unwrap();
    let page = ask(&desk.router, page).await;
    assert_eq!(page.status, 404);
    assert!(page.text().contains("<h1>the link leads nowhere</h1>"), "people read it on a page");
    assert_eq!(desk.delete(&anna, &format!("{TOUR}/shares/none")).await.status, 404);
    for (body, status) in [
        (json!({ "plan": "other", "days": 2 }), 404),
        (json!({ "plan": "first", "days": 0 }), 400),
        (json!({ "plan": "first", "days": 367 }), 400),
    ] {
        assert_eq!(desk.post(&anna, &format!("{TOUR}/shares"), &body).await.status, status, "{body}");
    }
}
