//! What stands beside a tour: its travel times, and what its road book says beyond the plan.

use std::path::PathBuf;

use distretto_atlas::server::Limits;
use distretto_desk::folder::Edition;
use distretto_desk::store::{By, Extras, KeptEdition, WholeTour};
use distretto_desk::ways::{Matrix, Roads, Ways};
use distretto_roadbook::book::{Chain, Emergency, Number};
use distretto_study::config::{Decimal, Texts};
use distretto_tours::check::check;
use distretto_tours::tour::Personal;
use distretto_tours::travel::{Leg, Way};
use distretto_tours::{Plan, Tour, Travel};
use serde_json::{Value, json};

use crate::common::{Made, named};
use crate::desk::{Desk, tour};

/// Everybody is 20 minutes from everybody.
fn travel() -> Travel {
    let places = ["b", "h1", "h2", "h3"];
    let mut travel = Travel::new(places, "the table roads.csv");
    for from in places {
        for to in places.into_iter().filter(|to| *to != from) {
            travel.set(from, to, Way::Leg(Leg { minutes: 20, metres: Some(9000) }));
        }
    }
    travel
}

fn extras() -> Extras {
    let number = |who: &str| Number { who: who.to_owned(), number: "+39 0831 000".to_owned() };
    let paths = Texts(vec!["roads.csv".to_owned()]);
    Extras {
        id: "brindisi-2005".to_owned(),
        ways: Ways::Matrix(Matrix { folder: PathBuf::new(), paths, decimal: Decimal::default() }),
        found: Some(travel()),
        chains: vec![Chain { phases: vec!["growing".to_owned(), "pressing".to_owned()] }],
        emergency: Emergency { numbers: vec![number("Hospital Perrino")], people: vec![number("Eva Prova")] },
        edition: None,
    }
}

/// Puts a tour under another name than the usual one.
async fn put(desk: &Desk, tour: &Tour, extras: &Extras) {
    let (personal, by) = (Personal::default(), By { user: "anna", now: 1 });
    let whole = WholeTour { tour, personal: &personal, extras, plan: None };
    desk.store.put_whole("other", &whole, true, by).await.unwrap();
}

/// Visits of an hour at 9:00 and at 10:28; ten minutes between them stay free at the usual pace.
fn close() -> Tour {
    let mut tour = tour();
    (tour.frame.buffer, tour.frame.round) = (0, 1);
    tour.visits = serde_json::from_value(json!([
        { "host": "h1", "state": "confirmed", "start": "2005-11-15T09:00:00" },
        { "host": "h2", "state": "confirmed", "start": "2005-11-15T10:28:00" },
    ]))
    .unwrap();
    tour
}

#[tokio::test]
async fn plans_clash_in_the_atlas_as_they_do_elsewhere() {
    let desk = Desk::open().await;
    let vera = desk.login("vera").await;
    let order = json!({ "days": [{ "date": "2005-11-15", "hosts": ["h1", "h2"] }, { "date": "2005-11-16", "hosts": [] }] });
    // By coordinates it is 16 minutes from one to the other.
    put(&desk, &close(), &Extras::default()).await;
    let tried = desk.post(&vera, "/api/v1/tours/other/try", &order).await;
    assert_eq!(tried.status, 200, "{}", tried.text());
    let tried = tried.json();
    assert_eq!(tried["feasible"], true, "{tried}");
    let plan: Plan = serde_json::from_value(tried["timed"]["plan"].clone()).unwrap();
    // By the table it is twenty.
    put(&desk, &close(), &extras()).await;
    let tried = desk.post(&vera, "/api/v1/tours/other/try", &order).await.json();
    assert_eq!((&tried["feasible"], &tried["timed"]), (&json!(false), &Value::Null), "{tried}");
    assert_eq!(tried["clashes"][0]["host"], "h2", "{tried}");
    let violations = check(&close(), &travel(), &plan).violations;
    assert!(!violations.is_empty());
    // A plan that is kept is told the same as the check tells.
    let anna = desk.planner().await;
    let kept =
        desk.put(&anna, "/api/v1/tours/other/plans/first", &json!({ "revision": 0, "plan": plan })).await;
    let kept = kept.json();
    assert_eq!(kept["clashes"].as_array().unwrap().len(), violations.len(), "{kept}");
}

