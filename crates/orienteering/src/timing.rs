//! How time passes on a route: driving, waiting, visits, the meal, rests.
//!
//! One state may be earlier and another more rested or already fed, so several are carried along; a state that is no better in
//! anything than another is dropped. Three facts keep them few. A rest on a leg is best taken when it is due: that makes for the
//! fewest rests and the least driving after the last. Any rest taken before it is due is best taken by staying longer at a stop
//! after the visit. A visit is best started as early as it can be, unless waiting makes it the meal.

use crate::Ticks;
use crate::problem::{Problem, Resting, Route, Site};

/// Where a traveller stands when leaving a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct State {
    /// When the place is left.
    pub leaves: Ticks,
    /// Driving since the last rest.
    pub driven: Ticks,
    /// Since when there was no driving: the arrival at the place.
    pub since: Ticks,
    /// Whether the meal was taken, or none is asked for.
    pub fed: bool,
}

impl State {
    /// Whether whatever can follow the other can follow this, no later.
    pub fn covers(&self, other: &Self) -> bool {
        self.leaves <= other.leaves
            && self.driven <= other.driven
            && self.fed >= other.fed
            && (self.driven == 0 || self.since <= other.since)
    }
}

/// How the meal is taken at a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Eating {
    Not,
    OnArrival(Ticks),
    AfterVisit(Ticks),
    ByVisit,
}

/// One way to make a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub state: State,
    pub rests: Ticks,
    pub arrival: Ticks,
    pub start: Ticks,
    pub end: Ticks,
    pub eating: Eating,
}

/// One way to end a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Finish {
    pub rests: Ticks,
    pub arrival: Ticks,
    pub meal: Option<Ticks>,
    pub end: Ticks,
}

/// Why a way to go on is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Miss {
    /// The visit cannot start before this, which is too late.
    Window { start: Ticks, late: Ticks, fed: bool },
    /// The end would be reached then, which is too late.
    Arrives { arrival: Ticks, late: Ticks },
    /// The route would end then, which is too late.
    Closes { end: Ticks, late: Ticks, fed: bool },
    /// The meal has no place left.
    Meal,
}

/// The ways to leave the start of a route.
pub(crate) fn begin(route: &Route, mut out: impl FnMut(State, Option<Ticks>)) {
    let first = route.leaves.map_or(route.opens, |leaves| leaves.max(route.opens));
    let plain = State { leaves: first, driven: 0, since: route.opens, fed: route.meal.is_none() };
    out(plain, None);
    if let Some(meal) = route.meal.filter(|_| !route.begun) {
        let start = meal.window.open.max(route.opens);
        if start <= meal.window.last {
            out(State { leaves: first.max(start + meal.duration), fed: true, ..plain }, Some(start));
        }
    }
}

/// The rests, arrival and driving since the last rest at the end of a leg.
pub(crate) fn drive(resting: Option<&Resting>, state: &State, travel: Ticks) -> (Ticks, Ticks, Ticks) {
    let driven = state.driven + travel;
    match resting {
        Some(resting) if travel > 0 && driven > resting.after => {
            let rests = (driven - 1) / resting.after;
            let rested = rests.saturating_mul(resting.rest);
            (rests, (state.leaves + travel).saturating_add(rested), driven - rests * resting.after)
        }
        Some(_) => (0, state.leaves + travel, driven),
        None => (0, state.leaves + travel, 0),
    }
}

/// The earliest start of a visit no sooner than a moment.
#[inline]
pub(crate) fn earliest(site: &Site, from: Ticks) -> Option<Ticks> {
    site.windows.iter().find(|window| window.last >= from).map(|window| window.open.max(from))
}

