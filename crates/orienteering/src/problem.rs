//! What is asked: places, sites, routes, rewards and quotas.

use crate::Ticks;
use crate::travel::{LONGEST_TRAVEL, Travel};

/// The farthest a moment may be from zero, and the longest a duration may be, in ticks: 2⁴⁰. Sums then cannot overflow.
pub const LATEST: Ticks = 1 << 40;

/// The greatest value, gain, amount or weight: 2⁴⁰. Sums then cannot overflow.
pub const GREATEST: i64 = 1 << 40;

/// The most sites, routes, rewards or quotas of a problem, and the most gains of a reward.
pub const MOST: usize = 1 << 16;

/// When something may start: from `open` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// The first moment it may start.
    pub open: Ticks,
    /// The last moment it may start.
    pub last: Ticks,
}

/// Something that may be visited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Where it is.
    pub place: usize,
    /// What a visit is worth, 0 or more.
    pub value: i64,
    /// What a visit is worth more on certain routes, as (route, 0 or more): so a plan can be kept where it was. A route once at most.
    pub extra: Vec<(usize, i64)>,
    /// How long a visit takes.
    pub duration: Ticks,
    /// When a visit may start, in order of time. One may wait for it. At least one.
    pub windows: Vec<Window>,
    /// A visit starts no sooner than this long after the arrival.
    pub buffer: Ticks,
    /// The routes it may be on; `None` is any.
    pub routes: Option<Vec<usize>>,
    /// Whether it must be visited.
    pub required: bool,
    /// Whether the visit is the meal itself if it starts while the meal of the route may start.
    pub feeds: bool,
    /// How much of the end of a visit is free for the meal of the route, which may then go on after it: 0 where a meal is taken before or after the
    /// visit alone, and never more than the visit takes. `None` where no meal is taken there but the visit itself.
    pub free: Option<Ticks>,
}

impl Site {
    /// A site with nothing but a place, a value, a duration and one window.
    pub fn new(place: usize, value: i64, duration: Ticks, window: Window) -> Self {
        Self {
            place,
            value,
            extra: Vec::new(),
            duration,
            windows: vec![window],
            buffer: 0,
            routes: None,
            required: false,
            feeds: false,
            free: Some(0),
        }
    }

    /// Whether it may be on this route.
    pub fn allows(&self, route: usize) -> bool {
        self.routes.as_ref().is_none_or(|routes| routes.contains(&route))
    }

    /// What a visit on this route is worth, without rewards.
    pub fn value_on(&self, route: usize) -> i64 {
        self.value + self.extra.iter().find(|&&(on, _)| on == route).map_or(0, |&(_, extra)| extra)
    }
}

/// A meal that a route must hold. It is taken at the start, at a stop (on arrival or after the visit) or at the end; or a visit that
/// feeds, and starts within the window, is the meal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meal {
    /// When it may start.
    pub window: Window,
    /// How long it takes, unless a visit is the meal.
    pub duration: Ticks,
}

/// How long may be driven without a rest. Time spent at one place from arrival to departure, whatever it is spent on, is a rest if
/// it is long enough. Otherwise a rest is added: on the leg when the longest driving is reached, or by staying longer at a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resting {
    /// The longest driving without a rest, above 0.
    pub after: Ticks,
    /// The shortest rest, above 0.
    pub rest: Ticks,
}

/// A route, for instance a day: from a place to a place, between two moments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// When it starts.
    pub opens: Ticks,
    /// When it must have ended.
    pub closes: Ticks,
    /// When its start is left at the earliest, where that is later than it opens: a meal at the start may be before.
    pub leaves: Option<Ticks>,
    /// When its end must have been reached, where that is before it closes: a meal at the end may be after.
    pub arrives: Option<Ticks>,
    /// Whether it was begun before: then no meal is taken at its start.
    pub begun: bool,
    /// The meal it must hold.
    pub meal: Option<Meal>,
    /// The rests from driving it must hold.
    pub resting: Option<Resting>,
    /// The longest driving in all.
    pub most_travel: Option<Ticks>,
    /// The most visits.
    pub most_stops: Option<usize>,
}

impl Route {
    /// A route from a place back to it, with nothing else to heed.
    pub fn round(place: usize, opens: Ticks, closes: Ticks) -> Self {
        Self {
            start: place,
            end: place,
            opens,
            closes,
            leaves: None,
            arrives: None,
            begun: false,
            meal: None,
            resting: None,
            most_travel: None,
            most_stops: None,
        }
    }

    /// Whether nothing but travel and waiting can delay it.
    pub(crate) fn is_plain(&self) -> bool {
        self.meal.is_none() && self.resting.is_none() && self.leaves.is_none() && self.arrives.is_none()
    }
}

