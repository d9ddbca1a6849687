//! Where the coach stands when, and what it drives between.

use chrono::NaiveDateTime;

use super::clock::{Minute, minute};
use super::groups::{Group, groups};
use super::violation::{Breach, Named, Violation};
use crate::frame::Day;
use crate::host::Host;
use crate::plan::{DayPlan, Plan, Stop};
use crate::tour::Tour;
use crate::travel::{Travel, Way};

/// A plan with what its tour says of it.
pub(super) struct Course<'a> {
    pub tour: &'a Tour,
    pub plan: &'a Plan,
    pub days: Vec<DayCourse<'a>>,
}

/// One day of it.
pub(super) struct DayCourse<'a> {
    pub plan: &'a DayPlan,
    /// The day of the tour; `None` where it has none of this date.
    pub day: Option<&'a Day>,
    /// The base where it begins, the stops, the base where it ends.
    pub stands: Vec<Stand<'a>>,
    /// The ways between them: one fewer than `stands`.
    pub legs: Vec<Leg>,
}

/// A place where the coach stands.
pub(super) struct Stand<'a> {
    pub code: &'a str,
    pub stop: Option<&'a Stop>,
    /// When it arrives; at the beginning of the day, when it leaves.
    pub arrives: Minute,
    /// When it can leave: after the visit and the pause.
    pub ready: Minute,
    /// When it leaves: as late as it can, not before `ready`.
    pub leaves: Minute,
}

/// How long a way takes.
#[derive(Clone, Copy)]
pub(super) enum Drive {
    /// In minutes, rounded as the frame says.
    Minutes(i64),
    NoRoute,
    Unknown,
    /// One of its ends is neither a host nor a base.
    Nowhere,
}

/// A way of a day.
pub(super) struct Leg {
    pub drive: Drive,
    pub metres: Option<u64>,
    /// The rests on it, in order.
    pub rests: Vec<Rest>,
    /// Minutes of driving before the first rest, between two, and after the last: one more than `rests`.
    pub driven: Vec<i64>,
    /// Minutes by which there is too little time for it.
    pub short: i64,
}

/// A rest on the road.
#[derive(Clone, Copy)]
pub(super) struct Rest {
    pub starts: Minute,
    pub ends: Minute,
}

impl Leg {
    /// Minutes of driving; none where they are not known.
    pub fn minutes(&self) -> i64 {
        if let Drive::Minutes(minutes) = self.drive { minutes } else { 0 }
    }
}

impl<'a> Course<'a> {
    pub fn of(tour: &'a Tour, travel: &'a Travel, plan: &'a Plan) -> Self {
        let days = plan.days.iter().map(|day| DayCourse::of(tour, travel, day)).collect();
        Self { tour, plan, days }
    }

    /// The minute of a local time of the tour.
    pub fn minute(&self, time: NaiveDateTime) -> Minute {
        minute(self.tour.frame.time_zone, time)
    }

    /// Every stop with its day and its host, where there is one of this code.
    pub fn stops(&self) -> impl Iterator<Item = (&DayCourse<'a>, &'a Stop, Option<&'a Host>)> {
        self.days.iter().flat_map(move |day| {
            day.plan.stops.iter().map(move |stop| (day, stop, self.tour.host(&stop.host)))
        })
    }

    /// Every stop at a host that is known and expects nobody at a fixed time, with its day.
    pub fn unconfirmed(&self) -> impl Iterator<Item = (&DayCourse<'a>, &'a Stop, &'a Host)> {
        self.stops().filter_map(|(day, stop, host)| {
            let confirmed = self.tour.visit(&stop.host).state == crate::visit::State::Confirmed;
            host.filter(|_| !confirmed).map(|host| (day, stop, host))
        })
    }

    /// How the party is shown round at a host, in the time that was agreed.
    pub fn groups(&self, host: &Host) -> Vec<Group> {
        let minutes = self.tour.visit(&host.code).minutes.unwrap_or(host.minutes);
        groups(host, self.tour.delegation.people(), minutes)
    }

    pub fn named(&self, code: &str) -> Named {
        Named::of(self.tour, code)
    }

    pub fn named_all(&self, codes: &[String]) -> Vec<Named> {
        codes.iter().map(|code| self.named(code)).collect()
    }

    /// A violation at a stop.
    pub fn at(&self, day: &DayCourse, host: &str, breach: Breach) -> Violation {
        Violation { day: Some(day.plan.date), host: Some(self.named(host)), breach }
    }
}

