//! The command as people and scripts run it.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

mod command;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use command::{fails, ok, world};
use tempfile::TempDir;

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
        .collect()
}

/// The values of a column of a comma-separated table without quoted commas.
fn column(folder: &Path, table: &str, name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join(table)).unwrap();
    let mut lines = text.lines();
    let at = lines.next().unwrap().split(',').position(|header| header == name).unwrap();
    lines.map(|line| line.split(',').nth(at).unwrap().to_owned()).collect()
}

#[test]
fn two_runs_give_the_same_bytes_on_one_thread_or_two() {
    let folder = world();
    let run = |out: &str, threads: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_distretto"))
            .current_dir(folder.path())
            .env("RAYON_NUM_THREADS", threads)
            .args(["run", "world/study.toml", "--out", out, "--quiet"])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut files = files(&folder.path().join(out));
        assert!(files.remove("timings.json").is_some(), "timings are apart from what must be the same");
        files
    };
    let (one, two) = (run("one", "1"), run("two", "2"));
    assert!(one.keys().eq(two.keys()));
    for (name, bytes) in &one {
        assert!(*bytes == two[name], "{name} differs");
    }
    for name in ["zones", "areas", "districts", "steps", "flows", "contiguity", "quality", "comparison"] {
        assert!(
            one.contains_key(&format!("{name}.csv")) && one.contains_key(&format!("{name}.parquet")),
            "{name}"
        );
    }
    for name in ["report.html", "manifest.json", "datapackage.json", "shapes.gpkg", "area_shapes.parquet"] {
        assert!(one.contains_key(name), "{name}");
    }
    let manifest = String::from_utf8(one["manifest.json"].clone()).unwrap();
    assert!(!manifest.contains(folder.path().to_str().unwrap()), "no path of this machine");
}

#[test]
fn stages_in_a_pipe_give_what_a_run_gives() {
    let folder = world();
    let at = folder.path();
    std::fs::write(at.join("plain.toml"), {
        let study = std::fs::read_to_string(at.join("world/study.toml")).unwrap();
        assert!(study.contains("[areas]"));
        study.replace("[areas]", "[areas]\ntuning = \"none\"").replace("\"./", "\"world/")
    })
    .unwrap();
    ok(at, &["areas", "world/flows.csv.gz", "--out", "areas.csv", "--quiet"]);
    std::fs::rename(at.join("plain.toml"), at.join("world/plain.toml")).unwrap();
    ok(at, &["run", "world/plain.toml", "--out", "edition", "--quiet"]);
    let run: BTreeMap<String, String> = column(&at.join("edition"), "zones.csv", "zone")
        .into_iter()
        .zip(column(&at.join("edition"), "zones.csv", "area"))
        .filter(|(_, area)| !area.is_empty())
        .collect();
    let stage: BTreeMap<String, String> =
        column(at, "areas.csv", "zone").into_iter().zip(column(at, "areas.csv", "area")).collect();
    assert_eq!(run, stage);
    ok(at, &["districts", "world/jobs.csv", "--areas", "areas.csv", "--out", "districts.csv", "--quiet"]);
    for name in ["area", "kind", "main_industry", "main_industry_jobs"] {
        assert_eq!(
            column(at, "districts.csv", name),
            column(&at.join("edition"), "districts.csv", name),
            "{name}"
        );
    }
    let same =
        ok(at, &["compare", "areas.csv", "areas.csv", "--flows", "world/flows.csv.gz", "--format", "csv"]);
    for figure in
        ["ari,1.0", "nmi,1.0", "v_measure,1.0", "zones_differing,0.0", "share_of_residents_differing,0.0"]
    {
        assert!(same.contains(&format!("\n{figure}\n")), "{figure} in {same}");
    }
}

