//! Published instances, routes and values.

#![allow(clippy::expect_used)]

mod data;

use std::cell::Cell;
use std::time::{Duration, Instant};

use distretto_orienteering::toptw::Decimals;
use distretto_orienteering::{Options, Solution, assess, evaluate, solve};

fn found(name: &str, routes: usize, iterations: u64, seed: u64) -> Option<Solution> {
    let problem = data::instance(name)?.problem(routes).expect("it is sound");
    let options = Options { seed, iterations: Some(iterations), ..Options::default() };
    Some(solve(&problem, &options).expect("a plan without visits is feasible"))
}

#[test]
fn published_routes_bring_exactly_the_published_profit() {
    let Some(text) = data::text("published_routes.json") else {
        return;
    };
    let published: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let published = published.as_array().expect("it is a list");
    assert_eq!(published.len(), 6);
    for plan in published {
        let name = plan["instance"].as_str().expect("a name");
        let routes = plan["m"].as_u64().expect("a number") as usize;
        let nodes = |tour: &serde_json::Value| -> Vec<usize> {
            tour.as_array()
                .expect("a list")
                .iter()
                .map(|node| node.as_u64().expect("a node") as usize - 1)
                .collect()
        };
        let tours: Vec<Vec<usize>> = plan["tours"].as_array().expect("a list").iter().map(nodes).collect();
        let problem = data::instance(name).expect("it is there").problem(routes).expect("it is sound");
        let solution = assess(&problem, &tours).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(Some(solution.score.value), plan["profit"].as_i64(), "{name}");
    }
}

#[test]
fn services_of_c103_start_when_the_paper_says() {
    let Some(instance) = data::instance("c103") else {
        return;
    };
    let problem = instance.problem(1).expect("it is sound");
    let nodes = [32, 33, 63, 74, 54, 57, 88, 85, 97, 95, 2];
    let schedule = evaluate(&problem, 0, &nodes.map(|node| node - 1)).expect("it is feasible");
    let starts: Vec<i64> = schedule.stops.iter().map(|stop| stop.start).collect();
    assert_eq!(starts, [316, 1236, 2556, 3530, 4703, 5656, 7070, 8000, 9162, 10115, 11212]);
}

#[test]
fn every_instance_is_read_with_the_decimals_of_its_authors() {
    let Some(known) = data::best_known() else {
        return;
    };
    let mut names: Vec<&String> = known.iter().map(|(name, _, _)| name).collect();
    names.dedup();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 76);
    for name in names {
        let instance = data::instance(name).expect("it is there");
        let two = name.starts_with("pr");
        assert_eq!(instance.decimals, if two { Decimals::Two } else { Decimals::One }, "{name}");
        assert_eq!(instance.nodes[0].value, 0);
        assert!(instance.nodes.iter().all(|node| node.window.open <= node.window.last));
    }
}

#[test]
fn easy_instances_are_solved_to_their_proven_optima() {
    for (name, optimum) in [
        ("c101", 320),
        ("c102", 360),
        ("c103", 400),
        ("c104", 420),
        ("c109", 380),
        ("r101", 198),
        ("r102", 286),
        ("rc101", 219),
        ("pr01", 308),
        ("c201", 870),
    ] {
        let Some(solution) = found(name, 1, 3000, 1) else {
            return;
        };
        assert_eq!(solution.score.value, optimum, "{name}");
    }
}

#[test]
fn a_small_budget_comes_near_the_best_known() {
    let Some(known) = data::best_known() else {
        return;
    };
    let mut gaps = Vec::new();
    for (name, routes, best) in known {
        if !["c104", "r104", "rc104", "r205", "pr02", "pr07"].contains(&name.as_str()) {
            continue;
        }
        let solution = found(&name, routes, 1500, 7).expect("the instances are there");
        let gap = (best - solution.score.value) as f64 / best as f64;
        assert!(gap < 0.08, "{name} with {routes} routes: {} of {best}", solution.score.value);
        gaps.push(gap);
    }
    let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
    assert!(mean < 0.025, "{mean}");
}

#[test]
fn equal_seeds_and_iterations_give_equal_answers() {
    let Some(first) = found("rc204", 2, 400, 5) else {
        return;
    };
    assert_eq!(Some(first), found("rc204", 2, 400, 5));
}

#[test]
fn a_start_is_improved_and_never_worsened() {
    let Some(instance) = data::instance("r207") else {
        return;
    };
    let problem = instance.problem(2).expect("it is sound");
    let start = found("r207", 2, 500, 1).expect("it is there");
    let plan = start.plan();
    for iterations in [0, 1, 50, 500] {
        let options =
            Options { seed: 2, iterations: Some(iterations), start: Some(&plan), ..Options::default() };
        let solution = solve(&problem, &options).expect("the start is feasible");
        assert!(solution.score >= start.score);
        assert!(solution.iterations <= iterations);
    }
}

#[test]
fn time_is_asked_for_often_and_ends_the_search() {
    let Some(instance) = data::instance("pr10") else {
        return;
    };
    let problem = instance.problem(4).expect("it is sound");
    let (began, last, longest) = (Instant::now(), Cell::new(Instant::now()), Cell::new(Duration::ZERO));
    let spent = || {
        longest.set(longest.get().max(last.get().elapsed()));
        last.set(Instant::now());
        began.elapsed().as_secs_f64() / 0.5
    };
    let solution = solve(&problem, &Options { spent: Some(&spent), ..Options::default() });
    assert!(solution.expect("it is feasible").iterations > 0);
    // Other work on the machine may take its turn in between; alone, it is asked every millisecond.
    assert!(longest.get() < Duration::from_millis(500), "{:?}", longest.get());
    assert!(last.get().elapsed() < Duration::from_millis(500));
}