impl<'a> DayCourse<'a> {
    fn of(tour: &'a Tour, travel: &Travel, plan: &'a DayPlan) -> Self {
        let zone = tour.frame.time_zone;
        let at = |time| minute(zone, time);
        let base =
            |code, time| Stand { code, stop: None, arrives: at(time), ready: at(time), leaves: at(time) };
        let pause = i64::from(tour.delegation.pace.pause());
        let mut stands = vec![base(plan.from.as_str(), plan.departs)];
        stands.extend(plan.stops.iter().map(|stop| {
            let ready = at(stop.ends) + pause;
            Stand { code: &stop.host, stop: Some(stop), arrives: at(stop.arrives), ready, leaves: ready }
        }));
        stands.push(base(plan.to.as_str(), plan.returns));
        let mut legs: Vec<Leg> =
            stands.windows(2).map(|ends| Leg::of(tour, travel, ends[0].code, ends[1].code)).collect();
        for rest in plan.rests.iter().filter(|rest| rest.at.is_none()) {
            let rest = Rest { starts: at(rest.starts), ends: at(rest.ends) };
            if rest.starts <= rest.ends
                && let Some((leg, 0)) = nearest_leg(&stands, rest)
            {
                legs[leg].rests.push(rest);
            }
        }
        for (index, leg) in legs.iter_mut().enumerate() {
            leg.rests = merged(std::mem::take(&mut leg.rests));
            stands[index].leaves = leg.drive_late(stands[index].ready, stands[index + 1].arrives);
        }
        Self { plan, day: tour.frame.days.iter().find(|day| day.date == plan.date), stands, legs }
    }

    /// A violation of the whole day.
    pub fn breaks(&self, breach: Breach) -> Violation {
        Violation { day: Some(self.plan.date), host: None, breach }
    }

    /// The ways with the places at their ends.
    pub fn ways(&self) -> impl Iterator<Item = (&Stand<'a>, &Leg, &Stand<'a>)> {
        self.legs.iter().zip(self.stands.windows(2)).map(|(leg, ends)| (&ends[0], leg, &ends[1]))
    }
}

/// The way on which a rest lies, or the first of those that it comes nearest to, and by how many minutes it is outside of it.
pub(super) fn nearest_leg(stands: &[Stand], rest: Rest) -> Option<(usize, i64)> {
    let outside = |ends: &[Stand]| outside(rest, ends[0].ready, ends[1].arrives);
    stands.windows(2).map(outside).enumerate().min_by_key(|&(_, outside)| outside)
}

/// Rests in order, those that overlap or touch as one.
fn merged(mut rests: Vec<Rest>) -> Vec<Rest> {
    rests.sort_by_key(|rest| (rest.starts, rest.ends));
    let mut merged: Vec<Rest> = Vec::new();
    for rest in rests {
        match merged.last_mut() {
            Some(last) if rest.starts <= last.ends => last.ends = last.ends.max(rest.ends),
            _ => merged.push(rest),
        }
    }
    merged
}

/// By how many minutes a stretch of time is outside of another.
pub(super) fn outside(stretch: Rest, from: Minute, until: Minute) -> i64 {
    (from - stretch.starts).max(0) + (stretch.ends - until).max(0)
}

impl Leg {
    fn of(tour: &Tour, travel: &Travel, from: &str, to: &str) -> Self {
        let known = |code| tour.host(code).is_some() || tour.base(code).is_some();
        let round = tour.frame.round.max(1);
        let (drive, metres) = match travel.way(from, to) {
            _ if !known(from) || !known(to) => (Drive::Nowhere, None),
            _ if from == to => (Drive::Minutes(0), Some(0)),
            Way::Leg(leg) => {
                let minutes = i64::from(leg.minutes.div_ceil(round)) * i64::from(round);
                (Drive::Minutes(minutes), leg.metres.map(u64::from))
            }
            Way::NoRoute => (Drive::NoRoute, None),
            Way::Unknown => (Drive::Unknown, None),
        };
        Self { drive, metres, rests: Vec::new(), driven: Vec::new(), short: 0 }
    }

    /// Puts the driving as late as it can be, around the rests; returns when the coach leaves.
    fn drive_late(&mut self, ready: Minute, arrives: Minute) -> Minute {
        let (mut left, mut until, mut leaves) = (self.minutes(), arrives, arrives);
        for index in (0..=self.rests.len()).rev() {
            let from = index.checked_sub(1).map_or(ready, |before| self.rests[before].ends);
            let driven = left.min(until - from).max(0);
            if driven > 0 {
                leaves = until - driven;
            }
            left -= driven;
            self.driven.insert(0, driven);
            until = index.checked_sub(1).map_or(until, |before| until.min(self.rests[before].starts));
        }
        self.short = left + (ready - arrives).max(0);
        self.driven[0] += left;
        if self.short > 0 { ready } else { leaves }
    }
}
