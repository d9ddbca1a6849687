//! Where the spread of a count comes from: one source or another.
//!
//! Each source also runs alone, the others held as in the base run (one at a time; Saltelli et al. 2008, ch. 1). Its share is the
//! variance of the count when it varies alone over the variance when all vary together. What the shares leave of 1 is the
//! *remainder*. Independent sources that add up leave nothing. A positive remainder is interaction: together they move the count more
//! than each by itself, for example because a rule drawn from a range lets sampling decide more areas. A negative one is overlap: the
//! same areas hang in the balance, and either source alone suffices to tip them. Shares therefore may add up to more or less than 1.

use crate::counts::Distribution;
use crate::source::Varying;

/// The spread of a count with some sources varying.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What varies.
    pub varying: Varying,
    /// Replicates that know the count.
    pub replicates: usize,
    /// Mean; `None` without replicates.
    pub mean: Option<f64>,
    /// Mean less count of the base run; `None` where either is missing.
    pub shift: Option<f64>,
    /// Variance s²; `None` of fewer than two replicates.
    pub variance: Option<f64>,
    /// Its Monte Carlo standard error.
    pub variance_error: Option<f64>,
    /// Standard deviation s.
    pub standard_deviation: Option<f64>,
    /// Variance over that of all together; `None` where that is 0 or not known.
    pub share: Option<f64>,
    /// Its Monte Carlo standard error, as if the sets were drawn independently. They share their streams, which makes it err on
    /// the large side.
    pub share_error: Option<f64>,
}

/// The spread of a count, by source.
#[derive(Debug, Clone, PartialEq)]
pub struct Decomposition {
    /// All sources together; its share is 1.
    pub together: Part,
    /// Each source alone. Where only one varies, that is the same set.
    pub alone: Vec<Part>,
    /// 1 less the shares of all sources alone; negative where they overlap (see the [module](self)).
    pub remainder: Option<f64>,
    /// Its Monte Carlo standard error, as [`Part::share_error`].
    pub remainder_error: Option<f64>,
}

impl Decomposition {
    /// From the count with all sources together and with each alone ([`Varying::with_each_alone`]). Sources without a set of
    /// their own are left out, and then there is no remainder.
    pub fn new(together: (Varying, &Distribution), alone: &[(Varying, &Distribution)]) -> Self {
        let whole = Part::new(together);
        if together.0.len() == 1 {
            let remainder = whole.share.map(|_| 0.0);
            return Self {
                alone: vec![whole.clone()],
                together: whole,
                remainder,
                remainder_error: remainder,
            };
        }
        let alone: Vec<Part> = alone.iter().map(|&set| Part::new(set).beside(&whole)).collect();
        let has_own = |source| alone.iter().any(|part| part.varying == Varying::only(source));
        let complete = !alone.is_empty() && together.0.sources().all(has_own);
        let sum = alone.iter().map(Part::estimate).sum::<Option<Estimate>>().filter(|_| complete);
        let shares = sum.zip(whole.estimate()).and_then(|(sum, whole)| sum.over(whole));
        Self {
            together: whole,
            alone,
            remainder: shares.map(|shares| 1.0 - shares.value),
            remainder_error: shares.map(|shares| shares.error),
        }
    }
}

impl Part {
    /// As if this were all.
    fn new((varying, count): (Varying, &Distribution)) -> Self {
        let sample = count.sample();
        let (mean, variance) = (sample.mean(), sample.variance());
        let varies = variance.filter(|&variance| variance > 0.0);
        Self {
            varying,
            replicates: sample.len(),
            mean,
            shift: mean.zip(count.base).map(|(mean, base)| mean - f64::from(base)),
            variance,
            variance_error: sample.standard_error_of_variance(),
            standard_deviation: sample.standard_deviation(),
            share: varies.map(|_| 1.0),
            share_error: varies.map(|_| 0.0),
        }
    }

    fn estimate(&self) -> Option<Estimate> {
        Some(Estimate { value: self.variance?, error: self.variance_error? })
    }

    /// With its share of the whole.
    fn beside(self, whole: &Self) -> Self {
        let share = self.estimate().zip(whole.estimate()).and_then(|(part, whole)| part.over(whole));
        Self { share: share.map(|share| share.value), share_error: share.map(|share| share.error), ..self }
    }
}

/// A figure and its standard error.
#[derive(Debug, Clone, Copy)]
struct Estimate {
    value: f64,
    error: f64,
}

impl Estimate {
    /// The ratio of two independent estimates, its error by the delta method; `None` where the whole is 0.
    fn over(self, whole: Self) -> Option<Self> {
        let value = (whole.value > 0.0).then(|| self.value / whole.value)?;
        Some(Self { value, error: (self.error / whole.value).hypot(value * whole.error / whole.value) })
    }
}

