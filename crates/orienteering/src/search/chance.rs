//! Randomness from a seed.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A stream of random numbers: the same for the same seed.
pub struct Chance(ChaCha8Rng);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number from 0 to below `count`, which is above 0. (The bias is below `count` / 2³².)
    #[inline]
    pub fn below(&mut self, count: usize) -> usize {
        ((u64::from(self.0.next_u32()) * count as u64) >> 32) as usize
    }

    /// Whether one in `count` happens.
    #[inline]
    pub fn one_in(&mut self, count: u32) -> bool {
        self.0.next_u32() < u32::MAX / count
    }

    /// A number above 0 and at most 1.
    pub fn share(&mut self) -> f64 {
        (f64::from(self.0.next_u32()) + 1.0) / (f64::from(u32::MAX) + 1.0)
    }
}
