//! What a tour demands of its plans.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::Serialize;

use crate::check::Named;
use crate::delegation::Pace;
use crate::tour::Tour;
use crate::visit::{Demand, State};

/// Something that a tour demands of its plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "demand", rename_all = "snake_case")]
pub enum Demanded {
    /// A visit that is confirmed.
    Confirmed {
        /// The host.
        host: Named,
        /// When.
        start: NaiveDateTime,
    },
    /// A visit that is mandatory.
    Mandatory {
        /// The host.
        host: Named,
    },
    /// At least so many visits of a quota.
    Least {
        /// Which of the rules' quotas, from 0.
        quota: usize,
        /// How many.
        least: u32,
    },
    /// At most so many visits of a quota.
    Most {
        /// Which of the rules' quotas, from 0.
        quota: usize,
        /// How many.
        most: u32,
    },
    /// The hours of a day.
    Day {
        /// The day.
        date: NaiveDate,
        /// When it begins at the earliest.
        starts: NaiveTime,
        /// When it ends at the latest.
        ends: NaiveTime,
    },
    /// The most visits of a day.
    MostVisits {
        /// The day.
        date: NaiveDate,
        /// How many.
        most: u32,
    },
    /// The meal of a day.
    Meal {
        /// The day.
        date: NaiveDate,
    },
    /// The budget.
    Budget {
        /// In hundredths of the currency.
        budget: u64,
        /// The currency.
        currency: String,
    },
    /// The pace: pauses after visits, and the most visits of a day.
    Pace {
        /// The pace.
        pace: Pace,
    },
    /// The longest driving without a rest.
    Stretch {
        /// In minutes.
        minutes: u32,
    },
    /// The most driving of a day.
    DrivingDay {
        /// In minutes.
        minutes: u32,
    },
    /// The driver's night.
    Night {
        /// In minutes.
        minutes: u32,
    },
    /// That one is early at confirmed visits.
    Buffer {
        /// In minutes.
        minutes: u32,
    },
    /// That all nights are spent in one hotel.
    OneHotel,
}

/// All that a tour demands: visits, quotas, then the frame.
pub(super) fn all(tour: &Tour) -> Vec<Demanded> {
    let (frame, rules) = (&tour.frame, &tour.rules);
    let mut all: Vec<Demanded> = tour
        .visits
        .iter()
        .filter_map(|visit| {
            let host = Named::of(tour, &visit.host);
            match (visit.state, visit.demand, visit.start) {
                (State::Confirmed, _, Some(start)) => Some(Demanded::Confirmed { host, start }),
                (_, Demand::Mandatory, _) => Some(Demanded::Mandatory { host }),
                _ => None,
            }
        })
        .collect();
    let quotas = || rules.quotas.iter().enumerate();
    all.extend(
        quotas()
            .filter(|(_, rule)| rule.least > 0)
            .map(|(quota, rule)| Demanded::Least { quota, least: rule.least }),
    );
    all.extend(quotas().filter_map(|(quota, rule)| Some(Demanded::Most { quota, most: rule.most? })));
    all.extend(frame.days.iter().map(|day| Demanded::Day {
        date: day.date,
        starts: day.starts,
        ends: day.ends,
    }));
    all.extend(
        frame.days.iter().filter_map(|day| Some(Demanded::MostVisits { date: day.date, most: day.most? })),
    );
    all.extend(
        frame.days.iter().filter(|day| day.meal.is_some()).map(|day| Demanded::Meal { date: day.date }),
    );
    let currency = || frame.currency.clone();
    all.extend(frame.budget.map(|budget| Demanded::Budget { budget, currency: currency() }));
    let pace = tour.delegation.pace;
    all.extend((pace != Pace::Brisk).then_some(Demanded::Pace { pace }));
    let driving = &frame.driving;
    all.push(Demanded::Stretch { minutes: driving.stretch });
    all.push(Demanded::DrivingDay { minutes: driving.day });
    all.extend((driving.night > 0).then_some(Demanded::Night { minutes: driving.night }));
    all.extend((frame.buffer > 0).then_some(Demanded::Buffer { minutes: frame.buffer }));
    all.extend((frame.one_hotel && frame.days.len() > 2).then_some(Demanded::OneHotel));
    all
}

/// The tour with only some of its demands.
pub(super) fn only(tour: &Tour, all: &[Demanded], kept: &[&Demanded]) -> Tour {
    let mut relaxed = tour.clone();
    for demand in all.iter().filter(|demand| !kept.contains(demand)) {
        demand.drop_from(&mut relaxed);
    }
    relaxed
}

