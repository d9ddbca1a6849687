//! How sure each area of the base run is.
//!
//! *About what.* An existence estimates how likely the rule draws that area in flows without error, not whether the rule is right
//! (`docs/calibration.md`).

use rayon::prelude::*;

use crate::frequency::{share, standard_error};
use crate::interval::Sample;
use crate::matching::Matched;
use crate::replicate::Replicate;
use crate::zones::{ZoneCertainty, ZoneKind};

/// The zones of an area that are of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct KindShare {
    /// How many.
    pub zones: usize,
    /// Their share of the weight of the area, in 0..=1; of its zones, where nothing in it weighs anything.
    pub weight_share: f64,
}

/// What the replicates say of an area of the base run.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaCertainty {
    /// Its index in the base run.
    pub area: u32,
    /// Share of replicates in which it exists ([`Matched::exists`]).
    pub existence: f64,
    /// Mean Jaccard index of its match, over all replicates: 0 where it has none.
    pub mean_jaccard: f64,
    /// Its core, fringe and contested zones, in the order of [`ZoneKind::ALL`].
    pub kinds: [KindShare; 3],
    /// Zones of its match, over the replicates where it exists.
    pub size_zones: Sample<u32>,
    /// Weight of its match, over the same.
    pub size_weight: Sample<f64>,
    /// Number of replicates.
    pub replicates: usize,
}

impl AreaCertainty {
    /// Monte Carlo standard error of the existence ([`standard_error`]).
    pub fn standard_error(&self) -> f64 {
        standard_error(self.existence, self.replicates)
    }

    /// Its zones of one kind.
    pub fn of_kind(&self, kind: ZoneKind) -> KindShare {
        self.kinds[kind as usize]
    }
}

/// What the replicates say of each area, by area of the base run. `weights` by zone, as for `matched`
/// ([`match_all`](crate::matching::match_all)); `zones` of [`zone_certainties`](crate::zones::zone_certainties). Without
/// replicates all shares are 0. Cost: linear in replicates x zones, memory in replicates x areas.
pub fn area_certainties(
    base: &Replicate,
    replicates: &[Replicate],
    matched: &[Matched],
    zones: &[ZoneCertainty],
    weights: &[f64],
) -> Vec<AreaCertainty> {
    let sizes: Vec<Vec<(u32, f64)>> =
        replicates.par_iter().map(|replicate| sizes(replicate, weights)).collect();
    let kinds = kinds(base, zones, weights);
    (0..base.areas)
        .into_par_iter()
        .map(|area| {
            let found: Vec<(u32, f64)> = matched
                .iter()
                .zip(&sizes)
                .filter(|(matched, _)| matched.exists(area))
                .filter_map(|(matched, sizes)| Some(sizes[matched.of_base[area as usize]? as usize]))
                .collect();
            let jaccard: f64 = matched.iter().map(|matched| matched.jaccard[area as usize]).sum();
            AreaCertainty {
                area,
                existence: share(found.len() as u32, replicates.len()),
                mean_jaccard: jaccard / replicates.len().max(1) as f64,
                kinds: kinds[area as usize],
                size_zones: Sample::new(found.iter().map(|&(zones, _)| zones)),
                size_weight: Sample::new(found.iter().map(|&(_, weight)| weight)),
                replicates: replicates.len(),
            }
        })
        .collect()
}

/// Zones and weight of each area.
fn sizes(replicate: &Replicate, weights: &[f64]) -> Vec<(u32, f64)> {
    let mut sizes = vec![(0, 0.0); replicate.areas as usize];
    for (&area, &weight) in replicate.area_of.iter().zip(weights) {
        if let Some((zones, sum)) = sizes.get_mut(area as usize) {
            *zones += 1;
            *sum += weight;
        }
    }
    sizes
}

/// Zones of each kind, by area.
fn kinds(base: &Replicate, zones: &[ZoneCertainty], weights: &[f64]) -> Vec<[KindShare; 3]> {
    let totals = sizes(base, weights);
    let mut kinds = vec![[KindShare::default(); 3]; base.areas as usize];
    for (zone, &weight) in zones.iter().zip(weights) {
        if let (Some(area), Some(kind)) = (zone.area, zone.kind) {
            let (zones, total) = totals[area as usize];
            let of_kind = &mut kinds[area as usize][kind as usize];
            of_kind.zones += 1;
            of_kind.weight_share += if total > 0.0 { weight / total } else { 1.0 / f64::from(zones) };
        }
    }
    kinds
}
