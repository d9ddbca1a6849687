//! The store of tours, on a file and on a server: the same demands of both.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod demands;
mod file;
mod postgres;
mod whole;

use std::future::Future;
use std::io::Write;
use std::pin::Pin;

use distretto_desk::store::{self, By, Store, StorePlace};
use distretto_tours::Tour;

/// A demand that every store meets; it gets a place where no store is yet.
type Demand = fn(StorePlace) -> Pin<Box<dyn Future<Output = ()>>>;

macro_rules! demands {
    ($($name:ident),* $(,)?) => {
        const DEMANDS: &[(&str, Demand)] = &[$((stringify!($name), |place| Box::pin(demands::$name(place)))),*];

        mod on_a_file {
            $(#[test]
            fn $name() {
                let folder = tempfile::tempdir().unwrap();
                let place = super::StorePlace::File(folder.path().join("tours 100%?.db"));
                super::done(super::demands::$name(place));
            })*
        }
    };
}

demands![
    a_tour_is_kept_as_it_was_put,
    who_saw_another_revision_changes_nothing,
    plans_have_revisions_of_their_own,
    what_is_personal_is_kept_apart_and_erased,
    who_saw_another_contact_or_one_that_was_erased_changes_nothing,
    a_session_ends_by_itself_and_by_logout,
    only_the_right_password_of_a_user_who_may_is_taken,
    a_user_who_is_removed_leaves_no_name,
    a_link_shows_its_plan_until_it_ends_or_is_revoked,
    the_log_has_no_gap,
    many_who_write_at_once_lose_nothing,
    two_that_make_it_at_once_have_one,
    a_newer_version_is_refused_and_left_alone,
    one_that_a_newer_program_has_brought_up_meanwhile_is_not_written,
    one_that_was_broken_off_is_brought_up,
    the_first_version_is_brought_up_and_keeps_all,
    hostile_texts_are_texts,
    a_name_with_a_nul_names_nothing,
    what_stands_beside_a_tour_is_kept,
    the_second_version_is_brought_up_and_keeps_what_stands_beside,
    numbers_of_persons_are_kept_apart_and_erased,
    a_tour_is_put_whole_or_not_at_all,
    a_tour_that_is_there_is_replaced_only_where_that_is_said,
    what_is_proven_of_a_plan_holds_until_the_tour_changes,
    no_revision_comes_twice,
    who_was_erased_and_comes_back_is_told,
];

#[test]
fn the_same_on_a_server() {
    let Some(server) = postgres::Server::start() else {
        // Not by `eprintln`, which tests swallow.
        let _ = std::io::stderr().write_all(
            b"\nPostgreSQL is NOT INSTALLED: the store was tested on SQLite only (apt-get install postgresql).\n\n",
        );
        return;
    };
    for (name, demand) in DEMANDS {
        println!("{name}");
        done(demand(server.database()));
    }
    done(demands::an_empty_database_is_no_store(server.database()));
    done(demands::a_server_clears_away_what_is_erased(server.database()));
}

fn done(work: impl Future<Output = ()>) {
    let ok = store::wait(async {
        work.await;
        Ok(())
    });
    ok.unwrap();
}

/// A store with a tour `brindisi` in it.
async fn with_tour(place: &StorePlace) -> Store {
    let store = Store::open_or_make(place).await.unwrap();
    let made = store.put_tour("brindisi", &tour("A"), 0, by(1), store::What::PutTour, "").await;
    assert_eq!(made.unwrap(), 1);
    store
}

const fn by(now: i64) -> By<'static> {
    By { user: "anna", now }
}

/// A tour of one day with one host, whose place has as many digits as a number can have.
fn tour(title: &str) -> Tour {
    serde_json::from_value(serde_json::json!({
        "title": title,
        "hosts": [{ "code": "h1", "name": "Oil mill", "kind": "enterprise", "place": { "lon": 121.487_919_511_619_45, "lat": 31.245_270_191_439_438 },
                    "hours": "Mo-Fr 09:00-12:30", "minutes": 60 }],
        "delegation": { "delegates": [{ "code": "d1", "country": "AL", "languages": ["sq"] }] },
        "frame": {
            "time_zone": "Europe/Rome",
            "days": [{ "date": "2005-11-15", "from": ["b"], "to": ["b"], "starts": "08:00:00", "ends": "19:00:00" }],
            "bases": [{ "code": "b", "name": "Hotel", "place": { "lon": 17.94, "lat": 40.63 }, "hotel": true }],
        },
        "visits": [{ "host": "h1", "state": "confirmed", "start": "2005-11-15T09:00:00" }],
    }))
    .unwrap()
}
