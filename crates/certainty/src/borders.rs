//! How sure each border between two zones is.
//!
//! *About what.* A strength estimates how likely a border lies between two zones when the rule works on flows without error: it is
//! about the areas that the rule would then draw, not about whether the rule is right (`docs/calibration.md`).
//!
//! *Counted.* q = replicates that separate the two / R, the replicates in which both have an area.
//!
//! *Corrected.* A redraw adds noise to flows that carry some already, and noise draws borders: replicates separate more neighbours
//! than the base run does, and the base run more than flows without error would. The first excess can be seen, and estimates the
//! second ([`BorderBias`]): so the strengths should have the mean t = mean(q) - 2 excess, which is that of the base run less the
//! excess where only the sampling varies. The odds of all are multiplied alike, q' / (1 - q') = k q / (1 - q), with the k that gives
//! them the mean t. Their order stays, and so do 0 and 1: where all replicates agree, no noise was seen that could be taken off. k lies
//! within 1 / R^2 and R^2, which take the odds from one end of what R replicates can tell to the other; a mean out of its reach is
//! approached as far as that.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::frequency::{share, standard_error};
use crate::replicate::Replicate;

/// How likely a border lies between two zones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BorderStrength {
    /// A zone.
    pub a: u32,
    /// Another.
    pub b: u32,
    /// The best estimate, in 0..=1: `raw` with the bias taken off (see the [module](self)), or as it is where no bias is known.
    /// `None` where the two never have an area in the same replicate.
    pub strength: Option<f64>,
    /// What was counted: share of `replicates` in which they are in different areas, in 0..=1. `None` where the strength is.
    pub raw: Option<f64>,
    /// Monte Carlo standard error of `raw` ([`standard_error`]).
    pub standard_error: Option<f64>,
    /// Number of replicates in which both have an area.
    pub replicates: usize,
}

/// By how much replicates in which only the sampling varies separate more neighbours than the base run does. Over the pairs of which
/// both zones have an area in the base run and, together, in some replicate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BorderBias {
    /// Share of the pairs that the base run separates, in 0..=1.
    pub base_share: f64,
    /// Mean share of replicates that separate a pair, in 0..=1.
    pub mean: f64,
}

impl BorderBias {
    /// From replicates in which only the sampling varies: nothing else adds the noise that the flows of the base run have already.
    /// `None` without such pairs. Cost: pairs x replicates.
    pub fn new(base: &Replicate, replicates: &[Replicate], pairs: &[(u32, u32)]) -> Option<Self> {
        let (mut separated, mut sum, mut known) = (0, 0.0, 0);
        for (&(a, b), counted) in pairs.iter().zip(count(replicates, pairs)) {
            if let (Some(apart), Some(raw)) = (separates(base, a, b), counted.raw()) {
                separated += usize::from(apart);
                sum += raw;
                known += 1;
            }
        }
        let known = f64::from(u32::try_from(known).ok()?);
        (known > 0.0).then(|| Self { base_share: separated as f64 / known, mean: sum / known })
    }

    /// How much more the replicates separate, in -1..=1.
    pub fn excess(&self) -> f64 {
        self.mean - self.base_share
    }
}

/// Whether the areas of the two zones differ; `None` where either has none.
pub(crate) fn separates(replicate: &Replicate, a: u32, b: u32) -> Option<bool> {
    Some(replicate.area(a)? != replicate.area(b)?)
}

/// The strength of each pair of zones, in their order. `bias`: of the replicates in which only the sampling varies; `None` where the
/// sampling does not vary in `replicates`. Cost: pairs x replicates.
pub fn border_strengths(
    base: &Replicate,
    replicates: &[Replicate],
    pairs: &[(u32, u32)],
    bias: Option<BorderBias>,
) -> Vec<BorderStrength> {
    let counts = count(replicates, pairs);
    let correction = bias.map(|bias| {
        let in_areas = |&(a, b): &(u32, u32)| separates(base, a, b).is_some();
        let counts = pairs.iter().zip(&counts).filter(|(pair, _)| in_areas(pair)).map(|(_, &count)| count);
        Correction::new(counts, bias, replicates.len())
    });
    let one = |(&(a, b), counted): (&(u32, u32), Count)| {
        let raw = counted.raw();
        let replicates = counted.both as usize;
        let strength = raw.map(|raw| correction.map_or(raw, |correction| correction.of(raw)));
        let standard_error = raw.map(|raw| standard_error(raw, replicates));
        BorderStrength { a, b, strength, raw, standard_error, replicates }
    };
    pairs.iter().zip(counts).map(one).collect()
}

/// How often a pair of zones is apart, of how many replicates in which both have an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Count {
    apart: u32,
    both: u32,
}

impl Count {
    fn raw(self) -> Option<f64> {
        (self.both > 0).then(|| share(self.apart, self.both as usize))
    }
}

fn count(replicates: &[Replicate], pairs: &[(u32, u32)]) -> Vec<Count> {
    // A block of pairs at a time: its counts stay in the cache while the replicates pass by.
    const BLOCK: usize = 4096;
    pairs
        .par_chunks(BLOCK)
        .flat_map_iter(|pairs| {
            let mut counts = vec![Count::default(); pairs.len()];
            for replicate in replicates {
                for (count, &(a, b)) in counts.iter_mut().zip(pairs) {
                    if let Some(apart) = separates(replicate, a, b) {
                        count.apart += u32::from(apart);
                        count.both += 1;
                    }
                }
            }
            counts
        })
        .collect()
}

/// What all odds are multiplied with, k.
#[derive(Debug, Clone, Copy)]
struct Correction(f64);

impl Correction {
    /// That with which the counts have the mean mean(q) - 2 excess, as near as it can.
    fn new(counts: impl Iterator<Item = Count>, bias: BorderBias, replicates: usize) -> Self {
        // Few counts differ: nearly all pairs have an area in every replicate.
        let mut pairs_of: BTreeMap<Count, u32> = BTreeMap::new();
        for count in counts {
            *pairs_of.entry(count).or_default() += 1;
        }
        let known: Vec<(f64, f64)> = pairs_of
            .into_iter()
            .filter_map(|(count, pairs)| Some((count.raw()?, f64::from(pairs))))
            .collect();
        let pairs: f64 = known.iter().map(|&(_, pairs)| pairs).sum();
        let mut movable = known;
        movable.retain(|&(raw, _)| 0.0 < raw && raw < 1.0);
        if movable.is_empty() {
            return Self(1.0);
        }
        let sum = |of: &dyn Fn(f64) -> f64| movable.iter().map(|&(raw, pairs)| pairs * of(raw)).sum::<f64>();
        let target = sum(&|raw| raw) - 2.0 * bias.excess() * pairs;
        // By bisection of ln k: the sum grows with it.
        let far = 2.0 * (replicates.max(1) as f64).ln();
        let (mut low, mut high) = (-far, far);
        for _ in 0..64 {
            let middle = f64::midpoint(low, high);
            if sum(&|raw| Self(middle.exp()).of(raw)) < target {
                low = middle;
            } else {
                high = middle;
            }
        }
        Self(f64::midpoint(low, high).exp())
    }

    fn of(self, raw: f64) -> f64 {
        raw / (raw + (1.0 - raw) / self.0)
    }
}
