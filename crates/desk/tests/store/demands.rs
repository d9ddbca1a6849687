//! What every store does.

use distretto_desk::store::{By, Extras, IDLE, LONGEST, Role, Store, StorePlace, Token, What, WholeTour};
use distretto_study::fault::Code;
use distretto_tours::tour::{Contact, Person, Personal};
use distretto_tours::{Demand, Plan, State};
use sqlx::{AnyConnection, Connection, Executor, Row};

use super::{by, tour, with_tour};

pub use super::whole::{
    a_tour_is_put_whole_or_not_at_all, a_tour_that_is_there_is_replaced_only_where_that_is_said,
    numbers_of_persons_are_kept_apart_and_erased,
    the_second_version_is_brought_up_and_keeps_what_stands_beside,
    what_is_proven_of_a_plan_holds_until_the_tour_changes, what_stands_beside_a_tour_is_kept,
    who_was_erased_and_comes_back_is_told,
};

pub async fn a_tour_is_kept_as_it_was_put(place: StorePlace) {
    let store = with_tour(&place).await;
    let kept = store.tour("brindisi").await.unwrap();
    assert_eq!((kept.document, kept.revision, kept.changed, kept.user.as_str()), (tour("A"), 1, 1, "anna"));
    store.put_tour("albania", &tour("B"), 0, by(7), What::PutTour, "").await.unwrap();
    let tours = store.tours().await.unwrap();
    let ids: Vec<&str> = tours.iter().map(|tour| tour.id.as_str()).collect();
    assert_eq!(ids, ["albania", "brindisi"]);
    assert_eq!((tours[0].hosts, tours[0].delegates), (1, 1));
    assert_eq!((tours[0].first.as_str(), tours[0].last.as_str()), ("2005-11-15", "2005-11-15"));
    store.close().await;
    // Another process finds the same.
    let store = Store::open(&place).await.unwrap();
    assert_eq!(store.tour("brindisi").await.unwrap().document, tour("A"));
    store.remove_tour("brindisi").await.unwrap();
    assert_eq!(store.tour("brindisi").await.unwrap_err().code, Code::StoreNothing);
    assert_eq!(store.remove_tour("brindisi").await.unwrap_err().code, Code::StoreNothing);
    for name in ["", "Brindisi", "-a", "a b", "../x", &"a".repeat(81)] {
        let fault = store.put_tour(name, &tour("C"), 0, by(1), What::PutTour, "").await.unwrap_err();
        assert_eq!(fault.code, Code::StoreName, "{name}");
    }
}

pub async fn who_saw_another_revision_changes_nothing(place: StorePlace) {
    let store = with_tour(&place).await;
    let put = async |title: &str, seen: i64| {
        store.put_tour("brindisi", &tour(title), seen, by(2), What::Accept, "h1").await
    };
    assert_eq!(put("B", 1).await.unwrap(), 2);
    for seen in [0, 1, 3, -1, i64::MAX] {
        let fault = put("C", seen).await.unwrap_err();
        assert_eq!(fault.code, Code::StoreConflict, "{seen}");
        assert!(fault.help.unwrap().contains("read it again"));
    }
    assert_eq!(store.tour("brindisi").await.unwrap().document.title, "B");
    assert_eq!(store.events("brindisi", 10).await.unwrap().len(), 2, "what was refused is not in the log");
    let gone = store.put_tour("nowhere", &tour("D"), 4, by(2), What::PutTour, "").await.unwrap_err();
    assert_eq!(gone.code, Code::StoreConflict);
}

