//! What people try in their first hour, and what they are told.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

mod command;

use std::path::Path;

use command::{distretto, fails, ok, world};
use distretto_study::input::Input;
use distretto_study::plan::plan;

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_misspelt_file_in_the_current_folder_is_recognised() {
    let folder = world();
    let at = folder.path().join("world");
    std::fs::write(at.join("flows.csv"), "origin,destination,flow\n1,2,5\n").unwrap();
    for args in [&["areas", "flow.csv"][..], &["areas", "./flow.csv"]] {
        let error = fails(&at, 3, args);
        assert!(error.contains("D0101") && error.contains("did you mean `flows.csv`?"), "{error}");
        assert!(!error.contains("folder `"), "{error}");
    }
    let error = fails(&at, 3, &["areas", "nowhere/flows.csv"]);
    assert!(error.contains("the folder `nowhere` does not exist either"), "{error}");
    assert!(fails(&at, 2, &["check", "studdy.toml"]).contains("did you mean `study.toml`?"));
}

#[test]
fn an_unknown_ending_is_refused_before_the_work() {
    let folder = world();
    let at = folder.path();
    for args in [
        &["areas", "missing.csv", "--out", "a.xlsx"][..],
        &["districts", "missing.csv", "--areas", "a.csv", "--out", "a.xlsx"],
        &["compare", "a.csv", "b.csv", "--out", "a.xlsx"],
    ] {
        let error = fails(at, 2, args);
        assert!(
            error.contains("[D0803]") && error.contains(".parquet") && error.contains("--format"),
            "{error}"
        );
    }
    ok(at, &["areas", "world/flows.csv.gz", "--out", "a.xlsx", "--format", "csv", "--quiet"]);
    for name in ["a.CSV", "plain", "a.json", "a.txt"] {
        ok(at, &["areas", "world/flows.csv.gz", "--out", name, "--quiet"]);
    }
    let text = |name: &str| std::fs::read_to_string(at.join(name)).unwrap();
    assert!(text("a.xlsx") == text("a.CSV") && text("plain") == text("a.CSV"));
    assert!(text("a.json").starts_with('[') && text("a.txt").starts_with(" zone "));
}

#[test]
fn a_world_replaces_a_world_and_nothing_else() {
    let folder = world();
    let at = folder.path();
    let make = |out: &'static str| ["world", "--zones", "100", "--out", out, "--quiet"];
    ok(at, &make("world"));
    std::fs::create_dir(at.join("empty")).unwrap();
    ok(at, &make("empty"));
    std::fs::create_dir(at.join("mine")).unwrap();
    std::fs::write(at.join("mine/study.toml"), "# my study").unwrap();
    let error = fails(at, 2, &make("mine"));
    assert!(error.contains("[D0801]") && error.contains("--force"), "{error}");
    assert_eq!(names(&at.join("mine")), ["study.toml"]);
    ok(at, &[&make("mine")[..], &["--force"]].concat());
    assert!(fails(at, 2, &["world", "--zones", "0", "--out", "none"]).contains("[D0811]"));
    assert!(!at.join("none").exists());
}

#[test]
fn a_world_has_micro_data_when_asked_for() {
    let folder = world();
    let at = folder.path();
    let make = ["world", "--zones", "30", "--scale", "0.05", "--no-register", "--quiet", "--out", "world"];
    let make = |more: &[&'static str]| [&make[..], more].concat();
    ok(at, &make(&["--register", "--trips=500", "--coordinates", "--invoices=300"]));
    let readme = std::fs::read_to_string(at.join("world/README.md")).unwrap();
    assert!(readme.contains("\n500 trips of ") && readme.contains("\n300 invoices of "), "{readme}");
    let all = names(&at.join("world"));
    for table in ["register", "trips", "invoices"] {
        assert!(all.iter().any(|name| name == table), "{table} in {all:?}");
    }
    assert!(fails(at, 2, &make(&["--trips=999999999999"])).contains("[D0811]"));
    assert_eq!(names(&at.join("world")), all, "nothing is replaced by what is refused");
    for refused in [&["--trips", "5"][..], &["--trips=0"], &["--coordinates"]] {
        fails(at, 2, &make(refused));
    }
    ok(at, &make(&["--trips"]));
    ok(at, &make(&[]));
    let left = names(&at.join("world"));
    assert!(!left.iter().any(|name| ["register", "trips", "invoices"].contains(&name.as_str())), "{left:?}");
}

#[test]
fn tables_for_reading_are_short_and_fit() {
    let folder = world();
    let at = folder.path();
    ok(at, &["areas", "world/flows.csv.gz", "--out", "areas.csv", "--quiet"]);
    let figures = ok(at, &["compare", "areas.csv", "world/truth_areas.csv"]);
    let value = |name: &str| {
        let line = figures.lines().find(|line| line.split_whitespace().next() == Some(name)).unwrap();
        line.split_whitespace().last().unwrap().to_owned()
    };
    assert_eq!(value("zones"), "400");
    assert!(value("ari").len() <= 6, "{figures}");
    let wide =
        ok(at, &["districts", "world/jobs.csv", "--areas", "areas.csv", "--format", "table", "--quiet"]);
    assert!(wide.lines().all(|line| line.chars().count() <= 120), "{wide}");
    let header = wide.lines().next().unwrap().split_whitespace().count();
    let csv = ok(at, &["districts", "world/jobs.csv", "--areas", "areas.csv", "--quiet"]);
    let all = csv.lines().next().unwrap().split(',').count();
    assert!(
        wide.ends_with(&format!("\n{} columns are left out: --format csv has them\n", all - header)),
        "{wide}"
    );
}

#[test]
fn a_dry_run_says_what_the_run_then_does() {
    let folder = world();
    let at = folder.path();
    let before = names(at);
    let told = ok(at, &["run", "world/study.toml", "--out", "edition", "--dry-run", "--quiet"]);
    assert_eq!(names(at), before, "nothing is written");
    for part in
        ["mode clean", "min_size", "repair", "sector_lq", "memory forecast", "to edition", "zones.csv"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    let study = std::fs::read_to_string(at.join("world/study.toml")).unwrap();
    for (name, keys) in [
        ("study.toml", "[areas]"),
        ("plain.toml", "[areas]\ntuning = \"none\"\ntrace = true"),
        ("given.toml", "[output]\nformats = ['csv']\n[areas]\npartition = { path = 'truth_areas.csv' }"),
    ] {
        let path = at.join("world").join(name);
        std::fs::write(&path, study.replace("[areas]", keys)).unwrap();
        let mut planned = plan(&Input::load(&path).unwrap(), Path::new("edition")).files;
        planned.sort();
        ok(at, &["run", path.to_str().unwrap(), "--out", "edition", "--quiet"]);
        assert_eq!(names(&at.join("edition")), planned, "{name}");
    }
}

#[test]
fn a_check_with_warnings_is_a_success() {
    let folder = world();
    let at = folder.path();
    std::fs::write(at.join("zones.csv"), "code\n1\n2\n3\n").unwrap();
    std::fs::write(at.join("flows.csv"), "origin,destination,flow\n1,2,5\n2,1,4\n").unwrap();
    std::fs::write(at.join("study.toml"), "[zones]\npath = 'zones.csv'\n[flows]\npath = 'flows.csv'\n")
        .unwrap();
    let output = distretto(at, &["check"]);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("warning: 1 zone occurs in no flow [D0307]"), "{said}");
}
