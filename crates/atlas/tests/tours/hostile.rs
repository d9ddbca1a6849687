//! Requests that mean harm.

use axum::body::Body;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use serde_json::json;

use crate::common::ask;
use crate::desk::{Desk, Reader, request};

const TOUR: &str = "/api/v1/tours/brindisi";

#[tokio::test]
async fn a_body_that_is_no_request_is_told_so() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    let deep = "[".repeat(50_000);
    let nested = format!("{{\"revision\":1,\"visit\":{}{}}}", "{\"a\":".repeat(1000), "}".repeat(1000));
    let bodies: [&[u8]; 12] = [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe",
        b"{\"revision\":1}",
        b"{\"revision\":1e400,\"visit\":{}}",
        b"{\"revision\":99999999999999999999,\"visit\":{}}",
        b"{\"revision\":NaN,\"visit\":{}}",
        b"{\"revision\":1,\"revision\":1,\"visit\":{}}",
        deep.as_bytes(),
        nested.as_bytes(),
    ];
    for path in ["visits/h1", "demands", "rules", "plans/first", "contacts/h1"] {
        for body in bodies {
            if path == "contacts/h1" && [&b"[]"[..], b"{\"revision\":1}"].contains(&body) {
                // Contacts may be empty, and an empty list is an object without keys to the reader of JSON.
                continue;
            }
            let put = request(&anna, Method::PUT, &format!("{TOUR}/{path}"))
                .header(CONTENT_TYPE, "application/json");
            let answer = ask(&desk.router, put.body(Body::from(body.to_vec())).unwrap()).await;
            assert_eq!(answer.status, 400, "{path} {:?}: {}", &body[..body.len().min(40)], answer.text());
            assert_eq!(answer.json()["code"], "D1077");
        }
    }
    assert_eq!(desk.get(&anna, TOUR).await.json()["revision"], 1);
}

#[tokio::test]
async fn a_body_that_is_too_long_is_not_read() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    let long = |bytes: usize| json!({ "name": "x".repeat(bytes), "password": "" });
    let login = desk.post(&Reader::default(), "/api/v1/session", &long(64 << 10)).await;
    assert_eq!(login.status, 413);
    for (path, bytes) in
        [("visits/h1", 64 << 10), ("contacts/h1", 64 << 10), ("plans/first", 1 << 20), ("rules", 1 << 20)]
    {
        assert_eq!(desk.put(&anna, &format!("{TOUR}/{path}"), &long(bytes)).await.status, 413, "{path}");
    }
    let long = "x".repeat(300_000);
    assert_eq!(desk.attempt("anna", &long[..60_000]).await.status, 401);
    let days: Vec<_> = (0..2000)
        .map(|_| {
            json!({ "date": "2005-11-15", "from": "b", "to": "b",
        "departs": "2005-11-15T08:00:00", "returns": "2005-11-15T19:00:00", "stops": [] })
        })
        .collect();
    let plan = json!({ "revision": 0, "plan": { "days": days } });
    assert_eq!(desk.put(&anna, &format!("{TOUR}/plans/first"), &plan).await.status, 400);
}

