//! What every store does with a tour and all that belongs to it.

use std::path::PathBuf;
use std::time::Duration;

use distretto_desk::store::{Extras, KeptEdition, Store, StorePlace, WholeTour};
use distretto_desk::ways::{Matrix, Roads, Server, Ways};
use distretto_roadbook::book::{Chain, Emergency, Number};
use distretto_study::config::{Decimal, Texts};
use distretto_study::fault::{Code, Log};
use distretto_tours::tour::{Contact, Personal};
use distretto_tours::travel::{Leg, Way};
use distretto_tours::{Plan, Travel};
use sqlx::{Connection, Executor};

use super::demands::raw;
use super::{by, tour};

fn number(who: &str) -> Number {
    Number { who: who.to_owned(), number: "+39 0831 000".to_owned() }
}

/// Of a tour with a table of ways: one way is known, one is none, the others nobody has said.
fn extras() -> Extras {
    let mut found = Travel::new(["b", "h1"], "the table roads.csv");
    found.set("b", "h1", Way::Leg(Leg { minutes: 20, metres: None }));
    found.set("h1", "b", Way::NoRoute);
    let paths = Texts(vec!["roads.csv".to_owned()]);
    Extras {
        id: "leather-2026".to_owned(),
        ways: Ways::Matrix(Matrix { folder: PathBuf::new(), paths, decimal: Decimal::default() }),
        found: Some(found),
        chains: vec![Chain { phases: vec!["pressing".to_owned(), "bottling".to_owned()] }],
        emergency: Emergency { numbers: vec![number("Hospital")], people: vec![number("Eva Prova")] },
        edition: Some(KeptEdition { folder: "/editions/italy".to_owned(), hash: "ab12".to_owned() }),
    }
}

async fn put(store: &Store, extras: &Extras, replace: bool) {
    let (tour, personal) = (tour("A"), Personal::default());
    let whole = WholeTour { tour: &tour, personal: &personal, extras, plan: None };
    store.put_whole("brindisi", &whole, replace, by(1)).await.unwrap();
}

pub async fn the_second_version_is_brought_up_and_keeps_what_stands_beside(place: StorePlace) {
    let store = Store::open_or_make(&place).await.unwrap();
    put(&store, &extras(), false).await;
    let mark = store.extras_mark("brindisi").await.unwrap();
    store.close().await;
    // What the third and fourth version added is taken away again.
    let mut other = raw(&place).await;
    other.execute("ALTER TABLE desk_plans DROP COLUMN tour_revision").await.unwrap();
    other.execute("DROP TABLE desk_removed").await.unwrap();
    other.execute("ALTER TABLE desk_extras DROP COLUMN code").await.unwrap();
    other.execute("UPDATE desk_meta SET version = 2").await.unwrap();
    other.close().await.unwrap();
    let store = Store::open(&place).await.unwrap();
    let kept = store.extras("brindisi").await.unwrap();
    let before = Extras { id: String::new(), emergency: kept.emergency.clone(), ..extras() };
    assert_eq!((&kept, store.extras_mark("brindisi").await.unwrap()), (&before, mark));
}

pub async fn what_stands_beside_a_tour_is_kept(place: StorePlace) {
    let store = Store::open_or_make(&place).await.unwrap();
    let matrix = extras();
    let roads = Roads { factor: 1.45, bands: vec![(7.5, 25.0)], rest: 91.5 };
    let server = Server {
        url: "http://localhost:5000".to_owned(),
        profile: "driving".to_owned(),
        block: 50,
        timeout: Duration::from_secs(7),
        keep: None,
    };
    let all = [
        matrix.clone(),
        Extras { ways: Ways::Coordinates(roads), found: None, ..Extras::default() },
        Extras { ways: Ways::Server(server), ..matrix.clone() },
        Extras::default(),
    ];
    let mut before = store.extras_mark("brindisi").await.unwrap();
    assert_eq!(before, "");
    for extras in all {
        put(&store, &extras, true).await;
        let mut kept = store.extras("brindisi").await.unwrap();
        assert!(kept.emergency.people.is_empty(), "they are read with what is personal");
        kept.emergency.people.clone_from(&extras.emergency.people);
        assert_eq!(kept, extras);
        let mark = store.extras_mark("brindisi").await.unwrap();
        assert_ne!(mark, before);
        before = mark;
    }
    // What is agreed changes nothing of it.
    let kept = store.tour("brindisi").await.unwrap();
    let what = distretto_desk::store::What::Ask;
    store.put_tour("brindisi", &kept.document, kept.revision, by(2), what, "h1").await.unwrap();
    assert_eq!(store.extras_mark("brindisi").await.unwrap(), before);
    store.remove_tour("brindisi").await.unwrap();
    assert_eq!(store.extras_mark("brindisi").await.unwrap(), "");
}

