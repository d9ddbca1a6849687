//! Random small tours: what is planned breaks nothing, every reason is proven, and clashes are smallest sets.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read what it needs must fail")]

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use distretto_tours::check::check;
use distretto_tours::choosing::worth;
use distretto_tours::frame::{Base, Day, Driving, Frame, Meal};
use distretto_tours::planning::{Options, PlanError, feasible, plan};
use distretto_tours::reasons::{Asked, Reason, Why, clash, reasons};
use distretto_tours::rules::{Per, Quota, Rules, Which};
use distretto_tours::travel::{Leg, Way};
use distretto_tours::{
    Delegate, Delegation, Demand, Host, Interest, Kind, Pace, Place, Plan, State, Subject, Tour, Travel,
    Visit,
};

/// A stream of numbers: SplitMix64 of a seed.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn number(&mut self, from: u32, until: u32) -> u32 {
        from + u32::try_from(self.below(u64::from(until - from))).unwrap()
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).unwrap()].clone()
    }
}

fn clock(minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap()
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2005, 11, 15).unwrap()
}

fn place() -> Place {
    Place { lon: 18.0, lat: 40.0, address: String::new(), town: String::new() }
}

const HOURS: [&str; 6] = [
    "24/7",
    "Mo-Fr 09:00-12:30,14:30-18:00",
    "Tu 09:00-12:00; We 14:00-17:00",
    "Mo-Sa 08:00-13:00",
    "We-Th 10:00-19:00",
    "11:00-15:00",
];

fn host(draw: &mut Draw, index: u32) -> Host {
    let hours = draw.of(&HOURS);
    Host {
        code: format!("A{index}"),
        name: format!("Host {index}"),
        kind: draw.of(&Kind::ALL),
        place: place(),
        district: draw.of(&[None, Some("east".to_owned()), Some("west".to_owned())]),
        industries: vec![draw.of(&["13", "15"]).to_owned()],
        phases: vec![draw.of(&["cutting", "sewing", "tanning"]).to_owned()],
        practices: Vec::new(),
        look_for: String::new(),
        hours: (!draw.one_in(10)).then(|| hours.to_owned().try_into().unwrap()),
        country: None,
        time_zone: draw.one_in(8).then_some(chrono_tz::Europe::Athens),
        minutes: draw.number(20, 120),
        group: draw.one_in(3).then(|| draw.number(1, 4)),
        guides: draw.number(1, 3),
        stagger: draw.one_in(2).then(|| draw.number(10, 30)),
        languages: draw.of(&[Vec::new(), vec!["en".to_owned()], vec!["it".to_owned()]]),
        notice: draw.of(&[0, 0, 0, 10]),
        meal: draw.one_in(4),
        cost: u64::from(draw.number(0, 300)),
        meets: Vec::new(),
        consent: !draw.one_in(8),
        valid_until: draw.one_in(8).then(first_day),
    }
}

fn visit(draw: &mut Draw, host: &Host, days: u32) -> Visit {
    let mut visit = Visit { extra: i64::from(draw.number(0, 60)), ..Visit::of(&host.code) };
    let date = first_day() + Days::new(draw.below(u64::from(days)));
    match draw.below(12) {
        0 => {
            visit.state = State::Confirmed;
            visit.start = Some(date.and_time(clock(draw.number(9 * 4, 16 * 4) * 15)));
        }
        1 => visit.state = State::Declined,
        2 => visit.state = State::Asked,
        3 => visit.demand = Demand::Mandatory,
        4 => visit.demand = Demand::Excluded,
        5 => visit.day = Some(date),
        6 => visit.minutes = Some(draw.number(15, 60)),
        _ => (),
    }
    visit
}

fn day(draw: &mut Draw, index: u32) -> Day {
    let from = if index == 0 || draw.one_in(4) { vec!["H0".to_owned()] } else { Vec::new() };
    let to = draw.of(&[vec!["H0"], vec!["H0", "H1"], vec!["H1", "H0"]]);
    Day {
        date: first_day() + Days::new(u64::from(index)),
        from,
        to: to.into_iter().map(str::to_owned).collect(),
        starts: clock(draw.number(15, 19) * 30),
        ends: clock(draw.number(26, 40) * 30),
        meal: draw.one_in(2).then(|| Meal {
            from: clock(draw.number(22, 26) * 30),
            until: clock(draw.number(26, 28) * 30),
            minutes: draw.number(30, 75),
        }),
        most: draw.one_in(4).then(|| draw.number(1, 4)),
    }
}

fn delegate(draw: &mut Draw, index: u32) -> Delegate {
    Delegate {
        code: format!("D{index}"),
        role: String::new(),
        country: String::new(),
        languages: vec![draw.of(&["en", "en", "it"]).to_owned(), "en".to_owned()],
        interests: vec![Interest {
            subject: Subject::Phase,
            name: draw.of(&["cutting", "tanning"]).to_owned(),
            weight: draw.number(1, 10),
        }],
        needs: Vec::new(),
    }
}

