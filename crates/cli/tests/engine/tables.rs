//! `distretto tables`, and runs of studies with made tables.

use std::path::Path;

use tempfile::TempDir;

use crate::command::{fails, ok};
use crate::made::rows;

fn folder(study: &str, files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    std::fs::write(folder.path().join("study.toml"), study).unwrap();
    folder
}

fn left_behind(folder: &Path) -> Vec<String> {
    let names =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.contains("partial") || name.starts_with("distretto-")).collect()
}

const TRIPS: &str = "h,w,n\nA,A,3000\nA,B,200\nB,B,4000\nB,A,100\n";
const STUDY: &str = "[sources.trips]\npath = 'trips.csv'\n[engine]\nspill = '.'\n\
    [flows]\nquery = 'SELECT h AS home, w AS work, CAST(n AS BIGINT) AS persons FROM trips'\n";

#[test]
fn a_study_by_query_runs_like_one_by_file() {
    let folder = folder(STUDY, &[("trips.csv", TRIPS)]);
    let plain = "[flows]\npath = 'trips.csv'\ncolumns = { origin = 'h', destination = 'w', flow = 'n' }\n";
    std::fs::write(folder.path().join("plain.toml"), plain).unwrap();
    let study = STUDY.replace("[flows]\n", "[flows]\ncolumns = { flow = 'persons' }\n");
    std::fs::write(folder.path().join("study.toml"), study).unwrap();
    let by_query = ok(folder.path(), &["run", "study.toml", "--out", "a", "-q"]);
    assert_eq!(by_query, ok(folder.path(), &["run", "plain.toml", "--out", "b", "-q"]));
    let table =
        |edition: &str| std::fs::read_to_string(folder.path().join(edition).join("areas.csv")).unwrap();
    assert_eq!(table("a"), table("b"));
    let manifest = std::fs::read_to_string(folder.path().join("a/manifest.json")).unwrap();
    assert!(manifest.contains("\"path\": \"trips.csv\"") && !manifest.contains("part-00000"), "{manifest}");
    assert_eq!(left_behind(folder.path()), Vec::<String>::new());
    // The same again gives the same bytes.
    ok(folder.path(), &["run", "study.toml", "--out", "c", "-q"]);
    assert_eq!(manifest, std::fs::read_to_string(folder.path().join("c/manifest.json")).unwrap());
}

#[test]
fn tables_are_written_whole_with_a_manifest() {
    let folder = folder(STUDY, &[("trips.csv", TRIPS)]);
    let told = ok(folder.path(), &["tables", "study.toml", "--out", "out"]);
    assert_eq!(told, "flows               4 rows from 4 rows\n");
    assert_eq!(rows(&folder.path().join("out/flows"))[0], ["A", "A", "3000"]);
    let manifest = std::fs::read_to_string(folder.path().join("out/manifest.json")).unwrap();
    assert!(manifest.contains("flows/part-00000.parquet") && manifest.contains("trips.csv"), "{manifest}");
    // Again over what stands there, and not over what is foreign.
    ok(folder.path(), &["tables", "study.toml", "--out", "out", "-q"]);
    std::fs::write(folder.path().join("out/note.txt"), "mine").unwrap();
    assert!(fails(folder.path(), 2, &["tables", "study.toml", "--out", "out"]).contains("note.txt"));
}

#[test]
fn plans_are_printed_and_nothing_is_written() {
    let folder = folder(STUDY, &[("trips.csv", TRIPS)]);
    let plan = ok(folder.path(), &["tables", "study.toml", "--explain"]);
    assert!(plan.starts_with("[flows]\nwhat is done\n") && plan.contains("DataSourceExec"), "{plan}");
    assert!(!folder.path().join("tables").exists());
}

