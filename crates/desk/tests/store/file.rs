//! What only a file can do.

use std::path::Path;
use std::time::{Duration, Instant};

use distretto_desk::store::{self, Store, StorePlace};
use distretto_study::fault::Code;
use distretto_tours::tour::{Contact, Person};
use rusqlite::Connection;
use tokio::time::{sleep, timeout};

use super::{by, done, with_tour};

fn place(folder: &Path) -> StorePlace {
    StorePlace::File(folder.join("tours.db"))
}

#[test]
fn only_its_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    done(async {
        let store = with_tour(&place(folder.path())).await;
        // The files beside it hold the same.
        let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().flatten().collect();
        assert!(files.len() > 1);
        for file in files {
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
        }
        store.close().await;
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "closed, it is one file");
    });
}

#[test]
fn what_is_no_store_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tours.db");
    let refused = |why: &str| {
        let before = std::fs::read(&path).unwrap_or_default();
        done(async {
            for fault in [
                Store::open(&place(folder.path())).await.unwrap_err(),
                Store::open_or_make(&place(folder.path())).await.unwrap_err(),
            ] {
                assert_eq!(fault.code, Code::StoreUnopened);
                assert!(fault.why.as_ref().unwrap().contains(why), "{fault}");
            }
        });
        assert_eq!(std::fs::read(&path).unwrap_or_default(), before);
    };
    std::fs::write(&path, "host,name\nh1,Oil mill\n".repeat(100)).unwrap();
    refused("not a database");
    std::fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE gpkg_contents (name TEXT)").unwrap();
    refused("another program");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    refused("");
}

#[test]
fn one_that_is_not_there_is_not_made_by_opening() {
    let folder = tempfile::tempdir().unwrap();
    done(async {
        assert_eq!(Store::open(&place(folder.path())).await.unwrap_err().code, Code::StoreUnopened);
        let nowhere = StorePlace::File(folder.path().join("no/such/folder.db"));
        assert_eq!(Store::open_or_make(&nowhere).await.unwrap_err().code, Code::StoreUnopened);
    });
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn one_that_somebody_else_holds_is_busy_and_well_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    done(async {
        let store = with_tour(&place(folder.path())).await;
        let other = Connection::open(folder.path().join("tours.db")).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let fault = store.put_contact("brindisi", "h1", &Contact::default(), 0, by(2)).await.unwrap_err();
        assert_eq!(fault.code, Code::StoreBusy, "{fault}");
        assert_eq!(store.tour("brindisi").await.unwrap().revision, 1, "reading does not wait");
        other.execute_batch("ROLLBACK").unwrap();
        store.put_contact("brindisi", "h1", &Contact::default(), 0, by(2)).await.unwrap();
    });
}

/// Whether a file of a folder has the name that is to be erased.
fn holds(folder: &Path) -> bool {
    let mut files = std::fs::read_dir(folder).unwrap().flatten();
    files.any(|file| std::fs::read(file.path()).unwrap().windows(7).any(|part| part == b"Zyxwvut"))
}

#[test]
fn what_is_erased_is_not_in_the_files_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let holds = || holds(folder.path());
    done(async {
        let store = with_tour(&place(folder.path())).await;
        let contact = Contact { name: "Zyxwvut".to_owned(), ..Contact::default() };
        store.put_contact("brindisi", "h1", &contact, 0, by(2)).await.unwrap();
        assert!(holds());
        store.erase_contact("brindisi", "h1", by(3)).await.unwrap();
        assert!(!holds());
    });
}

#[test]
fn what_is_erased_while_somebody_reads_is_told_to_have_traces() {
    let folder = tempfile::tempdir().unwrap();
    let holds = || holds(folder.path());
    done(async {
        let store = with_tour(&place(folder.path())).await;
        let contact = Contact { name: "Zyxwvut".to_owned(), ..Contact::default() };
        store.put_contact("brindisi", "h1", &contact, 0, by(2)).await.unwrap();
        let other = Connection::open(folder.path().join("tours.db")).unwrap();
        other.execute_batch("BEGIN").unwrap();
        let read = other.query_row("SELECT count(*) FROM desk_contacts", [], |row| row.get::<_, i64>(0));
        assert_eq!(read.unwrap(), 1);
        let fault = store.erase_contact("brindisi", "h1", by(3)).await.unwrap_err();
        assert_eq!(fault.code, Code::StoreTraces, "{fault}");
        assert!(fault.what.contains("`h1` is erased"), "{fault}");
        assert!(store.personal("brindisi").await.unwrap().personal.contacts.is_empty());
        assert!(holds());
        other.execute_batch("COMMIT").unwrap();
        drop(other);
        store.close().await;
        assert!(!holds(), "the last that closes leaves no traces");
    });
}