fn quota(draw: &mut Draw) -> Quota {
    let kind = draw.of(&Kind::ALL).word().to_owned();
    let which = draw.of(&[
        Which::default(),
        Which { subject: Some((Subject::Kind, kind)), ..Which::default() },
        Which { district: Some("east".to_owned()), ..Which::default() },
    ]);
    let least = u32::from(draw.one_in(3));
    Quota { which, least, most: Some(draw.number(1, 4)), per: draw.of(&[Per::Tour, Per::Day]) }
}

fn made(seed: u64) -> (Tour, Travel) {
    let draw = &mut Draw(seed);
    let days = draw.number(1, 4);
    let hosts: Vec<Host> = (0..draw.number(3, 9)).map(|index| host(draw, index)).collect();
    let base = |code: &str, cost| Base {
        code: code.to_owned(),
        name: format!("Hotel {code}"),
        place: place(),
        hotel: true,
        cost,
    };
    let frame = Frame {
        time_zone: chrono_tz::Europe::Rome,
        country: Some("IT".to_owned()),
        days: (0..days).map(|index| day(draw, index)).collect(),
        bases: vec![base("H0", 100), base("H1", 150)],
        one_hotel: draw.one_in(3),
        seats: None,
        budget: draw.one_in(3).then(|| u64::from(draw.number(300, 1_200))),
        currency: "EUR".to_owned(),
        driving: Driving {
            stretch: draw.number(20, 90),
            rest: draw.number(10, 46),
            day: draw.number(60, 240),
            night: draw.number(600, 900),
        },
        buffer: draw.number(0, 20),
        round: draw.of(&[1, 5, 15]),
        asked_on: draw.one_in(3).then(|| first_day() - Days::new(9)),
    };
    let mut places: Vec<(String, i64, i64)> = vec![("H0".to_owned(), 20, 20), ("H1".to_owned(), 30, 10)];
    places.extend(
        hosts
            .iter()
            .map(|host| (host.code.clone(), i64::from(draw.number(0, 40)), i64::from(draw.number(0, 40)))),
    );
    let mut travel = Travel::new(places.iter().map(|(code, _, _)| code.clone()), "made");
    for (from, x, y) in &places {
        for (to, u, v) in places.iter().filter(|(to, _, _)| to != from) {
            let minutes = u32::try_from((x - u).abs() + (y - v).abs()).unwrap();
            let leg = Way::Leg(Leg { minutes, metres: Some(minutes * 800) });
            let way = if draw.one_in(25) { Way::NoRoute } else { leg };
            travel.set(from, to, way);
        }
    }
    let visits = hosts.iter().map(|host| visit(draw, host, days)).collect();
    let delegation = Delegation {
        delegates: (0..draw.number(2, 6)).map(|index| delegate(draw, index)).collect(),
        pace: draw.of(&[Pace::Relaxed, Pace::Usual, Pace::Brisk]),
        interpreted: Vec::new(),
        staff: 1,
    };
    let rules = Rules {
        quotas: (0..draw.number(0, 3)).map(|_| quota(draw)).collect(),
        districts: draw.of(&[Vec::new(), Vec::new(), vec!["east".to_owned()]]),
        ..Rules::default()
    };
    let (title, aim) = (format!("seed {seed}"), String::new());
    (Tour { title, aim, hosts, delegation, frame, visits, rules, districts: Vec::new() }, travel)
}

fn quick() -> Options<'static> {
    Options { iterations: 300, ..Options::default() }
}

/// What a tour is planned to, or nothing where no plan keeps to all.
fn planned(tour: &Tour, travel: &Travel) -> Option<Plan> {
    match plan(tour, travel, &worth(tour), &quick()) {
        Ok(planned) => Some(planned.plan),
        Err(PlanError::Infeasible(_)) => None,
        Err(error) => panic!("{}: {error}", tour.title),
    }
}

#[test]
fn a_plan_breaks_nothing_and_a_minute_less_on_any_way_is_found() {
    let (mut plans, mut meals, mut rests, mut groups) = (0, 0, 0, 0);
    for seed in 0..600 {
        let (tour, travel) = made(seed);
        let Some(plan) = planned(&tour, &travel) else { continue };
        let verdict = check(&tour, &travel, &plan);
        assert_eq!(verdict.violations, [], "seed {seed}: {plan:#?}");
        plans += 1;
        for (index, day) in plan.days.iter().enumerate() {
            meals += usize::from(day.meal.is_some());
            rests += day.rests.len();
            groups += day.stops.iter().filter(|stop| !stop.slots.is_empty()).count();
            let minute = TimeDelta::minutes(1);
            for stop in 0..day.stops.len() {
                let mut sooner = plan.clone();
                sooner.days[index].stops[stop].arrives -= minute;
                assert!(!check(&tour, &travel, &sooner).is_good(), "seed {seed}, day {index}, stop {stop}");
            }
            let mut sooner = plan.clone();
            sooner.days[index].returns -= minute;
            assert!(!check(&tour, &travel, &sooner).is_good(), "seed {seed}, day {index}");
        }
    }
    println!("{plans} plans, {meals} meals, {rests} rests, {groups} visits in groups");
    assert!(plans > 250 && meals > 200 && rests > 20 && groups > 100);
}

