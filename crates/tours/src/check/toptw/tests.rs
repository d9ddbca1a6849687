use distretto_testkit::data;

use super::instance::Instance;
use super::*;

fn instance(name: &str) -> Option<String> {
    data::text(&format!("toptw/instances/{name}.txt"))
}

#[derive(serde::Deserialize)]
struct Published {
    instance: String,
    m: usize,
    profit: u64,
    tours: Vec<Vec<usize>>,
}

fn published() -> Vec<Published> {
    data::text("toptw/published_routes.json")
        .map_or_else(Vec::new, |text| serde_json::from_str(&text).unwrap())
}

#[test]
fn published_routes_have_exactly_the_stated_profit() {
    for routes in published() {
        let text = instance(&routes.instance).unwrap();
        assert_eq!(
            check(&text, routes.m, &routes.tours, routes.profit),
            Ok(routes.profit),
            "{}",
            routes.instance
        );
    }
}

/// Published with the route: `oracles.md`, section 7.
#[test]
fn the_visits_of_c103_start_when_they_are_said_to() {
    let Some(text) = instance("c103") else { return };
    let route = [32, 33, 63, 74, 54, 57, 88, 85, 97, 95, 2];
    let starts = drive(&Instance::read(&text).unwrap(), 1, &route).unwrap();
    let stated = [
        31_600, 123_600, 255_600, 353_000, 470_300, 565_600, 707_000, 800_000, 916_200, 1_011_500, 1_121_200,
    ];
    assert_eq!(starts[..11], stated);
}

#[test]
fn all_instances_are_read() {
    let Some(folder) = data::path("toptw/instances") else { return };
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert_eq!(names.len(), 76);
    for path in names {
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(check(&text, 1, &[], 0), Ok(0), "{}", path.display());
    }
}

/// A road along which all can be followed on paper: node 1 is 10 to the east, node 2 is 10 beyond. Node 3 is at (1, 1): 1.414... from the
/// depot, which is 1.4 with one decimal and 1.41 with two.
const ROAD: &str =
    "4 1 3 1\n0 0\n0 0 0 0 0 0 0 0 60\n1 10 0 5 7 1 0 0 20\n2 20.0 0 5 9 1 1 1 12 40\n3 1 1 0 2 1 0 0 1.41\n";

#[test]
fn what_follows_on_paper_is_allowed() {
    // There at 10, away at 15, there at 25, away at 30, back at 50.
    assert_eq!(check(ROAD, 1, &[vec![1, 2]], 16), Ok(16));
    assert_eq!(drive(&Instance::read(ROAD).unwrap(), 1, &[1, 2]).unwrap(), [10_000, 25_000, 50_000]);
    // 1.4 is before 1.41, and so is 1.41 itself.
    assert_eq!(check(ROAD, 2, &[vec![1, 2], vec![3]], 18), Ok(18));
    let precise = ROAD.replace("1 10 0", "1 10.000 0");
    assert_eq!(check(&precise, 2, &[vec![1, 2], vec![3]], 18), Ok(18));
    let earlier = precise.replace("1.41\n", "1.40\n");
    assert_eq!(
        check(&earlier, 1, &[vec![3]], 2),
        Err(Refused::Late { route: 1, node: 3, closes: 1400, by: 10 })
    );
    // Who arrives before the window opens waits.
    let waits = ROAD.replace("1 1 12 40", "1 1 32 40");
    assert_eq!(drive(&Instance::read(&waits).unwrap(), 1, &[1, 2]).unwrap(), [10_000, 32_000, 57_000]);
}

#[test]
fn routes_that_are_not_allowed_are_refused_with_the_reason() {
    let refused =
        |allowed, routes: &[Vec<usize>], claimed| check(ROAD, allowed, routes, claimed).unwrap_err();
    assert_eq!(refused(1, &[vec![1], vec![2]], 16), Refused::TooManyRoutes { routes: 2, allowed: 1 });
    assert_eq!(refused(1, &[vec![1, 4]], 7), Refused::UnknownNode { route: 1, node: 4 });
    assert_eq!(refused(1, &[vec![1, 0, 2]], 7), Refused::Depot { route: 1 });
    assert_eq!(refused(2, &[vec![1], vec![1]], 14), Refused::Twice { route: 2, node: 1 });
    assert_eq!(refused(1, &[vec![1, 2]], 17), Refused::Profit { counted: 16, claimed: 17 });
    // There at 20, away at 25, there at 35: 15 after 20.
    let late = refused(1, &[vec![2, 1]], 16);
    assert_eq!(late, Refused::Late { route: 1, node: 1, closes: 20_000, by: 15_000 });
    assert_eq!(late.to_string(), "route 1: node 1 is reached 15 after it closes at 20");
    let short = ROAD.replace("0 0 0 0 0 0 0 0 60", "0 0 0 0 0 0 0 0 49.25");
    let late = check(&short, 1, &[vec![1, 2]], 16).unwrap_err();
    assert_eq!(late, Refused::BackLate { route: 1, closes: 49_250, by: 750 });
    assert_eq!(late.to_string(), "route 1: is back 0.75 after the depot closes at 49.25");
}

#[test]
fn published_routes_that_are_changed_fail() {
    for mut routes in published() {
        let text = instance(&routes.instance).unwrap();
        assert!(matches!(
            check(&text, routes.m, &routes.tours, routes.profit + 1),
            Err(Refused::Profit { claimed, .. }) if claimed == routes.profit + 1
        ));
        assert!(matches!(
            check(&text, routes.m - 1, &routes.tours, routes.profit),
            Err(Refused::TooManyRoutes { .. })
        ));
        routes.tours[0].reverse();
        assert!(matches!(
            check(&text, routes.m, &routes.tours, routes.profit),
            Err(Refused::Late { route: 1, .. } | Refused::BackLate { route: 1, .. })
        ));
    }
}

#[test]
fn what_cannot_be_read_is_said_with_its_line() {
    let line = |text: &str| match check(text, 1, &[], 0) {
        Err(Refused::Unreadable { line, .. }) => line,
        other => panic!("{other:?}"),
    };
    assert_eq!(line(""), 1);
    assert_eq!(line("4 1 3 1\n"), 1);
    assert_eq!(line("4 1 3\n0 0\n"), 1);
    assert_eq!(line("4 1 many 1\n0 0\n"), 1);
    assert_eq!(line("4 1 1 1\n0 0\n0 0 0 0 0 0 0 0 50\n"), 1);
    for row in [
        "0 0 0",
        "1 0 0 0 0 0 0 0 50",
        "0 x 0 0 0 0 0 0 50",
        "0 0.0001 0 0 0 0 0 0 50",
        "0 0 0 -1 0 0 0 0 50",
        "0 0 0 0 0.5 0 0 0 50",
        "0 0 0 0 -1 0 0 0 50",
        "0 9999999999999 0 0 0 0 0 0 50",
        "0 nan 0 0 0 0 0 0 50",
    ] {
        assert_eq!(line(&format!("4 1 0 1\n0 0\n{row}\n")), 3, "{row}");
    }
}
