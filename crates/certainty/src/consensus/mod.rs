//! One partition that stands for all replicates.
//!
//! With p_ij the share of replicates in which zones i and j lie in the same area (the co-assignment matrix), a partition differs from
//! the replicates by
//!
//! L = sum over pairs together of (1 - p_ij) + sum over pairs apart of p_ij
//!
//! pairs on average: the posterior expectation of Binder's loss with equal costs (Binder, 1978, doi:10.1093/biomet/65.1.31). The
//! consensus is a partition of least L, that is of most sum over pairs together of (p_ij - 1/2) (Lau & Green, 2007,
//! doi:10.1198/106186007X238855): a constant Potts model of resolution 1/2 on the p_ij. Zones are together if that is true more
//! often than not of all of them taken together; how many areas there are follows. Where replicates disagree much, there are more areas
//! than in any of them, for zones that lie now here, now there make small ones: how many areas there are is told by their counts,
//! not by the consensus. The best partition is hard to find in general, so
//! a search looks for it.
//!
//! The matrix itself is never made. All that is asked of it are its sums over areas, and the sum of p_ij over the zones j of an area C is
//! the mean over replicates of |C and the area of i|: tables of zones in common, linear in replicates x zones however large the areas
//! are.

mod labels;
mod search;

use rayon::prelude::*;

use crate::agreement::{against, partition};
use crate::members::Members;
use crate::replicate::Replicate;
use labels::Labels;
use search::Search;

/// A partition that stands for all replicates, and how well it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Consensus {
    /// Index of the area of each zone, below `areas`, in the order of their first zones; [`Replicate::NO_AREA`] for zones without an area
    /// in more than half of the replicates. Areas need not hang together; a zone that no area wants is one by itself.
    pub area_of: Vec<u32>,
    /// Number of areas.
    pub areas: u32,
    /// L, the mean number of pairs of zones that a replicate and the consensus do not treat alike.
    pub expected_loss: f64,
    /// Mean Rand index of the replicates against the consensus, 1 - L / number of pairs, in 0..=1. Near 1 whenever areas are
    /// many, for most pairs are apart in any partition; see `mean_ari`.
    pub mean_rand: f64,
    /// Mean adjusted Rand index of the replicates against the consensus; 1 if all are equal.
    pub mean_ari: f64,
    /// Mean p_ij of pairs of zones in the same area; `None` where there is no such pair.
    pub cohesion: Option<f64>,
    /// By zone, mean p_ij with the other zones in its area, in 0..=1; `None` where there are none.
    pub support: Vec<Option<f64>>,
}

impl Consensus {
    /// Share of the zones with company whose support is above a half; `None` where no zone has company.
    pub fn share_supported(&self) -> Option<f64> {
        let supports = || self.support.iter().flatten();
        let supported = supports().filter(|&&support| support > 0.5).count();
        (supports().count() > 0).then(|| supported as f64 / supports().count() as f64)
    }
}

/// How many replicates are looked at to begin with: each costs a pass over all.
const CANDIDATES: usize = 32;

/// The consensus of replicates of the same zones; `None` without replicates.
///
/// The search starts from the one of up to 32 replicates, evenly spread, that has the least loss, and once more from the pieces into
/// which all of them together cut the zones; the better result is taken, of equals the first. It is at least as good as any of
/// the 32, and no move of a zone and no merger would better it. Ties depend on the order of zones and replicates, nothing else
/// does. Cost: some tens of passes over replicates x zones, each times the consensus areas that an area of a replicate
/// meets (a few); memory about 25 bytes x replicates x zones.
pub fn consensus(replicates: &[Replicate]) -> Option<Consensus> {
    let placed = Labels::placed(replicates, replicates.first()?.area_of.len());
    let candidates: Vec<Labels> =
        spread(replicates, CANDIDATES).map(|replicate| placed.refined(&replicate.area_of)).collect();
    let pieces = placed.refined_by_all(candidates.iter().map(|labels| &labels.of_zone[..]));
    let units = placed.refined_by_all(replicates.iter().map(|replicate| &replicate.area_of[..]));

    let likeliest = best(candidates, replicates)?;
    let starts = [likeliest, pieces];
    let improved = starts.par_iter().map(|start| Search::new(&units, start, replicates).run()).collect();
    best(improved, replicates).map(|labels| assess(labels, replicates))
}

