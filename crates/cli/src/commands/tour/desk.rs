//! A tour with all that planning asks for.

use std::path::Path;
use std::time::Instant;

use distretto_desk::folder::{Opened, open, read_plan};
use distretto_desk::ways;
use distretto_study::fault::{Code, Fault, Result};
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
    /// Reads a tour; ways are found for the hosts of the shortlist and those of the plan.
    pub fn of(path: &Path, plan: Option<&Plan>, quiet: bool) -> Result<Self> {
        let mut opened = open(path)?;
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
    pub fn with_plan(tour: &Path, plan: &Path, quiet: bool) -> Result<(Self, Plan)> {
        let opened = open(tour)?;
        let everywhere = ways::travel(&opened.ways, &opened.tour, None, &mut opened.log.clone());
        let plan = read_plan(plan, &opened.tour, everywhere.as_ref().ok())?;
        Ok((Self::of(tour, Some(&plan), quiet)?, plan))
    }
}

/// What is wrong with a tour that cannot be planned.
pub fn unplannable(error: &PlanError, tour: &Path) -> Box<Fault> {
    Fault::new(Code::TourUnplannable, error.to_string()).in_file(tour)
}

/// The share of so many seconds that has passed since now; none where no limit is asked for.
pub fn spent(seconds: Option<f64>) -> impl Fn() -> f64 {
    let begun = Instant::now();
    move || seconds.map_or(0.0, |limit| begun.elapsed().as_secs_f64() / limit)
}
