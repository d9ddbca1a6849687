//! Making the replicates that are not kept yet, block by block.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use distretto_certainty::experiment::Room;
use distretto_certainty::{CertaintyError, Experiment, Replicate, Varying};

use super::store::Store;
use crate::fault::{Code, Fault, Result};

/// What making the replicates will take, from one of them that was made and timed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// Replicates to make, and how many are kept already.
    pub missing: u64,
    /// Replicates that are kept from before.
    pub kept: u64,
    /// How long one takes on one thread.
    pub each: Duration,
    /// Threads that work.
    pub threads: usize,
    /// Bytes of memory beside the inputs, when all are made.
    pub bytes: u64,
}

impl Forecast {
    /// How long all of them will take.
    pub fn time(&self) -> Duration {
        self.each.mul_f64(self.missing as f64 / self.threads.max(1) as f64)
    }
}

/// Whoever looks on while replicates are made.
pub trait Onlooker {
    /// Before the work begins; not called where there is nothing to do.
    fn forecast(&mut self, forecast: &Forecast);
    /// After each block.
    fn made(&mut self, done: u64, of: u64);
    /// Asked before each block and after the last: whether to stop and keep what is done.
    fn stop(&self) -> bool;
}

/// An onlooker without eyes.
impl Onlooker for () {
    fn forecast(&mut self, _: &Forecast) {}
    fn made(&mut self, _: u64, _: u64) {}
    fn stop(&self) -> bool {
        false
    }
}

/// The replicates of one set.
#[derive(Debug, Clone)]
pub struct ReplicateSet {
    /// What varies in it.
    pub varying: Varying,
    /// The replicates, numbered from 1.
    pub replicates: Vec<Replicate>,
}

/// What came of the work.
#[derive(Debug)]
pub enum Made {
    /// All sets, each with as many replicates as wanted.
    All(Vec<ReplicateSet>),
    /// It was stopped; what is done is kept.
    Stopped {
        /// Replicates made.
        done: u64,
        /// Replicates asked for.
        of: u64,
    },
}

/// A block takes about this long, so that a stop is heard and little is lost.
const BLOCK: Duration = Duration::from_millis(1_500);
/// Most replicates of a block.
const LARGEST_BLOCK: u64 = 256;

/// Takes what the store has and makes the rest: of each set as many replicates as wanted, in blocks over all threads of the pool. Each block is
/// kept as soon as it is done.
pub fn make(
    experiment: &Experiment,
    wanted: &[(Varying, u64)],
    store: Option<&Store>,
    bytes_of: impl Fn(&Replicate) -> u64,
    onlooker: &mut dyn Onlooker,
) -> Result<Made> {
    let mut made: Vec<BTreeMap<u64, Replicate>> = Vec::with_capacity(wanted.len());
    for &(varying, number) in wanted {
        let mut kept =
            store.map_or_else(|| Ok(BTreeMap::new()), |store| store.load(varying, experiment.rules()))?;
        // More may be kept than are asked for now.
        kept.retain(|&replicate, _| (1..=number).contains(&replicate));
        made.push(kept);
    }
    let of = wanted.iter().map(|&(_, number)| number).sum();
    let mut done: u64 = made.iter().map(|kept| kept.len() as u64).sum();
    let mut block = 0;
    for (at, &(varying, number)) in wanted.iter().enumerate() {
        for gap in gaps(&made[at], number) {
            let mut next = gap.start;
            if block == 0 && next < gap.end {
                let began = Instant::now();
                let first = experiment
                    .replicate(varying, next, &mut Room::default())
                    .map_err(|error| fault(&error))?;
                let each = began.elapsed();
                let threads = rayon::current_num_threads();
                let bytes = bytes_of(&first);
                onlooker.forecast(&Forecast { missing: of - done, kept: done, each, threads, bytes });
                let per_thread = (BLOCK.as_secs_f64() / each.as_secs_f64().max(1e-6)) as u64;
                block = (per_thread.max(1) * threads as u64).clamp(1, LARGEST_BLOCK);
                keep(store, std::slice::from_ref(&first))?;
                made[at].insert(next, first);
                (next, done) = (next + 1, done + 1);
            }
            while next < gap.end {
                if onlooker.stop() {
                    return Ok(Made::Stopped { done, of });
                }
                let end = gap.end.min(next + block);
                let replicates = experiment.replicates(varying, next..end).map_err(|error| fault(&error))?;
                keep(store, &replicates)?;
                done += replicates.len() as u64;
                made[at].extend(replicates.into_iter().map(|replicate| (replicate.number, replicate)));
                next = end;
                onlooker.made(done, of);
            }
        }
    }
    if onlooker.stop() {
        return Ok(Made::Stopped { done, of });
    }
    let sets = wanted.iter().zip(made);
    Ok(Made::All(
        sets.map(|(&(varying, _), made)| ReplicateSet { varying, replicates: made.into_values().collect() })
            .collect(),
    ))
}

fn keep(store: Option<&Store>, replicates: &[Replicate]) -> Result<()> {
    store.map_or(Ok(()), |store| store.save(replicates))
}

/// The numbers from 1 to `number` that are not kept, as ranges.
fn gaps(kept: &BTreeMap<u64, Replicate>, number: u64) -> Vec<Range<u64>> {
    let mut gaps = Vec::new();
    let mut next = 1;
    for replicate in kept.keys().copied().chain([number + 1]) {
        if next < replicate {
            gaps.push(next..replicate);
        }
        next = replicate + 1;
    }
    gaps
}

/// What went wrong in an experiment, as a fault of the study.
pub fn fault(error: &CertaintyError) -> Box<Fault> {
    let code = match error {
        CertaintyError::NoFlows(_) | CertaintyError::NoVintage => Code::StudyIncomplete,
        CertaintyError::Parameters(_) => Code::AreaParameters,
        CertaintyError::Districts(_) => Code::DistrictParameters,
        CertaintyError::Jobs(_) => Code::JobsGrouping,
        CertaintyError::Sampling(_) => Code::StudyValue,
        CertaintyError::Zones { .. } => Code::Internal,
    };
    Fault::new(code, error.to_string()).in_column("[certainty]")
}
