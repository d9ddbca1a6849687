//! The times of a day whose visits and their order are given.

use std::borrow::Cow;

use distretto_orienteering as orienteering;
use distretto_orienteering::{MealPlace, Parts, Problem, RestPlace, Route, Schedule, Site, Why, Window};

use super::clock::{Minute, local};
use super::limits::{Limits, be_back_by, leave_after};
use super::prepared::{Drive, Prepared};
use super::refusal::Refusal;
use super::windows::between;
use crate::plan::{DayPlan, Pause, Stop};

/// A day whose visits and their order are given.
#[derive(Debug, Clone)]
pub(super) struct Sequence<'a> {
    pub prepared: &'a Prepared<'a>,
    pub day: usize,
    /// Codes of the places where it begins and ends.
    pub from: &'a str,
    pub to: &'a str,
    /// What it must keep to.
    pub route: Route,
    /// The visits, as candidates, with the moments when they may begin.
    pub visits: Vec<(usize, Cow<'a, [Window]>)>,
}

impl<'a> Sequence<'a> {
    /// A day with its own hours and those of its hosts.
    pub fn new(prepared: &'a Prepared<'a>, day: usize, ends: (&'a str, &'a str), visits: &[usize]) -> Self {
        let rules = &prepared.days[day];
        let windows = |&visit: &usize| (visit, Cow::Borrowed(prepared.candidates[visit].windows(day)));
        Self {
            prepared,
            day,
            from: ends.0,
            to: ends.1,
            route: rules.route(0, 0),
            visits: visits.iter().map(windows).collect(),
        }
    }

    /// The same day, narrowed.
    pub fn within(mut self, limits: &Limits) -> Self {
        limits.bind(self.day, &mut self.route);
        self
    }

    /// The times: the day ends as early as it can, and begins as late as it then can. Everything between is as early as it can be.
    ///
    /// Cost: that of timing the sequence some ten times.
    pub fn latest(&self) -> Result<Schedule, Refusal> {
        let parts = self.parts()?;
        let mut best = timed(self, parts.clone())?;
        if self.prepared.days[self.day].begun {
            return Ok(best);
        }
        // One can always wait before leaving, so the end never comes earlier when the departure comes later.
        let end = best.end;
        greatest(self.route.opens + 1, end.min(self.route.closes), |opens| {
            let mut parts = parts.clone();
            parts.routes[0].opens = opens;
            match timed(self, parts) {
                Ok(later) if later.end == end => {
                    best = later;
                    true
                }
                _ => false,
            }
        });
        Ok(best)
    }

    /// The day begun after the driver's night, if it then still can be.
    pub fn after(self, before: Option<&Schedule>) -> Self {
        let Some(before) = before.filter(|_| !self.prepared.days[self.day].begun) else { return self };
        let mut later = self.clone();
        let night = i64::from(self.prepared.tour.frame.driving.night);
        leave_after(&mut later.route, before.arrival.saturating_add(night));
        if later.route == self.route || later.earliest().is_err() { self } else { later }
    }

    /// The earliest times.
    pub fn earliest(&self) -> Result<Schedule, Refusal> {
        timed(self, self.parts()?)
    }

