//! A tour made ready for planning: checked, and with all times reckoned.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use distretto_orienteering::{Meal, Resting, Route, Schedule, Window};

use super::candidate::{Candidate, Span};
use super::clock::{Minute, minute_of};
use super::error::PlanError;
use super::limits::leave_after;
use crate::host::Host;
use crate::tour::Tour;
use crate::travel::{Travel, Way};
use crate::visit::{Demand, State, Visit};

/// A tour made ready for planning: what does not change from one arrangement to the next is reckoned once.
///
/// Memory: some hundred bytes for each host and day.
#[derive(Debug, Clone)]
pub struct Prepared<'a> {
    pub(super) tour: &'a Tour,
    pub(super) travel: &'a Travel,
    pub(super) zone: Tz,
    pub(super) days: Vec<DayRules>,
    pub(super) candidates: Vec<Candidate>,
    /// Ways that took as long as they took, whatever is known of them.
    pub(super) driven: BTreeMap<(String, String), i64>,
    /// Whether no host was left out that could be visited.
    pub(super) complete: bool,
    index: BTreeMap<&'a str, usize>,
}

/// What a day must keep to.
#[derive(Debug, Clone)]
pub(super) struct DayRules {
    pub date: NaiveDate,
    pub opens: Minute,
    pub closes: Minute,
    /// When the coach leaves its base at the earliest, where that is later: a meal there may be before.
    pub leaves: Option<Minute>,
    pub meal: Option<Meal>,
    pub most: Option<usize>,
    pub resting: Option<Resting>,
    pub most_travel: Option<i64>,
    /// The place over which the coach comes from its base, because it is late there.
    pub via: Option<String>,
    /// Whether it begins when it opens, because it has begun.
    pub begun: bool,
    /// Whether the base was left, so that no meal is taken there any more before the coach leaves.
    pub left: bool,
}

/// How long a way takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drive {
    Minutes(i64),
    NoRoute,
    Unknown,
}

impl<'a> Prepared<'a> {
    /// Makes a tour ready with all its hosts.
    ///
    /// # Errors
    /// What is wrong with the tour; see [`PlanError`]. Ways are not looked at. Cost: the hours of each host on each day.
    pub fn new(tour: &'a Tour, travel: &'a Travel) -> Result<Self, PlanError> {
        Self::of(tour, travel, |_| true)
    }

    /// Makes a tour ready with those of its hosts that are kept; the others cannot be planned.
    ///
    /// # Errors
    /// As [`Prepared::new`].
    pub fn of(tour: &'a Tour, travel: &'a Travel, keep: impl Fn(&Host) -> bool) -> Result<Self, PlanError> {
        check(tour)?;
        let days: Vec<DayRules> = (0..tour.frame.days.len()).map(|day| rules(tour, day)).collect();
        let spans: Vec<Span> =
            days.iter().map(|day| Span { date: day.date, opens: day.opens, closes: day.closes }).collect();
        let visits: BTreeMap<&str, &Visit> =
            tour.visits.iter().map(|visit| (visit.host.as_str(), visit)).collect();
        let mut candidates = Vec::new();
        let mut index = BTreeMap::new();
        for host in tour.hosts.iter().filter(|host| keep(host)) {
            let visit =
                visits.get(host.code.as_str()).map_or_else(|| Visit::of(&host.code), |&visit| visit.clone());
            index.insert(host.code.as_str(), candidates.len());
            candidates.push(Candidate::new(tour, host, &visit, &spans)?);
        }
        Ok(Self {
            tour,
            travel,
            zone: tour.frame.time_zone,
            days,
            candidates,
            driven: BTreeMap::new(),
            complete: true,
            index,
        })
    }

    /// Leaves out all hosts but those kept.
    pub(super) fn retain(&mut self, keep: impl Fn(&Candidate) -> bool) {
        let codes: BTreeMap<usize, &'a str> = self.index.iter().map(|(&code, &at)| (at, code)).collect();
        let kept: Vec<usize> = (0..self.candidates.len()).filter(|&at| keep(&self.candidates[at])).collect();
        self.index = kept.iter().enumerate().filter_map(|(to, at)| Some((*codes.get(at)?, to))).collect();
        let mut kept = kept.into_iter().peekable();
        let mut at = 0;
        self.candidates.retain(|_| {
            let is_kept = kept.next_if_eq(&at).is_some();
            at += 1;
            is_kept
        });
    }

    /// The candidate with this code.
    pub(super) fn candidate(&self, host: &str) -> Option<usize> {
        self.index.get(host).copied()
    }

    /// How long it takes from place to place, rounded up as the frame says.
    pub(super) fn drive(&self, from: &str, to: &str) -> Drive {
        if from == to {
            return Drive::Minutes(0);
        }
        if !self.driven.is_empty()
            && let Some(&minutes) = self.driven.get(&(from.to_owned(), to.to_owned()))
        {
            return Drive::Minutes(minutes);
        }
        match self.travel.way(from, to) {
            Way::Unknown => Drive::Unknown,
            Way::NoRoute => Drive::NoRoute,
            Way::Leg(leg) => {
                Drive::Minutes(up(i64::from(leg.minutes), i64::from(self.tour.frame.round.max(1))))
            }
        }
    }
}

