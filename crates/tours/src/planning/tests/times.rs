//! When visits may begin.

use super::made::{Made, at, meal, time};
use crate::delegation::Pace;
use crate::frame::Driving;

#[test]
fn a_host_with_two_windows_is_visited_in_the_one_that_leaves_room_for_the_other_host() {
    let mut made = Made::day();
    made.open("A", 10, 5, "Mo-Fr 09:00-10:00,14:00-15:00");
    made.open("B", 20, 5, "Mo-Fr 09:00-10:00");
    assert_eq!(made.best(), ["H 08:40, B 09:00-10:00, A 14:00-15:00, H 15:10"]);
    assert!(made.planned().unwrap().value.total == 10);
}

#[test]
fn nobody_is_visited_on_a_public_holiday() {
    // 1 November is a holiday in Italy and none in Albania.
    let mut made = Made::of(&["2005-11-01", "2005-11-02"]);
    made.open("A", 10, 5, "Mo-Fr 09:00-10:00; PH off");
    assert_eq!(made.best(), ["H 08:00, H 08:00", "H 08:50, A 09:00-10:00, H 10:10"]);
    made.tour.hosts[0].country = Some("AL".to_owned());
    made.tour.hosts[0].valid_until = Some(super::made::date("2005-11-01"));
    assert_eq!(made.best(), ["H 08:50, A 09:00-10:00, H 10:10", "H 08:00, H 08:00"]);
}

#[test]
fn hours_are_those_of_the_hosts_own_clock() {
    // Athens is an hour ahead of Rome: 10 there is 9 here.
    let mut made = Made::day();
    made.open("A", 10, 5, "Mo-Fr 10:00-11:00").time_zone = Some(chrono_tz::Europe::Athens);
    assert_eq!(made.best(), ["H 08:50, A 09:00-10:00, H 10:10"]);
}

#[test]
fn the_clock_that_is_set_back_between_two_days_lengthens_the_night() {
    // Summer time ended on Sunday, 30 October 2005, at 3. From 20:30 to 7:00 the clocks show ten hours and a half; eleven and a half pass.
    let mut made = Made::of(&["2005-10-29", "2005-10-30"]);
    made.tour.frame.days[0].ends = time("21:00");
    made.tour.frame.days[1].starts = time("06:00");
    made.open("A", 30, 5, "Sa 19:00-20:00");
    made.open("B", 10, 5, "Su 07:10-08:10");
    assert_eq!(made.best(), ["H 18:30, A 19:00-20:00, H 20:30", "H 07:00, B 07:10-08:10, H 08:20"]);
    // A week later no clock is changed, and the driver may not leave before 7:30.
    for (day, date) in made.tour.frame.days.iter_mut().zip(["2005-11-05", "2005-11-06"]) {
        day.date = super::made::date(date);
    }
    let planned = made.planned().unwrap();
    assert_eq!(planned.value.total, 5);
    assert!(planned.plan.stop_at("A").is_some() != planned.plan.stop_at("B").is_some());
}

#[test]
fn the_meal_is_taken_between_visits() {
    let mut made = Made::day();
    made.tour.frame.days[0].meal = Some(meal("12:00", "13:00", 60));
    made.open("A", 30, 5, "Mo-Fr 10:00-13:00").minutes = 120;
    made.open("B", 40, 5, "Mo-Fr 13:30-14:30");
    // From A, left at noon at the earliest, B is reached at 12:10: the meal is taken at one of them, before B opens.
    let plan = made.planned().unwrap();
    assert_eq!(plan.value.total, 10);
    let day = &plan.plan.days[0];
    let eaten = day.meal.as_ref().unwrap();
    assert!(eaten.starts >= at("2005-11-15 12:00") && eaten.ends <= at("2005-11-15 13:30"));
    assert_eq!(day.returns, at("2005-11-15 15:10"));
    // C lets nobody eat: neither before ten past twelve nor by one can the meal begin and be done.
    made.open("C", 40, 20, "Mo-Fr 12:10-13:10");
    assert_eq!(made.planned().unwrap().value.total, 10);
}

#[test]
fn a_visit_to_a_host_that_feeds_is_the_meal() {
    let mut made = Made::day();
    made.tour.frame.days[0].meal = Some(meal("12:00", "13:00", 60));
    made.open("A", 30, 5, "Mo-Fr 12:30-14:00").meal = true;
    made.open("B", 30, 5, "Mo-Fr 13:30-14:30");
    // Two hosts at one place: A is the meal, from 12:30 to 13:30.
    assert_eq!(made.best(), ["H 12:00, A 12:30-13:30, B 13:30-14:30, meal at A 12:30-13:30, H 15:00"]);
}

#[test]
fn one_is_early_at_a_confirmed_visit_whatever_the_hours() {
    let mut made = Made::day();
    made.tour.frame.buffer = 15;
    made.open("A", 30, 0, "Mo-Fr 14:00-15:00").consent = false;
    made.confirm("A", "2005-11-15 10:00");
    assert_eq!(made.best(), ["H 09:15, A 10:00-11:00, H 11:30"]);
    // B is left at 9:25 at the earliest, A is reached at 9:45: in time. With a minute more of buffer not.
    made.open("B", 10, 5, "Mo-Fr 08:25-09:25");
    assert_eq!(made.best(), ["H 08:15, B 08:25-09:25, A 10:00-11:00, H 11:30"]);
    made.tour.frame.buffer = 16;
    assert_eq!(made.planned().unwrap().value.total, 0);
}

