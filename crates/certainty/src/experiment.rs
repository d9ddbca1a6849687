//! Everything a replicate is made from, and making it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Mutex;

use distretto_districts::{Istat, IstatError};
use distretto_flows::{FlowTable, Redraw};
use distretto_jobs::{Grouping, JobCube, JobsError};
use distretto_regions::delineate;
use distretto_regions::delineate::Delineation;
use distretto_regions::eu_ttwa::{Options, ParameterError};
use distretto_territory::Partition;
use rand::RngExt;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use crate::replicate::{JudgedArea, Replicate};
use crate::rule::{DrawnRule, RuleSpace};
use crate::sampling::{FlowSampler, Sampling, SamplingError, redraw_jobs};
use crate::source::{Source, Varying};
use crate::stream::{Purpose, stream};

/// Jobs and what the district rule needs to read them.
#[derive(Debug, Clone, Copy)]
pub struct JobTables<'a> {
    /// All activities, for step 1.
    pub all_sectors: &'a JobCube,
    /// Manufacturing by size for steps 2 to 4, where it comes from another table.
    pub manufacturing: Option<&'a JobCube>,
    /// Activities to macro-sectors.
    pub sectors: &'a Grouping,
    /// Activities to manufacturing industries.
    pub industries: &'a Grouping,
}

/// The tables of one year.
#[derive(Debug, Clone, Copy)]
pub struct Vintage<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Flows; not needed where areas are given.
    pub flows: Option<&'a FlowTable>,
    /// Margin of error of each flow in persons, by origin, then destination, where they are published.
    pub margins: Option<&'a [f64]>,
    /// Jobs, where districts are sought.
    pub jobs: Option<JobTables<'a>>,
}