pub async fn plans_have_revisions_of_their_own(place: StorePlace) {
    let store = with_tour(&place).await;
    let plan = Plan { days: Vec::new(), proven: Some(true) };
    assert_eq!(store.put_plan("brindisi", "first", &plan, 0, by(2)).await.unwrap(), 2);
    assert_eq!(store.put_plan("brindisi", "first", &Plan::default(), 2, by(3)).await.unwrap(), 3);
    assert_eq!(store.plan("brindisi", "first").await.unwrap().document, Plan::default());
    assert_eq!(store.tour("brindisi").await.unwrap().revision, 1);
    for seen in [0, 1, 2, 4] {
        let fault = store.put_plan("brindisi", "first", &plan, seen, by(4)).await.unwrap_err();
        assert_eq!(fault.code, Code::StoreConflict);
        if seen > 0 {
            let fault = store.remove_plan("brindisi", "first", seen, by(4)).await.unwrap_err();
            assert_eq!(fault.code, Code::StoreConflict);
        }
    }
    let stranger = store.put_plan("nowhere", "first", &plan, 0, by(2)).await.unwrap_err();
    assert_eq!(stranger.code, Code::StoreNothing);
    store.put_plan("brindisi", "a-second", &plan, 0, by(2)).await.unwrap();
    let names = async || -> Vec<String> {
        store.plans(Some("brindisi")).await.unwrap().into_iter().map(|plan| plan.name).collect()
    };
    assert_eq!(names().await, ["a-second", "first"]);
    assert_eq!(store.plans(None).await.unwrap().len(), 2);
    assert!(store.plans(Some("nowhere")).await.unwrap().is_empty());
    store.remove_plan("brindisi", "first", 3, by(5)).await.unwrap();
    assert_eq!(names().await, ["a-second"]);
    assert_eq!(store.plan("brindisi", "first").await.unwrap_err().code, Code::StoreNothing);
    let gone = store.remove_plan("brindisi", "first", 2, by(5)).await.unwrap_err();
    assert_eq!(gone.code, Code::StoreNothing);
}

pub async fn no_revision_comes_twice(place: StorePlace) {
    let store = with_tour(&place).await;
    let mut plans = Vec::new();
    for round in 0..3 {
        let first = store.put_plan("brindisi", "first", &Plan::default(), 0, by(2)).await.unwrap();
        // Who has a plan open from before it was removed does not overwrite the new one, nor removes it.
        for old in &plans {
            let put = store.put_plan("brindisi", "first", &Plan::default(), *old, by(3)).await;
            let removed = store.remove_plan("brindisi", "first", *old, by(3)).await;
            assert_eq!(put.unwrap_err().code, Code::StoreConflict, "{round}: {old}");
            assert_eq!(removed.unwrap_err().code, Code::StoreConflict, "{round}: {old}");
        }
        let second = store.put_plan("brindisi", "first", &Plan::default(), first, by(2)).await.unwrap();
        store.remove_plan("brindisi", "first", second, by(4)).await.unwrap();
        plans.extend([first, second]);
    }
    let mut tours = Vec::new();
    for round in 0..3 {
        let there = store.tour_revision("brindisi").await.unwrap();
        for old in &tours {
            let put = store.put_tour("brindisi", &tour("Old"), *old, by(5), What::Accept, "h1").await;
            assert_eq!(put.unwrap_err().code, Code::StoreConflict, "{round}: {old}");
        }
        let plan = store.put_plan("brindisi", "first", &Plan::default(), 0, by(5)).await.unwrap();
        let contact = store.put_contact("brindisi", "h1", &Contact::default(), 0, by(5)).await.unwrap();
        assert!(!plans.contains(&plan) && !plans.contains(&contact), "{plans:?} {plan} {contact}");
        let next = store.put_tour("brindisi", &tour("B"), there, by(6), What::Accept, "h1").await.unwrap();
        assert!(next > there);
        plans.extend([plan, contact]);
        tours.extend([there, next]);
        store.remove_tour("brindisi").await.unwrap();
        // Another tour that is removed with fewer events takes nothing back.
        store.put_tour("albania", &tour("C"), 0, by(7), What::PutTour, "").await.unwrap();
        store.remove_tour("albania").await.unwrap();
        store.put_tour("brindisi", &tour("A"), 0, by(7), What::PutTour, "").await.unwrap();
    }
    let events = store.events("brindisi", 9).await.unwrap();
    assert_eq!(events[0].number, store.tour_revision("brindisi").await.unwrap());
}