#[test]
fn what_is_opened_lasts_beyond_the_waiting() {
    let folder = tempfile::tempdir().unwrap();
    done(async { with_tour(&place(folder.path())).await.close().await });
    let store = store::wait(Store::open(&place(folder.path()))).unwrap();
    let elsewhere = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(elsewhere.block_on(store.tours()).unwrap().len(), 1);
}

#[test]
fn a_document_that_is_damaged_is_told() {
    let folder = tempfile::tempdir().unwrap();
    done(async {
        let store = with_tour(&place(folder.path())).await;
        let other = Connection::open(folder.path().join("tours.db")).unwrap();
        other.execute("UPDATE desk_tours SET document = '{\"title\": 1}'", []).unwrap();
        let fault = store.tour("brindisi").await.unwrap_err();
        assert_eq!(fault.code, Code::StoreDamaged);
        other.execute_batch("DROP TABLE desk_plans").unwrap();
        assert_eq!(store.plans(None).await.unwrap_err().code, Code::StoreDamaged);
    });
}

/// Enters somebody, and asks to erase them without waiting for it.
async fn erased_by_somebody_who_goes_away(store: &Store, person: bool) {
    let contact = Contact { name: "Zyxwvut".to_owned(), ..Contact::default() };
    let traveller = Person { name: "Zyxwvut".to_owned(), ..Person::default() };
    // Asked once, and dropped at once, as a request that is broken off is.
    let at_once = Duration::ZERO;
    if person {
        store.put_person("brindisi", "d1", &traveller, 0, by(2)).await.unwrap();
        assert!(timeout(at_once, store.erase_person("brindisi", "d1", by(3))).await.is_err());
    } else {
        store.put_contact("brindisi", "h1", &contact, 0, by(2)).await.unwrap();
        assert!(timeout(at_once, store.erase_contact("brindisi", "h1", by(3))).await.is_err());
    }
}

#[test]
fn what_is_erased_goes_even_where_nobody_waits_for_it() {
    for person in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        done(async {
            let store = with_tour(&place(folder.path())).await;
            erased_by_somebody_who_goes_away(&store, person).await;
            let began = Instant::now();
            while holds(folder.path()) {
                assert!(began.elapsed() < Duration::from_secs(20), "traces stay (a person: {person})");
                sleep(Duration::from_millis(20)).await;
            }
            let kept = store.personal("brindisi").await.unwrap().personal;
            assert!(kept.contacts.is_empty() && kept.people.is_empty());
        });
    }
}

#[test]
fn traces_of_an_erasure_that_was_broken_off_go_when_the_store_is_opened() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    done(async {
        let store = with_tour(&place(folder.path())).await;
        let contact = Contact { name: "Zyxwvut".to_owned(), ..Contact::default() };
        store.put_contact("brindisi", "h1", &contact, 0, by(2)).await.unwrap();
        // As a program leaves it whose computer stopped between the erasure and the emptying of the log.
        let raw = Connection::open(folder.path().join("tours.db")).unwrap();
        raw.execute_batch("PRAGMA secure_delete = ON; DELETE FROM desk_contacts").unwrap();
        for name in ["tours.db", "tours.db-wal"] {
            std::fs::copy(folder.path().join(name), other.path().join(name)).unwrap();
        }
        assert!(holds(other.path()));
        let store = Store::open(&place(other.path())).await.unwrap();
        assert!(!holds(other.path()));
        assert!(store.personal("brindisi").await.unwrap().personal.contacts.is_empty());
        // Who reads all the while keeps nobody from opening it.
        let reader = Connection::open(other.path().join("tours.db")).unwrap();
        reader.execute_batch("BEGIN").unwrap();
        let read = reader.query_row("SELECT count(*) FROM desk_tours", [], |row| row.get::<_, i64>(0));
        assert_eq!(read.unwrap(), 1);
        let began = Instant::now();
        Store::open(&place(other.path())).await.unwrap();
        assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    });
}
