//! What was agreed, demanded and kept.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

const TOUR: &str = "/api/v1/tours/brindisi";

#[tokio::test]
async fn a_tour_is_told_as_it_stands() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    let list = desk.get(&anna, "/api/v1/tours").await.json();
    assert_eq!(
        list["tours"][0],
        json!({ "id": "brindisi", "title": "Puglia", "revision": 1, "changed": 1, "hosts": 3, "delegates": 1,
                "first": "2005-11-15", "last": "2005-11-16", "plans": [] })
    );
    let sheet = desk.get(&anna, TOUR).await.json();
    assert_eq!((&sheet["revision"], &sheet["tour"]["hosts"][2]["code"]), (&json!(1), &json!("h3")));
    let worth = desk.get(&anna, &format!("{TOUR}/worth")).await.json();
    assert_eq!(worth["hosts"].as_array().unwrap().len(), 3);
    // By itself each shows the phase that is wanted; an institution counts more than a site.
    assert_eq!(worth["hosts"][0]["code"], "h2");
    assert!(worth["hosts"].as_array().unwrap().iter().all(|host| host["eligible"] == json!(true)));
    assert_eq!(code(&desk.get(&anna, "/api/v1/tours/nowhere").await), "D1054");
}

#[tokio::test]
async fn hosts_agree_decline_and_are_demanded() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    let put = async |host: &str, body: Value| desk.put(&anna, &format!("{TOUR}/visits/{host}"), &body).await;
    let accepted = json!({ "state": "confirmed", "start": "2005-11-15T10:00:00" });
    let answer = put("h1", json!({ "revision": 1, "visit": accepted })).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(
        (&answer.json()["revision"], &answer.json()["visit"]["start"]),
        (&json!(2), &json!("2005-11-15T10:00:00"))
    );
    assert_eq!(put("h2", json!({ "revision": 2, "visit": { "state": "declined" } })).await.status, 200);
    let demands = json!({ "revision": 3, "demands": { "h1": "mandatory", "h3": "excluded" } });
    assert_eq!(desk.put(&anna, &format!("{TOUR}/demands"), &demands).await.json(), json!({ "revision": 4 }));
    let sheet = desk.get(&anna, TOUR).await.json();
    let visits = sheet["tour"]["visits"].as_array().unwrap();
    assert_eq!(visits.len(), 3);
    assert_eq!((&visits[0]["state"], &visits[0]["demand"]), (&json!("confirmed"), &json!("mandatory")));
    // Back to nothing: the entry goes.
    assert_eq!(put("h2", json!({ "revision": 4, "visit": {} })).await.status, 200);
    let mut rules = desk.get(&anna, TOUR).await.json()["tour"]["rules"].clone();
    rules["weights"]["visit"] = json!(0);
    let put_rules = json!({ "revision": 5, "rules": rules });
    assert_eq!(desk.put(&anna, &format!("{TOUR}/rules"), &put_rules).await.status, 200);
    // A confirmed visit at another hour is agreed anew; a demand beside it is none.
    for (revision, visit) in [
        (6, json!({ "state": "confirmed", "demand": "mandatory", "start": "2005-11-15T11:00:00" })),
        (7, json!({ "state": "confirmed", "start": "2005-11-15T11:00:00" })),
    ] {
        assert_eq!(put("h1", json!({ "revision": revision, "visit": visit })).await.status, 200);
    }
    let sheet = desk.get(&anna, TOUR).await.json();
    assert_eq!(sheet["tour"]["visits"].as_array().unwrap().len(), 2);
    assert_eq!(sheet["tour"]["rules"]["weights"]["visit"], 0);
    let log = desk.get(&anna, &format!("{TOUR}/log")).await.json();
    let what: Vec<(&str, &str)> = log["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (event["what"].as_str().unwrap(), event["about"].as_str().unwrap()))
        .collect();
    let expected = [
        ("demand", "h1"),
        ("accept", "h1"),
        ("rules", ""),
        ("propose", "h2"),
        ("demand", ""),
        ("decline", "h2"),
        ("accept", "h1"),
        ("put_tour", ""),
    ];
    assert_eq!(what, expected);
}

