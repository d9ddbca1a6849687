//! What is personal is in one place, and gone when it is erased.

use axum::http::Method;
use serde_json::json;

use crate::desk::{Desk, code};

const TOUR: &str = "/api/v1/tours/brindisi";

#[tokio::test]
async fn contacts_are_for_planners_and_nowhere_else() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    let contact = json!({ "name": "Zyxwvut", "phone": "+39 000 111", "email": "zyxwvut@example.org" });
    let person = json!({ "name": "Zyxwvut", "emergency": "+355 000 111" });
    let put = desk.put(&anna, &format!("{TOUR}/contacts/h1"), &contact).await;
    assert_eq!(put.status, 204, "{}", put.text());
    assert_eq!(desk.put(&anna, &format!("{TOUR}/people/d1"), &person).await.status, 204);
    let personal = desk.get(&anna, &format!("{TOUR}/personal")).await.json();
    assert_eq!(personal["contacts"]["h1"]["name"], "Zyxwvut");
    assert_eq!(personal["people"]["d1"]["emergency"], "+355 000 111");
    desk.first_plan(&anna).await;
    let share =
        desk.post(&anna, &format!("{TOUR}/shares"), &json!({ "plan": "first", "days": 1 })).await.json();
    let token = share["token"].as_str().unwrap().to_owned();
    for path in [
        "/api/v1/tours".to_owned(),
        TOUR.to_owned(),
        format!("{TOUR}/worth"),
        format!("{TOUR}/log"),
        format!("{TOUR}/shares"),
        format!("{TOUR}/plans/first"),
        format!("{TOUR}/plans/first/book.html"),
        format!("{TOUR}/plans/first/book.html?contacts=false"),
        format!("/api/v1/shares/{token}"),
        format!("/tours/share/{token}"),
        format!("/tours/share/{token}?lang=it"),
        "/tours/".to_owned(),
        "/tours/brindisi/".to_owned(),
    ] {
        let answer = desk.get(&anna, &path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert!(!answer.text().contains("Zyxwvut") && !answer.text().contains("000 111"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
    let book = desk.get(&anna, &format!("{TOUR}/plans/first/book.html?contacts=true")).await;
    assert!(book.text().contains("Zyxwvut"));
    assert_eq!(code(&desk.get(&anna, &format!("/tours/share/{token}?contacts=true")).await), "D0828");
    for path in ["contacts/h1", "people/d1"] {
        assert_eq!(desk.delete(&anna, &format!("{TOUR}/{path}")).await.status, 204);
        assert_eq!(desk.delete(&anna, &format!("{TOUR}/{path}")).await.status, 404);
    }
    let personal = desk.get(&anna, &format!("{TOUR}/personal")).await.json();
    assert_eq!(personal, json!({ "contacts": {}, "people": {} }));
    assert!(
        !desk
            .get(&anna, &format!("{TOUR}/plans/first/book.html?contacts=true"))
            .await
            .text()
            .contains("Zyxwvut")
    );
    assert!(!desk.get(&anna, &format!("{TOUR}/log")).await.text().contains("Zyxwvut"));
}

#[tokio::test]
async fn who_is_not_of_the_tour_has_no_entry() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    for (path, body, status) in [
        ("contacts/h9", json!({}), 404),
        ("people/d9", json!({}), 404),
        ("contacts/h1", json!({ "name": "x".repeat(401) }), 400),
        ("contacts/h1", json!({ "name": "a\u{0}b" }), 400),
        ("contacts/h1", json!({ "nickname": "x" }), 400),
        ("people/d1", json!({ "role": "x" }), 400),
    ] {
        let answer = desk.send(&anna, Method::PUT, &format!("{TOUR}/{path}"), &body).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
    }
    assert_eq!(desk.get(&anna, "/api/v1/tours/nowhere/personal").await.status, 404);
}