/// Up to `number` of the replicates, evenly spread.
fn spread(replicates: &[Replicate], number: usize) -> impl Iterator<Item = &Replicate> {
    let number = number.min(replicates.len());
    (0..number).filter_map(move |i| replicates.get(i * replicates.len() / number))
}

/// The partition of least loss, of equals the first: that with the most sum over pairs together of (2 p_ij - 1), here times R.
fn best(partitions: Vec<Labels>, replicates: &[Replicate]) -> Option<Labels> {
    let merit = |labels: &Labels| {
        let members = labels.members();
        let company: u64 = company(&members, replicates).iter().flatten().sum();
        let pairs: u64 = members.iter().map(pairs).sum();
        company as i64 - (replicates.len() as u64 * pairs) as i64
    };
    let merits: Vec<i64> = partitions.par_iter().map(merit).collect();
    let scored = merits.into_iter().zip(partitions);
    scored.reduce(|first, next| if next.0 > first.0 { next } else { first }).map(|(_, labels)| labels)
}

/// Pairs of these zones.
fn pairs(zones: &[u32]) -> u64 {
    zones.len() as u64 * (zones.len() as u64).saturating_sub(1) / 2
}

/// By class and zone, the other zones of the class that share its area, summed over replicates: R times sum of p_ij over the class.
fn company(classes: &Members, replicates: &[Replicate]) -> Vec<Vec<u64>> {
    // A block of classes at a time: its zones stay in the cache while the replicates pass by.
    const BLOCK: usize = 256;
    let areas = replicates.iter().map(|replicate| replicate.areas).max().unwrap_or(0);
    let classes: Vec<&[u32]> = classes.iter().collect();
    let of_block = |together: &mut Vec<u32>, classes: &[&[u32]]| {
        let mut sums: Vec<Vec<u64>> = classes.iter().map(|zones| vec![0; zones.len()]).collect();
        for replicate in replicates {
            for (zones, sums) in classes.iter().zip(&mut sums) {
                for area in zones.iter().filter_map(|&zone| replicate.area(zone)) {
                    together[area as usize] += 1;
                }
                for (&zone, sum) in zones.iter().zip(sums) {
                    *sum += replicate.area(zone).map_or(0, |area| u64::from(together[area as usize]) - 1);
                }
                for area in zones.iter().filter_map(|&zone| replicate.area(zone)) {
                    together[area as usize] = 0;
                }
            }
        }
        sums
    };
    let blocks = classes.par_chunks(BLOCK);
    blocks.map_init(|| vec![0u32; areas as usize], of_block).flatten_iter().collect()
}

/// The consensus with how well it does.
fn assess(labels: Labels, replicates: &[Replicate]) -> Consensus {
    let (zones, number) = (labels.of_zone.len(), replicates.len() as f64);
    let members = labels.members();
    let company = company(&members, replicates);
    let mut support = vec![None; zones];
    for (class, sums) in members.iter().zip(&company).filter(|(class, _)| class.len() > 1) {
        for (&zone, &sum) in class.iter().zip(sums) {
            support[zone as usize] = Some(sum as f64 / (number * (class.len() - 1) as f64));
        }
    }
    let together = number * members.iter().map(pairs).sum::<u64>() as f64;
    let of_replicates: u64 = replicates
        .par_iter()
        .map(|replicate| Members::of(&replicate.area_of, replicate.areas).iter().map(pairs).sum::<u64>())
        .sum();
    let both = company.iter().flatten().sum::<u64>() as f64 / 2.0;
    let expected_loss = (together + of_replicates as f64 - 2.0 * both) / number;
    let all_pairs = zones as f64 * (zones as f64 - 1.0) / 2.0;

    let as_partition = partition(&labels.of_zone);
    let ari: Vec<f64> =
        replicates.par_iter().map(|replicate| against(&as_partition, &replicate.area_of).ari).collect();
    Consensus {
        areas: labels.number,
        area_of: labels.of_zone,
        expected_loss,
        mean_rand: if all_pairs > 0.0 { 1.0 - expected_loss / all_pairs } else { 1.0 },
        mean_ari: ari.iter().sum::<f64>() / number,
        cohesion: (together > 0.0).then(|| both / together),
        support,
    }
}
