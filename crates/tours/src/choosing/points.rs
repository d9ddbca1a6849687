//! Whole numbers of points.

/// `amount × part / whole`, rounded down; 0 where `whole` is 0. What exceeds 64 bits is their largest number.
pub(super) fn share(amount: u32, part: u64, whole: u64) -> i64 {
    let points = (u128::from(amount) * u128::from(part)).checked_div(u128::from(whole)).unwrap_or(0);
    i64::try_from(points).unwrap_or(i64::MAX)
}

/// A probability as a whole number of thousandths, the nearest; `None` where it is none.
pub(super) fn per_mille(probability: f64) -> Option<u32> {
    (0.0..=1.0).contains(&probability).then(|| (probability * 1000.0).round() as u32)
}

/// `first`, then each time `per_cent` of the one before, rounded down; at most `most` of them, none that is 0. More than 100 per cent
/// are taken as 100, so that gains never increase.
pub(super) fn fading(first: i64, per_cent: u32, most: usize) -> Vec<i64> {
    let next = |gain: &i64| Some(share(per_cent.min(100), gain.unsigned_abs(), 100));
    std::iter::successors(Some(first), next).take_while(|&gain| gain > 0).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_down() {
        assert_eq!(share(40, 2, 3), 26);
        assert_eq!(share(40, 2, 0), 0);
        assert_eq!(share(u32::MAX, u64::MAX, 1), i64::MAX);
    }

    #[test]
    fn gains_fade_to_nothing_and_never_grow() {
        assert_eq!(fading(30, 50, 9), [30, 15, 7, 3, 1]);
        assert_eq!(fading(30, 50, 2), [30, 15]);
        assert_eq!(fading(30, 100, 3), [30, 30, 30]);
        assert_eq!(fading(30, 150, 3), [30, 30, 30]);
        assert_eq!(fading(30, 0, 3), [30]);
        assert_eq!(fading(0, 50, 3), [0; 0]);
    }

    #[test]
    fn what_is_no_probability_has_no_thousandths() {
        assert_eq!([0.0, 0.8765, 1.0].map(per_mille), [Some(0), Some(877), Some(1000)]);
        assert_eq!([-0.1, 1.1, f64::NAN].map(per_mille), [None; 3]);
    }
}
