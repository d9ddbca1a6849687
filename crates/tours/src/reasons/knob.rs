//! What can be relaxed, by how much.

use std::collections::BTreeSet;

use chrono::{NaiveTime, TimeDelta, Timelike};

use super::scene::{Fit, Scene};
use super::why::Why;
use crate::check::Named;
use crate::delegation::Pace;
use crate::eligibility::{is_expired, lost, short_notice, unmet, unvisited_district};
use crate::host::Host;
use crate::visit::{Demand, State, Visit};

/// Something that can be relaxed. Days and quotas are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Knob {
    Declined,
    Excluded,
    NoConsent,
    Expired,
    Notice,
    Language,
    Needs,
    District,
    WantedAt,
    WantedOn,
    Length,
    Groups,
    Hours(usize),
    EndsEarly(usize),
    BeginsLate(usize),
    MealTime(usize),
    MealLength(usize),
    Meal(usize),
    Most(usize),
    Pace,
    Stretch,
    DrivingDay,
    Night,
    Quota(usize),
    Budget,
    NoWay,
}

/// How far something may be relaxed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// As far as is sensible to say of one thing alone.
    Sensible,
    /// As far as can be.
    Any,
}

/// A way that is missing is not taken to be longer, in minutes.
const LONGEST_WAY: i64 = 180;

impl Knob {
    /// The only day that it concerns; all where `None`.
    pub const fn day(self) -> Option<usize> {
        match self {
            Self::Hours(day)
            | Self::EndsEarly(day)
            | Self::BeginsLate(day)
            | Self::MealTime(day)
            | Self::MealLength(day)
            | Self::Meal(day)
            | Self::Most(day) => Some(day),
            _ => None,
        }
    }

    /// By how much it can be relaxed at most; 0 where there is nothing to relax.
    pub fn most(self, scene: &Scene, reach: Reach) -> i64 {
        let Some(host) = scene.its() else { return 0 };
        let visit = scene.tour.visit(&scene.host);
        let frame = &scene.tour.frame;
        let limit = |sensible: i64, any: i64| if reach == Reach::Sensible { sensible.min(any) } else { any };
        let meal = |day: usize| frame.days[day].meal;
        match self {
            Self::Length => {
                let minutes = i64::from(visit.minutes.unwrap_or(host.minutes));
                limit(minutes / 2, minutes - 1)
            }
            Self::EndsEarly(day) => limit(180, LAST_MINUTE - minute(frame.days[day].ends)),
            Self::BeginsLate(day) => limit(180, minute(frame.days[day].starts)),
            Self::MealTime(day) => meal(day).map_or(0, |_| limit(120, LAST_MINUTE)),
            Self::MealLength(day) => {
                meal(day).map_or(0, |meal| limit(i64::from(meal.minutes / 2), i64::from(meal.minutes) - 1))
            }
            Self::Pace => match scene.tour.delegation.pace {
                Pace::Relaxed => 2,
                Pace::Usual => 1,
                Pace::Brisk => 0,
            },
            Self::Stretch | Self::DrivingDay => 24 * 60,
            Self::Night => i64::from(frame.driving.night),
            Self::Budget => frame.budget.map_or(0, |_| i64::try_from(host.cost).unwrap_or(i64::MAX)),
            Self::NoWay if scene.missing_ways().is_empty() => 0,
            Self::NoWay => LONGEST_WAY,
            _ => i64::from(self.is_there(scene, host, &visit)),
        }
    }

