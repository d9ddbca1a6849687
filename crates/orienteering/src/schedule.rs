//! One route with its times, or the reason why it cannot be.

use crate::Ticks;
use crate::problem::{Problem, Route, Scope};
use crate::timing::{self, Eating, Finish, Miss, State, Step};

/// A stop with its times, all in ticks of the problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// What is visited.
    pub site: usize,
    /// When it is reached.
    pub arrival: Ticks,
    /// When the visit starts.
    pub start: Ticks,
    /// When the visit ends.
    pub end: Ticks,
    /// When it is left: later than the end of the visit if a meal or a rest is taken there.
    pub leaves: Ticks,
}

/// Where a meal is taken. Stops are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MealPlace {
    /// At the start of the route, before it is left.
    Start,
    /// At this stop, on arrival.
    Before(usize),
    /// The visit of this stop is the meal.
    Visit(usize),
    /// At this stop, after the visit or in what is free of its end.
    After(usize),
    /// At the end of the route.
    End,
}

/// A meal as it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MealTaken {
    /// Where.
    pub place: MealPlace,
    /// When it starts.
    pub start: Ticks,
    /// When it ends.
    pub end: Ticks,
}

/// Where a rest is taken that was added to a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestPlace {
    /// On this leg (0 is the one to the first stop) after so much driving on it.
    Leg {
        /// Which leg.
        leg: usize,
        /// The driving on it before the rest.
        after: Ticks,
    },
    /// At this stop, from the end of the visit or meal on, to make the stay long enough.
    Stop(usize),
}

/// A rest that was added. Stays that are long enough anyway are not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// Where.
    pub place: RestPlace,
    /// When it starts.
    pub start: Ticks,
    /// When it ends.
    pub end: Ticks,
}

/// A route with its times, the earliest there are for its sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Which route.
    pub route: usize,
    /// When its start is left: later than it opens if the meal is taken there.
    pub leaves: Ticks,
    /// The stops in order.
    pub stops: Vec<Stop>,
    /// The meal, if the route asks for one.
    pub meal: Option<MealTaken>,
    /// The rests that were added.
    pub rests: Vec<Rest>,
    /// When its end is reached.
    pub arrival: Ticks,
    /// When it ends: later than the arrival if the meal is taken there.
    pub end: Ticks,
    /// Driving in all.
    pub travel: Ticks,
}

impl Schedule {
    /// The sites in order.
    pub fn sites(&self) -> Vec<usize> {
        self.stops.iter().map(|stop| stop.site).collect()
    }
}

/// Without what a sequence would keep its times. The first that holds, in this order, is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Burden {
    /// Nothing: driving, waiting and visits alone take too long.
    Travel,
    /// It would without the rests from driving.
    Rests,
    /// It would without the meal.
    Meal,
}