    /// Fixes each visit that was announced as near to its time as the ones before it and the end of the day allow, in their order; of two
    /// moments as near, the earlier. Visits that were not announced keep their windows.
    ///
    /// Whatever is fixed first comes as near as it can, so that the sum of all differences need not be the least.
    /// Cost: that of timing the sequence some ten times for each visit.
    pub fn near(mut self, announced: &[Option<Minute>]) -> Result<Self, Refusal> {
        self.earliest()?;
        for (at, announced) in announced.iter().enumerate().take(self.visits.len()) {
            let Some(announced) = *announced else { continue };
            let windows = self.visits[at].1.clone();
            let mut possible = |open: Minute, last: Minute| {
                let narrowed = between(&windows, open, last);
                self.visits[at].1 = Cow::Owned(narrowed);
                !self.visits[at].1.is_empty() && self.earliest().is_ok()
            };
            let (first, last) = (windows[0].open, windows[windows.len() - 1].last);
            let nearest = if possible(announced, announced) {
                Some(announced)
            } else {
                let earlier = greatest(first, announced - 1, |open| possible(open, announced - 1));
                // The least later moment, looked for as the greatest of its negative.
                let later =
                    greatest(-last, -announced - 1, |last| possible(announced + 1, -last)).map(|last| -last);
                [earlier, later].into_iter().flatten().min_by_key(|start| (start - announced).abs())
            };
            self.visits[at].1 = match nearest {
                Some(start) => Cow::Owned(vec![Window { open: start, last: start }]),
                None => windows,
            };
        }
        Ok(self)
    }

    /// The day as a problem of its own, whose places are its beginning, its visits in order, and its end.
    fn parts(&self) -> Result<Parts, Refusal> {
        let prepared = self.prepared;
        let last = self.visits.len() + 1;
        let mut travel = orienteering::Travel::none(last + 1);
        let (mut from, mut via) = (self.from, prepared.days[self.day].via.as_deref());
        let visits = self.visits.iter().map(|(visit, _)| {
            let candidate = &prepared.candidates[*visit];
            (candidate.code.as_str(), candidate.via.as_deref())
        });
        for (place, (to, over)) in visits.chain([(self.to, None)]).enumerate() {
            let named = || (from.to_owned(), to.to_owned());
            match prepared.drive_over(from, via, to) {
                Drive::Minutes(minutes) => {
                    travel.set(place, place + 1, Some(minutes)).map_err(|why| unworkable(&why))?;
                }
                Drive::NoRoute => {
                    let (from, to) = named();
                    return Err(Refusal::NoRoute { from, to });
                }
                Drive::Unknown => {
                    let (from, to) = named();
                    return Err(Refusal::UnknownWay { from, to });
                }
            }
            (from, via) = (to, over);
        }
        let sites = self.visits.iter().enumerate().map(|(place, (visit, windows))| {
            let candidate = &prepared.candidates[*visit];
            Site {
                windows: windows.to_vec(),
                buffer: candidate.buffer,
                feeds: candidate.feeds,
                free: candidate.free,
                ..Site::new(place + 1, 0, candidate.stay(), Window { open: 0, last: 0 })
            }
        });
        let route = Route { end: last, ..self.route.clone() };
        if route.opens > route.closes {
            let (minutes, because) = (route.opens - route.closes, super::refusal::Because::Travel);
            return Err(Refusal::ReturnsLate { minutes, because });
        }
        Ok(Parts {
            travel,
            sites: sites.collect(),
            routes: vec![route],
            rewards: Vec::new(),
            quotas: Vec::new(),
        })
    }

    fn refusal(&self, why: &Why) -> Refusal {
        match *why {
            Why::TooManyStops { most, .. } => Refusal::TooMany { most },
            Why::Driving { travel, most, .. } => Refusal::Driving { minutes: travel - most },
            Why::Window { site, late, burden, .. } => Refusal::TooLate {
                host: self
                    .visits
                    .get(site)
                    .map_or_else(String::new, |(visit, _)| self.prepared.candidates[*visit].code.clone()),
                minutes: late,
                because: burden.into(),
            },
            Why::Arrives { late, burden, .. } | Why::Closes { late, burden, .. } => {
                Refusal::ReturnsLate { minutes: late, because: burden.into() }
            }
            Why::Meal { .. } => Refusal::NoMeal,
            ref why => Refusal::Unworkable(why.to_string()),
        }
    }

