//! Many choices of where nights are spent.

use super::made::{Made, brief, quick};
use crate::planning::{MOST_CHOICES, PlanError, feasible, plan};

/// Days that end at any of these hotels, hours of driving from one another, and begin where the one before ended.
fn hotels(dates: &[&str], places: &[(&str, i64)]) -> Made {
    let mut made = Made::of(dates);
    for &(code, place) in places {
        made.base(code, place, 0);
    }
    let codes: Vec<String> = made.tour.frame.bases.iter().map(|base| base.code.clone()).collect();
    for (index, day) in made.tour.frame.days.iter_mut().enumerate() {
        day.from = if index == 0 { codes.clone() } else { Vec::new() };
        day.to.clone_from(&codes);
    }
    made
}

const DATES: [&str; 5] = ["2005-11-14", "2005-11-15", "2005-11-16", "2005-11-17", "2005-11-18"];

#[test]
fn a_visit_that_only_one_pair_of_bases_allows_is_found_and_proven() {
    let mut made = hotels(&DATES[..2], &[("F", 400), ("G", 800)]);
    // 27 choices: only from G and back to it can A be visited.
    made.open("A", 810, 5, "Mo 10:00-17:00").minutes = 400;
    let found = made.planned().unwrap();
    assert_eq!(brief(&found.plan), ["G 09:50, A 10:00-16:40, G 16:50", "G 08:00, G 08:00"]);
    assert!(found.proven);
    made.confirm("A", "2005-11-14 10:00");
    assert!(made.planned().unwrap().proven);
    made.check(&feasible(&made.tour, &made.travel(), &quick()).unwrap());
    // That there is none is then proven, too.
    made.tour.hosts[0].minutes = 600;
    let Err(PlanError::Infeasible(infeasible)) = made.planned() else { panic!("it is too long") };
    assert!(infeasible.proven);
}

#[test]
fn of_more_choices_than_are_all_tried_one_is_found_that_keeps_all_demands() {
    let mut made = hotels(&DATES, &[("F", 250), ("G", 500)]);
    assert!(made.tour.frame.bases.len().pow(6) > MOST_CHOICES);
    // Each can be visited only from the hotel near it and back to it.
    made.open("A", 510, 5, "Tu 09:00-18:00").minutes = 500;
    made.open("B", 260, 5, "Th 09:00-18:00").minutes = 500;
    made.confirm("A", "2005-11-15 09:00");
    made.confirm("B", "2005-11-17 09:00");
    let found = made.planned().unwrap();
    assert_eq!((found.plan.days[1].to.as_str(), found.plan.days[3].to.as_str()), ("G", "F"));
    assert!(!found.proven);
    assert_eq!(made.planned().unwrap(), found, "the same tour has the same plan");
    made.check(&feasible(&made.tour, &made.travel(), &quick()).unwrap());
}

#[test]
fn one_hotel_for_all_nights_is_changed_together_with_where_days_begin() {
    let mut made = hotels(&DATES, &[("F", 250), ("G", 500)]);
    made.tour.frame.one_hotel = true;
    let codes = made.tour.frame.days[0].to.clone();
    for day in &mut made.tour.frame.days {
        day.from.clone_from(&codes);
    }
    made.open("A", 510, 5, "Fr 09:00-18:00").minutes = 500;
    assert_eq!(made.planned().unwrap().value.total, 5);
}

#[test]
fn a_start_is_kept_among_many_choices_and_time_that_is_over_ends_the_search() {
    let mut made = hotels(&DATES, &[("F", 250), ("G", 500)]);
    made.open("A", 510, 5, "Tu 09:00-18:00").minutes = 500;
    let first = made.planned().unwrap().plan;
    let over = || 1.0;
    let options = crate::planning::Options { start: Some(&first), spent: Some(&over), ..quick() };
    let found = plan(&made.tour, &made.travel(), &made.worth(), &options).unwrap();
    assert_eq!(found.value.total, 5);
}
