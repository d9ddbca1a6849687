//! Rules of hosts that confirmed visits overrule.

use std::fmt;

use chrono::NaiveDateTime;
use serde::Serialize;

use super::clock::local;
use super::course::Course;
use super::rules::{eligible, open};
use super::sentence::moment;
use super::violation::{Breach, Named};
use crate::plan::{Plan, Stop};
use crate::tour::Tour;
use crate::travel::Travel;
use crate::visit::State;

/// A rule that a confirmed visit overrules. Its text is a sentence for a planner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overruled {
    /// The host.
    pub host: Named,
    /// When the visit is confirmed to begin, in local time of the tour.
    pub start: NaiveDateTime,
    /// What would be broken if it were not confirmed.
    #[serde(flatten)]
    pub breach: Breach,
}

/// What the confirmed visits of a tour overrule, in the order of its visits: consent, validity, languages, needs, districts and opening hours. A
/// time that was confirmed is a fact, so no plan breaks these rules by keeping it; whoever confirmed it may not have known of them. Notice is none
/// of them: who has confirmed needs none. Visits without a start or a known host are passed over, and hours that cannot be told. Cost: hosts × confirmed visits.
pub fn overruled(tour: &Tour) -> Vec<Overruled> {
    let travel = Travel::default();
    let plan = Plan { days: Vec::new(), proven: None };
    let course = Course::of(tour, &travel, &plan);
    let mut all = Vec::new();
    for visit in tour.visits.iter().filter(|visit| visit.state == State::Confirmed) {
        let (Some(start), Some(host)) = (visit.start, tour.host(&visit.host)) else { continue };
        let minutes = course.groups(host).last().map_or(0, |group| group.ends);
        let ends = local(tour.frame.time_zone, course.minute(start) + minutes);
        let stop = Stop { host: visit.host.clone(), arrives: start, starts: start, ends, slots: Vec::new() };
        let hours = open::breach(&course, &stop, host)
            .filter(|breach| !matches!(breach, Breach::NoHours | Breach::Holidays { .. }));
        let breaches = eligible::breaches(&course, host, start.date()).into_iter().chain(hours);
        all.extend(breaches.map(|breach| Overruled { host: course.named(&visit.host), start, breach }));
    }
    all
}

impl fmt::Display for Overruled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, start, breach } = self;
        let it = match breach {
            Breach::NoConsent | Breach::Language { .. } | Breach::Need { .. } | Breach::ClosedAllDay => "it ",
            _ => "",
        };
        write!(f, "{host} is confirmed for {}, although {it}{breach}", moment(*start))
    }
}
