//! Plans after something has happened.

use super::made::{Made, at, brief, date, quick, time};
use crate::check::{Breach, check};
use crate::plan::{Pause, Plan};
use crate::planning::{
    Change, DayDifference, Event, Late, Missing, Overrun, PlanError, Refusal, Replanned, changes,
    day_changes, replan,
};
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
    for overrun in &found.overruns {
        let mut days = tour.frame.days.iter_mut();
        days.find(|day| day.date == overrun.date).unwrap().ends +=
            chrono::TimeDelta::minutes(overrun.minutes);
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
        // Nor does a check know that somebody ate at the door of a host who then declined.
        let eaten_at = |code: &String| {
            event.declined.contains(code)
                && old
                    .days
                    .iter()
                    .filter_map(|day| day.meal.as_ref())
                    .any(|meal| meal.at.as_ref() == Some(code) && Some(meal.starts) <= event.now)
        };
        match &violation.breach {
            Breach::Declined => !host.is_some_and(ended),
            Breach::MealElsewhere { at: Some(place) } => !eaten_at(&place.code),
            _ => true,
        }
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
fn what_differs_between_days_beside_their_visits_is_listed() {
    let (_, old) = lunch_first();
    let mut new = old.clone();
    assert_eq!(day_changes(&old, &new), []);
    let day = &mut new.days[0];
    (day.departs, day.returns) = (at("2005-11-15 13:45"), at("2005-11-15 16:50"));
    day.meal = Some(pause("12:10", "13:25", "H"));
    day.to = "S".to_owned();
    let listed: Vec<DayDifference> = day_changes(&old, &new).into_iter().map(|change| change.what).collect();
    let was = &old.days[0];
    assert_eq!(
        listed,
        [
            DayDifference::Departs { before: was.departs, after: at("2005-11-15 13:45") },
            DayDifference::Meal { before: was.meal.clone(), after: new.days[0].meal.clone() },
            DayDifference::Returns { before: was.returns, after: at("2005-11-15 16:50") },
            DayDifference::To { before: "H".to_owned(), after: "S".to_owned() },
        ]
    );
    new.days[0].meal = None;
    let gone = DayDifference::Meal { before: was.meal.clone(), after: None };
    assert!(day_changes(&old, &new).iter().any(|change| change.what == gone));
}

#[test]
fn a_replan_tells_when_the_day_ends_otherwise() {
    let (made, old) = lunch_first();
    let found = replanned(&made, &old, &Event { declined: vec!["C".to_owned()], ..now("12:30") });
    assert_eq!(found.day_changes, day_changes(&old, &found.plan));
    let sooner = DayDifference::Returns { before: at("2005-11-15 16:40"), after: at("2005-11-15 15:20") };
    assert_eq!(found.day_changes.iter().map(|change| &change.what).collect::<Vec<_>>(), [&sooner]);
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
    assert_eq!(found.overruns, []);
    // Later than the day may end one gets home all the same, and that is said.
    let event = Event { late: Some(late("2005-11-15 20:40", "C")), ..event };
    let found = replanned(&made, &old, &event);
    let overrun = Overrun { date: date("2005-11-15"), latest: time("21:00"), minutes: 10 };
    assert_eq!(found.overruns, [overrun]);
    assert_eq!(found.plan.days[0].returns, at("2005-11-15 21:10"));
}

#[test]
fn a_day_ends_later_than_it_may_by_no_more_than_it_must() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    made.open("A", 30, 5, "Tu 16:00-17:00");
    made.open("B", 20, 5, "Tu 17:10-18:00");
    made.tour.hosts[1].minutes = 20;
    made.open("C", 0, 5, "We 07:00-20:00");
    let old = made.planned().unwrap().plan;
    assert_eq!(brief(&old)[0], "H 15:30, A 16:00-17:00, B 17:10-17:30, H 17:50");
    // B could still be visited, but only later than one must be back.
    let now = Some(at("2005-11-15 17:00"));
    let event = Event { now, late: Some(late("2005-11-15 17:35", "A")), ..Event::default() };
    let found = replanned(&made, &old, &event);
    assert_eq!(brief(&found.plan)[0], "H 15:30, A 16:00-17:00, H 18:05");
    let overrun = Overrun { date: date("2005-11-15"), latest: time("18:00"), minutes: 5 };
    assert_eq!(found.overruns, [overrun]);
    assert!(found.plan.stop_at("C").is_some());
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

/// Lunch at the hotel from twelve to a quarter past one, then A at two and C.
fn lunch_first() -> (Made, Plan) {
    let mut made = Made::day();
    made.tour.frame.days[0].meal = Some(super::made::meal("12:00", "13:00", 75));
    made.open("A", 20, 5, "Mo-Fr 14:00-16:00");
    made.open("C", 30, 5, "Mo-Fr 15:00-18:00");
    let mut old = made.planned().unwrap().plan;
    let day = &mut old.days[0];
    day.departs = at("2005-11-15 13:40");
    day.stops[0].arrives = at("2005-11-15 14:00");
    day.meal = Some(pause("12:00", "13:15", "H"));
    made.check(&old);
    assert_eq!(brief(&old), ["H 13:40, A 14:00-15:00, C 15:10-16:10, meal at H 12:00-13:15, H 16:40"]);
    (made, old)
}

fn pause(starts: &str, ends: &str, place: &str) -> Pause {
    let time = |text| at(&format!("2005-11-15 {text}"));
    Pause { starts: time(starts), ends: time(ends), at: Some(place.to_owned()) }
}

fn now(time: &str) -> Event {
    Event { now: Some(at(&format!("2005-11-15 {time}"))), ..Event::default() }
}

#[test]
fn a_meal_that_has_begun_at_the_base_is_kept() {
    let (made, old) = lunch_first();
    let found = replanned(&made, &old, &now("13:05"));
    assert_eq!((brief(&found.plan), found.changes), (brief(&old), vec![]));
    let event = Event { declined: vec!["C".to_owned()], ..now("12:30") };
    let found = replanned(&made, &old, &event);
    assert_eq!(brief(&found.plan), ["H 13:40, A 14:00-15:00, meal at H 12:00-13:15, H 15:20"]);
    // Nobody leaves before it has ended.
    let mut early = made;
    early.open("D", 20, 9, "Mo-Fr 13:00-13:45");
    let event = Event { declined: vec!["A".to_owned(), "C".to_owned()], ..now("12:30") };
    let found = replanned(&early, &old, &event);
    assert_eq!(found.plan.stops().count(), 0);
    assert_eq!(found.plan.days[0].departs, at("2005-11-15 13:15"));
    assert_eq!(found.plan.days[0].meal, old.days[0].meal);
}

#[test]
fn a_coach_that_is_late_at_its_base_lets_the_party_eat_there() {
    let (made, old) = lunch_first();
    let event = Event { late: Some(late("2005-11-15 13:10", "H")), ..now("11:50") };
    let found = replanned(&made, &old, &event);
    assert_eq!(found.plan.stops().count(), 2);
    assert!(found.plan.days[0].departs >= at("2005-11-15 13:10"));
    // Nor does an hour after the last at which the meal may begin hold it up.
    let event = Event { late: Some(late("2005-11-15 14:30", "H")), ..now("11:50") };
    let found = replanned(&made, &old, &event);
    let meal = found.plan.days[0].meal.as_ref().unwrap();
    assert_eq!(meal.at.as_deref(), Some("H"));
    assert_eq!(found.plan.days[0].departs, at("2005-11-15 14:30"));
    assert_eq!(found.plan.stops().count(), 2);
}

#[test]
fn a_day_without_visits_does_not_begin_during_its_meal() {
    let mut made = Made::day();
    made.tour.frame.days[0].meal = Some(super::made::meal("12:00", "14:00", 75));
    let mut old = made.planned().unwrap().plan;
    let day = &mut old.days[0];
    (day.departs, day.returns) = (at("2005-11-15 12:00"), at("2005-11-15 12:00"));
    day.meal = Some(pause("12:00", "13:15", "H"));
    made.check(&old);
    let event = Event { late: Some(late("2005-11-15 12:30", "H")), ..now("12:10") };
    let found = replanned(&made, &old, &event);
    assert_eq!(brief(&found.plan), ["H 13:15, meal at H 12:00-13:15, H 13:15"]);
}

#[test]
fn who_declines_during_the_meal_before_the_visit_is_left_after_it() {
    let (made, mut old) = lunch_first();
    let day = &mut old.days[0];
    day.departs = at("2005-11-15 12:25");
    day.stops[0].arrives = at("2005-11-15 12:45");
    day.meal = Some(pause("12:45", "14:00", "A"));
    made.check(&old);
    let event = Event { declined: vec!["A".to_owned()], ..now("13:10") };
    let found = replanned(&made, &old, &event);
    assert_eq!(brief(&found.plan), ["H 12:25, C 15:10-16:10, meal at A 12:45-14:00, H 16:40"]);
    // A visit that would have been the meal is none.
    let mut made = Made::day();
    made.tour.frame.days[0].meal = Some(super::made::meal("12:00", "14:00", 60));
    made.open("A", 20, 5, "Mo-Fr 12:30-14:30").meal = true;
    let old = made.planned().unwrap().plan;
    let a = old.stop_at("A").unwrap().1;
    assert_eq!(old.days[0].meal.as_ref().map(|meal| meal.starts), Some(a.starts));
    let event = Event {
        now: Some(a.starts + chrono::TimeDelta::minutes(5)),
        declined: vec!["A".to_owned()],
        ..Event::default()
    };
    let found = replanned(&made, &old, &event);
    assert_eq!(found.plan.days[0].meal.as_ref().and_then(|meal| meal.at.as_deref()), Some("H"));
}

/// A in the morning, lunch there, B and C after it.
fn lunch_at_a() -> (Made, Plan) {
    let mut made = Made::day();
    made.tour.frame.days[0].meal = Some(super::made::meal("12:00", "14:00", 60));
    made.open("A", 20, 5, "Mo-Fr 11:00-12:00");
    made.open("B", 40, 5, "Mo-Fr 12:20-13:20");
    made.open("C", 60, 5, "Mo-Fr 13:40-17:00");
    let mut old = made.planned().unwrap().plan;
    let day = &mut old.days[0];
    day.stops[2].starts = at("2005-11-15 14:40");
    day.stops[2].ends = at("2005-11-15 15:40");
    day.meal = Some(pause("13:40", "14:40", "C"));
    day.returns = at("2005-11-15 16:40");
    made.check(&old);
    assert_eq!(
        brief(&old),
        ["H 10:40, A 11:00-12:00, B 12:20-13:20, C 14:40-15:40, meal at C 13:40-14:40, H 16:40"]
    );
    (made, old)
}

#[test]
fn nobody_eats_at_a_stop_that_was_left() {
    let (made, old) = lunch_at_a();
    // At the door of B, who has declined.
    let event = Event { declined: vec!["B".to_owned()], ..now("12:30") };
    let found = replanned(&made, &old, &event);
    let meal = found.plan.days[0].meal.as_ref().unwrap();
    assert_eq!(meal.at.as_deref(), Some("C"));
    assert!(meal.starts >= at("2005-11-15 12:50"));
    // On the way to B.
    let event = Event { declined: vec!["B".to_owned()], ..now("12:10") };
    let found = replanned(&made, &old, &event);
    assert_eq!(found.plan.days[0].meal.as_ref().unwrap().at.as_deref(), Some("C"));
    // Where the coach is late elsewhere.
    let event = Event { late: Some(late("2005-11-15 13:00", "B")), ..now("12:05") };
    let found = replanned(&made, &old, &event);
    assert_eq!(found.plan.days[0].meal.as_ref().unwrap().at.as_deref(), Some("C"));
}

#[test]
fn a_meal_may_fall_into_the_time_for_which_the_coach_stands() {
    let (made, old) = lunch_at_a();
    // Until half past two the coach stands at B, where the visit ends at twenty past one.
    let event = Event { late: Some(late("2005-11-15 14:30", "B")), ..now("13:00") };
    let found = replanned(&made, &old, &event);
    assert_eq!(found.plan.stops().count(), 3);
    assert_eq!(
        brief(&found.plan),
        ["H 10:40, A 11:00-12:00, B 12:20-13:20, C 14:50-15:50, meal at B 13:20-14:20, H 16:50"]
    );
    // Not before it is known that it stands, and longer than it does where that must be.
    let event = Event { late: Some(late("2005-11-15 14:05", "B")), ..now("13:45") };
    let found = replanned(&made, &old, &event);
    assert_eq!(found.plan.days[0].meal, Some(pause("13:45", "14:45", "B")));
    // Where it is too late for the meal, that is told.
    let event = Event { late: Some(late("2005-11-15 14:30", "A")), ..now("14:05") };
    let answer = replan(&made.tour, &made.travel(), &made.worth(), &old, &event, &quick());
    let Err(PlanError::Infeasible(why)) = answer else { panic!("{answer:?}") };
    let expected = Missing::Day { date: date("2005-11-15"), why: Refusal::NoMeal };
    assert_eq!(why.missing, [expected]);
}
