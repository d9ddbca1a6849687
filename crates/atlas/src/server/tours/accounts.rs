//! Points, line by line, and what clashes.

use chrono::NaiveDate;
use distretto_tours::check::Violation;
use distretto_tours::choosing::{Aim, Fact, Line, RankedLine, What};
use distretto_tours::planning::{Bar, DayBar, Missing, Refusal, Refused};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::documents::{ClashDoc, LineDoc};

/// A line of what a visit is worth.
pub(super) fn host_line(line: &Line) -> LineDoc {
    let (what, details) = match &line.what {
        What::Aim { aim, nth } => {
            let (what, details) = tagged(aim);
            let mut details = details.as_object().cloned().unwrap_or_default();
            details.insert("nth".to_owned(), json!(nth));
            (what, Value::Object(details))
        }
        other => tagged(other),
    };
    LineDoc { what, points: Some(line.points), details, text: of_host(&line.what) }
}

/// A line of what speaks for a district.
pub(super) fn district_line(line: &RankedLine) -> LineDoc {
    let (what, details) = tagged(&line.fact);
    LineDoc { what, points: line.points, details, text: of_district(&line.fact) }
}

/// Something that a plan breaks.
pub(super) fn violated(violation: &Violation) -> ClashDoc {
    let mut details = object(violation);
    details.remove("day");
    details.remove("host");
    let rule = details.remove("breach").as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
    ClashDoc {
        rule,
        text: violation.to_string(),
        day: violation.day,
        host: violation.host.as_ref().map(|host| host.code.clone()),
        details: if details.is_empty() { Value::Null } else { Value::Object(details) },
        position: None,
    }
}

/// A host that cannot be visited.
pub(super) fn barred(host: &str, day: Option<NaiveDate>, bar: &Bar) -> ClashDoc {
    clash(bar_word(bar), bar.to_string(), day, Some(host))
}

/// A visit that does not fit where it was put.
pub(super) fn refused(day: NaiveDate, refused: &Refused) -> ClashDoc {
    let clash = refusal(day, Some(&refused.host), &refused.why);
    ClashDoc { position: Some(refused.position), ..clash }
}

/// What keeps a day from being as it is.
pub(super) fn refusal(day: NaiveDate, host: Option<&str>, why: &Refusal) -> ClashDoc {
    let (word, by) = match why {
        Refusal::UnknownHost => ("host_unknown", None),
        Refusal::Twice { .. } => ("again", None),
        Refusal::Barred(bar) => (bar_word(bar), None),
        Refusal::NotThatDay(bar) => (day_word(bar), None),
        Refusal::TooMany { .. } => ("most_visits", None),
        Refusal::NoRoute { .. } => ("no_route", None),
        Refusal::UnknownWay { .. } => ("way_unknown", None),
        Refusal::Driving { minutes } => ("driving_day", Some(*minutes)),
        Refusal::TooLate { minutes, .. } => ("too_late", Some(*minutes)),
        Refusal::ReturnsLate { minutes, .. } => ("returns_late", Some(*minutes)),
        Refusal::NoMeal => ("meal_missing", None),
        Refusal::Quota { .. } => ("quota_over", None),
        Refusal::Unworkable(_) => ("unworkable", None),
        Refusal::Budget { .. } => ("budget", None),
    };
    let details = by.map_or(Value::Null, |by| json!({ "by": by }));
    ClashDoc { details, ..clash(word, why.to_string(), Some(day), host) }
}

/// Something demanded that is missing.
pub(super) fn missing(missing: &Missing) -> ClashDoc {
    let text = missing.to_string();
    match missing {
        Missing::Visit { host } => clash("visit_missing", text, None, Some(host)),
        Missing::Barred { host, why } => clash(bar_word(why), text, None, Some(host)),
        Missing::NoDay { host, .. } => clash("no_day", text, None, Some(host)),
        Missing::Quota { date, .. } => clash("quota_short", text, *date, None),
        Missing::Day { date, why } => ClashDoc { text, ..refusal(*date, None, why) },
        Missing::Budget { .. } => clash("budget", text, None, None),
        Missing::Night { date } => clash("night", text, Some(*date), None),
    }
}

fn clash(rule: &str, text: String, day: Option<NaiveDate>, host: Option<&str>) -> ClashDoc {
    ClashDoc {
        rule: rule.to_owned(),
        text,
        day,
        host: host.map(str::to_owned),
        details: Value::Null,
        position: None,
    }
}

fn bar_word(bar: &Bar) -> &'static str {
    match bar {
        Bar::Declined => "declined",
        Bar::Excluded => "excluded",
        Bar::NoConsent => "no_consent",
        Bar::Language { .. } => "language",
        Bar::Need { .. } => "need",
        Bar::District { .. } => "district",
        Bar::NoHours => "no_hours",
    }
}

fn day_word(bar: &DayBar) -> &'static str {
    match bar {
        DayBar::OtherDay { .. } => "other_day",
        DayBar::Expired { .. } => "expired",
        DayBar::Notice { .. } => "notice",
        DayBar::Closed => "closed_all_day",
        DayBar::TooShort { .. } => "closed",
        DayBar::Past => "past",
        DayBar::NotAtWanted { .. } => "not_as_wanted",
    }
}

