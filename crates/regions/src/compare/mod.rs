//! Two partitions of the same zones side by side.
//!
//! Every index counts zones with a weight: 1 each, or their residents. Zones without an area in either partition are
//! left out and counted. None of the indices depends on the names of the areas.

pub mod contingency;
pub mod indices;
pub mod matching;

use distretto_territory::Partition;

pub use contingency::{Cell, Contingency};
pub use indices::Indices;
pub use matching::{AreaMatch, Matching};

/// What zones weigh beside 1 each: employed residents and jobs, by zone index, not negative.
#[derive(Debug, Clone, Copy)]
pub struct Weights<'a> {
    /// Employed residents.
    pub residents: &'a [f64],
    /// Jobs.
    pub workers: &'a [f64],
}

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
    pub by_zones: Indices,
    /// Indices with every zone counting its employed residents; `None` without weights, or if nothing weighs anything.
    pub by_residents: Option<Indices>,
    /// Zones whose two areas are not matched with each other.
    pub zones_differing: usize,
    /// Share of the employed residents who live in these zones; `None` without weights.
    pub residents_differing: Option<f64>,
    /// Share of the jobs in these zones; `None` without weights.
    pub jobs_differing: Option<f64>,
    /// The crosswalk: every pair of areas that share a zone, ascending.
    pub crosswalk: Vec<Shared>,
}

/// What an area of the first partition shares with an area of the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shared {
    /// Area of the first.
    pub a: u32,
    /// Area of the second.
    pub b: u32,
    /// Zones in both.
    pub zones: usize,
    /// Employed residents of these zones; `None` without weights.
    pub residents: Option<f64>,
    /// Jobs in these zones; `None` without weights.
    pub workers: Option<f64>,
    /// Share of the employed residents of `a`, counting zones with an area in both.
    pub share_of_a: Option<f64>,
    /// Share of the employed residents of `b`.
    pub share_of_b: Option<f64>,
    /// Zones in both over zones in either, in 0..=1.
    pub jaccard: f64,
    /// Whether the two are matched with each other ([`Matching`], zones counting 1).
    pub matched: bool,
}

/// Compares two partitions of the same zones. Cost: n log n in zones.
pub fn compare(a: &Partition, b: &Partition, weights: Option<Weights>) -> Comparison {
    let table = Contingency::new(a, b, &vec![1.0; a.zones()]);
    let residents = weights.map(|weights| Contingency::new(a, b, weights.residents));
    let workers = weights.map(|weights| Contingency::new(a, b, weights.workers));
    let matching = Matching::new(&table);
    let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
    let crosswalk: Vec<Shared> = table
        .cells()
        .map(|((a, b), cell)| {
            let of = |table: &Option<Contingency>| table.as_ref().map(|table| table.cell(a, b).weight);
            let share_of = |side: &dyn Fn(&Contingency) -> f64| {
                residents.as_ref().and_then(|table| share(table.cell(a, b).weight, side(table)))
            };
            Shared {
                a,
                b,
                zones: cell.zones,
                residents: of(&residents),
                workers: of(&workers),
                share_of_a: share_of(&|table| table.of_a(a).weight),
                share_of_b: share_of(&|table| table.of_b(b).weight),
                jaccard: cell.zones as f64 / (table.of_a(a).zones + table.of_b(b).zones - cell.zones) as f64,
                matched: matching.partner(a) == Some(b),
            }
        })
        .collect();
    let differing = || crosswalk.iter().filter(|shared| !shared.matched);
    let differing_share = |table: &Option<Contingency>, of: &dyn Fn(&Shared) -> Option<f64>| {
        table
            .as_ref()
            .and_then(|table| share(differing().filter_map(of).fold(0.0, |a, b| a + b), table.total()))
    };
    let only = |one: &Partition, other: &Partition| {
        one.as_slice()
            .iter()
            .zip(other.as_slice())
            .filter(|(one, other)| one.is_some() && other.is_none())
            .count()
    };
    Comparison {
        zones: table.all().zones,
        zones_only: [only(a, b), only(b, a)],
        areas: [table.areas_of_a(), table.areas_of_b()],
        identical: table.identical(),
        by_zones: indices::indices(&table),
        by_residents: residents.as_ref().filter(|table| table.total() > 0.0).map(indices::indices),
        zones_differing: differing().map(|shared| shared.zones).sum(),
        residents_differing: differing_share(&residents, &|shared| shared.residents),
        jobs_differing: differing_share(&workers, &|shared| shared.workers),
        crosswalk,
    }
}
