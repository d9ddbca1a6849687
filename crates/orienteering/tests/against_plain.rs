//! Everything against answers that are found plainly: tick by tick, and by trying everything.

#![allow(clippy::expect_used, clippy::panic)]

mod made;
mod plainly;

use distretto_orienteering::{Error, MealPlace, Options, Problem, Proof, Why, evaluate, solve};
use made::Kind;

const SMALL: Kind = Kind { sites: 4, routes: 2, length: 30 };

fn score(solution: &distretto_orienteering::Solution) -> plainly::Score {
    (solution.score.value, solution.score.travel, solution.score.end)
}

#[test]
fn routes_end_as_early_as_any_way_through_them() {
    end_early(made::problem);
}

#[test]
fn routes_with_limits_at_their_ends_end_as_early_as_any_way_through_them() {
    end_early(made::bound);
}

fn end_early(made: impl Fn(u64, Kind) -> Problem) {
    let (mut possible, mut impossible) = (0, 0);
    for seed in 0..1500 {
        let problem = made(seed, Kind { sites: 4, routes: 1, length: 30 });
        for sequence in [&[][..], &[0], &[1, 2], &[2, 0, 3], &[3, 1, 0], &[1, 3, 2, 0]] {
            let plain = plainly::earliest_end(&problem, 0, sequence);
            match evaluate(&problem, 0, sequence) {
                Ok(schedule) => {
                    assert_eq!(Some(schedule.end), plain, "seed {seed}, {sequence:?}: {schedule:?}");
                    possible += 1;
                }
                Err(Why::QuotaAbove { .. }) => (),
                Err(why) => {
                    assert_eq!(plain, None, "seed {seed}, {sequence:?}: {why:?}");
                    impossible += 1;
                }
            }
        }
    }
    assert!(possible > 1000 && impossible > 1000, "{possible} possible, {impossible} impossible");
}

#[test]
fn schedules_keep_what_they_say() {
    keep_what_they_say(made::problem);
    keep_what_they_say(made::bound);
}

fn keep_what_they_say(made: impl Fn(u64, Kind) -> Problem) {
    for seed in 0..1500 {
        let problem = made(seed, Kind { sites: 4, routes: 1, length: 40 });
        let rules = &problem.routes()[0];
        for sequence in [&[0][..], &[1, 2], &[2, 0, 3], &[3, 1, 0]] {
            let Ok(schedule) = evaluate(&problem, 0, sequence) else {
                continue;
            };
            assert_eq!(schedule.sites(), sequence);
            assert_eq!(schedule.meal.is_some(), rules.meal.is_some());
            let mut clock = schedule.leaves;
            let mut from = rules.start;
            for (index, stop) in schedule.stops.iter().enumerate() {
                let site = &problem.sites()[stop.site];
                let on_leg = |rest: &&distretto_orienteering::Rest| matches!(rest.place, distretto_orienteering::RestPlace::Leg { leg, .. } if leg == index);
                let rests: i64 = schedule.rests.iter().filter(on_leg).map(|rest| rest.end - rest.start).sum();
                clock += problem.travel().get(from, site.place).expect("it is travelled") + rests;
                assert_eq!(stop.arrival, clock, "seed {seed}");
                assert!(stop.start >= clock + site.buffer);
                assert!(site.windows.iter().any(|window| (window.open..=window.last).contains(&stop.start)));
                assert_eq!(stop.end, stop.start + site.duration);
                assert!(stop.leaves >= stop.end);
                clock = stop.leaves;
                from = site.place;
            }
            assert!(schedule.end <= rules.closes && schedule.end >= schedule.arrival);
            assert!(rules.leaves.is_none_or(|leaves| leaves <= schedule.leaves), "seed {seed}");
            assert!(rules.arrives.is_none_or(|arrives| schedule.arrival <= arrives), "seed {seed}");
            if let (Some(taken), Some(meal)) = (schedule.meal, rules.meal) {
                assert!((meal.window.open..=meal.window.last).contains(&taken.start), "seed {seed}");
                let (from, until) = match taken.place {
                    MealPlace::Start => (rules.opens, schedule.leaves),
                    MealPlace::Before(stop) => {
                        assert!(problem.sites()[schedule.stops[stop].site].free.is_some());
                        (schedule.stops[stop].arrival, schedule.stops[stop].start)
                    }
                    MealPlace::Visit(stop) => {
                        assert!(problem.sites()[schedule.stops[stop].site].feeds);
                        (schedule.stops[stop].start, schedule.stops[stop].end)
                    }
                    MealPlace::After(stop) => {
                        let site = &problem.sites()[schedule.stops[stop].site];
                        let free = site.free.expect("a meal is taken there").min(site.duration);
                        (schedule.stops[stop].end - free, schedule.stops[stop].leaves)
                    }
                    MealPlace::End => (schedule.arrival, schedule.end),
                };
                assert!(from <= taken.start && taken.end <= until, "seed {seed}: {schedule:?}");
            }
        }
    }
}

