//! Plans as files: `plan.json` whole, `plan.csv` as a spreadsheet has it.

mod json;
mod sheet;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::Datelike;
use distretto_study::edition::files::{failed, whole_file};
use distretto_study::fault::{Code, Fault, Log, Result};
use distretto_tours::{Plan, Tour, Travel};

use super::letters::unknown;

pub use json::{PLAN_VERSION, plan_from_json, plan_to_json};

/// Endings of files that spreadsheet programs write for themselves.
const SPREADSHEETS: [&str; 5] = ["xlsx", "xlsm", "xls", "ods", "numbers"];

/// Reads a plan of this tour: JSON where the name ends in `.json`, else a table as a spreadsheet has it, of which what is left out is worked
/// out from the tour and its travel times.
///
/// # Errors
/// A file that cannot be read, is no plan, or is of a newer version; a plan that names a host or base that the tour does not have, or a year of more than four digits. Whether the
/// plan keeps to everything is not asked here.
pub fn read_plan(path: &Path, tour: &Tour, travel: &Travel, log: &mut Log) -> Result<Plan> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if SPREADSHEETS.contains(&ending.as_str()) && path.exists() {
        return Err(Fault::new(
            Code::FileFormat,
            format!("a plan is not read from a file that ends in `.{ending}`"),
        )
        .in_file(path)
        .hint("save the sheet with the plan as CSV (UTF-8), and name that file"));
    }
    let is_json = ending == "json";
    let plan = if is_json {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Fault::new(Code::PlanUnreadable, "the plan cannot be read").because(error.to_string())
        });
        text.and_then(|text| plan_from_json(&text)).map_err(|fault| fault.in_file(path))?
    } else {
        sheet::read(path, tour, travel, log)?
    };
    names(&plan, tour).and_then(|()| years(&plan)).map_err(|fault| fault.in_file(path))?;
    Ok(plan)
}

/// How a plan is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanFormat {
    /// `plan.json`: all of it.
    Json,
    /// `plan.csv`: for a spreadsheet.
    Csv,
}

impl PlanFormat {
    /// How a plan is written under a name: what [`read_plan`] reads again. Ask before the work begins.
    ///
    /// # Errors
    /// [`Code::OutputEnding`] where the name ends in neither `.json` nor `.csv`.
    pub fn of(path: &Path) -> Result<Self> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("json") => Ok(Self::Json),
            Some("csv") => Ok(Self::Csv),
            _ => {
                let hint = match ending.as_deref() {
                    Some(ending) if SPREADSHEETS.contains(&ending) => {
                        "end the name in `.csv`, which spreadsheet programs open, or in `.json`"
                    }
                    _ => "end the name in `.json`, or in `.csv` for a spreadsheet",
                };
                let what = match ending {
                    Some(ending) => format!("no plan is written to a file that ends in `.{ending}`"),
                    None => "no plan is written to a file whose name has no ending".to_owned(),
                };
                Err(Fault::new(Code::OutputEnding, what).in_file(path).hint(hint))
            }
        }
    }
}

/// Writes a plan as its name says; `title` is that of the tour.
///
/// # Errors
/// [`PlanFormat::of`]; a file that cannot be written.
pub fn write_plan(plan: &Plan, title: &str, path: &Path) -> Result<()> {
    match PlanFormat::of(path)? {
        PlanFormat::Json => write_plan_json(plan, title, path),
        PlanFormat::Csv => write_plan_csv(plan, path),
    }
}

/// Writes `plan.json`, whole or not at all.
pub fn write_plan_json(plan: &Plan, title: &str, path: &Path) -> Result<()> {
    let text = plan_to_json(plan, title)?;
    whole_file(path, |growing| std::fs::write(growing, &text).map_err(|error| failed(path, &error)))
}

/// Writes `plan.csv`, whole or not at all. Read again it is the same plan, but for whether it is proven, and for groups that are not those
/// that follow from the host.
pub fn write_plan_csv(plan: &Plan, path: &Path) -> Result<()> {
    let bytes = sheet::write(plan).map_err(|error| failed(path, &error))?;
    whole_file(path, |growing| std::fs::write(growing, &bytes).map_err(|error| failed(path, &error)))
}

/// Refuses years that calendars and tables cannot write.
fn years(plan: &Plan) -> Result<()> {
    match plan.dates().find(|date| !(0..10_000).contains(&date.year())) {
        None => Ok(()),
        Some(date) => Err(Fault::new(Code::PlanUnreadable, format!("{date} is not a date of any tour"))
            .because("years have four digits")),
    }
}

/// Refuses a plan that goes where nobody is.
fn names(plan: &Plan, tour: &Tour) -> Result<()> {
    let hosts: BTreeSet<&str> = tour.hosts.iter().map(|host| host.code.as_str()).collect();
    let bases: BTreeSet<&str> = tour.frame.bases.iter().map(|base| base.code.as_str()).collect();
    let hold = |what: &str, code: &str, known: &[&BTreeSet<&str>]| {
        if known.iter().any(|known| known.contains(code)) {
            return Ok(());
        }
        let known: Vec<&str> = known.iter().flat_map(|known| known.iter().copied()).collect();
        Err(unknown(
            Code::PlanPlace,
            format!("the plan names a {what} `{code}` that the tour does not have"),
            code,
            &known,
        ))
    };
    for day in &plan.days {
        hold("base", &day.from, &[&bases])?;
        hold("base", &day.to, &[&bases])?;
        for stop in &day.stops {
            hold("host", &stop.host, &[&hosts])?;
        }
        for place in day.meal.iter().chain(&day.rests).filter_map(|pause| pause.at.as_deref()) {
            hold("place", place, &[&hosts, &bases])?;
        }
    }
    Ok(())
}
