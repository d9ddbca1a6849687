//! Medians and intervals of what replicates found.
//!
//! Quantiles are the inverse of the empirical distribution function (type 1 of Hyndman & Fan 1996): the p-quantile is the
//! smallest value that at least a share p of the sample does not exceed. It is always a value that occurred, so the median of
//! counts is a count, and the 80 % interval of the number of areas runs from one number of areas to another.
//!
//! An interval of level L runs from the quantile (1 − L) / 2 to the quantile (1 + L) / 2, ends included. It therefore holds *at
//! least* a share L of the sample, and of counts, which pile up on few numbers, often clearly more ([`Sample::share_within`] says how
//! much): intervals of counts should be expected to cover the truth that often, rather than in a share L of cases. Of fewer than 40
//! values, the 95 % interval runs from the smallest to the largest.

use crate::frequency::Frequency;

/// From one value to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval<T> {
    /// The lower end.
    pub from: T,
    /// The upper end.
    pub to: T,
}

impl<T: PartialOrd> Interval<T> {
    /// Whether the value lies within, ends included.
    pub fn holds(&self, value: &T) -> bool {
        self.from <= *value && *value <= self.to
    }
}

/// Values of one thing over replicates. Their order does not matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample<T> {
    sorted: Vec<T>,
}

impl<T: Copy + Into<f64>> Sample<T> {
    /// A sample of finite values. Cost: n log n.
    pub fn new(values: impl IntoIterator<Item = T>) -> Self {
        let mut sorted: Vec<T> = values.into_iter().collect();
        sorted.sort_by(|&a, &b| a.into().total_cmp(&b.into()));
        Self { sorted }
    }

    /// The values, ascending.
    pub fn sorted(&self) -> &[T] {
        &self.sorted
    }

    /// Its size n.
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The quantile p, 0..=1 (see the [module](self)); p = 0 gives the smallest value. `None` of nothing.
    pub fn quantile(&self, p: f64) -> Option<T> {
        let n = self.len() as f64;
        self.of_rank((n * p - n * 1e-12).ceil())
    }

    /// The value of a rank from 1; ranks beyond either end are those of the ends.
    fn of_rank(&self, rank: f64) -> Option<T> {
        let last = self.len().checked_sub(1)?;
        self.sorted.get((rank.max(1.0) as usize - 1).min(last)).copied()
    }

    /// The quantile 1/2: of an even number of values the lower of the two in the middle. `None` of nothing.
    pub fn median(&self) -> Option<T> {
        self.quantile(0.5)
    }

    /// The interval of a level, 0..=1 (see the [module](self)). `None` of nothing.
    pub fn interval(&self, level: f64) -> Option<Interval<T>> {
        let tail = (1.0 - level) / 2.0;
        Some(Interval { from: self.quantile(tail)?, to: self.quantile(1.0 - tail)? })
    }

    /// The share of the values that lie within an interval, 0..=1. `None` of nothing.
    pub fn share_within(&self, interval: &Interval<T>) -> Option<f64>
    where
        T: PartialOrd,
    {
        self.sorted.iter().map(|value| interval.holds(value)).collect::<Frequency>().share()
    }

    /// Mean. `None` of nothing.
    pub fn mean(&self) -> Option<f64> {
        // From the smallest value on: the mean of equal values is exactly that value, and their variance exactly 0.
        let smallest = (*self.sorted.first()?).into();
        Some(smallest + self.moment(smallest, 1))
    }

    /// Mean of (x − centre)^power.
    fn moment(&self, centre: f64, power: i32) -> f64 {
        self.sorted.iter().map(|&x| (x.into() - centre).powi(power)).sum::<f64>() / self.len() as f64
    }

    /// s² = Σ (x − mean)² / (n − 1). `None` of fewer than two values.
    pub fn variance(&self) -> Option<f64> {
        let (n, mean) = (self.len() as f64, self.mean()?);
        (self.len() > 1).then(|| self.moment(mean, 2) * n / (n - 1.0))
    }

