//! `distretto tables`, and runs of studies with made tables.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use distretto_study::edition::Meta;
use distretto_study::engine::tables::write;
use distretto_study::fault::Code;
use distretto_study::input::Study;
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

#[cfg(unix)]
fn start(folder: &Path, args: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_distretto"))
        .args(args)
        .current_dir(folder)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[cfg(unix)]
fn signal(child: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

/// Waits until something in the folder has a name like this.
#[cfg(unix)]
fn wait_for(folder: &Path, part: &str) {
    let began = Instant::now();
    while !left_behind(folder).iter().any(|name| name.contains(part)) {
        assert!(began.elapsed() < Duration::from_mins(1), "nothing like {part}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
#[cfg(unix)]
fn ctrl_c_and_requests_to_end_leave_nothing_behind() {
    use std::os::unix::fs::PermissionsExt;
    let rows: String = (0..100_000).map(|row| format!("{},{},1\n", row % 7, row % 11)).collect();
    let study = "[sources.trips]\npath = 'trips.csv'\n[engine]\nspill = '.'\n\
        [flows]\nquery = 'SELECT a.h AS origin, c.w AS destination, count(*) AS flow FROM trips a, trips b, trips c WHERE a.h = b.h AND b.w = c.w GROUP BY 1, 2'\n";
    let folder = folder(study, &[("trips.csv", &format!("h,w,n\n{rows}"))]);
    for (command, signals) in
        [("run", &["-INT"][..]), ("tables", &["-INT"]), ("tables", &["-TERM"]), ("run", &["-TERM", "-TERM"])]
    {
        let child = start(folder.path(), &[command, "study.toml", "--out", "out"]);
        wait_for(folder.path(), "distretto-");
        std::thread::sleep(Duration::from_secs(1));
        // True figures are for nobody else, and nobody knows where they are.
        let scratch = left_behind(folder.path()).pop().unwrap();
        let mode = folder.path().join(&scratch).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        assert!(!scratch.contains(&child.id().to_string()), "{scratch}");
        for name in signals {
            signal(&child, name);
        }
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(!folder.path().join("out").exists());
        assert_eq!(left_behind(folder.path()), Vec::<String>::new());
    }
}

#[test]
#[cfg(unix)]
fn ctrl_c_while_an_edition_is_written_leaves_nothing_behind() {
    let world = crate::command::world();
    for name in ["-INT", "-TERM"] {
        let child = start(world.path(), &["run", "world/study.toml", "--out", "out"]);
        wait_for(world.path(), "partial");
        signal(&child, name);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(left_behind(world.path()), Vec::<String>::new());
        assert!(!world.path().join("out").exists());
    }
}

#[test]
fn tables_that_are_stopped_while_they_are_written_are_not_written() {
    let folder = folder(STUDY, &[("trips.csv", TRIPS)]);
    let study = Study::load(&folder.path().join("study.toml")).unwrap();
    let meta = Meta { version: "0".into(), commit: None };
    let mut began = false;
    let stopped = write(&study, &meta, &folder.path().join("out"), false, &mut |_| {
        began |= left_behind(folder.path()).iter().any(|name| name.contains("partial"));
        !began
    });
    assert_eq!(stopped.unwrap_err().code, Code::Stopped);
    assert!(began && !folder.path().join("out").exists());
    assert_eq!(left_behind(folder.path()), Vec::<String>::new());
}

#[test]
fn results_replace_only_results_of_their_own_kind() {
    let folder = folder(STUDY, &[("trips.csv", TRIPS)]);
    let at = folder.path();
    let study = STUDY.replace("[flows]\n", "[flows]\ncolumns = { flow = 'persons' }\n");
    std::fs::write(at.join("study.toml"), study).unwrap();
    ok(at, &["tables", "study.toml", "--out", "out", "-q"]);
    assert!(fails(at, 2, &["run", "study.toml", "--out", "out"]).contains("D0801"));
    assert!(at.join("out/flows").is_dir());
    ok(at, &["run", "study.toml", "--out", "edition", "-q"]);
    assert!(fails(at, 2, &["tables", "study.toml", "--out", "edition"]).contains("D0801"));
    // A file within a folder of ours is not ours.
    std::fs::write(at.join("out/flows/mine.txt"), "mine").unwrap();
    assert!(fails(at, 2, &["tables", "study.toml", "--out", "out"]).contains("flows/mine.txt"));
    assert!(at.join("out/flows/mine.txt").exists());
    ok(at, &["run", "study.toml", "--out", "out", "--force", "-q"]);
    assert!(at.join("out/areas.csv").exists() && !at.join("out/flows").exists());
    assert!(fails(at, 2, &["tables", "study.toml", "--out", ".", "--force"]).contains("runs in"));
}

#[test]
fn a_table_without_rows_is_told() {
    let with = |section: &str| {
        let study = format!("[sources.trips]\npath = 'trips.csv'\n[disclosure]\nsuppress = false\n{section}");
        let folder = folder(&study, &[("trips.csv", "h,w,n,day\nA,A,3000,2011-03-01\nA,B,200,2011-03-01\n")]);
        let output = crate::command::distretto(folder.path(), &["tables", "study.toml"]);
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let query = |query: &str| with(&format!("[flows]\nquery = '{query}'\n"));
    let told = query("SELECT h FROM trips WHERE n = 7");
    assert!(
        told.contains("D0749") && told.contains("[flows] has no rows, though 2 rows were read"),
        "{told}"
    );
    assert!(!query("SELECT h FROM trips").contains("D0749"));
    let between = |days: &str| {
        with(&format!(
            "[transactions]\nsource = 'trips'\nbetween = {days}\ncolumns = {{ seller = 'h', buyer = 'w', date = 'day' }}\n"
        ))
    };
    assert!(between("[2012-01-01, 2012-12-31]").contains("D0749"));
    assert!(!between("[2011-01-01, 2011-12-31]").contains("D0749"));
}

#[test]
fn what_is_not_there_is_told_with_what_is() {
    let told = |study: &str, code: i32| {
        let folder = folder(study, &[("trips.csv", TRIPS)]);
        let told = fails(folder.path(), code, &["tables", "study.toml"]);
        assert!(!folder.path().join("absent").exists() && !told.contains("datafusion"), "{told}");
        told
    };
    let misspelt = told(&STUDY.replace("FROM trips", "FROM tripss"), 2);
    assert!(misspelt.contains("there is no source `tripss`"), "{misspelt}");
    assert!(misspelt.contains("the sources are `trips`\nhint: did you mean `trips`?"), "{misspelt}");
    let unlike = told(&STUDY.replace("FROM trips", "FROM zzz"), 2);
    assert!(unlike.contains("declare it: `[sources.zzz]`"), "{unlike}");
    let spill = told(&STUDY.replace("spill = '.'", "spill = 'absent'"), 3);
    assert!(spill.contains("D0101") && spill.contains("`spill` of [engine] is no folder"), "{spill}");
    let plain = folder("[flows]\npath = 'trips.csv'\n", &[]);
    for args in [&["tables", "study.toml"][..], &["tables", "study.toml", "--explain"]] {
        assert!(fails(plain.path(), 2, args).contains("D0005"));
    }
}

#[test]
fn trade_is_planned_before_the_network_is_made() {
    let study = |zone: &str| {
        format!(
            "[sources.t]\npath = 't.csv'\n[transactions]\nsource = 't'\ncolumns = {{ seller = 'h', buyer = 'w', amount = 'n' }}\n\
             [transactions.firms]\nsource = 't'\ncolumns = {{ firm = 'h', zone = '{zone}', activity = 'w' }}\n"
        )
    };
    let good = folder(&study("w"), &[("t.csv", TRIPS)]);
    let plans = ok(good.path(), &["tables", "study.toml", "--explain"]);
    for section in ["[transactions]\n", "[transactions.zones]\n", "[transactions.activities]\n"] {
        assert!(plans.contains(section), "{plans}");
    }
    let bad = folder(&study("nope"), &[("t.csv", TRIPS)]);
    assert!(fails(bad.path(), 2, &["tables", "study.toml", "--explain"]).contains("nope"));
    let misspelt = Study::load(&bad.path().join("study.toml")).unwrap();
    let meta = Meta { version: "0".into(), commit: None };
    let out = bad.path().join("out");
    let fault = write(&misspelt, &meta, &out, false, &mut |_| panic!("something is made")).unwrap_err();
    assert!(fault.what.starts_with("[transactions.zones]"), "{fault}");
}

#[test]
fn zones_do_not_stay_in_a_shared_folder() {
    let square = |code: &str, x: u8| {
        let (a, b) = (x, x + 1);
        format!(
            r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{{"type":"Polygon","coordinates":[[[{a},0],[{b},0],[{b},1],[{a},1],[{a},0]]]}}}}"#
        )
    };
    let borders =
        format!(r#"{{"type":"FeatureCollection","features":[{},{}]}}"#, square("A", 0), square("B", 1));
    let study = |activity: &str| {
        format!(
            "[borders]\npath = 'borders.geojson'\n[sources.u]\npath = 'u.csv'\n[engine]\nshared = 'shared'\n\
             [jobs.register]\nsource = 'u'\ncolumns = {{ lon = 'x', lat = 'y', activity = '{activity}', employees = 'n' }}\n\
             [areas]\npartition = {{ path = 'areas.csv', columns = {{ zone = 'zone', area = 'zone' }} }}\n"
        )
    };
    let units = "x,y,a,n\n0.5,0.5,14.1,3\n1.5,0.5,14.1,4\n";
    let folder = folder(
        &study("a"),
        &[("borders.geojson", &borders), ("u.csv", units), ("areas.csv", "zone\nA\nB\n")],
    );
    let shared = folder.path().join("shared");
    std::fs::create_dir(&shared).unwrap();
    let is_empty = || std::fs::read_dir(&shared).unwrap().count() == 0;
    ok(folder.path(), &["tables", "study.toml", "--explain"]);
    assert!(is_empty());
    ok(folder.path(), &["tables", "study.toml", "-q"]);
    assert!(is_empty());
    std::fs::write(folder.path().join("study.toml"), study("absent")).unwrap();
    fails(folder.path(), 2, &["tables", "study.toml"]);
    assert!(is_empty());
}

#[test]
#[cfg(feature = "cluster")]
fn a_scheduler_listens_at_a_name_and_an_executor_without_threads_does_not_start() {
    let folder = TempDir::new().unwrap();
    let told = fails(folder.path(), 2, &["engine", "executor", "--threads", "0"]);
    assert!(told.contains("at least one must work"), "{told}");
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let listen = format!("localhost:{}", free.port());
    let mut scheduler = Command::new(env!("CARGO_BIN_EXE_distretto"))
        .args(["engine", "scheduler", "--quiet", "--listen", &listen])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let began = Instant::now();
    let mut is_there = false;
    while !is_there && began.elapsed() < Duration::from_mins(1) {
        is_there = std::net::TcpStream::connect(free).is_ok();
        std::thread::sleep(Duration::from_millis(50));
    }
    scheduler.kill().unwrap();
    scheduler.wait().unwrap();
    assert!(is_there);
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
