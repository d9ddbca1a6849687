//! A tour with all that planning asks for.

use std::path::Path;
use std::time::Instant;

use distretto_desk::folder::{Opened, open, read_plan, write_plan_csv, write_plan_json};
use distretto_desk::ways;
use distretto_study::fault::{Code, Fault, Log, Result};
use distretto_tours::choosing::{Worth, shortlist, worth};
use distretto_tours::planning::PlanError;
use distretto_tours::{Plan, Travel};

use crate::failure::show;

/// A tour, what its visits are worth, and the ways between those that matter.
pub struct Desk {
    pub opened: Opened,
    pub worth: Worth,
    pub travel: Travel,
}

impl Desk {
    /// Finds the ways for the hosts of the shortlist and those of the plan, and tells what the tour's log holds.
    pub fn of(mut opened: Opened, plan: Option<&Plan>, quiet: bool) -> Result<Self> {
        let worth = worth(&opened.tour);
        let mut hosts = shortlist(&opened.tour, &worth).kept;
        let planned = plan.into_iter().flat_map(Plan::stops).map(|(_, stop)| stop.host.clone());
        hosts.extend(planned.filter(|host| opened.tour.host(host).is_some()));
        hosts.sort_unstable();
        hosts.dedup();
        let mut log = std::mem::take(&mut opened.log);
        let travel = ways::travel(&opened.ways, &opened.tour, Some(&hosts), &mut log)?;
        show(&log, quiet);
        Ok(Self { opened, worth, travel })
    }

    /// Reads a tour and a plan of it.
    pub fn with_plan(path: &Path, plan: &Path, quiet: bool) -> Result<(Self, Plan)> {
        // Only the hosts that the plan names matter at first; times of a spreadsheet are worked out once their ways are known.
        let opened = open(path)?;
        let named = read_plan(plan, &opened.tour, &Travel::default(), &mut Log::default())?;
        let desk = Self::of(opened, Some(&named), quiet)?;
        let mut log = Log::default();
        let plan = read_plan(plan, &desk.opened.tour, &desk.travel, &mut log)?;
        show(&log, quiet);
        Ok((desk, plan))
    }
}

/// What is wrong with a tour that cannot be planned.
pub fn unplannable(error: &PlanError, tour: &Path) -> Box<Fault> {
    Fault::new(Code::TourUnplannable, error.to_string()).in_file(tour)
}

/// A time limit on the command line: a finite number above 0.
pub fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse().ok().filter(|seconds: &f64| seconds.is_finite() && *seconds > 0.0);
    seconds.ok_or_else(|| "write a number of seconds above 0, such as 10 or 0.5".to_owned())
}

/// The share of so many seconds that has passed since now; none where no limit is asked for.
pub fn spent(seconds: Option<f64>) -> impl Fn() -> f64 {
    let begun = Instant::now();
    move || seconds.map_or(0.0, |limit| begun.elapsed().as_secs_f64() / limit)
}

/// Writes a plan: as a table where the name ends in `.csv`, else as JSON.
pub fn write(path: &Path, title: &str, plan: &Plan) -> Result<()> {
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
        return write_plan_csv(plan, path);
    }
    write_plan_json(plan, title, path)
}
