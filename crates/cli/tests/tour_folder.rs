//! Tours as folders by the command: what is refused, who is forgotten, what a road book does not tell, and what is said of a tour that took place.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

mod command;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use command::{distretto, fails, ok};
use serde_json::Value;
use tempfile::TempDir;

/// A copy of the tour of Brindisi, to be changed.
fn brindisi() -> TempDir {
    let folder = TempDir::new().unwrap();
    for file in ["tour.toml", "hosts.csv", "delegates.csv", "visits.csv", "plan.csv"] {
        std::fs::copy(example().join(file), folder.path().join(file)).unwrap();
    }
    folder
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/brindisi-tour-2005")
}

fn add(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    std::fs::write(path, before + text).unwrap();
}

/// Hosts by day, in order.
type Days = BTreeMap<String, Vec<String>>;

#[test]
fn the_numbers_of_brindisi_that_its_readme_tells_are_reproduced() {
    let folder = brindisi();
    let path = folder.path();
    let mut happened = Days::new();
    for row in std::fs::read_to_string(path.join("plan.csv")).unwrap().lines().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        happened.entry(fields[0].to_owned()).or_default().push(fields[2].to_owned());
    }
    ok(path, &["-q", "tour", "solve", ".", "--out", "plan.json"]);
    let plan: Value =
        serde_json::from_str(&std::fs::read_to_string(path.join("plan.json")).unwrap()).unwrap();
    assert_eq!(plan["proven"], true);
    let mut planned = Days::new();
    for day in plan["days"].as_array().unwrap() {
        let hosts =
            day["stops"].as_array().unwrap().iter().map(|stop| stop["host"].as_str().unwrap().to_owned());
        planned.insert(day["date"].as_str().unwrap().to_owned(), hosts.collect());
    }
    let driving = |plan: &str| -> String {
        let said = ok(path, &["tour", "check", ".", plan]);
        said.split_once(" minutes of driving").unwrap().0.rsplit(' ').next().unwrap().to_owned()
    };
    let visits = |days: &Days| days.values().map(|day| day.len().to_string()).collect::<Vec<_>>().join(", ");
    let day_of = |days: &Days, host: &String| {
        days.iter().find(|(_, day)| day.contains(host)).map(|(date, _)| date.clone())
    };
    let in_order = |days: &Days| -> Vec<String> { days.values().flatten().cloned().collect() };
    let (was, is) = (in_order(&happened), in_order(&planned));
    let at = |host: &String| is.iter().position(|other| other == host).unwrap();
    let pairs: Vec<(usize, usize)> =
        (0..was.len()).flat_map(|one| (one + 1..was.len()).map(move |other| (one, other))).collect();
    let same_day = was.iter().filter(|host| day_of(&happened, host) == day_of(&planned, host)).count();
    let same_order = pairs.iter().filter(|(one, other)| at(&was[*one]) < at(&was[*other])).count();
    let readme = std::fs::read_to_string(example().join("README.md")).unwrap();
    for row in [
        format!("| visits of each day | {} | {} |", visits(&happened), visits(&planned)),
        format!("| minutes of driving | {} | {} |", driving("plan.csv"), driving("plan.json")),
        format!("| visits on the same day | | {same_day} of {} |", was.len()),
        format!("| pairs of visits in the same order | | {same_order} of {} |", pairs.len()),
    ] {
        assert!(readme.contains(&row), "README.md lacks: {row}");
    }
}

#[test]
fn a_time_limit_is_a_number_above_nothing() {
    let folder = brindisi();
    for seconds in ["-1", "0", "nan", "inf", "soon"] {
        let limit = format!("--seconds={seconds}");
        for command in [
            vec!["solve", "."],
            vec!["solve", "--toptw", "x", "--routes", "1"],
            vec!["replan", ".", "plan.csv"],
        ] {
            let args: Vec<&str> = ["tour"].into_iter().chain(command).chain([limit.as_str()]).collect();
            assert!(fails(folder.path(), 2, &args).contains("seconds above 0"), "{args:?}");
        }
    }
}

#[test]
fn what_becomes_of_a_late_coach_is_not_told_without_the_time_it_is() {
    let folder = brindisi();
    let late = ["--late-until", "2005-11-15 18:00", "--late-at", "welcome"];
    let replan = [&["tour", "replan", ".", "plan.csv"][..], &late].concat();
    let told = fails(folder.path(), 2, &replan);
    assert!(told.contains("--now <MOMENT>"), "{told}");
    ok(folder.path(), &[&replan[..], &["--now", "2005-11-15 16:10"]].concat());
}

