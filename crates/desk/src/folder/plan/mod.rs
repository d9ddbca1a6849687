//! Plans as files: `plan.json` whole, `plan.csv` as a spreadsheet has it.

mod json;
mod sheet;

use std::collections::BTreeSet;
use std::path::Path;

use distretto_study::edition::files::{failed, whole_file};
use distretto_study::fault::{Code, Fault, Log, Result};
use distretto_tours::{Plan, Tour, Travel};

use super::letters::unknown;

pub use json::{PLAN_VERSION, plan_from_json, plan_to_json};

/// Reads a plan of this tour: JSON where the name ends in `.json`, else a table as a spreadsheet has it, of which what is left out is worked
/// out from the tour and its travel times.
///
/// # Errors
/// A file that cannot be read, is no plan, or is of a newer version; a plan that names a host or base that the tour does not have. Whether the
/// plan keeps to everything is not asked here.
pub fn read_plan(path: &Path, tour: &Tour, travel: &Travel, log: &mut Log) -> Result<Plan> {
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let plan = if is_json {
        let text = std::fs::read_to_string(path).map_err(|error| {
            Fault::new(Code::PlanUnreadable, "the plan cannot be read").because(error.to_string())
        });
        text.and_then(|text| plan_from_json(&text)).map_err(|fault| fault.in_file(path))?
    } else {
        sheet::read(path, tour, travel, log)?
    };
    names(&plan, tour).map_err(|fault| fault.in_file(path))?;
    Ok(plan)
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
