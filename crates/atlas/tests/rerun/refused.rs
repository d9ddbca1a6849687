//! Studies of other editions, and requests that are none.

use distretto_atlas::rerun::Live;
use distretto_study::fault::Code;
use distretto_territory::Zones;

use crate::made::{Made, edit, rerun};

/// Why the study is not that of the edition.
fn why(made: &Made) -> String {
    let fault = Live::open(&made.opened(), &made.study()).unwrap_err();
    assert_eq!(fault.code, Code::StudyOfOtherEdition, "{fault}");
    fault.why.unwrap()
}

#[test]
fn a_study_with_other_rules_is_refused() {
    for (from, to, key) in [
        ("min_size = 300", "min_size = 301", "`min_size`"),
        ("mode = \"clean\"", "mode = \"reference\"", "`mode`"),
        ("rule = \"istat\"", "rule = \"istat\"\nsme_share = 0.6", "`sme_share`"),
        ("[borders]", "[borders]\ncontiguity = \"queen\"", "`contiguity`"),
    ] {
        let made = Made::country(|text| text);
        edit(&made.study(), |text| text.replace(from, to));
        let why = why(&made);
        assert!(why.contains(key), "{why}");
    }
}

#[test]
fn a_study_with_other_files_is_refused() {
    let made = Made::country(|text| text);
    edit(&made.path("jobs.csv"), |text| format!("{text}\n"));
    assert!(why(&made).contains("`jobs.csv`"));

    let made = Made::country(|text| text);
    edit(&made.path("truth_areas.csv"), |text| text.replacen('1', "2", 1));
    assert!(why(&made).contains("`truth_areas.csv`"));

    let made = Made::country(|text| text);
    edit(&made.study(), |text| text[..text.find("[[compare]]").unwrap()].to_owned());
    assert!(why(&made).contains("`truth_areas.csv`"), "a file that the study names no more");
}

#[test]
fn other_zones_are_refused() {
    let made = Made::country(|text| text);
    let mut edition = made.opened();
    edition.zones = Zones::new(edition.zones.codes()[1..].to_vec()).unwrap();
    let fault = Live::open(&edition, &made.study()).unwrap_err();
    assert_eq!(fault.code, Code::StudyOfOtherEdition);
    assert_eq!(fault.why.unwrap(), "the study has 600 zones, the edition 599, and they are not the same");
}

#[test]
fn a_study_that_changed_only_what_does_not_count_is_the_same() {
    let made = Made::country(|text| text);
    edit(&made.study(), |text| text.replace("title = ", "title = 'Renamed' #"));
    assert!(Live::open(&made.opened(), &made.study()).is_ok());
}

#[test]
fn numbers_that_are_no_rule_are_refused() {
    let live = Made::country(|text| text).live();
    for (name, value) in [
        ("min_size", 0.0),
        ("min_size", 3_000.0),
        ("min_size", f64::NAN),
        ("target_size", 300.0),
        ("min_sc", 0.0),
        ("min_sc", 0.76),
        ("min_sc", 1.1),
        ("target_sc", 0.59),
        ("target_sc", 75.0),
        ("sector_lq", -1.0),
        ("industry_lq", f64::INFINITY),
        ("sme_share", 50.0),
        ("single_medium_ratio", -0.5),
        ("min_industry_employees", -1.0),
        ("min_sise", 1.0),
        ("largest_unknown_share", 0.2),
        ("trace", 1.0),
    ] {
        let fault = rerun(&live, &[(name, value)]).unwrap_err();
        assert_eq!(fault.code, Code::AtlasQuery, "{name} {value}");
    }
    assert!(rerun(&live, &[("min_size", 3_500.0), ("target_size", 9_000.0)]).is_ok(), "judged together");
    let fault = rerun(&live, &[("min_size", 1e7), ("target_size", 1e8)]).unwrap_err();
    assert_eq!(fault.code, Code::NoAreas);
}

#[test]
fn what_an_edition_does_not_have_cannot_be_changed() {
    let given =
        "[areas]\npartition = { path = 'truth_areas.csv', columns = { zone = 'zone', area = 'area' } }\n";
    let live = Made::country(|text| text.replace("[areas]\n", given)).live();
    let fault = rerun(&live, &[("min_sc", 0.5)]).unwrap_err();
    assert_eq!(fault.code, Code::AtlasQuery);
    assert!(fault.why.unwrap().contains("given"));

    let without_jobs = |text: String| {
        let (before, after) = text.split_once("[jobs]").unwrap();
        format!("{before}{}", &after[after.find("# Labour market").unwrap()..])
    };
    let live = Made::country(without_jobs).live();
    let fault = rerun(&live, &[("sme_share", 0.4)]).unwrap_err();
    assert_eq!(fault.code, Code::AtlasQuery);
    assert!(fault.why.unwrap().contains("no jobs"));
    let found = rerun(&live, &[("min_size", 900.0)]).unwrap();
    assert_eq!((found.districts, found.kinds), (None, None));
    assert!(found.new_areas.iter().all(|area| area.kind.is_none()));
}
