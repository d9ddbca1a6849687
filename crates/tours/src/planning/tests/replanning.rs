//! Plans after something has happened.

use super::made::{Made, at, brief, date, quick, time};
use crate::check::{Breach, check};
use crate::plan::Plan;
use crate::planning::{Change, Event, Late, Missing, PlanError, Replanned, changes, replan};
use crate::rules::{Per, Quota, Which};
use crate::travel::{Leg, Way};
use crate::visit::{Demand, State};

/// What becomes of a plan, which breaks nothing but what is told to be lost.
fn replanned(made: &Made, old: &Plan, event: &Event) -> Replanned {
    let found = replan(&made.tour, &made.travel(), &made.worth(), old, event, &quick()).unwrap();
    let mut tour = made.tour.clone();
    for visit in &mut tour.visits {
        if event.declined.contains(&visit.host) {
            (visit.state, visit.demand) = (State::Declined, Demand::Free);
        }
        if found.lost.contains(&visit.host) {
            (visit.state, visit.demand, visit.start) = (State::Asked, Demand::Free, None);
        }
    }
    for missing in &found.short {
        let Missing::Quota { quota, .. } = missing else { panic!("{missing:?}") };
        tour.rules.quotas[*quota].least = 0;
    }
    let mut verdict = check(&tour, &made.travel(), &found.plan);
    // Who declines once the visit has ended was visited all the same.
    verdict.violations.retain(|violation| {
        let ended = |code: &String| old.stop_at(code).is_some_and(|(_, stop)| Some(stop.ends) <= event.now);
        let host = violation.host.as_ref().map(|host| &host.code);
        !(violation.breach == Breach::Declined && host.is_some_and(ended))
    });
    assert!(verdict.is_good(), "{:#?}\n{:#?}", verdict.violations, brief(&found.plan));
    found
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
    assert_eq!(on(&moved.plan, "A"), date("2005-11-16"));
    assert_eq!(on(&moved.plan, "B"), date("2005-11-16"));
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

#[test]
fn nothing_is_planned_before_it_is() {
    let mut made = Made::day();
    made.tour.frame.days[0].most = Some(1);
    made.open("B", 10, 9, "Mo-Su 12:00-13:00");
    made.open("D", 10, 3, "Mo-Su 09:00-10:00");
    made.open("E", 10, 1, "Mo-Su 11:00-12:30");
    let old = made.planned().unwrap().plan;
    assert!(old.days[0].departs > at("2005-11-15 11:00"));
    let event =
        Event { now: Some(at("2005-11-15 11:00")), declined: vec!["B".to_owned()], ..Event::default() };
    let found = replanned(&made, &old, &event);
    assert_eq!(brief(&found.plan), ["H 11:00, E 11:10-12:10, H 12:20"]);
}

#[test]
fn what_comes_after_the_stop_where_the_coach_is_late_has_not_begun() {
    let (mut made, old) = made();
    made.tour.hosts[1].hours = Some("Mo-Fr 10:10-14:00".to_owned().try_into().unwrap());
    let b = old.stop_at("B").unwrap().1;
    assert_eq!(b.starts, at("2005-11-15 12:00"));
    let event = Event {
        now: Some(b.starts + chrono::TimeDelta::minutes(5)),
        late: Some(late("2005-11-15 12:10", "A")),
        ..Event::default()
    };
    let found = replanned(&made, &old, &event);
    let moved = found.plan.stop_at("B").unwrap().1;
    assert_eq!(moved.arrives, at("2005-11-15 12:20"));
    assert_eq!(found.plan.stop_at("A").unwrap().1, old.stop_at("A").unwrap().1);
}

#[test]
fn who_declines_before_the_visit_has_ended_is_not_visited() {
    let (mut made, old) = made();
    let b = old.stop_at("B").unwrap().1;
    let at_the_door = Event {
        now: Some(b.starts + chrono::TimeDelta::minutes(5)),
        declined: vec!["B".to_owned()],
        ..Event::default()
    };
    let found = replanned(&made, &old, &at_the_door);
    assert!(found.plan.stop_at("B").is_none());
    // From B on it is ten minutes to C; the coach cannot be there sooner.
    let c = found.plan.stop_at("C").unwrap().1;
    assert!(c.arrives >= b.starts + chrono::TimeDelta::minutes(15));
    // The same where the tour says so, and while the coach drives there.
    made.visit("B").state = State::Declined;
    let on_the_way = Event { now: Some(b.arrives - chrono::TimeDelta::minutes(5)), ..Event::default() };
    assert!(replanned(&made, &old, &on_the_way).plan.stop_at("B").is_none());
    // Once it has ended it has been.
    let after = Event { now: Some(b.ends), ..Event::default() };
    assert!(
        replan(&made.tour, &made.travel(), &made.worth(), &old, &after, &quick())
            .unwrap()
            .plan
            .stop_at("B")
            .is_some()
    );
}

#[test]
fn a_coach_that_is_late_elsewhere_still_comes_from_its_base() {
    let (made, old) = made();
    // It can go on from C at five to nine, twenty minutes from A.
    let event = Event { late: Some(late("2005-11-15 08:55", "C")), ..Event::default() };
    let found = replanned(&made, &old, &event);
    assert_eq!(found.plan.days[0].from, "H");
    assert_eq!(found.plan.stop_at("A").unwrap().1.arrives, at("2005-11-15 09:15"));
    // Nobody eats at the hotel that was left.
    let mut made = made;
    made.tour.frame.days[0].meal = Some(super::made::meal("09:00", "12:30", 30));
    let old = made.planned().unwrap().plan;
    let now = old.days[0].departs + chrono::TimeDelta::minutes(1);
    let event = Event { now: Some(now), late: Some(late("2005-11-15 11:00", "C")), ..Event::default() };
    let found = replanned(&made, &old, &event);
    assert_ne!(found.plan.days[0].meal.as_ref().unwrap().at.as_deref(), Some("H"));
}

#[test]
fn a_coach_cannot_be_late_on_no_day_and_a_day_is_not_over_while_it_is_late() {
    let (made, old) = made();
    let event = Event { late: Some(late("2005-11-16 12:00", "H")), ..Event::default() };
    let answer = replan(&made.tour, &made.travel(), &made.worth(), &old, &event, &quick());
    assert_eq!(answer, Err(PlanError::LateOnNoDay { date: date("2005-11-16") }));
    let mut made = made;
    made.tour.frame.days[0].ends = time("21:00");
    let returns = old.days[0].returns;
    let event = Event {
        now: Some(returns + chrono::TimeDelta::minutes(10)),
        late: Some(late("2005-11-15 20:00", "C")),
        ..Event::default()
    };
    let found = replanned(&made, &old, &event);
    assert_eq!(found.plan.days[0].returns, at("2005-11-15 20:30"));
    assert_eq!(found.changes, []);
    // Later than the day may end there is no plan, and that is said.
    let event = Event { late: Some(late("2005-11-15 20:40", "C")), ..event };
    let answer = replan(&made.tour, &made.travel(), &made.worth(), &old, &event, &quick());
    let Err(PlanError::Infeasible(why)) = answer else { panic!("{answer:?}") };
    assert!(matches!(why.missing.as_slice(), [Missing::Day { .. }]), "{why}");
}

#[test]
fn an_order_that_is_as_before_does_not_shorten_the_night() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    made.tour.frame.days[0].ends = time("22:00");
    made.tour.frame.days[1].starts = time("05:00");
    made.open("A", 0, 5, "Tu 16:30-19:00");
    made.open("B", 0, 5, "Tu 16:30-19:30");
    made.open("C", 0, 5, "We 06:00-12:00");
    let legs = [
        ("H", "A", 10),
        ("H", "B", 60),
        ("H", "C", 30),
        ("A", "H", 10),
        ("A", "B", 30),
        ("A", "C", 100),
        ("B", "H", 45),
        ("B", "A", 30),
        ("B", "C", 100),
        ("C", "H", 30),
        ("C", "A", 100),
        ("C", "B", 100),
    ];
    made.ways = legs.map(|(from, to, minutes)| (from, to, Way::Leg(Leg { minutes, metres: None }))).to_vec();
    let old = made.planned().unwrap().plan;
    assert_eq!(brief(&old)[0], "H 16:20, A 16:30-17:30, B 18:00-19:00, H 19:45");
    // To be at C at seven the coach is back by half past seven: B first.
    made.confirm("C", "2005-11-16 07:00");
    let found = replanned(&made, &old, &Event::default());
    assert_eq!(brief(&found.plan)[0], "H 15:30, B 16:30-17:30, A 18:00-19:00, H 19:10");
}

