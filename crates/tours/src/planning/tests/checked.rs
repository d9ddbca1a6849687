//! Whatever is planned passes the check, which shares no code with the planning.

use std::collections::BTreeSet;

use chrono::{NaiveTime, TimeDelta};
use proptest::prelude::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::made::{Made, at, brief, quick};
use crate::check::{Breach, check};
use crate::delegation::Pace;
use crate::frame::Meal;
use crate::hours::Hours;
use crate::plan::{Pause, Plan, Stop};
use crate::planning::{
    Bases, Event, Late, Missing, PlanError, Prepared, Replanned, alternatives, changes, feasible, plan,
    replan,
};
use crate::rules::{Per, Quota, Which};
use crate::travel::Way;
use crate::visit::{Demand, State};

const CODES: [&str; 8] = ["A0", "A1", "A2", "A3", "A4", "A5", "A6", "A7"];

/// A tour by chance, with a bit of every rule.
fn drawn(seed: u64) -> Made {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let dates = ["2005-10-29", "2005-10-30", "2005-11-01"];
    let days = chance.random_range(1..=3);
    let mut made = Made::of(&dates[..days]);
    made.tour.delegation.pace = [Pace::Relaxed, Pace::Usual, Pace::Brisk][chance.random_range(0..3)];
    made.tour.delegation.staff = chance.random_range(0..30);
    bases(&mut made, &mut chance);
    let frame = &mut made.tour.frame;
    frame.buffer = chance.random_range(0..20);
    frame.round = [1, 5, 10][chance.random_range(0..3)];
    frame.asked_on = chance.random_bool(0.3).then(|| super::made::date("2005-10-20"));
    frame.driving.stretch = chance.random_range(20..120);
    frame.driving.rest = chance.random_range(1..50);
    frame.driving.day = chance.random_range(150..400);
    frame.budget = chance.random_bool(0.3).then(|| chance.random_range(0..12));
    for code in &CODES[..chance.random_range(1..=8)] {
        host(&mut made, code, &mut chance);
    }
    for _ in 0..chance.random_range(0..3) {
        let which = Which {
            hosts: CODES[..made.tour.hosts.len()]
                .iter()
                .filter(|_| chance.random_bool(0.5))
                .map(|&code| code.to_owned())
                .collect(),
            ..Which::default()
        };
        let least = u32::from(chance.random_bool(0.2));
        let most = chance.random_bool(0.5).then(|| chance.random_range(1..4));
        let per = if chance.random_bool(0.5) { Per::Day } else { Per::Tour };
        made.tour.rules.quotas.push(Quota { which, least, most, per });
    }
    if made.tour.hosts.len() > 2 && chance.random_bool(0.3) {
        made.ways.push(("A0", "A1", Way::NoRoute));
    }
    made
}

fn bases(made: &mut Made, chance: &mut ChaCha8Rng) {
    made.base("F", 60, 2);
    made.base("G", 30, 1).hotel = chance.random_bool(0.5);
    let days = made.tour.frame.days.len();
    for (index, day) in made.tour.frame.days.iter_mut().enumerate() {
        day.to =
            ["H", "F", "G"].iter().filter(|_| chance.random_bool(0.6)).map(|&code| code.to_owned()).collect();
        if !day.to.iter().any(|code| code != "G") {
            day.to.push("H".to_owned());
        }
        if index > 0 && chance.random_bool(0.7) {
            day.from.clear();
        }
        day.starts = NaiveTime::from_hms_opt(chance.random_range(5..10), 0, 0).unwrap();
        day.ends = NaiveTime::from_hms_opt(chance.random_range(15..24), 0, 0).unwrap();
        day.most = chance.random_bool(0.3).then(|| chance.random_range(1..4));
        day.meal = chance.random_bool(0.6).then(|| Meal {
            from: NaiveTime::from_hms_opt(12, 0, 0).unwrap(),
            until: NaiveTime::from_hms_opt(chance.random_range(12..14), 30, 0).unwrap(),
            minutes: chance.random_range(30..90),
        });
    }
    made.tour.frame.one_hotel = days > 1 && chance.random_bool(0.3);
}