#[tokio::test]
async fn a_plan_of_another_time_than_the_tour_is_refused() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    let stop = json!({ "host": "h1", "arrives": "2005-11-15T09:00:00", "starts": "2005-11-15T09:00:00", "ends": "2005-11-15T10:00:00",
        "slots": [{ "people": 1, "starts": "2005-11-15T09:00:00", "ends": "2005-11-15T10:00:00" }] });
    let pause = json!({ "starts": "2005-11-15T12:00:00", "ends": "2005-11-15T13:00:00" });
    let day = json!({ "date": "2005-11-15", "from": "b", "to": "b", "departs": "2005-11-15T08:00:00", "returns": "2005-11-15T19:00:00",
        "stops": [stop], "meal": pause, "rests": [pause] });
    let places = [
        "/days/0/date",
        "/days/0/departs",
        "/days/0/returns",
        "/days/0/stops/0/arrives",
        "/days/0/stops/0/starts",
        "/days/0/stops/0/ends",
        "/days/0/stops/0/slots/0/starts",
        "/days/0/stops/0/slots/0/ends",
        "/days/0/meal/starts",
        "/days/0/meal/ends",
        "/days/0/rests/0/starts",
        "/days/0/rests/0/ends",
    ];
    let far = ["+262142-12-31", "9999-12-31", "0001-01-01", "-262143-01-01", "2005-11-11", "2005-11-20"];
    let mut revision = 0;
    for place in places {
        for (date, status) in
            far.map(|date| (date, 400)).into_iter().chain([("2005-11-12", 200), ("2005-11-19", 200)])
        {
            let mut plan = json!({ "days": [day] });
            let time = plan.pointer_mut(place).unwrap();
            *time = json!(if place.ends_with("date") { date.to_owned() } else { format!("{date}T09:00:00") });
            let body = json!({ "revision": revision, "plan": plan });
            let put = desk.put(&anna, &format!("{TOUR}/plans/first"), &body).await;
            assert_eq!(put.status, status, "{place} {date}: {}", put.text());
            if status == 200 {
                revision = put.json()["revision"].as_i64().unwrap();
            }
            desk.later(1);
            if date == far[0] {
                for (path, body) in [
                    ("solve", json!({ "seconds": 1, "start": plan })),
                    ("replan", json!({ "seconds": 1, "plan": plan })),
                    ("reasons", json!({ "plan": plan })),
                ] {
                    assert_eq!(
                        desk.post(&anna, &format!("{TOUR}/{path}"), &body).await.status,
                        400,
                        "{path}"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn an_address_is_a_name_and_nothing_more() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    for path in [
        "/api/v1/tours/..%2F..%2Fetc%2Fpasswd",
        "/api/v1/tours/'%20OR%201=1%20--",
        "/api/v1/tours/%00",
        "/api/v1/tours/brindisi/plans/%F0%9F%98%80",
        "/api/v1/tours/brindisi/plans/a%2Fb",
        "/api/v1/shares/%00",
        "/tours/share/..%2F..%2Fetc",
    ] {
        let answer = desk.get(&anna, path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        assert!(answer.json()["code"].is_string(), "{path}");
    }
    let answer = desk.get(&anna, "/api/v1/tours/%FF").await;
    assert_eq!(answer.status, 404);
    for (method, path) in [
        (Method::POST, "/api/v1/tours"),
        (Method::PATCH, "/api/v1/session"),
        (Method::DELETE, TOUR),
        (Method::PUT, "/tours/"),
        (Method::GET, "/api/v1/tours/brindisi/try"),
        (Method::POST, "/api/v1/tours/brindisi/plans/first"),
    ] {
        let answer = desk.send(&anna, method.clone(), path, &json!({})).await;
        assert_eq!(answer.status, 405, "{method} {path}");
        let allowed = match path.rsplit('/').next().unwrap() {
            "try" => "POST",
            "session" => "GET, HEAD, POST, DELETE",
            "first" => "GET, HEAD, PUT, DELETE",
            _ => "GET, HEAD",
        };
        assert_eq!(answer.header("allow"), allowed, "{path}");
    }
}

#[tokio::test]
async fn names_of_a_tour_are_text_in_its_road_book() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    let mut kept = desk.store.tour("brindisi").await.unwrap();
    kept.document.title = "</title><script>alert(1)</script>".to_owned();
    for host in &mut kept.document.hosts {
        host.name = "<img src=x onerror=alert(1)>".to_owned();
        host.look_for = "\"><script>alert(1)</script>".to_owned();
    }
    let by = distretto_desk::store::By { user: "anna", now: 2 };
    let what = distretto_desk::store::What::PutTour;
    desk.store.put_tour("brindisi", &kept.document, 1, by, what, "").await.unwrap();
    desk.first_plan(&anna).await;
    let book = desk.get(&anna, &format!("{TOUR}/plans/first/book.html")).await;
    assert_eq!(book.status, 200);
    assert!(!book.text().contains("<script") && !book.text().contains("<img src=x"));
}