    /// Whether there is something to relax that can only be there or not.
    fn is_there(self, scene: &Scene, host: &Host, visit: &Visit) -> bool {
        let frame = &scene.tour.frame;
        let dates = || frame.days.iter().map(|day| day.date);
        match self {
            Self::Declined => visit.state == State::Declined,
            Self::Excluded => visit.demand == Demand::Excluded,
            Self::NoConsent => !host.consent,
            Self::Expired => dates().any(|date| is_expired(host, date)),
            Self::Notice => dates().any(|date| short_notice(&scene.tour, host, visit, date).is_some()),
            Self::Language => lost(&scene.tour, host).next().is_some(),
            Self::Needs => unmet(&scene.tour, host).next().is_some(),
            Self::District => unvisited_district(&scene.tour, host).is_some(),
            // Without hours it can only be at a fixed time.
            Self::WantedAt => visit.start.is_some() && host.hours.is_some(),
            Self::WantedOn => visit.day.is_some(),
            Self::Groups => host.groups(scene.tour.delegation.people()).sizes.len() > 1,
            Self::Hours(_) => true,
            Self::Meal(day) => frame.days[day].meal.is_some(),
            Self::Most(day) => {
                let pace = scene.tour.delegation.pace.most();
                frame.days[day].most.is_some_and(|most| pace.is_none_or(|pace| most < pace))
            }
            Self::Quota(quota) => scene.tour.rules.quotas[quota].most.is_some(),
            _ => false,
        }
    }

    /// Whether it bars the host from every day, whatever the plan.
    pub fn bars(self, scene: &Scene) -> bool {
        let Some(host) = scene.its() else { return false };
        let visit = scene.tour.visit(&scene.host);
        let mut dates = scene.tour.frame.days.iter().map(|day| day.date);
        match self {
            Self::Expired => dates.all(|date| is_expired(host, date)),
            Self::Notice => dates.all(|date| short_notice(&scene.tour, host, &visit, date).is_some()),
            Self::Declined
            | Self::Excluded
            | Self::NoConsent
            | Self::Language
            | Self::Needs
            | Self::District => self.is_there(scene, host, &visit),
            _ => false,
        }
    }

    /// What stands in the way if it must be relaxed by so much. Of hours and of the time of a meal, which can only be told from a plan, too much is
    /// taken away; [`Self::narrowed`] tells them.
    pub fn why(self, scene: &Scene, amount: i64) -> Option<Why> {
        let tour = &scene.tour;
        let (host, visit) = (scene.its()?, tour.visit(&scene.host));
        let date = |day: usize| tour.frame.days[day].date;
        let less = |minutes: u32| u32::try_from(i64::from(minutes) - amount).unwrap_or(1);
        Some(match self {
            Self::Declined => Why::Declined,
            Self::Excluded => Why::Excluded,
            Self::NoConsent => Why::NoConsent,
            Self::Expired => Why::Expired { on: host.valid_until? },
            Self::Notice => Why::Notice { days: host.notice },
            Self::Language => Why::Language {
                delegates: lost(tour, host).map(|delegate| delegate.code.clone()).collect(),
                languages: host.languages.clone(),
            },
            Self::Needs => {
                let needs: BTreeSet<&String> = unmet(tour, host).map(|(_, need)| need).collect();
                Why::Needs { needs: needs.into_iter().cloned().collect() }
            }
            Self::District => Why::District { district: host.district.clone()? },
            Self::WantedAt => Why::WantedAt { time: visit.start? },
            Self::WantedOn => Why::WantedOn { date: visit.day? },
            Self::Length => Why::Length { minutes: less(visit.minutes.unwrap_or(host.minutes)) },
            Self::Groups => Why::Groups { people: tour.delegation.people(), group: host.group? },
            Self::Hours(day) => Why::Hours {
                from: date(day).and_time(NaiveTime::MIN),
                until: date(day).succ_opt()?.and_time(NaiveTime::MIN),
            },
            Self::EndsEarly(day) => Why::EndsEarly { date: date(day), minutes: amount },
            Self::BeginsLate(day) => Why::BeginsLate { date: date(day), minutes: amount },
            Self::MealTime(day) => {
                let meal = tour.frame.days[day].meal?;
                let from = (minute(meal.from) - amount).max(0);
                let until = (minute(meal.until) + amount).min(LAST_MINUTE);
                Why::MealTime { date: date(day), from: time(from), until: time(until) }
            }
            Self::MealLength(day) => {
                Why::MealLength { date: date(day), minutes: less(tour.frame.days[day].meal?.minutes) }
            }
            Self::Meal(day) => Why::Meal { date: date(day) },
            Self::Most(day) => Why::Most { date: date(day), most: tour.frame.days[day].most? },
            Self::Pace => Why::Pace { steps: u32::try_from(amount).ok()? },
            Self::Stretch => Why::Stretch { minutes: amount },
            Self::DrivingDay => Why::DrivingDay { minutes: amount },
            Self::Night => Why::Night { minutes: amount },
            Self::Quota(quota) => Why::Quota { quota, most: tour.rules.quotas[quota].most? },
            Self::Budget => {
                Why::Budget { short: u64::try_from(amount).ok()?, currency: tour.frame.currency.clone() }
            }
            Self::NoWay => {
                let named = |(from, to): (String, String)| (Named::of(tour, &from), Named::of(tour, &to));
                let ways = scene.missing_ways().into_iter().map(named).collect();
                Why::NoWay { ways, minutes: u32::try_from(LONGEST_WAY + 1 - amount).ok()? }
            }
        })
    }

