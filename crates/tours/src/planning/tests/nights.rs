//! A driver's night, and meals where it is spent.

use super::made::{Made, brief, meal, quick, time};
use crate::planning::{Bases, Prepared, feasible};
use crate::visit::Demand;

/// Two days, the first to ten in the evening, the second from five in the morning.
fn two_days() -> Made {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    made.tour.frame.days[0].ends = time("22:00");
    made.tour.frame.days[1].starts = time("05:00");
    made
}

#[test]
fn who_dines_at_the_hotel_is_back_in_time_for_the_night() {
    let mut made = two_days();
    made.tour.frame.days[0].meal = Some(meal("19:00", "20:00", 60));
    made.open("A", 30, 4, "Tu 16:30-19:30");
    made.open("B", 30, 10, "We 06:30-07:30");
    made.visit("A").demand = Demand::Mandatory;
    made.visit("B").demand = Demand::Mandatory;
    // The night is eleven hours from the return at seven, an hour before the end of dinner.
    let found = made.planned().unwrap();
    assert_eq!(
        brief(&found.plan),
        ["H 17:00, A 17:30-18:30, meal at H 19:00-20:00, H 19:00", "H 06:00, B 06:30-07:30, H 08:00"]
    );
    assert!(found.proven);
    // Whoever is visited later, and could dine as late, is back too late.
    made.open("C", 30, 5, "Tu 18:00-19:00");
    assert!(made.planned().unwrap().plan.stop_at("C").is_none());
    made.check(&feasible(&made.tour, &made.travel(), &quick()).unwrap());
    let (travel, days) = (made.travel(), [vec!["A"], vec!["B"]]);
    let prepared = Prepared::new(&made.tour, &travel).unwrap();
    let arranged = prepared.arrange(&Bases::of(&found.plan), &days);
    assert!(arranged.fits(), "{:?}", arranged.missing);
    made.check(&arranged.plan());
}

#[test]
fn dinner_later_than_it_could_be_lets_the_coach_come_back_sooner() {
    let mut made = two_days();
    made.tour.frame.days[0].meal = Some(meal("19:00", "20:00", 60));
    // On the way home dinner would end at eight and the coach be back at half past; at the hotel it is back at seven.
    made.open("A", 30, 4, "Tu 17:30-18:30").meal = false;
    made.open("B", 30, 10, "We 06:30-07:30");
    for code in ["A", "B"] {
        made.visit(code).demand = Demand::Mandatory;
    }
    assert!(made.planned().unwrap().proven);
}

#[test]
fn breakfast_at_the_hotel_is_within_the_night() {
    let mut made = two_days();
    made.tour.frame.days[1].meal = Some(meal("06:00", "06:10", 30));
    made.open("A", 30, 4, "Tu 18:30-19:30");
    made.open("B", 30, 10, "We 07:30-08:30");
    for code in ["A", "B"] {
        made.visit(code).demand = Demand::Mandatory;
    }
    let found = made.planned().unwrap();
    assert_eq!(brief(&found.plan)[1], "H 07:00, B 07:30-08:30, meal at H 06:10-06:40, H 09:00");
    assert!(found.proven);
}