pub async fn what_is_personal_is_kept_apart_and_erased(place: StorePlace) {
    let store = with_tour(&place).await;
    let contact = Contact {
        name: "Zyxwvut".to_owned(),
        role: "export".to_owned(),
        phone: "+39 000".to_owned(),
        email: "zyxwvut@example.org".to_owned(),
    };
    let person = Person { name: "Zyxwvut".to_owned(), emergency: "+355 000".to_owned(), ..Person::default() };
    store.put_contact("brindisi", "h1", &Contact::default(), 0, by(2)).await.unwrap();
    store.put_contact("brindisi", "h1", &contact, 2, by(3)).await.unwrap();
    store.put_person("brindisi", "d1", &person, 0, by(4)).await.unwrap();
    let all = Personal {
        contacts: [("h1".to_owned(), contact.clone())].into(),
        people: [("d1".to_owned(), person.clone())].into(),
    };
    assert_eq!(store.personal("brindisi").await.unwrap().personal, all);
    assert_eq!(store.personal("nowhere").await.unwrap().personal, Personal::default());
    let stranger = store.put_contact("nowhere", "h1", &contact, 0, by(2)).await.unwrap_err();
    assert_eq!(stranger.code, Code::StoreNothing);

    // In no other table: each is read as text, whole.
    let mut raw = raw(&place).await;
    for (table, columns) in [
        ("desk_tours", "id || title || document || user_name"),
        ("desk_plans", "tour || name || document || user_name"),
        ("desk_events", "tour || user_name || what || about"),
        ("desk_shares", "id || token || tour || plan || user_name"),
    ] {
        let rows = sqlx::AssertSqlSafe(format!("SELECT {columns} FROM {table}"));
        for row in raw.fetch_all(sqlx::raw_sql(rows)).await.unwrap() {
            assert!(!row.get::<String, _>(0).contains("Zyxwvut"), "{table}");
        }
    }

    store.erase_person("brindisi", "d1", by(5)).await.unwrap();
    let left = store.personal("brindisi").await.unwrap().personal;
    assert!(left.people.is_empty() && left.contacts.len() == 1);
    assert_eq!(store.erase_person("brindisi", "d1", by(5)).await.unwrap_err().code, Code::StoreNothing);
    store.erase_contact("brindisi", "h1", by(6)).await.unwrap();
    assert_eq!(store.personal("brindisi").await.unwrap().personal, Personal::default());
    put_personal(&store, &all, by(7)).await;
    put_personal(&store, &all, by(8)).await;
    assert_eq!(store.personal("brindisi").await.unwrap().personal, all);
    store.remove_tour("brindisi").await.unwrap();
    assert_eq!(store.personal("brindisi").await.unwrap().personal, Personal::default());
}

pub async fn who_saw_another_contact_or_one_that_was_erased_changes_nothing(place: StorePlace) {
    let store = with_tour(&place).await;
    let person = |name: &str| Person { name: name.to_owned(), ..Person::default() };
    let put =
        async |name: &str, seen: i64| store.put_person("brindisi", "d1", &person(name), seen, by(2)).await;
    let refused = async |seen: i64, why: &str| {
        let fault = put("Old form", seen).await.unwrap_err();
        assert_eq!(fault.code, Code::StoreConflict, "{seen}");
        assert!(fault.why.as_ref().unwrap().contains(why), "{fault}");
    };
    let first = put("A", 0).await.unwrap();
    refused(0, "it is there already").await;
    let second = put("B", first).await.unwrap();
    refused(first, "and 2 was to be changed").await;
    let kept = store.personal("brindisi").await.unwrap();
    assert_eq!((&kept.personal.people["d1"], kept.people["d1"]), (&person("B"), second));
    // An old form does not bring back who was erased.
    store.erase_person("brindisi", "d1", by(3)).await.unwrap();
    refused(second, "it is there no more").await;
    assert!(store.personal("brindisi").await.unwrap().people.is_empty());
    // Nor where they were entered again meanwhile, as often as before.
    let third = put("C", 0).await.unwrap();
    for seen in [first, second] {
        refused(seen, "was to be changed").await;
    }
    put("D", third).await.unwrap();
    // The same of contacts; and what is put whole counts as a change.
    let contact = Contact { name: "E".to_owned(), ..Contact::default() };
    let seen = store.put_contact("brindisi", "h1", &contact, 0, by(4)).await.unwrap();
    let all = store.personal("brindisi").await.unwrap();
    assert_eq!(all.contacts["h1"], seen);
    put_personal(&store, &all.personal, by(5)).await;
    let old = store.put_contact("brindisi", "h1", &contact, seen, by(6)).await.unwrap_err();
    assert_eq!(old.code, Code::StoreConflict);
    let seen = store.personal("brindisi").await.unwrap().contacts["h1"];
    store.put_contact("brindisi", "h1", &contact, seen, by(6)).await.unwrap();
}

