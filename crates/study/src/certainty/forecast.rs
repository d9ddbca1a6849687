//! What making replicates will take, from one of them.

use std::time::Instant;

use distretto_certainty::Replicate;
use distretto_certainty::experiment::Room;

use super::experiment::Parts;
use super::make::{Forecast, fault};
use super::{Store, settings, wanted};
use crate::fault::Result;
use crate::input::Input;

/// Makes and times one replicate without keeping it, and counts those that `store` has: the forecast of the work that the
/// study would be, and how many replicates of each set are kept.
pub fn forecast(input: &Input, store: Option<&Store>) -> Result<(Forecast, Vec<u64>)> {
    let settings = settings(input);
    let parts = Parts::of(input, &settings)?;
    let experiment = parts.experiment(input)?;
    let wanted = wanted(&settings, input);
    let mut kept = Vec::new();
    for &(set, number) in &wanted {
        let found = store.map_or_else(
            || Ok(Vec::new()),
            |store| store.load(set, experiment.rules()).map(|found| found.into_keys().collect()),
        )?;
        kept.push(found.into_iter().filter(|replicate| (1..=number).contains(replicate)).count() as u64);
    }
    let began = Instant::now();
    let one = experiment
        .replicate(settings.varying(&input.config.areas), 1, &mut Room::default())
        .map_err(|error| fault(&error))?;
    let each = began.elapsed();
    let of = wanted.iter().map(|&(_, number)| number).sum();
    let have: u64 = kept.iter().sum();
    let forecast = Forecast {
        missing: of - have,
        kept: have,
        each,
        threads: rayon::current_num_threads(),
        bytes: bytes(input, &one, of),
    };
    Ok((forecast, kept))
}

/// Bytes a zone and replicate that the consensus takes while it is sought.
const CONSENSUS: u64 = 25;

/// Bytes of so many replicates like this one, and of what more is in memory at a time: the tables that each thread draws anew, or
/// what summing up takes. The inputs are not counted.
pub fn bytes(input: &Input, one: &Replicate, replicates: u64) -> u64 {
    let vintages = std::iter::once(&input.flows).chain(input.vintages.iter().map(|vintage| &vintage.flows));
    let tables: usize = vintages.flatten().map(|flows| flows.table.bytes()).sum();
    let drawing = (tables * 2 * rayon::current_num_threads()) as u64;
    let summing_up = CONSENSUS * one.area_of.len() as u64 * replicates;
    one.bytes() as u64 * replicates + drawing.max(summing_up)
}