impl std::iter::Sum for Estimate {
    /// Of independent estimates.
    fn sum<I: Iterator<Item = Self>>(estimates: I) -> Self {
        estimates.fold(Self { value: 0.0, error: 0.0 }, |sum, next| Self {
            value: sum.value + next.value,
            error: sum.error.hypot(next.error),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::Source;

    const SAMPLING: Source = Source::Sampling;
    const RULE: Source = Source::Rule;

    fn count(values: &[u32]) -> Distribution {
        Distribution::new(Some(9), values.to_vec())
    }

    fn decompose(together: &[u32], sampling: &[u32], rule: &[u32]) -> Decomposition {
        let both = [SAMPLING, RULE].into_iter().collect();
        let (sampling, rule) = (count(sampling), count(rule));
        Decomposition::new(
            (both, &count(together)),
            &[(Varying::only(SAMPLING), &sampling), (Varying::only(RULE), &rule)],
        )
    }

    #[test]
    fn a_source_that_suffices_alone_overlaps() {
        let found = decompose(&[8, 12], &[9, 11], &[8, 12]);
        assert_eq!((found.together.variance, found.together.shift), (Some(8.0), Some(1.0)));
        assert_eq!(found.alone.iter().map(|part| part.share).collect::<Vec<_>>(), [Some(0.25), Some(1.0)]);
        assert_eq!(found.remainder, Some(-0.25));
    }

    /// Var of {8, 12} = 8 +- e: m4 = 16, e^2 = (16 + 64) / 2. Var of {9, 11} = 2: m4 = 1, e^2 = (1 + 4) / 2.
    #[test]
    fn errors_of_shares_by_the_delta_method() {
        let found = decompose(&[8, 12], &[9, 11], &[9, 11]);
        let whole: f64 = 40.0 / 64.0;
        let part = 2.5 / 64.0;
        let close =
            |found: Option<f64>, square: f64| assert!((found.unwrap().powi(2) - square).abs() < 1e-12);
        close(found.together.variance_error, 40.0);
        close(found.alone[0].share_error, part + whole * 0.25 * 0.25);
        close(found.remainder_error, 2.0 * part + whole * 0.5 * 0.5);
        assert_eq!(found.remainder, Some(0.5));
    }

    #[test]
    fn what_only_happens_together_is_left_over() {
        assert_eq!(decompose(&[8, 12], &[9, 11], &[9, 9]).remainder, Some(0.75));
    }

    #[test]
    fn one_source_has_it_all() {
        let sampling = count(&[8, 9, 12]);
        let found = Decomposition::new((Varying::only(SAMPLING), &sampling), &[]);
        assert_eq!(found.alone.as_slice(), std::slice::from_ref(&found.together));
        assert_eq!((found.alone[0].share, found.alone[0].share_error), (Some(1.0), Some(0.0)));
        assert_eq!((found.remainder, found.remainder_error), (Some(0.0), Some(0.0)));
    }

    #[test]
    fn a_count_that_never_varies_has_no_shares() {
        let found = decompose(&[9, 9], &[9, 9], &[9, 9]);
        assert_eq!((found.together.variance, found.together.share), (Some(0.0), None));
        assert_eq!((found.alone[0].share, found.remainder), (None, None));
    }

    #[test]
    fn too_few_replicates_tell_no_variance() {
        let found = decompose(&[10], &[], &[9]);
        assert_eq!((found.together.shift, found.together.variance), (Some(1.0), None));
        assert_eq!((found.alone[0].mean, found.alone[0].replicates), (None, 0));
        assert_eq!((found.remainder, found.remainder_error), (None, None));
    }

    #[test]
    fn without_all_sources_there_is_no_remainder() {
        let (both, sampling) = (count(&[8, 12]), count(&[9, 11]));
        let set = [SAMPLING, RULE].into_iter().collect();
        let found = Decomposition::new((set, &both), &[(Varying::only(SAMPLING), &sampling)]);
        assert_eq!((found.alone.len(), found.alone[0].share, found.remainder), (1, Some(0.25), None));
        let nothing = Decomposition::new((Varying::NOTHING, &both), &[]);
        assert_eq!((nothing.alone.len(), nothing.remainder), (0, None));
    }

    proptest! {
        /// Every step of one source with every step of the other: counts add up, and so do variances.
        #[test]
        fn independent_sources_that_add_up_leave_nothing(
            sampling in proptest::collection::vec(0..20u32, 2..7),
            rule in proptest::collection::vec(0..20u32, 2..7),
        ) {
            let pairs: Vec<(u32, u32)> =
                sampling.iter().flat_map(|&s| rule.iter().map(move |&r| (s, r))).collect();
            let of = |count: fn(&(u32, u32)) -> u32| pairs.iter().map(count).collect::<Vec<u32>>();
            let found = decompose(&of(|(s, r)| s + r), &of(|(s, _)| *s), &of(|(_, r)| *r));
            prop_assert_eq!(found.remainder.is_none(), found.together.variance == Some(0.0));
            prop_assert!(found.remainder.is_none_or(|remainder| remainder.abs() < 1e-9));
        }
    }
}