pub async fn a_session_ends_by_itself_and_by_logout(place: StorePlace) {
    let store = with_tour(&place).await;
    store.add_user("anna", "correct horse battery", Role::Planner).await.unwrap();
    let start = 1_000_000;
    let token = store.begin_session("anna", start).await.unwrap();
    let at = async |token: &Token, now: i64| store.session(token, now).await.unwrap();
    let session = at(&token, start + 1).await.unwrap();
    assert_eq!((session.user.as_str(), session.role, session.expires), ("anna", Role::Planner, start + IDLE));
    assert!(at(&Token::read(&"0".repeat(64)).unwrap(), start).await.is_none());
    // Without a request for two hours it is over, to the second.
    let idle = store.begin_session("anna", start).await.unwrap();
    assert!(at(&idle, start + IDLE).await.is_none());
    // With requests it lasts twelve hours, to the second.
    let mut now = start;
    while now + 7000 < start + LONGEST {
        now += 7000;
        assert!(at(&token, now).await.is_some(), "{now}");
    }
    assert_eq!(at(&token, start + LONGEST - 1).await.unwrap().expires, start + LONGEST);
    assert!(at(&token, start + LONGEST).await.is_none());
    // Logout, a new password, another role, being disabled: each ends it.
    let token = store.begin_session("anna", start).await.unwrap();
    store.end_session(&token).await.unwrap();
    assert!(at(&token, start).await.is_none());
    store.end_session(&token).await.unwrap();
    let token = store.begin_session("anna", start).await.unwrap();
    store.set_password("anna", "battery horse correct").await.unwrap();
    assert!(at(&token, start).await.is_none());
    let token = store.begin_session("anna", start).await.unwrap();
    store.set_role("anna", Role::Viewer).await.unwrap();
    assert!(at(&token, start).await.is_none());
    let token = store.begin_session("anna", start).await.unwrap();
    store.set_disabled("anna", true).await.unwrap();
    assert!(at(&token, start).await.is_none());
    // The secret is nowhere in the store.
    let token = store.begin_session("anna", start).await.unwrap();
    let rows = raw(&place).await.fetch_all("SELECT token || user_name FROM desk_sessions").await.unwrap();
    assert!(rows.iter().all(|row| !row.get::<String, _>(0).contains(token.secret())));
}