/// What covering something together is worth: a topic, an interest, a participant. The visited sites of the group bring their amounts
/// together, and each further unit gains no more than the one before; units beyond the last gain bring nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reward {
    /// The group, as (site, amount of 0 or more). A site once at most.
    pub amounts: Vec<(usize, i64)>,
    /// What the first unit gains, the second, ...: none above the one before, none below 0.
    pub gains: Vec<i64>,
}

/// Over what a quota is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All routes together.
    Tour,
    /// Each route by itself.
    EachRoute,
    /// This route alone.
    Route(usize),
}

/// At least and at most how much of a group is visited: kinds of sites, a budget, alternatives of one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// The group, as (site, weight of 0 or more). A site once at most.
    pub weights: Vec<(usize, i64)>,
    /// The visited weights sum up to at least this, 0 or more.
    pub min: Option<i64>,
    /// The visited weights sum up to at most this, 0 or more.
    pub max: Option<i64>,
    /// Over what.
    pub scope: Scope,
}

/// All that a problem is made of, not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Travel times between places.
    pub travel: Travel,
    /// What may be visited; each at most once.
    pub sites: Vec<Site>,
    /// The routes.
    pub routes: Vec<Route>,
    /// What is gained by covering together.
    pub rewards: Vec<Reward>,
    /// What must or may be visited of groups.
    pub quotas: Vec<Quota>,
}

/// A checked problem: which sites to visit on which route in which order.
///
/// A plan is better than another, in this order, if it falls less short of required visits and least quotas; if its value is greater
/// (values of the sites on their routes, and rewards); if its travel is shorter; if the sum of the ends of its routes is earlier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    parts: Parts,
    pub(crate) rewards_of: Vec<Vec<(usize, i64)>>,
    pub(crate) quotas_of: Vec<Vec<(usize, i64)>>,
    /// What so many units of each reward gain together, from none on.
    gains: Vec<Vec<i64>>,
}

/// Why parts do not make a problem.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProblemError {
    /// A row of the travel times is not as long as the number of rows.
    #[error("row {row} of the travel times has {length} fields, there are {places} places")]
    NotSquare {
        /// The row.
        row: usize,
        /// Its length.
        length: usize,
        /// The number of rows.
        places: usize,
    },
    /// A travel time is below 0 or above [`LONGEST_TRAVEL`].
    #[error("the travel time {ticks} from place {from} to place {to} is not between 0 and {LONGEST_TRAVEL}")]
    TravelOutOfRange {
        /// From.
        from: usize,
        /// To.
        to: usize,
        /// What was given.
        ticks: Ticks,
    },
    /// A place is named that does not exist.
    #[error("there is no place {place}, there are {places}")]
    NoSuchPlace {
        /// What was named.
        place: usize,
        /// How many there are.
        places: usize,
    },
    /// A site is named that does not exist.
    #[error("{by} {index} names site {site}, there are {sites}")]
    NoSuchSite {
        /// What names it: "reward" or "quota".
        by: &'static str,
        /// Which of them.
        index: usize,
        /// What was named.
        site: usize,
        /// How many there are.
        sites: usize,
    },
    /// A route is named that does not exist.
    #[error("{by} {index} names route {route}, there are {routes}")]
    NoSuchRoute {
        /// What names it: "site" or "quota".
        by: &'static str,
        /// Which of them.
        index: usize,
        /// What was named.
        route: usize,
        /// How many there are.
        routes: usize,
    },
    /// The same is named twice where it may be named once.
    #[error("{by} {index} names {named} twice")]
    Twice {
        /// What names it.
        by: &'static str,
        /// Which of them.
        index: usize,
        /// What is named, a site or a route by index.
        named: usize,
    },
    /// There are more than [`MOST`] of something.
    #[error("there are {count} {what}, at most {MOST} can be handled")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many.
        count: usize,
    },
    /// A number is outside its range.
    #[error("{what} of {of} {index} is {number}, which is not between {least} and {most}")]
    OutOfRange {
        /// Which number.
        what: &'static str,
        /// Of what: "site", "route", "reward" or "quota".
        of: &'static str,
        /// Which of them.
        index: usize,
        /// What was given.
        number: i64,
        /// The least it may be.
        least: i64,
        /// The most it may be.
        most: i64,
    },
    /// A window closes before it opens.
    #[error("a window of {of} {index} opens at {} and closes before, at {}", window.open, window.last)]
    EmptyWindow {
        /// Of what: "site", "route" or "meal of route".
        of: &'static str,
        /// Which of them.
        index: usize,
        /// The window.
        window: Window,
    },
    /// A site has no window.
    #[error("site {site} has no window")]
    NoWindow {
        /// The site.
        site: usize,
    },
    /// The windows of a site overlap or are not in order of time.
    #[error("the windows of site {site} overlap or are not in order of time")]
    WindowsOutOfOrder {
        /// The site.
        site: usize,
    },
    /// A gain of a reward is greater than the one before.
    #[error("the gains of reward {reward} grow at unit {unit}")]
    GainsGrow {
        /// The reward.
        reward: usize,
        /// The unit that gains more than the one before, from 0.
        unit: usize,
    },
    /// The least of a quota is above its most.
    #[error("quota {quota} asks for at least {min} and at most {max}")]
    QuotaCrossed {
        /// The quota.
        quota: usize,
        /// Its least.
        min: i64,
        /// Its most.
        max: i64,
    },
}

