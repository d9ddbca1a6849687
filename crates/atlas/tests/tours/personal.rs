//! What is personal is in one place, and gone when it is erased.

use axum::http::Method;
use serde_json::{Value, json};

use crate::common::Answer;
use crate::desk::{Desk, Reader, code};

const TOUR: &str = "/api/v1/tours/brindisi";

#[tokio::test]
async fn contacts_are_for_planners_and_nowhere_else() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    let contact = json!({ "name": "Zyxwvut", "phone": "+39 000 111", "email": "zyxwvut@example.org" });
    let person = json!({ "name": "Zyxwvut", "emergency": "+355 000 111" });
    let put = desk.put(&anna, &format!("{TOUR}/contacts/h1"), &contact).await;
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(desk.put(&anna, &format!("{TOUR}/people/d1"), &person).await.status, 200);
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
    assert_eq!(personal, json!({ "contacts": {}, "people": {}, "emergency": [] }));
    assert!(
        !desk
            .get(&anna, &format!("{TOUR}/plans/first/book.html?contacts=true"))
            .await
            .text()
            .contains("Zyxwvut")
    );
    assert!(!desk.get(&anna, &format!("{TOUR}/log")).await.text().contains("Zyxwvut"));
}

/// The tour with a delegate who needs something, and a role, a country and languages that nobody else has.
async fn with_needs(desk: &Desk) {
    let mut kept = desk.store.tour("brindisi").await.unwrap();
    let delegate = &mut kept.document.delegation.delegates[0];
    delegate.needs = vec!["step-free".to_owned()];
    "Hydrologist".clone_into(&mut delegate.role);
    delegate.languages = vec!["it".to_owned(), "eu".to_owned()];
    for host in &mut kept.document.hosts {
        host.meets = vec!["step-free".to_owned()];
        host.group = Some(1);
    }
    kept.document.delegation.staff = 1;
    let by = distretto_desk::store::By { user: "anna", now: 2 };
    let what = distretto_desk::store::What::PutTour;
    desk.store.put_tour("brindisi", &kept.document, 1, by, what, "").await.unwrap();
}

#[tokio::test]
async fn who_is_erased_does_not_come_back_by_an_old_form() {
    let desk = Desk::open().await;
    let (anna, other) = (desk.planner().await, desk.planner().await);
    for (path, list, code_of) in [("contacts/h1", "contacts", "h1"), ("people/d1", "people", "d1")] {
        let path = format!("{TOUR}/{path}");
        let first = desk.put(&anna, &path, &json!({ "revision": 0, "name": "Ada" })).await.json();
        let seen = desk.get(&other, &format!("{TOUR}/personal")).await.json()[list][code_of].clone();
        assert_eq!((&seen["name"], &seen["revision"]), (&json!("Ada"), &first["revision"]));
        // Two fill the same form: the second is told.
        let mut form = seen.clone();
        form["phone"] = json!("+39 000");
        assert_eq!(desk.put(&anna, &path, &form).await.status, 200);
        let late = desk.put(&other, &path, &form).await;
        assert_eq!((late.status.as_u16(), code(&late).as_str()), (409, "D1053"));
        // One erases, the other saves what was open before.
        let seen = desk.get(&other, &format!("{TOUR}/personal")).await.json()[list][code_of].clone();
        assert_eq!(desk.delete(&anna, &path).await.status, 204);
        let late = desk.put(&other, &path, &seen).await;
        assert_eq!((late.status.as_u16(), code(&late).as_str()), (409, "D1053"));
        assert_eq!(desk.get(&anna, &format!("{TOUR}/personal")).await.json()[list], json!({}));
        assert_eq!(desk.put(&anna, &path, &json!({ "name": "Bea" })).await.status, 200);
    }
}

#[tokio::test]
async fn what_a_delegate_needs_is_for_planners_and_is_erased() {
    let desk = Desk::open().await;
    with_needs(&desk).await;
    let (anna, vera) = (desk.planner().await, desk.login("vera").await);
    let needs = async |reader| {
        desk.get(reader, TOUR).await.json()["tour"]["delegation"]["delegates"][0]["needs"].clone()
    };
    assert_eq!(needs(&anna).await, json!(["step-free"]));
    assert_eq!(needs(&vera).await, json!([]));
    // Nothing else is known of this one; the second time there is nothing left to erase.
    let path = format!("{TOUR}/people/d1");
    assert_eq!(desk.delete(&anna, &path).await.status, 204);
    assert_eq!(desk.delete(&anna, &path).await.status, 404);
    assert_eq!(needs(&anna).await, json!([]));
    let sheet = desk.get(&anna, TOUR).await.json();
    assert_eq!(sheet["revision"], 3);
    let log = desk.get(&anna, &format!("{TOUR}/log")).await.json();
    assert_eq!((&log["events"][0]["what"], &log["events"][0]["about"]), (&json!("erase"), &json!("d1")));
}

