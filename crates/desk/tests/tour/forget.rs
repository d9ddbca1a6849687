//! Somebody asks to be forgotten.

use std::path::Path;

use distretto_desk::folder::{PersonalTable, erase, open};
use distretto_study::fault::Code;

use super::support::{folder, has, spoil};

const EMERGENCY: &str = "who,number,person\nClinic,118,no\nEva Prova,+39 111,yes\n";

fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn whoever_asks_to_be_forgotten_is_erased_from_the_file() {
    let folder = folder();
    let path = folder.path();
    spoil(path, "people.csv", "P1,", "P2,Dan Prova,,,\nP1,");
    let erased = erase(path, "P1", None).unwrap().removed;
    let told: Vec<_> =
        erased.iter().map(|removed| (removed.rows, removed.whole, removed.columns.join(","))).collect();
    assert_eq!(told, [(1, true, "code,name,phone,email,emergency".into()), (1, false, "needs".into())]);
    assert_eq!(read(path, "people.csv"), "code,name,phone,email,emergency\nP2,Dan Prova,,,\n");
    let opened = open(path).unwrap();
    assert!(opened.personal.people.contains_key("P2"));
    // What she needs tells of her health; the delegate stays, and all that is wanted.
    let delegate = &opened.tour.delegation.delegates[0];
    assert_eq!((delegate.code.as_str(), delegate.needs.len(), delegate.interests.len()), ("P1", 0, 2));
    // Nothing is left of her in the folder.
    for file in std::fs::read_dir(path).unwrap() {
        assert!(!std::fs::read_to_string(file.unwrap().path()).unwrap().contains("Bea"));
    }
    erase(path, "E1", None).unwrap();
    assert_eq!(read(path, "contacts.csv"), "host,name,role,phone,email\n");
    assert!(open(path).unwrap().personal.contacts.is_empty());
    assert_eq!(erase(path, "P1", None).unwrap_err().code, Code::EraseNobody);
}

#[test]
fn what_a_traveller_without_a_name_needs_is_forgotten_too() {
    let folder = folder();
    std::fs::remove_file(folder.path().join("people.csv")).unwrap();
    assert_eq!(erase(folder.path(), "P1", None).unwrap().removed.len(), 1);
    assert!(read(folder.path(), "delegates.csv").contains("P1,director,MA,fr; en,15*5,tanning,,,\n"));
    assert_eq!(erase(folder.path(), "P2", None).unwrap_err().code, Code::EraseNobody);
}

#[test]
fn a_number_to_call_is_erased_by_who_answers_and_a_contact_of_a_hotel_by_its_code() {
    let folder = folder();
    let path = folder.path();
    std::fs::write(path.join("emergency.csv"), EMERGENCY).unwrap();
    spoil(path, "contacts.csv", "E1,", "H1,Gino Prova,reception,,\nE1,");
    let opened = open(path).unwrap();
    assert_eq!(opened.personal.contacts["H1"].name, "Gino Prova");
    assert!(!has(opened.log.entries(), Code::PersonalUnused));
    erase(path, "Eva Prova", None).unwrap();
    assert_eq!(read(path, "emergency.csv"), "who,number,person\nClinic,118,no\n");
    erase(path, "H1", None).unwrap();
    assert!(!read(path, "contacts.csv").contains("Gino") && read(path, "contacts.csv").contains("Ada"));
}

#[test]
fn one_code_for_two_people_is_not_guessed() {
    let folder = folder();
    let path = folder.path();
    spoil(path, "people.csv", "P1,", "E1,Dan Prova,,,\nP1,");
    spoil(path, "delegates.csv", "P2,", "E1,");
    let before = (read(path, "people.csv"), read(path, "contacts.csv"));
    let fault = erase(path, "E1", None).unwrap_err();
    assert_eq!(fault.code, Code::EraseAmbiguous);
    assert!(fault.help.unwrap().contains("--table people") && fault.why.unwrap().contains("contacts.csv"));
    assert_eq!((read(path, "people.csv"), read(path, "contacts.csv")), before);
    erase(path, "E1", Some(PersonalTable::Contacts)).unwrap();
    assert_eq!(read(path, "people.csv"), before.0);
    assert!(!read(path, "contacts.csv").contains("Ada"));
    erase(path, "E1", Some(PersonalTable::People)).unwrap();
    assert!(!read(path, "people.csv").contains("Dan"));
    assert_eq!(erase(path, "E1", Some(PersonalTable::Emergency)).unwrap_err().code, Code::EraseNobody);
}

#[test]
fn erasing_needs_nothing_but_the_tables_of_personal_data() {
    let folder = folder();
    std::fs::remove_file(folder.path().join("hosts.csv")).unwrap();
    std::fs::remove_file(folder.path().join("contacts.csv")).unwrap();
    assert!(erase(folder.path(), "P1", None).is_ok());
    assert_eq!(erase(folder.path(), "E1", None).unwrap_err().code, Code::EraseNobody);
}

#[test]
fn what_is_not_plain_text_is_not_rewritten() {
    let folder = folder();
    let path = folder.path();
    // A contact is no delegate: a table of delegates that cannot be changed is no obstacle.
    std::fs::write(path.join("delegates.csv"), b"PAR1 and so on").unwrap();
    assert_eq!(erase(path, "P1", None).unwrap_err().code, Code::TableFixed);
    assert!(read(path, "people.csv").contains("Bea"), "all of her or nothing");
    assert!(erase(path, "E1", None).is_ok());
    std::fs::write(path.join("emergency.csv"), EMERGENCY).unwrap();
    assert!(erase(path, "Eva Prova", None).is_ok());
    std::fs::write(path.join("people.csv"), b"PAR1 and so on").unwrap();
    assert_eq!(erase(path, "P1", None).unwrap_err().code, Code::TableFixed);
    spoil(path, "tour.toml", "[[quota]]", "[tables]\npeople = [\"a.csv\", \"b.csv\"]\n[[quota]]");
    assert_eq!(erase(path, "P1", None).unwrap_err().code, Code::TableFixed);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_file_as_closed_as_it_was() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let (folder, elsewhere) = (folder(), tempfile::tempdir().unwrap());
    let (link, real) = (folder.path().join("people.csv"), elsewhere.path().join("secret.csv"));
    std::fs::rename(&link, &real).unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&real, &link).unwrap();
    erase(folder.path(), "P1", None).unwrap();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(&real).unwrap(), "code,name,phone,email,emergency\n");
    assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o600);
    // Nothing is left beside either.
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 6);
}
