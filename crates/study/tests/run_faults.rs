//! Every code that running, explaining and writing can raise is raised by some study here.

#![allow(clippy::unwrap_used, reason = "tests")]

mod folder;

use distretto_study::edition::{self, Meta};
use distretto_study::explain::{Subject, explain};
use distretto_study::fault::{Code, Fault};
use distretto_study::run::{self, Results};
use distretto_study::stopwatch::Stopwatch;
use folder::Folder;

/// Two towns that exchange commuters, and a hermit without any exchange.
const FLOWS: &str = "origin,destination,flow\n1,1,50\n1,2,30\n2,1,30\n2,2,40\n3,3,5\n";
const STUDY: &str = "[flows]\npath = 'flows.csv'\n[areas]\nmin_size = 10\ntarget_size = 20\n";
const JOBS: &str = "zone,activity,size_class,employees,local_units\n1,13,10-49,20,1\n2,45,10-49,30,1\n";

fn run_with(flows: &str, keys: &str, jobs: &str) -> Result<Results, Box<Fault>> {
    let toml = format!("{STUDY}{keys}");
    let files = [("flows.csv", flows), ("jobs.csv", jobs), ("study.toml", toml.as_str())];
    let folder = Folder::with(&files.map(|(name, text)| (name, text.as_bytes())));
    run::run(folder.load()?, &mut Stopwatch::silent())
}

fn results() -> Results {
    run_with(FLOWS, "", "").unwrap()
}

fn codes(results: &Results) -> Vec<Code> {
    results.log.warnings().map(|fault| fault.code).collect()
}

#[test]
fn a_country_without_areas() {
    let fault = run_with("origin,destination,flow\n1,1,50\n2,2,40\n", "", "").unwrap_err();
    assert_eq!((fault.code, fault.exit_code()), (Code::NoAreas, 3));
}

#[test]
fn a_zone_without_an_area_is_named() {
    let results = results();
    assert_eq!(codes(&results), [Code::ZonesWithoutArea]);
    let fault = results.log.warnings().next().unwrap();
    assert!(fault.why.as_deref().unwrap().starts_with("`3`"), "{fault}");
}

#[test]
fn zones_that_cannot_be_placed_by_hand() {
    let by_hand = |zone: &str, companion: &str| {
        run_with(FLOWS, &format!("assign = {{ '{zone}' = '{companion}' }}\n"), "")
    };
    let fault = by_hand("1", "3").unwrap_err();
    assert_eq!((fault.code, fault.place.zone.as_deref()), (Code::AssignNowhere, Some("3")));
    assert_eq!(by_hand("1", "9").unwrap_err().code, Code::UnknownZones);
    let placed = by_hand("3", "1").unwrap();
    assert_eq!((placed.areas.partition.areas(), codes(&placed)), (1, vec![]));
}

#[test]
fn jobs_that_cannot_be_judged() {
    let other =
        "[jobs]\npath = 'jobs.csv'\n[jobs.manufacturing]\npath = 'jobs.csv'\nclassification = 'naics-2012'\n";
    let naics = JOBS.replace(",13,", ",313,").replace(",45,", ",321,");
    let nace = "zone,activity,size_class,employees,local_units\n1,13,10-49,20,1\n";
    let toml = other.replacen("'jobs.csv'", "'nace.csv'", 1);
    let study = format!("{STUDY}{toml}");
    let folder = Folder::with(&[
        ("flows.csv", FLOWS.as_bytes()),
        ("nace.csv", nace.as_bytes()),
        ("jobs.csv", naics.as_bytes()),
        ("study.toml", study.as_bytes()),
    ]);
    let found = run::run(folder.load().unwrap(), &mut Stopwatch::silent());
    assert!(found.is_err_and(|fault| fault.code == Code::JobsGrouping));
}

#[test]
fn jobs_that_count_in_no_area_or_only_for_the_most_part() {
    let keys = "[jobs]\npath = 'jobs.csv'\n";
    let results = run_with(FLOWS, keys, &format!("{JOBS}3,13,10-49,7,1\n1,32,10-49,8,1\n")).unwrap();
    let mut codes = codes(&results);
    codes.dedup();
    assert_eq!(codes, [Code::ZonesWithoutArea, Code::ActivitiesCoarse, Code::JobsWithoutArea]);
}

#[test]
fn a_threshold_of_the_study_reaches_the_rule() {
    let keys = "[jobs]\npath = 'jobs.csv'\n[districts]\nlargest_unknown_share = 0.25\n";
    let results = run_with(FLOWS, keys, JOBS).unwrap();
    assert_eq!(results.districts.unwrap().parameters.largest_unknown_share, 0.25);
}

#[test]
fn places_that_are_not_there() {
    let fault = explain(&results(), "Atlantis", Subject::Any).unwrap_err();
    assert_eq!((fault.code, fault.exit_code()), (Code::PlaceUnknown, 2));
}

#[test]
fn results_that_cannot_be_written() {
    let folder = Folder::with(&[("letter.txt", b"dear")]);
    let write = |out: &str, force: bool| {
        let meta = Meta { version: "0".into(), commit: None };
        edition::write(&results(), &meta, &folder.0.path().join(out), force, &mut Stopwatch::silent())
    };
    assert_eq!(write("", false).unwrap_err().code, Code::OutputExists);
    // A file in the place of a folder refuses whatever the user may do.
    let fault = write("letter.txt/edition", false).unwrap_err();
    assert_eq!((fault.code, fault.exit_code()), (Code::OutputFailed, 3));
    assert_eq!(std::fs::read_dir(folder.0.path()).unwrap().count(), 1, "nothing half-written is left");
    assert!(write("edition", false).is_ok() && write("edition", false).is_ok());
}
