//! Why a stop does not fit where somebody put it.

use chrono::NaiveDate;
use distretto_orienteering::Burden;

use super::bar::{Bar, DayBar};
use super::error::money;

/// What makes something late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Because {
    /// Driving, waiting and visits alone.
    Travel,
    /// It would be in time without the driver's rests.
    Rests,
    /// It would be in time without the meal.
    Meal,
}

impl From<Burden> for Because {
    fn from(burden: Burden) -> Self {
        match burden {
            Burden::Travel => Self::Travel,
            Burden::Rests => Self::Rests,
            Burden::Meal => Self::Meal,
        }
    }
}

/// Why a stop does not fit where somebody put it, or a day cannot be as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such host.
    #[error("there is no such host")]
    UnknownHost,
    /// It is visited on this day or an earlier one already.
    #[error("it is visited already, on {date}")]
    Twice {
        /// The day.
        date: NaiveDate,
    },
    /// It cannot be visited at all.
    #[error("{0}")]
    Barred(Bar),
    /// It cannot be visited on this day.
    #[error("{0}")]
    NotThatDay(DayBar),
    /// There are too many visits on the day.
    #[error("a day holds at most {most} visits")]
    TooMany {
        /// How many there may be.
        most: usize,
    },
    /// There is no way.
    #[error("there is no way from `{from}` to `{to}`")]
    NoRoute {
        /// From.
        from: String,
        /// To.
        to: String,
    },
    /// Nobody has said how long the way is.
    #[error("nobody has said how long it takes from `{from}` to `{to}`")]
    UnknownWay {
        /// From.
        from: String,
        /// To.
        to: String,
    },
    /// The coach drives too much on that day.
    #[error("the day has {minutes} minutes of driving too many")]
    Driving {
        /// By how many minutes.
        minutes: i64,
    },
    /// A visit begins too late: it itself, or one that comes after it.
    #[error("the visit to `{host}` would begin {minutes} minutes too late")]
    TooLate {
        /// The visit that begins too late.
        host: String,
        /// By how many minutes.
        minutes: i64,
        /// What makes it late.
        because: Because,
    },
    /// The day ends too late.
    #[error("the day would end {minutes} minutes too late")]
    ReturnsLate {
        /// By how many minutes.
        minutes: i64,
        /// What makes it late.
        because: Because,
    },
    /// The meal finds no place.
    #[error("the meal finds no place")]
    NoMeal,
    /// There are too many visits of a quota.
    #[error("there are {over} visits too many of the quota {}", .quota + 1)]
    Quota {
        /// Which of the rules' quotas, from 0.
        quota: usize,
        /// How many too many.
        over: i64,
    },
    /// It cannot be reckoned: a number is larger than can be handled.
    #[error("{0}")]
    Unworkable(String),
    /// Visits and nights cost too much.
    #[error("the visits and nights cost {} too much", money(*.over, .currency))]
    Budget {
        /// By how much, in hundredths of the currency.
        over: u64,
        /// The currency.
        currency: String,
    },
}