impl Prepared<'_> {
    /// How long it takes from place to place over another, and no less than straight: a plan tells nothing of the other.
    pub(super) fn drive_over(&self, from: &str, via: Option<&str>, to: &str) -> Drive {
        let Some(via) = via.filter(|&via| via != from && via != to) else { return self.drive(from, to) };
        match (self.drive(from, via), self.drive(via, to), self.drive(from, to)) {
            (Drive::Minutes(first), Drive::Minutes(second), Drive::Minutes(straight)) => {
                Drive::Minutes(straight.max(first + second))
            }
            (Drive::Unknown, _, _) | (_, Drive::Unknown, _) | (_, _, Drive::Unknown) => Drive::Unknown,
            _ => Drive::NoRoute,
        }
    }

    /// By how many minutes the driver's night before a day is too short; 0 or less where it is long enough.
    pub(super) fn short_night(&self, before: &Schedule, after: &Schedule) -> i64 {
        i64::from(self.tour.frame.driving.night) - (after.leaves - before.arrival)
    }
}

/// The next multiple that is not below.
const fn up(minutes: i64, multiple: i64) -> i64 {
    (minutes + multiple - 1) / multiple * multiple
}

impl DayRules {
    /// The route of this day between two places.
    pub fn route(&self, start: usize, end: usize) -> Route {
        let mut route = Route {
            begun: self.left,
            meal: self.meal,
            resting: self.resting,
            most_travel: self.most_travel,
            most_stops: self.most,
            ..Route::round(start, self.opens, self.closes)
        };
        route.end = end;
        if let Some(leaves) = self.leaves {
            leave_after(&mut route, leaves);
        }
        route
    }
}

/// What a day of a checked tour must keep to.
fn rules(tour: &Tour, day: usize) -> DayRules {
    let frame = &tour.frame;
    let day = &frame.days[day];
    let at = |time| minute_of(frame.time_zone, day.date, time);
    let most = [tour.delegation.pace.most(), day.most].into_iter().flatten().min();
    let driving = &frame.driving;
    DayRules {
        date: day.date,
        opens: at(day.starts),
        closes: at(day.ends),
        leaves: None,
        meal: day.meal.map(|meal| Meal {
            window: Window { open: at(meal.from), last: at(meal.until) },
            duration: i64::from(meal.minutes),
        }),
        most: most.map(|most| most as usize),
        resting: Some(Resting { after: i64::from(driving.stretch), rest: i64::from(driving.rest) }),
        most_travel: Some(i64::from(driving.day)),
        via: None,
        begun: false,
        left: false,
    }
}

/// Whether a tour can be planned at all.
fn check(tour: &Tour) -> Result<(), PlanError> {
    let frame = &tour.frame;
    if frame.days.is_empty() {
        return Err(PlanError::NoDays);
    }
    if frame.round == 0 {
        return Err(PlanError::Zero { what: "what travel times are rounded to" });
    }
    if frame.driving.stretch == 0 {
        return Err(PlanError::Zero { what: "the longest driving without a rest" });
    }
    if frame.driving.rest == 0 {
        return Err(PlanError::Zero { what: "the rest of the driver" });
    }
    let people = tour.delegation.people();
    if let Some(seats) = frame.seats.filter(|&seats| people > seats) {
        return Err(PlanError::Seats { people, seats });
    }
    let mut codes = BTreeSet::new();
    let all = tour.hosts.iter().map(|host| &host.code).chain(frame.bases.iter().map(|base| &base.code));
    for code in all {
        if !codes.insert(code.as_str()) {
            return Err(PlanError::CodeTwice { code: code.clone() });
        }
    }
    check_days(tour)?;
    check_visits(tour)
}

fn check_days(tour: &Tour) -> Result<(), PlanError> {
    let days = &tour.frame.days;
    if let Some(pair) = days.windows(2).find(|pair| pair[1].date <= pair[0].date) {
        return Err(PlanError::DaysOutOfOrder { date: pair[1].date });
    }
    for (index, day) in days.iter().enumerate() {
        let date = day.date;
        let rules = rules(tour, index);
        if rules.opens > rules.closes {
            return Err(PlanError::DayEndsBeforeItStarts { date });
        }
        if rules.meal.is_some_and(|meal| meal.window.open > meal.window.last) {
            return Err(PlanError::MealWindow { date });
        }
        if day.to.is_empty() || (index == 0 && day.from.is_empty()) {
            return Err(PlanError::NoBase { date, begins: !day.to.is_empty() });
        }
        if let Some(code) = day.from.iter().chain(&day.to).find(|code| tour.base(code).is_none()) {
            return Err(PlanError::UnknownBase { date, code: code.clone() });
        }
        let hotel = |code: &String| tour.base(code).is_some_and(|base| base.hotel);
        if index + 1 < days.len() && !day.to.iter().any(hotel) {
            return Err(PlanError::NoHotel { date });
        }
    }
    Ok(())
}

fn check_visits(tour: &Tour) -> Result<(), PlanError> {
    let hosts: BTreeSet<&str> = tour.hosts.iter().map(|host| host.code.as_str()).collect();
    let unknown = |by, code: &String| PlanError::UnknownHost { by, code: code.clone() };
    let mut seen = BTreeSet::new();
    for visit in &tour.visits {
        let host = || visit.host.clone();
        if !hosts.contains(visit.host.as_str()) {
            return Err(unknown("a visit", &visit.host));
        }
        if !seen.insert(visit.host.as_str()) {
            return Err(PlanError::VisitTwice { host: host() });
        }
        if visit.state == State::Confirmed && visit.start.is_none() {
            return Err(PlanError::ConfirmedWithoutTime { host: host() });
        }
        if visit.state == State::Confirmed && visit.demand == Demand::Excluded {
            return Err(PlanError::ConfirmedAndExcluded { host: host() });
        }
    }
    let mut counted = tour.rules.quotas.iter().flat_map(|quota| &quota.which.hosts);
    match counted.find(|code| !hosts.contains(code.as_str())) {
        Some(code) => Err(unknown("a quota", code)),
        None => Ok(()),
    }
}
