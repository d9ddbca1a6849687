//! Ten thousand hosts.

use super::made::Made;
use crate::planning::tests::made::quick;
use crate::planning::{PlanError, feasible, listed, plan};
use crate::rules::{Per, Quota, Which};
use crate::travel::{Leg, Travel, Way};
use crate::visit::Demand;

#[test]
fn of_ten_thousand_hosts_a_shortlist_is_planned() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16", "2005-11-17"]);
    for index in 0..10_000 {
        let points = i64::from(index * 7919 % 1000);
        let host = made.open(
            &format!("A{index:05}"),
            i64::from(index % 50),
            points,
            "Mo-Fr 09:00-13:00,14:00-18:00; PH off",
        );
        host.minutes = 90;
        host.consent = index % 10 > 0;
    }
    // The best by far has not agreed; a poor one is confirmed, another poor one counted by a quota.
    made.tour.visits[0].extra = 1_000_000;
    made.confirm("A00001", "2005-11-16 10:00");
    made.tour.visits[1].extra = 0;
    made.tour.visits[2].extra = 0;
    let which = Which { hosts: vec!["A00002".to_owned()], ..Which::default() };
    made.tour.rules.quotas = vec![Quota { which, least: 1, most: None, per: Per::Tour }];
    // Ways between all of them would be too many; those that are needed are said.
    let worth = made.worth();
    let none = Travel::default();
    let prepared = crate::planning::shortlist::shortlisted(&made.tour, &none, &worth, &[]).unwrap();
    let codes: Vec<String> = prepared.candidates.iter().map(|candidate| candidate.code.clone()).collect();
    assert!((60..=62).contains(&codes.len()), "{}", codes.len());
    let mut travel = Travel::new(codes.iter().cloned().chain(["H".to_owned()]), "a road");
    for from in codes.iter().map(String::as_str).chain(["H"]) {
        for to in codes.iter().map(String::as_str).chain(["H"]) {
            let minutes = u32::try_from((made.places[from] - made.places[to]).abs()).unwrap();
            travel.set(from, to, Way::Leg(Leg { minutes, metres: None }));
        }
    }
    let started = std::time::Instant::now();
    let planned = plan(&made.tour, &travel, &worth, &quick()).unwrap();
    println!("planned in {:?}, worth {}", started.elapsed(), planned.value.total);
    assert!(planned.plan.stop_at("A00000").is_none());
    assert!(planned.plan.stop_at("A00001").is_some() && planned.plan.stop_at("A00002").is_some());
    // Twice an hour and a half fits into each half of a day, but for the morning of what is confirmed at 10.
    assert!((9..=11).contains(&planned.plan.stops().count()), "{}", planned.plan.stops().count());
}

#[test]
fn where_hosts_are_left_out_it_is_never_certain_that_there_is_no_plan() {
    let mut made = Made::day();
    for (code, points) in [("A", 5), ("B", 4), ("C", 3), ("D", 2), ("E", 1)] {
        made.open(code, 10, points, "Mo-Fr 09:00-10:00");
    }
    for code in ["A", "B"] {
        made.visit(code).demand = Demand::Mandatory;
    }
    let proven = |made: &Made| match feasible(&made.tour, &made.travel(), &quick()) {
        Err(PlanError::Infeasible(infeasible)) => infeasible.proven,
        answer => panic!("{answer:?}"),
    };
    assert!(proven(&made));
    made.tour.rules.shortlist = 3;
    assert!(!proven(&made));
    // Whoever cannot be visited anyhow is not missed.
    for code in ["D", "E"] {
        made.tour.hosts.iter_mut().filter(|host| host.code == code).for_each(|host| host.consent = false);
    }
    assert!(proven(&made));
}

#[test]
fn others_come_in_for_hosts_without_a_way() {
    let mut made = Made::day();
    for (code, points) in [("A", 5), ("B", 4), ("C", 3), ("D", 2)] {
        made.open(code, 10, points, "Mo-Fr 09:00-18:00");
    }
    made.tour.rules.shortlist = 2;
    let kept = |made: &Made, travel: &Travel| listed(&made.tour, travel, &made.worth(), &[]).unwrap().kept;
    assert_eq!(kept(&made, &Travel::default()), ["A", "B"]);
    made.ways = vec![("A", "H", Way::NoRoute)];
    assert_eq!(kept(&made, &made.travel()), ["B", "C"]);
    let best = made.planned().unwrap();
    assert!(best.plan.stop_at("B").is_some() && best.plan.stop_at("C").is_some());
}
