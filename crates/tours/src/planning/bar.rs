//! Who cannot be visited at all, or not on a day.

use chrono::{NaiveDate, NaiveDateTime};

use crate::eligibility::{is_expired, lost, short_notice, unmet, unvisited_district};
use crate::host::Host;
use crate::tour::Tour;
use crate::visit::{Demand, State, Visit};

/// Why a host cannot be visited on any day, whatever else is visited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Bar {
    /// The host has said no.
    #[error("the host has declined")]
    Declined,
    /// The planner excludes it.
    #[error("the planner excludes it")]
    Excluded,
    /// The host has not agreed to be asked.
    #[error("the host has not agreed to be asked")]
    NoConsent,
    /// A delegate understands none of its languages, and nobody interprets.
    #[error("`{delegate}` understands none of its languages")]
    Language {
        /// Code of the first such delegate.
        delegate: String,
    },
    /// It does not meet a need.
    #[error("it does not meet the need `{need}` of `{delegate}`")]
    Need {
        /// Code of the first delegate who has such a need.
        delegate: String,
        /// The need.
        need: String,
    },
    /// Its district is not among those that are visited.
    #[error("the district `{district}` is not visited")]
    District {
        /// The district.
        district: String,
    },
    /// It has no hours and no time was fixed.
    #[error("it has no hours, and no time was fixed")]
    NoHours,
}

/// Why a host cannot be visited on a day, whatever else is visited on it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayBar {
    /// It is confirmed or wanted on another day.
    #[error("it is to be on {wanted}")]
    OtherDay {
        /// That day.
        wanted: NaiveDate,
    },
    /// What is known of it may not be relied on any longer.
    #[error("what is known of it holds until {valid_until}")]
    Expired {
        /// The last day.
        valid_until: NaiveDate,
    },
    /// It needs more notice.
    #[error("it needs {notice} days of notice, {left} are left")]
    Notice {
        /// Days that it needs.
        notice: u32,
        /// Days that are left.
        left: i64,
    },
    /// It is closed between the beginning and the end of the day.
    #[error("it is closed")]
    Closed,
    /// It is never open long enough between the beginning and the end of the day.
    #[error("it is open for {open} minutes at a time, the visit takes {takes}")]
    TooShort {
        /// The longest it is open, in minutes.
        open: i64,
        /// What the visit takes, in minutes.
        takes: i64,
    },
    /// The day is over, or so much of it that the host is closed or the visit does not fit.
    #[error("that time is past")]
    Past,
    /// It is not open at the time at which it is wanted.
    #[error("it is not open at {wanted}")]
    NotAtWanted {
        /// That time.
        wanted: NaiveDateTime,
    },
}

/// Why a host cannot be visited at all; the first reason in the order of [`Bar`]. A confirmed visit has none.
pub fn bar(tour: &Tour, host: &Host, visit: &Visit) -> Option<Bar> {
    match (visit.state, visit.demand) {
        (State::Confirmed, _) => return None,
        (State::Declined, _) => return Some(Bar::Declined),
        (_, Demand::Excluded) => return Some(Bar::Excluded),
        _ => (),
    }
    if !host.consent {
        return Some(Bar::NoConsent);
    }
    if let Some(delegate) = lost(tour, host).next() {
        return Some(Bar::Language { delegate: delegate.code.clone() });
    }
    if let Some((delegate, need)) = unmet(tour, host).next() {
        return Some(Bar::Need { delegate: delegate.code.clone(), need: need.clone() });
    }
    if let Some(district) = unvisited_district(tour, host) {
        return Some(Bar::District { district: district.clone() });
    }
    (host.hours.is_none() && visit.start.is_none()).then_some(Bar::NoHours)
}

/// Why a host that is not barred cannot be visited on a date, its hours aside; the first reason in the order of [`DayBar`].
pub(super) fn day_bar(tour: &Tour, host: &Host, visit: &Visit, date: NaiveDate) -> Option<DayBar> {
    if visit.state == State::Confirmed {
        return visit.start.map(|start| start.date()).filter(|&wanted| wanted != date).map(other_day);
    }
    let wanted = [visit.day, visit.start.map(|start| start.date())];
    if let Some(wanted) = wanted.into_iter().flatten().find(|&wanted| wanted != date) {
        return Some(other_day(wanted));
    }
    if let Some(valid_until) = host.valid_until.filter(|_| is_expired(host, date)) {
        return Some(DayBar::Expired { valid_until });
    }
    short_notice(tour, host, visit, date).map(|left| DayBar::Notice { notice: host.notice, left })
}

const fn other_day(wanted: NaiveDate) -> DayBar {
    DayBar::OtherDay { wanted }
}
