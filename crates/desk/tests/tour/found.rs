//! Ways that are found once and written again.

use std::fmt::Write as _;

use distretto_desk::folder::{Writing, open, write};
use distretto_desk::ways::{self, Ways};
use distretto_study::fault::Log;
use distretto_tours::Travel;

use crate::server::{Server, table};
use crate::support::folder;

#[test]
fn a_tour_is_written_with_its_table_of_ways_chains_and_whom_to_call() {
    let tour = folder();
    let toml = std::fs::read_to_string(tour.path().join("tour.toml")).unwrap();
    let places = ["H1", "S1", "E1", "E2", "I1", "T1"];
    let mut rows = "from,to,minutes,metres\n".to_owned();
    for (at, from) in places.iter().enumerate() {
        for (to, other) in places.iter().enumerate().filter(|(to, _)| *to != at) {
            let _ = match at * 10 + to {
                2 => writeln!(rows, "{from},{other},,"),
                3 => writeln!(rows, "{from},{other},17.2,"),
                minutes => writeln!(rows, "{from},{other},{minutes},{}", minutes * 700),
            };
        }
    }
    std::fs::write(tour.path().join("roads.csv"), rows).unwrap();
    let emergency = "who,number,person\nEmergencies,112,no\nEva Prova,+39 111,yes\n";
    std::fs::write(tour.path().join("emergency.csv"), emergency).unwrap();
    let more = "\n[[chain]]\nphases = [\"tanning\", \"sewing\"]\n\n[ways]\nsource = \"matrix\"\npath = \"roads.csv\"\n";
    std::fs::write(tour.path().join("tour.toml"), toml + more).unwrap();
    let first = open(tour.path()).unwrap();
    let hosts: Vec<String> = first.tour.hosts.iter().map(|host| host.code.clone()).collect();
    let few = &hosts[..1];
    let found = ways::found(&first.ways, &first.tour, few, &mut Log::default()).unwrap().unwrap();

    let copy = tempfile::tempdir().unwrap();
    let writing = Writing {
        tour: &first.tour,
        id: &first.id,
        personal: &first.personal,
        emergency: &first.emergency,
        chains: &first.chains,
        ways: &ways::write_found(&first.ways, &found, &first.tour, copy.path()).unwrap(),
        edition: None,
    };
    write(&writing, copy.path()).unwrap();
    let second = open(copy.path()).unwrap();
    assert_eq!(
        (&second.tour, &second.chains, &second.emergency),
        (&first.tour, &first.chains, &first.emergency)
    );
    assert_eq!((second.chains.len(), second.emergency.people.len()), (1, 1));
    let all = |opened: &distretto_desk::folder::Opened| {
        ways::travel(&opened.ways, &opened.tour, Some(&hosts), &mut Log::default()).unwrap()
    };
    let same = |a: &Travel, b: &Travel| {
        let pairs = places.iter().flat_map(|from| places.iter().map(move |to| (from, to)));
        pairs.for_each(|(from, to)| assert_eq!(a.way(from, to), b.way(from, to), "{from} {to}"));
    };
    same(&all(&first), &all(&second));
    // Found for the few that are needed, it holds the others as far as they are known.
    same(&all(&first), &found);
    assert!(matches!(second.ways, Ways::Matrix(_)));
}

#[test]
fn what_a_server_said_is_written_so_that_it_need_not_be_asked_again() {
    let tour = folder();
    let server = Server::new(table);
    let toml = std::fs::read_to_string(tour.path().join("tour.toml")).unwrap();
    let more = format!("\n[ways]\nsource = \"osrm\"\nurl = \"{}\"\nblock = 3\n", server.url);
    std::fs::write(tour.path().join("tour.toml"), toml + &more).unwrap();
    let first = open(tour.path()).unwrap();
    let found = ways::found(&first.ways, &first.tour, &[], &mut Log::default()).unwrap().unwrap();
    drop(server);
    let copy = tempfile::tempdir().unwrap();
    let writing = Writing {
        tour: &first.tour,
        id: &first.id,
        personal: &first.personal,
        emergency: &first.emergency,
        chains: &first.chains,
        ways: &ways::write_found(&first.ways, &found, &first.tour, copy.path()).unwrap(),
        edition: None,
    };
    write(&writing, copy.path()).unwrap();
    let second = open(copy.path()).unwrap();
    // The server is gone, and all its answers are there.
    let again = ways::travel(&second.ways, &second.tour, None, &mut Log::default()).unwrap();
    assert_eq!(again.source, found.source);
    for from in again.places() {
        for to in again.places() {
            assert_eq!(again.way(from, to), found.way(from, to), "{from} {to}");
        }
    }
    assert_eq!(again.places().count(), 6);
}