impl Problem {
    /// Checks the parts of a problem.
    ///
    /// # Errors
    /// See [`ProblemError`]. Cost: linear in the size of the parts but for the travel times, which are checked when they are set.
    pub fn new(parts: Parts) -> Result<Self, ProblemError> {
        check(&parts)?;
        let mut rewards_of = vec![Vec::new(); parts.sites.len()];
        for (index, reward) in parts.rewards.iter().enumerate() {
            for &(site, amount) in &reward.amounts {
                rewards_of[site].push((index, amount));
            }
        }
        let mut quotas_of = vec![Vec::new(); parts.sites.len()];
        for (index, quota) in parts.quotas.iter().enumerate() {
            for &(site, weight) in &quota.weights {
                quotas_of[site].push((index, weight));
            }
        }
        let sums = |reward: &Reward| {
            let mut sum = 0;
            let further = reward.gains.iter().map(|gain| {
                sum += gain;
                sum
            });
            std::iter::once(0).chain(further).collect()
        };
        let gains = parts.rewards.iter().map(sums).collect();
        Ok(Self { parts, rewards_of, quotas_of, gains })
    }

    /// What so many units of a reward gain together.
    pub(crate) fn gain(&self, reward: usize, units: i64) -> i64 {
        let sums = &self.gains[reward];
        sums[(units as usize).min(sums.len() - 1)]
    }

    /// Routes that can stand for each other carry the same number: the lowest of them.
    pub(crate) fn classes(&self) -> Vec<usize> {
        let alike = |one: usize, other: usize| {
            let same_site = |site: &Site| {
                site.allows(one) == site.allows(other) && site.value_on(one) == site.value_on(other)
            };
            let named =
                |quota: &Quota| matches!(quota.scope, Scope::Route(only) if only == one || only == other);
            self.routes()[one] == self.routes()[other]
                && self.sites().iter().all(same_site)
                && !self.quotas().iter().any(named)
        };
        let mut classes: Vec<usize> = Vec::new();
        for route in 0..self.routes().len() {
            let class = (0..route).find(|&before| classes[before] == before && alike(before, route));
            classes.push(class.unwrap_or(route));
        }
        classes
    }

    /// What it is made of.
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// What may be visited.
    #[inline]
    pub fn sites(&self) -> &[Site] {
        &self.parts.sites
    }

    /// The routes.
    #[inline]
    pub fn routes(&self) -> &[Route] {
        &self.parts.routes
    }

    /// Travel times between places.
    #[inline]
    pub fn travel(&self) -> &Travel {
        &self.parts.travel
    }

    /// What is gained by covering together.
    #[inline]
    pub fn rewards(&self) -> &[Reward] {
        &self.parts.rewards
    }

    /// What must or may be visited of groups.
    #[inline]
    pub fn quotas(&self) -> &[Quota] {
        &self.parts.quotas
    }
}

fn check(parts: &Parts) -> Result<(), ProblemError> {
    let counts = [
        ("sites", parts.sites.len()),
        ("routes", parts.routes.len()),
        ("rewards", parts.rewards.len()),
        ("quotas", parts.quotas.len()),
    ];
    for (what, count) in counts {
        if count > MOST {
            return Err(ProblemError::TooMany { what, count });
        }
    }
    for (index, route) in parts.routes.iter().enumerate() {
        check_route(parts, index, route)?;
    }
    for (index, site) in parts.sites.iter().enumerate() {
        check_site(parts, index, site)?;
    }
    for (index, reward) in parts.rewards.iter().enumerate() {
        check_group(parts, "reward", index, "an amount", &reward.amounts)?;
        if reward.gains.len() > MOST {
            return Err(ProblemError::TooMany { what: "gains of a reward", count: reward.gains.len() });
        }
        for (unit, &gain) in reward.gains.iter().enumerate() {
            between("a gain", "reward", index, gain, 0, GREATEST / MOST as i64)?;
            if unit > 0 && gain > reward.gains[unit - 1] {
                return Err(ProblemError::GainsGrow { reward: index, unit });
            }
        }
    }
    for (index, quota) in parts.quotas.iter().enumerate() {
        check_group(parts, "quota", index, "a weight", &quota.weights)?;
        for bound in [quota.min, quota.max].into_iter().flatten() {
            between("a bound", "quota", index, bound, 0, GREATEST * MOST as i64)?;
        }
        if let (Some(min), Some(max)) = (quota.min, quota.max)
            && min > max
        {
            return Err(ProblemError::QuotaCrossed { quota: index, min, max });
        }
        if let Scope::Route(route) = quota.scope {
            has_route(parts, "quota", index, route)?;
        }
    }
    Ok(())
}