/// Why a sequence of sites cannot be on a route.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// There is no such route.
    #[error("there is no route {route}")]
    NoSuchRoute {
        /// What was named.
        route: usize,
    },
    /// There is no such site.
    #[error("there is no site {site}")]
    NoSuchSite {
        /// What was named.
        site: usize,
    },
    /// A plan has not as many routes as the problem.
    #[error("the plan has {given} routes, the problem {asked}")]
    OtherRoutes {
        /// Of the plan.
        given: usize,
        /// Of the problem.
        asked: usize,
    },
    /// A site is visited twice.
    #[error("site {site} is visited twice")]
    Twice {
        /// The site.
        site: usize,
    },
    /// A site may not be on the route.
    #[error("site {site} may not be on route {route}")]
    NotOnRoute {
        /// The site.
        site: usize,
        /// The route.
        route: usize,
    },
    /// There are too many stops.
    #[error("route {route} has {stops} stops, {most} are allowed")]
    TooManyStops {
        /// The route.
        route: usize,
        /// Its stops.
        stops: usize,
        /// How many are allowed.
        most: usize,
    },
    /// A quota of the route, or of the tour, is exceeded.
    #[error("quota {quota} comes to {sum}, at most {most} is allowed")]
    QuotaAbove {
        /// The quota.
        quota: usize,
        /// The route it is counted on, if it is counted by route.
        route: Option<usize>,
        /// What it comes to.
        sum: i64,
        /// What is allowed.
        most: i64,
    },
    /// There is no way from one place to the next.
    #[error("route {route} has no way from place {from} to place {to}")]
    NoWay {
        /// The route.
        route: usize,
        /// From.
        from: usize,
        /// To.
        to: usize,
    },
    /// There is too much driving.
    #[error("route {route} drives {travel}, at most {most} is allowed")]
    Driving {
        /// The route.
        route: usize,
        /// Its driving.
        travel: Ticks,
        /// What is allowed.
        most: Ticks,
    },
    /// A visit cannot start in time.
    #[error("site {site} cannot be started before {start} on route {route}, {late} too late")]
    Window {
        /// The route.
        route: usize,
        /// The site.
        site: usize,
        /// The earliest moment it could be started.
        start: Ticks,
        /// How long that is after its last window.
        late: Ticks,
        /// What makes it late.
        burden: Burden,
    },
    /// The end of the route cannot be reached in time.
    #[error("route {route} cannot reach its end before {arrival}, {late} too late")]
    Arrives {
        /// The route.
        route: usize,
        /// The earliest moment it could be reached.
        arrival: Ticks,
        /// How long that is after it must be.
        late: Ticks,
        /// What makes it late.
        burden: Burden,
    },
    /// The route cannot end in time.
    #[error("route {route} cannot end before {end}, {late} too late")]
    Closes {
        /// The route.
        route: usize,
        /// The earliest moment it could end.
        end: Ticks,
        /// How long that is after it closes.
        late: Ticks,
        /// What makes it late.
        burden: Burden,
    },
    /// There is no stop at which the meal could start in its window.
    #[error("the meal of route {route} has no place")]
    Meal {
        /// The route.
        route: usize,
    },
}

impl Why {
    /// How far from possible it is, where that can be measured in ticks.
    pub fn late(&self) -> Option<Ticks> {
        match self {
            Self::Window { late, .. } | Self::Arrives { late, .. } | Self::Closes { late, .. } => Some(*late),
            Self::Driving { travel, most, .. } => Some(travel - most),
            _ => None,
        }
    }
}

/// The earliest times of a sequence of sites on a route. Of equally early ends the one is given that rests and eats later.
///
/// # Errors
/// The first reason, in the order of [`Why`], why it cannot be; of several ways through the meal and the rests that of the one which
/// is least late. Least quotas and required visits are not looked at, and of the most only those of the one route.
/// Cost: linear in the stops, times a handful with a meal or rests.
pub fn evaluate(problem: &Problem, route: usize, sites: &[usize]) -> Result<Schedule, Why> {
    let rules = problem.routes().get(route).ok_or(Why::NoSuchRoute { route })?;
    check_names(problem, route, sites)?;
    if let Some(most) = rules.most_stops
        && sites.len() > most
    {
        return Err(Why::TooManyStops { route, stops: sites.len(), most });
    }
    check_quotas(problem, route, sites)?;
    let travels = legs(problem, route, sites)?;
    let travel = travels.iter().sum();
    if let Some(most) = rules.most_travel
        && travel > most
    {
        return Err(Why::Driving { route, travel, most });
    }
    let found = times(problem, route, rules, sites, &travels, Burden::Travel);
    let Err(why) = found else {
        return found;
    };
    // The least burden that fails is the cause.
    let lighter = [
        (Burden::Travel, Route { meal: None, resting: None, ..rules.clone() }),
        (Burden::Rests, Route { meal: None, ..rules.clone() }),
    ];
    for (burden, rules) in lighter {
        times(problem, route, &rules, sites, &travels, burden)?;
    }
    Err(match why {
        Why::Window { route, site, start, late, .. } => {
            Why::Window { route, site, start, late, burden: Burden::Meal }
        }
        Why::Arrives { route, arrival, late, .. } => {
            Why::Arrives { route, arrival, late, burden: Burden::Meal }
        }
        Why::Closes { route, end, late, .. } => Why::Closes { route, end, late, burden: Burden::Meal },
        why => why,
    })
}

