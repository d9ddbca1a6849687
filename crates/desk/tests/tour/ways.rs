//! Travel times from coordinates, tables and servers.

use std::time::Duration;

use super::server::{Answer, Server, table};
use super::support::{folder as folder_of_a_tour, opened, spoil};
use distretto_desk::folder::open;
use distretto_desk::ways::{Matrix, Roads, Ways, needed, travel};
use distretto_study::config::{Decimal, Texts};
use distretto_study::fault::{Code, Fault, Log};
use distretto_territory::geodesy::distance_m;
use distretto_tours::travel::{Leg, Way};
use distretto_tours::{Tour, Travel};
use geo_types::Point;

fn leg(travel: &Travel, from: &str, to: &str) -> Leg {
    match travel.way(from, to) {
        Way::Leg(leg) => leg,
        other => panic!("{from} -> {to}: {other:?}"),
    }
}

fn at(ways: &Ways, tour: &Tour) -> Result<Travel, Box<Fault>> {
    travel(ways, tour, None, &mut Log::default())
}

#[test]
fn coordinates_give_symmetric_ways_that_follow_from_the_distance() {
    let tour = opened().tour;
    let travel = at(&Ways::Coordinates(Roads::default()), &tour).unwrap();
    let there = leg(&travel, "H1", "E1");
    let metres = distance_m(Point::new(11.25, 43.77), Point::new(11.30, 43.70)) * 1.3;
    assert_eq!(there.metres, Some(metres.round() as u32));
    // 11.4 km of road: 10 km in 20 minutes, the rest in less than 2.
    assert_eq!(there.minutes, 22);
    assert_eq!(there, leg(&travel, "E1", "H1"));
    assert!(travel.source.contains("1.3") && travel.source.contains("80 km/h"));
}

#[test]
fn only_places_of_the_shortlist_have_ways() {
    let tour = opened().tour;
    let ways = Ways::Coordinates(Roads::default());
    let short = travel(&ways, &tour, Some(&["E2".to_owned()]), &mut Log::default()).unwrap();
    assert_eq!(short.places().collect::<Vec<_>>(), ["E2", "H1", "S1"]);
    assert_eq!(short.way("E1", "E2"), Way::Unknown);
}

#[test]
fn ways_that_no_plan_could_use_are_not_needed() {
    let tour = opened().tour;
    let places: Vec<_> = ["H1", "S1", "E1"]
        .map(|code| distretto_desk::ways::Stop { code: code.to_owned(), lon: 0.0, lat: 0.0 })
        .to_vec();
    let pairs: Vec<(&str, &str)> = needed(&tour, &places).collect();
    // The first day begins at the station and ends at the hotel; the second begins at the hotel and ends at either.
    assert_eq!(pairs, [("H1", "S1"), ("H1", "E1"), ("S1", "H1"), ("S1", "E1"), ("E1", "H1"), ("E1", "S1")]);
    let mut tour = tour;
    tour.frame.days.pop();
    let pairs: Vec<(&str, &str)> = needed(&tour, &places).collect();
    assert_eq!(pairs, [("S1", "H1"), ("S1", "E1"), ("E1", "H1")]);
}

fn matrix(rows: &str) -> (tempfile::TempDir, Ways) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ways.csv"), rows).unwrap();
    let ways = Matrix {
        folder: folder.path().to_path_buf(),
        paths: Texts(vec!["ways.csv".into()]),
        decimal: Decimal::Point,
    };
    (folder, Ways::Matrix(ways))
}

/// All ways that the tour needs, each of 15 minutes.
fn full() -> String {
    let places = ["H1", "S1", "E1", "E2", "I1", "T1"];
    let mut rows = "from,to,minutes,metres\n".to_owned();
    for from in places {
        for to in places.iter().filter(|to| **to != from) {
            rows.push_str(&format!("{from},{to},15,9000.4\n"));
        }
    }
    rows
}

