//! What an edition says of certainty: tables that agree with each other, lines of borders, a manifest that does not depend on when
//! replicates were made; and the files that are written without a study.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeMap;
use std::path::Path;

use arrow::util::display::array_value_to_string;
use distretto_study::certainty::{self, Made, Store, files};
use distretto_study::config::Tuning;
use distretto_study::config::certainty::{RuleValues, Source, Values};
use distretto_study::edition::table::Table;
use distretto_study::edition::{self, Meta, tables};
use distretto_study::fault::Code;
use distretto_study::input::Study;
use distretto_study::plan::{Plan, plan_of_certainty, plan_of_certainty_alone};
use distretto_study::run::{self, Results};
use distretto_study::stopwatch::Stopwatch;
use distretto_testkit::world::files::{WorldFiles, write};
use distretto_testkit::world::{World, WorldOptions};
use serde_json::Value;
use tempfile::TempDir;

/// A made country with everything, little enough of it that areas are unsure.
fn country() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let world = World::generate(&WorldOptions { seed: 5, zones: 150, noise: 0.4, scale: 0.2 }).unwrap();
    write(&world, folder.path(), WorldFiles { register: false, ..WorldFiles::default() }).unwrap();
    folder
}

/// Its study with replicates of sampling and rule.
fn study(folder: &Path, replicates: u64) -> Study {
    let mut study = Study::load(&folder.join("study.toml")).unwrap();
    study.config.areas.min_size = 200.0;
    study.config.areas.target_size = 2_000.0;
    study.config.certainty = Some(
        distretto_study::config::Config::parse(
            "[flows]\npath = 'f'\n[certainty]\nvary = ['sampling', 'rule']\n[certainty.rule]\nmin_size = { from = 150, to = 300 }\n\
             mode = ['clean', 'reference']\n[[certainty.rule.others]]\nname = 'larger'\nmin_size = 500",
            "study.toml",
        )
        .unwrap()
        .certainty
        .unwrap(),
    );
    study.config.certainty.as_mut().unwrap().replicates = replicates;
    study
}

/// Runs it and makes the replicates that are not kept.
fn sure(study: Study, keep: Option<&Path>) -> Results {
    let input = study.read().unwrap();
    let store = keep.map(|keep| Store::open(keep, &input).unwrap());
    let mut results = run::run(input, &mut Stopwatch::silent()).unwrap();
    let Made::All(sets) = certainty::replicates(&results, store.as_ref(), &mut ()).unwrap() else {
        unreachable!("nobody stopped it")
    };
    certainty::add(&mut results, sets).unwrap();
    results
}

fn write_edition(results: &Results, out: &Path) {
    let meta = Meta { version: "0".into(), commit: None };
    edition::write(results, &meta, out, false, &mut Stopwatch::silent()).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn planned(plan: &Plan) -> Vec<String> {
    let mut files = plan.files.clone();
    files.sort();
    files
}

type Row = BTreeMap<String, String>;

/// The rows of a table, column to text; missing values are empty.
fn rows(table: &Table) -> Vec<Row> {
    let schema = table.batch.schema();
    (0..table.batch.num_rows())
        .map(|row| {
            let columns = schema.fields().iter().zip(table.batch.columns());
            columns
                .map(|(field, column)| (field.name().clone(), array_value_to_string(column, row).unwrap()))
                .collect()
        })
        .collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} is `{}`", row[column]))
}

fn found(results: &Results) -> impl Fn(&str) -> Vec<Row> + use<> {
    let tables = tables::all(results).unwrap();
    move |name: &str| rows(tables.iter().find(|table| table.name == name).unwrap())
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9, "{a} {b}");
}