fn check_names(problem: &Problem, route: usize, sites: &[usize]) -> Result<(), Why> {
    if let Some(&site) = sites.iter().find(|&&site| site >= problem.sites().len()) {
        return Err(Why::NoSuchSite { site });
    }
    let mut sorted = sites.to_vec();
    sorted.sort_unstable();
    if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(Why::Twice { site: pair[0] });
    }
    match sites.iter().find(|&&site| !problem.sites()[site].allows(route)) {
        Some(&site) => Err(Why::NotOnRoute { site, route }),
        None => Ok(()),
    }
}

fn check_quotas(problem: &Problem, route: usize, sites: &[usize]) -> Result<(), Why> {
    let mut sums = vec![0; problem.quotas().len()];
    for &site in sites {
        for &(quota, weight) in &problem.quotas_of[site] {
            sums[quota] += weight;
        }
    }
    for (quota, (rule, &sum)) in problem.quotas().iter().zip(&sums).enumerate() {
        let counted = match rule.scope {
            Scope::Tour => None,
            Scope::EachRoute => Some(route),
            Scope::Route(only) if only == route => Some(route),
            Scope::Route(_) => continue,
        };
        if let Some(most) = rule.max
            && sum > most
        {
            return Err(Why::QuotaAbove { quota, route: counted, sum, most });
        }
    }
    Ok(())
}

fn legs(problem: &Problem, route: usize, sites: &[usize]) -> Result<Vec<Ticks>, Why> {
    let rules = &problem.routes()[route];
    let mut from = rules.start;
    let stops = sites.iter().map(|&site| problem.sites()[site].place);
    stops
        .chain([rules.end])
        .map(|to| {
            let travel = problem.travel().get(from, to).ok_or(Why::NoWay { route, from, to });
            from = to;
            travel
        })
        .collect()
}

/// A way to make a stop, and the one before it that it follows.
struct Node {
    step: Step,
    before: usize,
}

fn times(
    problem: &Problem,
    route: usize,
    rules: &Route,
    sites: &[usize],
    travels: &[Ticks],
    burden: Burden,
) -> Result<Schedule, Why> {
    let mut starts: Vec<(State, Option<Ticks>)> = Vec::new();
    timing::begin(rules, |state, meal| timing::keep(&mut starts, (state, meal), |(state, _)| state));
    let mut reason = Reason { route, burden, fed: None, unfed: Why::Meal { route } };
    let mut layers: Vec<Vec<Node>> = Vec::with_capacity(sites.len());
    let mut states: Vec<State> = starts.iter().map(|&(state, _)| state).collect();
    for (&site, &travel) in sites.iter().zip(travels) {
        let mut layer: Vec<Node> = Vec::new();
        let mut misses = Vec::new();
        for (before, state) in states.iter().enumerate() {
            let out = |step| timing::keep(&mut layer, Node { step, before }, |node| &node.step.state);
            timing::visit(rules, &problem.sites()[site], state, travel, out, |miss| misses.push(miss));
        }
        reason.note(Some(site), &misses);
        if layer.is_empty() {
            return Err(reason.tell());
        }
        states.clear();
        states.extend(layer.iter().map(|node| node.step.state));
        layers.push(layer);
    }
    let last = travels.last().copied().unwrap_or_default();
    let mut best: Option<(Finish, usize)> = None;
    let mut misses = Vec::new();
    for (before, state) in states.iter().enumerate() {
        match timing::finish(rules, state, last) {
            Ok(finish) if best.is_none_or(|(best, _)| finish.end < best.end) => best = Some((finish, before)),
            Ok(_) => (),
            Err(miss) => misses.push(miss),
        }
    }
    let Some((finish, before)) = best else {
        reason.note(None, &misses);
        return Err(reason.tell());
    };
    Ok(trace(route, rules, &starts, (sites, travels), &layers, finish, before))
}

/// The reason that is told if all ways are closed: of the ways with a meal the one that came farthest and is least late; if no way
/// came to a meal, what closed the others.
struct Reason {
    route: usize,
    burden: Burden,
    fed: Option<Why>,
    unfed: Why,
}

