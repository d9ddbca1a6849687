//! Plans that are tried, made and explained.

use std::time::{Duration, Instant};

use distretto_atlas::server::Limits;
use serde_json::{Value, json};

use crate::desk::{Desk, code};

const TOUR: &str = "/api/v1/tours/brindisi";

#[tokio::test]
async fn an_order_is_timed_or_told_why_not() {
    let desk = Desk::open().await;
    let vera = desk.login("vera").await;
    let attempt =
        async |days: Value| desk.post(&vera, &format!("{TOUR}/try"), &json!({ "days": days })).await;
    let good = attempt(json!([
        { "date": "2005-11-15", "hosts": ["h2", "h1"] },
        { "date": "2005-11-16", "hosts": ["h3"] },
    ]))
    .await;
    assert_eq!(good.status, 200, "{}", good.text());
    let good = good.json();
    assert_eq!((&good["feasible"], &good["clashes"]), (&json!(true), &json!([])));
    let days = good["timed"]["plan"]["days"].as_array().unwrap();
    let hosts: Vec<&str> = days
        .iter()
        .flat_map(|day| day["stops"].as_array().unwrap())
        .map(|stop| stop["host"].as_str().unwrap())
        .collect();
    assert_eq!(hosts, ["h2", "h1", "h3"]);
    assert_eq!(good["timed"]["legs"].as_array().unwrap().len(), 5);
    assert!(good["timed"]["driving"].as_i64().unwrap() > 0 && good["timed"]["metres"].as_u64().unwrap() > 0);
    // h3 is open on Wednesday only, and the 15th is a Tuesday.
    let bad = attempt(json!([{ "date": "2005-11-15", "hosts": ["h1", "h3"] }])).await.json();
    assert_eq!((&bad["feasible"], &bad["timed"]), (&json!(false), &Value::Null));
    let clash = &bad["clashes"][0];
    assert_eq!(
        (&clash["host"], &clash["day"], &clash["position"]),
        (&json!("h3"), &json!("2005-11-15"), &json!(1))
    );
    assert_eq!(clash["rule"], "closed_all_day");
    // Of the other day the times are known all the same.
    let half = attempt(json!([
        { "date": "2005-11-15", "hosts": ["h1", "h3"] },
        { "date": "2005-11-16", "hosts": ["h2"] },
    ]))
    .await
    .json();
    let days = half["partly"]["plan"]["days"].as_array().unwrap();
    assert_eq!(
        (half["feasible"].as_bool(), days.len(), &days[0]["stops"][0]["host"]),
        (Some(false), 1, &json!("h2"))
    );
    assert_eq!((&half["partly"]["clashes"], &good["partly"]), (&json!([]), &Value::Null));
    let unknown = attempt(json!([{ "date": "2005-11-15", "hosts": ["h9"] }])).await.json();
    assert_eq!(unknown["clashes"][0]["rule"], "host_unknown");
    for days in [
        json!([{ "date": "2005-11-20", "hosts": [] }]),
        json!([{ "date": "2005-11-15", "hosts": [] }, { "date": "2005-11-15", "hosts": [] }]),
        json!([{ "date": "2005-11-15", "hosts": [], "to": "nowhere" }]),
        json!([{ "date": "2005-11-15", "hosts": ["h1", "h1", "h1", "h1"] }]),
    ] {
        assert_eq!(attempt(days.clone()).await.status, 400, "{days}");
    }
}

