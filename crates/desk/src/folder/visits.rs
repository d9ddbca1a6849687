//! The table of visits: what has been agreed with each host.

use std::collections::BTreeSet;

use distretto_study::fault::{Code, Log, Result};
use distretto_tours::{Demand, Frame, Host, State, Visit};

use super::letters::unknown;
use super::rows::{Row, Shape, Sheet};
use crate::contradictions;

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
        contradictions::visit(&visit, frame).map_err(|fault| {
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
