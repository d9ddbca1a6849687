//! Which area of a replicate is which of the base run.
//!
//! The areas of a replicate have no names of their own. An area of the base run and one of the replicate are compared by their
//! Jaccard index, the weight of the zones in both over that of the zones in either, and matched one to one, the most alike first.
//! What follows from that rule:
//!
//! - *Split*: the part most like the whole inherits the name; the other parts match no area of the base run, and their zones
//!   are *elsewhere* (unless a part is mostly what another area, otherwise gone, has become). Cut exactly in half, the half with the first zone inherits.
//! - *Merger*: the new area inherits the name of the partner it is most like, the larger; zones of the other partners lie in
//!   the match of the larger, and the smaller have no match.
//! - *Zones without an area* are in no area, not in one of their own. Where they lie in an area in the base run only, they
//!   still count in its weight, so an area that loses its zones comes to look less like itself.
//!
//! A match may be a poor one. An area is said to *exist* in a replicate where its match has an index above
//! [`Matched::SAME_AREA`].

use rayon::prelude::*;

use crate::members::Members;
use crate::replicate::Replicate;

/// The areas of the base run and those of a replicate, one to one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matched {
    /// Area of the replicate, by area of the base run.
    pub of_base: Vec<Option<u32>>,
    /// Area of the base run, by area of the replicate.
    pub of_other: Vec<Option<u32>>,
    /// Jaccard index of the area and its match, by area of the base run, in 0..=1; 0 without a match.
    pub jaccard: Vec<f64>,
}

impl Matched {
    /// The index above which two areas count as the same one. Above a half no other area of either side can have it, for more
    /// than half of each lies in the other: the match is then the only one possible, whatever the order of matching. (So
    /// "same cluster" is meant in Hennig, 2007, doi:10.1016/j.csda.2006.11.025, too, who calls clusters at or below it dissolved.)
    pub const SAME_AREA: f64 = 0.5;

    /// Whether an area of the base run exists in the replicate.
    pub fn exists(&self, area: u32) -> bool {
        self.jaccard.get(area as usize).is_some_and(|&jaccard| jaccard > Self::SAME_AREA)
    }

    /// The area of the base run that an area of the replicate is matched with.
    pub fn base_of(&self, other: u32) -> Option<u32> {
        self.of_other.get(other as usize).copied().flatten()
    }
}

/// Two areas that share zones.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Overlap {
    a: u32,
    b: u32,
    jaccard: f64,
    first_zone: u32,
}

/// Matches the areas of the base run with those of a replicate of the same zones.
///
/// Pairs of areas are taken by descending Jaccard index |a and b| / |a or b|, each area once (greedily, as
/// `distretto_regions::compare::Matching` does); of equals the pair whose first common zone comes first. The rule is symmetric:
/// the two swapped give the same pairs. `weights`: what each zone counts, finite and not negative, such as its employed
/// residents or 1; a pair of areas in which nothing weighs anything is compared by its number of zones, a pair that shares
/// zones without weight only is not matched. Cost: linear in zones, m log m in overlapping pairs of areas.
pub fn match_areas(base: &Replicate, other: &Replicate, weights: &[f64]) -> Matched {
    debug_assert!(base.area_of.len() == other.area_of.len() && base.area_of.len() == weights.len());
    let mut overlaps = overlaps(base, other, weights);
    overlaps.sort_unstable_by(|x, y| y.jaccard.total_cmp(&x.jaccard).then(x.first_zone.cmp(&y.first_zone)));
    let mut matched = Matched {
        of_base: vec![None; base.areas as usize],
        of_other: vec![None; other.areas as usize],
        jaccard: vec![0.0; base.areas as usize],
    };
    for Overlap { a, b, jaccard, .. } in overlaps {
        let (of_a, of_b) = (&mut matched.of_base[a as usize], &mut matched.of_other[b as usize]);
        if of_a.is_none() && of_b.is_none() {
            (*of_a, *of_b) = (Some(b), Some(a));
            matched.jaccard[a as usize] = jaccard;
        }
    }
    matched
}

/// [`match_areas`] for each replicate, in their order.
pub fn match_all(base: &Replicate, replicates: &[Replicate], weights: &[f64]) -> Vec<Matched> {
    replicates.par_iter().map(|other| match_areas(base, other, weights)).collect()
}

/// What zones weigh together.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    zones: u32,
    weight: f64,
}

impl Weight {
    fn add(&mut self, weight: f64) {
        self.zones += 1;
        self.weight += weight;
    }
}

/// All pairs of areas with a common zone and an index above 0.
fn overlaps(base: &Replicate, other: &Replicate, weights: &[f64]) -> Vec<Overlap> {
    let of_areas = |side: &Replicate| {
        let mut sums = vec![Weight::default(); side.areas as usize];
        for (&area, &weight) in side.area_of.iter().zip(weights) {
            if area != Replicate::NO_AREA {
                sums[area as usize].add(weight);
            }
        }
        sums
    };
    let (of_base, of_other) = (of_areas(base), of_areas(other));
    let mut found = Vec::new();
    let mut common: Vec<(Weight, u32)> = vec![(Weight::default(), 0); of_other.len()];
    let mut met: Vec<u32> = Vec::new();
    for (a, zones) in Members::of(&base.area_of, base.areas).iter().enumerate() {
        for &zone in zones {
            let Some(b) = other.area(zone) else { continue };
            let (sum, first_zone) = &mut common[b as usize];
            if sum.zones == 0 {
                *first_zone = zone;
                met.push(b);
            }
            sum.add(weights[zone as usize]);
        }
        for b in met.drain(..) {
            let (both, first_zone) = std::mem::take(&mut common[b as usize]);
            let jaccard = jaccard(of_base[a], of_other[b as usize], both);
            if jaccard > 0.0 {
                found.push(Overlap { a: a as u32, b, jaccard, first_zone });
            }
        }
    }
    found
}

/// |a and b| / |a or b|, by weight or, where nothing weighs anything, by zones.
fn jaccard(a: Weight, b: Weight, both: Weight) -> f64 {
    let ratio = |a: f64, b: f64, both: f64| both / (a + b - both);
    if a.weight + b.weight > 0.0 {
        ratio(a.weight, b.weight, both.weight).clamp(0.0, 1.0)
    } else {
        ratio(f64::from(a.zones), f64::from(b.zones), f64::from(both.zones))
    }
}