/// A choice by its word, with what it holds; null where it holds nothing.
fn tagged<T: Serialize>(choice: &T) -> (String, Value) {
    match serde_json::to_value(choice) {
        Ok(Value::String(word)) => (word, Value::Null),
        Ok(Value::Object(pairs)) => pairs.into_iter().next().unwrap_or_default(),
        _ => (String::new(), Value::Null),
    }
}

fn object<T: Serialize>(document: &T) -> Map<String, Value> {
    serde_json::to_value(document).ok().as_ref().and_then(Value::as_object).cloned().unwrap_or_default()
}

fn of_host(what: &What) -> String {
    match what {
        What::Visit => "a visit".to_owned(),
        What::Certainty { district, per_mille: Some(per_mille) } => {
            format!("`{district}` is a district with a probability of {}", probability(*per_mille))
        }
        What::Certainty { district, per_mille: None } => {
            format!("how certain the district `{district}` is has not been reckoned")
        }
        What::Language { understand, of } => format!("{understand} of {of} delegates understand it"),
        What::LanguageUnknown => "nobody has said in which languages it receives".to_owned(),
        What::Extra => "what the planner adds".to_owned(),
        What::Aim { aim, nth } => match aim {
            Aim::Interest { subject, name, delegates } => format!(
                "{} `{name}`, wanted by {} {}, seen for the {} time",
                subject.word(),
                delegates.len(),
                if delegates.len() == 1 { "delegate" } else { "delegates" },
                ordinal(*nth)
            ),
            Aim::Fairness { delegate } => {
                format!("`{delegate}` sees something of interest for the {} time", ordinal(*nth))
            }
            Aim::Chain { district, phase } => {
                format!("shows the phase `{phase}` of the district `{district}`")
            }
            Aim::Institution => "shows an institution, service or research centre".to_owned(),
            Aim::Territory => "shows the culture or the land".to_owned(),
        },
    }
}

fn of_district(fact: &Fact) -> String {
    match fact {
        Fact::Industry { industry: Some(industry), weight, of } => {
            format!("its industry `{industry}` has {weight} of {of} of what is asked for in industries")
        }
        Fact::Industry { industry: None, .. } => "no edition names its industry".to_owned(),
        Fact::Interests { met, of } => format!("its hosts meet {met} of {of} of what is asked for"),
        Fact::Certainty { per_mille: Some(per_mille) } => {
            format!("it is a district with a probability of {}", probability(*per_mille))
        }
        Fact::Certainty { per_mille: None } => "how certain it is has not been reckoned".to_owned(),
        Fact::Phases { phases: Some(phases), most } => {
            format!("its hosts show {} phases, the most of any district is {most}", phases.len())
        }
        Fact::Phases { phases: None, .. } => "none of its hosts names a phase".to_owned(),
        Fact::Size { workers: Some(workers), most } => {
            format!("{workers} persons employed, the most of any district is {most}")
        }
        Fact::Size { workers: None, .. } => "how large it is is not known".to_owned(),
        Fact::Nearness { km: Some(km), base } => format!("{km} km from `{base}`, where the tour begins"),
        Fact::Nearness { km: None, .. } => "how far it is is not known".to_owned(),
        Fact::Hosts { open, of, most } => {
            format!("{open} of {of} hosts can be visited, the most of any district is {most}")
        }
    }
}

/// Thousandths as a number between 0 and 1.
fn probability(per_mille: u32) -> String {
    format!("{}.{:03}", per_mille / 1000, per_mille % 1000)
}

/// `1st`, `2nd`, `3rd`, `4th`, ..., `11th`, ..., `21st`.
fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use distretto_tours::Subject;

    use super::*;

    #[test]
    fn a_line_has_a_word_its_facts_and_a_sentence() {
        let interest = Aim::Interest {
            subject: Subject::Phase,
            name: "tanning".to_owned(),
            delegates: vec!["d1".to_owned()],
        };
        let line = host_line(&Line { what: What::Aim { aim: interest, nth: 2 }, points: 15 });
        assert_eq!((line.what.as_str(), line.points), ("interest", Some(15)));
        let details = json!({ "subject": "phase", "name": "tanning", "delegates": ["d1"], "nth": 2 });
        assert_eq!(line.details, details);
        assert_eq!(line.text, "phase `tanning`, wanted by 1 delegate, seen for the 2nd time");
        let line = host_line(&Line { what: What::Aim { aim: Aim::Territory, nth: 1 }, points: 120 });
        assert_eq!((line.what.as_str(), line.details), ("territory", json!({ "nth": 1 })));
        let line = host_line(&Line { what: What::Visit, points: 10 });
        assert_eq!((line.what.as_str(), line.details), ("visit", Value::Null));
        let line = district_line(&RankedLine { fact: Fact::Certainty { per_mille: None }, points: None });
        assert_eq!((line.what.as_str(), line.points), ("certainty", None));
    }

    #[test]
    fn ordinals_are_english() {
        let all = [1, 2, 3, 4, 11, 12, 13, 21, 101, 111].map(ordinal);
        assert_eq!(all, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "101st", "111th"]);
    }
}