#[test]
fn reference_mode_is_the_reference() {
    let Some(flows) = distretto_testkit::data::path("sardinia-2001/flows.csv") else { return };
    let expected =
        distretto_testkit::data::text("sardinia-2001/reference/1000_0.6667_10000_0.75_clusters_after.csv")
            .unwrap();
    let expected: Vec<String> =
        expected.lines().skip(1).map(|line| line.rsplit_once(',').unwrap().0.to_owned()).collect();
    let folder = TempDir::new().unwrap();
    let flows = flows.to_str().unwrap();
    let found = ok(
        folder.path(),
        &[
            "areas",
            flows,
            "--mode",
            "reference",
            "--min-sc",
            "0.6667",
            "--min-size",
            "1000",
            "--target-size",
            "10000",
            "--target-sc",
            "0.75",
            "--quiet",
        ],
    );
    assert_eq!(found.lines().next(), Some("zone,area"));
    assert_eq!(found.lines().skip(1).collect::<Vec<_>>(), expected);
}

#[test]
fn explanations_name_the_steps_and_know_what_was_meant() {
    let folder = world();
    let at = folder.path();
    ok(at, &["run", "world/study.toml", "--out", "edition", "--quiet"]);
    let name = column(&at.join("edition"), "areas.csv", "name").remove(0);
    let area = ok(at, &["explain", &name, "--study", "world/study.toml"]);
    assert!(
        area.contains("self-containment") && area.contains("step 1") || area.contains("Step 1"),
        "{area}"
    );
    let zone = column(&at.join("edition"), "zones.csv", "zone").remove(7);
    let text = ok(at, &["explain", &zone, "--zone", "--study", "world/study.toml"]);
    assert!(text.contains("What happened") && text.contains("cohesion"), "{text}");
    let misspelt: String = name.chars().chain(['e']).collect();
    let error = fails(at, 2, &["explain", &misspelt, "--area", "--study", "world/study.toml"]);
    assert!(error.contains(&format!("did you mean `{name}`?")), "{error}");
}

#[test]
fn nothing_is_overwritten_or_half_written() {
    let folder = world();
    let at = folder.path();
    std::fs::create_dir(at.join("mine")).unwrap();
    std::fs::write(at.join("mine/letter.txt"), "dear").unwrap();
    let error = fails(at, 2, &["run", "world/study.toml", "--out", "mine"]);
    assert!(error.contains("D0801") && error.contains("--force"), "{error}");
    assert_eq!(files(&at.join("mine")).len(), 1);
    std::fs::write(at.join("study.toml"), "").unwrap();
    assert!(fails(at, 2, &["init"]).contains("D0801"));
    // A run that fails leaves neither an edition nor a partial one.
    std::fs::write(at.join("world/flows.csv.gz"), "origin,destination,flow\n").unwrap();
    fails(at, 3, &["run", "world/study.toml", "--out", "edition"]);
    let left: Vec<_> = std::fs::read_dir(at).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_str().unwrap().contains("edition")), "{left:?}");
}

#[test]
fn a_folder_with_anything_but_an_edition_is_left_alone() {
    let folder = world();
    let at = folder.path();
    std::fs::create_dir(at.join("mine")).unwrap();
    std::fs::write(at.join("mine/manifest.json"), "{}").unwrap();
    std::fs::write(at.join("mine/thesis.txt"), "years of work").unwrap();
    let error = fails(at, 2, &["run", "world/study.toml", "--out", "mine"]);
    assert!(error.contains("D0801") && error.contains("thesis.txt"), "{error}");
    // A note among the files of an edition is not part of it either.
    ok(at, &["run", "world/study.toml", "--out", "edition", "--quiet"]);
    std::fs::write(at.join("edition/note.txt"), "to self").unwrap();
    assert!(fails(at, 2, &["run", "world/study.toml", "--out", "edition"]).contains("note.txt"));
    std::fs::remove_file(at.join("edition/note.txt")).unwrap();
    ok(at, &["run", "world/study.toml", "--out", "edition", "--quiet"]);
}