#[test]
fn a_replan_tells_what_becomes_of_the_day_and_how_to_write_down_who_declined() {
    let folder = brindisi();
    let path = folder.path();
    let replan = ["tour", "replan", ".", "plan.csv", "--declined", "upholstery"];
    let output = distretto(path, &replan);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{err}");
    assert!(out.contains("is left out") && out.contains("Tue 15 Nov: the coach is back at "), "{out}");
    let command = err.split("to write it down: distretto ").nth(1).unwrap().trim();
    assert_eq!(command, "tour visit . upholstery declined");
    ok(path, &command.split(' ').collect::<Vec<_>>());
    let again = distretto(path, &replan);
    assert!(!String::from_utf8(again.stderr).unwrap().contains("to write it down"));
}

#[test]
fn a_visit_that_is_confirmed_out_of_hours_is_warned_of_when_it_is_written_down_and_checked() {
    let folder = brindisi();
    let path = folder.path();
    let told = |args: &[&str]| {
        let output = distretto(path, args);
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let at_night = ["tour", "visit", ".", "coopir", "confirmed", "--start", "2005-11-16 05:00"];
    assert!(told(&at_night).contains("D1145"));
    assert!(told(&["tour", "check", "."]).contains("D1145"));
    assert!(!told(&["-q", "tour", "check", "."]).contains("D1145"));
    let by_day = ["tour", "visit", ".", "coopir", "confirmed", "--start", "2005-11-16 10:30"];
    assert!(!told(&by_day).contains("D1145"));
}

#[test]
fn a_plan_is_neither_read_from_nor_written_to_the_file_of_a_spreadsheet_program() {
    let folder = brindisi();
    let path = folder.path();
    std::fs::write(path.join("plan.xlsx"), b"PK\x03\x04 and so on").unwrap();
    for args in [
        vec!["solve", ".", "--start", "plan.xlsx"],
        vec!["check", ".", "plan.xlsx"],
        vec!["why", ".", "plan.xlsx"],
        vec!["replan", ".", "plan.xlsx"],
        vec!["book", ".", "plan.xlsx", "--out", "book"],
    ] {
        let told = fails(path, 3, &[&["tour"], &args[..]].concat());
        assert!(told.contains("D0107") && told.contains("as CSV"), "{args:?}: {told}");
    }
    for (name, like) in [("better.xlsx", "end the name in `.csv`"), ("better", "end the name in `.json`")] {
        for args in [vec!["solve", "."], vec!["replan", ".", "plan.csv"]] {
            let told = fails(path, 2, &[&["tour"], &args[..], &["--out", name]].concat());
            assert!(told.contains("D0803") && told.contains(like), "{args:?}: {told}");
        }
        assert!(!path.join(name).exists());
    }
}

#[test]
fn a_moment_in_another_form_is_refused_with_the_form_that_is_read() {
    let folder = brindisi();
    let visit = ["tour", "visit", ".", "coopir", "confirmed", "--start", "16/11/2005 10.30"];
    let told = fails(folder.path(), 2, &visit);
    assert!(told.contains("D1092") && told.contains("write `2005-11-16 10:30`"), "{told}");
}

#[test]
fn where_there_is_nothing_to_tell_that_is_said() {
    let folder = brindisi();
    let path = folder.path();
    let districts = ok(path, &["tour", "districts", "."]);
    assert_eq!(districts, "no district is known: the tour names no edition, and no host a district\n");
    assert_eq!(ok(path, &["tour", "why", ".", "plan.csv"]), "every host of the tour is in the plan\n");
    // A table for a program stays one.
    assert_eq!(ok(path, &["tour", "why", ".", "plan.csv", "--format", "csv"]).lines().count(), 1);
}

#[test]
fn a_check_of_a_tour_reads_its_matrix_and_asks_no_server() {
    let folder = brindisi();
    let (path, toml) = (folder.path(), std::fs::read_to_string(folder.path().join("tour.toml")).unwrap());
    let with =
        |ways: &str| std::fs::write(path.join("tour.toml"), format!("{toml}\n[ways]\n{ways}")).unwrap();
    with("source = \"matrix\"\npath = \"ways.csv\"\n");
    assert!(fails(path, 3, &["tour", "check", "."]).contains("D0101"));
    std::fs::write(path.join("ways.csv"), "from,to,minutes\nhotel,coopir,10\n").unwrap();
    let lacking = fails(path, 3, &["tour", "check", "."]);
    assert!(lacking.contains("D1039") && lacking.contains("hotel -> "), "{lacking}");
    with("source = \"osrm\"\nurl = \"http://127.0.0.1:9\"\n");
    assert!(ok(path, &["tour", "check", "."]).contains("11 hosts"));
}

#[test]
fn a_plan_that_is_not_there_is_looked_for_in_the_current_folder() {
    let folder = brindisi();
    assert!(
        fails(folder.path(), 3, &["tour", "check", ".", "nothing.csv"])
            .contains("relative to the current folder")
    );
    std::fs::remove_file(folder.path().join("hosts.csv")).unwrap();
    let hosts = fails(folder.path(), 3, &["tour", "check", "."]);
    assert!(hosts.contains("hosts.csv") && !hosts.contains("study.toml"), "{hosts}");
}

#[test]
fn a_book_of_kept_travel_times_is_made_without_the_server() {
    let folder = brindisi();
    let path = folder.path();
    let mut places = vec!["17.581000,40.733000".to_owned(), "17.947000,40.658000".to_owned()];
    for row in std::fs::read_to_string(path.join("hosts.csv")).unwrap().lines().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        let degrees = |at: usize| fields[at].parse::<f64>().unwrap();
        places.push(format!("{:.6},{:.6}", degrees(3), degrees(4)));
    }
    let mut kept = "server,from,to,minutes,metres\n".to_owned();
    for from in &places {
        for to in places.iter().filter(|to| *to != from) {
            kept += &format!("http://127.0.0.1:9/driving,\"{from}\",\"{to}\",15,9000\n");
        }
    }
    std::fs::write(path.join("kept.csv"), kept).unwrap();
    add(
        path,
        "tour.toml",
        "\n[ways]\nsource = \"osrm\"\nurl = \"http://127.0.0.1:9\"\nkeep = \"kept.csv\"\n",
    );
    ok(path, &["-q", "tour", "solve", ".", "--out", "plan.json"]);
    let output = distretto(path, &["tour", "book", ".", "plan.json", "--out", "book"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && told.contains("D1141"), "{told}");
    assert!(path.join("book/roadbook.html").exists());
}

#[test]
fn a_book_of_a_plan_that_breaks_something_is_made_with_a_warning_and_confirms_nothing_at_other_times() {
    let folder = brindisi();
    let path = folder.path();
    let book = |out: &str| {
        let output = distretto(path, &["tour", "book", ".", "plan.csv", "--out", out]);
        assert!(output.status.success());
        let page = std::fs::read_to_string(path.join(out).join("roadbook.html")).unwrap();
        (String::from_utf8(output.stderr).unwrap(), page)
    };
    let (told, page) = book("good");
    assert!(!told.contains("D1143") && page.contains("<b>confirmed</b>"), "{told}");
    let visits = std::fs::read_to_string(path.join("visits.csv")).unwrap();
    std::fs::write(path.join("visits.csv"), visits.replace(":00", ":01").replace(":30", ":31")).unwrap();
    let (told, page) = book("broken");
    assert!(told.contains("warning: ") && told.contains("D1143") && told.contains(" apart"), "{told}");
    assert!(!page.contains("<b>confirmed</b>") && page.contains("not for this time"));
}

#[test]
fn who_is_forgotten_is_said_where_a_code_is_not_enough() {
    let folder = brindisi();
    let path = folder.path();
    add(path, "contacts.csv", "host,name\nwelcome,Ada Prova\n");
    add(path, "people.csv", "code,name\nT01,Bea Prova\nwelcome,Dan Prova\n");
    add(path, "emergency.csv", "who,number,person\nEva Prova,+39 111,yes\n");
    assert!(fails(path, 2, &["tour", "forget", ".", "welcome"]).contains("D1140"));
    ok(path, &["tour", "forget", ".", "welcome", "--table", "people"]);
    ok(path, &["tour", "forget", ".", "Eva Prova"]);
    let left = |file: &str| std::fs::read_to_string(path.join(file)).unwrap();
    assert_eq!(left("contacts.csv"), "host,name\nwelcome,Ada Prova\n");
    assert_eq!(left("people.csv"), "code,name\nT01,Bea Prova\n");
    assert_eq!(left("emergency.csv"), "who,number,person\n");
}

#[test]
fn nothing_personal_is_in_any_file_of_a_book_that_is_for_all() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    ok(path, &["-q", "world", "--seed", "3", "--zones", "400", "--tour", "--out", "world"]);
    ok(path, &["-q", "run", "world/study.toml", "--out", "edition"]);
    let tour = path.join("world/tour");
    add(&tour, "emergency.csv", "who,number,person\nZq Clinic,+999 118,no\nZq Driver,+999 777 123,yes\n");
    let delegates = std::fs::read_to_string(tour.join("delegates.csv")).unwrap();
    let needs =
        delegates.lines().skip(1).find_map(|row| row.rsplit(',').next().filter(|needs| !needs.is_empty()));
    assert!(needs.is_some(), "somebody of the made tour needs something");
    ok(path, &["-q", "tour", "solve", "world/tour", "--out", "plan.json"]);
    ok(path, &["-q", "tour", "book", "world/tour", "plan.json", "--out", "all"]);
    ok(path, &["-q", "tour", "book", "world/tour", "plan.json", "--out", "travellers", "--travellers"]);
    // Every field of the tables of personal data but codes and what contacts do, which a host may say of itself.
    let mut marks = vec!["Zq Driver".to_owned(), "+999 777 123".to_owned()];
    for (table, from) in [("contacts.csv", 1), ("people.csv", 1)] {
        let text = std::fs::read_to_string(tour.join(table)).unwrap();
        let columns: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        for row in text.lines().skip(1) {
            let fields = row.split(',').zip(&columns).skip(from).filter(|(_, column)| **column != "role");
            marks.extend(
                fields.map(|(field, _)| field.trim_matches('"').to_owned()).filter(|field| !field.is_empty()),
            );
        }
    }
    assert!(marks.len() > 40 && marks.iter().any(|mark| mark.contains('@')), "{}", marks.len());
    let files: Vec<PathBuf> =
        std::fs::read_dir(path.join("all")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 6);
    for file in files.iter().chain([&path.join("plan.json")]) {
        let written = String::from_utf8_lossy(&std::fs::read(file).unwrap())
            .replace('\u{a0}', " ")
            .replace("\r\n ", "");
        for mark in &marks {
            assert!(!written.contains(mark.as_str()), "`{mark}` in {}", file.display());
        }
    }
    // What is looked for is there where it may be, and public numbers are in all.
    let pages = |book: &str| {
        std::fs::read_to_string(path.join(book).join("roadbook.html")).unwrap().replace('\u{a0}', " ")
    };
    assert!(marks.iter().filter(|mark| pages("travellers").contains(mark.as_str())).count() > 40);
    assert!(pages("all").contains("Zq Clinic"));
}

