//! Tours in a store by the command: what comes back, what is told, what is left on the disk.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read what it needs must fail")]

#[path = "../../desk/tests/store/postgres.rs"]
mod postgres;

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use distretto_desk::store::StorePlace;
use tempfile::TempDir;

const PASSWORD: &str = "correct horse battery";

fn distretto(args: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_distretto"));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // One that reads nothing may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// What it says on standard output and error, when it ends as told.
fn said(args: &[&str], code: i32) -> (String, String) {
    let output = distretto(args, &format!("{PASSWORD}\n"));
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(code), "{args:?}\n{out}\n{err}");
    (out, err)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A made country with its edition and a tour.
struct Made(TempDir);

impl Made {
    fn new() -> Self {
        let made = Self(TempDir::new().unwrap());
        let (world, edition) = (made.path("world"), made.path("edition"));
        said(&["-q", "world", "--seed", "3", "--zones", "200", "--tour", "--out", &world], 0);
        said(&["-q", "run", &made.path("world/study.toml"), "--out", &edition], 0);
        made
    }

    fn path(&self, name: &str) -> String {
        text(&self.0.path().join(name)).to_owned()
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// Gives the tour a table of ways, an order of phases, and whom to call.
    fn with_a_table(&self) {
        let toml = self.read("world/tour/tour.toml");
        let hosts = self.read("world/tour/hosts.csv");
        let hosts = hosts.lines().skip(1).filter_map(|line| line.split(',').next());
        let mut bases = toml.split("[[base]]\ncode = \"").skip(1).map(|rest| rest.split('"').next().unwrap());
        let places: Vec<&str> = bases.by_ref().chain(hosts).collect();
        let mut rows = "from,to,minutes,metres\n".to_owned();
        for (at, from) in places.iter().enumerate() {
            for (to, other) in places.iter().enumerate().filter(|(to, _)| *to != at) {
                let minutes = 5 + (at * 7 + to * 13) % 40;
                let _ = writeln!(rows, "{from},{other},{minutes},{}", minutes * 800);
            }
        }
        self.write("world/tour/roads.csv", &rows);
        self.write("world/tour/emergency.csv", "who,number,person\nHospital,112,no\nEva Prova,+39 111,yes\n");
        let matrix = "[[chain]]\nphases = [\"spinning\", \"weaving\"]\n\n[ways]\nsource = \"matrix\"\npath = \"roads.csv\"\n";
        self.write("world/tour/tour.toml", &toml.replace("[ways]\nsource = \"coordinates\"\n", matrix));
    }
}

#[test]
fn a_tour_that_comes_back_from_a_store_is_planned_to_the_byte_as_before() {
    let made = Made::new();
    for table in [false, true] {
        if table {
            made.with_a_table();
        }
        let (tour, store) = (made.path("world/tour"), made.path(&format!("{table}.db")));
        let (plan, copy) = (made.path("plan.json"), made.path(&format!("copy-{table}")));
        said(&["-q", "tour", "solve", &tour, "--out", &plan], 0);
        said(&["-q", "tour", "store", "put", &store, "made", &tour, "--plan", &plan], 0);
        said(&["-q", "tour", "store", "get", &store, "made", &copy, "--personal"], 0);
        said(&["-q", "tour", "solve", &copy, "--out", &made.path("again.json")], 0);
        assert_eq!(made.read("plan.json"), made.read("again.json"), "with a table: {table}");
        assert_eq!(made.read("plan.json"), made.read(&format!("copy-{table}/plan.json")));
        let found = |name: &str| Path::new(&copy).join(name).exists();
        assert_eq!((found("ways.csv"), found("emergency.csv")), (table, table));
    }
    let emergency = made.read("copy-true/emergency.csv");
    assert!(emergency.contains("Hospital,112,no\n") && emergency.contains("Eva Prova,+39 111,yes\n"));
    assert!(made.read("copy-true/tour.toml").contains("phases = ["));
    // Without what is personal, the public numbers stay.
    said(&["-q", "tour", "store", "get", &made.path("true.db"), "made", &made.path("public")], 0);
    assert_eq!(made.read("public/emergency.csv"), "who,number,person\nHospital,112,no\n");
}

#[test]
fn names_are_looked_at_before_anything_is_touched() {
    let made = Made::new();
    let (tour, store) = (made.path("world/tour"), made.path("tours.db"));
    said(&["-q", "tour", "solve", &tour, "--out", &made.path("plan_v2.json")], 0);
    let put = |more: &[&str], code: i32| {
        let args = [&["tour", "store", "put", &store, "made", &tour], more].concat();
        said(&args, code).1
    };
    let err = put(&["--plan", &made.path("plan_v2.json")], 2);
    assert!(err.contains("D1057") && err.contains("rename it"), "{err}");
    assert!(!Path::new(&store).exists(), "no store was made");
    put(&[], 0);
    let err = put(&[], 2);
    assert!(err.contains("D1058") && err.contains("--replace"), "{err}");
    assert!(!err.contains("somebody else"), "{err}");
    put(&["--replace"], 0);
}

#[test]
fn users_are_given_roles_disabled_and_enabled() {
    let folder = TempDir::new().unwrap();
    let store = folder.path().join("tours.db");
    let store = text(&store);
    said(&["tour", "store", "add-user", store, "anna", "planner"], 0);
    let listed = || said(&["tour", "store", "users", store, "--format", "csv"], 0).0;
    assert!(listed().contains("anna,planner,"), "{}", listed());
    said(&["tour", "store", "set-role", store, "anna", "viewer"], 0);
    assert!(listed().contains("anna,viewer,"), "{}", listed());
    let enabled = listed();
    said(&["tour", "store", "disable-user", store, "anna"], 0);
    assert_ne!(listed(), enabled);
    said(&["tour", "store", "enable-user", store, "anna"], 0);
    assert_eq!(listed(), enabled);
    for command in [&["set-role", store, "bo", "viewer"][..], &["disable-user", store, "bo"]] {
        let err = said(&[&["tour", "store"], command].concat(), 2).1;
        assert!(err.contains("D1054"), "{err}");
    }
}

#[test]
fn what_is_forgotten_is_in_no_file() {
    let made = Made::new();
    made.with_a_table();
    let contacts = made.read("world/tour/contacts.csv");
    let host = contacts.lines().nth(1).unwrap().split(',').next().unwrap();
    let emergency = made.read("world/tour/emergency.csv");
    made.write("world/tour/emergency.csv", &format!("{emergency}{host},+39 222,yes\n"));
    let store = made.path("tours.db");
    said(&["-q", "tour", "store", "put", &store, "made", &made.path("world/tour")], 0);
    assert!(!Path::new(&format!("{store}-wal")).exists(), "closed, the store is one file");
    let holds = |text: &str| {
        let bytes = std::fs::read(&store).unwrap();
        bytes.windows(text.len()).any(|part| part == text.as_bytes())
    };
    let people = made.read("world/tour/people.csv");
    let mut person = people.lines().nth(1).unwrap().split(',');
    let (code, name) = (person.next().unwrap(), person.next().unwrap());
    assert!(holds(name) && holds("Eva Prova"));
    let (_, err) = said(&["tour", "store", "forget", &store, "made", code], 0);
    assert!(err.contains("erased the traveller"), "{err}");
    said(&["tour", "store", "forget", &store, "made", "Eva Prova"], 0);
    // A host and a number that are called the same: nobody guesses.
    let (_, err) = said(&["tour", "store", "forget", &store, "made", host], 2);
    assert!(err.contains("D1140") && err.contains("--table"), "{err}");
    let (_, err) = said(&["tour", "store", "forget", &store, "made", host, "--table", "emergency"], 0);
    assert!(err.contains("erased the emergency number"), "{err}");
    let (_, err) = said(&["tour", "store", "forget", &store, "made", host], 0);
    assert!(err.contains("erased the contact"), "{err}");
    assert!(!holds(name) && !holds("Eva Prova"));
    let (_, err) = said(&["tour", "store", "forget", &store, "made", code], 2);
    assert!(err.contains("D1054"), "{err}");
    assert!(!Path::new(&format!("{store}-wal")).exists());
    // Who still stands in the folder comes back with it, and that is told once.
    let again =
        || said(&["tour", "store", "put", &store, "made", &made.path("world/tour"), "--replace"], 0).1;
    let err = again();
    assert!(err.contains("D1161") && err.contains(code) && err.contains(host), "{err}");
    assert!(holds(name) && !err.contains(name) && !err.contains("Eva Prova"), "{err}");
    assert!(!again().contains("D1161"));
    said(&["tour", "store", "forget", &store, "made", code], 0);
    said(&["tour", "forget", &made.path("world/tour"), code], 0);
    assert!(!again().contains("D1161"));
}

/// A server that is stopped at the end.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(edition: &str, store: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_distretto"));
        command.args(["atlas", "serve", edition, "--tours", store, "--port", "0", "--api-only"]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = told.find_map(|line| line.ok().filter(|line| line.contains("http://"))).unwrap();
        let address = line.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
        Self { child, address }
    }

    fn ask(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let request = format!(
            "{head}\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}",
            self.address
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_server_that_is_ended_leaves_one_file() {
    let made = Made::new();
    let store = made.path("tours.db");
    said(&["-q", "tour", "store", "put", &store, "made", &made.path("world/tour")], 0);
    said(&["-q", "tour", "store", "add-user", &store, "anna", "planner"], 0);
    let mut served = Served::start(&made.path("edition"), &store);
    let body = format!("{{\"name\": \"anna\", \"password\": \"{PASSWORD}\"}}");
    assert!(served.ask("POST /api/v1/session HTTP/1.1", &body).starts_with("HTTP/1.1 200"));
    let log = format!("{store}-wal");
    assert!(Path::new(&log).exists());
    Command::new("kill").args(["-INT", &served.child.id().to_string()]).status().unwrap();
    assert!(served.child.wait().unwrap().success());
    assert!(!Path::new(&log).exists());
}

#[test]
fn a_store_on_a_server_is_put_served_and_its_password_never_shown() {
    let Some(server) = postgres::Server::start() else { return };
    let StorePlace::Postgres(address) = server.database() else { panic!("a server") };
    // The server trusts everybody; the password is there to be seen, or not.
    let store = address.replace("postgres@", "postgres:Zyxwvut@");
    let made = Made::new();
    made.with_a_table();
    let (_, err) = said(&["tour", "store", "put", &store, "made", &made.path("world/tour")], 0);
    assert!(err.contains("postgres://postgres@localhost/") && !err.contains("Zyxwvut"), "{err}");
    let (out, err) = said(&["tour", "store", "add-user", &store, "anna", "planner"], 0);
    assert!(!out.contains("Zyxwvut") && !err.contains("Zyxwvut"), "{out}{err}");
    let served = Served::start(&made.path("edition"), &store);
    let body = format!("{{\"name\": \"anna\", \"password\": \"{PASSWORD}\"}}");
    // Not once only: the connections last.
    for _ in 0..3 {
        let login = served.ask("POST /api/v1/session HTTP/1.1", &body);
        assert!(login.starts_with("HTTP/1.1 200"), "{login}");
        let cookie = login.lines().find(|line| line.to_lowercase().starts_with("set-cookie:")).unwrap();
        let cookie = cookie.split(": ").nth(1).unwrap().split(';').next().unwrap();
        let sheet = served.ask(&format!("GET /api/v1/tours/made HTTP/1.1\r\nCookie: {cookie}"), "");
        assert!(sheet.starts_with("HTTP/1.1 200") && sheet.contains("the table roads.csv"), "{sheet}");
    }
}
