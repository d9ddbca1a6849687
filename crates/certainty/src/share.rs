//! Shares of replicates, and how far more replicates might move them.

/// Monte Carlo standard error of a share of `replicates`, sqrt(p (1 - p) / R): how far it would move were other replicates made. 0
/// for shares of 0 and 1, of which R replicates only say that they are within about 3 / R (the "rule of three", at 95 %), and
/// without replicates.
pub fn standard_error(share: f64, replicates: usize) -> f64 {
    if replicates == 0 { 0.0 } else { (share * (1.0 - share)).max(0.0).sqrt() / (replicates as f64).sqrt() }
}

/// Count out of the number of replicates; 0 of none.
pub(crate) fn share(count: u32, replicates: usize) -> f64 {
    if replicates == 0 { 0.0 } else { f64::from(count) / replicates as f64 }
}