/// The tour and its ways without what a reason names.
fn relaxed(tour: &Tour, travel: &Travel, host: &str, reason: &Reason) -> (Tour, Travel) {
    let (mut tour, mut travel) = (tour.clone(), travel.clone());
    for why in &reason.whys {
        why.relax(host, &mut tour, &mut travel);
    }
    (tour, travel)
}

/// Whether a meal at a base is outside of the hours of its day: the rules allow that, and planning does not look for it.
fn eats_beyond_the_day(tour: &Tour, plan: &Plan) -> bool {
    plan.days.iter().zip(&tour.frame.days).any(|(day, rules)| {
        let (starts, ends) = (day.date.and_time(rules.starts), day.date.and_time(rules.ends));
        day.meal.as_ref().is_some_and(|meal| meal.starts < starts || meal.ends > ends)
    })
}

/// The name of a sort of reason.
fn sort(why: &Why) -> String {
    let text = format!("{why:?}");
    text.split([' ', '{']).next().unwrap_or_default().to_owned()
}

#[test]
fn every_reason_is_proven() {
    let mut sorts: BTreeSet<String> = BTreeSet::new();
    let (mut told, mut nothing, mut together) = (0, 0, 0);
    for seed in 0..400 {
        let (tour, travel) = made(seed);
        let Some(plan) = planned(&tour, &travel) else { continue };
        let visited: Vec<&str> = plan.stops().map(|(_, stop)| stop.host.as_str()).collect();
        let outside = reasons(&tour, &travel, &worth(&tour), &plan, &Asked::default()).unwrap();
        assert_eq!(outside.len() + visited.len(), tour.hosts.len());
        for outside in &outside {
            assert!(outside.reasons.len() <= 3);
            assert!(!outside.to_string().is_empty());
            nothing += usize::from(outside.reasons.is_empty());
            for reason in &outside.reasons {
                told += 1;
                together += usize::from(reason.whys.len() > 1);
                sorts.extend(reason.whys.iter().map(sort));
                let Some(with) = &reason.plan else {
                    assert!(reason.whys.iter().all(Why::is_fact), "seed {seed}: {outside}");
                    continue;
                };
                assert!(with.stop_at(&outside.host.code).is_some());
                let (easier, ways) = relaxed(&tour, &travel, &outside.host.code, reason);
                assert_eq!(check(&easier, &ways, with).violations, [], "seed {seed}: {outside}");
                match reason.whys.as_slice() {
                    // A plan that is proven to be the best has nothing to add, of all that are looked for.
                    [Why::Nothing { .. }] => assert!(
                        plan.proven == Some(false) || eats_beyond_the_day(&tour, with),
                        "seed {seed}: {outside}"
                    ),
                    [Why::WorthNothing { .. }] => assert!(outside.adds <= 0),
                    [Why::InsteadOf { host, points, confirmed, mandatory, .. }] => {
                        assert!(with.stop_at(&host.code).is_none());
                        let demanded = confirmed.is_some() || *mandatory;
                        assert!(
                            demanded
                                || *points <= 0
                                || plan.proven != Some(true)
                                || eats_beyond_the_day(&tour, with),
                            "seed {seed}: {outside}"
                        );
                    }
                    _ => assert!(!check(&tour, &travel, with).is_good(), "seed {seed}: {outside}"),
                }
            }
        }
    }
    println!("{told} reasons, {together} of several things, {nothing} hosts without, {sorts:?}");
    assert!(told > 600 && together > 20 && sorts.len() > 15);
    assert!(nothing * 20 < told);
}

#[test]
fn clashes_are_smallest_sets() {
    let (mut found, mut uncertain, mut impossible) = (0, 0, 0);
    for seed in 0..300 {
        let (tour, travel) = made(seed);
        let whole = feasible(&tour, &travel, &quick());
        let Some(clash) = clash(&tour, &travel, &quick()).unwrap() else {
            assert!(whole.is_ok(), "seed {seed}");
            continue;
        };
        assert!(whole.is_err(), "seed {seed}");
        found += 1;
        uncertain += u32::from(!clash.is_certain());
        impossible += u32::from(clash.demands.is_empty());
        let kept = clash.only(&tour);
        match feasible(&kept, &travel, &quick()) {
            Err(PlanError::Infeasible(infeasible)) => {
                assert_eq!(infeasible.proven, clash.proven, "seed {seed}");
            }
            other => panic!("seed {seed}: {other:?}"),
        }
        for (index, demand) in clash.demands.iter().enumerate() {
            let Some(without) = &clash.without[index] else { continue };
            let fewer = clash.all_but(&tour, index);
            assert_eq!(check(&fewer, &travel, without).violations, [], "seed {seed} without {demand}");
        }
    }
    println!("{found} clashes, {uncertain} uncertain, {impossible} of no demand");
    assert!(found > 50 && uncertain * 50 <= found && impossible < found / 2);
}
