//! Days with sites of their own, more together than all subsets could be tried of: the best plan against all pairs of days.

#![allow(clippy::expect_used)]

use std::cell::Cell;

use distretto_orienteering::{
    Options, Parts, Problem, Proof, Quota, Reward, Route, Scope, Site, Ticks, Travel, Window, evaluate, solve,
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const DAYS: usize = 2;
const OWN: usize = 9;

/// Sites that are open on one day each, with rewards and quotas over both.
fn problem(seed: u64) -> Problem {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut below = move |count: u64| (dice.next_u64() % count) as i64;
    let sites = DAYS * OWN;
    let rows: Vec<Vec<Option<Ticks>>> =
        (0..=sites).map(|_| (0..=sites).map(|_| Some(5 + below(20))).collect()).collect();
    let route = |day: i64| Route {
        start: sites,
        end: sites,
        opens: day * 1000,
        closes: day * 1000 + 100,
        meal: None,
        resting: None,
        most_travel: None,
        most_stops: Some(3),
        leaves: None,
        arrives: None,
        begun: false,
    };
    let mut site = |index: usize| {
        let open = (index / OWN) as i64 * 1000 + below(60);
        Site {
            place: index,
            value: below(6),
            extra: Vec::new(),
            duration: 5 + below(15),
            windows: vec![Window { open, last: open + below(40) }],
            buffer: 0,
            routes: None,
            required: false,
            feeds: false,
            free: Some(0),
        }
    };
    let made: Vec<Site> = (0..sites).map(&mut site).collect();
    let mut group = |one_in: u64| -> Vec<(usize, i64)> {
        (0..sites).filter(|_| below(one_in) == 0).map(|site| (site, 1)).collect()
    };
    let rewards = vec![
        Reward { amounts: group(2), gains: vec![9, 4, 1] },
        Reward { amounts: group(2), gains: vec![7, 7] },
        Reward { amounts: group(3), gains: vec![5, 2, 2, 1] },
    ];
    let quotas = vec![Quota { weights: group(3), min: None, max: Some(2), scope: Scope::Tour }];
    let travel = Travel::from_rows(&rows).expect("it is square");
    let routes = (0..DAYS as i64).map(route).collect();
    Problem::new(Parts { travel, sites: made, routes, rewards, quotas }).expect("it is sound")
}

/// All sequences of at most three sites that a day can hold, with their driving and end.
fn sequences(problem: &Problem, day: usize) -> Vec<(Vec<usize>, Ticks, Ticks)> {
    let own: Vec<usize> = (day * OWN..(day + 1) * OWN).collect();
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    let mut from = 0;
    for length in 1..=3 {
        let until = all.len();
        for index in from..until {
            for &site in &own {
                if all[index].contains(&site) {
                    continue;
                }
                let longer: Vec<usize> = all[index].iter().copied().chain([site]).collect();
                all.push(longer);
            }
        }
        from = until;
        assert!(all.iter().all(|sequence| sequence.len() <= length));
    }
    let possible = all.into_iter().filter_map(|sequence| {
        let schedule = evaluate(problem, day, &sequence).ok()?;
        Some((sequence, schedule.travel, schedule.end))
    });
    possible.collect()
}

fn value(problem: &Problem, visited: &[&[usize]]) -> Option<i64> {
    let visits = || visited.iter().flat_map(|sites| sites.iter().copied());
    let counted = |group: &[(usize, i64)]| -> usize {
        visits().filter(|site| group.iter().any(|(other, _)| other == site)).count()
    };
    if problem.quotas().iter().any(|quota| counted(&quota.weights) > 2) {
        return None;
    }
    let rewards = problem
        .rewards()
        .iter()
        .map(|reward| reward.gains.iter().take(counted(&reward.amounts)).sum::<i64>());
    Some(visits().map(|site| problem.sites()[site].value).sum::<i64>() + rewards.sum::<i64>())
}

#[test]
fn the_best_of_days_with_sites_of_their_own_is_proven() {
    for seed in 0..25 {
        let problem = problem(seed);
        let days: Vec<_> = (0..DAYS).map(|day| sequences(&problem, day)).collect();
        let mut best = (-1, 0, 0);
        for (one, travel, end) in &days[0] {
            for (other, further, later) in &days[1] {
                let Some(value) = value(&problem, &[one, other]) else {
                    continue;
                };
                best = best.max((value, -(travel + further), -(end + later)));
            }
        }
        let solution = solve(&problem, &Options { iterations: Some(1), ..Options::default() })
            .expect("nothing is demanded");
        let score = solution.score;
        assert_eq!(solution.proof, Proof::Optimal, "seed {seed}");
        assert_eq!((score.value, -score.travel, -score.end), best, "seed {seed}: {:?}", solution.plan());
    }
}

/// Days of fifteen sites each, with interests over all of them.
fn busy_days(days: usize) -> Problem {
    let mut dice = ChaCha8Rng::seed_from_u64(1);
    let mut below = move |count: u64| (dice.next_u64() % count) as i64;
    let own = 15;
    let sites = days * own;
    let spots: Vec<(i64, i64)> = (0..=sites).map(|_| (below(40), below(40))).collect();
    let way =
        |one: (i64, i64), other: (i64, i64)| Some((one.0 - other.0).abs() + (one.1 - other.1).abs() + 3);
    let rows: Vec<Vec<Option<Ticks>>> =
        spots.iter().map(|&one| spots.iter().map(|&other| way(one, other)).collect()).collect();
    let routes = (0..days as i64).map(|day| Route {
        start: sites,
        end: sites,
        opens: day * 1440 + 480,
        closes: day * 1440 + 1140,
        meal: None,
        resting: None,
        most_travel: None,
        most_stops: None,
        leaves: None,
        arrives: None,
        begun: false,
    });
    let routes: Vec<Route> = routes.collect();
    let made = (0..sites).map(|index| {
        let open = (index / own) as i64 * 1440 + 480;
        Site {
            place: index,
            value: 10,
            extra: Vec::new(),
            duration: 90 + 15 * below(4),
            windows: vec![Window { open, last: open + 500 }],
            buffer: 0,
            routes: None,
            required: false,
            feeds: false,
            free: Some(0),
        }
    });
    let made: Vec<Site> = made.collect();
    let rewards = (0..12).map(|_| {
        let amounts = (0..sites).filter(|_| below(4) == 0).map(|site| (site, 1)).collect();
        Reward { amounts, gains: vec![40, 20, 10, 5, 2, 1] }
    });
    let rewards = rewards.collect();
    let travel = Travel::from_rows(&rows).expect("it is square");
    Problem::new(Parts { travel, sites: made, routes, rewards, quotas: Vec::new() }).expect("it is sound")
}

#[test]
fn two_days_of_fifteen_sites_are_proven() {
    let solution = solve(&busy_days(2), &Options { iterations: Some(4000), ..Options::default() });
    assert_eq!(solution.expect("nothing is demanded").proof, Proof::Optimal);
}

/// A clock that goes on each time that it is asked.
#[test]
fn where_choices_are_too_many_the_search_has_half_of_the_time() {
    let asked = Cell::new(0);
    let spent = || {
        asked.set(asked.get() + 1);
        f64::from(asked.get()) / 8000.0
    };
    let solution = solve(&busy_days(3), &Options { spent: Some(&spent), ..Options::default() });
    let solution = solution.expect("nothing is demanded");
    assert_eq!(solution.proof, Proof::NotProven);
    assert!(solution.iterations > 5000, "{}", solution.iterations);
}
