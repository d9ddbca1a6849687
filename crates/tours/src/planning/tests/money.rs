//! The budget.

use super::made::Made;
use crate::planning::{Bases, Missing, PlanError, Prepared, Refusal};

#[test]
fn visits_and_nights_cost_no_more_than_there_is() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    made.base("F", 100, 70);
    made.tour.frame.bases[0].cost = 10;
    made.tour.frame.days[0].to = vec!["H".to_owned(), "F".to_owned()];
    made.tour.frame.days[1].from.clear();
    made.host("A", 10, 5).cost = 20;
    made.host("B", 20, 4).cost = 15;
    made.open("C", 110, 6, "We 08:10-09:10").cost = 1;
    let with = |made: &mut Made, budget| {
        made.tour.frame.budget = budget;
        let planned = made.planned().unwrap();
        assert!(planned.proven);
        (planned.value.total, planned.cost, planned.plan.days[0].to.clone())
    };
    let at = |code: &str| code.to_owned();
    assert_eq!(with(&mut made, None), (15, 106, at("F")));
    assert_eq!(with(&mut made, Some(106)), (15, 106, at("F")));
    // F costs 70, C 1, and A 20: 91. At H A and B can be had for 45.
    assert_eq!(with(&mut made, Some(91)), (11, 91, at("F")));
    assert_eq!(with(&mut made, Some(90)), (10, 86, at("F")));
    assert_eq!(with(&mut made, Some(80)), (9, 45, at("H")));
    assert_eq!(with(&mut made, Some(44)), (5, 30, at("H")));
    assert_eq!(with(&mut made, Some(10)), (0, 10, at("H")));
}

#[test]
fn a_budget_that_cannot_be_kept_is_said() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    made.tour.frame.bases[0].cost = 10;
    made.host("A", 10, 5).cost = 20;
    made.confirm("A", "2005-11-15 10:00");
    made.tour.frame.budget = Some(29);
    let Err(PlanError::Infeasible(infeasible)) = made.planned() else { panic!("it is enough") };
    let short = Missing::Budget { needed: 30, budget: 29, currency: "EUR".to_owned() };
    assert_eq!(infeasible.missing, [short]);
    assert_eq!(
        infeasible.to_string(),
        "the nights and the visits demanded cost 0.30 EUR, the budget is 0.29 EUR"
    );
    assert!(infeasible.proven);
}

#[test]
fn nights_beyond_the_budget_are_told_whatever_is_visited() {
    let mut made = Made::of(&["2005-11-15", "2005-11-16"]);
    made.tour.frame.bases[0].cost = 30;
    made.host("A", 10, 5);
    made.tour.frame.budget = Some(29);
    let travel = made.travel();
    let prepared = Prepared::new(&made.tour, &travel).unwrap();
    let arranged = prepared.arrange(&Bases::first(&made.tour.frame), &[vec!["A"], vec![]]);
    assert_eq!(arranged.missing, [Missing::Budget { needed: 30, budget: 29, currency: "EUR".to_owned() }]);
    assert!(arranged.days[0].refused.is_empty() && !arranged.fits());
}

#[test]
fn what_is_too_dear_is_told_in_the_currency() {
    let refused = Refusal::Budget { over: 10_050, currency: "EUR".to_owned() };
    assert_eq!(refused.to_string(), "the visits and nights cost 100.50 EUR too much");
}