#[tokio::test]
async fn a_link_does_not_describe_each_traveller() {
    let desk = Desk::open().await;
    with_needs(&desk).await;
    let anna = desk.planner().await;
    desk.first_plan(&anna).await;
    let body = json!({ "plan": "first", "days": 1 });
    let share = desk.post(&anna, &format!("{TOUR}/shares"), &body).await.json();
    let token = share["token"].as_str().unwrap();
    assert!(desk.get(&anna, &format!("{TOUR}/plans/first/book.html")).await.text().contains("Hydrologist"));
    for path in [format!("/tours/share/{token}"), format!("/api/v1/shares/{token}")] {
        let text = desk.get(&anna, &path).await.text();
        assert!(!text.contains("id=\"travellers\""), "{path}");
        for word in ["Hydrologist", "Albania", "Basque", "step-free"] {
            assert!(!text.contains(word), "{path}: {word}");
        }
    }
}

#[tokio::test]
async fn who_is_not_of_the_tour_has_no_entry() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    for (path, body, status) in [
        ("contacts/h9", json!({}), 404),
        ("contacts/b", json!({ "name": "Night porter" }), 200),
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

/// Everything that a viewer may read, with what it asks for.
async fn all_that_viewers_read(desk: &Desk, reader: &Reader, with: &Value, without: &Value) -> Vec<Answer> {
    let mut answers = Vec::new();
    for path in ["", "/worth", "/plans/first", "/plans/first/book.html"] {
        answers.push(desk.get(reader, &format!("{TOUR}{path}")).await);
    }
    let day = json!({ "days": [{ "date": "2005-11-15", "hosts": ["h1"] }] });
    for (path, body) in [
        ("try", day),
        ("solve", json!({ "seconds": 1 })),
        ("solve", json!({ "seconds": 1, "start": with })),
        ("replan", json!({ "seconds": 1, "plan": with })),
        ("reasons", json!({ "plan": without })),
        ("reasons", json!({ "plan": with })),
    ] {
        answers.push(desk.post(reader, &format!("{TOUR}/{path}"), &body).await);
    }
    answers
}

#[tokio::test]
async fn no_sentence_tells_a_viewer_what_a_delegate_needs() {
    let desk = Desk::open().await;
    let (anna, vera) = (desk.planner().await, desk.login("vera").await);
    let with = desk.first_plan(&anna).await["plan"].clone();
    assert!(with.to_string().contains("\"h1\""));
    let mut kept = desk.store.tour("brindisi").await.unwrap();
    kept.document.delegation.delegates[0].needs = vec!["step-free".to_owned(), "dimmed".to_owned()];
    for host in kept.document.hosts.iter_mut().filter(|host| host.code != "h1") {
        host.meets = vec!["step-free".to_owned(), "dimmed".to_owned()];
    }
    let put = async |tour: &distretto_tours::Tour, seen: i64| {
        let by = distretto_desk::store::By { user: "anna", now: 2 };
        let what = distretto_desk::store::What::PutTour;
        desk.store.put_tour("brindisi", tour, seen, by, what, "").await.unwrap()
    };
    let revision = put(&kept.document, kept.revision).await;
    let solved = desk.post(&anna, &format!("{TOUR}/solve"), &json!({ "seconds": 1 })).await.json();
    let without = solved["plans"][0]["plan"].clone();
    let mandatory = distretto_tours::Demand::Mandatory;
    kept.document.visits =
        vec![distretto_tours::Visit { demand: mandatory, ..distretto_tours::Visit::of("h1") }];
    for demanded in [false, true] {
        if demanded {
            put(&kept.document, revision).await;
        }
        let all = all_that_viewers_read(&desk, &anna, &with, &without).await;
        let tells = all.iter().filter(|answer| answer.text().contains("need")).count();
        assert!(tells >= 6, "planners are told: {tells} of {}", all.len());
        for answer in all_that_viewers_read(&desk, &vera, &with, &without).await {
            assert!(answer.status == 200 || answer.status == 422, "{}", answer.text());
            let text = answer.text().replace(r#""needs":[]"#, "");
            for word in ["\"need", "the need", "step-free", "dimmed", "not meet"] {
                assert!(!text.contains(word), "{word}: {text}");
            }
        }
    }
    let reasons = desk.post(&vera, &format!("{TOUR}/reasons"), &json!({ "plan": without })).await.json();
    assert_eq!(
        (reasons["clashes"][0]["rule"].as_str(), &reasons["reasons"]),
        (Some("mandatory_missing"), &json!([]))
    );
    let plan = desk.get(&vera, &format!("{TOUR}/plans/first")).await.json();
    let barred: Vec<&Value> =
        plan["clashes"].as_array().unwrap().iter().filter(|clash| clash["rule"] == "barred").collect();
    assert_eq!((barred.len(), &barred[0]["host"], &barred[0]["details"]), (1, &json!("h1"), &Value::Null));
}