#[test]
fn what_is_wrong_is_said_with_its_code_and_leaves_nothing() {
    let wrong = |study: &str, code: i32, number: &str, words: &str| {
        let folder = folder(study, &[("trips.csv", TRIPS)]);
        for command in [&["run", "study.toml", "--out", "out"][..], &["tables", "study.toml", "--out", "out"]]
        {
            let told = fails(folder.path(), code, command);
            assert!(told.contains(number) && told.contains(words), "{told}");
            assert!(!folder.path().join("out").exists());
            assert_eq!(left_behind(folder.path()), Vec::<String>::new());
        }
    };
    let with = |query: &str| {
        STUDY.replace("SELECT h AS home, w AS work, CAST(n AS BIGINT) AS persons FROM trips", query)
    };
    wrong(&with("SELECT h FROM trip"), 2, "D0742", "trip");
    wrong(&with("SELECT hh FROM trips"), 2, "D0742", "the columns are `h`, `w`, `n`");
    wrong(&STUDY.replace("trips.csv", "absent.csv"), 3, "D0743", "absent.csv");
    wrong(&with("SELECT h, CAST(w AS BIGINT) AS w FROM trips"), 3, "D0744", "[flows]");
    wrong(
        &STUDY
            .replace("spill = '.'", "spill = '.'\nmemory = '1 KB'")
            .replace(" FROM trips'", " FROM trips ORDER BY 1, 2'"),
        2,
        "D0745",
        "memory",
    );
}

#[test]
fn the_checks_of_a_plain_table_hold_for_a_made_one() {
    let negative = folder(STUDY, &[("trips.csv", "h,w,n\nA,A,-3\n")]);
    let told = fails(negative.path(), 3, &["run", "study.toml", "--out", "out"]);
    assert!(told.contains("D0401") && told.contains("the table made for [flows]"), "{told}");
}

#[test]
fn a_made_country_is_found_again_in_its_micro_data() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    ok(
        at,
        &["world", "--zones", "60", "--seed", "5", "--register", "--trips", "--invoices", "--out", "w", "-q"],
    );
    let study = std::fs::read_to_string(at.join("w/study.toml")).unwrap();
    let micro = study
        .replace("path = \"flows.csv.gz\"\ncolumns = { origin = \"origin\", destination = \"destination\", flow = \"flow\" }", "")
        .replace(
            "path = \"jobs.csv\"\ncolumns = { zone = \"zone\", activity = \"activity\", size_class = \"size_class\", employees = \"employees\", local_units = \"local_units\" }",
            "",
        );
    assert_ne!(study, micro);
    let micro = micro.replace("\n[areas]", "\n[jobs.register]\nsource = \"register\"\non = \"2011-10-09\"\n\
        columns = { zone = \"zone\", activity = \"activity\", employees = \"employees\", from = \"from\", to = \"to\" }\n\
        [flows.trips]\nsource = \"trips\"\ncount = \"persons\"\nwork_purposes = [\"work\"]\nhome_purposes = [\"home\"]\nat_least = 2\n\
        columns = { person = \"person\", from = \"from_zone\", to = \"to_zone\", time = \"time\", purpose = \"purpose\" }\n\
        [sources.register]\npath = \"register\"\n[sources.trips]\npath = \"trips\"\n[disclosure]\nsuppress = false\n\n[areas]");
    std::fs::write(at.join("w/micro.toml"), micro).unwrap();
    let answer = ok(at, &["run", "w/study.toml", "--out", "a", "-q"]);
    assert_eq!(answer, ok(at, &["run", "w/micro.toml", "--out", "b", "-q"]));
    for table in ["areas.csv", "flows.csv", "zones.csv", "districts.csv", "steps.csv"] {
        let read = |edition: &str| std::fs::read_to_string(at.join(edition).join(table)).unwrap();
        assert_eq!(read("a"), read("b"), "{table}");
    }
}

