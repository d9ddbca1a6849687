//! The files of a road book.

use chrono::{DateTime, Utc};
use distretto_desk::book::{FILES, Making, routes, warn_of_breaches, words, write};
use distretto_desk::folder::{Opened, open, read_plan};
use distretto_desk::ways::travel;
use distretto_roadbook::book::Route;
use distretto_study::fault::{Code, Log};
use distretto_tours::{Plan, Travel};
use rusqlite::Connection;

use super::server::Server;
use super::support::{folder, spoil};

struct Made {
    opened: Opened,
    plan: Plan,
    travel: Travel,
    _folder: tempfile::TempDir,
}

fn made() -> Made {
    let folder = folder();
    std::fs::write(
        folder.path().join("emergency.csv"),
        "who,number,person\nEmergencies,112,no\nEva Prova,+39 111,yes\n",
    )
    .unwrap();
    spoil(
        folder.path(),
        "tour.toml",
        "[[quota]]",
        "[[chain]]\nphases = [\"tanning\", \"finishing\", \"assembly\"]\n[[quota]]",
    );
    let opened = open(folder.path()).unwrap();
    let log = &mut Log::default();
    let travel = travel(&opened.ways, &opened.tour, None, log).unwrap();
    let path = folder.path().join("plan.csv");
    std::fs::write(
        &path,
        "date,place,starts\n2026-05-11,I1,09:30\n2026-05-11,E1,11:00\n2026-05-12,T1,10:00\n",
    )
    .unwrap();
    let plan = read_plan(&path, &opened.tour, &travel, log).unwrap();
    Made { opened, plan, travel, _folder: folder }
}

fn making<'a>(made: &'a Made, words: &'a distretto_roadbook::Words, routes: &'a [Route]) -> Making<'a> {
    Making {
        opened: &made.opened,
        plan: &made.plan,
        travel: &made.travel,
        words,
        made: DateTime::<Utc>::UNIX_EPOCH,
        personal: true,
        routes,
        atlas: Some("https://atlas.example.org/made"),
    }
}

#[test]
fn all_files_are_written_and_the_same_book_is_the_same_bytes() {
    let made = made();
    let words = words("en", &mut Log::default()).unwrap();
    let place = tempfile::tempdir().unwrap();
    let (one, other) = (place.path().join("one"), place.path().join("other"));
    let route = Route {
        from: "S1".into(),
        to: "I1".into(),
        line: vec![(11.24, 43.78), (11.25, 43.78), (11.26, 43.77)],
    };
    let routes = [route];
    let files = write(&making(&made, &words, &routes), &one, false).unwrap();
    write(&making(&made, &words, &routes), &other, false).unwrap();
    assert_eq!(files.len(), 6);
    for file in FILES {
        assert_eq!(
            std::fs::read(one.join(file)).unwrap(),
            std::fs::read(other.join(file)).unwrap(),
            "{file}"
        );
    }
    let html = std::fs::read_to_string(one.join("roadbook.html")).unwrap();
    assert!(html.contains("Tannery One") && html.contains("Ada Prova") && html.contains("+39 111"));
    // An older road book is replaced; anything else is left alone.
    write(&making(&made, &words, &[]), &one, false).unwrap();
    std::fs::write(one.join("notes.txt"), "mine").unwrap();
    assert_eq!(write(&making(&made, &words, &[]), &one, false).unwrap_err().code, Code::OutputExists);
    assert!(write(&making(&made, &words, &[]), &one, true).is_ok());
}

