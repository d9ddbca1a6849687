//! Made tours by the hundred, against all plans there are.

use proptest::prelude::*;

use super::made::{Made, quick};
use crate::planning::{Bases, Prepared, feasible, plan};
use crate::visit::Demand;

/// A host by chance: place, points, minutes, up to two windows of half hours from 8.
type Drawn = (i64, i64, u32, Vec<(u32, u32)>);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let windows = prop::collection::vec((0u32..18, 2u32..8), 1..3);
    prop::collection::vec((0i64..60, -3i64..10, 3u32..12, windows), 1..5)
}

fn made(hosts: &[Drawn], days: usize, ends: u32) -> Made {
    let dates = ["2005-11-15", "2005-11-16"];
    let mut made = Made::of(&dates[..days]);
    for day in &mut made.tour.frame.days {
        day.ends = chrono::NaiveTime::from_hms_opt(ends, 0, 0).unwrap();
    }
    for (index, (place, points, minutes, windows)) in hosts.iter().enumerate() {
        let time = |half: u32| format!("{:02}:{:02}", 8 + half / 2, half % 2 * 30);
        let mut spans: Vec<(u32, u32)> =
            windows.iter().map(|&(from, length)| (from, (from + length).min(20))).collect();
        spans.sort_unstable();
        let spans: Vec<String> =
            spans.iter().map(|&(from, until)| format!("{}-{}", time(from), time(until))).collect();
        let host = made.open(&format!("A{index}"), *place, *points, &format!("Mo-Fr {}", spans.join(",")));
        host.minutes = minutes * 10;
    }
    made
}

/// The greatest value of all plans, by trying every order of every choice.
fn greatest(made: &Made) -> Option<i64> {
    let travel = made.travel();
    let prepared = Prepared::new(&made.tour, &travel).unwrap();
    let bases = Bases::first(&made.tour.frame);
    let worth = made.worth();
    let mut best = None;
    let codes: Vec<&str> = made.tour.hosts.iter().map(|host| host.code.as_str()).collect();
    let mut days: Vec<Vec<&str>> = vec![Vec::new(); made.tour.frame.days.len()];
    try_all(&codes, &mut days, &mut |days| {
        if prepared.arrange(&bases, days).fits() {
            let value = worth.value(&days.concat()).total;
            best = best.max(Some(value));
        }
    });
    best
}

fn try_all<'a>(codes: &[&'a str], days: &mut Vec<Vec<&'a str>>, show: &mut impl FnMut(&[Vec<&'a str>])) {
    let Some((&first, others)) = codes.split_first() else { return show(days) };
    try_all(others, days, show);
    for day in 0..days.len() {
        for position in 0..=days[day].len() {
            days[day].insert(position, first);
            try_all(others, days, show);
            days[day].remove(position);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_plan_is_better_than_the_one_that_is_proven(
        hosts in drawn(),
        days in 1usize..3,
        ends in 12u32..19,
        mandatory in any::<bool>(),
        budget in prop::option::of(0u64..4),
        lunch in any::<bool>(),
    ) {
        let mut made = made(&hosts, days, ends);
        if mandatory {
            made.visit("A0").demand = Demand::Mandatory;
        }
        if lunch {
            made.tour.frame.days[0].meal = Some(super::made::meal("11:00", "11:45", 45));
            made.tour.hosts[0].meal = true;
        }
        made.tour.frame.budget = budget;
        for host in &mut made.tour.hosts {
            host.cost = 1;
        }
        let expected = greatest(&made);
        let found = made.planned();
        match (expected, found) {
            (Some(expected), Ok(planned)) => {
                prop_assert_eq!(planned.value.total, expected);
                prop_assert!(planned.proven);
                // The plan fits in its own order, and is timed as an arrangement is.
                let travel = made.travel();
                let prepared = Prepared::new(&made.tour, &travel).unwrap();
                let codes: Vec<Vec<&str>> = planned.plan.days.iter()
                    .map(|day| day.stops.iter().map(|stop| stop.host.as_str()).collect()).collect();
                let arranged = prepared.arrange(&Bases::of(&planned.plan), &codes);
                prop_assert!(arranged.fits());
                prop_assert_eq!(arranged.plan().days, planned.plan.days.clone());
                prop_assert!(feasible(&made.tour, &travel, &quick()).is_ok());
                // The same seed gives the same plan; starting from a plan makes it no worse.
                let worth = made.worth();
                let again = plan(&made.tour, &travel, &worth, &quick()).unwrap();
                prop_assert_eq!(&again, &planned);
                let options = crate::planning::Options { start: Some(&planned.plan), iterations: 1, ..quick() };
                let improved = plan(&made.tour, &travel, &worth, &options).unwrap();
                prop_assert!(improved.value.total >= planned.value.total);
            }
            (None, Err(crate::planning::PlanError::Infeasible(infeasible))) => {
                prop_assert!(!infeasible.missing.is_empty());
            }
            (expected, found) => prop_assert!(false, "{expected:?} {found:?}"),
        }
    }
}