#[test]
fn a_visit_is_at_the_time_at_which_it_is_wanted() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    made.host("A", 30, 5);
    made.visit("A").start = Some(at("2005-11-16 11:11"));
    assert_eq!(made.best(), ["H 08:00, H 08:00", "H 10:41, A 11:11-12:11, H 12:41"]);
    made.visit("A").start = None;
    made.visit("A").day = Some(super::made::date("2005-11-16"));
    assert_eq!(made.best(), ["H 08:00, H 08:00", "H 08:00, A 08:30-09:30, H 10:00"]);
    // Closed at the time that is wanted.
    made.visit("A").start = Some(at("2005-11-16 17:30"));
    assert_eq!(made.planned().unwrap().value.total, 0);
    // Without hours any time that is wanted will do.
    made.tour.hosts[0].hours = None;
    made.tour.frame.days[1].ends = time("20:00");
    assert_eq!(made.planned().unwrap().value.total, 5);
    made.visit("A").start = None;
    assert_eq!(made.planned().unwrap().value.total, 0);
}

#[test]
fn the_driver_rests_after_a_stretch() {
    let mut made = Made::day();
    made.tour.frame.driving = Driving { stretch: 60, rest: 30, day: 540, night: 660 };
    made.open("A", 90, 5, "Mo-Fr 12:00-13:00");
    // An hour, a rest, half an hour; the visit is a rest; an hour, a rest, half an hour.
    assert_eq!(
        made.best(),
        ["H 10:00, A 12:00-13:00, rest at - 11:00-11:30, rest at - 14:00-14:30, H 15:00"]
    );
    // A visit shorter than a rest is none: half an hour is left, then every hour.
    made.tour.hosts[0].minutes = 20;
    made.open("A", 90, 5, "Mo-Fr 12:00-12:20");
    made.tour.hosts.remove(1);
    made.tour.visits.remove(1);
    made.tour.hosts[0].hours = Some(crate::Hours::parse("Mo-Fr 12:00-12:20").unwrap());
    let planned = made.planned().unwrap();
    let day = &planned.plan.days[0];
    assert_eq!(day.returns, at("2005-11-15 14:20"));
}

#[test]
fn a_day_has_only_so_much_driving() {
    let mut made = Made::day();
    made.tour.frame.driving.day = 100;
    made.host("A", 50, 5);
    made.host("B", 60, 9);
    assert_eq!(made.planned().unwrap().value.total, 5);
}

#[test]
fn travel_times_are_rounded_up() {
    let mut made = Made::day();
    made.tour.frame.round = 15;
    made.open("A", 31, 5, "Mo-Fr 09:00-10:00");
    assert_eq!(made.best(), ["H 08:15, A 09:00-10:00, H 10:45"]);
}

#[test]
fn pace_gives_time_after_each_visit_and_limits_their_number() {
    let mut made = Made::day();
    made.tour.delegation.pace = Pace::Relaxed;
    for code in ["A", "B", "C", "D", "E"] {
        made.host(code, 10, 5);
    }
    let planned = made.planned().unwrap();
    assert_eq!(planned.value.total, 20);
    // Four visits of an hour at one place, 20 minutes after each.
    assert_eq!(planned.plan.days[0].returns, at("2005-11-15 13:40"));
    made.tour.frame.days[0].most = Some(2);
    assert_eq!(made.planned().unwrap().value.total, 10);
}

#[test]
fn groups_are_received_one_after_the_other() {
    let mut made = Made::day();
    made.tour.delegation.staff = 24;
    let host = made.open("A", 10, 5, "Mo-Fr 09:00-11:00");
    (host.group, host.guides, host.stagger) = (Some(10), 2, Some(30));
    // 25 people are three groups of 9, 8 and 8; the third begins half an hour later.
    let planned = made.planned().unwrap();
    let stop = &planned.plan.days[0].stops[0];
    let slots: Vec<_> = stop.slots.iter().map(|slot| (slot.people, slot.starts, slot.ends)).collect();
    let times = |from, until| (at(from), at(until));
    let (nine, ten) = times("2005-11-15 09:00", "2005-11-15 10:00");
    let (later, end) = times("2005-11-15 09:30", "2005-11-15 10:30");
    assert_eq!(slots, [(9, nine, ten), (8, nine, ten), (8, later, end)]);
    assert_eq!((stop.starts, stop.ends), (nine, end));
    // It does not fit into an hour and a quarter.
    made.tour.hosts[0].hours = Some(crate::Hours::parse("Mo-Fr 09:00-10:15").unwrap());
    assert_eq!(made.planned().unwrap().value.total, 0);
    // The time that was agreed is that of a group.
    made.visit("A").minutes = Some(45);
    assert_eq!(made.planned().unwrap().value.total, 5);
}
