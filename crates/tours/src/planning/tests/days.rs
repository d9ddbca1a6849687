//! Nights, hotels, and where days begin and end.

use super::made::{Made, time};
use crate::frame::Driving;
use crate::planning::PlanError;

#[test]
fn the_night_is_spent_where_the_days_are_worth_most() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    made.base("F", 200, 0);
    made.tour.frame.days[0].to = vec!["H".to_owned(), "F".to_owned()];
    made.tour.frame.days[1].from.clear();
    made.tour.frame.days[1].to = vec!["F".to_owned()];
    made.open("A", 210, 5, "We 08:10-09:10");
    // Only who wakes up at F can be with A at ten past eight.
    assert_eq!(made.best(), ["H 08:00, F 11:20", "F 08:00, A 08:10-09:10, F 09:20"]);
    // F is no hotel: the way from H takes 3 hours and 30 minutes.
    made.tour.frame.bases[1].hotel = false;
    assert_eq!(made.planned().unwrap().value.total, 0);
}

#[test]
fn all_nights_can_be_asked_for_in_one_hotel() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16", "2005-11-17"]);
    for code in ["E", "F"] {
        made.base(code, if code == "E" { 100 } else { 200 }, 0);
    }
    let all = || vec!["H".to_owned(), "E".to_owned(), "F".to_owned()];
    for day in 0..3 {
        made.tour.frame.days[day].to = if day == 2 { vec!["H".to_owned()] } else { all() };
        if day > 0 {
            made.tour.frame.days[day].from.clear();
        }
    }
    made.open("A", 110, 5, "We 08:10-09:10");
    made.open("B", 210, 4, "Th 08:10-09:10");
    let nights = |made: &Made| -> Vec<String> {
        made.planned().unwrap().plan.days.iter().map(|day| day.to.clone()).collect()
    };
    assert_eq!(nights(&made), ["E", "F", "H"]);
    assert_eq!(made.planned().unwrap().value.total, 9);
    made.tour.frame.one_hotel = true;
    assert_eq!(nights(&made), ["E", "E", "H"]);
    assert_eq!(made.planned().unwrap().value.total, 5);
    made.tour.frame.days[0].to = vec!["F".to_owned()];
    made.tour.frame.days[1].to = vec!["E".to_owned()];
    assert_eq!(made.planned(), Err(PlanError::NoCommonHotel));
}

#[test]
fn more_hotels_than_can_all_be_tried_are_changed_one_by_one() {
    let dates = ["2005-11-14", "2005-11-15", "2005-11-16", "2005-11-17", "2005-11-18"];
    let mut made = Made::of(&dates);
    for (code, place) in [("E", 100), ("F", 200)] {
        made.base(code, place, 0);
    }
    let all = || vec!["H".to_owned(), "E".to_owned(), "F".to_owned()];
    for (index, day) in made.tour.frame.days.iter_mut().enumerate() {
        day.to = if index == 4 { vec!["H".to_owned()] } else { all() };
        day.from = if index == 0 { all() } else { Vec::new() };
    }
    made.open("A", 110, 5, "We 08:10-09:10");
    made.open("B", 210, 4, "Fr 08:10-09:10");
    let planned = made.planned().unwrap();
    assert_eq!(planned.value.total, 9);
    assert!(!planned.proven);
    assert_eq!((planned.plan.days[1].to.as_str(), planned.plan.days[3].to.as_str()), ("E", "F"));
}

#[test]
fn the_driver_has_a_night() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    made.tour.frame.driving = Driving { night: 660, ..Driving::default() };
    for day in &mut made.tour.frame.days {
        (day.starts, day.ends) = (time("06:00"), time("22:00"));
    }
    made.open("A", 30, 5, "Tu 20:00-21:00");
    made.open("B", 30, 4, "We 08:00-09:00");
    // Back at 21:30, gone at 7:30: ten hours. A is worth more than B.
    assert_eq!(made.best()[0], "H 19:30, A 20:00-21:00, H 21:30");
    let planned = made.planned().unwrap();
    assert_eq!((planned.value.total, planned.proven), (5, true));
    // An hour later there are eleven.
    made.open("C", 30, 4, "We 09:00-10:00");
    assert_eq!(made.best()[1], "H 08:30, C 09:00-10:00, H 10:30");
    assert_eq!(made.planned().unwrap().value.total, 9);
}

#[test]
fn a_night_that_cannot_be_long_enough_is_said() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    for day in &mut made.tour.frame.days {
        (day.starts, day.ends) = (time("06:00"), time("22:00"));
    }
    made.host("A", 30, 5);
    made.host("B", 30, 5);
    made.confirm("A", "2005-11-15 20:00");
    made.confirm("B", "2005-11-16 08:00");
    let Err(PlanError::Infeasible(infeasible)) = made.planned() else { panic!("it fits") };
    assert_eq!(
        infeasible.missing,
        [crate::planning::Missing::Night { date: super::made::date("2005-11-16") }]
    );
}

#[test]
fn what_is_wrong_with_days_is_said() {
    let broken = |change: fn(&mut Made)| {
        let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
        made.host("A", 30, 5);
        change(&mut made);
        made.planned().unwrap_err()
    };
    let date = super::made::date;
    assert_eq!(broken(|made| made.tour.frame.days.clear()), PlanError::NoDays);
    assert_eq!(
        broken(|made| made.tour.frame.days.reverse()),
        PlanError::DaysOutOfOrder { date: date("2005-11-15") }
    );
    assert_eq!(
        broken(|made| made.tour.frame.days[1].ends = time("07:00")),
        PlanError::DayEndsBeforeItStarts { date: date("2005-11-16") }
    );
    assert_eq!(
        broken(|made| made.tour.frame.days[0].meal = Some(super::made::meal("13:00", "12:00", 60))),
        PlanError::MealWindow { date: date("2005-11-15") }
    );
    assert_eq!(
        broken(|made| made.tour.frame.days[0].from.clear()),
        PlanError::NoBase { date: date("2005-11-15"), begins: true }
    );
    assert_eq!(
        broken(|made| made.tour.frame.days[1].to = vec!["X".to_owned()]),
        PlanError::UnknownBase { date: date("2005-11-16"), code: "X".to_owned() }
    );
    assert_eq!(
        broken(|made| made.tour.frame.bases[0].hotel = false),
        PlanError::NoHotel { date: date("2005-11-15") }
    );
    assert_eq!(broken(|made| made.tour.frame.seats = Some(0)), PlanError::Seats { people: 1, seats: 0 });
    assert!(matches!(broken(|made| made.tour.frame.round = 0), PlanError::Zero { .. }));
    assert_eq!(
        broken(|made| made.tour.hosts[0].code = "H".to_owned()),
        PlanError::CodeTwice { code: "H".to_owned() }
    );
}