#[tokio::test]
async fn an_order_keeps_its_bases_where_it_can() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    // Two hotels; the second is far from everything, and so the worse choice.
    let mut kept = desk.store.tour("brindisi").await.unwrap();
    let frame = &mut kept.document.frame;
    let mut far = frame.bases[0].clone();
    far.code = "far".to_owned();
    far.place.lon = 17.5;
    frame.bases.push(far);
    frame.days[0].to.push("far".to_owned());
    let by = distretto_desk::store::By { user: "anna", now: 2 };
    let what = distretto_desk::store::What::PutTour;
    desk.store.put_tour("brindisi", &kept.document, 1, by, what, "").await.unwrap();
    let attempt = async |order: Value| {
        let tried = desk.post(&anna, &format!("{TOUR}/try"), &json!({ "days": [order] })).await.json();
        assert_eq!(tried["feasible"], true, "{tried}");
        let days = &tried["timed"]["plan"]["days"];
        [&days[0]["to"], &days[1]["from"]].map(|code| code.as_str().unwrap().to_owned())
    };
    let free = json!({ "date": "2005-11-15", "hosts": ["h1"] });
    assert_eq!(attempt(free).await, ["b", "b"]);
    let asked = json!({ "date": "2005-11-15", "hosts": ["h1"], "from": "b", "to": "far" });
    assert_eq!(attempt(asked).await, ["far", "far"]);
    // Where the day ends too early for the way there, the other is taken.
    kept.document.frame.days[0].ends = chrono::NaiveTime::from_hms_opt(10, 30, 0).unwrap();
    desk.store.put_tour("brindisi", &kept.document, 2, by, what, "").await.unwrap();
    let asked = json!({ "date": "2005-11-15", "hosts": ["h1"], "from": "b", "to": "far" });
    assert_eq!(attempt(asked).await, ["b", "b"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_user_has_one_search_at_a_time() {
    let desk = Desk::with(Limits { solves: 2, ..Limits::default() }).await;
    let (anna, vera) = (desk.planner().await, desk.login("vera").await);
    crowd(&desk).await;
    let path = format!("{TOUR}/solve");
    let (long, short) = (json!({ "seconds": 3 }), json!({ "seconds": 1 }));
    let (first, others) = tokio::join!(desk.post(&anna, &path, &long), async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let again = desk.post(&anna, &path, &short).await;
        (again, desk.post(&vera, &path, &short).await)
    });
    assert_eq!(first.status, 200, "{}", first.text());
    assert_eq!((others.0.status.as_u16(), code(&others.0).as_str()), (503, "D0830"));
    assert_eq!(others.1.status, 200, "{}", others.1.text());
    assert_eq!(desk.post(&anna, &path, &short).await.status, 200);
}

#[tokio::test]
async fn a_plan_is_found_keeps_to_everything_and_is_replanned() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    let kept = desk.first_plan(&anna).await;
    assert_eq!(kept["clashes"], json!([]));
    assert_eq!(kept["visits"].as_array().unwrap().len(), 3);
    assert_eq!(kept["legs"].as_array().unwrap().len(), 5);
    assert_eq!(kept["plan"]["proven"], Value::Null, "what was proven of a plan is not taken from its reader");
    let body = json!({ "plan": kept["plan"], "declined": ["h1"], "seconds": 1 });
    let replanned = desk.post(&anna, &format!("{TOUR}/replan"), &body).await;
    assert_eq!(replanned.status, 200, "{}", replanned.text());
    let replanned = replanned.json();
    assert_eq!((&replanned["gone"], &replanned["new"]), (&json!(["h1"]), &json!([])));
    assert_eq!(replanned["plans"][0]["visits"].as_array().unwrap().len(), 2);
    let others =
        desk.post(&anna, &format!("{TOUR}/solve"), &json!({ "alternatives": 1, "seconds": 2 })).await.json();
    assert!(!others["plans"].as_array().unwrap().is_empty());
    let days = replanned["days"].as_array().unwrap();
    assert!(!days.is_empty(), "without the visit a day begins later or ends earlier: {replanned}");
    let late = json!({ "until": "2026-05-11T12:00:00", "at": "h1" });
    let timeless =
        desk.post(&anna, &format!("{TOUR}/replan"), &json!({ "plan": kept["plan"], "late": late })).await;
    assert_eq!((timeless.status.as_u16(), code(&timeless).as_str()), (400, "D1077"), "{}", timeless.text());
    let crowd = json!({ "plan": kept["plan"], "declined": vec!["h1"; 1001] });
    assert_eq!(desk.post(&anna, &format!("{TOUR}/replan"), &crowd).await.status, 400);
    for body in [
        json!({ "seconds": 0 }),
        json!({ "seconds": 21 }),
        json!({ "alternatives": 6 }),
        json!({ "second": 1 }),
    ] {
        assert_eq!(desk.post(&anna, &format!("{TOUR}/solve"), &body).await.status, 400, "{body}");
    }
}