#[test]
fn a_matrix_may_be_asymmetric_and_says_where_there_is_no_way() {
    let tour = opened().tour;
    let rows = full().replace("E1,E2,15,9000.4", "E1,E2,20.2,").replace("E2,T1,15,9000.4", "E2,T1,,");
    let (_folder, ways) = matrix(&rows);
    let mut log = Log::default();
    let travel = travel(&ways, &tour, None, &mut log).unwrap();
    assert_eq!(leg(&travel, "E1", "E2"), Leg { minutes: 21, metres: None });
    assert_eq!(leg(&travel, "E2", "E1"), Leg { minutes: 15, metres: Some(9000) });
    assert_eq!(travel.way("E2", "T1"), Way::NoRoute);
    assert_eq!(log.entries()[0].code, Code::WaysNone);
    assert!(log.entries()[0].why.as_ref().unwrap().contains("E2 -> T1"));
    assert_eq!(travel.source, "the table ways.csv");
}

#[test]
fn a_matrix_that_lacks_a_pair_names_it() {
    let tour = opened().tour;
    let (_folder, ways) = matrix(&full().replace("E1,E2,15,9000.4\n", "").replace("T1,H1,15,9000.4\n", ""));
    let fault = at(&ways, &tour).unwrap_err();
    assert_eq!(fault.code, Code::WaysPair);
    let why = fault.why.unwrap();
    assert!(why.contains("`E1 -> E2`") && why.contains("`T1 -> H1`"), "{why}");
    // What no plan needs may be missing.
    let short = travel(&ways, &tour, Some(&["E2".to_owned(), "I1".to_owned()]), &mut Log::default());
    assert!(short.is_ok());
}

#[test]
fn a_matrix_that_cannot_be_is_refused() {
    let tour = opened().tour;
    for (from, to, code) in [
        ("E1,E2,15", "E1,E2,-15", Code::TourMinutes),
        ("E1,E2,15", "E1,E2,99999", Code::TourMinutes),
        ("E1,E2,15", "E1,E2,soon", Code::NotANumber),
        ("E1,E2,15,9000.4", "E1,E2,15,-1", Code::WaysValue),
        ("E1,E2,15", "E2,E1,16", Code::WaysValue),
        ("E1,E2,15", ",E2,15", Code::ValueMissing),
        ("minutes", "time", Code::ColumnMissing),
    ] {
        let (_folder, ways) = matrix(&full().replacen(from, to, 1));
        let fault = at(&ways, &tour).unwrap_err();
        assert_eq!(fault.code, code, "{to}: {fault}");
        assert!(fault.place.file.is_some());
    }
}

fn osrm(url: &str, block: usize, keep: Option<std::path::PathBuf>) -> distretto_desk::ways::Server {
    distretto_desk::ways::Server {
        url: url.to_owned(),
        profile: "driving".to_owned(),
        block,
        timeout: Duration::from_secs(20),
        keep,
    }
}

#[test]
fn a_server_is_asked_in_blocks_and_answers_alike() {
    let tour = opened().tour;
    let server = Server::new(table);
    let whole = at(&Ways::Server(osrm(&server.url, 100, None)), &tour).unwrap();
    assert_eq!(server.questions().len(), 1);
    let question = &server.questions()[0];
    assert!(question.starts_with("/table/v1/driving/11.250000,43.770000;11.240000,43.780000;"), "{question}");
    assert!(question.contains("?annotations=duration,distance&sources="), "{question}");
    // From H1 (11.25) to E1 (11.30), eastwards: 5001 seconds; back: 5000.
    assert_eq!(leg(&whole, "H1", "E1"), Leg { minutes: 84, metres: Some(50_010) });
    assert_eq!(leg(&whole, "E1", "H1"), Leg { minutes: 84, metres: Some(50_000) });
    assert_eq!(leg(&whole, "H1", "S1").minutes, 17);
    for block in 2..6 {
        let parts = at(&Ways::Server(osrm(&server.url, block, None)), &tour).unwrap();
        assert_eq!(parts, whole, "{block}");
    }
    assert!(whole.source.contains(&server.url));
}

#[test]
fn what_has_no_way_is_null() {
    let mut tour = opened().tour;
    tour.hosts[3].place.lat = -1.0;
    let server = Server::new(table);
    let mut log = Log::default();
    let travel = travel(&Ways::Server(osrm(&server.url, 4, None)), &tour, None, &mut log).unwrap();
    assert_eq!((travel.way("E1", "T1"), travel.way("T1", "H1")), (Way::NoRoute, Way::NoRoute));
    assert_eq!(log.entries()[0].code, Code::WaysNone);
}

