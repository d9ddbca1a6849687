//! Whether probabilities come true as often as they say, and intervals hold the truth as often as they should.

use crate::frequency::Frequency;
use crate::interval::Interval;

/// Predictions of about the same probability, and how often they came true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Lower end, included.
    pub from: f64,
    /// Upper end, not included but for the last bin.
    pub to: f64,
    /// Mean probability predicted.
    pub predicted: f64,
    /// How often it happened, of how many predictions: the observed frequency with its binomial interval.
    pub observed: Frequency,
}

/// How well probabilities came true.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// The reliability curve (DeGroot & Fienberg 1983): bins of equal width that have predictions, from low to high.
    pub bins: Vec<Bin>,
    /// Number of predictions.
    pub predictions: usize,
    /// Expected calibration error (Naeini, Cooper & Hauskrecht 2015), 0..=1: mean of |observed − predicted| over bins, weighted by
    /// predictions.
    pub expected_calibration_error: f64,
    /// Brier score (Brier 1950, for two outcomes), 0..=1: mean of (p − happened)². Always saying 1/2 scores 1/4.
    pub brier: f64,
}

impl Reliability {
    /// Of pairs of a probability, 0..=1, and whether it happened, over this many bins. `None` without predictions or bins. Cost: linear.
    pub fn new(pairs: impl IntoIterator<Item = (f64, bool)>, bins: usize) -> Option<Self> {
        let mut tallies = vec![(0.0, Frequency::default()); bins];
        let last = bins.checked_sub(1)?;
        let (mut predictions, mut squares) = (0usize, 0.0);
        for (p, happened) in pairs {
            debug_assert!((0.0..=1.0).contains(&p));
            // A whole number of bins times a decimal such as 0.3 may end just below the bin that it begins.
            let (predicted, observed) = &mut tallies[((p * bins as f64 + 1e-9) as usize).min(last)];
            *predicted += p;
            observed.add(happened);
            predictions += 1;
            squares += (p - f64::from(u8::from(happened))).powi(2);
        }
        let of_bin = |(bin, (sum, observed)): (usize, (f64, Frequency))| Bin {
            from: bin as f64 / bins as f64,
            to: (bin + 1) as f64 / bins as f64,
            predicted: sum / f64::from(observed.of),
            observed,
        };
        let kept = tallies.into_iter().enumerate().filter(|(_, (_, observed))| observed.of > 0);
        let bins: Vec<Bin> = kept.map(of_bin).collect();
        let n = predictions as f64;
        let error =
            |bin: &Bin| (f64::from(bin.observed.times) - bin.predicted * f64::from(bin.observed.of)).abs();
        (predictions > 0).then(|| Self {
            expected_calibration_error: bins.iter().map(error).sum::<f64>() / n,
            bins,
            predictions,
            brier: squares / n,
        })
    }
}

/// How often intervals held the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Intervals that held the truth, of all; its binomial interval says within what the coverage is known.
    pub held: Frequency,
    /// Truths below their interval.
    pub below: u32,
    /// Truths above their interval.
    pub above: u32,
}

impl Coverage {
    /// Of pairs of an interval and the truth. Intervals of counts hold more than their level ([`interval`](mod@crate::interval)):
    /// hold theirs against the mean of [`Sample::share_within`](crate::interval::Sample::share_within).
    pub fn new<T: PartialOrd>(pairs: impl IntoIterator<Item = (Interval<T>, T)>) -> Self {
        let mut coverage = Self::default();
        for (interval, truth) in pairs {
            coverage.held.add(interval.holds(&truth));
            coverage.below += u32::from(truth < interval.from);
            coverage.above += u32::from(truth > interval.to);
        }
        coverage
    }

    /// Whether the level, such as 0.8, lies within the 95 % binomial interval of the coverage.
    pub fn agrees_with(&self, level: f64) -> bool {
        self.held.interval95().holds(&level)
    }

    /// Whether the coverage is at least the level, but for binomial error: what intervals of counts promise.
    pub fn reaches(&self, level: f64) -> bool {
        self.held.interval95().to >= level
    }
}
