//! Ten thousand hosts.

use super::made::Made;
use crate::planning::plan;
use crate::planning::tests::made::quick;
use crate::rules::{Per, Quota, Which};
use crate::travel::{Leg, Travel, Way};

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
