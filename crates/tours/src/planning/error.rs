//! Why there is no plan.

use chrono::NaiveDate;
use distretto_orienteering as orienteering;

use super::bar::{Bar, DayBar};
use super::refusal::Refusal;
use crate::hours::HoursError;
use crate::plan::Plan;

/// What is wrong with what was given, or why no plan keeps to it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// The tour has no day.
    #[error("the tour has no day")]
    NoDays,
    /// A day does not come after the one before it.
    #[error("the day {date} does not come after the one before it")]
    DaysOutOfOrder {
        /// The day.
        date: NaiveDate,
    },
    /// A day ends before it starts.
    #[error("the day {date} ends before it starts")]
    DayEndsBeforeItStarts {
        /// The day.
        date: NaiveDate,
    },
    /// The meal of a day may start until a time that is before the first.
    #[error("the meal of {date} may start until a time before it may start")]
    MealWindow {
        /// The day.
        date: NaiveDate,
    },
    /// No base is given where a day may begin or end.
    #[error("nothing says where the day {date} {}", if *.begins { "begins" } else { "ends" })]
    NoBase {
        /// The day.
        date: NaiveDate,
        /// Whether it is the beginning that is missing.
        begins: bool,
    },
    /// None of the bases where a day may end is a hotel, and a night follows.
    #[error("the day {date} can end at no hotel, and a night follows")]
    NoHotel {
        /// The day.
        date: NaiveDate,
    },
    /// All nights are to be spent in one hotel, and there is none where all can be.
    #[error("all nights are to be spent in one hotel, and at none all days can end")]
    NoCommonHotel,
    /// There is no such base.
    #[error("the day {date} names the base `{code}`, which does not exist")]
    UnknownBase {
        /// The day.
        date: NaiveDate,
        /// The code.
        code: String,
    },
    /// There is no such host.
    #[error("{by} names the host `{code}`, which does not exist")]
    UnknownHost {
        /// What names it.
        by: &'static str,
        /// The code.
        code: String,
    },
    /// Two hosts or bases have the same code.
    #[error("the code `{code}` is that of two hosts or bases")]
    CodeTwice {
        /// The code.
        code: String,
    },
    /// There are two entries for a host.
    #[error("there are two entries of what was agreed with `{host}`")]
    VisitTwice {
        /// The host.
        host: String,
    },
    /// A confirmed visit has no time.
    #[error("the visit to `{host}` is confirmed, but nothing says when it begins")]
    ConfirmedWithoutTime {
        /// The host.
        host: String,
    },
    /// A visit is confirmed and excluded.
    #[error("the visit to `{host}` is confirmed, and excluded by the planner")]
    ConfirmedAndExcluded {
        /// The host.
        host: String,
    },
    /// More people travel than the coach has seats.
    #[error("{people} people travel, the coach has {seats} seats")]
    Seats {
        /// People.
        people: u32,
        /// Seats.
        seats: u32,
    },
    /// Travel times cannot be rounded to a multiple of 0 minutes; nobody drives for 0 minutes between rests, or rests for 0 minutes.
    #[error("{what} is 0 minutes")]
    Zero {
        /// What is 0.
        what: &'static str,
    },
    /// The hours of a host cannot be told.
    #[error("the hours of `{host}` cannot be told: {why}")]
    Hours {
        /// The host.
        host: String,
        /// Why.
        why: HoursError,
    },
    /// Nobody has said how long the way is between two places, and a plan could need it.
    #[error("nobody has said how long it takes from `{from}` to `{to}`")]
    UnknownWay {
        /// Code of the host or base where the way begins.
        from: String,
        /// Code of the host or base where it ends.
        to: String,
    },
    /// A plan that was given is not of this tour.
    #[error("the given plan has other days than the tour: {date}")]
    OtherDays {
        /// The first day that differs.
        date: NaiveDate,
    },
    /// The coach is late on a day that the plan does not have.
    #[error("the coach is late on {date}, which is no day of the plan")]
    LateOnNoDay {
        /// The day.
        date: NaiveDate,
    },
    /// A number is larger than can be handled.
    #[error("the tour cannot be put as a problem: {0}")]
    Problem(#[from] orienteering::ProblemError),
    /// The solver gave no answer.
    #[error("the solver gave no answer: {0}")]
    Unsolved(String),
    /// Nothing keeps to all that is demanded.
    #[error("no plan keeps to all that is demanded: {0}")]
    Infeasible(Box<Infeasible>),
}

/// Nothing was found that keeps to all that is demanded.
#[derive(Debug, Clone, PartialEq)]
pub struct Infeasible {
    /// What was missing in the plan that came nearest, or what can never be.
    pub missing: Vec<Missing>,
    /// The plan that came nearest; absent where nothing was looked for.
    pub nearest: Option<Plan>,
    /// Whether it is certain that there is no plan.
    pub proven: bool,
}

impl std::fmt::Display for Infeasible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let missing: Vec<String> = self.missing.iter().map(ToString::to_string).collect();
        f.write_str(&missing.join("; "))
    }
}

/// Something demanded that is missing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// A confirmed or mandatory visit for which no place was found.
    #[error("the visit to `{host}` finds no place")]
    Visit {
        /// The host.
        host: String,
    },
    /// A mandatory visit that cannot be on any day, whatever else is visited.
    #[error("`{host}` cannot be visited: {why}")]
    Barred {
        /// The host.
        host: String,
        /// Why.
        why: Bar,
    },
    /// A confirmed or mandatory visit that cannot be on any of the days, each for its own reason.
    #[error("`{host}` can be visited on no day: {}", each(.days))]
    NoDay {
        /// The host.
        host: String,
        /// Why not, by day.
        days: Vec<(NaiveDate, DayBar)>,
    },
    /// Too few visits of a quota.
    #[error("the quota {} misses {missing} visits{}", .quota + 1, on(.date.as_ref()))]
    Quota {
        /// Which of the rules' quotas, from 0.
        quota: usize,
        /// The day, where it is counted by day.
        date: Option<NaiveDate>,
        /// How many are missing.
        missing: i64,
    },
    /// A day that cannot be travelled, not even without visits.
    #[error("the day {date} cannot be travelled: {why}")]
    Day {
        /// The day.
        date: NaiveDate,
        /// Why.
        why: Refusal,
    },
    /// The nights, and the visits that are demanded, cost more than there is.
    #[error("the nights and the visits demanded cost {}, the budget is {}", money(*.needed, .currency), money(*.budget, .currency))]
    Budget {
        /// What they cost at least, in hundredths of the currency.
        needed: u64,
        /// What there is, in hundredths of the currency.
        budget: u64,
        /// The currency.
        currency: String,
    },
    /// The driver's night between two days is too short, however they are planned.
    #[error("the driver's night before {date} is too short")]
    Night {
        /// The day after it.
        date: NaiveDate,
    },
}

fn each(days: &[(NaiveDate, DayBar)]) -> String {
    let days: Vec<String> = days.iter().map(|(date, why)| format!("{date}: {why}")).collect();
    days.join(", ")
}

/// An amount for people.
pub(super) fn money(hundredths: u64, currency: &str) -> String {
    format!("{}.{:02} {currency}", hundredths / 100, hundredths % 100)
}

fn on(date: Option<&NaiveDate>) -> String {
    date.map_or_else(String::new, |date| format!(" on {date}"))
}
