//! Study tours by the command: a tour that took place, a made one, published instances, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot read what it needs must fail")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use distretto_testkit::data;
use tempfile::TempDir;

fn distretto(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_distretto")).args(args).output().unwrap()
}

/// What it says on standard output, when it ends as told.
fn said(args: &[&str], code: i32) -> String {
    let output = distretto(args);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(code), "{args:?}\n{out}\n{err}");
    out
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn brindisi() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/brindisi-tour-2005")
}

#[test]
fn the_tour_of_brindisi_could_take_place_and_the_planner_finds_room_for_all_of_it() {
    let folder = TempDir::new().unwrap();
    let (tour, plan) = (brindisi(), folder.path().join("plan.json"));
    let happened = said(&["tour", "check", text(&tour), text(&tour.join("plan.csv"))], 0);
    assert!(happened.contains("11 visits in 3 days"), "{happened}");
    let proposed = said(&["-q", "tour", "solve", text(&tour), "--out", text(&plan)], 0);
    assert!(proposed.contains("11 visits"), "{proposed}");
    assert!(proposed.contains("no plan is better"), "{proposed}");
    let checked = said(&["tour", "check", text(&tour), text(&plan)], 0);
    // The same eleven visits, with no more driving than there was.
    let driving = |text: &str| -> u32 {
        let (before, _) = text.split_once(" minutes of driving").unwrap();
        before.rsplit(' ').next().unwrap().parse().unwrap()
    };
    assert!(driving(&checked) <= driving(&happened), "{checked}{happened}");
}

#[test]
fn demands_that_clash_are_named_and_the_answer_is_no() {
    let folder = TempDir::new().unwrap();
    for file in ["tour.toml", "hosts.csv", "delegates.csv"] {
        std::fs::copy(brindisi().join(file), folder.path().join(file)).unwrap();
    }
    let visits = "host,state,start\nwelcome,confirmed,2005-11-15 16:00\nsanta-barbara,confirmed,2005-11-15 16:30\ncetma,confirmed,2005-11-17 09:00\n";
    std::fs::write(folder.path().join("visits.csv"), visits).unwrap();
    let no = said(&["-q", "tour", "solve", text(folder.path())], 1);
    assert!(no.contains("these demands clash"), "{no}");
    assert!(no.contains("Welcome by the Chamber") && no.contains("Vinicola Santa Barbara"), "{no}");
    assert!(!no.lines().skip(1).any(|line| line.contains("CETMA")), "{no}");
}

#[test]
fn a_made_tour_is_planned_explained_changed_and_written_as_a_book_without_names() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    said(&["-q", "world", "--seed", "3", "--zones", "400", "--tour", "--out", text(&at("world"))], 0);
    said(&["-q", "run", text(&at("world/study.toml")), "--out", text(&at("edition"))], 0);
    let (tour, plan) = (at("world/tour"), at("plan.json"));
    let first = said(&["-q", "tour", "solve", text(&tour), "--out", text(&plan)], 0);
    let again = said(&["-q", "tour", "solve", text(&tour)], 0);
    assert_eq!(first, again, "the same seed gives the same plan");
    assert!(said(&["tour", "check", text(&tour), text(&plan)], 0).starts_with("keeps to everything"));
    assert!(said(&["-q", "tour", "why", text(&tour), text(&plan)], 0).contains("would fit"));
    assert!(!said(&["-q", "tour", "hosts", text(&tour)], 0).is_empty());
    assert!(!said(&["-q", "tour", "districts", text(&tour)], 0).is_empty());

    said(&["-q", "tour", "book", text(&tour), text(&plan), "--out", text(&at("book"))], 0);
    let people = std::fs::read_to_string(tour.join("people.csv")).unwrap();
    let names: Vec<&str> = people.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    assert!(!names.is_empty());
    for file in ["roadbook.html", "roadbook.ics", "roadbook.gpx", "roadbook.csv", "roadbook.json"] {
        let written = std::fs::read_to_string(at("book").join(file)).unwrap();
        assert!(!names.iter().any(|name| written.contains(name)), "{file} names somebody");
    }

    let store = at("tours.db");
    said(&["-q", "tour", "store", "put", text(&store), "made", text(&tour), "--plan", text(&plan)], 0);
    assert!(said(&["tour", "store", "list", text(&store)], 0).contains("made"));
    said(&["-q", "tour", "store", "get", text(&store), "made", text(&at("copy"))], 0);
    assert!(!at("copy/people.csv").exists(), "what is personal is written only when it is asked for");
    assert!(said(&["tour", "check", text(&at("copy")), text(&at("copy/plan.json"))], 0).starts_with("keeps"));
}