pub async fn numbers_of_persons_are_kept_apart_and_erased(place: StorePlace) {
    let store = Store::open_or_make(&place).await.unwrap();
    let mut extras = extras();
    extras.emergency.people.push(number("Driver"));
    put(&store, &extras, false).await;
    assert_eq!(store.personal("brindisi").await.unwrap().emergency, [number("Eva Prova"), number("Driver")]);
    let rows = "SELECT ways || found || chains || numbers || edition FROM desk_extras";
    let row = raw(&place).await.fetch_one(rows).await.unwrap();
    let text: String = sqlx::Row::get(&row, 0);
    assert!(text.contains("Hospital") && !text.contains("Eva"), "{text}");
    store.erase_emergency("brindisi", "Eva Prova", by(3)).await.unwrap();
    assert_eq!(store.personal("brindisi").await.unwrap().emergency, [number("Driver")]);
    let gone = store.erase_emergency("brindisi", "Eva Prova", by(3)).await.unwrap_err();
    assert_eq!(gone.code, Code::StoreNothing);
    let events = store.events("brindisi", 9).await.unwrap();
    assert!(events.iter().all(|event| !event.about.contains("Eva")), "the log names nobody");
}

pub async fn a_tour_is_put_whole_or_not_at_all(place: StorePlace) {
    let store = Store::open_or_make(&place).await.unwrap();
    let (tour, extras, plan) = (tour("A"), extras(), Plan::default());
    let contact = Contact { name: "Eva Prova".to_owned(), ..Contact::default() };
    let personal = Personal { contacts: [("h1".to_owned(), contact)].into(), ..Personal::default() };
    let whole =
        |name| WholeTour { tour: &tour, personal: &personal, extras: &extras, plan: Some((name, &plan)) };
    for (id, name) in [("brindisi", "plan_v2"), ("Brindisi", "first")] {
        let fault = store.put_whole(id, &whole(name), false, by(1)).await.unwrap_err();
        assert_eq!(fault.code, Code::StoreName);
    }
    // The plan, which is written last, cannot be written.
    raw(&place).await.execute("ALTER TABLE desk_plans RENAME TO desk_plans_away").await.unwrap();
    let fault = store.put_whole("brindisi", &whole("first"), false, by(1)).await.unwrap_err();
    assert_eq!(fault.code, Code::StoreDamaged);
    raw(&place).await.execute("ALTER TABLE desk_plans_away RENAME TO desk_plans").await.unwrap();
    assert!(store.tours().await.unwrap().is_empty());
    assert!(store.personal("brindisi").await.unwrap().personal.contacts.is_empty());
    store.put_whole("brindisi", &whole("first"), false, by(1)).await.unwrap();
    assert_eq!(store.personal("brindisi").await.unwrap().personal, personal);
    assert_eq!(store.plan("brindisi", "first").await.unwrap().document, plan);
    let events = store.events("brindisi", 9).await.unwrap();
    let what: Vec<&str> = events.iter().map(|event| event.what.as_str()).collect();
    assert_eq!(what, ["save_plan", "contact", "put_tour"]);
}

pub async fn a_tour_that_is_there_is_replaced_only_where_that_is_said(place: StorePlace) {
    let store = Store::open_or_make(&place).await.unwrap();
    put(&store, &extras(), false).await;
    let kept = store.tour("brindisi").await.unwrap();
    let what = distretto_desk::store::What::Ask;
    store.put_tour("brindisi", &kept.document, 1, by(2), what, "h1").await.unwrap();
    store.put_plan("brindisi", "first", &Plan::default(), 0, by(3)).await.unwrap();
    store.put_plan("brindisi", "second", &Plan::default(), 0, by(4)).await.unwrap();
    let (other, personal, extras) = (tour("B"), Personal::default(), Extras::default());
    let plan = Plan { proven: Some(true), ..Plan::default() };
    let whole =
        WholeTour { tour: &other, personal: &personal, extras: &extras, plan: Some(("first", &plan)) };
    let fault = store.put_whole("brindisi", &whole, false, by(5)).await.unwrap_err();
    assert_eq!(fault.code, Code::StoreTaken);
    assert!(fault.help.as_ref().unwrap().contains("`--replace`"), "{fault}");
    assert_eq!(store.tour("brindisi").await.unwrap().revision, 2);
    store.put_whole("brindisi", &whole, true, by(6)).await.unwrap();
    let kept = store.tour("brindisi").await.unwrap();
    assert_eq!((kept.document.title.as_str(), kept.revision), ("B", 3));
    let (first, second) =
        (store.plan("brindisi", "first").await.unwrap(), store.plan("brindisi", "second").await);
    // Each has the number of the event that wrote it: put, contact, ask, first, second, put, contact, first.
    assert_eq!((first.document, first.revision), (plan, 8));
    assert_eq!(second.unwrap().revision, 5);
    assert!(store.personal("brindisi").await.unwrap().emergency.is_empty());
}

