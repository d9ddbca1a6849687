//! What a tour may not say: visits and rules that contradict themselves, each other, or the days and hosts of the tour.
//!
//! Whoever reads or changes a tour refuses the same with the same code, so a tour that was changed in a store is one that a folder can hold.

use std::collections::BTreeSet;

use chrono::{NaiveDate, Timelike};
use distretto_study::fault::{Code, Fault, Result, listed};
use distretto_tours::{Demand, Frame, Host, Kind, Quota, Rules, State, Subject, Tour, Visit, Weights};

use crate::folder::letters::unknown;
use crate::folder::numbers::{MOST, MOST_MINUTES, within};

/// Most points of a weight.
const MOST_POINTS: i64 = 10_000;
/// Most per cent of a repeated visit.
const MOST_REPEAT: i64 = 100;

/// Refuses a visit that contradicts itself or the days of the tour. The fault names the column.
///
/// # Errors
/// D1014 and D1023 for numbers out of range; D1022 for a start within a minute; D1025 for a time that cannot be; D1026 for a state that contradicts the demand.
pub fn visit(visit: &Visit, frame: &Frame) -> Result<()> {
    numbers(visit)?;
    time(visit, frame)?;
    let what = match (visit.state, visit.demand) {
        (State::Confirmed, Demand::Excluded) => "confirmed and excluded",
        (State::Declined, Demand::Mandatory) => "declined and mandatory",
        _ => return Ok(()),
    };
    Err(Fault::new(Code::VisitDemand, format!("the visit to `{}` is {what}", visit.host)).in_column("demand"))
}

fn numbers(visit: &Visit) -> Result<()> {
    if let Some(minutes) = visit.minutes {
        within(Code::TourMinutes, "minutes", i64::from(minutes), 1, MOST_MINUTES)?;
    }
    if visit.extra.unsigned_abs() > MOST.unsigned_abs() {
        let what = format!("`extra = {}` is out of range", visit.extra);
        return Err(Fault::new(Code::TourNumber, what)
            .in_column("extra")
            .hint(format!("it takes whole numbers from -{MOST} to {MOST}")));
    }
    Ok(())
}

fn time(visit: &Visit, frame: &Frame) -> Result<()> {
    if visit.start.is_some_and(|start| start.second() != 0 || start.nanosecond() != 0) {
        return Err(Fault::new(Code::TourDate, "a visit begins at a whole minute").in_column("start"));
    }
    if visit.state == State::Confirmed && visit.start.is_none() {
        let what = format!("the visit to `{}` is confirmed without a start", visit.host);
        return Err(Fault::new(Code::VisitTime, what)
            .in_column("start")
            .hint("say when the host expects the delegation, as in `2026-05-11 10:00`"));
    }
    let days: Vec<NaiveDate> = frame.days.iter().map(|day| day.date).collect();
    let names: Vec<String> = days.iter().map(NaiveDate::to_string).collect();
    for (column, date) in [("start", visit.start.map(|start| start.date())), ("day", visit.day)] {
        if let Some(date) = date.filter(|date| !days.contains(date)) {
            return Err(Fault::new(Code::VisitTime, format!("{date} is not a day of the tour"))
                .in_column(column)
                .because(format!("its days are {}", listed(&names, 15))));
        }
    }
    match (visit.start, visit.day) {
        (Some(start), Some(day)) if start.date() != day => {
            let what = format!("the start is on {}, the day is {day}", start.date());
            Err(Fault::new(Code::VisitTime, what).in_column("start"))
        }
        _ => Ok(()),
    }
}

/// Refuses rules that cannot be kept by any tour, or name what this one does not have. The fault names the key or the quota.
///
/// # Errors
/// D1004 and D1031 for numbers out of range; D1005, D1015 and D1029 for a quota that says nothing, no kind of host, or more at least than at most; D1017 for a district
/// that is not there; D1030 for a quota that names nobody, or more visits than there are hosts.
pub fn rules(tour: &Tour) -> Result<()> {
    let Rules { weights, quotas, shortlist, .. } = &tour.rules;
    within_range(weights)?;
    shortlisted(i64::try_from(*shortlist).unwrap_or(i64::MAX))?;
    for (at, quota) in quotas.iter().enumerate() {
        range(quota).map_err(|fault| fault.in_column(quota_name(at)))?;
    }
    districts(tour)?;
    named(tour)
}

fn within_range(weights: &Weights) -> Result<()> {
    let Weights { interest, repeat, fairness, chain, institution, territory, certainty, language, visit } =
        *weights;
    for (key, points) in [
        ("interest", interest),
        ("fairness", fairness),
        ("chain", chain),
        ("institution", institution),
        ("territory", territory),
        ("certainty", certainty),
        ("language", language),
        ("visit", visit),
    ] {
        points_of(key, i64::from(points))?;
    }
    repeat_of(i64::from(repeat)).map(|_| ())
}

/// A weight in points.
pub(crate) fn points_of(key: &str, points: i64) -> Result<u32> {
    within(Code::TourWeights, key, points, 0, MOST_POINTS)
}

/// What a repeated visit counts, in per cent.
pub(crate) fn repeat_of(per_cent: i64) -> Result<u32> {
    within(Code::TourWeights, "repeat", per_cent, 0, MOST_REPEAT)
}

/// How many hosts a plan is made of.
pub(crate) fn shortlisted(hosts: i64) -> Result<u32> {
    within(Code::TourValue, "shortlist", hosts, 1, MOST)
}