#[test]
fn instances_are_solved_and_answers_checked() {
    let Some(instance) = data::path("toptw/instances/c101.txt") else { return };
    let folder = TempDir::new().unwrap();
    let plan = folder.path().join("plan.json");
    let solve = [
        "-q",
        "tour",
        "solve",
        "--toptw",
        text(&instance),
        "--routes",
        "1",
        "--iterations",
        "20000",
        "--out",
        text(&plan),
    ];
    said(&solve, 0);
    let check = ["tour", "check", "--toptw", text(&instance), "--routes", "1", text(&plan)];
    assert_eq!(said(&check, 0), "profit 320\n");
    std::fs::write(&plan, r#"{"routes": [[1, 1]], "profit": 20}"#).unwrap();
    assert!(said(&check, 1).starts_with("refused: "));
}

#[test]
fn what_cannot_be_read_is_told_with_its_code() {
    let folder = TempDir::new().unwrap();
    let (broken, store) = (folder.path().join("plan.csv"), folder.path().join("tours.db"));
    std::fs::write(&broken, "date,host,starts\n2005-11-15,welcome,16:30\n").unwrap();
    let tour = brindisi();
    for (args, code, exit) in [
        (vec!["tour", "solve", "--toptw", "Cargo.toml", "--routes", "1"], "D1090", 3),
        (vec!["tour", "why", text(&tour), text(&broken)], "D1093", 3),
        (vec!["tour", "store", "add-user", text(&store), "anna", "planner"], "D1094", 2),
        (vec!["tour", "check", "nowhere"], "D1001", 2),
        (vec!["tour", "check", "--toptw", "Cargo.toml", "--routes", "1", "Cargo.toml"], "D1091", 3),
        (vec!["tour", "visit", "nowhere", "E01", "confirmed", "--start", "soon"], "D1092", 2),
        (vec!["tour", "store", "list", "mysql://somewhere"], "D1055", 2),
    ] {
        let output = distretto(&args);
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(err.contains(code), "{args:?}: {err}");
        assert_eq!(output.status.code(), Some(exit), "{args:?}: {err}");
    }
}

/// A tour of a day and many hosts along a road, the more promising the lower their number; `edit` changes the lines of the hosts' table.
fn many(folder: &Path, hosts: usize, rules: &str, edit: impl Fn(usize, String) -> String) {
    let toml = "title = \"many\"\nRULES\n[frame]\ntime_zone = \"Europe/Rome\"\ncountry = \"IT\"\n[[base]]\ncode = \"H\"\nname = \"Hotel\"\nlon = 17.9\nlat = 40.6\nhotel = true\n[[day]]\ndate = \"2005-11-15\"\nfrom = \"H\"\nto = \"H\"\nstarts = \"08:00\"\nends = \"13:00\"\n[ways]\nsource = \"coordinates\"\n";
    std::fs::write(folder.join("tour.toml"), toml.replace("RULES", rules)).unwrap();
    std::fs::write(folder.join("delegates.csv"), "code,role,country,languages\nT1,x,IT,it\n").unwrap();
    let mut table = "code,name,kind,lon,lat,minutes,hours,consent\n".to_owned();
    let mut visits = "host,extra\n".to_owned();
    for host in 0..hosts {
        let line = format!("A{host:02},A{host:02},enterprise,17.9{host:02},40.6,60,Mo-Su 08:00-18:00,yes\n");
        table += &edit(host, line);
        visits += &format!("A{host:02},{}\n", 1000 - host);
    }
    std::fs::write(folder.join("hosts.csv"), table).unwrap();
    std::fs::write(folder.join("visits.csv"), visits).unwrap();
}

#[test]
fn a_tour_beyond_the_shortlist_is_planned_explained_and_changed() {
    let folder = TempDir::new().unwrap();
    let (tour, plan) = (folder.path(), folder.path().join("plan.json"));
    // Every third of the better half has not agreed, so that others come in for them.
    many(
        tour,
        90,
        "",
        |host, line| if host < 45 && host % 3 == 0 { line.replace("yes", "no") } else { line },
    );
    let solved = said(&["-q", "tour", "solve", text(tour), "--iterations", "100", "--out", text(&plan)], 0);
    assert!(solved.contains(" visits worth "), "{solved}");
    assert!(said(&["tour", "check", text(tour), text(&plan)], 0).starts_with("keeps to everything"));
    let first = std::fs::read_to_string(&plan).unwrap();
    let host = first.split("\"host\": \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let replan = ["-q", "tour", "replan", text(tour), text(&plan), "--declined", &host, "--out", text(&plan)];
    let changed = said(&replan, 0);
    assert!(changed.contains("is left out") && changed.contains("is new"), "{changed}");
    let why = said(&["-q", "tour", "why", text(tour), text(&plan)], 0);
    assert!(why.contains("has not agreed to be asked") && why.contains("not on the shortlist"), "{why}");
    let alone = said(&["-q", "tour", "why", text(tour), text(&plan), "--host", "A89"], 0);
    assert!(alone.contains("would fit"), "{alone}");
    let hosts = said(&["-q", "tour", "hosts", text(tour)], 0);
    assert!(hosts.contains("cannot be visited: the host has not agreed to be asked"), "{hosts}");
    assert!(hosts.contains("not on the shortlist: it would add"), "{hosts}");
}

#[test]
fn hosts_that_a_quota_asks_for_come_onto_a_small_shortlist_if_there_is_a_way_to_them() {
    let folder = TempDir::new().unwrap();
    let tour = folder.path();
    let rules = "shortlist = 4\n[[quota]]\nkind = \"institution\"\nleast = 1\n";
    many(
        tour,
        8,
        rules,
        |host, line| if host > 4 { line.replace("enterprise", "institution") } else { line },
    );
    assert!(said(&["-q", "tour", "solve", text(tour)], 0).contains("A05"));
    // Of the institutions only the least promising can be reached.
    let codes: Vec<String> = (0..8).map(|host| format!("A{host:02}")).chain(["H".to_owned()]).collect();
    let mut ways = "from,to,minutes\n".to_owned();
    for (from, to) in
        codes.iter().flat_map(|from| codes.iter().map(move |to| (from, to))).filter(|(a, b)| a != b)
    {
        let cut = [from, to].iter().any(|code| ["A05", "A06"].contains(&code.as_str()));
        ways += &format!("{from},{to},{}\n", if cut { "" } else { "5" });
    }
    std::fs::write(tour.join("ways.csv"), ways).unwrap();
    let toml = std::fs::read_to_string(tour.join("tour.toml")).unwrap();
    std::fs::write(
        tour.join("tour.toml"),
        toml.replace("\"coordinates\"", "\"matrix\"\npath = \"ways.csv\""),
    )
    .unwrap();
    let solved = said(&["-q", "tour", "solve", text(tour)], 0);
    assert!(solved.contains("A07"), "{solved}");
}