#[test]
#[cfg(unix)]
fn ctrl_c_leaves_nothing_behind() {
    let rows: String = (0..100_000).map(|row| format!("{},{},1\n", row % 7, row % 11)).collect();
    let study = "[sources.trips]\npath = 'trips.csv'\n[engine]\nspill = '.'\n\
        [flows]\nquery = 'SELECT a.h AS origin, c.w AS destination, count(*) AS flow FROM trips a, trips b, trips c WHERE a.h = b.h AND b.w = c.w GROUP BY 1, 2'\n";
    let folder = folder(study, &[("trips.csv", &format!("h,w,n\n{rows}"))]);
    for command in ["run", "tables"] {
        let child = std::process::Command::new(env!("CARGO_BIN_EXE_distretto"))
            .args([command, "study.toml", "--out", "out"])
            .current_dir(folder.path())
            .stderr(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(1500));
        let interrupt =
            std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(interrupt.success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(!folder.path().join("out").exists());
        assert_eq!(left_behind(folder.path()), Vec::<String>::new());
    }
}

#[test]
fn rows_without_a_place_are_told_and_work_that_is_stopped_too() {
    let trips = "[sources.trips]\npath = 'trips.csv'\n[flows.trips]\nsource = 'trips'\ncolumns = { from = 'h', to = 'w' }\n\
        [disclosure]\nsuppress = false\n";
    let folder = folder(trips, &[("trips.csv", "h,w\nA,B\nA,B\n,B\n")]);
    let output = crate::command::distretto(folder.path(), &["check", "study.toml"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.contains("D0747"), "{told}");
    assert!(told.contains("1 trips that start without the code of a zone of [flows] left out"), "{told}");
    let study = distretto_study::input::Study::load(&folder.path().join("study.toml")).unwrap();
    let stopped = study.read_watched(&mut |_| false).unwrap_err();
    assert_eq!(stopped.code, distretto_study::fault::Code::Stopped);
}

#[test]
fn what_is_exported_of_micro_data_is_protected() {
    let register = "[zones]\npath = 'zones.csv'\n[sources.units]\npath = 'units.csv'\n\
        [areas]\npartition = { path = 'zones.csv', columns = { zone = 'code', area = 'code' } }\n\
        [jobs.register]\nsource = 'units'\n";
    let mut units = String::from("zone,activity,employees\n");
    for (zone, activity, count) in [("A", "14.1", 1), ("A", "15.1", 5), ("B", "14.1", 6), ("B", "15.1", 7)] {
        for _ in 0..count {
            units.push_str(&format!("{zone},{activity},4\n"));
        }
    }
    let folder = folder(register, &[("units.csv", &units), ("zones.csv", "code\nA\nB\n")]);
    ok(folder.path(), &["tables", "study.toml", "--out", "out", "-q"]);
    let at = |table: &str| rows(&folder.path().join("out").join(table));
    let statuses: Vec<String> = at("jobs").into_iter().map(|row| row.last().unwrap().clone()).collect();
    // One unit alone, and a square round it: none of the four can be computed from the sums.
    assert_eq!(statuses, ["primary", "secondary", "secondary", "secondary"]);
    assert!(at("jobs").iter().all(|row| row[3].is_empty() && row[4].is_empty()));
    assert_eq!(at("jobs_by_zone"), [["A", "24.0", "6", ""], ["B", "52.0", "13", ""]]);
    let manifest = std::fs::read_to_string(folder.path().join("out/manifest.json")).unwrap();
    assert!(manifest.contains("\"primary\": 1") && manifest.contains("\"secondary\": 3"), "{manifest}");
    // Off only by a line of its own, and that is said.
    let open = format!("{register}[disclosure]\nsuppress = false\n");
    std::fs::write(folder.path().join("study.toml"), open).unwrap();
    ok(folder.path(), &["tables", "study.toml", "--out", "out", "-q"]);
    assert_eq!(at("jobs")[0], ["A", "14.1", "0-9", "4.0", "1", "1"]);
    let manifest = std::fs::read_to_string(folder.path().join("out/manifest.json")).unwrap();
    assert!(manifest.contains("\"suppress\": false"), "{manifest}");
}
