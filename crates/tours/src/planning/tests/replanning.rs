//! Plans after something has happened.

use super::made::{Made, at, brief, quick};
use crate::plan::Plan;
use crate::planning::{Change, Event, Late, PlanError, Replanned, changes, replan};
use crate::visit::Demand;

fn replanned(made: &Made, old: &Plan, event: &Event) -> Replanned {
    replan(&made.tour, &made.travel(), &made.worth(), old, event, &quick()).unwrap()
}

fn late(until: &str, place: &str) -> Late {
    Late { until: at(until), at: place.to_owned() }
}

/// A and B in the morning, C in the afternoon.
fn made() -> (Made, Plan) {
    let mut made = Made::day();
    made.open("A", 10, 5, "Mo-Fr 09:00-12:00");
    made.open("B", 20, 5, "Mo-Fr 10:10-13:00");
    made.open("C", 30, 5, "Mo-Fr 15:00-17:00");
    made.visit("C").start = Some(at("2005-11-15 15:30"));
    let old = made.planned().unwrap().plan;
    (made, old)
}

#[test]
fn where_nothing_happens_nothing_changes() {
    let (made, old) = made();
    let same = replanned(&made, &old, &Event::default());
    assert_eq!((brief(&same.plan), same.changes), (brief(&old), vec![]));
    assert!(same.lost.is_empty() && same.proven);
    let midday = Event { now: Some(at("2005-11-15 14:00")), ..Event::default() };
    assert_eq!(replanned(&made, &old, &midday).changes, []);
    let evening = Event { now: Some(at("2005-11-15 23:00")), ..Event::default() };
    assert_eq!(replanned(&made, &old, &evening).plan.days, old.days);
}

#[test]
fn who_declines_is_left_out_and_the_gap_is_filled_without_moving_anybody() {
    let (mut made, old) = made();
    let event = Event { declined: vec!["B".to_owned()], ..Event::default() };
    let without = replanned(&made, &old, &event);
    let start = old.stop_at("B").unwrap().1.starts;
    assert_eq!(without.changes, [Change::Removed { host: "B".to_owned(), start }]);
    made.open("D", 20, 3, "Mo-Fr 09:00-18:00");
    let filled = replanned(&made, &old, &event);
    assert_eq!(filled.changes.len(), 2);
    assert!(matches!(&filled.changes[1], Change::Added { host, .. } if host == "D"));
    assert_eq!(filled.value.total, 13);
}

#[test]
fn a_coach_that_is_late_moves_visits_no_further_than_it_must() {
    let mut made = Made::day();
    made.open("A", 10, 5, "Mo-Fr 09:00-12:00");
    made.open("B", 20, 5, "Mo-Fr 09:00-13:00");
    made.open("C", 30, 5, "Mo-Fr 09:00-17:00");
    made.confirm("C", "2005-11-15 14:00");
    let mut old = made.planned().unwrap().plan;
    // A at 9, B at half past ten.
    let day = &mut old.days[0];
    for (stop, start) in [(0, "09:00"), (1, "10:30")] {
        let start = at(&format!("2005-11-15 {start}"));
        let stop = &mut day.stops[stop];
        (stop.arrives, stop.starts, stop.ends) = (start, start, start + chrono::TimeDelta::hours(1));
    }
    day.departs = at("2005-11-15 08:50");
    assert_eq!(brief(&old), ["H 08:50, A 09:00-10:00, B 10:30-11:30, C 14:00-15:00, H 15:30"]);
    let event = Event { late: Some(late("2005-11-15 09:10", "H")), ..Event::default() };
    let moved = replanned(&made, &old, &event);
    // A is 20 minutes late, B just in time, C is confirmed.
    assert_eq!(
        moved.changes,
        [Change::OtherTime { host: "A".to_owned(), before: at("2005-11-15 09:00"), later: 20 }]
    );
    assert_eq!(brief(&moved.plan), ["H 09:10, A 09:20-10:20, B 10:30-11:30, C 14:00-15:00, H 15:30"]);
    // Too late for A before B, but not after it.
    let event = Event { late: Some(late("2005-11-15 10:20", "H")), ..Event::default() };
    let moved = replanned(&made, &old, &event);
    assert_eq!(moved.changes.len(), 2, "{:?}", moved.changes);
    assert_eq!(brief(&moved.plan), ["H 10:20, A 10:30-11:30, B 11:40-12:40, C 14:00-15:00, H 15:30"]);
    // Too late for one of them.
    let event = Event { late: Some(late("2005-11-15 11:00", "H")), ..Event::default() };
    let moved = replanned(&made, &old, &event);
    assert_eq!(moved.plan.stops().count(), 2);
    assert!(moved.proven && moved.lost.is_empty());
    // Too late for what is confirmed.
    let event = Event { late: Some(late("2005-11-15 14:00", "H")), ..Event::default() };
    let moved = replanned(&made, &old, &event);
    assert_eq!(moved.lost, ["C"]);
    assert_eq!(moved.plan.stops().count(), 0);
}