pub async fn what_is_proven_of_a_plan_holds_until_the_tour_changes(place: StorePlace) {
    let store = Store::open_or_make(&place).await.unwrap();
    let (tour, personal, extras) = (tour("A"), Personal::default(), Extras::default());
    let plan = Plan { proven: Some(true), ..Plan::default() };
    let whole = WholeTour { tour: &tour, personal: &personal, extras: &extras, plan: Some(("first", &plan)) };
    store.put_whole("brindisi", &whole, false, by(1)).await.unwrap();
    let proven = async || store.plan("brindisi", "first").await.unwrap().document.proven;
    assert_eq!(proven().await, Some(true));
    // A contact is not what a plan is made of; what was agreed is.
    store.put_contact("brindisi", "h1", &Contact::default(), 0, by(2)).await.unwrap();
    assert_eq!(proven().await, Some(true));
    let kept = store.tour("brindisi").await.unwrap();
    let what = distretto_desk::store::What::Ask;
    store.put_tour("brindisi", &kept.document, kept.revision, by(3), what, "h1").await.unwrap();
    assert_eq!(proven().await, None);
    // Saved again, it is of the tour as it is now.
    let seen = store.plan_revision("brindisi", "first").await.unwrap();
    store.put_plan("brindisi", "first", &plan, seen, by(4)).await.unwrap();
    assert_eq!(proven().await, Some(true));
    store.put_whole("brindisi", &WholeTour { plan: None, ..whole }, true, by(5)).await.unwrap();
    assert_eq!(proven().await, None);
    store.put_whole("brindisi", &whole, true, by(6)).await.unwrap();
    assert_eq!(proven().await, Some(true));
    store.close().await;
    // Of a plan that an older version saved nobody knows for which tour it was proven.
    let mut other = raw(&place).await;
    for statement in [
        "ALTER TABLE desk_plans DROP COLUMN tour_revision",
        "DROP TABLE desk_removed",
        "UPDATE desk_meta SET version = 3",
    ] {
        other.execute(statement).await.unwrap();
    }
    other.close().await.unwrap();
    let store = Store::open(&place).await.unwrap();
    let kept = store.plan("brindisi", "first").await.unwrap();
    assert_eq!(kept.document, Plan { proven: None, ..plan });
}

pub async fn who_was_erased_and_comes_back_is_told(place: StorePlace) {
    let store = Store::open_or_make(&place).await.unwrap();
    let mut tour = tour("A");
    tour.delegation.delegates[0].needs = vec!["step-free".to_owned()];
    let contacts = ["h1", "b"].map(|code| (code.to_owned(), Contact::default()));
    let personal = Personal { contacts: contacts.into(), ..Personal::default() };
    let extras = extras();
    let whole = WholeTour { tour: &tour, personal: &personal, extras: &extras, plan: None };
    let told = async |whole: &WholeTour<'_>| -> Vec<String> {
        let mut log = Log::default();
        store.warn_of_return("brindisi", whole, &mut log).await.unwrap();
        assert!(log.entries().iter().all(|fault| fault.code == Code::StoreReturn));
        log.entries().iter().map(|fault| fault.what.clone()).collect()
    };
    assert!(told(&whole).await.is_empty());
    store.put_whole("brindisi", &whole, false, by(1)).await.unwrap();
    assert!(told(&whole).await.is_empty());
    store.erase_contact("brindisi", "h1", by(2)).await.unwrap();
    // Of the delegate nothing else was known.
    let delegate = tour.delegation.delegates[0].code.clone();
    store.erase_person("brindisi", &delegate, by(2)).await.unwrap();
    store.erase_emergency("brindisi", "Eva Prova", by(2)).await.unwrap();
    let expected = format!("the tour brings back who was erased in the store: `{delegate}`, `h1`");
    assert_eq!(told(&whole).await, [expected]);
    // Who is entered again by hand has come back already; a folder without them brings nobody.
    store.put_contact("brindisi", "h1", &Contact::default(), 0, by(3)).await.unwrap();
    assert!(told(&whole).await[0].ends_with(&format!(": `{delegate}`")));
    let nobody = Personal::default();
    tour.delegation.delegates[0].needs.clear();
    assert!(
        told(&WholeTour { tour: &tour, personal: &nobody, extras: &extras, plan: None }).await.is_empty()
    );
    // A tour that cannot be read can be replaced, and what is known of it is told.
    store.erase_contact("brindisi", "h1", by(3)).await.unwrap();
    raw(&place).await.execute("UPDATE desk_tours SET document = '{'").await.unwrap();
    let whole = WholeTour { tour: &tour, personal: &personal, extras: &extras, plan: None };
    assert!(told(&whole).await[0].ends_with(": `h1`"));
    store.put_whole("brindisi", &whole, true, by(4)).await.unwrap();
    assert_eq!(store.tour("brindisi").await.unwrap().document, tour);
}
