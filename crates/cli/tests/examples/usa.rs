//! The United States: areas of counties beside the published commuting zones, and districts. The figures are those of
//! `docs/examples/usa.md`, to be changed together; they are what the tables give, right or wrong.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use distretto_testkit::data;

use crate::edition::{Edition, Row, number, run, run_with};

/// Counties that give their area its name in what is well known of American industry.
const DALTON: &str = "13313";
const HICKORY: &str = "37035";
const TUPELO: &str = "28081";
const ELKHART: &str = "18039";

/// The row of `districts.csv` for the area of a county.
fn verdict(edition: &Edition, county: &str) -> Row {
    let area = edition.partition()[county].clone();
    edition.by_key("districts", "area").remove(&area).unwrap()
}

fn kinds(edition: &Edition) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for area in edition.table("districts") {
        *kinds.entry(area["kind"].clone()).or_insert(0) += 1;
    }
    kinds
}

fn count(edition: &Edition, kind: &str) -> usize {
    kinds(edition).get(kind).copied().unwrap_or(0)
}

#[test]
fn areas_beside_the_commuting_zones() {
    let Some(edition) = run("usa/study.toml", &[]) else { return };
    let found = edition.comparison("final");
    assert_eq!(
        (found["areas_first"], found["areas_second"], found["identical_areas"]),
        (723.0, 593.0, 100.0)
    );
    assert!((found["ari"] - 0.581).abs() < 5e-4 && (found["nmi"] - 0.922).abs() < 5e-4, "{found:?}");
    assert_eq!((found["zones_only_in_first"], found["zones_only_in_second"]), (0.0, 0.0));
    // Istat's parameters take every second area to be a single county.
    let istat = [
        ("min_size = 5000", "min_size = 1000"),
        ("min_sc = 0.75", "min_sc = 0.60"),
        ("target_size = 50000", "target_size = 10000"),
        ("target_sc = 0.85", "target_sc = 0.75"),
    ];
    let edition = run("usa/study.toml", &istat).unwrap();
    let areas = edition.table("areas");
    let single = areas.iter().filter(|area| number(area, "zones") == 1.0).count();
    assert_eq!((areas.len(), single), (1612, 737));
}

#[test]
fn no_job_is_lost_to_a_change_of_codes() {
    for study in ["usa/study.toml", "usa/commuting-zones.toml"] {
        let Some(edition) = run(study, &[]) else { return };
        let mut employees = BTreeMap::new();
        for row in edition.table("area_jobs") {
            *employees.entry(row["grouping"].clone()).or_insert(0.0) +=
                row["employees"].parse().unwrap_or(0.0);
        }
        assert_eq!(employees["macro_sector"], 117_682_636.0, "{study}");
        assert_eq!(employees["industry"], 11_096_651.0, "{study}");
    }
}

/// The main industry is what everyone knows; none is a district, because plants of 250 and more have most of its jobs.
#[test]
fn known_places_have_the_right_industry_in_large_plants() {
    let Some(edition) = run("usa/study.toml", &[]) else { return };
    for (county, industry, kind) in [
        (DALTON, "textiles_clothing", "large_firm_system"),
        (TUPELO, "household_goods", "large_firm_system"),
        (ELKHART, "transport_equipment", "large_firm_system"),
        (HICKORY, "household_goods", "other_manufacturing"),
    ] {
        let found = verdict(&edition, county);
        assert_eq!((found["main_industry"].as_str(), found["kind"].as_str()), (industry, kind), "{county}");
        assert!(
            number(&found, "main_industry_jobs_large") > 0.5 * number(&found, "main_industry_jobs"),
            "{county}"
        );
    }
}

#[test]
fn districts_that_a_reader_will_recognise() {
    let Some(edition) = run("usa/study.toml", &[]) else { return };
    for (county, industry) in [
        ("44007", "jewellery_music_toys"), // Providence, Rhode Island
        ("37081", "household_goods"),      // Guilford (High Point), North Carolina
        ("51089", "household_goods"),      // Henry (Martinsville), Virginia
        ("39075", "household_goods"),      // Holmes, Ohio
        ("42047", "mechanics"),            // Elk (St. Marys), Pennsylvania
        ("17201", "mechanics"),            // Winnebago (Rockford), Illinois
        ("39153", "chemicals_plastics"),   // Summit (Akron), Ohio
    ] {
        let found = verdict(&edition, county);
        assert_eq!(
            (found["main_industry"].as_str(), found["kind"].as_str()),
            (industry, "district"),
            "{county}"
        );
    }
}

/// The table of the given partition has a column `name`, that of the counties. Of areas of one name each adds its main county.
#[test]
fn given_areas_are_named_after_their_main_county() {
    let Some(edition) = run("usa/commuting-zones.toml", &[]) else { return };
    let counties = edition.by_key("zones", "zone");
    for area in edition.table("areas") {
        let (code, name) = (&area["main_zone"], &counties[&area["main_zone"]]["name"]);
        assert!(area["name"] == *name || area["name"] == format!("{name} ({code})"), "{area:?}");
    }
}

#[test]
fn readings_change_the_count() {
    let Some(edition) = run("usa/study.toml", &[]) else { return };
    assert_eq!((count(&edition, "district"), count(&edition, "undetermined")), (36, 31));
    let minimum = [("[output]", "[districts]\nmin_industry_employees = 250\n\n[output]")];
    assert_eq!(count(&run("usa/study.toml", &minimum).unwrap(), "district"), 36);
    let large = [("\"unknown_ghgrp\" = { from = 1,", "\"unknown_ghgrp\" = { from = 250,")];
    let edition = run("usa/study.toml", &large).unwrap();
    assert_eq!((count(&edition, "district"), count(&edition, "undetermined")), (37, 5));
    let zones = run("usa/commuting-zones.toml", &[]).unwrap();
    assert_eq!((zones.table("areas").len(), count(&zones, "district")), (593, 21));
    assert_eq!(count(&run("usa/commuting-zones.toml", &minimum).unwrap(), "district"), 20);
}

/// All sectors of 2018, with manufacturing in the place of that year's from the table of 2014.
fn mixed() -> Option<String> {
    let mut text = "area,sector,size_class,employees,local_units\n".to_owned();
    for row in data::text("usa-jobs/all_sectors_2018_naics4.csv.gz")?.lines().skip(1) {
        if !row.split(',').nth(1).is_some_and(|sector| ["31", "32", "33"].contains(&&sector[..2])) {
            let _ = writeln!(text, "{row}");
        }
    }
    let mut sums: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for row in data::rows("usa-jobs/manufacturing_2014_naics6_size.csv.gz")? {
        let sum = sums.entry(row[0].clone()).or_default();
        sum.0 += row[4].parse::<f64>().ok()?;
        sum.1 += row[3].parse::<f64>().ok()?;
    }
    for (county, (employees, units)) in sums {
        let _ = writeln!(text, "{county},31-33,total,{employees},{units}");
    }
    Some(text)
}

#[test]
fn with_manufacturing_of_2014_in_step_1_small_places_come_back() {
    let Some(mixed) = mixed() else { return };
    let edition = run_with("usa/manufacturing-2014-in-step-1.toml", &[], &[("mixed.csv", &mixed)]).unwrap();
    assert_eq!((count(&edition, "district"), count(&edition, "rest")), (47, 412));
    assert_eq!(verdict(&edition, HICKORY)["kind"], "other_manufacturing");
}