    /// The day of a plan that these times make.
    pub fn day_plan(&self, schedule: &Schedule) -> DayPlan {
        let prepared = self.prepared;
        let time = |minute| local(prepared.zone, minute);
        let candidate = |stop: usize| &prepared.candidates[self.visits[stop].0];
        let stops = schedule.stops.iter().enumerate().map(|(at, stop)| Stop {
            host: candidate(at).code.clone(),
            arrives: time(stop.arrival),
            starts: time(stop.start),
            ends: time(stop.start + candidate(at).minutes),
            slots: candidate(at).slots(prepared.zone, stop.start),
        });
        let meal = schedule.meal.map(|meal| {
            let (at, end) = match meal.place {
                MealPlace::Start => (self.from, meal.end),
                MealPlace::Before(stop) | MealPlace::After(stop) => (candidate(stop).code.as_str(), meal.end),
                MealPlace::Visit(stop) => {
                    (candidate(stop).code.as_str(), meal.start + candidate(stop).minutes)
                }
                MealPlace::End => (self.to, meal.end),
            };
            Pause { starts: time(meal.start), ends: time(end), at: Some(at.to_owned()) }
        });
        let rests = schedule.rests.iter().map(|rest| Pause {
            starts: time(rest.start),
            ends: time(rest.end),
            at: match rest.place {
                RestPlace::Leg { .. } => None,
                RestPlace::Stop(stop) => Some(candidate(stop).code.clone()),
            },
        });
        DayPlan {
            date: prepared.days[self.day].date,
            from: self.from.to_owned(),
            to: self.to.to_owned(),
            departs: time(schedule.leaves),
            returns: time(schedule.arrival),
            stops: stops.collect(),
            meal,
            rests: rests.collect(),
        }
    }
}

/// A day with its times.
#[derive(Debug, Clone)]
pub(super) struct Timed<'a> {
    pub sequence: Sequence<'a>,
    pub schedule: Schedule,
}

impl<'a> Timed<'a> {
    /// Times a day after the driver's night, if it then still can be. If not, and the coach can be back sooner on the day before, because the meal
    /// of that day can be at its end, that day is timed anew.
    pub fn after(before: Option<&mut Self>, sequence: Sequence<'a>) -> Result<Self, Refusal> {
        let sequence = sequence.after(before.as_ref().map(|before| &before.schedule));
        let schedule = sequence.latest()?;
        let prepared = sequence.prepared;
        if let Some(before) = before
            && prepared.short_night(&before.schedule, &schedule) > 0
        {
            let mut sooner = before.sequence.clone();
            be_back_by(&mut sooner.route, schedule.leaves - i64::from(prepared.tour.frame.driving.night));
            if let Ok(schedule) = sooner.latest() {
                *before = Self { sequence: sooner, schedule };
            }
        }
        Ok(Self { sequence, schedule })
    }
}

/// The times of days one after the other, each after the driver's night where it can be; or the day that cannot be, and why.
pub(super) fn in_turn(days: &[Sequence]) -> Result<Vec<Schedule>, (usize, Refusal)> {
    let mut timed: Vec<Timed> = Vec::new();
    for sequence in days {
        let day = Timed::after(timed.last_mut(), sequence.clone());
        timed.push(day.map_err(|why| (sequence.day, why))?);
    }
    Ok(timed.into_iter().map(|day| day.schedule).collect())
}

/// The greatest number of a range for which something holds that holds for all below, if for any.
fn greatest(mut low: i64, mut high: i64, mut holds: impl FnMut(i64) -> bool) -> Option<i64> {
    let mut found = None;
    while low <= high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            found = Some(middle);
            low = middle + 1;
        } else {
            high = middle - 1;
        }
    }
    found
}

/// The times of the one route of these parts.
fn timed(sequence: &Sequence, parts: Parts) -> Result<Schedule, Refusal> {
    let order: Vec<usize> = (0..parts.sites.len()).collect();
    let problem = Problem::new(parts).map_err(|why| unworkable(&why))?;
    orienteering::evaluate(&problem, 0, &order).map_err(|why| sequence.refusal(&why))
}

fn unworkable(why: &orienteering::ProblemError) -> Refusal {
    Refusal::Unworkable(why.to_string())
}
