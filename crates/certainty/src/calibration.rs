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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn six_predictions_by_hand() {
        let pairs = [(0.1, false), (0.9, true), (0.1, true), (0.1, false), (0.9, true), (0.1, false)];
        let found = Reliability::new(pairs, 10).unwrap();
        let [low, high] = found.bins.as_slice() else { panic!("two bins have predictions") };
        assert_eq!((low.from, low.to, low.observed), (0.1, 0.2, Frequency { times: 1, of: 4 }));
        assert_eq!((high.from, high.to, high.observed), (0.9, 1.0, Frequency { times: 2, of: 2 }));
        assert!((low.predicted - 0.1).abs() < 1e-12 && (high.predicted - 0.9).abs() < 1e-12);
        // (4 x 0.15 + 2 x 0.10) / 6, and (3 x 0.01 + 0.81 + 2 x 0.01) / 6.
        assert!((found.expected_calibration_error - 0.8 / 6.0).abs() < 1e-12);
        assert!((found.brier - 0.86 / 6.0).abs() < 1e-12);
        assert_eq!(found.predictions, 6);
    }

    #[test]
    fn what_comes_true_as_often_as_predicted_has_no_calibration_error() {
        let pairs = (0..=10).flat_map(|k| (0..10).map(move |i| (f64::from(k) / 10.0, i < k)));
        let found = Reliability::new(pairs, 10).unwrap();
        assert!(found.expected_calibration_error < 1e-12);
        // Mean of p (1 - p) over p = 0, 0.1 .. 1.
        assert!((found.brier - 0.15).abs() < 1e-12);
        // A share on the border of two bins begins the upper one, and 1 belongs to the last.
        assert_eq!(
            found.bins.iter().map(|bin| bin.observed.of).collect::<Vec<_>>(),
            [10, 10, 10, 10, 10, 10, 10, 10, 10, 20]
        );
    }

    #[test]
    fn overconfidence_shows() {
        let found = Reliability::new((0..100).map(|i| (1.0, i < 60)), 10).unwrap();
        assert!((found.expected_calibration_error - 0.4).abs() < 1e-12 && (found.brier - 0.4).abs() < 1e-12);
        assert!(!found.bins[0].observed.interval95().holds(&found.bins[0].predicted));
    }

    #[test]
    fn nothing_predicted_is_nothing_told() {
        assert_eq!(Reliability::new([], 10), None);
        assert_eq!(Reliability::new([(0.5, true)], 0), None);
        assert_eq!(Coverage::new::<u32>([]), Coverage::default());
    }

    #[test]
    fn coverage_by_hand() {
        let interval = Interval { from: 2u32, to: 4 };
        let coverage = Coverage::new([1, 2, 3, 4, 5, 6].map(|truth| (interval, truth)));
        assert_eq!(coverage, Coverage { held: Frequency { times: 3, of: 6 }, below: 1, above: 2 });
        let of = |times| Coverage { held: Frequency { times, of: 200 }, below: 0, above: 200 - times };
        // Binomial error at 200: 80 % +- 5.5.
        assert!(of(160).agrees_with(0.8) && of(151).agrees_with(0.8) && !of(145).agrees_with(0.8));
        assert!(of(190).reaches(0.8) && !of(190).agrees_with(0.8) && !of(145).reaches(0.8));
    }

    proptest! {
        #[test]
        fn order_does_not_matter_and_scores_are_shares(
            pairs in proptest::collection::vec((0.0..=1.0f64, any::<bool>()), 1..100),
            bins in 1..30usize,
        ) {
            let found = Reliability::new(pairs.iter().copied(), bins).unwrap();
            let reversed = Reliability::new(pairs.iter().rev().copied(), bins).unwrap();
            prop_assert!((found.brier - reversed.brier).abs() < 1e-12);
            let errors = [found.expected_calibration_error, reversed.expected_calibration_error];
            prop_assert!((errors[0] - errors[1]).abs() < 1e-12);
            prop_assert!((0.0..=1.0).contains(&found.brier) && (0.0..=1.0).contains(&errors[0]));
            prop_assert_eq!(found.bins.iter().map(|bin| bin.observed.of as usize).sum::<usize>(), pairs.len());
            for bin in &found.bins {
                prop_assert!(bin.from <= bin.predicted + 1e-6 && bin.predicted <= bin.to + 1e-6);
            }
            // One bin tells the least: no binning has a smaller error (triangle inequality).
            let coarse = Reliability::new(pairs.iter().copied(), 1).unwrap();
            prop_assert!(coarse.expected_calibration_error <= errors[0] + 1e-9);
        }
    }
}