#[test]
fn a_quota_that_can_no_longer_be_kept_to_is_told() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    made.open("A", 10, 9, "Tu 09:00-10:00");
    made.open("I", 10, 9, "We 09:00-10:00");
    made.open("J", 10, 0, "We 11:00-12:00");
    let which = |hosts: &[&str]| Which {
        hosts: hosts.iter().map(|&code| code.to_owned()).collect(),
        ..Which::default()
    };
    let quota = |hosts: &[&str], least, per| Quota { which: which(hosts), least, most: None, per };
    made.tour.rules.quotas = vec![quota(&["I"], 1, Per::Tour), quota(&["I", "J"], 1, Per::Tour)];
    let old = made.planned().unwrap().plan;
    let event = Event { declined: vec!["I".to_owned()], ..Event::default() };
    let found = replanned(&made, &old, &event);
    assert_eq!(found.short, [Missing::Quota { quota: 0, date: None, missing: 1 }]);
    assert!(found.plan.stop_at("A").is_some() && found.plan.stop_at("J").is_some());
    // By day: on the first there is nobody left.
    made.tour.rules.quotas = vec![quota(&["A", "I", "J"], 1, Per::Day)];
    let event = Event { declined: vec!["A".to_owned(), "I".to_owned()], ..Event::default() };
    let found = replanned(&made, &old, &event);
    let date = Some(date("2005-11-15"));
    assert_eq!(found.short, [Missing::Quota { quota: 0, date, missing: 1 }]);
    assert!(found.plan.stop_at("J").is_some());
}
