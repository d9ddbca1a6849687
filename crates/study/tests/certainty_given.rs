//! Certainty where part of a study is given, does not vary, or is used twice.

#![allow(clippy::unwrap_used, reason = "tests")]

mod folder;

use std::fmt::Write;

use distretto_study::certainty::{self, Made, Store};
use distretto_study::fault::Code;
use distretto_study::run::{self, Results};
use distretto_study::stopwatch::Stopwatch;
use folder::Folder;

/// Two areas of six zones each, all with jobs.
fn country(toml: &str) -> Folder {
    let zones = 0..12u32;
    let area = |zone: u32| if zone < 6 { "A" } else { "B" };
    let mut flows = "origin,destination,flow\n".to_owned();
    let (mut areas, mut jobs) =
        ("zone,area\n".to_owned(), "zone,activity,size,employees,local_units\n".to_owned());
    for a in zones.clone() {
        writeln!(areas, "z{a:02},{}", area(a)).unwrap();
        for (activity, employees) in [("C13", 120), ("C25", 50), ("G47", 80), ("M69", 30)] {
            writeln!(jobs, "z{a:02},{activity},10-49,{employees},{}", employees / 10).unwrap();
        }
        for b in zones.clone() {
            let flow = if a == b { 400 } else { [3, 40][usize::from(area(a) == area(b))] };
            writeln!(flows, "z{a:02},z{b:02},{flow}").unwrap();
        }
    }
    let toml = format!("[flows]\npath = 'flows.csv'\n[jobs]\npath = 'jobs.csv'\n{toml}");
    Folder::with(&[
        ("study.toml", toml.as_bytes()),
        ("flows.csv", flows.as_bytes()),
        ("jobs.csv", jobs.as_bytes()),
        ("areas.csv", areas.as_bytes()),
    ])
}

fn sure(folder: &Folder, store: Option<&Store>) -> Results {
    let mut results = run::run(folder.load().unwrap(), &mut Stopwatch::silent()).unwrap();
    let Made::All(sets) = certainty::replicates(&results, store, &mut ()).unwrap() else {
        unreachable!("nobody stopped it")
    };
    certainty::add(&mut results, sets).unwrap();
    results
}

#[test]
fn zones_placed_by_hand_stay_there_in_given_areas() {
    let country = country(
        "[areas]\npartition = { path = 'areas.csv' }\nassign = { z05 = 'z06' }\n[certainty]\nreplicates = 4",
    );
    let results = sure(&country, None);
    let found = results.certainty.as_ref().unwrap();
    for replicate in found.together().replicates.iter().chain([&found.base]) {
        assert_eq!(replicate.area(5), replicate.area(6));
        assert_ne!(replicate.area(5), replicate.area(4));
    }
}

#[test]
fn what_is_not_redrawn_needs_no_margins_of_error() {
    let country = country(
        "[areas]\nmin_size = 400\ntarget_size = 2000\n[certainty]\nreplicates = 4\nvary = ['rule']\n\
         sampling.flows = 'margins'",
    );
    let results = sure(&country, None);
    assert_eq!(results.certainty.unwrap().together().replicates.len(), 4);
}

#[test]
fn areas_to_start_from_decide_though_they_are_compared_too() {
    let country = country(
        "[areas]\nmin_size = 400\ntarget_size = 2000\nrestart = { path = 'areas.csv' }\n\
         [[compare]]\nname = 'start'\npath = 'areas.csv'\n[[compare]]\nname = 'other'\npath = 'other.csv'\n\
         [certainty]\nreplicates = 2",
    );
    let path = |name: &str| country.0.path().join(name);
    let areas = std::fs::read_to_string(path("areas.csv")).unwrap();
    std::fs::write(path("other.csv"), &areas).unwrap();
    let open = || Store::open(&path("kept"), &country.load().unwrap());
    sure(&country, Some(&open().unwrap()));
    let moved = areas.replace("z03,A", "z03,B");
    std::fs::write(path("other.csv"), &moved).unwrap();
    assert!(open().is_ok());
    std::fs::write(path("areas.csv"), &moved).unwrap();
    let fault = open().unwrap_err();
    assert_eq!(fault.code, Code::ReplicatesForeign);
    assert!(fault.to_string().contains("areas.csv"), "{fault}");
}

#[test]
fn vintages_of_another_classification_are_refused_before_any_replicate() {
    let country = country(
        "[areas]\nmin_size = 400\ntarget_size = 2000\n[certainty]\nreplicates = 4\nvary = ['vintage']\n\
         vintage = [{ name = 'abroad', jobs = { path = 'abroad.csv', classification = 'naics-2017' } }]",
    );
    let jobs = std::fs::read_to_string(country.0.path().join("jobs.csv")).unwrap();
    let abroad = [("C13", "313"), ("C25", "332"), ("G47", "44"), ("M69", "541")]
        .iter()
        .fold(jobs, |jobs, (nace, naics)| jobs.replace(nace, naics));
    std::fs::write(country.0.path().join("abroad.csv"), abroad).unwrap();
    let results = run::run(country.load().unwrap(), &mut Stopwatch::silent()).unwrap();
    let store = Store::open(&country.0.path().join("kept"), &results.input).unwrap();
    let fault = certainty::replicates(&results, Some(&store), &mut ()).unwrap_err();
    assert_eq!(fault.code, Code::JobsGrouping);
    assert!(fault.to_string().contains("`abroad` are by NAICS") && !store.folder().exists(), "{fault}");
}

#[test]
fn answers_that_were_not_expanded_are_told() {
    // Half of the flows are of 3 persons: fewer than one answer stands for where a tenth is asked, not where half is.
    for (fraction, told) in [(0.1, true), (0.5, false)] {
        let sampling = format!("sampling = {{ flows = 'survey', fraction = {fraction} }}");
        let country = country(&format!("[certainty]\nreplicates = 4\nvary = ['sampling']\n{sampling}"));
        let log = sure(&country, None).log;
        assert_eq!(log.warnings().any(|fault| fault.code == Code::SampleNotExpanded), told);
    }
}

#[test]
fn the_edition_says_how_to_make_it_again() {
    let toml = "[study]\nseed = 5\n[certainty]\nreplicates = 6\nvary = ['sampling', 'tie']\n\
                sampling = { flows = 'survey', fraction = 0.5 }";
    let results = sure(&country(toml), None);
    assert_eq!(
        certainty::command(&results.input),
        "distretto certainty study.toml --replicates 6 --vary sampling,tie --seed 5 --sampling survey --fraction 0.5 --out edition"
    );
}
