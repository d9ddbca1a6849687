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
//! excess where only the sampling varies. All are moved alike on the scale of log odds, q' = logistic(logit((R q + 1/2) / (R + 1)) + D),
//! with the D that gives them the mean t: their order stays, and what no replicate or every replicate separates stays near 0 or 1.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::replicate::Replicate;
use crate::share::{share, standard_error};

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
    let correction = bias.and_then(|bias| {
        let in_areas = |&(a, b): &(u32, u32)| separates(base, a, b).is_some();
        let counts = pairs.iter().zip(&counts).filter(|(pair, _)| in_areas(pair)).map(|(_, &count)| count);
        Correction::new(counts, bias, replicates.len())
    });
    let one = |(&(a, b), counted): (&(u32, u32), Count)| {
        let raw = counted.raw();
        let replicates = counted.both as usize;
        let strength = match &correction {
            Some(correction) => raw.map(|_| correction.of(counted)),
            None => raw,
        };
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

    /// Log odds of (R q + 1/2) / (R + 1), which are finite.
    fn log_odds(self) -> f64 {
        ((f64::from(self.apart) + 0.5) / (f64::from(self.both - self.apart) + 0.5)).ln()
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

/// What is added to all log odds.
#[derive(Debug, Clone, Copy)]
struct Correction(f64);

impl Correction {
    /// That with which the counts have the mean mean(q) - 2 excess; `None` of no counts. The mean is kept within the shares that
    /// `replicates` can tell from 0 and 1, 1/2 and R + 1/2 of R + 1.
    fn new(counts: impl Iterator<Item = Count>, bias: BorderBias, replicates: usize) -> Option<Self> {
        // Few counts differ: nearly all pairs have an area in every replicate.
        let mut pairs_of: BTreeMap<Count, u32> = BTreeMap::new();
        for count in counts.filter(|count| count.both > 0) {
            *pairs_of.entry(count).or_default() += 1;
        }
        let pairs: f64 = pairs_of.values().copied().map(f64::from).sum();
        if pairs == 0.0 {
            return None;
        }
        let mean = |of: &dyn Fn(Count) -> f64| {
            pairs_of.iter().map(|(&count, &pairs)| f64::from(pairs) * of(count)).sum::<f64>() / pairs
        };
        let raw = mean(&|count| count.raw().unwrap_or_default());
        let least = 0.5 / (replicates as f64 + 1.0);
        let target = (raw - 2.0 * bias.excess()).clamp(least, 1.0 - least);
        // Log odds of counts and target lie within those of `least`, so twice as far is far enough. The mean grows with D.
        let far = -2.0 * (least / (1.0 - least)).ln();
        let (mut low, mut high) = (-far, far);
        for _ in 0..64 {
            let middle = f64::midpoint(low, high);
            if mean(&|count| Self(middle).of(count)) < target {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(Self(f64::midpoint(low, high)))
    }

    fn of(self, count: Count) -> f64 {
        1.0 / (1.0 + (-count.log_odds() - self.0).exp())
    }
}