#[test]
fn tables_agree_with_each_other() {
    const N: usize = 12;
    let folder = country();
    let results = sure(study(folder.path(), N as u64), None);
    let table = found(&results);

    let zones = table("zone_certainty");
    assert_eq!(zones.len(), 150);
    let area_of: BTreeMap<&str, &str> =
        zones.iter().map(|zone| (zone["zone"].as_str(), zone["area"].as_str())).collect();
    for (zone, of_run) in zones.iter().zip(table("zones")) {
        assert_eq!((&zone["zone"], &zone["area"]), (&of_run["zone"], &of_run["area"]));
        assert_ne!(zone["area"], zone["runner_up"]);
    }
    for area in table("area_certainty") {
        for kind in ["core", "fringe", "contested"] {
            let of_kind = zones.iter().filter(|zone| zone["area"] == area["area"] && zone["kind"] == kind);
            assert_eq!(number(&area, &format!("{kind}_zones")), of_kind.count() as f64);
        }
        close(
            ["core_share", "fringe_share", "contested_share"].map(|share| number(&area, share)).iter().sum(),
            1.0,
        );
        if number(&area, "existence") > 0.0 {
            let at = |end: &str| number(&area, &format!("residents_{end}"));
            assert!(at("low80") <= at("median") && at("median") <= at("high80"));
        } else {
            assert_eq!((area["zones_median"].as_str(), area["residents_low80"].as_str()), ("", ""));
        }
    }

    let borders = table("borders");
    assert_eq!(borders.len(), table("zone_contiguity").len());
    for border in &borders {
        let [a, b] = ["a", "b"].map(|end| area_of[border[end].as_str()]);
        let expected = if a.is_empty() || b.is_empty() { String::new() } else { (a != b).to_string() };
        assert_eq!(border["separates"], expected);
        let times = number(border, "strength_raw") * number(border, "replicates");
        close(times.round(), times);
    }

    let replicates = table("replicates");
    assert_eq!(replicates.len(), 3 * N, "sampling and rule together, and each alone");
    let histogram = table("histogram");
    for count in table("counts").iter().filter(|count| count["scope"] == "total") {
        let (set, what) = (&count["set"], &count["what"]);
        let mut values: Vec<f64> =
            replicates.iter().filter(|row| row["set"] == *set).map(|row| number(row, what)).collect();
        values.sort_by(f64::total_cmp);
        assert_eq!(number(count, "median"), values[N / 2 - 1]);
        close(number(count, "mean"), values.iter().sum::<f64>() / N as f64);
        for bar in histogram.iter().filter(|bar| bar["set"] == *set && bar["what"] == *what) {
            let times = values.iter().filter(|value| **value == number(bar, "value")).count();
            assert_eq!(number(bar, "replicates"), times as f64);
        }
    }
    for (what, groups, outside) in [
        ("areas", "region", "without_region"),
        ("districts", "region", "without_region"),
        ("districts", "industry", "without_industry"),
    ] {
        let of = |scopes: &[&str]| -> f64 {
            let counts = table("counts");
            let rows = counts.iter().filter(|row| {
                row["set"] == "sampling+rule"
                    && row["what"] == what
                    && scopes.contains(&row["scope"].as_str())
            });
            rows.map(|row| number(row, "mean")).sum()
        };
        close(of(&[groups, outside]), of(&["total"]));
    }
    for row in replicates.iter().filter(|row| row["set"] == "sampling") {
        assert_eq!(
            (row["rule"].as_str(), row["mode"].as_str(), number(row, "min_size")),
            ("base", "clean", 200.0)
        );
    }
    let rules: Vec<&str> = replicates
        .iter()
        .filter(|row| number(row, "min_size") == 500.0)
        .map(|row| row["rule"].as_str())
        .collect();
    assert!(!rules.is_empty() && rules.iter().all(|rule| *rule == "larger"));

    let spread = table("spread");
    let sources: Vec<&str> =
        spread.iter().filter(|row| row["what"] == "areas").map(|row| row["source"].as_str()).collect();
    assert_eq!(sources, ["together", "sampling", "rule", "remainder"]);
    close(spread[1..4].iter().map(|row| number(row, "share")).sum(), 1.0);
    close(spread[1..4].iter().map(|row| number(row, "variance")).sum(), number(&spread[0], "variance"));

    let consensus = table("consensus");
    let mut areas: Vec<&str> =
        consensus.iter().map(|zone| zone["area"].as_str()).filter(|area| !area.is_empty()).collect();
    areas.sort_unstable();
    areas.dedup();
    let figure =
        |name: &str| number(table("convergence").iter().find(|row| row["figure"] == name).unwrap(), "value");
    assert_eq!((areas.len() as f64, figure("replicates")), (figure("consensus_areas"), N as f64));
    for main in areas {
        let itself = consensus.iter().find(|zone| zone["zone"] == main).unwrap();
        assert_eq!(itself["area"], main, "an area is called after one of its own zones");
    }
    for (zone, same) in zones.iter().zip(&consensus) {
        assert_eq!((&zone["consensus_area"], &zone["support"]), (&same["area"], &same["support"]));
    }

    for (district, verdict) in table("district_certainty").iter().zip(table("districts")) {
        assert_eq!((&district["area"], &district["kind"]), (&verdict["area"], &verdict["kind"]));
        close(number(district, "existence"), number(district, "times") / N as f64);
        let [same, any, exists] =
            ["existence", "existence_any_industry", "area_exists"].map(|column| number(district, column));
        assert!(same <= any && any <= exists);
    }
}

