//! Violations as sentences.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::violation::{Breach, Named, Violation};

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.day, &self.host) {
            (Some(day), Some(host)) => write!(f, "{}, {host}: {}", date(day), self.breach),
            (Some(day), None) => write!(f, "{}: {}", date(day), self.breach),
            (None, Some(host)) => write!(f, "{host}: {}", self.breach),
            (None, None) => write!(f, "The whole tour: {}", self.breach),
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seats { people, seats } => {
                write!(f, "{people} persons travel, and the coach has {seats} seats")
            }
            Self::DayMissing => f.write_str("the day is not in the plan"),
            Self::DayUnknown => f.write_str("the tour has no such day"),
            Self::DayTwice => f.write_str("the day is in the plan twice"),
            Self::DayOutOfOrder => f.write_str("the day comes after a later one"),
            Self::NoSuchTime { time } => {
                write!(f, "there is no {} on that day: the clocks are put forward", clock(*time))
            }
            Self::Seconds { time } => write!(f, "{} is not a whole minute", time.format("%H:%M:%S%.f")),
            Self::DepartsEarly { earliest, by } => {
                write!(f, "leaves {} before the day begins at {}", minutes(*by), time(*earliest))
            }
            Self::ReturnsLate { latest, by } => {
                write!(f, "returns {} after the day ends at {}", minutes(*by), time(*latest))
            }
            Self::BaseUnknown { base } => write!(f, "there is no base `{base}`"),
            Self::BeginsElsewhere { base, allowed } => {
                write!(f, "begins at {base}, and may begin at {}", any(allowed, " or "))
            }
            Self::EndsElsewhere { base, allowed } => {
                write!(f, "ends at {base}, and may end at {}", any(allowed, " or "))
            }
            Self::BeginsNotWhereLastEnded { base, last } => {
                write!(f, "begins at {base}, and the day before ended at {last}")
            }
            Self::NoBaseToBegin => {
                f.write_str("is the first day, and is to begin where the day before ended: name a base")
            }
            Self::NotAHotel { base } => write!(f, "ends at {base}, where one cannot sleep"),
            Self::SecondHotel { base, first } => {
                write!(
                    f,
                    "the night is spent at {base}, but all nights are to be spent in one hotel ({first})"
                )
            }
            Self::NoRoute { from, to } => write!(f, "there is no way from {from} to {to}"),
            Self::WayUnknown { from, to } => {
                write!(f, "nobody has said how long it takes from {from} to {to}")
            }
            Self::TooSoon { from, to, arrives, leaves, drive, rests, by } => {
                let pauses =
                    if *rests > 0 { format!(" and {} of rest", minutes(*rests)) } else { String::new() };
                write!(
                    f,
                    "arrives at {to} at {}, {} too soon: it can leave {from} at {}, and needs {} of driving{pauses}",
                    clock(*arrives),
                    minutes(*by),
                    clock(*leaves),
                    minutes(*drive),
                )
            }
            Self::HostUnknown => f.write_str("there is no host of this code"),
            Self::StartsBeforeArrival { by } => {
                write!(f, "the visit begins {} before the coach arrives", minutes(*by))
            }
            Self::Length { takes, planned, by } if planned < takes => {
                write!(
                    f,
                    "the visit takes {}, and {} are planned: {} too few",
                    minutes(*takes),
                    planned,
                    minutes(*by)
                )
            }
            Self::Length { takes, planned, by } => {
                write!(
                    f,
                    "the visit takes {}, and {} are planned: {} too many",
                    minutes(*takes),
                    planned,
                    minutes(*by)
                )
            }
            Self::Slots { expected } if expected.is_empty() => {
                f.write_str("all go together, and the plan divides them into groups")
            }
            Self::Slots { expected } => {
                let slots: Vec<String> = expected
                    .iter()
                    .map(|slot| {
                        format!("{} from {} to {}", slot.people, clock(slot.starts), clock(slot.ends))
                    })
                    .collect();
                write!(f, "the party must be divided into groups: {}", slots.join(", "))
            }
            Self::NoTimeAgreed => f.write_str("the visit is confirmed, and nobody has said for when"),
            Self::NotAsConfirmed { agreed, starts, by } => write!(
                f,
                "the visit is confirmed for {}, and planned for {}, {} apart",
                moment(*agreed),
                moment(*starts),
                minutes(*by)
            ),
            Self::Buffer { buffer, arrives, by } => write!(
                f,
                "arrives at {}: {} too late to be {} early at a confirmed visit",
                clock(*arrives),
                minutes(*by),
                minutes(i64::from(*buffer))
            ),
            Self::NotAsWanted { wanted, by } => {
                write!(f, "the visit is wanted on {}, and planned {} apart", moment(*wanted), minutes(*by))
            }
            Self::OtherDay { wanted } => write!(f, "the visit is wanted on {}", date(*wanted)),
            Self::Declined => f.write_str("the host has said no"),
            Self::Excluded => f.write_str("the planner has excluded it"),
            Self::ConfirmedMissing { agreed: Some(agreed) } => {
                write!(f, "the visit is confirmed for {}, and not in the plan", moment(*agreed))
            }
            Self::ConfirmedMissing { agreed: None } => {
                f.write_str("the visit is confirmed, and not in the plan")
            }
            Self::MandatoryMissing => f.write_str("the visit is mandatory, and not in the plan"),
            Self::Again { first } => write!(f, "is visited a second time; the first is on {}", date(*first)),
            Self::NoConsent => f.write_str("has not agreed to be asked"),
            Self::Expired { valid_until } => {
                write!(f, "what is known of it may be relied on until {} only", date(*valid_until))
            }
            Self::Notice { notice, asked_on, left } => {
                write!(f, "needs {} of notice, and {left} are left from {}", days(*notice), date(*asked_on))
            }
            Self::Language { delegates, languages } => write!(
                f,
                "receives in {}, which {} not understand, and nobody interprets",
                languages.join(", "),
                does(delegates)
            ),
            Self::Need { need, delegates } => {
                write!(f, "does not meet the need `{need}` of {}", delegates.join(", "))
            }
            Self::District { district } => write!(f, "its district `{district}` is not visited"),
            Self::NoHours => f.write_str("has no opening hours, and no time was fixed"),
            Self::Holidays { country } => {
                write!(
                    f,
                    "its opening hours cannot be told: the public holidays of `{country}` are not known"
                )
            }
            Self::ClosedAllDay => f.write_str("is closed on that day"),
            Self::Closed { opens, closes, by } => write!(
                f,
                "the visit is {} outside of the opening hours from {} to {}",
                minutes(*by),
                clock(*opens),
                clock(*closes)
            ),
            Self::MealMissing => f.write_str("there is no meal"),
            Self::MealEarly { from, by } => {
                write!(f, "the meal begins {} before {}", minutes(*by), time(*from))
            }
            Self::MealLate { until, by } => {
                write!(f, "the meal begins {} after {}", minutes(*by), time(*until))
            }
            Self::MealLength { takes, planned, .. } => {
                write!(f, "the meal takes {}, and {planned} are planned", minutes(*takes))
            }
            Self::MealElsewhere { at: Some(at) } => {
                write!(f, "the meal is at {at}, where the coach does not stand on that day")
            }
            Self::MealElsewhere { at: None } => f.write_str("the meal is on the road; it needs a place"),
            Self::MealOverlaps { at, by } => write!(
                f,
                "the meal at {at} overlaps a visit, the pause after it or driving by {}",
                minutes(*by)
            ),
            Self::DrivingDay { minutes: driven, most, by } => write!(
                f,
                "the coach drives {}, {} more than the {most} of a day",
                minutes(*driven),
                minutes(*by)
            ),
            Self::Stretch { to, minutes: driven, most, by } => write!(
                f,
                "the coach drives {} without a rest before {to}, {} more than {most}",
                minutes(*driven),
                minutes(*by)
            ),
            Self::Night { minutes: rest, least, by } => write!(
                f,
                "begins {} after the end of the day before, {} less than the {least} of a night's rest",
                minutes(*rest),
                minutes(*by)
            ),
            Self::RestElsewhere { at, starts, by } => {
                let place = at.as_ref().map_or_else(|| "on the road".to_owned(), |at| format!("at {at}"));
                let much = by.map_or_else(String::new, |by| format!(", by {}", minutes(by)));
                write!(
                    f,
                    "the driver's rest of {} is {place}, where the coach is not then{much}",
                    clock(*starts)
                )
            }
            Self::RestBackwards { starts, ends, by } => write!(
                f,
                "the driver's rest of {} ends at {}, {} before it starts",
                clock(*starts),
                clock(*ends),
                minutes(*by)
            ),
            Self::RestsOverlap { starts, by } => write!(
                f,
                "the driver's rest of {} starts {} before the end of another",
                clock(*starts),
                minutes(*by)
            ),
            Self::MostVisits { visits, most } => write!(f, "has {visits} visits, and may have {most}"),
            Self::QuotaShort { which, visits, least, .. } => {
                write!(f, "{visits} visits of {which}, at least {least} are demanded")
            }
            Self::QuotaOver { which, visits, most, .. } => {
                write!(f, "{visits} visits of {which}, at most {most} are allowed")
            }
            Self::Budget { cost, budget, currency } => write!(
                f,
                "costs {} {currency}, {} more than the budget of {}",
                money(*cost),
                money(cost.saturating_sub(*budget)),
                money(*budget)
            ),
        }
    }
}

fn any(places: &[Named], or: &str) -> String {
    places.iter().map(|place| place.name.as_str()).collect::<Vec<_>>().join(or)
}

fn does(delegates: &[String]) -> String {
    match delegates {
        [one] => format!("{one} does"),
        several => format!("{} do", several.join(", ")),
    }
}

fn date(date: NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

pub(super) fn moment(time: NaiveDateTime) -> String {
    time.format("%A %-d %B %Y %H:%M").to_string()
}

fn clock(time: NaiveDateTime) -> String {
    time.format("%H:%M").to_string()
}

fn time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

fn minutes(minutes: i64) -> String {
    if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") }
}

fn days(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn money(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
