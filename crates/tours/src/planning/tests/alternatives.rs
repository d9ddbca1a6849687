//! Plans that really differ.

use std::collections::BTreeSet;

use super::made::{Made, quick};
use crate::planning::{Alternatives, alternatives};

fn asked(made: &Made, count: usize, differ: usize) -> Alternatives {
    alternatives(&made.tour, &made.travel(), &made.worth(), &quick(), count, differ).unwrap()
}

#[test]
fn each_leaves_out_enough_of_every_one_before() {
    let mut made = Made::day();
    for (code, points) in [("A", 9), ("B", 8), ("C", 7), ("D", 6)] {
        // Two visits fit.
        made.open(code, 10, points, "Mo-Fr 09:00-11:00");
    }
    let found = asked(&made, 10, 1);
    let values: Vec<i64> = found.plans.iter().map(|plan| plan.value.total).collect();
    // AB, AC, then AD and BC, of equal value, BD, CD; a single visit leaves out one of each pair, and is worth less than all of them.
    assert_eq!(values, [17, 16, 15, 15, 14, 13, 9, 8, 7, 6]);
    assert_eq!(asked(&made, 11, 1).no_more, Some(true));
    let sets: Vec<BTreeSet<String>> = found
        .plans
        .iter()
        .map(|plan| plan.plan.stops().map(|(_, stop)| stop.host.clone()).collect())
        .collect();
    for (later, set) in sets.iter().enumerate() {
        for earlier in &sets[..later] {
            assert!(earlier.difference(set).count() >= 1);
        }
    }
    let two = asked(&made, 3, 2);
    assert_eq!(two.plans.iter().map(|plan| plan.value.total).collect::<Vec<_>>(), [17, 13]);
    assert_eq!(two.no_more, Some(true));
    let three = asked(&made, 3, 3);
    assert_eq!((three.plans.len(), three.no_more), (1, Some(true)));
}

#[test]
fn what_is_confirmed_is_in_all() {
    let mut made = Made::day();
    for (code, points) in [("A", 9), ("B", 8), ("C", 7)] {
        made.open(code, 10, points, "Mo-Fr 09:00-11:00");
    }
    made.confirm("B", "2005-11-15 09:00");
    let found = asked(&made, 5, 1);
    let values: Vec<i64> = found.plans.iter().map(|plan| plan.value.total).collect();
    assert_eq!(values, [17, 15, 8]);
    assert_eq!(found.no_more, Some(true));
}

#[test]
fn only_the_first_is_proven_to_be_the_best() {
    let mut made = Made::day();
    for (code, points) in [("A", 9), ("B", 3)] {
        made.open(code, 10, points, "Mo-Fr 09:00-10:00");
    }
    let found = asked(&made, 2, 1);
    let proven: Vec<_> = found.plans.iter().map(|plan| (plan.proven, plan.plan.proven)).collect();
    assert_eq!(proven, [(true, Some(true)), (false, None)]);
}
