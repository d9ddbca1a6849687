//! The table of visits: what has been agreed with each host.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use distretto_study::fault::{Code, Fault, Log, Result, listed};
use distretto_tours::{Demand, Frame, Host, State, Visit};

use super::letters::unknown;
use super::rows::{Row, Shape, Sheet};

pub(super) const SHAPE: Shape = Shape {
    section: "visits",
    needed: &["host"],
    optional: &["state", "demand", "start", "day", "minutes", "extra"],
    aliases: &[],
    personal: false,
    may_be_empty: true,
};

pub(super) const STATES: [(&str, State); 4] = [
    ("proposed", State::Proposed),
    ("asked", State::Asked),
    ("confirmed", State::Confirmed),
    ("declined", State::Declined),
];
const DEMANDS: [(&str, Demand); 3] =
    [("free", Demand::Free), ("mandatory", Demand::Mandatory), ("excluded", Demand::Excluded)];

/// The word for a state in files.
pub(super) fn state_word(state: State) -> &'static str {
    STATES.iter().find(|(_, known)| *known == state).map_or("", |(word, _)| word)
}

/// The word for a demand in files.
pub(super) fn demand_word(demand: Demand) -> &'static str {
    DEMANDS.iter().find(|(_, known)| *known == demand).map_or("", |(word, _)| word)
}

/// Reads the visits, in the order of their rows.
pub(super) fn read(sheet: &Sheet<'_>, hosts: &[Host], frame: &Frame, log: &mut Log) -> Result<Vec<Visit>> {
    let codes: BTreeSet<&str> = hosts.iter().map(|host| host.code.as_str()).collect();
    let mut visits: Vec<Visit> = Vec::new();
    let mut seen = BTreeSet::new();
    sheet.read(log, |row| {
        let visit = visit(row)?;
        if !codes.contains(visit.host.as_str()) {
            let known: Vec<&str> = codes.iter().copied().collect();
            let what = format!("there is no host `{}`", visit.host);
            return Err(row.placed(unknown(Code::VisitHost, what, &visit.host, &known), "host"));
        }
        if !seen.insert(visit.host.clone()) {
            let what = format!("there are two rows about the host `{}`", visit.host);
            return Err(row.fault(Code::TourCodeTwice, "host", what));
        }
        contradictions(&visit, frame).map_err(|fault| {
            let column = fault.place.column.clone().unwrap_or_default();
            row.placed(fault, &column)
        })?;
        visits.push(visit);
        Ok(())
    })?;
    Ok(visits)
}

fn visit(row: &Row<'_>) -> Result<Visit> {
    let day = row.date("day")?;
    Ok(Visit {
        host: row.needed("host")?.to_owned(),
        state: row.word("state", &STATES)?.unwrap_or_default(),
        demand: row.word("demand", &DEMANDS)?.unwrap_or_default(),
        start: row.moment("start", day)?,
        day,
        minutes: row.minutes("minutes")?,
        extra: row.points("extra")?.unwrap_or(0),
    })
}

/// Refuses a visit that contradicts itself or the days of the tour. The fault names the column.
pub(super) fn contradictions(visit: &Visit, frame: &Frame) -> Result<()> {
    let fault = |code: Code, column: &str, what: String| Err(Fault::new(code, what).in_column(column));
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
            return fault(
                Code::VisitTime,
                "start",
                format!("the start is on {}, the day is {day}", start.date()),
            );
        }
        _ => {}
    }
    match (visit.state, visit.demand) {
        (State::Confirmed, Demand::Excluded) => fault(
            Code::VisitDemand,
            "demand",
            format!("the visit to `{}` is confirmed and excluded", visit.host),
        ),
        (State::Declined, Demand::Mandatory) => fault(
            Code::VisitDemand,
            "demand",
            format!("the visit to `{}` is declined and mandatory", visit.host),
        ),
        _ => Ok(()),
    }
}