#[test]
fn a_book_without_contacts_has_nobody_in_it() {
    let made = made();
    let words = words("it", &mut Log::default()).unwrap();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("book");
    write(&Making { personal: false, ..making(&made, &words, &[]) }, &out, false).unwrap();
    for file in FILES {
        let bytes = std::fs::read(out.join(file)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for personal in ["Prova", "example.org\"", "+39 000", "+212", "+39 111"] {
            assert!(!text.contains(personal), "{personal} in {file}");
        }
    }
    assert!(std::fs::read_to_string(out.join("roadbook.html")).unwrap().contains("112"));
}

#[test]
fn the_geopackage_has_stops_and_legs() {
    let made = made();
    let words = words("en", &mut Log::default()).unwrap();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("book");
    write(&making(&made, &words, &[]), &out, false).unwrap();
    let package = Connection::open(out.join("roadbook.gpkg")).unwrap();
    let rows = |sql: &str| -> Vec<String> {
        let mut statement = package.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert_eq!(
        rows("SELECT table_name || geometry_type_name FROM gpkg_geometry_columns"),
        ["stopsPOINT", "legsMULTILINESTRING"]
    );
    assert_eq!(
        rows("SELECT day || kind || code || coalesce(starts, '') FROM stops ORDER BY day, \"order\""),
        [
            "1startS1",
            "1visitI12026-05-11T09:30",
            "1visitE12026-05-11T11:00",
            "1endH1",
            "2startH1",
            "2visitT12026-05-12T10:00",
            "2endH1"
        ]
    );
    assert_eq!(
        rows("SELECT \"from\" || \"to\" FROM legs ORDER BY day, leg"),
        ["S1I1", "I1E1", "E1H1", "H1T1", "T1H1"]
    );
    // A little-endian point (type 1) behind a header with an envelope of 32 bytes.
    let blob: Vec<u8> =
        package.query_row("SELECT geom FROM stops WHERE code = 'I1'", [], |row| row.get(0)).unwrap();
    assert_eq!(&blob[40..45], [1, 1, 0, 0, 0]);
    let ordinate = |at: usize| f64::from_le_bytes(blob[at..at + 8].try_into().unwrap());
    assert_eq!((ordinate(45), ordinate(53)), (11.26, 43.77));
}

#[test]
fn lines_of_roads_are_asked_of_the_server_of_the_tour() {
    let mut made = made();
    let log = &mut Log::default();
    assert!(routes(&made.opened, &made.plan, log).is_empty());
    let server = Server::new(|path| {
        let points = path.trim_start_matches("/route/v1/driving/").split('?').next().unwrap();
        let points: Vec<String> = points.split(';').map(|point| format!("[{point}]")).collect();
        let body =
            format!(r#"{{"code":"Ok","routes":[{{"geometry":{{"coordinates":[{}]}}}}]}}"#, points.join(","));
        (200, body, std::time::Duration::ZERO)
    });
    made.opened.ways = distretto_desk::ways::Ways::Server(distretto_desk::ways::Server {
        url: server.url.clone(),
        profile: "driving".into(),
        block: 10,
        timeout: std::time::Duration::from_secs(20),
        keep: None,
    });
    let found = routes(&made.opened, &made.plan, log);
    assert!(log.entries().is_empty());
    assert_eq!(found.len(), 5);
    assert_eq!(
        (found[0].from.as_str(), found[0].to.as_str(), found[0].line.clone()),
        ("E1", "H1", vec![(11.3, 43.7), (11.25, 43.77)])
    );
}

#[test]
fn a_language_is_built_in_or_a_message_file() {
    let log = &mut Log::default();
    assert_eq!(words("it", log).unwrap().language(), "it");
    assert_eq!(words("xx", log).unwrap_err().code, Code::BookWords);
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("fr.toml");
    std::fs::write(&file, "[language]\ntag = \"fr\"\n").unwrap();
    assert_eq!(words(file.to_str().unwrap(), log).unwrap().language(), "fr");
    assert_eq!(log.entries()[0].code, Code::BookWordsMissing);
    std::fs::write(&file, "tag =").unwrap();
    assert_eq!(words(file.to_str().unwrap(), log).unwrap_err().code, Code::BookWords);
}

#[test]
fn a_plan_of_another_tour_makes_no_book() {
    let mut made = made();
    made.plan.days[0].stops[0].host = "E9".into();
    let words = words("en", &mut Log::default()).unwrap();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("book");
    assert_eq!(write(&making(&made, &words, &[]), &out, false).unwrap_err().code, Code::BookFailed);
    assert!(!out.exists());
}

#[test]
fn a_book_is_made_when_the_server_is_away_with_straight_lines_and_a_warning() {
    let mut made = made();
    let server = Server::new(|_| (503, "away".to_owned(), std::time::Duration::ZERO));
    made.opened.ways = distretto_desk::ways::Ways::Server(distretto_desk::ways::Server {
        url: server.url.clone(),
        profile: "driving".into(),
        block: 10,
        timeout: std::time::Duration::from_secs(20),
        keep: None,
    });
    let mut log = Log::default();
    let found = routes(&made.opened, &made.plan, &mut log);
    assert!(found.is_empty());
    assert_eq!(log.entries().iter().map(|fault| fault.code).collect::<Vec<_>>(), [Code::BookStraight]);
    assert!(log.entries()[0].why.as_ref().unwrap().contains("503"));
    assert_eq!(server.questions().len(), 1, "a server that fails is not asked again");
    let words = words("en", &mut log).unwrap();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("book");
    write(&making(&made, &words, &found), &out, false).unwrap();
    let pages = std::fs::read_to_string(out.join("roadbook.html")).unwrap();
    assert!(pages.contains(words.get("map.straight")));
}

#[test]
fn a_book_says_everything_in_its_language() {
    let made = made();
    let words = words("it", &mut Log::default()).unwrap();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("book");
    write(&making(&made, &words, &[]), &out, false).unwrap();
    let pages = std::fs::read_to_string(out.join("roadbook.html")).unwrap();
    let pages = pages.replace("&#x27;", "'").replace("&#x2f;", "/");
    assert!(pages.contains("distanza sull'ellissoide per 1,3, 30 km/h per i primi 10 km"));
    assert!(!pages.contains("ellipsoid"));
}

#[test]
fn a_calendar_knows_tours_of_one_folder_name_apart() {
    let id = |title: &str, code: &str| {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("tour");
        std::fs::rename(folder().keep(), &path).unwrap();
        spoil(&path, "tour.toml", "title = \"Leather and shoes\"", &format!("title = \"{title}\"\n{code}"));
        open(&path).map(|opened| opened.id)
    };
    let (one, other) = (id("Leather", "").unwrap(), id("Oil", "").unwrap());
    assert!(one.starts_with("tour-") && one != other, "{one} {other}");
    assert_eq!(id("Leather", "").unwrap(), one);
    assert_eq!(id("Leather", "code = \"leather-2026\"").unwrap(), "leather-2026");
    for code in ["", "a b", "ä"] {
        assert_eq!(id("Leather", &format!("code = \"{code}\"")).unwrap_err().code, Code::TourValue, "{code}");
    }
}

#[test]
fn what_a_plan_breaks_is_said_before_its_book_is_made() {
    let mut made = made();
    let said = |made: &Made| {
        let mut log = Log::default();
        warn_of_breaches(&made.opened, &made.travel, &made.plan, &mut log);
        log.entries().to_vec()
    };
    let whole = said(&made);
    assert_eq!(
        whole.iter().map(|fault| fault.code).collect::<Vec<_>>(),
        [Code::BookBroken],
        "no meal is in it"
    );
    made.plan.days[0].stops[0].starts += chrono::Duration::minutes(5);
    let moved = said(&made);
    let why = moved[0].why.as_deref().unwrap();
    assert!(why.contains("the visit is confirmed for"), "{why}");
    assert!(why.lines().count() <= 9);
}