#[tokio::test]
async fn who_is_left_out_is_told_why() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    let decline = json!({ "revision": 1, "visit": { "state": "declined" } });
    assert_eq!(desk.put(&anna, &format!("{TOUR}/visits/h1"), &decline).await.status, 200);
    let kept = desk.first_plan(&anna).await;
    let path = format!("{TOUR}/reasons");
    let told = desk.post(&anna, &path, &json!({ "plan": kept["plan"] })).await;
    assert_eq!(told.status, 200, "{}", told.text());
    let told = told.json();
    assert_eq!(told["reasons"].as_array().unwrap().len(), 1);
    let reason = &told["reasons"][0];
    assert_eq!(
        (&reason["host"], &reason["reasons"][0]["whys"]),
        (&json!("h1"), &json!([{ "why": "declined" }]))
    );
    assert!(reason["text"].as_str().unwrap().contains("said no"));
    // A plan that breaks something is to be put right first.
    let broken = desk.post(&anna, &path, &json!({ "plan": { "days": [] } })).await.json();
    assert_eq!((&broken["reasons"], &broken["clashes"][0]["rule"]), (&json!([]), &json!("day_missing")));
}

#[tokio::test]
async fn what_cannot_be_planned_is_told_apart_from_what_is_wrong() {
    let desk = Desk::open().await;
    let anna = desk.planner().await;
    // Open on Wednesday, wanted on Tuesday: nothing is wrong with the tour, but no plan has it.
    let visit = json!({ "revision": 1, "visit": { "demand": "mandatory", "day": "2005-11-15" } });
    assert_eq!(desk.put(&anna, &format!("{TOUR}/visits/h3"), &visit).await.status, 200);
    let solved = desk.post(&anna, &format!("{TOUR}/solve"), &json!({ "seconds": 1 })).await;
    assert_eq!(solved.status, 200, "{}", solved.text());
    assert_eq!((&solved.json()["plans"], &solved.json()["clashes"][0]["host"]), (&json!([]), &json!("h3")));
    // A tour whose second day comes before its first.
    let mut kept = desk.store.tour("brindisi").await.unwrap();
    kept.document.frame.days.reverse();
    let by = distretto_desk::store::By { user: "anna", now: 2 };
    let what = distretto_desk::store::What::PutTour;
    desk.store.put_tour("brindisi", &kept.document, 2, by, what, "").await.unwrap();
    let wrong = desk.post(&anna, &format!("{TOUR}/solve"), &json!({})).await;
    assert_eq!((wrong.status.as_u16(), code(&wrong).as_str()), (422, "D1079"));
}

/// A tour that takes long: forty hosts more, each a little different, all day open.
async fn crowd(desk: &Desk) {
    let mut kept = desk.store.tour("brindisi").await.unwrap();
    let first = kept.document.hosts[0].clone();
    for number in 10..50 {
        let mut host = first.clone();
        host.code = format!("h{number}");
        host.place.lon += f64::from(number % 7) * 0.03;
        host.place.lat += f64::from(number % 11) * 0.03;
        host.minutes = 30 + number;
        kept.document.hosts.push(host);
    }
    let by = distretto_desk::store::By { user: "anna", now: 2 };
    let what = distretto_desk::store::What::PutTour;
    desk.store.put_tour("brindisi", &kept.document, 1, by, what, "").await.unwrap();
}

#[tokio::test]
async fn more_searches_than_there_is_room_for_are_told_to_wait() {
    let desk = Desk::with(Limits { solves: 0, ..Limits::default() }).await;
    let anna = desk.planner().await;
    let busy = desk.post(&anna, &format!("{TOUR}/solve"), &json!({})).await;
    assert_eq!((busy.status.as_u16(), code(&busy).as_str()), (503, "D0830"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_ends_when_its_reader_goes_away() {
    let desk = Desk::with(Limits { solves: 1, ..Limits::default() }).await;
    let anna = desk.planner().await;
    crowd(&desk).await;
    let long = json!({ "seconds": 20 });
    let began = Instant::now();
    let path = format!("{TOUR}/solve");
    let gone = tokio::time::timeout(Duration::from_millis(300), desk.post(&anna, &path, &long)).await;
    assert!(gone.is_err(), "the search was over too soon to be left");
    loop {
        let next = tokio::time::timeout(Duration::from_millis(300), desk.post(&anna, &path, &long)).await;
        // Either it is still busy, or it has begun anew: then the first is over.
        if next.map_or(true, |answer| answer.status != 503) {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(10), "the first search goes on");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