impl Reason {
    fn note(&mut self, site: Option<usize>, misses: &[Miss]) {
        let (route, burden) = (self.route, self.burden);
        let mut least: [Option<(Ticks, Why)>; 2] = [None, None];
        for miss in misses {
            let (fed, late, why) = match *miss {
                Miss::Window { start, late, fed } => {
                    let site = site.unwrap_or_default();
                    (fed, late, Why::Window { route, site, start, late, burden })
                }
                Miss::Arrives { arrival, late } => {
                    (true, late, Why::Arrives { route, arrival, late, burden })
                }
                Miss::Closes { end, late, fed } => (fed, late, Why::Closes { route, end, late, burden }),
                Miss::Meal => (false, Ticks::MAX, Why::Meal { route }),
            };
            let least = &mut least[usize::from(fed)];
            if least.as_ref().is_none_or(|(found, _)| late < *found) {
                *least = Some((late, why));
            }
        }
        let [unfed, fed] = least;
        if let Some((_, why)) = unfed {
            self.unfed = why;
        }
        if let Some((_, why)) = fed {
            self.fed = Some(why);
        }
    }

    fn tell(self) -> Why {
        self.fed.unwrap_or(self.unfed)
    }
}

/// Follows the ways back from the end to the start.
fn trace(
    route: usize,
    rules: &Route,
    starts: &[(State, Option<Ticks>)],
    (sites, travels): (&[usize], &[Ticks]),
    layers: &[Vec<Node>],
    finish: Finish,
    mut before: usize,
) -> Schedule {
    let mut steps: Vec<Step> = Vec::with_capacity(layers.len());
    for layer in layers.iter().rev() {
        steps.push(layer[before].step);
        before = layer[before].before;
    }
    steps.reverse();
    let (start, mut meal) = starts[before];
    let eating = rules.meal.as_ref().map_or(0, |meal| meal.duration);
    let taken = |place, start| MealTaken { place, start, end: start + eating };
    let mut taken_meal = meal.take().map(|start| taken(MealPlace::Start, start));
    let mut rests = Vec::new();
    let mut stops = Vec::with_capacity(steps.len());
    let mut state = start;
    for (index, (step, &site)) in steps.iter().zip(sites).enumerate() {
        leg_rests(rules, &state, index, step.rests, &mut rests);
        let end = match step.eating {
            Eating::OnArrival(_) | Eating::ByVisit | Eating::Not => step.end,
            Eating::AfterVisit(start) => step.end.max(start + eating),
        };
        match step.eating {
            Eating::Not => (),
            Eating::OnArrival(start) => taken_meal = Some(taken(MealPlace::Before(index), start)),
            Eating::AfterVisit(start) => taken_meal = Some(taken(MealPlace::After(index), start)),
            Eating::ByVisit => {
                taken_meal = Some(MealTaken { place: MealPlace::Visit(index), start: step.start, end });
            }
        }
        if step.state.leaves > end {
            rests.push(Rest { place: RestPlace::Stop(index), start: end, end: step.state.leaves });
        }
        stops.push(Stop {
            site,
            arrival: step.arrival,
            start: step.start,
            end: step.end,
            leaves: step.state.leaves,
        });
        state = step.state;
    }
    leg_rests(rules, &state, steps.len(), finish.rests, &mut rests);
    if let Some(start) = finish.meal {
        taken_meal = Some(taken(MealPlace::End, start));
    }
    Schedule {
        route,
        leaves: start.leaves,
        stops,
        meal: taken_meal,
        rests,
        arrival: finish.arrival,
        end: finish.end,
        travel: travels.iter().sum(),
    }
}

fn leg_rests(rules: &Route, state: &State, leg: usize, count: Ticks, rests: &mut Vec<Rest>) {
    let Some(resting) = &rules.resting else {
        return;
    };
    let mut after = resting.after - state.driven;
    let mut clock = state.leaves + after;
    for _ in 0..count {
        rests.push(Rest { place: RestPlace::Leg { leg, after }, start: clock, end: clock + resting.rest });
        after += resting.after;
        clock += resting.rest + resting.after;
    }
}
