//! What a plan breaks: where, and by how much.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::Serialize;

use crate::plan::Slot;
use crate::tour::Tour;

/// A host or base, for machines and for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named {
    /// Its code.
    pub code: String,
    /// Its name; its code once more where nobody knows it.
    pub name: String,
}

impl Named {
    /// A host or base of a tour by its code.
    pub fn of(tour: &Tour, code: &str) -> Self {
        let host = tour.host(code).map(|host| &host.name);
        let name = host.or_else(|| tour.base(code).map(|base| &base.name)).filter(|name| !name.is_empty());
        Self { code: code.to_owned(), name: name.map_or_else(|| code.to_owned(), Clone::clone) }
    }
}

/// One thing that a plan breaks. Its text is a sentence for a planner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// On which day; the whole tour where absent.
    pub day: Option<NaiveDate>,
    /// At which host; at none in particular where absent.
    pub host: Option<Named>,
    /// What.
    #[serde(flatten)]
    pub breach: Breach,
}

/// What is broken. `by` is always above 0 and in minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "breach", rename_all = "snake_case")]
pub enum Breach {
    /// The coach has fewer seats than persons travel.
    Seats {
        /// Persons.
        people: u32,
        /// Seats.
        seats: u32,
    },
    /// A day of the tour is not in the plan.
    DayMissing,
    /// A day of the plan is not in the tour.
    DayUnknown,
    /// A day comes twice.
    DayTwice,
    /// A day comes after a later one.
    DayOutOfOrder,
    /// A time that the clocks skip when summer begins.
    NoSuchTime {
        /// The time.
        time: NaiveDateTime,
    },
    /// A time that is not a whole minute.
    Seconds {
        /// The time.
        time: NaiveDateTime,
    },
    /// The day begins too early.
    DepartsEarly {
        /// Earliest departure.
        earliest: NaiveTime,
        /// By how many minutes.
        by: i64,
    },
    /// The day ends too late.
    ReturnsLate {
        /// Latest return.
        latest: NaiveTime,
        /// By how many minutes.
        by: i64,
    },
    /// No such base.
    BaseUnknown {
        /// Its code.
        base: String,
    },
    /// The day may not begin there.
    BeginsElsewhere {
        /// Where it begins.
        base: Named,
        /// Where it may begin.
        allowed: Vec<Named>,
    },
    /// The day may not end there.
    EndsElsewhere {
        /// Where it ends.
        base: Named,
        /// Where it may end.
        allowed: Vec<Named>,
    },
    /// The day does not begin where the one before ended.
    BeginsNotWhereLastEnded {
        /// Where it begins.
        base: Named,
        /// Where the one before ended.
        last: Named,
    },
    /// The first day of the tour is to begin where the one before ended.
    NoBaseToBegin,
    /// A night is spent where one cannot sleep.
    NotAHotel {
        /// Where.
        base: Named,
    },
    /// All nights are to be spent in one hotel.
    SecondHotel {
        /// Where this night is spent.
        base: Named,
        /// Where the first is spent.
        first: Named,
    },
    /// There is no way.
    NoRoute {
        /// From.
        from: Named,
        /// To.
        to: Named,
    },
    /// Nobody has said how long the way takes.
    WayUnknown {
        /// From.
        from: Named,
        /// To.
        to: Named,
    },
    /// The coach cannot be there so soon.
    TooSoon {
        /// From.
        from: Named,
        /// To.
        to: Named,
        /// When the plan says it arrives.
        arrives: NaiveDateTime,
        /// When it can leave: after the visit and the pause.
        leaves: NaiveDateTime,
        /// Minutes of driving.
        drive: i64,
        /// Minutes of rests on the way.
        rests: i64,
        /// By how many minutes it is too soon.
        by: i64,
    },
    /// No such host.
    HostUnknown,
    /// The visit begins before the coach arrives.
    StartsBeforeArrival {
        /// By how many minutes.
        by: i64,
    },
    /// The visit is not as long as it takes.
    Length {
        /// Minutes that it takes, with all groups.
        takes: i64,
        /// Minutes that are planned; negative where it ends before it begins.
        planned: i64,
        /// The difference.
        by: i64,
    },
    /// The groups are not as the party must be divided.
    Slots {
        /// As they should be; none where all go together.
        expected: Vec<Slot>,
    },
    /// A confirmed visit has no time.
    NoTimeAgreed,
    /// A visit is not at the time at which it is confirmed.
    NotAsConfirmed {
        /// The time that was agreed.
        agreed: NaiveDateTime,
        /// The time that is planned.
        starts: NaiveDateTime,
        /// By how many minutes they differ.
        by: i64,
    },
    /// The coach arrives too shortly before a confirmed visit.
    Buffer {
        /// Minutes that one wants to be early.
        buffer: u32,
        /// When it arrives.
        arrives: NaiveDateTime,
        /// By how many minutes it is late for that.
        by: i64,
    },
    /// A visit is not at the time at which it is wanted.
    NotAsWanted {
        /// The time that is wanted.
        wanted: NaiveDateTime,
        /// By how many minutes they differ.
        by: i64,
    },
    /// A visit is not on the day on which it is wanted.
    OtherDay {
        /// The day that is wanted.
        wanted: NaiveDate,
    },
    /// The host has said no.
    Declined,
    /// The planner excludes it.
    Excluded,
    /// A confirmed visit is not in the plan.
    ConfirmedMissing {
        /// When it was agreed.
        agreed: Option<NaiveDateTime>,
    },
    /// A mandatory visit is not in the plan.
    MandatoryMissing,
    /// A host is visited again.
    Again {
        /// The day of the first visit.
        first: NaiveDate,
    },
    /// The host has not agreed to be asked.
    NoConsent,
    /// What is known of the host may not be relied on any longer.
    Expired {
        /// The last day.
        valid_until: NaiveDate,
    },
    /// The host needs more notice.
    Notice {
        /// Days that it needs.
        notice: u32,
        /// The day on which it is asked.
        asked_on: NaiveDate,
        /// Days that are left.
        left: i64,
    },
    /// Somebody understands none of the host's languages, and nobody interprets.
    Language {
        /// Codes of the delegates.
        delegates: Vec<String>,
        /// The host's languages.
        languages: Vec<String>,
    },
    /// The host cannot meet a need.
    Need {
        /// The need.
        need: String,
        /// Codes of the delegates who have it.
        delegates: Vec<String>,
    },
    /// The host's district is not visited.
    District {
        /// The district.
        district: String,
    },
    /// The host has no hours and no time was fixed.
    NoHours,
    /// The public holidays that the host's hours mean are not known.
    Holidays {
        /// The country.
        country: String,
    },
    /// The host is closed on that day.
    ClosedAllDay,
    /// The visit is not within the hours.
    Closed {
        /// When it opens, of the hours that come nearest; in local time of the tour.
        opens: NaiveDateTime,
        /// When it closes.
        closes: NaiveDateTime,
        /// By how many minutes the visit is outside, before and after together.
        by: i64,
    },
    /// The day has no meal.
    MealMissing,
    /// The meal begins too early.
    MealEarly {
        /// Earliest start.
        from: NaiveTime,
        /// By how many minutes.
        by: i64,
    },
    /// The meal begins too late.
    MealLate {
        /// Latest start.
        until: NaiveTime,
        /// By how many minutes.
        by: i64,
    },
    /// The meal is not as long as it should be.
    MealLength {
        /// Minutes that it takes.
        takes: i64,
        /// Minutes that are planned.
        planned: i64,
        /// The difference.
        by: i64,
    },
    /// The meal is where the coach does not stand on that day.
    MealElsewhere {
        /// Where; on the road where absent.
        at: Option<Named>,
    },
    /// The meal overlaps a visit, the pause after it or driving.
    MealOverlaps {
        /// Where it is taken.
        at: Named,
        /// By how many minutes.
        by: i64,
    },
    /// The coach drives too long on that day.
    DrivingDay {
        /// Minutes of driving.
        minutes: i64,
        /// Most of a day.
        most: u32,
        /// The difference.
        by: i64,
    },
    /// The coach drives too long without a rest.
    Stretch {
        /// Where the stretch ends.
        to: Named,
        /// Minutes of driving.
        minutes: i64,
        /// Longest stretch.
        most: u32,
        /// The difference.
        by: i64,
    },
    /// The rest since the day before is too short.
    Night {
        /// Minutes between the end of the day before and the beginning of this.
        minutes: i64,
        /// The least.
        least: u32,
        /// The difference.
        by: i64,
    },
    /// A rest is where the coach does not stand then.
    RestElsewhere {
        /// Where; on the road where absent.
        at: Option<Named>,
        /// When.
        starts: NaiveDateTime,
        /// By how many minutes it is outside of what comes nearest; absent where the coach is not there on that day at all.
        by: Option<i64>,
    },
    /// A rest ends before it starts.
    RestBackwards {
        /// When it starts.
        starts: NaiveDateTime,
        /// When it ends.
        ends: NaiveDateTime,
        /// By how many minutes it ends before.
        by: i64,
    },
    /// A rest starts before another has ended.
    RestsOverlap {
        /// When the later one starts.
        starts: NaiveDateTime,
        /// By how many minutes that is before the end of the other.
        by: i64,
    },
    /// A day has too many visits.
    MostVisits {
        /// Visits.
        visits: u32,
        /// The most.
        most: u32,
    },
    /// Too few visits of a quota.
    QuotaShort {
        /// Which of the rules' quotas, from 0.
        quota: usize,
        /// What it counts, in words.
        which: String,
        /// Visits.
        visits: u32,
        /// The least.
        least: u32,
    },
    /// Too many visits of a quota.
    QuotaOver {
        /// Which of the rules' quotas, from 0.
        quota: usize,
        /// What it counts, in words.
        which: String,
        /// Visits.
        visits: u32,
        /// The most.
        most: u32,
    },
    /// Visits and nights cost too much.
    Budget {
        /// What they cost, in hundredths of the currency.
        cost: u64,
        /// What they may cost.
        budget: u64,
        /// The currency.
        currency: String,
    },
}

impl Breach {
    /// By how many minutes, where it is a matter of minutes.
    pub const fn minutes(&self) -> Option<i64> {
        match self {
            Self::DepartsEarly { by, .. }
            | Self::ReturnsLate { by, .. }
            | Self::TooSoon { by, .. }
            | Self::StartsBeforeArrival { by }
            | Self::Length { by, .. }
            | Self::NotAsConfirmed { by, .. }
            | Self::Buffer { by, .. }
            | Self::NotAsWanted { by, .. }
            | Self::Closed { by, .. }
            | Self::MealEarly { by, .. }
            | Self::MealLate { by, .. }
            | Self::MealLength { by, .. }
            | Self::MealOverlaps { by, .. }
            | Self::DrivingDay { by, .. }
            | Self::Stretch { by, .. }
            | Self::RestBackwards { by, .. }
            | Self::RestsOverlap { by, .. }
            | Self::Night { by, .. } => Some(*by),
            Self::RestElsewhere { by, .. } => *by,
            _ => None,
        }
    }
}

impl Violation {
    /// By how many minutes, where it is a matter of minutes.
    pub const fn minutes(&self) -> Option<i64> {
        self.breach.minutes()
    }
}
