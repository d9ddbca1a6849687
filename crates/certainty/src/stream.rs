//! Random streams that depend on what they are for, never on when or where they are read.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// What a random stream decides. A new purpose gets a new number, so replicates of old seeds stay the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Flows redrawn.
    Flows = 1,
    /// Jobs redrawn.
    Jobs = 2,
    /// Rules drawn.
    Rule = 3,
    /// The vintage drawn.
    Vintage = 4,
    /// The order of zones.
    Tie = 5,
    /// Margins of error drawn for flows whose own are not known; the same in every replicate.
    Margins = 6,
}

/// The stream of one purpose in one replicate: ChaCha8 keyed by (seed, purpose, replicate). What varies beside it does not
/// matter, so replicate 7 with sampling alone redraws flows as replicate 7 with everything does.
pub fn stream(seed: u64, purpose: Purpose, replicate: u64) -> ChaCha8Rng {
    let mut key = [0u8; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&(purpose as u64).to_le_bytes());
    key[16..24].copy_from_slice(&replicate.to_le_bytes());
    // Worlds use the same generator: a mark keeps their streams apart from ours.
    key[24..].copy_from_slice(b"certain.");
    ChaCha8Rng::from_seed(key)
}
