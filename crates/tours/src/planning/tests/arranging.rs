//! Visits in a given order.

use super::made::{Made, brief, date, meal, time};
use crate::planning::{Arranged, Bar, Bases, Because, DayBar, Missing, Prepared, Refusal};
use crate::rules::{Per, Quota, Which};
use crate::travel::Way;
use crate::visit::Demand;

fn arranged(made: &Made, days: &[Vec<&str>]) -> Arranged {
    let travel = made.travel();
    let prepared = Prepared::new(&made.tour, &travel).unwrap();
    prepared.arrange(&Bases::first(&made.tour.frame), days)
}

/// Which stops of the first day do not fit, and why.
fn refused(made: &Made, day: &[&str]) -> Vec<(usize, Refusal)> {
    let arranged = arranged(made, &[day.to_vec()]);
    arranged.days[0].refused.iter().map(|refused| (refused.position, refused.why.clone())).collect()
}

#[test]
fn an_order_that_fits_is_timed() {
    let mut made = Made::day();
    made.open("A", 10, 5, "Mo-Fr 09:00-10:00,14:00-15:00");
    made.open("B", 20, 5, "Mo-Fr 09:00-10:00,14:00-15:00");
    let forth = arranged(&made, &[vec!["A", "B"]]);
    assert!(forth.fits());
    assert_eq!(brief(&forth.plan()), ["H 08:50, A 09:00-10:00, B 14:00-15:00, H 15:20"]);
    let back = arranged(&made, &[vec!["B", "A"]]);
    assert_eq!(brief(&back.plan()), ["H 08:40, B 09:00-10:00, A 14:00-15:00, H 15:10"]);
}

#[test]
fn each_stop_that_does_not_fit_has_its_reason() {
    let mut made = Made::day();
    made.open("A", 10, 5, "Mo-Fr 09:00-10:00");
    made.open("B", 20, 5, "Mo-Fr 09:00-10:40");
    made.open("C", 30, 5, "Mo-Fr 16:00-18:00");
    made.open("D", 40, 5, "Mo 09:00-10:00");
    made.host("E", 50, 5).consent = false;
    assert_eq!(
        refused(&made, &["A", "B", "C"]),
        [(1, Refusal::TooLate { host: "B".to_owned(), minutes: 30, because: Because::Travel })]
    );
    made.tour.frame.days[0].ends = time("17:20");
    assert_eq!(
        refused(&made, &["A", "D", "E", "Z", "A", "C"]),
        [
            (1, Refusal::NotThatDay(DayBar::Closed)),
            (2, Refusal::Barred(Bar::NoConsent)),
            (3, Refusal::UnknownHost),
            (4, Refusal::Twice { date: date("2005-11-15") }),
            (5, Refusal::ReturnsLate { minutes: 10, because: Because::Travel }),
        ]
    );
    made.ways = vec![("A", "B", Way::NoRoute)];
    let named = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    let (from, to) = named("A", "B");
    assert_eq!(refused(&made, &["A", "B"]), [(1, Refusal::NoRoute { from, to })]);
    made.ways = vec![("A", "B", Way::Unknown)];
    let (from, to) = named("A", "B");
    assert_eq!(refused(&made, &["A", "B"]), [(1, Refusal::UnknownWay { from, to })]);
}

#[test]
fn meals_and_driving_and_numbers_are_reasons_too() {
    let mut made = Made::day();
    made.open("A", 10, 5, "Mo-Fr 11:30-13:30").minutes = 120;
    made.host("B", 80, 5);
    made.tour.frame.days[0].meal = Some(meal("12:00", "12:30", 60));
    // After a meal on arrival, from noon to one, A is an hour and a half late: its visit could begin at half past eleven at the latest.
    let late = Refusal::TooLate { host: "A".to_owned(), minutes: 90, because: Because::Meal };
    assert_eq!(refused(&made, &["A"]), [(0, late)]);
    made.tour.frame.days[0].starts = time("12:45");
    assert_eq!(arranged(&made, &[vec!["B"]]).days[0].why, Some(Refusal::NoMeal));
    made.tour.frame.days[0].starts = time("08:00");
    made.tour.frame.days[0].meal = Some(meal("12:00", "13:30", 60));
    made.tour.frame.days[0].ends = time("14:00");
    assert_eq!(refused(&made, &["A"]), [(0, Refusal::ReturnsLate { minutes: 40, because: Because::Meal })]);
    made.tour.frame.days[0].meal = None;
    made.tour.frame.driving.day = 150;
    assert_eq!(refused(&made, &["B"]), [(0, Refusal::Driving { minutes: 10 })]);
    made.tour.frame.days[0].most = Some(0);
    assert_eq!(refused(&made, &["A"]), [(0, Refusal::TooMany { most: 0 })]);
}

#[test]
fn quotas_budget_and_demands_are_counted_over_the_days() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    for code in ["A", "B", "C"] {
        made.host(code, 10, 5).cost = 10;
    }
    made.visit("C").demand = Demand::Mandatory;
    let days = [vec!["A"], vec!["B"]];
    assert_eq!(arranged(&made, &days).missing, [Missing::Visit { host: "C".to_owned() }]);
    made.tour.rules.quotas = vec![Quota { which: Which::default(), least: 0, most: Some(1), per: Per::Tour }];
    let found = arranged(&made, &days);
    assert_eq!(found.days[1].refused[0].why, Refusal::Quota { quota: 0, over: 1 });
    assert_eq!(found.cost, 10);
    made.tour.rules.quotas[0].per = Per::Day;
    made.tour.rules.quotas[0].least = 1;
    made.tour.frame.budget = Some(15);
    let found = arranged(&made, &days);
    assert_eq!(found.days[1].refused[0].why, Refusal::Budget { over: 5, currency: "EUR".to_owned() });
    assert!(found.missing.contains(&Missing::Quota { quota: 0, date: Some(date("2005-11-16")), missing: 1 }));
}

#[test]
fn an_arrangement_takes_well_under_a_millisecond() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16", "2005-11-17"]);
    for day in &mut made.tour.frame.days {
        day.meal = Some(meal("12:00", "13:30", 60));
    }
    let codes: Vec<String> = (0..12).map(|index| format!("A{index}")).collect();
    for (place, code) in codes.iter().enumerate() {
        made.host(code, place as i64 * 5, 5);
    }
    let days: Vec<Vec<&str>> = codes.chunks(4).map(|day| day.iter().map(String::as_str).collect()).collect();
    let travel = made.travel();
    let prepared = Prepared::new(&made.tour, &travel).unwrap();
    let bases = Bases::first(&made.tour.frame);
    assert!(prepared.arrange(&bases, &days).fits());
    let started = std::time::Instant::now();
    for _ in 0..200 {
        prepared.arrange(&bases, &days);
    }
    let each = started.elapsed() / 200;
    println!("one arrangement takes {each:?}");
    // Ten times what it takes on an ordinary machine that is busy with nothing else.
    assert!(each < std::time::Duration::from_millis(5), "{each:?}");
}
