//! Whether there were enough replicates.
//!
//! *Rule.* There are enough when other replicates would hardly change what is told: the largest Monte Carlo standard error of a
//! probability is at most [`Convergence::PROBABILITY`] (so that, 95 times in 100, a probability would move by no more than five
//! percentage points), and that of the median of each count at most [`Convergence::COUNT`], or a tenth of the standard deviation of the
//! count where that is more.
//!
//! A share p of n replicates has √(p̃ (1 − p̃) / n), with p̃ = (n p + 1) / (n + 2): without this correction (Laplace's) three
//! replicates that agree would look certain. No share of all replicates needs more than 400 of them. Where only some can tell, as
//! those in which a zone has an area, n are these, and as many more are needed; shares of fewer than half of the replicates are left
//! out, for they are of what mostly is not there. A median has √(π / 2) s / √n, s the
//! standard deviation of the count: its error where counts spread normally, and roughly so elsewhere. (By order statistics,
//! [`Sample::standard_error_of_quantile`](crate::interval::Sample::standard_error_of_quantile), it would jump by halves of a
//! count, too coarse to say how many replicates are wanted.)

use std::f64::consts::FRAC_PI_2;

use crate::counts::Distribution;
use crate::matching::Matched;
use crate::replicate::Replicate;
use crate::zones::zone_certainties;

/// Whether there were enough replicates (see the [module](self)).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Convergence {
    /// Replicates made.
    pub replicates: usize,
    /// Largest Monte Carlo standard error of a probability; `None` without probabilities or replicates.
    pub largest_mcse: Option<f64>,
    /// Largest Monte Carlo standard error of the median of a count; `None` without counts or with fewer than two replicates.
    pub count_mcse: Option<f64>,
    /// Replicates that would be enough, as far as these can tell; at least 2.
    pub needed: usize,
    /// Whether `replicates` is at least `needed`.
    pub enough: bool,
}

impl Convergence {
    /// Largest acceptable standard error of a probability.
    pub const PROBABILITY: f64 = 0.025;
    /// Largest acceptable standard error of the median of a count that varies by [`Self::SPREAD`] times as much or less.
    pub const COUNT: f64 = 0.5;
    /// Standard deviations of a count for one of its median: nearer than that it need not be known.
    pub const SPREAD: f64 = 10.0;

    /// From probabilities (memberships, existences, border strengths as counted), each a share, 0..=1, of so many of the `replicates`,
    /// and the counts that are told. Cost: linear, n log n in replicates.
    pub fn new<'d>(
        replicates: usize,
        probabilities: impl IntoIterator<Item = (f64, usize)>,
        counts: impl IntoIterator<Item = &'d Distribution>,
    ) -> Self {
        let mcse = |(p, of): (f64, usize)| {
            let n = of as f64;
            let p = (n * p + 1.0) / (n + 2.0);
            (p * (1.0 - p) / n).sqrt()
        };
        let largest =
            |so_far: Option<f64>, value: f64| Some(so_far.map_or(value, |so_far| so_far.max(value)));
        let told = probabilities.into_iter().filter(|&(_, of)| of > 0 && 2 * of >= replicates);
        let largest_mcse = told.map(mcse).fold(None, largest);
        let errors = |count: &Distribution| {
            let sample = count.sample();
            let limit = Self::COUNT.max(sample.standard_deviation()? / Self::SPREAD);
            Some((FRAC_PI_2.sqrt() * sample.standard_error_of_mean()?, limit))
        };
        let counts: Vec<(f64, f64)> = counts.into_iter().filter_map(errors).collect();
        let count_mcse = counts.iter().map(|&(mcse, _)| mcse).fold(None, largest);
        let too_wide = largest_mcse.map(|mcse| mcse / Self::PROBABILITY).into_iter();
        let too_wide = too_wide.chain(counts.iter().map(|(mcse, limit)| mcse / limit)).fold(0.0, f64::max);
        let needed = ((replicates as f64 * too_wide.powi(2) - 1e-6).ceil() as usize).max(2);
        Self { replicates, largest_mcse, count_mcse, needed, enough: replicates >= needed }
    }
}

