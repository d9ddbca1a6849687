//! How sure each border between two zones is.

use rayon::prelude::*;

use crate::replicate::Replicate;
use crate::share::{share, standard_error};

/// How often two zones are apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BorderStrength {
    /// A zone.
    pub a: u32,
    /// Another.
    pub b: u32,
    /// Share of replicates in which they are not in the same area, in 0..=1. A zone without an area is apart from everyone.
    pub strength: f64,
    /// Monte Carlo standard error ([`standard_error`]).
    pub standard_error: f64,
}

/// The strength of each pair of zones, in their order. Without replicates all strengths are 0. Cost: pairs x replicates.
pub fn border_strengths(replicates: &[Replicate], pairs: &[(u32, u32)]) -> Vec<BorderStrength> {
    // A block of pairs at a time: its counts stay in the cache while the replicates pass by.
    const BLOCK: usize = 4096;
    pairs
        .par_chunks(BLOCK)
        .flat_map_iter(|pairs| {
            let mut apart = vec![0u32; pairs.len()];
            for replicate in replicates {
                for (apart, &(a, b)) in apart.iter_mut().zip(pairs) {
                    let area = replicate.area(a);
                    *apart += u32::from(area.is_none() || area != replicate.area(b));
                }
            }
            apart.into_iter().zip(pairs).map(|(apart, &(a, b))| {
                let strength = share(apart, replicates.len());
                BorderStrength { a, b, strength, standard_error: standard_error(strength, replicates.len()) }
            })
        })
        .collect()
}