    /// s = √s². `None` of fewer than two values.
    pub fn standard_deviation(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// Monte Carlo standard error of the mean, s / √n. `None` of fewer than two values.
    pub fn standard_error_of_mean(&self) -> Option<f64> {
        Some(self.standard_deviation()? / (self.len() as f64).sqrt())
    }

    /// Monte Carlo standard error of the variance, √((m₄ − s⁴ (n − 3) / (n − 1)) / n) with m₄ the fourth central moment (Kenney & Keeping
    /// 1951, 7.14). `None` of fewer than two values.
    pub fn standard_error_of_variance(&self) -> Option<f64> {
        let (n, mean, variance) = (self.len() as f64, self.mean()?, self.variance()?);
        let fourth = self.moment(mean, 4);
        Some(((fourth - variance * variance * (n - 3.0) / (n - 1.0)) / n).max(0.0).sqrt())
    }

    /// Monte Carlo standard error of the quantile p, by order statistics: the number of values below the true quantile is
    /// binomial with mean n p and standard deviation √(n p (1 − p)), so half the distance between the values whose ranks lie one
    /// standard deviation below and above n p, rounded outwards. May be 0 for counts. `None` of fewer than two values.
    pub fn standard_error_of_quantile(&self, p: f64) -> Option<f64> {
        let n = self.len() as f64;
        let spread = (n * p * (1.0 - p)).sqrt();
        let (low, high) = (self.of_rank((n * p - spread).floor())?, self.of_rank((n * p + spread).ceil())?);
        (self.len() > 1).then(|| (high.into() - low.into()) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ten_numbers_by_hand() {
        let ten = Sample::new((1..=10u32).rev());
        assert_eq!(ten.median(), Some(5));
        assert_eq!(ten.interval(0.8), Some(Interval { from: 1, to: 9 }));
        assert_eq!(ten.interval(0.95), Some(Interval { from: 1, to: 10 }));
        assert_eq!(ten.share_within(&Interval { from: 1, to: 9 }), Some(0.9));
        assert_eq!(ten.mean(), Some(5.5));
        let close = |found: Option<f64>, by_hand: f64| {
            assert!((found.unwrap() - by_hand).abs() < 1e-5, "{found:?} {by_hand}");
        };
        close(ten.variance(), 82.5 / 9.0);
        close(ten.standard_error_of_mean(), 0.957_427);
        // m4 = 120.8625, s^4 = 84.02778: sqrt((120.8625 - 84.02778 * 7 / 9) / 10).
        close(ten.standard_error_of_variance(), 2.356_004);
    }

    #[test]
    fn quantiles_are_values_that_occurred() {
        let sample = Sample::new([3u32, 1, 4, 1, 5, 9, 2, 6]);
        let at = |p| sample.quantile(p).unwrap();
        assert_eq!([0.0, 0.1, 0.25, 0.250_01, 0.5, 0.9, 1.0].map(at), [1, 1, 1, 2, 3, 9, 9]);
        // 0.1 x 30 is a little more than 3 in binary.
        assert_eq!(Sample::new(1..=30u32).quantile(0.1), Some(3));
    }

    #[test]
    fn the_error_of_a_median_comes_from_its_neighbours() {
        // Of a hundred values 50 +- 5 lie below the median.
        assert_eq!(Sample::new(1..=100u32).standard_error_of_quantile(0.5), Some(5.0));
        assert_eq!(Sample::new([7u32; 50]).standard_error_of_quantile(0.5), Some(0.0));
    }

    #[test]
    fn of_nothing_and_of_one_value_little_is_known() {
        let none = Sample::<f64>::new([]);
        assert_eq!((none.median(), none.interval(0.8), none.mean()), (None, None, None));
        assert_eq!((none.variance(), none.standard_error_of_quantile(0.5)), (None, None));
        let one = Sample::new([4.0]);
        assert_eq!((one.median(), one.mean()), (Some(4.0), Some(4.0)));
        assert_eq!(one.interval(0.95), Some(Interval { from: 4.0, to: 4.0 }));
        assert_eq!((one.variance(), one.standard_error_of_quantile(0.5)), (None, None));
    }

    proptest! {
        #[test]
        fn intervals_hold_at_least_their_level(
            values in proptest::collection::vec(0..30u32, 1..200),
            level in prop::sample::select(vec![0.5, 0.8, 0.9, 0.95]),
        ) {
            let sample = Sample::new(values.iter().copied());
            let interval = sample.interval(level).unwrap();
            prop_assert!(sample.share_within(&interval).unwrap() >= level - 1e-9);
            prop_assert!(values.contains(&interval.from) && values.contains(&interval.to));
            prop_assert!(interval.holds(&sample.median().unwrap()));
            let wider = sample.interval(0.99).unwrap();
            prop_assert!(wider.from <= interval.from && interval.to <= wider.to);
        }

        #[test]
        fn order_does_not_matter(values in proptest::collection::vec(-1e6..1e6f64, 0..60)) {
            let reversed: Vec<f64> = values.iter().rev().copied().collect();
            let (there, back) = (Sample::new(values), Sample::new(reversed));
            prop_assert_eq!(there.variance(), back.variance());
            prop_assert_eq!(there, back);
        }

        #[test]
        fn equals_do_not_vary(value in -1e9..1e9f64, n in 2..50usize) {
            let sample = Sample::new(vec![value; n]);
            prop_assert_eq!(sample.mean(), Some(value));
            prop_assert_eq!(sample.variance(), Some(0.0));
            prop_assert_eq!(sample.standard_error_of_variance(), Some(0.0));
        }
    }
}
