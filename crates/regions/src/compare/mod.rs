//! Two partitions of the same zones side by side.
//!
//! Every index counts zones with a weight: 1 each, or their residents. Zones without an area in either partition are
//! left out and counted. None of the indices depends on the names of the areas.

pub mod contingency;
pub mod indices;
pub mod matching;

use distretto_territory::Partition;

pub use contingency::{Cell, Contingency};
pub use matching::{AreaMatch, Matching};

/// How far two partitions agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Zones with an area in both.
    pub zones: usize,
    /// Zones with an area in the first only, in the second only.
    pub zones_only: [usize; 2],
    /// Areas with a zone that both cover, in the first and in the second.
    pub areas: [usize; 2],
    /// Areas made of exactly the same zones.
    pub identical: usize,
    /// Indices with every zone counting 1.
    pub unweighted: Indices,
    /// Indices with every zone counting its weight.
    pub weighted: Indices,
    /// Zones whose two areas are not matched with each other.
    pub zones_differing: usize,
    /// Share of the weight of these zones; `None` if no zone weighs anything.
    pub weight_differing: Option<f64>,
}

/// Indices of agreement between two partitions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indices {
    /// Adjusted Rand index: 1 for equal partitions, about 0 for unrelated ones.
    pub ari: f64,
    /// Normalised mutual information, 2I/(H_a + H_b), 0..=1.
    pub nmi: f64,
    /// Variation of information, H_a + H_b - 2I, in nats; 0 for equal partitions.
    pub vi: f64,
    /// Homogeneity, I/H_b: whether each area of the first lies in one area of the second.
    pub homogeneity: f64,
    /// Completeness, I/H_a: whether each area of the second lies in one area of the first.
    pub completeness: f64,
    /// V-measure: harmonic mean of the two, equal to NMI.
    pub v_measure: f64,
}

/// Compares two partitions of the same zones; `weights` by zone index (residents, jobs), not negative.
/// Cost: n log n in zones.
pub fn compare(a: &Partition, b: &Partition, weights: &[f64]) -> Comparison {
    let ones = vec![1.0; a.zones()];
    let plain = Contingency::new(a, b, &ones);
    let weighted = Contingency::new(a, b, weights);
    let matching = Matching::new(&plain);
    let differs = |zone: usize| match (a.as_slice()[zone], b.as_slice()[zone]) {
        (Some(of_a), Some(of_b)) => matching.partner(of_a) != Some(of_b),
        _ => false,
    };
    let differing: Vec<usize> = (0..a.zones()).filter(|&zone| differs(zone)).collect();
    let only = |one: &Partition, other: &Partition| {
        one.as_slice()
            .iter()
            .zip(other.as_slice())
            .filter(|(one, other)| one.is_some() && other.is_none())
            .count()
    };
    let total = weighted.total();
    Comparison {
        zones: plain.total() as usize,
        zones_only: [only(a, b), only(b, a)],
        areas: [plain.areas_of_a(), plain.areas_of_b()],
        identical: plain.identical(),
        unweighted: indices::indices(&plain),
        weighted: indices::indices(&weighted),
        zones_differing: differing.len(),
        weight_differing: (total > 0.0)
            .then(|| differing.iter().map(|&zone| weights[zone]).sum::<f64>() / total),
    }
}