pub async fn only_the_right_password_of_a_user_who_may_is_taken(place: StorePlace) {
    let store = with_tour(&place).await;
    store.add_user("anna.b", "correct horse battery", Role::Viewer).await.unwrap();
    let taken = store.add_user("anna.b", "correct horse battery", Role::Planner).await.unwrap_err();
    assert_eq!(taken.code, Code::StoreTaken);
    assert_eq!(store.add_user("bo", "short", Role::Viewer).await.unwrap_err().code, Code::StoreName);
    assert_eq!(
        store.add_user("B o", "correct horse battery", Role::Viewer).await.unwrap_err().code,
        Code::StoreName
    );
    let user = store.authenticate("anna.b", "correct horse battery").await.unwrap().unwrap();
    assert_eq!((user.name.as_str(), user.role), ("anna.b", Role::Viewer));
    for (name, password) in [
        ("anna.b", "correct horse batter"),
        ("anna.b", ""),
        ("nobody", "correct horse battery"),
        ("", ""),
        ("anna.b\0", "correct horse battery\0"),
        ("' OR 1=1 --", "x"),
    ] {
        assert_eq!(store.authenticate(name, password).await.unwrap(), None, "{name}");
    }
    store.set_disabled("anna.b", true).await.unwrap();
    assert_eq!(store.authenticate("anna.b", "correct horse battery").await.unwrap(), None);
    store.set_disabled("anna.b", false).await.unwrap();
    assert!(store.authenticate("anna.b", "correct horse battery").await.unwrap().is_some());
    assert_eq!(
        store.set_password("nobody", "correct horse battery").await.unwrap_err().code,
        Code::StoreNothing
    );
    let rows = raw(&place).await.fetch_all("SELECT hash FROM desk_users").await.unwrap();
    assert!(rows[0].get::<String, _>(0).starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
}

pub async fn a_user_who_is_removed_leaves_no_name(place: StorePlace) {
    let store = with_tour(&place).await;
    store.add_user("anna", "correct horse battery", Role::Planner).await.unwrap();
    store.put_plan("brindisi", "first", &Plan::default(), 0, by(2)).await.unwrap();
    let token = store.begin_session("anna", 5).await.unwrap();
    store.remove_user("anna").await.unwrap();
    assert!(store.users().await.unwrap().is_empty());
    assert!(store.session(&token, 5).await.unwrap().is_none());
    assert_eq!(store.tour("brindisi").await.unwrap().user, "");
    assert_eq!(store.plan("brindisi", "first").await.unwrap().user, "");
    assert!(store.events("brindisi", 9).await.unwrap().iter().all(|event| event.user.is_empty()));
    assert_eq!(store.remove_user("anna").await.unwrap_err().code, Code::StoreNothing);
}

pub async fn a_link_shows_its_plan_until_it_ends_or_is_revoked(place: StorePlace) {
    let store = with_tour(&place).await;
    store.put_plan("brindisi", "first", &Plan::default(), 0, by(2)).await.unwrap();
    let (share, token) = store.share("brindisi", "first", 100, by(3)).await.unwrap();
    let shown = store.shown(&token, 99).await.unwrap().unwrap();
    assert_eq!((shown.tour.as_str(), shown.plan.as_str(), shown.expires), ("brindisi", "first", 100));
    assert!(store.shown(&token, 100).await.unwrap().is_none());
    assert!(store.shown(&Token::read(&"0".repeat(64)).unwrap(), 5).await.unwrap().is_none());
    assert_eq!(store.revoke("nowhere", &share.id, by(4)).await.unwrap_err().code, Code::StoreNothing);
    assert_eq!(store.revoke("brindisi", "nothing", by(4)).await.unwrap_err().code, Code::StoreNothing);
    store.revoke("brindisi", &share.id, by(4)).await.unwrap();
    assert!(store.shown(&token, 5).await.unwrap().is_none());
    let (second, token) = store.share("brindisi", "first", 200, by(9)).await.unwrap();
    let shares = store.shares("brindisi").await.unwrap();
    assert_eq!(shares.iter().map(|share| share.revoked).collect::<Vec<_>>(), [false, true]);
    assert_eq!(shares[0], second);
    assert_eq!(store.share("brindisi", "other", 200, by(9)).await.unwrap_err().code, Code::StoreNothing);
    // A plan that is removed is shown no more.
    store.remove_plan("brindisi", "first", 2, by(10)).await.unwrap();
    assert!(store.shown(&token, 11).await.unwrap().is_none());
}

pub async fn the_log_has_no_gap(place: StorePlace) {
    let store = with_tour(&place).await;
    store.put_contact("brindisi", "h1", &Contact::default(), 0, by(2)).await.unwrap();
    assert!(store.erase_contact("brindisi", "h9", by(3)).await.is_err());
    store.put_tour("brindisi", &tour("B"), 1, by(4), What::Decline, "h1").await.unwrap();
    let events = store.events("brindisi", 10).await.unwrap();
    let short: Vec<_> = events.iter().map(|e| (e.number, e.at, e.what.as_str(), e.about.as_str())).collect();
    assert_eq!(short, [(3, 4, "decline", "h1"), (2, 2, "contact", "h1"), (1, 1, "put_tour", "")]);
    assert_eq!(store.events("brindisi", 1).await.unwrap().len(), 1);
    assert!(store.events("nowhere", 10).await.unwrap().is_empty());
}

pub async fn many_who_write_at_once_lose_nothing(place: StorePlace) {
    let store = with_tour(&place).await;
    // Each adds a minute to the same visit, and reads again where somebody else was first.
    let adding = async |store: Store| {
        loop {
            let mut kept = store.tour("brindisi").await.unwrap();
            let visit = &mut kept.document.visits[0];
            visit.minutes = Some(visit.minutes.unwrap_or(0) + 1);
            match store.put_tour("brindisi", &kept.document, kept.revision, by(2), What::Demand, "h1").await {
                Ok(_) => return,
                Err(fault) => assert_eq!(fault.code, Code::StoreConflict),
            }
        }
    };
    let tasks: Vec<_> = (0..12)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                adding(store.clone()).await;
                store
                    .put_contact("brindisi", &format!("h{number}"), &Contact::default(), 0, by(3))
                    .await
                    .unwrap();
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let kept = store.tour("brindisi").await.unwrap();
    assert_eq!((kept.document.visits[0].minutes, kept.revision), (Some(12), 13));
    assert_eq!(store.personal("brindisi").await.unwrap().personal.contacts.len(), 12);
    assert_eq!(store.events("brindisi", 100).await.unwrap()[0].number, 25);
}

pub async fn two_that_make_it_at_once_have_one(place: StorePlace) {
    let both = [place.clone(), place.clone(), place.clone()]
        .map(|place| tokio::spawn(async move { Store::open_or_make(&place).await.map(|_| ()) }));
    for one in both {
        one.await.unwrap().unwrap();
    }
    assert!(Store::open(&place).await.unwrap().tours().await.unwrap().is_empty());
}

pub async fn a_newer_version_is_refused_and_left_alone(place: StorePlace) {
    with_tour(&place).await.close().await;
    let mut other = raw(&place).await;
    other.execute("UPDATE desk_meta SET version = version + 1").await.unwrap();
    other.close().await.unwrap();
    let bytes = |place: &StorePlace| match place {
        StorePlace::File(path) => std::fs::read(path).unwrap(),
        StorePlace::Postgres(_) => Vec::new(),
    };
    let before = bytes(&place);
    for fault in [Store::open(&place).await.unwrap_err(), Store::open_or_make(&place).await.unwrap_err()] {
        assert_eq!(fault.code, Code::StoreNewer);
        assert!(fault.to_string().contains("nothing was touched"));
    }
    assert_eq!(bytes(&place), before);
    let mut other = raw(&place).await;
    let left = other.fetch_one("SELECT document FROM desk_tours").await.unwrap();
    assert!(left.get::<String, _>(0).contains("\"title\":\"A\""));
}

pub async fn one_that_a_newer_program_has_brought_up_meanwhile_is_not_written(place: StorePlace) {
    let store = with_tour(&place).await;
    store.add_user("anna", "correct horse battery", Role::Planner).await.unwrap();
    let token = store.begin_session("anna", 5).await.unwrap();
    let mut other = raw(&place).await;
    other.execute("UPDATE desk_meta SET version = version + 1").await.unwrap();
    let refused = |code: Code| assert_eq!(code, Code::StoreNewer);
    let fault = store.put_tour("brindisi", &tour("B"), 1, by(2), What::Accept, "h1").await.unwrap_err();
    assert!(fault.to_string().contains("nothing was touched"), "{fault}");
    refused(fault.code);
    refused(store.put_plan("brindisi", "first", &Plan::default(), 0, by(2)).await.unwrap_err().code);
    refused(store.put_contact("brindisi", "h1", &Contact::default(), 0, by(2)).await.unwrap_err().code);
    refused(store.erase_contact("brindisi", "h1", by(2)).await.unwrap_err().code);
    refused(store.remove_tour("brindisi").await.unwrap_err().code);
    refused(store.set_disabled("anna", true).await.unwrap_err().code);
    refused(store.end_session(&token).await.unwrap_err().code);
    // Reading does no harm, and whoever has logged in may go on with it.
    assert!(store.session(&token, 5 + 600).await.unwrap().is_some());
    assert_eq!(store.tour("brindisi").await.unwrap().document, tour("A"));
    other.execute("UPDATE desk_meta SET version = version - 1").await.unwrap();
    store.put_tour("brindisi", &tour("B"), 1, by(2), What::Accept, "h1").await.unwrap();
}

pub async fn one_that_was_broken_off_is_brought_up(place: StorePlace) {
    // As a program that was stopped between the first table and the others leaves it.
    Store::open_or_make(&place).await.unwrap().close().await;
    let mut other = raw(&place).await;
    for table in [
        "removed",
        "extras",
        "emergency",
        "events",
        "shares",
        "people",
        "contacts",
        "plans",
        "tours",
        "sessions",
        "users",
    ] {
        other.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(format!("DROP TABLE desk_{table}")))).await.unwrap();
    }
    other.execute("DELETE FROM desk_meta").await.unwrap();
    other.close().await.unwrap();
    with_tour(&place).await;
}

