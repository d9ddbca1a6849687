//! The same questions answered plainly: tick by tick, and by trying everything.

use std::collections::{BTreeSet, HashSet};

use distretto_orienteering::{Problem, Route, Scope, Site, Ticks};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Phase {
    AtStart,
    EatAtStart(Ticks),
    Leg(usize, Ticks),
    Arrived(usize, Ticks),
    EatOnArrival(usize, Ticks, Ticks),
    Visit(usize, Ticks),
    Visited(usize),
    EatAfterVisit(usize, Ticks),
    AtEnd,
    EatAtEnd(Ticks),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct State {
    phase: Phase,
    driven: Ticks,
    still: Ticks,
    fed: bool,
}

/// The earliest end of a sequence: every state that can be reached is followed from tick to tick.
pub fn earliest_end(problem: &Problem, route: usize, sequence: &[usize]) -> Option<Ticks> {
    let rules = &problem.routes()[route];
    let sites: Vec<&Site> = sequence.iter().map(|&site| &problem.sites()[site]).collect();
    if rules.most_stops.is_some_and(|most| sequence.len() > most)
        || !sequence.iter().all(|&site| problem.sites()[site].allows(route))
    {
        return None;
    }
    let legs = legs(problem, rules, &sites)?;
    if rules.most_travel.is_some_and(|most| legs.iter().sum::<Ticks>() > most) {
        return None;
    }
    let start = State { phase: Phase::AtStart, driven: 0, still: 0, fed: rules.meal.is_none() };
    let mut now = HashSet::from([start]);
    for clock in rules.opens..=rules.closes {
        let mut open: Vec<State> = now.iter().copied().collect();
        while let Some(state) = open.pop() {
            if state.phase == Phase::AtEnd && state.fed {
                return Some(clock);
            }
            for next in at_once(rules, &sites, &legs, clock, state) {
                if now.insert(next) {
                    open.push(next);
                }
            }
        }
        now = now.iter().flat_map(|&state| after_a_tick(rules, &sites, state)).collect();
    }
    None
}

pub fn legs(problem: &Problem, rules: &Route, sites: &[&Site]) -> Option<Vec<Ticks>> {
    let mut from = rules.start;
    let places = sites.iter().map(|site| site.place).chain([rules.end]);
    places
        .map(|to| {
            let leg = problem.travel().get(from, to);
            from = to;
            leg
        })
        .collect()
}

/// What can begin at this moment.
fn at_once(rules: &Route, sites: &[&Site], legs: &[Ticks], clock: Ticks, state: State) -> Vec<State> {
    let to = |phase| State { phase, ..state };
    let meal = rules.meal.filter(|meal| !state.fed && meal.window.open <= clock && clock <= meal.window.last);
    let eat = |phase| State { phase, fed: true, ..state };
    let leg = |leg: usize| to(Phase::Leg(leg, legs[leg]));
    let mut next = Vec::new();
    match state.phase {
        Phase::AtStart => {
            if rules.leaves.is_none_or(|leaves| leaves <= clock) {
                next.push(leg(0));
            }
            let meal = meal.filter(|_| !rules.begun);
            next.extend(meal.map(|meal| eat(Phase::EatAtStart(meal.duration))));
        }
        Phase::EatAtStart(0) => next.push(to(Phase::AtStart)),
        Phase::Leg(leg, 0) if leg < sites.len() => next.push(to(Phase::Arrived(leg, 0))),
        Phase::Leg(_, 0) if rules.arrives.is_none_or(|arrives| clock <= arrives) => {
            next.push(to(Phase::AtEnd));
        }
        Phase::Arrived(stop, waited) => {
            let site = sites[stop];
            let open = site.windows.iter().any(|window| window.open <= clock && clock <= window.last);
            if open && waited >= site.buffer {
                next.push(State {
                    phase: Phase::Visit(stop, site.duration),
                    fed: state.fed || (site.feeds && meal.is_some()),
                    ..state
                });
            }
            let meal = meal.filter(|_| site.free.is_some());
            next.extend(meal.map(|meal| eat(Phase::EatOnArrival(stop, waited, meal.duration))));
        }
        Phase::EatOnArrival(stop, waited, 0) => next.push(to(Phase::Arrived(stop, waited))),
        Phase::Visit(stop, 0) | Phase::EatAfterVisit(stop, 0) => next.push(to(Phase::Visited(stop))),
        Phase::Visit(stop, left) if sites[stop].free.is_some_and(|free| left <= free) => {
            next.extend(meal.map(|meal| eat(Phase::EatAfterVisit(stop, left.max(meal.duration)))));
        }
        Phase::Visited(stop) => {
            next.push(leg(stop + 1));
            let meal = meal.filter(|_| sites[stop].free.is_some());
            next.extend(meal.map(|meal| eat(Phase::EatAfterVisit(stop, meal.duration))));
        }
        Phase::AtEnd => next.extend(meal.map(|meal| eat(Phase::EatAtEnd(meal.duration)))),
        Phase::EatAtEnd(0) => next.push(to(Phase::AtEnd)),
        _ => (),
    }
    next
}

/// What a tick more can bring.
fn after_a_tick(rules: &Route, sites: &[&Site], state: State) -> Vec<State> {
    let stand = |phase| {
        let still = state.still + 1;
        let rested = rules.resting.is_some_and(|resting| still >= resting.rest);
        let still = rules.resting.map_or(0, |resting| still.min(resting.rest));
        State { phase, still, driven: if rested { 0 } else { state.driven }, ..state }
    };
    let longer = |stop: usize, waited: Ticks| (waited + 1).min(sites[stop].buffer);
    match state.phase {
        Phase::Leg(leg, left) => {
            let mut next = vec![stand(state.phase)];
            let may = rules.resting.is_none_or(|resting| state.driven < resting.after);
            if left > 0 && may {
                let driven = if rules.resting.is_some() { state.driven + 1 } else { 0 };
                next.push(State { phase: Phase::Leg(leg, left - 1), driven, still: 0, ..state });
            }
            next
        }
        Phase::AtStart | Phase::Visited(_) | Phase::AtEnd => vec![stand(state.phase)],
        Phase::EatAtStart(left) => vec![stand(Phase::EatAtStart(left - 1))],
        Phase::Arrived(stop, waited) => vec![stand(Phase::Arrived(stop, longer(stop, waited)))],
        Phase::EatOnArrival(stop, waited, left) => {
            vec![stand(Phase::EatOnArrival(stop, longer(stop, waited), left - 1))]
        }
        Phase::Visit(stop, left) => vec![stand(Phase::Visit(stop, left - 1))],
        Phase::EatAfterVisit(stop, left) => vec![stand(Phase::EatAfterVisit(stop, left - 1))],
        Phase::EatAtEnd(left) => vec![stand(Phase::EatAtEnd(left - 1))],
    }
}

/// What plans are compared by: value, travel, sum of ends.
pub type Score = (i64, Ticks, Ticks);

/// The best score of all plans that fall short of nothing: all sequences on all routes.
pub fn best_score(problem: &Problem) -> Option<Score> {
    let sites = problem.sites().len();
    let best_of = |route: usize| -> Vec<(usize, Ticks, Ticks)> {
        let mut best: Vec<Option<(Ticks, Ticks)>> = vec![None; 1 << sites];
        sequences(sites, &mut Vec::new(), &mut |sequence| {
            if let Some(end) = earliest_end(problem, route, sequence) {
                let visited: Vec<&Site> = sequence.iter().map(|&site| &problem.sites()[site]).collect();
                let travel =
                    legs(problem, &problem.routes()[route], &visited).expect("it has an end").iter().sum();
                let set = sequence.iter().fold(0, |set, site| set | 1 << site);
                if best[set].is_none_or(|best| (travel, end) < best) {
                    best[set] = Some((travel, end));
                }
            }
        });
        let found = best.iter().enumerate();
        found.filter_map(|(set, best)| best.map(|(travel, end)| (set, travel, end))).collect()
    };
    let tours: Vec<Vec<(usize, Ticks, Ticks)>> = (0..problem.routes().len()).map(best_of).collect();
    let mut best = None;
    choose(problem, &tours, &mut Vec::new(), 0, &mut best);
    best
}

fn sequences(sites: usize, sequence: &mut Vec<usize>, each: &mut impl FnMut(&[usize])) {
    each(sequence);
    for site in 0..sites {
        if !sequence.contains(&site) {
            sequence.push(site);
            sequences(sites, sequence, each);
            sequence.pop();
        }
    }
}

fn choose(
    problem: &Problem,
    tours: &[Vec<(usize, Ticks, Ticks)>],
    chosen: &mut Vec<(usize, Ticks, Ticks)>,
    used: usize,
    best: &mut Option<Score>,
) {
    let Some(list) = tours.get(chosen.len()) else {
        let sets: Vec<usize> = chosen.iter().map(|&(set, _, _)| set).collect();
        if let Some(value) = value(problem, &sets) {
            let score =
                (value, chosen.iter().map(|tour| tour.1).sum(), chosen.iter().map(|tour| tour.2).sum());
            let key = |score: &Score| (-score.0, score.1, score.2);
            if best.as_ref().is_none_or(|best| key(&score) < key(best)) {
                *best = Some(score);
            }
        }
        return;
    };
    for &tour in list.iter().filter(|tour| tour.0 & used == 0) {
        chosen.push(tour);
        choose(problem, tours, chosen, used | tour.0, best);
        chosen.pop();
    }
}

/// The value of a plan by the sets of sites of its routes; `None` if it exceeds or misses anything.
pub fn value(problem: &Problem, sets: &[usize]) -> Option<i64> {
    let all: usize = sets.iter().fold(0, |all, set| all | set);
    let sum = |group: &[(usize, i64)], set: usize| -> i64 {
        group.iter().filter(|&&(site, _)| set >> site & 1 == 1).map(|&(_, number)| number).sum()
    };
    if problem.sites().iter().enumerate().any(|(site, rules)| rules.required && all >> site & 1 == 0) {
        return None;
    }
    for quota in problem.quotas() {
        let counted: BTreeSet<usize> = match quota.scope {
            Scope::Tour => BTreeSet::from([all]),
            Scope::EachRoute => sets.iter().copied().collect(),
            Scope::Route(route) => BTreeSet::from([sets[route]]),
        };
        for set in counted {
            let sum = sum(&quota.weights, set);
            if quota.min.is_some_and(|min| sum < min) || quota.max.is_some_and(|max| sum > max) {
                return None;
            }
        }
    }
    let mut value = 0;
    for (route, set) in sets.iter().enumerate() {
        for (site, rules) in problem.sites().iter().enumerate().filter(|&(site, _)| set >> site & 1 == 1) {
            let _ = site;
            value += rules.value;
            value += rules.extra.iter().filter(|&&(on, _)| on == route).map(|&(_, extra)| extra).sum::<i64>();
        }
    }
    for reward in problem.rewards() {
        value += reward.gains.iter().take(sum(&reward.amounts, all) as usize).sum::<i64>();
    }
    Some(value)
}
