//! Who can be visited, who must be, and what is said where that cannot be.

use super::made::{Made, at, date, quick};
use crate::delegation::Subject;
use crate::plan::Plan;
use crate::planning::{Bar, DayBar, Missing, PlanError, feasible, plan};
use crate::rules::{Per, Quota, Which};
use crate::travel::Way;
use crate::visit::{Demand, State};

fn value(made: &Made) -> i64 {
    made.planned().unwrap().value.total
}

fn missing(made: &Made) -> Vec<Missing> {
    match made.planned() {
        Err(PlanError::Infeasible(infeasible)) => {
            assert!(infeasible.proven);
            infeasible.missing
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_host_that_does_not_fit_the_delegation_is_not_visited() {
    let mut made = Made::day();
    made.host("A", 10, 5);
    let with = |change: fn(&mut Made)| {
        let mut made = Made::day();
        made.host("A", 10, 5);
        change(&mut made);
        value(&made)
    };
    assert_eq!(with(|_| ()), 5);
    assert_eq!(with(|made| made.tour.hosts[0].consent = false), 0);
    assert_eq!(with(|made| made.visit("A").state = State::Declined), 0);
    assert_eq!(with(|made| made.visit("A").demand = Demand::Excluded), 0);
    // Languages: none named on either side is no test; an interpreter helps.
    let speak = |made: &mut Made, host: &[&str], delegate: &[&str], interpreted: &[&str]| {
        let own = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        made.tour.hosts[0].languages = own(host);
        made.tour.delegation.delegates[0].languages = own(delegate);
        made.tour.delegation.interpreted = own(interpreted);
    };
    for (host, delegate, interpreted, expected) in [
        (&["it"][..], &["en"][..], &[][..], 0),
        (&["it", "en"], &["en"], &[], 5),
        (&["it"], &["en"], &["it"], 5),
        (&[], &["en"], &[], 5),
        (&["it"], &[], &[], 5),
    ] {
        speak(&mut made, host, delegate, interpreted);
        assert_eq!(value(&made), expected, "{host:?} {delegate:?} {interpreted:?}");
    }
    assert_eq!(with(|made| made.tour.delegation.delegates[0].needs = vec!["step-free".to_owned()]), 0);
    let reached = |made: &mut Made| {
        made.tour.delegation.delegates[0].needs = vec!["step-free".to_owned()];
        made.tour.hosts[0].meets = vec!["step-free".to_owned()];
    };
    assert_eq!(with(reached), 5);
    let elsewhere = |made: &mut Made| {
        made.tour.rules.districts = vec!["d1".to_owned()];
        made.tour.hosts[0].district = Some("d2".to_owned());
    };
    assert_eq!(with(elsewhere), 0);
    assert_eq!(with(|made| made.tour.rules.districts = vec!["d1".to_owned()]), 5);
    assert_eq!(with(|made| made.tour.hosts[0].valid_until = Some(date("2005-11-14"))), 0);
    let notice = |made: &mut Made| {
        made.tour.frame.asked_on = Some(date("2005-11-08"));
        made.tour.hosts[0].notice = 8;
    };
    assert_eq!(with(notice), 0);
    let in_time = |made: &mut Made| {
        made.tour.frame.asked_on = Some(date("2005-11-07"));
        made.tour.hosts[0].notice = 8;
    };
    assert_eq!(with(in_time), 5);
    let asked = |made: &mut Made| {
        made.tour.frame.asked_on = Some(date("2005-11-14"));
        made.tour.hosts[0].notice = 8;
        made.visit("A").state = State::Asked;
    };
    assert_eq!(with(asked), 5);
}

#[test]
fn a_mandatory_visit_takes_the_place_of_a_better_one() {
    let mut made = Made::day();
    made.open("A", 10, 1, "Mo-Fr 09:00-10:00");
    made.open("B", 10, 9, "Mo-Fr 09:00-10:00");
    assert_eq!(value(&made), 9);
    made.visit("A").demand = Demand::Mandatory;
    assert_eq!(value(&made), 1);
    made.visit("B").demand = Demand::Mandatory;
    assert_eq!(missing(&made).len(), 1);
}

#[test]
fn what_can_never_be_is_said_with_its_reason() {
    let mut made = Made::day();
    made.host("A", 10, 1).consent = false;
    made.visit("A").demand = Demand::Mandatory;
    let host = || "A".to_owned();
    assert_eq!(missing(&made), [Missing::Barred { host: host(), why: Bar::NoConsent }]);
    made.tour.hosts[0].consent = true;
    made.tour.hosts[0].hours = Some(crate::Hours::parse("Mo 09:00-10:00").unwrap());
    let on = |why| vec![Missing::NoDay { host: host(), days: vec![(date("2005-11-15"), why)] }];
    assert_eq!(missing(&made), on(DayBar::Closed));
    made.tour.hosts[0].hours = Some(crate::Hours::parse("Tu 09:00-09:30").unwrap());
    assert_eq!(missing(&made), on(DayBar::TooShort { open: 30, takes: 60 }));
    made.confirm("A", "2005-11-17 10:00");
    assert_eq!(missing(&made), on(DayBar::OtherDay { wanted: date("2005-11-17") }));
}

#[test]
fn two_confirmed_visits_that_clash_are_told() {
    let mut made = Made::day();
    made.host("A", 10, 1);
    made.host("B", 40, 1);
    made.confirm("A", "2005-11-15 10:00");
    made.confirm("B", "2005-11-15 11:20");
    assert_eq!(missing(&made).len(), 1);
    let answer = feasible(&made.tour, &made.travel(), &quick());
    assert!(matches!(answer, Err(PlanError::Infeasible(_))));
    made.confirm("B", "2005-11-15 11:30");
    assert_eq!(made.best(), ["H 09:50, A 10:00-11:00, B 11:30-12:30, H 13:10"]);
    assert_eq!(feasible(&made.tour, &made.travel(), &quick()).unwrap().stops().count(), 2);
}

#[test]
fn quotas_bind_tours_and_days() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    for code in ["A", "B", "C"] {
        made.host(code, 10, 5).phases = vec!["tanning".to_owned()];
    }
    made.host("D", 20, 1);
    let which = Which { subject: Some((Subject::Phase, "tanning".to_owned())), ..Which::default() };
    let with = |made: &mut Made, which: &Which, least, most, per| {
        made.tour.rules.quotas = vec![Quota { which: which.clone(), least, most, per }];
    };
    assert_eq!(value(&made), 16);
    with(&mut made, &which, 0, Some(1), Per::Tour);
    assert_eq!(value(&made), 6);
    with(&mut made, &which, 0, Some(1), Per::Day);
    assert_eq!(value(&made), 11);
    with(&mut made, &which, 2, None, Per::Day);
    assert_eq!(missing(&made), [Missing::Quota { quota: 0, date: Some(date("2005-11-16")), missing: 1 }]);
    let only = Which { hosts: vec!["D".to_owned()], ..which.clone() };
    with(&mut made, &only, 1, None, Per::Tour);
    // D shows no tanning, so that the quota counts nobody.
    assert_eq!(missing(&made), [Missing::Quota { quota: 0, date: None, missing: 1 }]);
    let nobody = Which { hosts: vec!["Z".to_owned()], ..Which::default() };
    with(&mut made, &nobody, 0, None, Per::Tour);
    assert_eq!(made.planned(), Err(PlanError::UnknownHost { by: "a quota", code: "Z".to_owned() }));
}

#[test]
fn a_visit_that_is_worth_less_than_nothing_is_made_only_for_a_quota() {
    let mut made = Made::day();
    made.host("A", 10, 5);
    made.host("B", 10, -3);
    made.host("C", 10, -2);
    let planned = made.planned().unwrap();
    assert_eq!((planned.value.total, planned.proven), (5, true));
    let which = Which { hosts: vec!["B".to_owned(), "C".to_owned()], ..Which::default() };
    made.tour.rules.quotas = vec![Quota { which, least: 1, most: None, per: Per::Tour }];
    let planned = made.planned().unwrap();
    assert_eq!((planned.value.total, planned.proven), (3, true));
    made.visit("B").demand = Demand::Mandatory;
    assert_eq!(value(&made), 2);
}

#[test]
fn what_everybody_wants_to_see_once_is_not_shown_twice() {
    let mut made = Made::day();
    made.tour.rules.weights.interest = 30;
    for (code, phase) in [("A", "tanning"), ("B", "tanning"), ("C", "dyeing")] {
        made.open(code, 10, 0, "Mo-Fr 09:00-11:00").phases = vec![phase.to_owned()];
    }
    made.tour.delegation.delegates[0].interests = ["tanning", "dyeing"]
        .map(|name| crate::Interest { subject: Subject::Phase, name: name.to_owned(), weight: 3 })
        .to_vec();
    // Two visits fit.
    let planned = made.planned().unwrap();
    assert_eq!(planned.value.total, 60);
    assert!(planned.plan.stop_at("C").is_some());
}

#[test]
fn a_way_that_nobody_knows_is_an_error_only_where_it_could_be_needed() {
    let mut made = Made::day();
    made.open("A", 10, 5, "Mo-Fr 08:00-10:00");
    made.open("B", 20, 5, "Mo-Fr 12:00-14:00");
    // B is never before A.
    made.ways = vec![("B", "A", Way::Unknown)];
    assert_eq!(value(&made), 10);
    made.ways = vec![("A", "B", Way::Unknown)];
    let unknown = PlanError::UnknownWay { from: "A".to_owned(), to: "B".to_owned() };
    assert_eq!(made.planned(), Err(unknown));
    // Who is not visited is not driven to.
    made.visit("B").demand = Demand::Excluded;
    assert_eq!(value(&made), 5);
}

#[test]
fn places_without_a_way_do_not_follow_each_other() {
    let mut made = Made::day();
    made.open("A", 10, 5, "Mo-Fr 08:00-10:00");
    made.open("B", 20, 5, "Mo-Fr 12:00-14:00");
    made.ways = vec![("A", "B", Way::NoRoute)];
    assert_eq!(value(&made), 5);
    made.open("C", 30, 1, "Mo-Fr 10:00-12:00");
    assert_eq!(value(&made), 11);
}

#[test]
fn contradictions_are_said() {
    let mut made = Made::day();
    made.host("A", 10, 5);
    made.visit("A").state = State::Confirmed;
    let host = || "A".to_owned();
    assert_eq!(made.planned(), Err(PlanError::ConfirmedWithoutTime { host: host() }));
    made.confirm("A", "2005-11-15 10:00");
    made.visit("A").demand = Demand::Excluded;
    assert_eq!(made.planned(), Err(PlanError::ConfirmedAndExcluded { host: host() }));
    let twice = made.tour.visits[0].clone();
    made.tour.visits.push(twice);
    made.tour.visits[0].demand = Demand::Free;
    assert_eq!(made.planned(), Err(PlanError::VisitTwice { host: host() }));
    made.tour.visits.pop();
    made.tour.visits[0].host = "Z".to_owned();
    assert_eq!(made.planned(), Err(PlanError::UnknownHost { by: "a visit", code: "Z".to_owned() }));
}

#[test]
fn a_given_plan_is_improved_and_never_made_worse() {
    let mut made = Made::day();
    for code in ["A", "B", "C"] {
        made.open(code, 10, 5, "Mo-Fr 09:00-11:00");
    }
    let first = made.planned().unwrap();
    assert_eq!(first.value.total, 10);
    made.visit("A").extra = 50;
    let start: Plan = first.plan;
    let options = crate::planning::Options { start: Some(&start), iterations: 1, ..quick() };
    let improved = plan(&made.tour, &made.travel(), &made.worth(), &options).unwrap();
    assert!(improved.value.total >= made.worth().value(&["A", "B"]).total.min(55));
    let mut other = start.clone();
    other.days[0].date = date("2005-11-16");
    let options = crate::planning::Options { start: Some(&other), ..quick() };
    assert_eq!(
        plan(&made.tour, &made.travel(), &made.worth(), &options),
        Err(PlanError::OtherDays { date: date("2005-11-16") })
    );
    assert_eq!(at("2005-11-15 09:00").date(), date("2005-11-15"));
}