#[test]
fn zones_without_an_area_are_part_of_the_nation_in_a_pipe_too() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    // Zone 3 has jobs and no exchange with anybody: no area.
    std::fs::write(
        at.join("flows.csv"),
        "origin,destination,flow\n1,1,3000\n1,2,100\n2,2,2000\n2,1,100\n3,3,5000\n",
    )
    .unwrap();
    std::fs::write(at.join("zones.csv"), "code\n1\n2\n3\n").unwrap();
    let jobs = "zone,activity,size_class,employees,local_units\n1,13,1-9,600,200\n1,46,1-9,400,100\n2,46,1-9,1500,300\n2,13,1-9,100,30\n3,13,1-9,9000,900\n3,46,1-9,10,3\n";
    std::fs::write(at.join("jobs.csv"), jobs).unwrap();
    let study = "[study]\ntitle = 'three'\n[zones]\npath = 'zones.csv'\n[flows]\npath = 'flows.csv'\n[jobs]\npath = 'jobs.csv'\n";
    std::fs::write(at.join("study.toml"), study).unwrap();
    ok(at, &["run", "study.toml", "--out", "edition", "--quiet"]);
    ok(at, &["areas", "flows.csv", "--out", "areas.csv", "--quiet"]);
    ok(at, &["districts", "jobs.csv", "--areas", "areas.csv", "--out", "districts.csv", "--quiet"]);
    let edition = at.join("edition");
    assert!(!column(at, "districts.csv", "area").is_empty());
    for name in ["area", "kind", "manufacturing_jobs", "national_share"] {
        assert_eq!(column(at, "districts.csv", name), column(&edition, "districts.csv", name), "{name}");
    }
}

#[test]
fn exit_codes_tell_usage_from_input() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    std::fs::write(at.join("flows.csv"), "origin,destination,flow\n1,2,5\n2,1,-3\n").unwrap();
    let usage = fails(at, 2, &["areas", "flows.csv", "--min-size", "9", "--target-size", "5"]);
    assert!(usage.contains("D0006"), "{usage}");
    let input = fails(at, 3, &["areas", "flows.csv"]);
    assert!(input.contains("D0401") && input.contains("row 3"), "{input}");
    assert!(fails(at, 3, &["areas", "missing.csv"]).contains("D0101"));
    assert!(fails(at, 2, &["run", "missing.toml"]).contains("D0001"));
    fails(at, 2, &["areas"]);
    fails(at, 2, &["world", "--zones", "0"]);
}

#[test]
fn init_writes_a_study_that_is_read_back() {
    let folder = TempDir::new().unwrap();
    ok(folder.path(), &["init", "--title", "My \"own\" country"]);
    let error = fails(folder.path(), 3, &["check"]);
    assert!(error.contains("D0101") || error.contains("D0103"), "the paths do not exist yet: {error}");
}

/// What a program says that was built without the engine; with it, `tests/engine` has the rest.
#[cfg(not(feature = "engine"))]
#[test]
fn a_program_without_the_engine_says_so() {
    let folder = TempDir::new().unwrap();
    let study = "[sources.t]\npath = 't.csv'\n[flows]\nquery = 'SELECT * FROM t'\n";
    std::fs::write(folder.path().join("study.toml"), study).unwrap();
    for command in [
        &["run", "study.toml"][..],
        &["check", "study.toml"],
        &["tables", "study.toml"],
        &["tables", "study.toml", "--explain"],
    ] {
        let told = fails(folder.path(), 2, command);
        assert!(told.contains("D0741") && told.contains("[flows] comes from a query"), "{command:?}: {told}");
        assert!(told.contains("--features engine"), "{told}");
    }
    assert!(fails(folder.path(), 2, &["engine", "scheduler"]).contains("D0741"));
    assert!(!folder.path().join("edition").exists() && !folder.path().join("tables").exists());
}