#[test]
fn where_nothing_varies_all_is_certain() {
    let folder = country();
    let mut study = study(folder.path(), 3);
    let settings = study.config.certainty.as_mut().unwrap();
    settings.vary = Some(vec![Source::Rule]);
    // One rule to draw from, that of the run.
    settings.rule = Some(RuleValues { min_size: Some(Values::List(vec![200.0])), ..RuleValues::default() });
    let results = sure(study, None);
    let table = found(&results);
    for border in table("borders").iter().filter(|border| !border["separates"].is_empty()) {
        assert_eq!(number(border, "strength"), f64::from(u8::from(border["separates"] == "true")));
    }
    for zone in table("zone_certainty").iter().filter(|zone| !zone["area"].is_empty()) {
        assert_eq!(
            (number(zone, "membership"), number(zone, "entropy"), zone["kind"].as_str()),
            (1.0, 0.0, "core")
        );
    }
    for area in table("area_certainty") {
        assert_eq!((number(&area, "existence"), number(&area, "mean_jaccard")), (1.0, 1.0));
    }
    for zone in table("consensus").iter().filter(|zone| !zone["area"].is_empty()) {
        assert!(!zone["same_as"].is_empty());
    }
    for count in table("counts") {
        assert_eq!((&count["low95"], &count["high95"]), (&count["base"], &count["base"]));
    }
    for district in table("district_certainty") {
        let expected = f64::from(u8::from(district["in_base"] == "true"));
        assert_eq!(number(&district, "existence"), expected);
    }
}