#[tokio::test]
async fn who_saw_another_revision_is_told_and_nothing_is_lost() {
    let desk = Desk::open().await;
    let (anna, other) = (desk.planner().await, desk.planner().await);
    let decline = json!({ "revision": 1, "visit": { "state": "declined" } });
    assert_eq!(desk.put(&anna, &format!("{TOUR}/visits/h1"), &decline).await.status, 200);
    for revision in [0, 1, 3, -1] {
        let late = json!({ "revision": revision, "visit": { "state": "asked" } });
        let answer = desk.put(&other, &format!("{TOUR}/visits/h1"), &late).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (409, "D1053"), "{revision}");
        assert!(answer.json()["hint"].as_str().unwrap().contains("read it again"));
    }
    // What is wrong with the change is not judged by a tour that its reader has not seen.
    let late = json!({ "revision": 1, "visit": { "state": "declined", "demand": "mandatory" } });
    assert_eq!(desk.put(&other, &format!("{TOUR}/visits/h1"), &late).await.status, 409);
    assert_eq!(desk.get(&anna, TOUR).await.json()["tour"]["visits"][0]["state"], "declined");
    let kept = desk.first_plan(&anna).await;
    let body = json!({ "revision": 0, "plan": kept["plan"] });
    assert_eq!(code(&desk.put(&other, &format!("{TOUR}/plans/first"), &body).await), "D1053");
    let body = json!({ "revision": kept["revision"], "plan": kept["plan"] });
    let next = desk.put(&other, &format!("{TOUR}/plans/first"), &body).await.json()["revision"].clone();
    assert!(next.as_i64() > kept["revision"].as_i64());
    let remove = async |revision: &Value| {
        let body = json!({ "revision": revision });
        desk.send(&anna, axum::http::Method::DELETE, &format!("{TOUR}/plans/first"), &body).await
    };
    assert_eq!(code(&remove(&kept["revision"]).await), "D1053");
    assert_eq!(remove(&next).await.status, 204);
    // Put again, it is another: an old page does not overwrite it.
    let again = desk.first_plan(&anna).await;
    for revision in [&kept["revision"], &next] {
        let body = json!({ "revision": revision, "plan": kept["plan"] });
        assert_eq!(code(&desk.put(&other, &format!("{TOUR}/plans/first"), &body).await), "D1053");
        assert_eq!(code(&remove(revision).await), "D1053");
    }
    assert_eq!(remove(&again["revision"]).await.status, 204);
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    for (host, visit, status) in [
        ("h9", json!({}), 404),
        ("h1", json!({ "state": "confirmed" }), 422),
        ("h1", json!({ "state": "perhaps" }), 400),
        ("h1", json!({ "minutes": 0 }), 422),
        ("h1", json!({ "minutes": -5 }), 400),
        ("h1", json!({ "minutes": 10_081 }), 422),
        ("h1", json!({ "extra": i64::MIN }), 422),
        ("h1", json!({ "start": "2005-11-15T10:00:30" }), 422),
        ("h1", json!({ "start": "2005-11-15T10:00:00", "day": "2005-11-16" }), 422),
        ("h1", json!({ "host": "h2" }), 400),
    ] {
        let body = json!({ "revision": 1, "visit": visit });
        let answer = desk.put(&anna, &format!("{TOUR}/visits/{host}"), &body).await;
        assert_eq!(answer.status, status, "{visit}: {}", answer.text());
    }
    let unknown = json!({ "revision": 1, "demands": { "h9": "free" } });
    assert_eq!(desk.put(&anna, &format!("{TOUR}/demands"), &unknown).await.status, 404);
    let rules = desk.get(&anna, TOUR).await.json()["tour"]["rules"].clone();
    for (key, value) in [("weights", json!({ "chain": 10 })), ("points", json!(1))] {
        let mut sent = rules.clone();
        sent[key] = value;
        let body = json!({ "revision": 1, "rules": sent });
        let answer = desk.put(&anna, &format!("{TOUR}/rules"), &body).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (400, "D1077"), "{body}");
    }
    for key in ["weights", "quotas", "districts", "shortlist"] {
        let mut sent = rules.clone();
        sent.as_object_mut().unwrap().remove(key);
        let answer =
            desk.put(&anna, &format!("{TOUR}/rules"), &json!({ "revision": 1, "rules": sent })).await;
        assert_eq!(answer.status, 400, "{key}");
        assert!(answer.text().contains(key), "{}", answer.text());
    }
    let plan = json!({ "revision": 0, "plan": { "days": [], "prove": true } });
    assert_eq!(desk.put(&anna, &format!("{TOUR}/plans/first"), &plan).await.status, 400);
    for path in ["log", "shares", "personal", "worth"] {
        let answer = desk.get(&anna, &format!("/api/v1/tours/nowhere/{path}")).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (404, "D1054"), "{path}");
    }
    assert_eq!(desk.get(&anna, TOUR).await.json()["revision"], 1);
    let name = json!({ "revision": 0, "plan": { "days": [] } });
    assert_eq!(code(&desk.put(&anna, &format!("{TOUR}/plans/A%20b"), &name).await), "D1057");
    // A plan that breaks everything is kept all the same, and that is told.
    let kept = desk.put(&anna, &format!("{TOUR}/plans/draft"), &name).await;
    assert_eq!(kept.status, 200, "{}", kept.text());
    assert!(kept.json()["clashes"].as_array().unwrap().iter().any(|clash| clash["rule"] == "day_missing"));
}

#[tokio::test]
async fn changes_are_limited_by_the_minute() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    let path = format!("{TOUR}/visits/h9");
    for _ in 0..120 {
        assert_eq!(desk.put(&anna, &path, &json!({ "revision": 1, "visit": {} })).await.status, 404);
    }
    let answer = desk.put(&anna, &path, &json!({ "revision": 1, "visit": {} })).await;
    assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (429, "D1075"));
    assert_eq!(desk.get(&anna, TOUR).await.status, 200);
    desk.later(60);
    assert_eq!(desk.put(&anna, &path, &json!({ "revision": 1, "visit": {} })).await.status, 404);
}
