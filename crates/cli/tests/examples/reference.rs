//! Sardinia and Brindisi 2001: the tables of the edition are those of LabourMarketAreas 3.4.

use std::collections::BTreeMap;

use crate::edition::{Edition, Row, number, published, run};

const CASES: [(&str, &str, &str); 4] = [
    ("sardinia-2001", "study.toml", "1000_0.6_10000_0.75"),
    ("sardinia-2001", "study-6667.toml", "1000_0.6667_10000_0.75"),
    ("brindisi-2001", "study.toml", "1000_0.6_10000_0.75"),
    ("brindisi-2001", "study-6667.toml", "1000_0.6667_10000_0.75"),
];

/// Each case with its edition before (`"none"`) or after (`"reference"`) fine tuning.
fn each(tuning: &str, check: impl Fn(&str, &str, &Edition)) {
    for (place, study, case) in CASES {
        let tuning = format!("tuning = \"{tuning}\"");
        let Some(edition) = run(&format!("{place}/{study}"), &[("tuning = \"reference\"", &tuning)]) else {
            return;
        };
        check(place, case, &edition);
    }
}

fn reference(place: &str, case: &str, table: &str) -> Vec<Row> {
    published(&format!("{place}/reference/{case}_{table}.csv")).unwrap()
}

fn clusters(place: &str, case: &str, table: &str) -> BTreeMap<String, String> {
    reference(place, case, table)
        .into_iter()
        .map(|row| (row["community"].clone(), row["cluster"].clone()))
        .collect()
}

/// Equal to 1e-9, relative for numbers above 1; both may be missing.
fn assert_near(found: &str, expected: &str, what: &dyn Fn() -> String) {
    if found.is_empty() && expected.is_empty() {
        return;
    }
    let parse = |text: &str| {
        text.parse::<f64>().unwrap_or_else(|_| panic!("{}: `{found}`, not `{expected}`", what()))
    };
    let (a, b) = (parse(found), parse(expected));
    assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{}: {a}, not {b}", what());
}

#[test]
fn the_same_zones_make_the_same_areas() {
    each("none", |place, case, edition| {
        assert_eq!(edition.partition(), clusters(place, case, "clusters_after"), "{place} {case}");
        for row in edition.table("zones") {
            let moves = reference(place, case, "moves");
            let expected = moves.iter().find(|moves| moves["community"] == row["zone"]).unwrap();
            assert_eq!(row["moves"], expected["moves"], "{place} {case} zone {}", row["zone"]);
        }
    });
}

#[test]
fn the_same_statistics_of_every_area() {
    let columns = [
        ("residents", "EMP_live"),
        ("workers", "EMP_work"),
        ("validity", "validity"),
        ("inside", "EMP_live_work"),
        ("commuter_ratio", "lma_commuter_percent"),
        ("home_work_ratio", "Home_Work_Ratio"),
        ("sc_demand_side", "SC_demand_side"),
        ("sc_supply_side", "SC_supply_side"),
        ("zones", "N_com"),
        ("internal_cohesion_link", "InternalCohesionLink"),
        ("internal_cohesion_flows", "InternalCohesionFlows"),
        ("central_zones", "NbCentralComm"),
        ("links_in", "N_links_in"),
        ("links_out", "N_links_out"),
    ];
    each("none", |place, case, edition| {
        let areas = edition.by_key("areas", "area");
        let expected = reference(place, case, "lma_stats");
        assert_eq!(areas.len(), expected.len(), "{place} {case}");
        for row in &expected {
            let area = &areas[&row["LMA"]];
            for (ours, theirs) in columns {
                assert_near(&area[ours], &row[theirs], &|| {
                    format!("{place} {case} area {} {ours}", row["LMA"])
                });
            }
        }
    });
}

#[test]
fn the_same_38_figures_of_quality() {
    each("none", |place, case, edition| {
        let (found, expected) = (edition.table("quality"), reference(place, case, "stat_quality"));
        assert_eq!((found.len(), expected.len()), (38, 38));
        for (found, expected) in found.iter().zip(&expected) {
            // R appends the percentage to the names of quartiles.
            assert!(expected["stat"].starts_with(&found["figure"]), "{found:?} {expected:?}");
            assert_near(&found["value"], &expected["value"], &|| {
                format!("{place} {case} {}", found["figure"])
            });
        }
    });
}

#[test]
fn the_same_reserve_list() {
    each("none", |place, case, edition| {
        let (found, expected) = (edition.table("reserve"), reference(place, case, "reserve"));
        // A reserve list without entries is a file with an empty row.
        let expected: Vec<&Row> = expected.iter().filter(|row| row.len() > 1).collect();
        assert_eq!(found.len(), expected.len(), "{place} {case}");
        for (found, expected) in found.iter().zip(expected) {
            for (ours, theirs) in [
                ("type", "type"),
                ("iteration", "iteration"),
                ("cluster", "cluster"),
                ("zone", "community"),
                ("next", "next_community"),
            ] {
                assert_eq!(found[ours], expected[theirs], "{place} {case} {ours}");
            }
            let digits = |row: &Row| format!("{:.14e}", number(row, "validity"));
            assert_eq!(digits(found), digits(expected), "{place} {case} validity to 15 digits");
        }
    });
}

#[test]
fn the_same_names() {
    each("none", |place, case, edition| {
        if case != "1000_0.6667_10000_0.75" {
            return; // the reference has no names of the other case for both places
        }
        let areas = edition.by_key("areas", "area");
        for row in reference(place, case, "lma_names") {
            assert_eq!(areas[&row["LMA"]]["name"].to_uppercase(), row["lma.name"], "{place}");
        }
    });
}

/// Zones that the user of the reference put on its list for loose pieces by hand and we do not: most of their ground lies
/// in the main piece of their area, what is loose is an exclave of theirs.
const EXCLAVES: [(&str, &str); 2] = [("90070", "sardinia-2001"), ("91037", "sardinia-2001")];

#[test]
fn the_same_moves_of_fine_tuning() {
    each("reference", |place, case, edition| {
        if distretto_testkit::data::path(&format!("{place}/reference/{case}_finetuned_poly.csv")).is_none() {
            return;
        }
        let before = clusters(place, case, "clusters_after");
        let mut expected = clusters(place, case, "finetuned_unique");
        let mut moved = 0;
        for (zone, area) in clusters(place, case, "finetuned_poly") {
            if area != before[&zone] && !EXCLAVES.contains(&(zone.as_str(), place)) {
                expected.insert(zone, area);
                moved += 1;
            }
        }
        assert_eq!(edition.partition(), expected, "{place} {case}: {moved} zones in loose pieces");
        let mended = edition
            .table("moves")
            .iter()
            .map(|row| number(row, "cohesion"))
            .filter(|&link| link > 0.0)
            .count();
        assert_eq!(mended, before.iter().filter(|&(zone, area)| expected[zone] != *area).count());
    });
}