#[cfg(unix)]
#[test]
fn files_about_persons_are_read_by_nobody_but_their_owner() {
    use std::os::unix::fs::PermissionsExt;

    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let modes = |folder: &str| -> BTreeMap<String, bool> {
        let files = std::fs::read_dir(path.join(folder)).unwrap().map(Result::unwrap);
        let is_closed =
            |file: &std::fs::DirEntry| file.metadata().unwrap().permissions().mode() & 0o777 == 0o600;
        files.map(|file| (file.file_name().into_string().unwrap(), is_closed(&file))).collect()
    };
    let closed = |folder: &str| -> Vec<String> {
        modes(folder).into_iter().filter(|(_, closed)| *closed).map(|(file, _)| file).collect()
    };
    ok(path, &["-q", "world", "--seed", "3", "--zones", "400", "--tour", "--out", "world"]);
    assert_eq!(closed("world/tour"), ["contacts.csv", "delegates.csv", "people.csv"]);
    ok(path, &["-q", "run", "world/study.toml", "--out", "edition"]);
    add(&path.join("world/tour"), "emergency.csv", "who,number,person\nZq Driver,+999 777 123,yes\n");
    ok(path, &["-q", "tour", "forget", "world/tour", "H01"]);
    assert!(closed("world/tour").contains(&"contacts.csv".to_owned()));
    ok(path, &["-q", "tour", "store", "put", "tours.db", "made", "world/tour"]);
    ok(path, &["-q", "tour", "store", "get", "tours.db", "made", "copy", "--personal"]);
    assert_eq!(closed("copy"), ["contacts.csv", "delegates.csv", "emergency.csv", "people.csv"]);
    ok(path, &["-q", "tour", "solve", "copy", "--out", "plan.json", "--iterations", "100"]);
    ok(path, &["-q", "tour", "book", "copy", "plan.json", "--out", "all"]);
    assert_eq!(closed("all"), Vec::<String>::new());
    ok(path, &["-q", "tour", "book", "copy", "plan.json", "--out", "travellers", "--travellers"]);
    let open: Vec<String> =
        modes("travellers").into_iter().filter(|(_, closed)| !closed).map(|(file, _)| file).collect();
    assert_eq!(open, ["roadbook.gpkg"], "it names no person");
}
