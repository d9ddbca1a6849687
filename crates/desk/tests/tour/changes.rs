//! Hosts accept and decline.

use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime};
use distretto_desk::folder::{open, set_visit as set_visit_and_tell};
use distretto_study::fault::{Code, Log, Result};
use distretto_tours::{Demand, State, Visit};

use super::support::folder;

fn at(day: u32, hour: u32, minute: u32) -> Option<NaiveDateTime> {
    NaiveDate::from_ymd_opt(2026, 5, day).unwrap().and_hms_opt(hour, minute, 0)
}

fn set_visit(path: &Path, host: &str, state: State, start: Option<NaiveDateTime>) -> Result<Visit> {
    set_visit_and_tell(path, host, state, start, &mut Log::default())
}

#[test]
fn an_answer_changes_its_row_and_nothing_else() {
    let folder = folder();
    let path = folder.path().join("visits.csv");
    let before = "\u{feff}host;Remark;state;start;day\r\nT1;\"she said: \"\"soon\"\"; later\";asked;;2026-05-12\r\nI1;;proposed;;\r\n";
    std::fs::write(&path, before).unwrap();
    let visit = set_visit(folder.path(), "T1", State::Confirmed, at(11, 15, 30)).unwrap();
    assert_eq!(
        (visit.state, visit.start, visit.day),
        (State::Confirmed, at(11, 15, 30), at(11, 0, 0).map(|day| day.date()))
    );
    let after = before.replace("asked;;2026-05-12", "confirmed;2026-05-11 15:30;2026-05-11");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), after);
    assert_eq!(open(folder.path()).unwrap().tour.visit("T1"), visit);
    set_visit(folder.path(), "I1", State::Declined, None).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), after.replace("I1;;proposed", "I1;;declined"));
    // A host without a row gets one.
    set_visit(folder.path(), "E1", State::Asked, None).unwrap();
    assert!(std::fs::read_to_string(&path).unwrap().ends_with("I1;;declined;;\r\nE1;;asked;;\r\n"));
}

#[test]
fn an_answer_that_cannot_be_leaves_the_file_as_it_was() {
    let folder = folder();
    let path = folder.path().join("visits.csv");
    let before = std::fs::read(&path).unwrap();
    let refused =
        |host: &str, state: State, start| set_visit(folder.path(), host, state, start).unwrap_err().code;
    assert_eq!(refused("E9", State::Asked, None), Code::VisitHost);
    assert_eq!(refused("E1", State::Confirmed, None), Code::VisitTime);
    assert_eq!(refused("E1", State::Confirmed, at(13, 9, 0)), Code::VisitTime);
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let excluded = String::from_utf8(before).unwrap().replace("I1,confirmed,", "I1,asked,excluded");
    std::fs::write(&path, &excluded).unwrap();
    assert_eq!(refused("I1", State::Confirmed, at(11, 9, 30)), Code::VisitDemand);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), excluded);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 6);
}

#[test]
fn a_tour_without_visits_gets_a_table_of_them() {
    let folder = folder();
    std::fs::remove_file(folder.path().join("visits.csv")).unwrap();
    set_visit(folder.path(), "E1", State::Confirmed, at(11, 9, 0)).unwrap();
    let text = std::fs::read_to_string(folder.path().join("visits.csv")).unwrap();
    assert_eq!(text, "host,state,start\nE1,confirmed,2026-05-11 09:00\n");
    // A column that is not there is added.
    std::fs::write(folder.path().join("visits.csv"), "host\nE1\nE2\n").unwrap();
    set_visit(folder.path(), "E2", State::Asked, None).unwrap();
    assert_eq!(
        std::fs::read_to_string(folder.path().join("visits.csv")).unwrap(),
        "host,state\nE1,\nE2,asked\n"
    );
}

#[test]
fn a_host_that_takes_its_word_back_is_no_longer_held_to_its_hour() {
    for (state, word) in
        [(State::Proposed, "proposed"), (State::Asked, "asked"), (State::Declined, "declined")]
    {
        let folder = folder();
        let path = folder.path().join("visits.csv");
        set_visit(folder.path(), "E1", State::Confirmed, at(11, 15, 0)).unwrap();
        let visit = set_visit(folder.path(), "E1", state, None).unwrap();
        assert_eq!((visit.state, visit.start), (state, None));
        assert!(std::fs::read_to_string(&path).unwrap().ends_with(&format!("\nE1,{word},,,,,\n")));
        assert_eq!(open(folder.path()).unwrap().tour.visit("E1"), visit);
    }
    // An hour that the planner wishes for was never agreed; it stays, as does one that is given with the answer.
    let folder = folder();
    let visit = set_visit(folder.path(), "T1", State::Asked, None).unwrap();
    assert_eq!(visit.start, at(12, 10, 0));
    let visit = set_visit(folder.path(), "I1", State::Asked, at(11, 10, 0)).unwrap();
    assert_eq!(visit.start, at(11, 10, 0));
}

#[test]
fn a_host_that_declines_is_no_longer_demanded_and_that_is_said() {
    let folder = folder();
    let mut log = Log::default();
    let visit = set_visit_and_tell(folder.path(), "T1", State::Declined, None, &mut log).unwrap();
    assert_eq!((visit.state, visit.demand), (State::Declined, Demand::Free));
    assert_eq!(log.entries().iter().map(|fault| fault.code).collect::<Vec<_>>(), [Code::DemandFreed]);
    let text = std::fs::read_to_string(folder.path().join("visits.csv")).unwrap();
    assert!(text.ends_with("\nT1,declined,free,10:00,2026-05-12,60,-5\n"), "{text}");
    assert_eq!(open(folder.path()).unwrap().tour.visit("T1"), visit);
}

#[test]
fn a_visit_that_is_confirmed_against_what_is_known_of_its_host_is_written_down_with_a_warning() {
    let folder = folder();
    let mut log = Log::default();
    set_visit_and_tell(folder.path(), "E1", State::Confirmed, at(11, 9, 0), &mut log).unwrap();
    assert_eq!(log.entries(), [], "Monday morning is within its hours");
    set_visit_and_tell(folder.path(), "E1", State::Confirmed, at(11, 13, 0), &mut log).unwrap();
    assert_eq!(log.entries().iter().map(|fault| fault.code).collect::<Vec<_>>(), [Code::VisitOverrules]);
    let why = log.entries()[0].why.clone().unwrap();
    assert!(
        why.starts_with("Tannery One is confirmed for ") && why.contains("outside of the opening hours"),
        "{why}"
    );
    let said = open(folder.path()).unwrap().log;
    let overrules = said.warnings().find(|fault| fault.code == Code::VisitOverrules).unwrap();
    assert!(overrules.why.clone().unwrap().contains(&why), "{overrules}");
}