#[test]
fn the_exact_method_finds_the_best_of_all_plans() {
    find_the_best(made::problem, 200);
}

#[test]
fn the_exact_method_finds_the_best_within_limits_at_the_ends() {
    find_the_best(made::bound, 100);
}

fn find_the_best(made: impl Fn(u64, Kind) -> Problem, least: u32) {
    let (mut feasible, mut infeasible) = (0, 0);
    for seed in 0..800 {
        let problem = made(seed, SMALL);
        let best = plainly::best_score(&problem);
        match solve(&problem, &Options { iterations: Some(1), ..Options::default() }) {
            Ok(solution) => {
                assert_eq!(solution.proof, Proof::Optimal);
                assert_eq!(Some(score(&solution)), best, "seed {seed}: {:?}", solution.plan());
                feasible += 1;
            }
            Err(Error::Infeasible(found)) => {
                assert!(found.proven && !found.shortfall.is_empty());
                assert_eq!(best, None, "seed {seed}: {found:?}");
                infeasible += 1;
            }
            Err(error) => panic!("seed {seed}: {error}"),
        }
    }
    assert!(feasible > least && infeasible > 100, "{feasible} feasible, {infeasible} infeasible");
}

#[test]
fn the_search_finds_the_same_on_small_problems() {
    let (mut same, mut less) = (0, 0);
    for seed in 0..400 {
        let problem = made::problem(seed, Kind { sites: 6, routes: 2, length: 36 });
        let exact = solve(&problem, &Options { iterations: Some(1), ..Options::default() });
        let options = Options { iterations: Some(4_000), search_only: true, seed, ..Options::default() };
        match (exact, solve(&problem, &options)) {
            (Ok(exact), Ok(found)) => {
                assert!(found.score <= exact.score, "seed {seed}");
                assert_eq!(found.proof, Proof::NotProven);
                if found.score.value == exact.score.value {
                    same += 1;
                } else {
                    less += 1;
                }
            }
            (Err(Error::Infeasible(exact)), Err(Error::Infeasible(found))) => {
                assert!(exact.proven && !found.proven);
            }
            (Ok(_), Err(_)) => less += 1,
            (exact, found) => panic!("seed {seed}: {exact:?}, {found:?}"),
        }
    }
    // Such problems are given to the exact method. Alone the search misses the best of these, where two visits or more have to change routes
    // together; there may be fewer of them, never more.
    assert!(less <= 5, "{same} as good, {less} less");
}

#[test]
fn a_start_is_never_worsened_and_equal_seeds_give_equal_answers() {
    for seed in 0..60 {
        let problem = made::problem(seed, Kind { sites: 18, routes: 2, length: 60 });
        let options = Options { iterations: Some(30), seed, ..Options::default() };
        let first = solve(&problem, &options);
        assert_eq!(first, solve(&problem, &options));
        let Ok(first) = first else {
            continue;
        };
        let plan = first.plan();
        for seed in 0..3 {
            let options =
                Options { iterations: Some(seed * 20), start: Some(&plan), seed, ..Options::default() };
            let second = solve(&problem, &options).expect("the start is feasible");
            assert!(second.score >= first.score);
        }
    }
}