pub async fn the_first_version_is_brought_up_and_keeps_all(place: StorePlace) {
    let store = with_tour(&place).await;
    let contact = Contact { name: "Eva Prova".to_owned(), ..Contact::default() };
    store.put_contact("brindisi", "h1", &contact, 0, by(2)).await.unwrap();
    store.put_person("brindisi", "d1", &Person::default(), 0, by(3)).await.unwrap();
    store.put_plan("brindisi", "first", &Plan::default(), 0, by(4)).await.unwrap();
    store.add_user("anna", "correct horse battery", Role::Planner).await.unwrap();
    store.close().await;
    // What the second version added is taken away again.
    let mut other = raw(&place).await;
    for statement in [
        "ALTER TABLE desk_plans DROP COLUMN tour_revision",
        "DROP TABLE desk_removed",
        "DROP TABLE desk_extras",
        "DROP TABLE desk_emergency",
        "ALTER TABLE desk_contacts DROP COLUMN revision",
        "ALTER TABLE desk_people DROP COLUMN revision",
        "UPDATE desk_meta SET version = 1",
    ] {
        other.execute(statement).await.unwrap();
    }
    other.close().await.unwrap();
    let store = Store::open(&place).await.unwrap();
    assert_eq!(store.tour("brindisi").await.unwrap().document, tour("A"));
    assert_eq!(store.plan("brindisi", "first").await.unwrap().document, Plan::default());
    assert_eq!(store.users().await.unwrap().len(), 1);
    assert_eq!(store.events("brindisi", 9).await.unwrap().len(), 4);
    let kept = store.personal("brindisi").await.unwrap();
    assert_eq!((&kept.personal.contacts["h1"], kept.personal.people.len()), (&contact, 1));
    // All that was there has a revision now, and can be changed with it.
    assert_eq!((kept.contacts["h1"], kept.people["d1"]), (4, 4));
    store.put_contact("brindisi", "h1", &Contact::default(), 4, by(5)).await.unwrap();
    assert_eq!(store.extras("brindisi").await.unwrap(), Extras::default());
}