/// Where areas come from.
#[derive(Debug, Clone, Copy)]
pub enum Areas<'a> {
    /// Found in the flows. Parameters and mode are those of the rule.
    Found(Delineation<'a>),
    /// Given: only districts can vary.
    Given(&'a Partition),
}

/// Why an experiment cannot be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CertaintyError {
    /// Areas are to be found, but a vintage has no flows.
    #[error("the vintage `{0}` has no flows to find areas in")]
    NoFlows(String),
    /// Vintages over different zones.
    #[error("the vintage `{vintage}` has {found} zones, that of the base run {zones}")]
    Zones {
        /// The vintage.
        vintage: String,
        /// Its zones.
        found: usize,
        /// Zones of the base run.
        zones: usize,
    },
    /// There is no vintage at all.
    #[error("there is no table to draw from")]
    NoVintage,
    /// Flows that cannot be redrawn.
    #[error(transparent)]
    Sampling(#[from] SamplingError),
    /// Parameters of the search.
    #[error(transparent)]
    Parameters(#[from] ParameterError),
    /// Jobs that do not fit the groupings.
    #[error(transparent)]
    Jobs(#[from] JobsError),
    /// The district rule.
    #[error(transparent)]
    Districts(#[from] IstatError),
}

/// Everything a replicate is made from.
#[derive(Debug)]
pub struct Experiment<'a> {
    seed: u64,
    vintages: Vec<Vintage<'a>>,
    areas: Areas<'a>,
    rules: RuleSpace,
    sampling: Sampling,
    samplers: Vec<Option<FlowSampler>>,
    rooms: Mutex<Vec<Room>>,
}

/// Memory that one thread uses from replicate to replicate.
#[derive(Debug, Default)]
pub struct Room {
    /// By vintage.
    redraws: Vec<Option<Redraw>>,
}

/// A room that goes back when its user is done: making one costs as much as many a replicate.
struct Lent<'e> {
    rooms: &'e Mutex<Vec<Room>>,
    room: Room,
}

impl<'e> From<&'e Mutex<Vec<Room>>> for Lent<'e> {
    fn from(rooms: &'e Mutex<Vec<Room>>) -> Self {
        let room = rooms.lock().ok().and_then(|mut rooms| rooms.pop()).unwrap_or_default();
        Self { rooms, room }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Ok(mut rooms) = self.rooms.lock() {
            rooms.push(std::mem::take(&mut self.room));
        }
    }
}

impl<'a> Experiment<'a> {
    /// Prepares replicates. The first vintage is that of the base run.
    pub fn new(
        seed: u64,
        vintages: Vec<Vintage<'a>>,
        areas: Areas<'a>,
        rules: RuleSpace,
        sampling: Sampling,
    ) -> Result<Self, CertaintyError> {
        let base = vintages.first().ok_or(CertaintyError::NoVintage)?;
        let zones = match (areas, base.flows) {
            (Areas::Given(partition), _) => partition.zones(),
            (Areas::Found(_), flows) => {
                flows.ok_or_else(|| CertaintyError::NoFlows(base.name.into()))?.zones()
            }
        };
        let mut samplers = Vec::with_capacity(vintages.len());
        for vintage in &vintages {
            let found =
                [vintage.flows.map(FlowTable::zones), vintage.jobs.map(|jobs| jobs.all_sectors.zones())];
            if let Some(found) = found.into_iter().flatten().find(|&found| found != zones) {
                return Err(CertaintyError::Zones { vintage: vintage.name.into(), found, zones });
            }
            samplers.push(match (areas, vintage.flows) {
                (Areas::Given(_), _) => None,
                (Areas::Found(_), None) => return Err(CertaintyError::NoFlows(vintage.name.into())),
                (Areas::Found(_), Some(flows)) => {
                    Some(FlowSampler::new(flows, &sampling.flows, vintage.margins, seed)?)
                }
            });
        }
        Ok(Self { seed, vintages, areas, rules, sampling, samplers, rooms: Mutex::default() })
    }

    /// The rules.
    pub fn rules(&self) -> &RuleSpace {
        &self.rules
    }

    /// The vintages, that of the base run first.
    pub fn vintages(&self) -> &[Vintage<'a>] {
        &self.vintages
    }

    /// How the tables are redrawn.
    pub fn sampling(&self) -> &Sampling {
        &self.sampling
    }

    /// The run with nothing drawn.
    pub fn base(&self) -> Result<Replicate, CertaintyError> {
        self.replicate(Varying::NOTHING, 0, &mut Room::default())
    }

    /// Replicates of these numbers, in their order, on all threads of the pool.
    pub fn replicates(
        &self,
        varying: Varying,
        numbers: Range<u64>,
    ) -> Result<Vec<Replicate>, CertaintyError> {
        let numbers: Vec<u64> = numbers.collect();
        numbers
            .into_par_iter()
            .map_init(
                || Lent::from(&self.rooms),
                |lent, number| self.replicate(varying, number, &mut lent.room),
            )
            .collect()
    }

    /// One replicate: whatever else was made before, `(seed, varying, number)` gives the same.
    pub fn replicate(
        &self,
        varying: Varying,
        number: u64,
        room: &mut Room,
    ) -> Result<Replicate, CertaintyError> {
        let random = |purpose| stream(self.seed, purpose, number);
        let vintage = if varying.has(Source::Vintage) {
            random(Purpose::Vintage).random_range(0..self.vintages.len())
        } else {
            0
        };
        let rule = if varying.has(Source::Rule) {
            self.rules.draw(&mut random(Purpose::Rule))
        } else {
            self.rules.base().clone()
        };
        let (partition, converged) = match self.areas {
            Areas::Given(partition) => (Cow::Borrowed(partition), true),
            Areas::Found(how) => {
                let flows = self.flows(varying, number, vintage, room)?;
                let order = varying.has(Source::Tie).then(|| {
                    let mut order: Vec<u32> = (0..flows.zones() as u32).collect();
                    order.shuffle(&mut random(Purpose::Tie));
                    order
                });
                let search =
                    Options { parameters: rule.parameters, mode: rule.mode, trace: false, ..how.search };
                let found = delineate(flows, &Delineation { search, order: order.as_deref(), ..how })?;
                (Cow::Owned(found.partition), found.search.converged)
            }
        };
        let judged = match self.vintages[vintage].jobs {
            None => None,
            Some(jobs) => {
                let redrawn = varying.has(Source::Sampling).then(|| {
                    let mut rng = random(Purpose::Jobs);
                    let mut redraw = |cube: &JobCube| redraw_jobs(cube, self.sampling.jobs, &mut rng);
                    (redraw(jobs.all_sectors), jobs.manufacturing.map(redraw))
                });
                let jobs = match &redrawn {
                    Some((all_sectors, manufacturing)) => {
                        JobTables { all_sectors, manufacturing: manufacturing.as_ref(), ..jobs }
                    }
                    None => jobs,
                };
                Some(judge(&jobs, &partition, &rule)?)
            }
        };
        Ok(Replicate {
            number,
            varying,
            vintage,
            rule,
            area_of: partition.as_slice().iter().map(|area| area.unwrap_or(Replicate::NO_AREA)).collect(),
            areas: partition.areas() as u32,
            converged,
            judged,
        })
    }

    /// The flows of a vintage, redrawn if sampling varies.
    fn flows<'r>(
        &self,
        varying: Varying,
        number: u64,
        vintage: usize,
        room: &'r mut Room,
    ) -> Result<&'r FlowTable, CertaintyError>
    where
        'a: 'r,
    {
        let of = &self.vintages[vintage];
        let (Some(flows), Some(sampler)) = (of.flows, &self.samplers[vintage]) else {
            return Err(CertaintyError::NoFlows(of.name.into()));
        };
        if !varying.has(Source::Sampling) {
            return Ok(flows);
        }
        room.redraws.resize_with(self.vintages.len(), || None);
        let redraw = room.redraws[vintage].get_or_insert_with(|| Redraw::new(flows));
        Ok(sampler.draw(flows, redraw, &mut stream(self.seed, Purpose::Flows, number)))
    }
}

/// The verdicts on all areas.
fn judge(
    jobs: &JobTables,
    partition: &Partition,
    rule: &DrawnRule,
) -> Result<Vec<JudgedArea>, CertaintyError> {
    let all_sectors = jobs.all_sectors.by_area(partition, jobs.sectors)?;
    let manufacturing = jobs.manufacturing.unwrap_or(jobs.all_sectors).by_area(partition, jobs.industries)?;
    let verdicts = Istat::new(&all_sectors, &manufacturing, &rule.thresholds)?.verdicts();
    Ok(verdicts.iter().map(JudgedArea::of).collect())
}