#[tokio::test]
async fn a_sheet_says_where_travel_times_come_from() {
    let desk = Desk::open().await;
    let vera = desk.login("vera").await;
    let said = async |name: &str| {
        let sheet = desk.get(&vera, &format!("/api/v1/tours/{name}")).await.json();
        sheet["travel"].as_str().unwrap().to_owned()
    };
    assert!(said("brindisi").await.starts_with("Travel times: distance on the ellipsoid times 1.3,"));
    put(&desk, &tour(), &extras()).await;
    assert_eq!(said("other").await, "Travel times: the table roads.csv.");
    // Removed and put again, it is another.
    desk.store.remove_tour("other").await.unwrap();
    let roads = Roads { factor: 1.75, ..Roads::default() };
    put(&desk, &tour(), &Extras { ways: Ways::Coordinates(roads), ..Extras::default() }).await;
    assert!(said("other").await.starts_with("Travel times: distance on the ellipsoid times 1.75,"));
}

#[tokio::test]
async fn a_book_has_orders_of_phases_and_whom_to_call() {
    let desk = Desk::open().await;
    let (anna, vera) = (desk.planner().await, desk.login("vera").await);
    put(&desk, &tour(), &extras()).await;
    let solved = desk.post(&anna, "/api/v1/tours/other/solve", &json!({ "seconds": 2 })).await.json();
    let body = json!({ "revision": 0, "plan": solved["plans"][0]["plan"] });
    assert_eq!(desk.put(&anna, "/api/v1/tours/other/plans/first", &body).await.status, 200);
    let address = "/api/v1/tours/other/plans/first/book.html";
    let book = desk.get(&vera, address).await.text();
    assert!(book.contains("Hospital Perrino") && !book.contains("Eva Prova"));
    assert!(book.contains("growing"), "the order of phases is shown");
    let contacts = format!("{address}?contacts=true");
    let book = desk.get(&anna, &contacts).await.text();
    assert!(book.contains("Hospital Perrino") && book.contains("Eva Prova"));
    // Persons are told to planners, and erased for good; public numbers stay.
    let personal = "/api/v1/tours/other/personal";
    let numbers = desk.get(&anna, personal).await.json()["emergency"].clone();
    assert_eq!(numbers, json!([{ "who": "Eva Prova", "number": "+39 0831 000" }]));
    assert_eq!(desk.get(&vera, personal).await.status, 403);
    let path = "/api/v1/tours/other/emergency/Eva%20Prova";
    assert_eq!(desk.delete(&vera, path).await.status, 403);
    assert_eq!(desk.delete(&anna, path).await.status, 204);
    assert_eq!(desk.delete(&anna, path).await.status, 404);
    assert_eq!(desk.get(&anna, personal).await.json()["emergency"], json!([]));
    let book = desk.get(&anna, &contacts).await.text();
    assert!(book.contains("Hospital Perrino") && !book.contains("Eva Prova"));
}

#[tokio::test]
async fn a_book_tells_of_districts_what_the_edition_that_is_served_says() {
    let made = Made::country();
    let edition = Edition::open(&made.edition()).unwrap();
    let desk = Desk::serving(Limits::default(), &[named("made", &made.edition())]).await;
    let (anna, mut tour) = (desk.planner().await, tour());
    let area = edition.districts.iter().find(|area| edition.facts[&area.code].population.is_some()).unwrap();
    tour.hosts[0].district = Some(area.code.clone());
    tour.districts.clone_from(&edition.districts);
    let book = async |hash: &str| {
        let kept = KeptEdition { folder: "/away".to_owned(), hash: hash.to_owned() };
        put(&desk, &tour, &Extras { edition: Some(kept), ..extras() }).await;
        let address = "/api/v1/tours/other/plans/first";
        let solved = desk.post(&anna, "/api/v1/tours/other/solve", &json!({ "seconds": 2 })).await.json();
        let seen = desk.store.plan_revision("other", "first").await.unwrap();
        let body = json!({ "revision": seen, "plan": solved["plans"][0]["plan"] });
        assert_eq!(desk.put(&anna, address, &body).await.status, 200);
        desk.get(&anna, &format!("{address}/book.html")).await.text()
    };
    assert!(book(&edition.hash).await.contains("inhabitants"));
    assert!(!book("another").await.contains("inhabitants"), "another edition says something else");
}