pub async fn hostile_texts_are_texts(place: StorePlace) {
    let store = with_tour(&place).await;
    let text = "'; DROP TABLE desk_tours; -- \u{0} \u{202e} \u{1f600} $1 ? \\";
    store.put_tour("brindisi", &tour(text), 1, by(2), What::Accept, "h1").await.unwrap();
    assert_eq!(store.tour("brindisi").await.unwrap().document.title, text);
    let contact = Contact { name: text.to_owned(), ..Contact::default() };
    store.put_contact("brindisi", "h1", &contact, 0, by(3)).await.unwrap();
    assert_eq!(
        store.personal("brindisi").await.unwrap().personal.contacts["h1"].name,
        text.replace('\0', "\u{fffd}")
    );
    let mut kept = store.tour("brindisi").await.unwrap();
    kept.document.visits[0].demand = Demand::Mandatory;
    kept.document.visits[0].state = State::Asked;
    assert_eq!(store.put_tour("brindisi", &kept.document, 2, by(4), What::Ask, "h1").await.unwrap(), 3);
    assert_eq!(store.tour("brindisi").await.unwrap().document, kept.document);
}

pub async fn a_name_with_a_nul_names_nothing(place: StorePlace) {
    let store = with_tour(&place).await;
    store.put_plan("brindisi", "first", &Plan::default(), 0, by(2)).await.unwrap();
    store.add_user("anna", "correct horse battery", Role::Planner).await.unwrap();
    let (tour_of, plan_of, code_of, user) = ("brin\0disi", "fir\0st", "h\0-1", "an\0na");
    let nothing = |code: Code| assert_eq!(code, Code::StoreNothing);
    nothing(store.tour(tour_of).await.unwrap_err().code);
    nothing(store.plan("brindisi", plan_of).await.unwrap_err().code);
    nothing(store.put_plan(tour_of, "first", &Plan::default(), 0, by(3)).await.unwrap_err().code);
    nothing(store.remove_plan("brindisi", plan_of, 1, by(3)).await.unwrap_err().code);
    nothing(store.remove_tour(tour_of).await.unwrap_err().code);
    nothing(store.share("brindisi", plan_of, 9, by(3)).await.unwrap_err().code);
    nothing(store.revoke("brindisi", code_of, by(3)).await.unwrap_err().code);
    nothing(store.erase_contact("brindisi", code_of, by(3)).await.unwrap_err().code);
    nothing(store.erase_person("brindisi", code_of, by(3)).await.unwrap_err().code);
    nothing(store.erase_emergency("brindisi", code_of, by(3)).await.unwrap_err().code);
    nothing(store.set_disabled(user, true).await.unwrap_err().code);
    nothing(store.remove_user(user).await.unwrap_err().code);
    assert_eq!(store.authenticate(user, "correct horse battery").await.unwrap(), None);
    assert_eq!(store.tour_revision(tour_of).await.unwrap(), 0);
    assert!(store.plans(Some(tour_of)).await.unwrap().is_empty());
    assert!(store.events(tour_of, 9).await.unwrap().is_empty());
    assert!(store.shares(tour_of).await.unwrap().is_empty());
    assert_eq!(store.personal(tour_of).await.unwrap().personal, Personal::default());
    assert_eq!(store.extras(tour_of).await.unwrap(), Extras::default());
    assert_eq!(store.extras_mark(tour_of).await.unwrap(), "");
    for name in [".", "..", "a\0", "a.b"] {
        let put = store.put_plan("brindisi", name, &Plan::default(), 0, by(3)).await;
        assert_eq!(put.unwrap_err().code, Code::StoreName, "{name}");
        let put = store.put_tour(name, &tour("A"), 0, by(3), What::PutTour, "").await;
        assert_eq!(put.unwrap_err().code, Code::StoreName, "{name}");
    }
    // What the log says it is about is a text like others.
    let by = By { user: "an\0na", now: 4 };
    store.put_tour("brindisi", &tour("B"), 1, by, What::Accept, "h\0-1").await.unwrap();
    let last = store.events("brindisi", 1).await.unwrap().remove(0);
    assert_eq!((last.user.as_str(), last.about.as_str()), ("an\u{fffd}na", "h\u{fffd}-1"));
}

