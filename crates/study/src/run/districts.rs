//! The verdict on every area.

use distretto_districts::istat::{AreaVerdict, Istat, IstatParameters, Kind};
use distretto_jobs::{AreaJobs, Grouping, JobCube};
use distretto_territory::Partition;

use crate::config;
use crate::fault::{Code, Fault, Log, Result, listed};
use crate::jobs::Jobs;

/// Jobs by area and what the rule makes of them, by area index.
#[derive(Debug, Clone)]
pub struct DistrictResults {
    /// The thresholds.
    pub parameters: IstatParameters,
    /// Jobs by macro-sector, for step 1.
    pub all_sectors: AreaJobs,
    /// Jobs by manufacturing industry and size of the unit, for steps 2 to 4.
    pub manufacturing: AreaJobs,
    /// The verdicts.
    pub verdicts: Vec<AreaVerdict>,
}

impl DistrictResults {
    /// The rule bound to these jobs, to explain or to ask what would flip a verdict.
    pub fn rule(&self) -> Result<Istat<'_>> {
        Istat::new(&self.all_sectors, &self.manufacturing, &self.parameters)
            .map_err(|error| Fault::new(Code::Internal, error.to_string()))
    }

    /// The districts, by area.
    pub fn districts(&self) -> impl Iterator<Item = &AreaVerdict> {
        self.verdicts.iter().filter(|verdict| verdict.kind == Kind::District)
    }

    /// Name of an industry.
    pub fn industry(&self, index: usize) -> &str {
        &self.manufacturing.grouping().groups()[index].title
    }

    /// Short name of an industry, as in tables.
    pub fn industry_id(&self, index: usize) -> &str {
        &self.manufacturing.grouping().groups()[index].id
    }
}

/// Applies the rule of the study.
pub fn find(
    jobs: &Jobs,
    config: &config::Districts,
    partition: &Partition,
    log: &mut Log,
) -> Result<DistrictResults> {
    let parameters = config.parameters();
    let system = jobs.all_sectors.classification().id().system();
    let fault = |error: &dyn std::fmt::Display| Fault::new(Code::JobsGrouping, error.to_string());
    let sectors = Grouping::macro_sectors(system).map_err(|error| fault(&error))?;
    let industries = Grouping::industries(system).map_err(|error| fault(&error))?;
    for (cube, grouping) in [(&jobs.all_sectors, &sectors), (jobs.manufacturing(), &industries)] {
        placed(cube, grouping, log)?;
    }
    let all_sectors = jobs.all_sectors.by_area(partition, &sectors).map_err(|error| fault(&error))?;
    let manufacturing =
        jobs.manufacturing().by_area(partition, &industries).map_err(|error| fault(&error))?;
    let without = all_sectors.without_area().known();
    if without > 0.0 {
        log.add(
            Fault::new(Code::JobsWithoutArea, format!("{without:.0} jobs lie in zones without an area"))
                .because("they count in the national figures but in no area"),
        );
    }
    let verdicts = Istat::new(&all_sectors, &manufacturing, &parameters)
        .map_err(|error| Fault::new(Code::DistrictParameters, error.to_string()).in_column("districts"))?
        .verdicts();
    Ok(DistrictResults { parameters, all_sectors, manufacturing, verdicts })
}

/// Every activity that a grouping is about must fall in one of its groups: jobs that fall nowhere would be missing from the totals
/// that location quotients are taken of.
fn placed(cube: &JobCube, grouping: &Grouping, log: &mut Log) -> Result<()> {
    let coverage =
        cube.coverage(grouping).map_err(|error| Fault::new(Code::JobsGrouping, error.to_string()))?;
    let codes = |list: &[(String, f64, f64)]| -> (Vec<String>, f64) {
        (
            list.iter().map(|(code, ..)| code.clone()).collect(),
            list.iter().map(|(_, _, share)| 100.0 * share).sum(),
        )
    };
    let (nowhere, share) = codes(&coverage.nowhere);
    if !nowhere.is_empty() {
        return Err(Fault::new(
            Code::JobsGrouping,
            format!("the groups of `{}` cannot take every activity", grouping.id),
        )
        .because(format!(
            "{} ({share:.1} % of the employees) would be split between groups",
            listed(&nowhere, 10)
        ))
        .hint("give a table by division (two digits) or finer"));
    }
    let (mostly, share) = codes(&coverage.mostly);
    if !mostly.is_empty() {
        log.add(
            Fault::new(
                Code::ActivitiesCoarse,
                format!("{} activities are coarser than the groups of `{}`", mostly.len(), grouping.id),
            )
            .because(format!(
                "{} ({share:.1} % of the employees) count where most of each belongs",
                listed(&mostly, 10)
            )),
        );
    }
    Ok(())
}
