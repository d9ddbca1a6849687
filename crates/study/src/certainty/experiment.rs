//! The experiment of a study: its tables, its rules, and what of it may vary.

use distretto_certainty::{
    Areas, Experiment, FlowSampling, JobSampling, JobTables, RuleSpace, Sampling, Source, Vintage,
};
use distretto_jobs::{Grouping, System};
use distretto_territory::Partition;

use super::make::fault;
use crate::config::Certainty;
use crate::fault::{Code, Fault, Result};
use crate::flows::FlowInput;
use crate::input::Input;
use crate::jobs::Jobs;
use crate::run::areas::{by_hand, delineation, place};

/// What an experiment needs beside the input.
pub struct Parts {
    by_hand: Vec<(u32, u32)>,
    given: Option<Partition>,
    groupings: Option<[Grouping; 2]>,
    rules: RuleSpace,
    sampling: Sampling,
}

impl Parts {
    /// Prepares an experiment.
    pub fn of(input: &Input, certainty: &Certainty) -> Result<Self> {
        let grouping = |error: distretto_jobs::JobsError| Fault::new(Code::JobsGrouping, error.to_string());
        let groupings = match &input.jobs {
            None => None,
            Some(jobs) => {
                let system = jobs.all_sectors.classification().id().system();
                one_system(input, system)?;
                Some([
                    Grouping::macro_sectors(system).map_err(grouping)?,
                    Grouping::industries(system).map_err(grouping)?,
                ])
            }
        };
        let by_hand = by_hand(input)?;
        let given =
            input.partition.as_ref().map(|given| place(&given.partition, &by_hand, input)).transpose()?;
        // What is not redrawn need not be what a redraw asks for: margins of error are not even read then.
        let sampling = if certainty.varying(&input.config.areas).has(Source::Sampling) {
            certainty.sampling()
        } else {
            Sampling { flows: FlowSampling::Fixed, jobs: JobSampling::Fixed }
        };
        let rules = certainty.rule_space(&input.config.areas, &input.config.districts)?;
        Ok(Self { by_hand, given, groupings, rules, sampling })
    }

    /// The experiment.
    pub fn experiment<'a>(&'a self, input: &'a Input) -> Result<Experiment<'a>> {
        let areas = match &self.given {
            Some(given) => Areas::Given(given),
            None => Areas::Found(delineation(input, &input.config.areas, &self.by_hand, None)),
        };
        let vintage = |name: &'a str, flows: Option<&'a FlowInput>, jobs: Option<&'a Jobs>| Vintage {
            name,
            flows: flows.map(|flows| &flows.table),
            margins: flows.and_then(|flows| flows.margins.as_deref()),
            jobs: jobs.zip(self.groupings.as_ref()).map(|(jobs, [sectors, industries])| JobTables {
                all_sectors: &jobs.all_sectors,
                manufacturing: jobs.separate.as_ref(),
                sectors,
                industries,
            }),
        };
        let (flows, jobs) = (input.flows.as_ref(), input.jobs.as_ref());
        let mut vintages = vec![vintage("base", flows, jobs)];
        vintages.extend(
            input.vintages.iter().map(|other| {
                vintage(&other.name, other.flows.as_ref().or(flows), other.jobs.as_ref().or(jobs))
            }),
        );
        Experiment::new(input.config.study.seed, vintages, areas, self.rules.clone(), self.sampling.clone())
            .map_err(|error| fault(&error))
    }
}

/// Refuses vintages whose activities are of another system than those of the study.
fn one_system(input: &Input, system: System) -> Result<()> {
    for vintage in &input.vintages {
        let own = vintage.jobs.as_ref().map(|jobs| jobs.all_sectors.classification().id().system());
        if let Some(own) = own.filter(|&own| own != system) {
            let what = format!(
                "the jobs of the vintage `{}` are by {}, those of the study by {}",
                vintage.name,
                own.name(),
                system.name()
            );
            return Err(Fault::new(Code::JobsGrouping, what)
                .in_column("[[certainty.vintage]]")
                .because("a district is the same one where its main industry is")
                .hint("give jobs by the same classification"));
        }
    }
    Ok(())
}
