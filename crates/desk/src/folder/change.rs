//! A host accepts or declines: the table of visits is changed.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use distretto_study::config::Texts;
use distretto_study::fault::{Code, Fault, Log, Result};
use distretto_tours::check::{Overruled, overruled};
use distretto_tours::{Demand, State, Visit};

use super::file::{TOUR, TourFile};
use super::letters::unknown;
use super::raw::Raw;
use super::rows::Shape;
use super::{Opened, TOUR_FILE, consistency, folder_of, given, open, visits};
use crate::contradictions;

/// Writes down what a host answered: the state of its visit, and when it starts where that is given. The row of the host is changed, or one is
/// added; other rows, their order and all other columns stay as they are. The start that a host had confirmed goes where the visit is no longer
/// confirmed and no other start is given; the demand for a visit goes, which is noted, where its host declines. Rules that a confirmed visit overrules are told ([`Code::VisitOverrules`]).
/// Returns the visit as it stands now.
///
/// # Errors
/// Whatever is wrong with the tour; a host that is not there; a visit that is confirmed without a start, or at a time outside the tour; a
/// table that is not plain CSV. Nothing is written then.
pub fn set_visit(
    path: &Path,
    host: &str,
    state: State,
    start: Option<NaiveDateTime>,
    log: &mut Log,
) -> Result<Visit> {
    let Opened { mut tour, .. } = open(path)?;
    let (path, file) = tour_file(path)?;
    if tour.host(host).is_none() {
        let known: Vec<&str> = tour.hosts.iter().map(|host| host.code.as_str()).collect();
        return Err(
            unknown(Code::VisitHost, format!("there is no host `{host}`"), host, &known).in_file(&path)
        );
    }
    let mut visit = tour.visit(host);
    let was_agreed = visit.state == State::Confirmed && state != State::Confirmed;
    let is_freed = state == State::Declined && visit.demand == Demand::Mandatory;
    visit.state = state;
    if is_freed {
        visit.demand = Demand::Free;
    }
    if let Some(start) = start {
        visit.start = Some(start);
        visit.day = visit.day.map(|_| start.date());
    } else if was_agreed {
        visit.start = None;
    }
    let usual = || path.with_file_name("visits.csv");
    let table = table_of(visits::SHAPE, &file, &path)?.unwrap_or_else(usual);
    contradictions::visit(&visit, &tour.frame).map_err(|fault| fault.in_file(&table))?;
    let mut sheet =
        if table.exists() { Raw::load(&table)? } else { Raw::new(&table, &["host", "state", "start"]) };
    let at = sheet.needed("host")?;
    let row = sheet.rows.iter().position(|row| row.get(at).is_some_and(|own| own.trim() == host));
    let row = row.unwrap_or_else(|| {
        sheet.rows.push(vec![String::new(); sheet.header.len()]);
        sheet.rows.len() - 1
    });
    sheet.set(row, "host", host.to_owned());
    sheet.set(row, "state", visits::state_word(state).to_owned());
    if let Some(start) = start {
        sheet.set(row, "start", start.format("%Y-%m-%d %H:%M").to_string());
        if let Some(day) = visit.day {
            sheet.set(row, "day", day.to_string());
        }
    } else if was_agreed {
        sheet.set(row, "start", String::new());
    }
    if is_freed {
        sheet.set(row, "demand", visits::demand_word(Demand::Free).to_owned());
        let what = format!("the visit to `{host}` is no longer demanded, since the host has said no");
        log.add(Fault::new(Code::DemandFreed, what).in_file(&table).in_column("demand"));
    }
    sheet.save()?;
    tour.visits.retain(|visit| visit.host != host);
    tour.visits.push(visit.clone());
    let of_host: Vec<Overruled> =
        overruled(&tour).into_iter().filter(|rule| rule.host.code == host).collect();
    consistency::overruling(&of_host, log);
    Ok(visit)
}

/// The path of `tour.toml`, and its keys.
pub(super) fn tour_file(path: &Path) -> Result<(PathBuf, TourFile)> {
    let path = if path.is_dir() { path.join(TOUR_FILE) } else { path.to_path_buf() };
    let file = TOUR.load(&path)?;
    Ok((path, file))
}

/// The one file of a table; its usual name where `[tables]` names none.
pub(super) fn table_of(shape: Shape, file: &TourFile, path: &Path) -> Result<Option<PathBuf>> {
    let usual = Texts(vec![format!("{}.csv", shape.section)]);
    match given(file, shape.section).unwrap_or(&usual).0.as_slice() {
        [] => Ok(None),
        [one] if !one.contains(['*', '?', '[']) => Ok(Some(folder_of(path).join(one))),
        _ => Err(Fault::new(Code::TableFixed, format!("the table of {} is several files", shape.section))
            .in_file(path)
            .in_column("[tables]")
            .hint("make the change where it comes from, or join them to one")),
    }
}