#[test]
fn what_has_begun_is_kept_to_the_minute() {
    let (made, old) = made();
    // While A is visited, B declines and the coach breaks down at A.
    let a = old.stop_at("A").unwrap().1.clone();
    let now = a.starts + chrono::TimeDelta::minutes(10);
    let event =
        Event { now: Some(now), declined: vec!["B".to_owned()], late: Some(late("2005-11-15 15:00", "A")) };
    let moved = replanned(&made, &old, &event);
    assert_eq!(moved.plan.stop_at("A").unwrap().1, &a);
    assert_eq!(moved.plan.days[0].departs, old.days[0].departs);
    assert_eq!(moved.changes.len(), 1);
    // C is wanted at 15:30, and can be reached by then; ten minutes later not.
    let event = Event { late: Some(late("2005-11-15 15:15", "A")), ..event };
    let moved = replanned(&made, &old, &event);
    assert_eq!(moved.changes.len(), 2);
    assert_eq!(moved.plan.days[0].returns, at("2005-11-15 15:25"));
}

#[test]
fn a_visit_that_no_longer_fits_its_day_goes_to_another() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    made.open("A", 10, 5, "Mo-Fr 09:00-10:00");
    made.open("B", 10, 5, "Mo-Fr 09:00-11:00");
    let mut old = made.planned().unwrap().plan;
    if old.days[0].stops.is_empty() {
        old.days.swap(0, 1);
    }
    let on = |plan: &Plan, host: &str| plan.stop_at(host).unwrap().0.date;
    let event = Event { late: Some(late("2005-11-15 12:00", "H")), ..Event::default() };
    let moved = replanned(&made, &old, &event);
    assert_eq!(moved.plan.stops().count(), 2);
    assert_eq!(on(&moved.plan, "A"), super::made::date("2005-11-16"));
    assert_eq!(on(&moved.plan, "B"), super::made::date("2005-11-16"));
}

#[test]
fn a_mandatory_visit_comes_before_others() {
    let mut made = Made::day();
    made.open("A", 10, 50, "Mo-Fr 09:00-11:00");
    made.open("B", 10, 1, "Mo-Fr 09:00-11:00");
    made.visit("B").demand = Demand::Mandatory;
    let old = made.planned().unwrap().plan;
    assert_eq!(old.stops().count(), 2);
    let event = Event { late: Some(late("2005-11-15 09:30", "H")), ..Event::default() };
    let moved = replanned(&made, &old, &event);
    assert!(moved.plan.stop_at("B").is_some() && moved.plan.stop_at("A").is_none());
}

#[test]
fn what_is_wrong_with_the_event_is_said() {
    let (made, old) = made();
    let answer = |event| replan(&made.tour, &made.travel(), &made.worth(), &old, &event, &quick());
    let unknown = |code: &str| Err(PlanError::UnknownHost { by: "the event", code: code.to_owned() });
    assert_eq!(answer(Event { declined: vec!["Z".to_owned()], ..Event::default() }), unknown("Z"));
    assert_eq!(answer(Event { late: Some(late("2005-11-15 09:00", "Z")), ..Event::default() }), unknown("Z"));
}

#[test]
fn what_differs_between_two_plans_is_listed() {
    let (_, old) = made();
    let mut new = old.clone();
    new.days[0].stops[0].starts += chrono::TimeDelta::minutes(5);
    let gone = new.days[0].stops.pop().unwrap();
    let first = &old.days[0].stops[0];
    assert_eq!(
        changes(&old, &new),
        [
            Change::Removed { host: gone.host.clone(), start: gone.starts },
            Change::OtherTime { host: first.host.clone(), before: first.starts, later: 5 },
        ]
    );
    assert_eq!(changes(&new, &old)[1], Change::Added { host: gone.host, start: gone.starts });
}
