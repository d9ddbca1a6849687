//! Reasons as sentences.

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime};

use super::{Outside, Reason};
use crate::reasons::why::Why;

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.reasons.is_empty() {
            return write!(f, "{}: no single reason was found", self.host);
        }
        let reasons: Vec<String> = self.reasons.iter().map(ToString::to_string).collect();
        write!(f, "{}: {}", self.host, reasons.join("; or "))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.whys.as_slice() {
            [Why::Nothing { points }] => {
                write!(f, "fits as things are and would add {points} points: the plan is not the best")
            }
            [Why::WorthNothing { points: 0 }] => f.write_str("fits, but would add nothing to the value"),
            [Why::WorthNothing { points }] => {
                write!(f, "fits, but would take away {} points", points.unsigned_abs())
            }
            [Why::Shortlist] if self.plan.is_some() => f.write_str("fits, but is not on the shortlist"),
            [Why::Shortlist] => f.write_str("is not on the shortlist, and was not looked at closely"),
            [Why::NoTime] => f.write_str("was not looked at, as time had ended"),
            [why] if why.is_fact() => f.write_str(&fact(why)),
            [why @ Why::InsteadOf { only: Some((from, until)), .. }] => {
                write!(
                    f,
                    "is open on {} to {} only, and {}",
                    moment(*from),
                    until.format("%H:%M"),
                    place_of(why)
                )
            }
            [why @ Why::InsteadOf { .. }] => f.write_str(&place_of(why)),
            [Why::InsteadOf { points, .. }, ..] => {
                let others: Vec<&str> = self.whys.iter().filter_map(other).collect();
                write!(f, "would fit in place of {}, {}", others.join(" and "), difference(*points))
            }
            whys => {
                let conditions: Vec<String> = whys.iter().map(condition).collect();
                write!(f, "would fit if {}", conditions.join(", and if "))
            }
        }
    }
}

/// What is true of a host.
fn fact(why: &Why) -> String {
    match why {
        Why::Declined => "the host has said no".to_owned(),
        Why::Excluded => "the planner excludes it".to_owned(),
        Why::NoConsent => "it has not agreed to be asked".to_owned(),
        Why::Expired { on } => format!("its entry expired on {}", date(*on)),
        Why::Notice { days } => format!("it needs {days} days' notice"),
        Why::Language { delegates, languages } => {
            format!(
                "it receives in {}, which nobody interprets for {}",
                languages.join(", "),
                delegates.join(", ")
            )
        }
        Why::Needs { needs } => format!("it does not meet: {}", needs.join(", ")),
        Why::District { district } => format!("its district `{district}` is not visited"),
        why => format!("it would fit if {}", condition(why)),
    }
}

/// Under what condition it would not stand in the way.
fn condition(why: &Why) -> String {
    match why {
        Why::Nothing { .. } | Why::WorthNothing { .. } => "it were worth more".to_owned(),
        Why::Shortlist => "it were on the shortlist".to_owned(),
        Why::NoTime => "there were more time to look".to_owned(),
        Why::Declined => "the host had not said no".to_owned(),
        Why::Excluded => "the planner did not exclude it".to_owned(),
        Why::NoConsent => "it agreed to be asked".to_owned(),
        Why::Expired { on } => format!("its entry had not expired on {}", date(*on)),
        Why::Notice { days } => format!("it did not need {days} days' notice"),
        Why::Language { languages, .. } => {
            format!("somebody interpreted from {}", languages.first().map_or("", String::as_str))
        }
        Why::Needs { needs } => format!("it met {}", needs.join(", ")),
        Why::District { district } => format!("its district `{district}` were visited"),
        Why::WantedAt { time } => format!("it were not wanted at {} only", moment(*time)),
        Why::WantedOn { date: wanted } => format!("it were not wanted on {} only", date(*wanted)),
        Why::Length { minutes } => format!("the visit took at most {minutes} minutes"),
        Why::Groups { people, group } => {
            format!("all {people} were shown round in one group (it receives {group} at a time)")
        }
        Why::Hours { from, until } => {
            format!(
                "it were open from {} to {} on {}",
                from.format("%H:%M"),
                until.format("%H:%M"),
                date(from.date())
            )
        }
        Why::EndsEarly { date: day, minutes } => format!("{} ended {minutes} minutes later", date(*day)),
        Why::BeginsLate { date: day, minutes } => format!("{} began {minutes} minutes earlier", date(*day)),
        Why::MealTime { date: day, from, until } => format!(
            "the meal of {} could begin between {} and {}",
            date(*day),
            from.format("%H:%M"),
            until.format("%H:%M")
        ),
        Why::MealLength { date: day, minutes } => {
            format!("the meal of {} took at most {minutes} minutes", date(*day))
        }
        Why::Meal { date: day } => format!("{} had no meal", date(*day)),
        Why::Most { date: day, most } => format!("{} could have more than {most} visits", date(*day)),
        Why::Pace { .. } => "the pace were brisker".to_owned(),
        Why::Stretch { minutes } => format!("the driver could drive {minutes} minutes longer without a rest"),
        Why::DrivingDay { minutes } => format!("the driver could drive {minutes} minutes longer in a day"),
        Why::Night { minutes } => format!("the driver's night could be {minutes} minutes shorter"),
        Why::Quota { quota, most } => format!("quota {} allowed more than {most} visits", quota + 1),
        Why::Budget { short, currency } => {
            format!("there were {}.{:02} {currency} more to spend", short / 100, short % 100)
        }
        Why::NoWay { ways, minutes } => {
            let ways: Vec<String> = ways.iter().map(|(from, to)| format!("from {from} to {to}")).collect();
            format!("there were a way of at most {minutes} minutes {}", ways.join(" and "))
        }
        Why::InsteadOf { host, .. } => format!("{host} were not visited"),
    }
}

/// In whose place.
fn place_of(why: &Why) -> String {
    let Why::InsteadOf { host, confirmed, mandatory, points, .. } = why else { return condition(why) };
    match (confirmed, mandatory) {
        (Some(time), _) => format!("clashes with the confirmed visit to {host} on {}", moment(*time)),
        (None, true) => format!("clashes with the mandatory visit to {host}"),
        (None, false) => format!("would fit in place of {host}, {}", difference(*points)),
    }
}

/// The other visit.
fn other(why: &Why) -> Option<&str> {
    if let Why::InsteadOf { host, .. } = why { Some(&host.name) } else { None }
}

/// What another visit would be worth more or less.
fn difference(points: i64) -> String {
    match points {
        0 => "with as many points".to_owned(),
        1.. => format!("with {points} points more: the plan is not the best"),
        _ => format!("with {} points less", points.unsigned_abs()),
    }
}

fn date(date: NaiveDate) -> String {
    date.format("%A %-d %B %Y").to_string()
}

fn moment(time: NaiveDateTime) -> String {
    time.format("%A %-d %B %Y %H:%M").to_string()
}