fn host(made: &mut Made, code: &str, chance: &mut ChaCha8Rng) {
    let points = chance.random_range(-2..10);
    let host = made.host(code, chance.random_range(0..90), points);
    let morning = chance.random_range(6..11);
    let afternoon = chance.random_range(13..17);
    let hours =
        format!("Mo-Su {morning:02}:00-{:02}:30,{afternoon}:00-{}:00; PH off", morning + 2, afternoon + 3);
    host.hours = chance.random_bool(0.9).then(|| Hours::parse(&hours).unwrap());
    host.minutes = chance.random_range(3..24) * 5;
    host.group = chance.random_bool(0.3).then(|| chance.random_range(5..20));
    host.guides = chance.random_range(1..3);
    host.stagger = chance.random_bool(0.5).then(|| chance.random_range(5..40));
    host.meal = chance.random_bool(0.3);
    host.cost = chance.random_range(0..4);
    host.consent = chance.random_bool(0.9);
    host.notice = chance.random_range(0..12);
    host.time_zone = chance.random_bool(0.2).then_some(chrono_tz::Europe::Athens);
    let start = at("2005-10-29 06:00") + TimeDelta::minutes(chance.random_range(0..4000));
    let visit = made.visit(code);
    match chance.random_range(0..10) {
        0 => (visit.state, visit.start) = (State::Confirmed, Some(start)),
        1 => visit.demand = Demand::Mandatory,
        2 => visit.state = State::Declined,
        3 => visit.state = State::Asked,
        4 => visit.start = Some(start),
        5 => visit.day = Some(start.date()),
        6 => visit.minutes = Some(chance.random_range(3..24) * 5),
        _ => (),
    }
}

fn hosts(plan: &Plan) -> BTreeSet<String> {
    plan.stops().map(|(_, stop)| stop.host.clone()).collect()
}

/// Whether a plan breaks nothing but what was told.
fn good_but(made: &Made, plan: &Plan, Replanned { lost, short, overruns, .. }: &Replanned) {
    let verdict = check(&made.tour, &made.travel(), plan);
    let broken: Vec<_> = verdict
        .violations
        .iter()
        .filter(|violation| {
            let missing =
                matches!(violation.breach, Breach::ConfirmedMissing { .. } | Breach::MandatoryMissing);
            let told = |index| {
                short.iter().any(|missing| matches!(missing, Missing::Quota { quota, .. } if *quota == index))
            };
            let quota = matches!(violation.breach, Breach::QuotaShort { quota, .. } if told(quota));
            let late = |by| overruns.iter().any(|day| Some(day.date) == violation.day && day.minutes >= by);
            let overrun = matches!(violation.breach, Breach::ReturnsLate { by, .. } if late(by));
            !(quota
                || overrun
                || missing && violation.host.as_ref().is_some_and(|host| lost.contains(&host.code)))
        })
        .collect();
    assert!(broken.is_empty(), "{broken:#?}\n{:#?}", brief(plan));
}

/// What happened does not break what is left.
fn happens(made: &Made, old: &Plan, event: &Event) {
    let mut after = Made { tour: made.tour.clone(), places: made.places.clone(), ways: made.ways.clone() };
    for code in &event.declined {
        let visit = after.visit(code);
        (visit.state, visit.demand) = (State::Declined, Demand::Free);
    }
    match replan(&made.tour, &made.travel(), &made.worth(), old, event, &quick()) {
        Ok(found) => {
            good_but(&after, &found.plan, &found);
            assert_eq!(found.changes, changes(old, &found.plan));
            if let Some(now) = event.now {
                for (day, stop) in old.stops().filter(|(_, stop)| stop.arrives <= now) {
                    let (kept_on, kept) = found.plan.stop_at(&stop.host).unwrap();
                    assert_eq!((kept_on.date, kept), (day.date, stop));
                }
            }
        }
        Err(PlanError::Infeasible(_)) => (),
        Err(error) => panic!("{error}"),
    }
}

/// At any moment a host declines, or the coach is late anywhere.
fn anything_happens(made: &Made, old: &Plan, chance: &mut ChaCha8Rng) {
    let day = &old.days[chance.random_range(0..old.days.len())];
    let now = day.departs + TimeDelta::minutes(chance.random_range(-60..600));
    let places: Vec<&str> = day.stops.iter().map(|stop| stop.host.as_str()).chain(["H", "F", "A0"]).collect();
    let until = now + TimeDelta::minutes(chance.random_range(5..150));
    let late = Late { until, at: places[chance.random_range(0..places.len())].to_owned() };
    let late = (chance.random_bool(0.7) && until.date() == day.date).then_some(late);
    let declined = hosts(old).into_iter().filter(|_| chance.random_bool(0.2)).collect();
    let event = Event { now: Some(now), declined, late };
    let found = match replan(&made.tour, &made.travel(), &made.worth(), old, &event, &quick()) {
        Ok(found) => found,
        Err(PlanError::Infeasible(_)) => return,
        Err(error) => panic!("{error}"),
    };
    // A plan is not to be refused for what was done before a host declined.
    let mut after = Made { tour: made.tour.clone(), places: made.places.clone(), ways: made.ways.clone() };
    for code in event.declined.iter().filter(|code| found.plan.stop_at(code).is_none()) {
        let visit = after.visit(code);
        (visit.state, visit.demand) = (State::Declined, Demand::Free);
    }
    let mut plan = found.plan.clone();
    let days = plan.days.iter_mut().zip(&old.days).zip(&mut after.tour.frame.days);
    for ((day, old), frame) in days {
        let gone = |code: &String| event.declined.contains(code) && found.plan.stop_at(code).is_none();
        let past = |meal: &Pause| meal.starts <= now && meal.at.as_ref().is_some_and(gone);
        if day.meal == old.meal && old.meal.as_ref().is_some_and(past) {
            (day.meal, frame.meal) = (None, None);
        }
    }
    good_but(&after, &plan, &found);
    for day in plan.days.iter().filter(|day| day.date >= now.date()) {
        let new = |stop: &&Stop| old.stop_at(&stop.host).is_none_or(|(_, old)| old != *stop);
        assert!(day.stops.iter().filter(new).all(|stop| stop.starts >= now), "{event:?} {:#?}", brief(&plan));
        let meal =
            day.meal.as_ref().filter(|meal| !old.days.iter().any(|day| day.meal.as_ref() == Some(meal)));
        assert!(meal.is_none_or(|meal| meal.starts >= now), "{event:?} {:#?}", brief(&plan));
    }
}