pub async fn an_empty_database_is_no_store(place: StorePlace) {
    assert_eq!(Store::open(&place).await.unwrap_err().code, Code::StoreUnopened);
    let away = StorePlace::parse("postgres://nobody@127.0.0.1:9/nowhere").unwrap();
    assert_eq!(Store::open(&away).await.unwrap_err().code, Code::StoreUnopened);
}

pub async fn a_server_clears_away_what_is_erased(place: StorePlace) {
    let store = with_tour(&place).await;
    let pages = async || -> i64 {
        let size = "SELECT pg_relation_size('desk_contacts') + pg_relation_size('desk_people')";
        raw(&place).await.fetch_one(size).await.unwrap().get(0)
    };
    store.put_contact("brindisi", "h1", &Contact::default(), 0, by(2)).await.unwrap();
    store.put_person("brindisi", "d1", &Person::default(), 0, by(2)).await.unwrap();
    assert!(pages().await > 0);
    store.erase_contact("brindisi", "h1", by(3)).await.unwrap();
    store.erase_person("brindisi", "d1", by(3)).await.unwrap();
    assert_eq!(pages().await, 0, "the tables have no pages any more");
}

/// Puts the tour again, with all that is personal of it.
async fn put_personal(store: &Store, personal: &Personal, by: By<'_>) {
    let (tour, extras) = (tour("A"), Extras::default());
    let whole = WholeTour { tour: &tour, personal, extras: &extras, plan: None };
    store.put_whole("brindisi", &whole, true, by).await.unwrap();
}

/// A connection that goes around the store.
pub async fn raw(place: &StorePlace) -> AnyConnection {
    sqlx::any::install_default_drivers();
    let url = match place {
        StorePlace::Postgres(address) => address.clone(),
        StorePlace::File(path) => {
            format!(
                "sqlite://{}",
                path.to_str().unwrap().replace('%', "%25").replace('?', "%3F").replace(' ', "%20")
            )
        }
    };
    AnyConnection::connect(&url).await.unwrap()
}
