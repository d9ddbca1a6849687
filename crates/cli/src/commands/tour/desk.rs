//! A tour with all that planning asks for.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use distretto_desk::folder::{Opened, open, read_plan};
use distretto_desk::ways;
use distretto_study::fault::{Code, Fault, Log, Result};
use distretto_tours::choosing::{Worth, worth};
use distretto_tours::planning::{PlanError, declining, listed};
use distretto_tours::{Plan, Tour, Travel};

use crate::failure::show;

/// A tour, what its visits are worth, and the ways between those that matter.
pub struct Desk {
    pub opened: Opened,
    pub worth: Worth,
    pub travel: Travel,
}

impl Desk {
    /// A tour that was read; ways are found for the hosts among which a plan is looked for.
    pub fn of(opened: Opened, path: &Path, quiet: bool) -> Result<Self> {
        Self::among(opened, path, &[], &Asked::default(), quiet)
    }

    /// Reads a tour and a plan of it; ways are found for the hosts of the plan alone.
    pub fn with_plan(path: &Path, plan: &Path, quiet: bool) -> Result<(Self, Plan)> {
        let opened = open(path)?;
        let hosts = named(plan, &opened.tour)?;
        let (worth, mut log) = (worth(&opened.tour), Log::default());
        let travel = ways::travel(&opened.ways, &opened.tour, Some(&hosts), &mut log)?;
        Self { opened, worth, travel }.told(&log, quiet).plan(plan, quiet)
    }

    /// Reads a tour and a plan of it; ways are found for the hosts of the plan, those among which a plan is looked for, and what is asked about.
    pub fn asked(path: &Path, plan: &Path, asked: &Asked, quiet: bool) -> Result<(Self, Plan)> {
        let opened = open(path)?;
        let hosts = named(plan, &opened.tour)?;
        Self::among(opened, path, &hosts, asked, quiet)?.plan(plan, quiet)
    }

    /// The plan, with the times of a spreadsheet worked out.
    fn plan(self, plan: &Path, quiet: bool) -> Result<(Self, Plan)> {
        let mut log = Log::default();
        let plan = read_plan(plan, &self.opened.tour, &self.travel, &mut log)?;
        show(&log, quiet);
        Ok((self, plan))
    }

    /// Tells what was noted of the tour, and of its ways.
    fn told(self, of_ways: &Log, quiet: bool) -> Self {
        show(&self.opened.log, quiet);
        show(of_ways, quiet);
        self
    }

    fn among(opened: Opened, path: &Path, planned: &[String], asked: &Asked, quiet: bool) -> Result<Self> {
        let worth = worth(&opened.tour);
        let unplannable = |error: PlanError| unplannable(&error, path);
        // Those who decline make room for others.
        let tour = declining(&opened.tour, asked.declined).map_err(unplannable)?;
        let listed = |travel: &Travel| {
            listed(&tour, travel, &worth, planned).map(|list| list.kept).map_err(unplannable)
        };
        let place = asked.place.filter(|place| tour.host(place).is_some()).cloned();
        let mut hosts: BTreeSet<String> = planned.iter().cloned().chain(place).collect();
        hosts.extend(listed(&Travel::default())?);
        loop {
            let codes: Vec<String> = hosts.iter().cloned().collect();
            let mut log = Log::default();
            let travel = ways::travel(&opened.ways, &tour, Some(&codes), &mut log)?;
            // Others come in for hosts to which there is no way.
            let before = hosts.len();
            hosts.extend(listed(&travel)?);
            if hosts.len() == before {
                return Ok(Self { opened, worth, travel }.told(&log, quiet));
            }
        }
    }
}

/// The hosts of the tour that a plan names; times do not matter yet.
fn named(plan: &Path, tour: &Tour) -> Result<Vec<String>> {
    let plan = read_plan(plan, tour, &Travel::default(), &mut Log::default())?;
    Ok(plan.stops().map(|(_, stop)| stop.host.clone()).filter(|code| tour.host(code).is_some()).collect())
}

/// What is asked about beside a plan.
#[derive(Default)]
pub struct Asked<'a> {
    /// Codes of hosts that have said no.
    pub declined: &'a [String],
    /// Code of a further host or base that matters.
    pub place: Option<&'a String>,
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
