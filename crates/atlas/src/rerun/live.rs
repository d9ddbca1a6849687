//! A study in memory, ready to be run again.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use distretto_study::fault::{Code, Fault, Log, Result};
use distretto_study::input::{Input, Study};
use distretto_study::run::areas::divide;
use distretto_study::run::districts;

use super::answer::{Base, Found, answer};
use super::parameters::Rules;
use super::{Rerun, RerunRequest, identity};
use crate::edition::Edition;

/// The study of an edition, read once, to be run again as often as anybody likes, by several threads at a time.
#[derive(Debug)]
pub struct Live {
    pub(super) input: Input,
    pub(super) base: Base,
    pub(super) rules: Rules,
}

impl Live {
    /// Reads the study in this `study.toml`, which must be that of the edition: the same rules, the same files byte by byte, the
    /// same zones. Cost: that of reading the study.
    ///
    /// # Errors
    /// D0826 where it is another, with the first thing that differs; else what is wrong with the study (`docs/errors.md`).
    pub fn open(edition: &Edition, study: &Path) -> Result<Self> {
        let study = Study::load(study)?;
        identity::same_rules(edition, &study)?;
        identity::same_files(edition, &study)?;
        let input = study.read()?;
        identity::same_zones(edition, &input)?;
        let config = &input.config;
        let rules = Rules {
            areas: input.partition.is_none().then(|| config.areas.clone()),
            districts: input.jobs.is_some().then(|| config.districts.clone()),
        };
        Ok(Self { base: Base::new(edition), rules, input })
    }

    /// Whether areas are searched for: where they were given, only the thresholds of districts can be changed, and there is no
    /// grid.
    pub fn searches(&self) -> bool {
        self.rules.areas.is_some()
    }

    /// Runs the country again: search, tuning, zones placed by hand and verdicts, as the study does.
    ///
    /// The same request gives the same answer but for `seconds`; the study's own parameters give the edition. Areas are
    /// matched with those of the edition by descending Jaccard index of their zones, one to one
    /// ([`distretto_regions::compare::Matching`]). Cost: that of the search, and of summing up the table of jobs. Once
    /// `stop` is set, the search ends at its next step.
    ///
    /// # Errors
    /// D0828 for a name that is no parameter here or numbers that are no rule, D0830 where it was stopped, D0721 where no
    /// area is found.
    pub fn rerun(&self, request: &RerunRequest, stop: &AtomicBool) -> Result<Rerun> {
        let began = Instant::now();
        let mut rerun = self.run(&self.rules.with(request)?, stop)?;
        rerun.seconds = Some(began.elapsed().as_secs_f64());
        Ok(rerun)
    }

    /// A rerun that nobody timed.
    pub(super) fn run(&self, rules: &Rules, stop: &AtomicBool) -> Result<Rerun> {
        let mut log = Log::default();
        let areas = rules.areas.as_ref().unwrap_or(&self.input.config.areas);
        let divided = divide(&self.input, areas, Some(stop), &mut log).map_err(no_areas)?;
        if divided.stopped || stop.load(Ordering::Relaxed) {
            return Err(stopped());
        }
        let judged = match (&self.input.jobs, &rules.districts) {
            (Some(jobs), Some(rule)) => Some(districts::find(jobs, rule, &divided.partition, &mut log)?),
            _ => None,
        };
        Ok(answer(&self.input, &self.base, rules, &Found { divided, judged }))
    }
}

/// The advice of a study is to look at its tables; here they have been found good.
fn no_areas(fault: Box<Fault>) -> Box<Fault> {
    match fault.code {
        Code::NoAreas => fault
            .because("no group of zones is as large and as self-contained as this asks for")
            .hint("ask for smaller or less self-contained areas"),
        _ => fault,
    }
}

fn stopped() -> Box<Fault> {
    Fault::new(Code::AtlasBusy, "the rerun was stopped before it had ended")
        .because("it took longer than it may, or nobody waits for it any more")
        .hint("ask again in a moment")
}