/// How much memberships differ between the first and the second half of the replicates. Replicates are drawn independently, so
/// the mean difference is expected to be about 1.6 times the mean Monte Carlo standard error of all; much more points to a fault.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Halves {
    /// Replicates in each half; the last of an odd number is in neither.
    pub replicates: usize,
    /// Largest difference over zones, 0..=1.
    pub largest: f64,
    /// Mean difference over zones.
    pub mean: f64,
}

impl Halves {
    /// From the replicates and their [`Matched`]; `None` with fewer than two replicates or no zone with an area. Cost: linear in
    /// zones x replicates.
    pub fn new(base: &Replicate, replicates: &[Replicate], matched: &[Matched]) -> Option<Self> {
        let half = replicates.len().min(matched.len()) / 2;
        if half == 0 {
            return None;
        }
        let of =
            |from: usize| zone_certainties(base, &replicates[from..from + half], &matched[from..from + half]);
        let differences: Vec<f64> = of(0)
            .iter()
            .zip(of(half))
            .filter_map(|(first, second)| Some((first.membership? - second.membership?).abs()))
            .collect();
        (!differences.is_empty()).then(|| Self {
            replicates: half,
            largest: differences.iter().copied().fold(0.0, f64::max),
            mean: differences.iter().sum::<f64>() / differences.len() as f64,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(replicates: usize, probabilities: &[f64]) -> Convergence {
        Convergence::new(replicates, probabilities.iter().map(|&p| (p, replicates)), [])
    }

    #[test]
    fn an_even_chance_takes_four_hundred() {
        let half = of(200, &[0.0, 0.5, 0.9]);
        assert!((half.largest_mcse.unwrap() - 0.035_355).abs() < 1e-6);
        assert_eq!((half.needed, half.enough), (400, false));
        let half = of(400, &[0.5]);
        assert_eq!((half.largest_mcse, half.needed, half.enough), (Some(0.025), 400, true));
    }

    #[test]
    fn agreement_of_a_few_is_not_certainty() {
        // p~ = 4/5: 0.16 / 0.000625.
        assert_eq!((of(3, &[1.0, 0.0]).needed, of(3, &[1.0]).enough), (256, false));
        assert!(of(200, &[1.0]).enough);
    }

    #[test]
    fn what_half_of_the_replicates_tell_takes_twice_as_many() {
        // sqrt(1/4 / 200); the zone that has an area in one of them is left out.
        let found = Convergence::new(400, [(0.5, 400), (0.5, 200), (1.0, 1), (0.0, 0)], []);
        assert!((found.largest_mcse.unwrap() - 0.035_355).abs() < 1e-6);
        assert_eq!((found.needed, found.enough), (800, false));
    }

    #[test]
    fn a_median_that_jumps_takes_more() {
        let values = [10, 30].repeat(8);
        let count = Distribution::new(Some(10), values);
        let found = Convergence::new(16, [], [&count]);
        // s^2 = 1600 / 15, so the error may be s / 10 = 1.03: pi / 2 * 100 = 157.1.
        assert_eq!((found.needed, found.enough, found.largest_mcse), (158, false, None));
        assert!((found.count_mcse.unwrap() - 3.236).abs() < 1e-3);
    }

    #[test]
    fn without_replicates_there_are_not_enough() {
        let none = of(0, &[0.0]);
        assert_eq!((none.largest_mcse, none.count_mcse, none.needed, none.enough), (None, None, 2, false));
        assert_eq!((of(1, &[]).needed, of(1, &[]).enough), (2, false));
    }

    proptest! {
        #[test]
        fn needed_is_what_the_largest_error_says(times in proptest::collection::vec(0..=250u32, 1..40)) {
            let shares: Vec<f64> = times.iter().map(|&times| f64::from(times) / 250.0).collect();
            let found = of(250, &shares);
            prop_assert_eq!(found.enough, found.largest_mcse.unwrap() <= Convergence::PROBABILITY + 1e-9);
            prop_assert!(found.needed <= 400);
            let reversed: Vec<f64> = shares.into_iter().rev().collect();
            prop_assert_eq!(found, of(250, &reversed));
        }
    }
}
