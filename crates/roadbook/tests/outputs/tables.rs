//! GPX, layers, JSON and CSV, read back.

use distretto_roadbook::{Words, csv, geo, gpx, json};
use distretto_tours::travel::Way;

use crate::{rows, tour};

#[test]
fn the_route_of_each_day_passes_its_stops_in_order() {
    let (words, made) = (Words::english(), tour::made());
    let file = ::gpx::read(gpx(&made.book(&words, true)).unwrap().as_bytes()).unwrap();
    assert_eq!(file.version, ::gpx::GpxVersion::Gpx11);
    assert_eq!(file.routes.len(), 3);
    for (route, day) in file.routes.iter().zip(&made.plan.days) {
        let places: Vec<(f64, f64)> = route.points.iter().map(|point| point.point().x_y()).collect();
        let base = |code: &str| made.tour.base(code).map(|base| (base.place.lon, base.place.lat)).unwrap();
        let hosts = day
            .stops
            .iter()
            .map(|stop| made.tour.host(&stop.host).map(|host| (host.place.lon, host.place.lat)).unwrap());
        let expected: Vec<(f64, f64)> =
            std::iter::once(base(&day.from)).chain(hosts).chain(std::iter::once(base(&day.to))).collect();
        assert_eq!(places, expected);
    }
    assert_eq!(file.waypoints.len(), 11 + 6);
    assert_eq!(file.routes[0].points[1].name.as_deref(), Some("1 Consorzio Calzaturieri della Valdrina"));
    // Roads are known for all legs but the two of the laboratory.
    assert_eq!(file.tracks.iter().map(|track| track.segments.len()).sum::<usize>(), 12);
}

#[test]
fn legs_have_the_minutes_and_metres_of_the_ways() {
    let (words, made) = (Words::english(), tour::made());
    let layers = geo(&made.book(&words, false)).unwrap();
    assert_eq!((layers.points.len(), layers.lines.len()), (17, 14));
    for line in &layers.lines {
        let Way::Leg(leg) = made.travel.way(&line.from, &line.to) else { panic!("a way") };
        assert_eq!(line.minutes, Some(leg.minutes.div_ceil(5) * 5));
        assert_eq!(line.metres, leg.metres);
        assert_eq!(line.straight, line.from == "h06" || line.to == "h06");
    }
    let stop = layers.points.iter().find(|point| point.code == "h02").unwrap();
    assert_eq!((stop.day, stop.order, stop.visit, stop.state), (1, 2, Some(2), "confirmed"));
    // After the visit the party eats there: the coach leaves after the meal.
    assert_eq!(stop.leaves.unwrap().to_string(), "2026-10-20 13:20:00");
}

#[test]
fn a_program_reads_the_whole_book() {
    let (words, made) = (Words::english(), tour::made());
    let book: serde_json::Value = serde_json::from_str(&json(&made.book(&words, false)).unwrap()).unwrap();
    assert_eq!(book["format"], "distretto road book");
    assert_eq!(book["days"][0]["items"][1]["kind"], "free");
    assert_eq!(book["days"][0]["items"][2]["kind"], "visit");
    assert_eq!(book["days"][0]["items"][2]["place"]["code"], "h01");
    assert_eq!(book["days"][0]["items"][2]["starts"], "2026-10-20T09:30:00");
    assert_eq!(book["districts"][0]["class"], "near_certain");
    assert_eq!(book["districts"][1]["class"], "doubtful");
    assert!(book["party"]["travellers"][0].get("person").is_none());
}

#[test]
fn the_table_has_a_row_for_everything_and_no_formula() {
    let (words, made) = (Words::english(), tour::made());
    let table = rows(&csv(&made.book(&words, true)).unwrap());
    let count = |kind: &str| table.iter().filter(|row| row[2] == kind).count();
    assert_eq!((count("visit"), count("drive"), count("meal")), (11, 14, 2));
    let visit = table.iter().find(|row| row[8] == "h02" && row[2] == "visit").unwrap();
    let cell = |name: &str| visit[table[0].iter().position(|column| column == name).unwrap()].as_str();
    assert_eq!(cell("starts"), "2026-10-20 10:45");
    assert_eq!(cell("phone"), "'+39 0000 123401");
    assert_eq!(cell("groups"), "1 10:45 to 11:35 persons 10; 2 11:10 to 12:00 persons 9");
    assert!(!table[0].contains(&"from_name".to_owned()));
    assert_eq!(rows(&csv(&made.book(&words, false)).unwrap())[0].len() + 4, table[0].len());
}