#[test]
fn answers_are_kept_so_that_a_plan_can_be_repeated_without_the_server() {
    let mut tour = opened().tour;
    let place = tempfile::tempdir().unwrap();
    let keep = place.path().join("kept.csv");
    let server = Server::new(table);
    let ways = Ways::Server(osrm(&server.url, 3, Some(keep.clone())));
    let first = at(&ways, &tour).unwrap();
    let asked = server.questions().len();
    let file = std::fs::read(&keep).unwrap();
    assert_eq!(at(&ways, &tour).unwrap(), first);
    assert_eq!((server.questions().len(), std::fs::read(&keep).unwrap()), (asked, file));
    // A place that has moved is asked for again, and only blocks with it.
    tour.hosts[0].place.lon += 0.01;
    at(&ways, &tour).unwrap();
    let more = server.questions().len() - asked;
    assert!(more > 0 && more < asked, "{more} of {asked}");
    tour.hosts[0].place.lon -= 0.01;
    drop(server);
    assert_eq!(at(&ways, &tour).unwrap(), first);
    // Another address is another server.
    let Ways::Server(mut other) = ways else { unreachable!() };
    other.profile = "bus".to_owned();
    assert_eq!(at(&Ways::Server(other.clone()), &tour).unwrap_err().code, Code::WaysServer);
    for damaged in [
        "",
        "a,b\n1,2\n",
        "server,from,to,minutes,metres\nx,y,z,soon,\n",
        "server,from,to,minutes,metres\nx\n",
    ] {
        std::fs::write(&keep, damaged).unwrap();
        assert_eq!(at(&Ways::Server(other.clone()), &tour).unwrap_err().code, Code::WaysKept, "{damaged}");
    }
}

/// The fault of a server that answers every question so, and that nothing is kept of it.
fn refused(answer: impl Fn(&str) -> Answer + Send + 'static) -> Box<Fault> {
    let place = tempfile::tempdir().unwrap();
    let keep = place.path().join("kept.csv");
    let server = Server::new(answer);
    let mut ways = osrm(&server.url, 100, Some(keep.clone()));
    ways.timeout = Duration::from_millis(500);
    let fault = at(&Ways::Server(ways), &opened().tour).unwrap_err();
    assert!(!keep.exists());
    fault
}