    /// Everything that can be relaxed, in the order in which reasons are told.
    pub fn all(scene: &Scene) -> Vec<Self> {
        let days = || 0..scene.tour.frame.days.len();
        let mut all = Self::FACTS.to_vec();
        all.extend([Self::WantedAt, Self::WantedOn, Self::Length, Self::Groups]);
        all.extend(days().map(Self::Hours));
        all.extend(days().flat_map(|day| [Self::EndsEarly(day), Self::BeginsLate(day)]));
        all.extend(days().flat_map(|day| [Self::MealTime(day), Self::MealLength(day), Self::Meal(day)]));
        all.extend(Self::limits(scene));
        all
    }

    /// What can be true of a host, in the order in which it is told.
    pub const FACTS: [Self; 8] = [
        Self::Declined,
        Self::Excluded,
        Self::NoConsent,
        Self::Expired,
        Self::Notice,
        Self::Language,
        Self::Needs,
        Self::District,
    ];

    /// Limits of days and of the tour, in the order in which they are told.
    pub fn limits(scene: &Scene) -> Vec<Self> {
        let mut limits: Vec<Self> = (0..scene.tour.frame.days.len()).map(Self::Most).collect();
        limits.extend([Self::Pace, Self::Stretch, Self::DrivingDay, Self::Night]);
        limits.extend((0..scene.tour.rules.quotas.len()).map(Self::Quota));
        limits.extend([Self::Budget, Self::NoWay]);
        limits
    }
}

impl Why {
    /// No more than what a plan with the host really needs: the hours of the visit, the time of the meal, the ways that are driven.
    pub(super) fn narrowed(self, scene: &Scene, fit: &Fit) -> Self {
        let day = &fit.plan.days[fit.day];
        match self {
            Self::Hours { from, until } => match fit.plan.stop_at(&scene.host) {
                Some((_, stop)) => Self::Hours { from: stop.starts, until: stop.ends },
                None => Self::Hours { from, until },
            },
            Self::MealTime { date, from, until } => {
                let given = scene.tour.frame.days[fit.day].meal;
                match (given, &day.meal) {
                    (Some(given), Some(taken)) => {
                        let at = taken.starts.time();
                        Self::MealTime { date, from: given.from.min(at), until: given.until.max(at) }
                    }
                    _ => Self::MealTime { date, from, until },
                }
            }
            Self::NoWay { ways, minutes } => {
                let stops = day.stops.iter().map(|stop| stop.host.as_str());
                let places: Vec<&str> =
                    [day.from.as_str()].into_iter().chain(stops).chain([day.to.as_str()]).collect();
                let is = |way: &(Named, Named), ends: &[&str]| {
                    (way.0.code.as_str(), way.1.code.as_str()) == (ends[0], ends[1])
                };
                let missing = |ends: &[&str]| ways.iter().find(|way| is(way, ends)).cloned();
                Self::NoWay { ways: places.windows(2).filter_map(missing).collect(), minutes }
            }
            why => why,
        }
    }
}

const LAST_MINUTE: i64 = 24 * 60 - 1;

fn minute(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight() / 60)
}

fn time(minute: i64) -> NaiveTime {
    NaiveTime::MIN.overflowing_add_signed(TimeDelta::minutes(minute)).0
}
