//! So many times of so many.

use crate::interval::Interval;
use crate::share::standard_error;

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