fn body(status: u16, body: &'static str) -> impl Fn(&str) -> Answer + Send + 'static {
    move |_| (status, body.to_owned(), Duration::ZERO)
}

#[test]
fn a_server_that_refuses_is_quoted() {
    let fault = refused(body(
        400,
        r#"{"code":"NoSegment","message":"Could not find a matching segment for coordinate 3"}"#,
    ));
    assert_eq!(fault.code, Code::WaysServer);
    assert!(
        fault.what.contains("NoSegment") && fault.why.as_ref().unwrap().contains("coordinate 3"),
        "{fault}"
    );
    assert_eq!(
        refused(body(400, r#"{"code":"TooBig","message":"Too many table coordinates"}"#)).help.as_deref(),
        Some("lower `block` in [ways]")
    );
}

#[test]
fn a_server_that_answers_something_else_is_not_half_believed() {
    let of_size = |rows: usize, columns: usize, field: &str| {
        let row = format!("[{}]", vec![field; columns].join(","));
        format!("[{}]", vec![row; rows].join(","))
    };
    let answers = [
        (200, "<html>hello</html>".to_owned()),
        (502, "bad gateway".to_owned()),
        (500, r#"{"code":"Ok"}"#.to_owned()),
        (200, "[]".to_owned()),
        (200, r#"{"durations":[]}"#.to_owned()),
        (200, r#"{"code":"Ok"}"#.to_owned()),
        (200, r#"{"code":"Ok","durations":[[0]]}"#.to_owned()),
        (200, format!(r#"{{"code":"Ok","durations":{}}}"#, of_size(6, 5, "1"))),
        (200, format!(r#"{{"code":"Ok","durations":{}}}"#, of_size(6, 6, "-1"))),
        (200, format!(r#"{{"code":"Ok","durations":{}}}"#, of_size(6, 6, "\"1\""))),
        (200, format!(r#"{{"code":"Ok","durations":{}}}"#, of_size(6, 6, "1e99"))),
        (
            200,
            format!(
                r#"{{"code":"Ok","durations":{},"distances":{}}}"#,
                of_size(6, 6, "1"),
                of_size(5, 6, "1")
            ),
        ),
    ];
    for (status, text) in answers {
        let fault = refused({
            let text = text.clone();
            move |_| (status, text.clone(), Duration::ZERO)
        });
        assert_eq!(fault.code, Code::WaysAnswer, "{text}: {fault}");
    }
    // Without distances it is the table of an old server.
    let server = Server::new(move |_| {
        (200, format!(r#"{{"code":"Ok","durations":{}}}"#, of_size(6, 6, "61")), Duration::ZERO)
    });
    let travel = at(&Ways::Server(osrm(&server.url, 100, None)), &opened().tour).unwrap();
    assert_eq!(leg(&travel, "E1", "E2"), Leg { minutes: 2, metres: None });
}

#[test]
fn a_server_that_is_slow_or_not_there_is_a_fault() {
    let fault = refused(|path| {
        let (status, body, _) = table(path);
        (status, body, Duration::from_millis(1500))
    });
    assert_eq!(fault.code, Code::WaysServer);
    assert!(fault.why.unwrap().contains("0.5 seconds"));
    let nobody = at(&Ways::Server(osrm("http://127.0.0.1:9", 100, None)), &opened().tour).unwrap_err();
    assert_eq!(nobody.code, Code::WaysServer);
    assert!(nobody.why.unwrap().contains("asked: http://127.0.0.1:9/table/v1/driving/"));
}

#[test]
fn a_block_that_fails_leaves_nothing_behind() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::new(move |path| match count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
        0 | 1 => table(path),
        _ => (500, "oops".to_owned(), Duration::ZERO),
    });
    let place = tempfile::tempdir().unwrap();
    let keep = place.path().join("kept.csv");
    let fault = at(&Ways::Server(osrm(&server.url, 3, Some(keep.clone()))), &opened().tour).unwrap_err();
    assert_eq!((fault.code, server.questions().len(), keep.exists()), (Code::WaysAnswer, 3, false));
}

#[test]
fn the_line_of_a_road_is_read() {
    let line = r#"{"code":"Ok","routes":[{"geometry":{"type":"LineString","coordinates":[[11.25,43.77],[11.3,43.7]]}}]}"#;
    let server = Server::new(body(200, line));
    let osrm = osrm(&server.url, 100, None);
    assert_eq!(
        osrm.route(&[(11.25, 43.77), (11.3, 43.7)]).unwrap(),
        Some(vec![(11.25, 43.77), (11.3, 43.7)])
    );
    let question = &server.questions()[0];
    assert!(
        question.starts_with("/route/v1/driving/11.250000,43.770000;11.300000,43.700000?overview="),
        "{question}"
    );
    assert_eq!(osrm.route(&[(11.25, 43.77)]).unwrap(), None);
    let none = Server::new(body(400, r#"{"code":"NoRoute","message":"Impossible route between points"}"#));
    let mut without = osrm.clone();
    without.url = none.url.clone();
    assert_eq!(without.route(&[(0.0, 0.0), (1.0, 1.0)]).unwrap(), None);
    let wrong = Server::new(body(200, r#"{"code":"Ok","routes":[]}"#));
    without.url = wrong.url.clone();
    assert_eq!(without.route(&[(0.0, 0.0), (1.0, 1.0)]).unwrap_err().code, Code::WaysAnswer);
}

#[test]
fn tour_toml_says_where_ways_come_from() {
    let folder = folder_of_a_tour();
    let keys = "[ways]\nsource = \"osrm\"\nurl = \"http://localhost:5000/\"\nblock = 50\ntimeout = 5\nkeep = \"kept.csv\"\n[[quota]]";
    spoil(folder.path(), "tour.toml", "[[quota]]", keys);
    let Ways::Server(server) = open(folder.path()).unwrap().ways else { panic!() };
    assert_eq!(
        (server.url.as_str(), server.profile.as_str(), server.block),
        ("http://localhost:5000", "driving", 50)
    );
    assert_eq!((server.timeout, server.keep), (Duration::from_secs(5), Some(folder.path().join("kept.csv"))));
    let folder = folder_of_a_tour();
    let bands = "[ways]\nfactor = 1.4\nbands = [{ upto = 5, speed = 20 }, { speed = 60 }]\n[[quota]]";
    spoil(folder.path(), "tour.toml", "[[quota]]", bands);
    let Ways::Coordinates(roads) = open(folder.path()).unwrap().ways else { panic!() };
    assert_eq!(roads, Roads { factor: 1.4, bands: vec![(5.0, 20.0)], rest: 60.0 });
}