/// The ways to make a stop after a leg of this travel time, and the ways that are closed.
pub(crate) fn visit(
    route: &Route,
    site: &Site,
    state: &State,
    travel: Ticks,
    mut out: impl FnMut(Step),
    mut closed: impl FnMut(Miss),
) {
    let resting = route.resting.as_ref();
    let (rests, arrival, driven) = drive(resting, state, travel);
    let since = if travel == 0 { state.since } else { arrival };
    let mut leave = |start: Ticks, leaves: Ticks, fed: bool, eating: Eating| {
        let step = |leaves, driven| Step {
            state: State { leaves, driven, since, fed },
            rests,
            arrival,
            start,
            end: start + site.duration,
            eating,
        };
        match resting {
            Some(resting) if leaves - since >= resting.rest => out(step(leaves, 0)),
            Some(resting) => {
                out(step(leaves, driven));
                if driven > 0 {
                    out(step(since + resting.rest, 0));
                }
            }
            None => out(step(leaves, 0)),
        }
    };
    let mut try_start = |from: Ticks, fed: bool| {
        let start = earliest(site, from);
        if start.is_none() {
            let last = site.windows.last().map_or(from, |window| window.last);
            closed(Miss::Window { start: from, late: from - last, fed });
        }
        start
    };

    let ready = arrival.saturating_add(site.buffer);
    let meal = route.meal.as_ref().filter(|_| !state.fed);
    let Some(start) = try_start(ready, state.fed) else {
        return;
    };
    let end = start + site.duration;
    let Some(meal) = meal else {
        return leave(start, end, true, Eating::Not);
    };
    let within = |moment: Ticks| meal.window.open <= moment && moment <= meal.window.last;
    if site.feeds
        && let Some(start) = earliest(site, ready.max(meal.window.open))
        && within(start)
    {
        leave(start, start + site.duration, true, Eating::ByVisit);
    }
    if !(site.feeds && within(start)) {
        leave(start, end, false, Eating::Not);
        let Some(free) = site.free else {
            return;
        };
        let eats = (end - free.min(site.duration)).max(meal.window.open);
        if within(eats) {
            leave(start, end.max(eats + meal.duration), true, Eating::AfterVisit(eats));
        }
        let eats = arrival.max(meal.window.open);
        if within(eats)
            && let Some(start) = try_start(ready.max(eats + meal.duration), true)
        {
            leave(start, start + site.duration, true, Eating::OnArrival(eats));
        }
    }
}

/// The end of a route after a last leg of this travel time.
pub(crate) fn finish(route: &Route, state: &State, travel: Ticks) -> Result<Finish, Miss> {
    let (rests, arrival, _) = drive(route.resting.as_ref(), state, travel);
    let (meal, end) = match &route.meal {
        Some(meal) if !state.fed => {
            let start = arrival.max(meal.window.open);
            if start > meal.window.last {
                return Err(Miss::Meal);
            }
            (Some(start), start + meal.duration)
        }
        _ => (None, arrival),
    };
    if let Some(arrives) = route.arrives.filter(|&arrives| arrival > arrives) {
        return Err(Miss::Arrives { arrival, late: arrival - arrives });
    }
    if end > route.closes {
        return Err(Miss::Closes { end, late: end - route.closes, fed: true });
    }
    Ok(Finish { rests, arrival, meal, end })
}

/// Keeps a state unless another covers it, and drops those that it covers.
pub(crate) fn keep<T>(states: &mut Vec<T>, new: T, state: impl Fn(&T) -> &State) {
    if states.iter().any(|old| state(old).covers(state(&new))) {
        return;
    }
    states.retain(|old| !state(&new).covers(state(old)));
    states.push(new);
}

/// What a sequence of sites costs on a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cost {
    pub travel: Ticks,
    pub end: Ticks,
}

/// The travel and earliest end of a sequence, without reasons; `None` if it cannot be. The working memory is the caller's.
/// When each place is left at the earliest is told to `leaves`, from the start on.
pub(crate) fn cost(
    problem: &Problem,
    route: usize,
    sites: &[u32],
    memory: &mut Memory,
    mut leaves: impl FnMut(Ticks),
) -> Option<Cost> {
    let rules = &problem.routes()[route];
    if rules.most_stops.is_some_and(|most| sites.len() > most) {
        return None;
    }
    let Memory { now, next } = memory;
    now.clear();
    begin(rules, |state, _| keep(now, state, |state| state));
    let mut place = rules.start;
    let mut driving = 0;
    let earliest = |states: &[State]| states.iter().map(|state| state.leaves).min().unwrap_or_default();
    leaves(earliest(now));
    for &site in sites {
        let site = &problem.sites()[site as usize];
        let travel = problem.travel().get(place, site.place)?;
        driving += travel;
        next.clear();
        for state in &*now {
            let out = |step: Step| {
                if step.state.leaves <= rules.closes {
                    keep(next, step.state, |state| state);
                }
            };
            visit(rules, site, state, travel, out, |_| ());
        }
        if next.is_empty() {
            return None;
        }
        std::mem::swap(now, next);
        leaves(earliest(now));
        place = site.place;
    }
    let travel = problem.travel().get(place, rules.end)?;
    driving += travel;
    if rules.most_travel.is_some_and(|most| driving > most) {
        return None;
    }
    let ends = now.iter().filter_map(|state| finish(rules, state, travel).ok());
    ends.map(|finish| Cost { travel: driving, end: finish.end }).min()
}

/// What a route without stops costs; `None` if it cannot be travelled.
pub(crate) fn without_stops(problem: &Problem, route: usize) -> Option<Cost> {
    cost(problem, route, &[], &mut Memory::default(), |_| ())
}

/// Working memory of [`cost`].
#[derive(Debug, Default)]
pub(crate) struct Memory {
    now: Vec<State>,
    next: Vec<State>,
}
