//! Random streams that depend on what they are for, never on when they are read.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// What a random stream decides. A new purpose gets a new number, so worlds of old seeds stay the same.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    Sites = 1,
    Coast = 2,
    Density = 3,
    Cores = 4,
    CoreSizes = 5,
    ZoneSizes = 6,
    Names = 7,
    Kinds = 8,
    Staying = 9,
    Containment = 10,
    Commuters = 11,
    Economy = 12,
    Register = 13,
    Lives = 14,
    Addresses = 15,
    Trips = 16,
    Homes = 17,
    Stops = 18,
    Invoices = 19,
    TourNames = 20,
    Tour = 21,
}

/// The stream of `purpose` for one zone or area: ChaCha8 keyed by (seed, purpose, index).
pub(super) fn stream(seed: u64, purpose: Purpose, index: usize) -> ChaCha8Rng {
    let mut key = [0u8; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&(purpose as u64).to_le_bytes());
    key[16..24].copy_from_slice(&(index as u64).to_le_bytes());
    ChaCha8Rng::from_seed(key)
}