/// Longer than any day.
const NO_LIMIT: u32 = 7 * 24 * 60;

impl Demanded {
    /// Takes exactly this demand away. All plans that kept to it still keep to what is left.
    fn drop_from(&self, tour: &mut Tour) {
        let frame = &mut tour.frame;
        match self {
            Self::Confirmed { host, .. } => free_at_its_time(tour, &host.code),
            Self::Mandatory { host } => {
                let visits = tour.visits.iter_mut().filter(|visit| visit.host == host.code);
                visits.for_each(|visit| visit.demand = Demand::Free);
            }
            Self::Least { quota, .. } => tour.rules.quotas[*quota].least = 0,
            Self::Most { quota, .. } => tour.rules.quotas[*quota].most = None,
            Self::Day { date, .. } => {
                for day in frame.days.iter_mut().filter(|day| day.date == *date) {
                    day.starts = NaiveTime::MIN;
                    day.ends = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or(day.ends);
                }
            }
            Self::MostVisits { date, .. } => {
                frame.days.iter_mut().filter(|day| day.date == *date).for_each(|day| day.most = None);
            }
            Self::Meal { date } => {
                frame.days.iter_mut().filter(|day| day.date == *date).for_each(|day| day.meal = None);
            }
            Self::Budget { .. } => frame.budget = None,
            Self::Pace { .. } => tour.delegation.pace = Pace::Brisk,
            Self::Stretch { .. } => frame.driving.stretch = NO_LIMIT,
            Self::DrivingDay { .. } => frame.driving.day = NO_LIMIT,
            Self::Night { .. } => frame.driving.night = 0,
            Self::Buffer { .. } => frame.buffer = 0,
            Self::OneHotel => frame.one_hotel = false,
        }
    }
}

/// Lets a confirmed visit be or not be, but at its time, and whatever speaks against the host: so all plans with it stay possible.
fn free_at_its_time(tour: &mut Tour, code: &str) {
    let needs: Vec<String> =
        tour.delegation.delegates.iter().flat_map(|delegate| delegate.needs.iter().cloned()).collect();
    for visit in tour.visits.iter_mut().filter(|visit| visit.host == code) {
        (visit.state, visit.demand, visit.day) = (State::Asked, Demand::Free, None);
    }
    let counted = tour.rules.quotas.iter().any(|quota| quota.which.district.is_some());
    for host in tour.hosts.iter_mut().filter(|host| host.code == code) {
        // A district that is not visited speaks against it too; where quotas count by district it must keep its own.
        host.district = host.district.take().filter(|_| counted);
        (host.consent, host.valid_until, host.hours) = (true, None, None);
        host.languages.clear();
        host.meets.clone_from(&needs);
    }
}

impl fmt::Display for Demanded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = |date: &NaiveDate| date.format("%A %-d %B %Y").to_string();
        let clock = |time: &NaiveTime| time.format("%H:%M").to_string();
        match self {
            Self::Confirmed { host, start } => {
                write!(f, "the confirmed visit to {host} on {}", start.format("%A %-d %B %Y %H:%M"))
            }
            Self::Mandatory { host } => write!(f, "the mandatory visit to {host}"),
            Self::Least { quota, least } => write!(f, "at least {least} visits of quota {}", quota + 1),
            Self::Most { quota, most } => write!(f, "at most {most} visits of quota {}", quota + 1),
            Self::Day { date: day, starts, ends } => {
                write!(f, "the hours of {}, {} to {}", date(day), clock(starts), clock(ends))
            }
            Self::MostVisits { date: day, most } => write!(f, "at most {most} visits on {}", date(day)),
            Self::Meal { date: day } => write!(f, "the meal of {}", date(day)),
            Self::Budget { budget, currency } => {
                write!(f, "the budget of {}.{:02} {currency}", budget / 100, budget % 100)
            }
            Self::Pace { pace } => write!(f, "the pace: {} minutes after each visit", pace.pause()),
            Self::Stretch { minutes } => write!(f, "a rest after {minutes} minutes of driving"),
            Self::DrivingDay { minutes } => write!(f, "at most {minutes} minutes of driving a day"),
            Self::Night { minutes } => write!(f, "a night of {minutes} minutes for the driver"),
            Self::Buffer { minutes } => write!(f, "to be {minutes} minutes early at confirmed visits"),
            Self::OneHotel => f.write_str("all nights in one hotel"),
        }
    }
}