/// How many visits a quota wants or allows.
pub(crate) fn counted(key: &str, visits: i64) -> Result<u32> {
    within(Code::QuotaRange, key, visits, 0, MOST)
}

/// How messages name a quota: by its place, from 1.
pub(crate) fn quota_name(at: usize) -> String {
    format!("[[quota]] {}", at + 1)
}

/// Refuses a quota that no tour can keep, whatever its hosts.
pub(crate) fn range(quota: &Quota) -> Result<()> {
    if let Some((Subject::Kind, name)) = &quota.which.subject
        && Kind::from_word(name).is_none()
    {
        let words = Kind::ALL.map(Kind::word);
        return Err(unknown(Code::TourWord, format!("`{name}` is not a kind of host"), name, &words));
    }
    let least = counted("least", i64::from(quota.least))?;
    let most = quota.most.map(|most| counted("most", i64::from(most))).transpose()?;
    match most {
        Some(most) if least > most => {
            let what = format!("at least {least} visits are wanted, and at most {most}");
            Err(Fault::new(Code::QuotaRange, what))
        }
        None if least == 0 => {
            Err(Fault::new(Code::TourIncomplete, "the quota has neither `least` nor `most`"))
        }
        _ => Ok(()),
    }
}

/// Refuses more persons than seats.
pub(crate) fn seats(tour: &Tour) -> Result<()> {
    let people = tour.delegation.people();
    match tour.frame.seats {
        Some(seats) if people > seats => {
            let delegates = tour.delegation.delegates.len();
            let why = format!("{delegates} delegates and {} others travel", tour.delegation.staff);
            Err(Fault::new(Code::TourSeats, format!("{people} persons travel in a coach of {seats} seats"))
                .in_column("seats")
                .because(why))
        }
        _ => Ok(()),
    }
}

/// Codes of districts that can be named: those of the edition, and those of hosts.
fn known_districts(tour: &Tour) -> Vec<&str> {
    let of_hosts = tour.hosts.iter().filter_map(|host| host.district.as_deref());
    let known: BTreeSet<&str> =
        tour.districts.iter().map(|district| district.code.as_str()).chain(of_hosts).collect();
    known.into_iter().collect()
}

/// Refuses districts that are not there.
pub(crate) fn districts(tour: &Tour) -> Result<()> {
    let known = known_districts(tour);
    match tour.rules.districts.iter().find(|code| !known.contains(&code.as_str())) {
        None => Ok(()),
        Some(code) => {
            let what = format!("there is no district `{code}`");
            Err(unknown(Code::HostDistrict, what, code, &known).in_column("districts"))
        }
    }
}

/// Refuses quotas for which there are not enough hosts.
pub(crate) fn named(tour: &Tour) -> Result<()> {
    for (at, quota) in tour.rules.quotas.iter().enumerate() {
        names_somebody(tour, quota).map_err(|fault| fault.in_column(quota_name(at)))?;
    }
    Ok(())
}

fn names_somebody(tour: &Tour, quota: &Quota) -> Result<()> {
    let which = &quota.which;
    let codes: BTreeSet<&str> = tour.hosts.iter().map(|host| host.code.as_str()).collect();
    if let Some(code) = which.hosts.iter().find(|code| !codes.contains(code.as_str())) {
        let known: Vec<&str> = codes.into_iter().collect();
        return Err(unknown(Code::QuotaNobody, format!("there is no host `{code}`"), code, &known));
    }
    if let Some(district) = &which.district {
        let known = known_districts(tour);
        if !known.contains(&district.as_str()) {
            return Err(unknown(
                Code::QuotaNobody,
                format!("there is no district `{district}`"),
                district,
                &known,
            ));
        }
    }
    let fits = |host: &&Host| {
        which.subject.as_ref().is_none_or(|(subject, name)| names_in(host, *subject).contains(&name.as_str()))
            && which.district.as_ref().is_none_or(|district| host.district.as_ref() == Some(district))
            && (which.hosts.is_empty() || which.hosts.contains(&host.code))
    };
    let count = tour.hosts.iter().filter(fits).count();
    if count == 0 {
        return Err(match &which.subject {
            Some((subject, name)) => {
                let known = names_of_all(tour, *subject);
                unknown(
                    Code::QuotaNobody,
                    format!("no host has the {} `{name}`", subject.word()),
                    name,
                    &known,
                )
            }
            None => Fault::new(Code::QuotaNobody, "the quota counts no host"),
        });
    }
    if count < quota.least as usize {
        let what = format!("at least {} visits are wanted, and only {count} hosts count", quota.least);
        return Err(Fault::new(Code::QuotaNobody, what));
    }
    Ok(())
}

/// The names that hosts have in a subject.
fn names_in(host: &Host, subject: Subject) -> Vec<&str> {
    match subject {
        Subject::Industry => host.industries.iter().map(String::as_str).collect(),
        Subject::Phase => host.phases.iter().map(String::as_str).collect(),
        Subject::Practice => host.practices.iter().map(String::as_str).collect(),
        Subject::Kind => vec![host.kind.word()],
    }
}

/// The names that the hosts of a tour have in a subject, each once.
pub(crate) fn names_of_all(tour: &Tour, subject: Subject) -> Vec<&str> {
    let names: BTreeSet<&str> = tour.hosts.iter().flat_map(|host| names_in(host, subject)).collect();
    names.into_iter().collect()
}