fn holds(seed: u64) {
    let made = drawn(seed);
    let (travel, worth) = (made.travel(), made.worth());
    let planned = match plan(&made.tour, &travel, &worth, &quick()) {
        Ok(planned) => planned,
        Err(PlanError::Infeasible(infeasible)) => {
            assert!(!infeasible.missing.is_empty());
            let certain = infeasible.proven
                && infeasible.missing.iter().all(|missing| !matches!(missing, Missing::Night { .. }));
            if certain {
                assert!(feasible(&made.tour, &travel, &quick()).is_err());
            }
            return;
        }
        Err(PlanError::NoCommonHotel) => return,
        Err(error) => panic!("{error}"),
    };
    made.check(&planned.plan);
    let totals = check(&made.tour, &travel, &planned.plan).totals;
    assert_eq!((totals.driving, totals.cost()), (planned.driving, planned.cost));
    made.check(&feasible(&made.tour, &travel, &quick()).unwrap());

    let days: Vec<Vec<&str>> = planned
        .plan
        .days
        .iter()
        .map(|day| day.stops.iter().map(|stop| stop.host.as_str()).collect())
        .collect();
    let arranged = Prepared::new(&made.tour, &travel).unwrap().arrange(&Bases::of(&planned.plan), &days);
    made.check(&arranged.plan());

    let others = alternatives(&made.tour, &travel, &worth, &quick(), 3, 1).unwrap();
    for (later, other) in others.plans.iter().enumerate() {
        made.check(&other.plan);
        for earlier in &others.plans[..later] {
            assert!(!hosts(&earlier.plan).is_subset(&hosts(&other.plan)));
            assert!(earlier.value.total >= other.value.total);
        }
    }

    let day = &planned.plan.days[0];
    let declined = hosts(&planned.plan).into_iter().next();
    happens(&made, &planned.plan, &Event::default());
    happens(
        &made,
        &planned.plan,
        &Event { declined: declined.clone().into_iter().collect(), ..Event::default() },
    );
    let late = Late { until: day.departs + TimeDelta::minutes(75), at: day.from.clone() };
    happens(&made, &planned.plan, &Event { late: Some(late), ..Event::default() });
    let now = Some(day.departs + TimeDelta::minutes(200));
    happens(&made, &planned.plan, &Event { now, ..Event::default() });
    let visited =
        |code: &String| day.stops.iter().any(|stop| stop.host == *code && Some(stop.arrives) <= now);
    let declined = declined.filter(|code| !visited(code));
    happens(&made, &planned.plan, &Event { now, declined: declined.into_iter().collect(), late: None });
    // It breaks down elsewhere.
    for at in ["F", "A0"] {
        let late = Some(Late { until: day.departs + TimeDelta::minutes(210), at: at.to_owned() });
        happens(&made, &planned.plan, &Event { late: late.clone(), ..Event::default() });
        let before = day.stops.iter().position(|stop| stop.host == at);
        if before.is_none_or(|at| day.stops.get(at + 1).is_none_or(|next| Some(next.arrives) > now)) {
            happens(&made, &planned.plan, &Event { now, declined: Vec::new(), late });
        }
    }
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    for _ in 0..4 {
        anything_happens(&made, &planned.plan, &mut chance);
    }
    // The coach breaks down where it was last.
    let last = day.stops.iter().rev().find(|stop| Some(stop.arrives) <= now);
    let place = last.map_or(&day.from, |stop| &stop.host).clone();
    let until = day.departs + TimeDelta::minutes(230);
    if until.date() == day.date {
        let late = Some(Late { until, at: place });
        happens(&made, &planned.plan, &Event { now, declined: Vec::new(), late });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_planned_passes_the_check(seed in any::<u64>()) {
        holds(seed);
    }
}