#[test]
fn an_edition_has_what_was_planned_and_does_not_tell_when_replicates_were_made() {
    let folder = country();
    let at = |name: &str| folder.path().join(name);
    let plan = {
        let input = study(folder.path(), 5).read().unwrap();
        plan_of_certainty(&input, &at("one"), &at("kept")).unwrap()
    };
    assert!(!at("kept").exists(), "a plan leaves nothing behind");
    write_edition(&sure(study(folder.path(), 5), None), &at("one"));
    assert_eq!(names(&at("one")), planned(&plan));

    sure(study(folder.path(), 2), Some(&at("kept")));
    let input = study(folder.path(), 5).read().unwrap();
    let text = plan_of_certainty(&input, &at("two"), &at("kept")).unwrap().to_string();
    assert!(text.contains("5 of sampling+rule (2 of them kept), 5 of sampling (2 of them kept)"), "{text}");
    assert!(text.contains("min_size 150 to 300, mode clean or reference, or the whole of larger"), "{text}");
    assert!(text.contains("9 replicates to make"), "{text}");
    write_edition(&sure(study(folder.path(), 5), Some(&at("kept"))), &at("two"));
    for name in names(&at("one")).iter().filter(|name| *name != "timings.json") {
        let [one, two] = ["one", "two"].map(|edition| std::fs::read(at(edition).join(name)).unwrap());
        assert!(one == two, "{name} differs");
    }

    let manifest: Value =
        serde_json::from_slice(&std::fs::read(at("one").join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["certainty"]["vary"], serde_json::json!(["sampling", "rule"]));
    assert_eq!(
        manifest["certainty"]["replicates"],
        serde_json::json!({ "sampling+rule": 5, "sampling": 5, "rule": 5 })
    );
    let package = rusqlite::Connection::open(at("one").join("shapes.gpkg")).unwrap();
    let lines: i64 =
        package.query_row("select count(*) from borders where strength >= 0", [], |row| row.get(0)).unwrap();
    let csv = std::fs::read_to_string(at("one").join("borders.csv")).unwrap();
    assert_eq!(lines as usize, csv.lines().count() - 1);
}

/// Flows and borders without a study.
fn alone(folder: &Path, borders: bool) -> Study {
    let mut study = study(folder, 8);
    study.config.zones = None;
    study.config.jobs = None;
    study.config.compare.clear();
    study.config.areas.tuning = Tuning::None;
    study.config.certainty.as_mut().unwrap().vary = Some(vec![Source::Sampling]);
    if !borders {
        study.config.borders = None;
    }
    study
}

#[test]
fn without_a_study_there_are_four_files() {
    let folder = country();
    let out = folder.path().join("sure");
    let results = sure(alone(folder.path(), true), None);
    let plan = plan_of_certainty_alone(&results.input, &out, &folder.path().join("kept")).unwrap();
    files::write(&results, &out, false).unwrap();
    assert_eq!(names(&out), ["borders.csv", "counts.json", "replicates.csv", "zones.csv"]);
    assert_eq!(names(&out), planned(&plan));
    let text = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    for (name, header, lines) in [
        ("replicates.csv", "replicate,areas,ari,nmi", 8),
        (
            "zones.csv",
            "zone,area,membership,runner_up,runner_up_membership,elsewhere,without_area,entropy,kind",
            150,
        ),
        (
            "borders.csv",
            "a,b,strength,strength_raw,strength_se,separates",
            rows(&tables::all(&results).unwrap().into_iter().find(|table| table.name == "borders").unwrap())
                .len(),
        ),
    ] {
        assert_eq!((text(name).lines().next().unwrap(), text(name).lines().count()), (header, lines + 1));
    }
    let counts: Value = serde_json::from_str(&text("counts.json")).unwrap();
    assert_eq!(
        (&counts["replicates"], &counts["seed"], &counts["mode"]),
        (&8.into(), &1.into(), &"clean".into())
    );
    assert_eq!(
        (&counts["sampling"]["flows"], &counts["parameters"]["min_size"]),
        (&"poisson".into(), &200.0.into())
    );
    assert_eq!(counts["areas"]["base"], results.areas.partition.areas());
    let histogram = counts["areas"]["histogram"].as_array().unwrap();
    assert_eq!(histogram.iter().map(|bar| bar["replicates"].as_u64().unwrap()).sum::<u64>(), 8);

    let without = sure(alone(folder.path(), false), None);
    files::write(&without, &out, false).unwrap();
    assert_eq!(
        names(&out),
        ["counts.json", "replicates.csv", "zones.csv"],
        "what is no longer there is gone"
    );
}

#[test]
fn other_files_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("mine");
    files::may_replace(&out, false).unwrap();
    std::fs::create_dir(&out).unwrap();
    files::may_replace(&out, false).unwrap();
    // The name of one of the files does not make it one of them.
    std::fs::write(out.join("zones.csv"), "code\n1\n").unwrap();
    let fault = files::may_replace(&out, false).unwrap_err();
    assert_eq!(fault.code, Code::OutputExists);
    assert!(fault.to_string().contains("zones.csv"), "{fault}");
    files::may_replace(&out, true).unwrap();
    std::fs::write(out.join("counts.json"), r#"{ "program": "distretto certainty" }"#).unwrap();
    files::may_replace(&out, false).unwrap();
    std::fs::write(out.join("notes.txt"), "mine").unwrap();
    assert!(files::may_replace(&out, false).is_err());
}
