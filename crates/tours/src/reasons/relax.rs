//! A tour without what stands in the way.

use chrono::{NaiveDate, TimeDelta};

use super::why::Why;
use crate::delegation::Pace;
use crate::frame::Day;
use crate::host::Host;
use crate::hours::Hours;
use crate::planning::clock::{local, minute};
use crate::tour::Tour;
use crate::travel::{Leg, Travel, Way};
use crate::visit::{Demand, State, Visit};

impl Why {
    /// Takes exactly this out of the way of a visit to `host`, and nothing else.
    pub fn relax(&self, host: &str, tour: &mut Tour, travel: &mut Travel) {
        match self {
            Self::Nothing { .. } | Self::WorthNothing { .. } | Self::Shortlist | Self::NoTime => (),
            Self::Declined => visit(tour, host).state = State::Proposed,
            Self::Excluded => visit(tour, host).demand = Demand::Free,
            Self::NoConsent => edit(tour, host, |host| host.consent = true),
            Self::Expired { .. } => edit(tour, host, |host| host.valid_until = None),
            Self::Notice { .. } => edit(tour, host, |host| host.notice = 0),
            Self::Language { languages, .. } => {
                tour.delegation.interpreted.extend(languages.first().cloned());
            }
            Self::Needs { needs } => edit(tour, host, |host| host.meets.extend(needs.iter().cloned())),
            Self::District { district } => tour.rules.districts.push(district.clone()),
            Self::WantedAt { .. } => visit(tour, host).start = None,
            Self::WantedOn { .. } => visit(tour, host).day = None,
            Self::Length { minutes } => visit(tour, host).minutes = Some(*minutes),
            Self::Groups { .. } => edit(tour, host, |host| host.group = None),
            Self::Hours { from, until } => {
                let tour_zone = tour.frame.time_zone;
                edit(tour, host, |host| host.hours = only_open(host, tour_zone, (*from, *until)));
            }
            Self::EndsEarly { date, minutes } => day(tour, *date, |day| {
                day.ends = day.ends.overflowing_add_signed(TimeDelta::minutes(*minutes)).0;
            }),
            Self::BeginsLate { date, minutes } => day(tour, *date, |day| {
                day.starts = day.starts.overflowing_sub_signed(TimeDelta::minutes(*minutes)).0;
            }),
            Self::MealTime { date, from, until } => day(tour, *date, |day| {
                if let Some(meal) = &mut day.meal {
                    (meal.from, meal.until) = (*from, *until);
                }
            }),
            Self::MealLength { date, minutes } => day(tour, *date, |day| {
                if let Some(meal) = &mut day.meal {
                    meal.minutes = *minutes;
                }
            }),
            Self::Meal { date } => day(tour, *date, |day| day.meal = None),
            Self::Most { date, most } => day(tour, *date, |day| day.most = Some(most + 1)),
            Self::Pace { steps } => {
                for _ in 0..*steps {
                    tour.delegation.pace = brisker(tour.delegation.pace);
                }
            }
            Self::Stretch { minutes } => add(&mut tour.frame.driving.stretch, *minutes),
            Self::DrivingDay { minutes } => add(&mut tour.frame.driving.day, *minutes),
            Self::Night { minutes } => add(&mut tour.frame.driving.night, -*minutes),
            Self::Quota { quota, most } => {
                if let Some(quota) = tour.rules.quotas.get_mut(*quota) {
                    quota.most = Some(most + 1);
                }
            }
            Self::Budget { short, .. } => {
                tour.frame.budget = tour.frame.budget.map(|budget| budget.saturating_add(*short));
            }
            Self::NoWay { ways, minutes } => {
                for (from, to) in ways {
                    travel.set(&from.code, &to.code, Way::Leg(Leg { minutes: *minutes, metres: None }));
                }
            }
            Self::InsteadOf { host, .. } => {
                let other = visit(tour, &host.code);
                (other.state, other.demand) = (State::Proposed, Demand::Free);
            }
        }
    }
}

/// The pace with the next shorter pause.
pub(super) const fn brisker(pace: Pace) -> Pace {
    match pace {
        Pace::Relaxed => Pace::Usual,
        Pace::Usual | Pace::Brisk => Pace::Brisk,
    }
}

fn visit<'a>(tour: &'a mut Tour, host: &str) -> &'a mut Visit {
    let at = tour.visits.iter().position(|visit| visit.host == host).unwrap_or_else(|| {
        tour.visits.push(Visit::of(host));
        tour.visits.len() - 1
    });
    &mut tour.visits[at]
}

fn edit(tour: &mut Tour, code: &str, change: impl FnMut(&mut Host)) {
    tour.hosts.iter_mut().filter(|host| host.code == code).for_each(change);
}

fn day(tour: &mut Tour, date: NaiveDate, change: impl FnMut(&mut Day)) {
    tour.frame.days.iter_mut().filter(|day| day.date == date).for_each(change);
}

fn add(minutes: &mut u32, more: i64) {
    *minutes = u32::try_from(i64::from(*minutes) + more).unwrap_or(if more < 0 { 0 } else { u32::MAX });
}

/// Hours of just this stretch, in the time of the host; as they are where they cannot be written, which is where the host's clock is changed
/// in between or its midnight comes.
fn only_open(
    host: &Host,
    tour_zone: chrono_tz::Tz,
    (from, until): (chrono::NaiveDateTime, chrono::NaiveDateTime),
) -> Option<Hours> {
    let zone = host.time_zone.unwrap_or(tour_zone);
    let here = |time| local(zone, minute(tour_zone, time));
    let (from, until) = (here(from), here(until));
    let written = || {
        let ends = if until.date() == from.date() {
            until.format("%H:%M").to_string()
        } else if until == from.date().succ_opt()?.and_time(chrono::NaiveTime::MIN) {
            "24:00".to_owned()
        } else {
            return None;
        };
        Hours::parse(&format!("{}-{ends}", from.format("%Y %b %d %H:%M"))).ok()
    };
    written().or_else(|| host.hours.clone())
}