fn check_route(parts: &Parts, index: usize, route: &Route) -> Result<(), ProblemError> {
    for place in [route.start, route.end] {
        has_place(parts, place)?;
    }
    check_window("route", index, Window { open: route.opens, last: route.closes })?;
    for moment in route.leaves.into_iter().chain(route.arrives) {
        between("a moment", "route", index, moment, -LATEST, LATEST)?;
    }
    if let Some(meal) = &route.meal {
        check_window("meal of route", index, meal.window)?;
        between("the duration of the meal", "route", index, meal.duration, 0, LATEST)?;
    }
    if let Some(resting) = &route.resting {
        between("the longest driving without a rest", "route", index, resting.after, 1, LATEST)?;
        between("the shortest rest", "route", index, resting.rest, 1, LATEST)?;
    }
    if let Some(most) = route.most_travel {
        between("the longest driving", "route", index, most, 0, LATEST)?;
    }
    Ok(())
}

fn check_site(parts: &Parts, index: usize, site: &Site) -> Result<(), ProblemError> {
    has_place(parts, site.place)?;
    between("the value", "site", index, site.value, 0, GREATEST)?;
    between("the duration", "site", index, site.duration, 0, LATEST)?;
    between("the buffer", "site", index, site.buffer, 0, LATEST)?;
    if let Some(free) = site.free {
        between("what is free for the meal", "site", index, free, 0, LATEST)?;
    }
    if site.windows.is_empty() {
        return Err(ProblemError::NoWindow { site: index });
    }
    for &window in &site.windows {
        check_window("site", index, window)?;
    }
    if site.windows.windows(2).any(|pair| pair[1].open <= pair[0].last) {
        return Err(ProblemError::WindowsOutOfOrder { site: index });
    }
    for &(route, extra) in &site.extra {
        has_route(parts, "site", index, route)?;
        between("the extra value", "site", index, extra, 0, GREATEST)?;
    }
    once("site", index, site.extra.iter().map(|&(route, _)| route))?;
    for &route in site.routes.iter().flatten() {
        has_route(parts, "site", index, route)?;
    }
    once("site", index, site.routes.iter().flatten().copied())
}

fn check_group(
    parts: &Parts,
    by: &'static str,
    index: usize,
    what: &'static str,
    group: &[(usize, i64)],
) -> Result<(), ProblemError> {
    for &(site, number) in group {
        if site >= parts.sites.len() {
            return Err(ProblemError::NoSuchSite { by, index, site, sites: parts.sites.len() });
        }
        between(what, by, index, number, 0, GREATEST)?;
    }
    once(by, index, group.iter().map(|&(site, _)| site))
}

fn check_window(of: &'static str, index: usize, window: Window) -> Result<(), ProblemError> {
    for moment in [window.open, window.last] {
        between("a moment", of, index, moment, -LATEST, LATEST)?;
    }
    if window.last < window.open {
        return Err(ProblemError::EmptyWindow { of, index, window });
    }
    Ok(())
}

fn between(
    what: &'static str,
    of: &'static str,
    index: usize,
    number: i64,
    least: i64,
    most: i64,
) -> Result<(), ProblemError> {
    if (least..=most).contains(&number) {
        return Ok(());
    }
    Err(ProblemError::OutOfRange { what, of, index, number, least, most })
}

fn has_place(parts: &Parts, place: usize) -> Result<(), ProblemError> {
    let places = parts.travel.places();
    if place < places { Ok(()) } else { Err(ProblemError::NoSuchPlace { place, places }) }
}

fn has_route(parts: &Parts, by: &'static str, index: usize, route: usize) -> Result<(), ProblemError> {
    let routes = parts.routes.len();
    if route < routes { Ok(()) } else { Err(ProblemError::NoSuchRoute { by, index, route, routes }) }
}

fn once(by: &'static str, index: usize, names: impl Iterator<Item = usize>) -> Result<(), ProblemError> {
    let mut names: Vec<usize> = names.collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(ProblemError::Twice { by, index, named: pair[0] }),
        None => Ok(()),
    }
}
