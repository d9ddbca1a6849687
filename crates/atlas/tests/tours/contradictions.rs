//! What a folder refuses, the atlas refuses.

use distretto_desk::folder::{Writing, open, write};
use distretto_desk::ways::{Roads, Ways};
use distretto_roadbook::book::Emergency;
use distretto_tours::Tour;
use distretto_tours::tour::Personal;
use serde_json::{Value, json};

use crate::desk::{Desk, code};

const TOUR: &str = "/api/v1/tours/brindisi";

/// The code by which a folder with this tour is refused; empty where it can be read.
fn refused_by_a_folder(tour: &Value) -> String {
    let tour: Tour = serde_json::from_value(tour.clone()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let writing = Writing {
        tour: &tour,
        personal: &Personal::default(),
        id: "",
        emergency: &Emergency::default(),
        chains: &[],
        ways: &Ways::Coordinates(Roads::default()),
        edition: None,
    };
    write(&writing, folder.path()).unwrap();
    open(folder.path()).err().map_or(String::new(), |fault| fault.code.entry().number.to_owned())
}

/// Sends a change, and holds the answer to what a folder with that change says.
async fn alike(desk: &Desk, path: &str, key: &str, sent: Value, changed: &Value) -> String {
    let anna = desk.planner().await;
    let sheet = desk.get(&anna, TOUR).await.json();
    let body = json!({ "revision": sheet["revision"], key: sent });
    let answer = desk.put(&anna, &format!("{TOUR}/{path}"), &body).await;
    let expected = refused_by_a_folder(changed);
    let told = if answer.status == 200 { String::new() } else { code(&answer) };
    assert_eq!(told, expected, "{body}: {}", answer.text());
    assert!(answer.status == 200 || answer.status == 422, "{body}: {}", answer.text());
    let after = desk.get(&anna, TOUR).await.json();
    assert_eq!(after["revision"] == sheet["revision"], answer.status == 422);
    assert_eq!(refused_by_a_folder(&after["tour"]), "", "{body}");
    told
}

#[tokio::test]
async fn visits_that_a_folder_refuses_are_refused() {
    let desk = Desk::open().await;
    let mut told = Vec::new();
    for visit in [
        json!({ "state": "confirmed" }),
        json!({ "state": "confirmed", "start": "2005-11-14T10:00:00" }),
        json!({ "state": "confirmed", "start": "2005-11-15T10:00:00", "demand": "excluded" }),
        json!({ "state": "confirmed", "start": "2005-11-15T10:00:00", "day": "2005-11-16" }),
        json!({ "state": "confirmed", "start": "2005-11-15T10:00:00", "day": "2005-11-15" }),
        json!({ "state": "declined", "demand": "mandatory" }),
        json!({ "state": "asked", "day": "2005-11-17" }),
        json!({ "state": "asked", "day": "2005-11-16", "demand": "mandatory", "extra": -1_000_000 }),
        json!({ "minutes": 0 }),
        json!({ "minutes": 10_081 }),
        json!({ "minutes": 10_080 }),
        json!({ "extra": 1_000_001 }),
        json!({ "extra": i64::MIN }),
    ] {
        let mut tour = desk.get(&desk.planner().await, TOUR).await.json()["tour"].clone();
        let mut changed = visit.clone();
        changed["host"] = json!("h1");
        tour["visits"] = json!([changed]);
        told.push(alike(&desk, "visits/h1", "visit", visit, &tour).await);
    }
    let codes = [
        "D1025", "D1025", "D1026", "D1025", "", "D1026", "D1025", "", "D1014", "D1014", "", "D1023", "D1023",
    ];
    assert_eq!(told, codes);
}

#[tokio::test]
async fn demands_that_a_folder_refuses_are_refused() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    let agreed = json!([
        { "host": "h1", "state": "confirmed", "start": "2005-11-15T10:00:00" },
        { "host": "h2", "state": "declined" },
    ]);
    for (revision, visit) in agreed.as_array().unwrap().iter().enumerate() {
        let host = visit["host"].as_str().unwrap();
        let mut visit = visit.clone();
        visit.as_object_mut().unwrap().remove("host");
        let body = json!({ "revision": revision + 1, "visit": visit });
        assert_eq!(desk.put(&anna, &format!("{TOUR}/visits/{host}"), &body).await.status, 200);
    }
    for (demands, expected) in [
        (json!({ "h1": "excluded" }), "D1026"),
        (json!({ "h3": "mandatory", "h2": "mandatory" }), "D1026"),
        (json!({ "h1": "mandatory", "h2": "excluded" }), ""),
    ] {
        let mut tour = desk.get(&anna, TOUR).await.json()["tour"].clone();
        let mut visits = agreed.clone();
        for (at, host) in [(0, "h1"), (1, "h2")] {
            if let Some(demand) = demands.get(host) {
                visits[at]["demand"] = demand.clone();
            }
        }
        tour["visits"] = visits;
        assert_eq!(alike(&desk, "demands", "demands", demands, &tour).await, expected);
    }
}

