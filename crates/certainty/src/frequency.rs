//! So many times of so many, and how far more replicates might move a share.

use crate::interval::Interval;

/// How often something happened: 812 of 1,000 replicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Frequency {
    /// Times it happened.
    pub times: u32,
    /// Times it could have.
    pub of: u32,
}

impl Frequency {
    /// Standard normal quantile of two-sided 95 % intervals.
    const Z: f64 = 1.959_963_984_540_054;

    /// One more time.
    pub fn add(&mut self, happened: bool) {
        self.times += u32::from(happened);
        self.of += 1;
    }

    /// p = times / of, 0..=1; `None` of nothing.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.times) / f64::from(self.of))
    }

    /// Monte Carlo standard error of p ([`standard_error`]); `None` of nothing.
    pub fn standard_error(self) -> Option<f64> {
        self.share().map(|p| standard_error(p, self.of as usize))
    }

    /// The 95 % interval of the probability behind p, Wilson's (1927): within 0..=1, and not a single point at 0 or 1. Of
    /// nothing: 0..=1.
    pub fn interval95(self) -> Interval<f64> {
        let Some(p) = self.share() else { return Interval { from: 0.0, to: 1.0 } };
        let (n, z2) = (f64::from(self.of), Self::Z * Self::Z);
        let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Self::Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        // At the ends the formula gives 0 and 1 but for rounding.
        let from = if self.times == 0 { 0.0 } else { centre - half };
        let to = if self.times == self.of { 1.0 } else { centre + half };
        Interval { from, to }
    }
}

impl FromIterator<bool> for Frequency {
    fn from_iter<I: IntoIterator<Item = bool>>(happened: I) -> Self {
        let mut frequency = Self::default();
        happened.into_iter().for_each(|happened| frequency.add(happened));
        frequency
    }
}

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn so_many_times_of_so_many() {
        let frequency: Frequency = [true, false, true, true].into_iter().collect();
        assert_eq!(frequency, Frequency { times: 3, of: 4 });
        assert_eq!(frequency.share(), Some(0.75));
        assert_eq!(frequency.standard_error(), Some((0.1875f64 / 4.0).sqrt()));
        assert_eq!((Frequency::default().share(), Frequency::default().standard_error()), (None, None));
        assert_eq!(Frequency::default().interval95(), Interval { from: 0.0, to: 1.0 });
    }

    #[test]
    fn never_in_ten_may_still_be_one_in_four() {
        // z^2 / (n + z^2) = 3.841459 / 13.841459.
        let never = Frequency { times: 0, of: 10 }.interval95();
        assert!(never.from == 0.0 && (never.to - 0.277_532).abs() < 1e-5);
        let half = Frequency { times: 5, of: 10 }.interval95();
        assert!((half.from - 0.236_593).abs() < 1e-5 && (half.to - 0.763_407).abs() < 1e-5);
    }

    proptest! {
        /// Wilson's ends are the probabilities from which the observed share is exactly z standard errors away.
        #[test]
        fn the_ends_are_z_standard_errors_away((times, of) in (1..2_000u32).prop_flat_map(|n| (0..=n, Just(n)))) {
            let frequency = Frequency { times, of };
            let (p, interval) = (frequency.share().unwrap(), frequency.interval95());
            prop_assert!(interval.holds(&p) && 0.0 <= interval.from && interval.to <= 1.0);
            for end in [interval.from, interval.to].into_iter().filter(|end| 0.0 < *end && *end < 1.0) {
                let error = (end * (1.0 - end) / f64::from(of)).sqrt();
                prop_assert!(((p - end).abs() / error - 1.959_964).abs() < 1e-4);
            }
        }
    }
}
