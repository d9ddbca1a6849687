//! What stands in the way of a visit.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::Serialize;

use crate::check::Named;

/// What stands in the way of a visit. Times are those of the tour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// Nothing: it fits, and the plan would be worth more.
    Nothing {
        /// What it would add, in points; above 0.
        points: i64,
    },
    /// It fits, and the plan would be worth nothing more.
    WorthNothing {
        /// What it would add, in points; at most 0.
        points: i64,
    },
    /// It was left out before the planning, because there are too many hosts.
    Shortlist,
    /// Time ended before it was looked at.
    NoTime,
    /// The host has said no.
    Declined,
    /// The planner excludes it.
    Excluded,
    /// It has not agreed to be asked.
    NoConsent,
    /// What is known of it may not be relied on any longer.
    Expired {
        /// The last day.
        on: NaiveDate,
    },
    /// It needs more notice than is left.
    Notice {
        /// Days that it needs.
        days: u32,
    },
    /// Somebody understands none of its languages, and nobody interprets.
    Language {
        /// Codes of the delegates.
        delegates: Vec<String>,
        /// Its languages.
        languages: Vec<String>,
    },
    /// It does not meet needs.
    Needs {
        /// The needs.
        needs: Vec<String>,
    },
    /// Its district is not visited.
    District {
        /// The district.
        district: String,
    },
    /// It is wanted at a certain time.
    WantedAt {
        /// The time.
        time: NaiveDateTime,
    },
    /// It is wanted on a certain day.
    WantedOn {
        /// The day.
        date: NaiveDate,
    },
    /// The visit takes too long.
    Length {
        /// How many minutes it may take at most, for one group.
        minutes: u32,
    },
    /// The party is divided.
    Groups {
        /// Persons who travel.
        people: u32,
        /// Most persons that are shown round together.
        group: u32,
    },
    /// It is not open then.
    Hours {
        /// From when it would have to be open.
        from: NaiveDateTime,
        /// Until when.
        until: NaiveDateTime,
    },
    /// The day ends too early.
    EndsEarly {
        /// The day.
        date: NaiveDate,
        /// How many minutes later it would have to end.
        minutes: i64,
    },
    /// The day begins too late.
    BeginsLate {
        /// The day.
        date: NaiveDate,
        /// How many minutes earlier it would have to begin.
        minutes: i64,
    },
    /// The meal is at the wrong time.
    MealTime {
        /// The day.
        date: NaiveDate,
        /// When it would have to begin at the earliest.
        from: NaiveTime,
        /// When it would have to begin at the latest.
        until: NaiveTime,
    },
    /// The meal takes too long.
    MealLength {
        /// The day.
        date: NaiveDate,
        /// How many minutes it may take at most.
        minutes: u32,
    },
    /// There is a meal.
    Meal {
        /// The day.
        date: NaiveDate,
    },
    /// The day has as many visits as it may have.
    Most {
        /// The day.
        date: NaiveDate,
        /// How many it may have.
        most: u32,
    },
    /// The pace leaves too little time, or too few visits of a day.
    Pace {
        /// How many steps brisker it would have to be: 1 or 2.
        steps: u32,
    },
    /// The driver drives too long without a rest.
    Stretch {
        /// By how many minutes.
        minutes: i64,
    },
    /// The driver drives too long on a day.
    DrivingDay {
        /// By how many minutes.
        minutes: i64,
    },
    /// The driver's night is too short.
    Night {
        /// By how many minutes.
        minutes: i64,
    },
    /// A quota is full.
    Quota {
        /// Which of the rules' quotas, from 0.
        quota: usize,
        /// How many visits it allows.
        most: u32,
    },
    /// There is too little money.
    Budget {
        /// How much is missing, in hundredths of the currency.
        short: u64,
        /// The currency.
        currency: String,
    },
    /// There is no way, or nobody has said how long it takes.
    NoWay {
        /// The ways: from where to where.
        ways: Vec<(Named, Named)>,
        /// How many minutes each may take at most.
        minutes: u32,
    },
    /// Another visit is there.
    InsteadOf {
        /// The other host.
        host: Named,
        /// When that visit is confirmed for; absent where it is not confirmed.
        confirmed: Option<NaiveDateTime>,
        /// Whether the other is mandatory.
        mandatory: bool,
        /// What the plan would be worth more with the host in place of the other, or of all others of the same reason, in points; mostly less
        /// than 0.
        points: i64,
        /// The only stretch of time in which the host is open within the days of the tour, if there is one only.
        only: Option<(NaiveDateTime, NaiveDateTime)>,
    },
}

impl Why {
    /// Whether it is true of the host whatever the plan, and nothing to be measured.
    pub const fn is_fact(&self) -> bool {
        matches!(
            self,
            Self::Declined
                | Self::Excluded
                | Self::NoConsent
                | Self::Expired { .. }
                | Self::Notice { .. }
                | Self::Language { .. }
                | Self::Needs { .. }
                | Self::District { .. }
        )
    }
}