#[tokio::test]
async fn rules_that_a_folder_refuses_are_refused() {
    let desk = Desk::open().await;
    let quota = |which: Value, least: u32, most: Option<u32>| json!([{ "which": which, "least": least, "most": most, "per": "tour" }]);
    let of = |subject: &str, name: &str| json!({ "subject": [subject, name], "hosts": [] });
    let all = json!({ "hosts": [] });
    let weights = |key: &str, points: u32| {
        let mut weights = serde_json::to_value(distretto_tours::Weights::default()).unwrap();
        weights[key] = json!(points);
        weights
    };
    for (key, value, expected) in [
        ("quotas", quota(all.clone(), 2, Some(1)), "D1029"),
        ("quotas", quota(all.clone(), 0, None), "D1005"),
        ("quotas", quota(all.clone(), 1_000_001, None), "D1029"),
        ("quotas", quota(all.clone(), 4, None), "D1030"),
        ("quotas", quota(all, 3, None), ""),
        ("quotas", quota(of("kind", "castle"), 1, None), "D1015"),
        ("quotas", quota(of("kind", "service_centre"), 1, None), "D1030"),
        ("quotas", quota(of("phase", "tanning"), 0, Some(2)), "D1030"),
        ("quotas", quota(of("phase", "pressing"), 1, Some(2)), ""),
        ("quotas", quota(json!({ "hosts": ["h1", "h9"] }), 1, None), "D1030"),
        ("quotas", quota(json!({ "hosts": ["h1", "h2"] }), 3, None), "D1030"),
        ("quotas", quota(json!({ "hosts": [], "district": "D9" }), 1, None), "D1030"),
        ("districts", json!(["D9"]), "D1017"),
        ("shortlist", json!(0), "D1004"),
        ("shortlist", json!(1_000_001), "D1004"),
        ("shortlist", json!(1_000_000), ""),
        ("weights", weights("chain", 10_001), "D1031"),
        ("weights", weights("repeat", 101), "D1031"),
        ("weights", weights("repeat", 100), ""),
    ] {
        let mut tour = desk.get(&desk.planner().await, TOUR).await.json()["tour"].clone();
        tour["rules"][key] = value;
        let rules = tour["rules"].clone();
        assert_eq!(alike(&desk, "rules", "rules", rules, &tour).await, expected);
    }
    // It is told which of several quotas is meant.
    let anna = desk.planner().await;
    let sheet = desk.get(&anna, TOUR).await.json();
    let mut rules = sheet["tour"]["rules"].clone();
    let [good, bad] = [quota(of("phase", "pressing"), 1, None), quota(of("phase", "tanning"), 1, None)]
        .map(|quota| quota[0].clone());
    rules["quotas"] = json!([good, bad]);
    let body = json!({ "revision": sheet["revision"], "rules": rules });
    let answer = desk.put(&anna, &format!("{TOUR}/rules"), &body).await.json();
    assert_eq!(answer["what"], "[[quota]] 2: no host has the phase `tanning`");
}
