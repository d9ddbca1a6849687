//! What a figure is made of.

/// Amounts are held as whole millionths, as in the job cube, so that sums are exact and do not depend on their order.
const PARTS: f64 = 1e6;
/// Largest amount of one contributor: money of a whole country fits, and so do its millionths into what engines count them in.
const LARGEST: f64 = 9e12;
/// Largest sum of amounts.
const LARGEST_SUM: f64 = 1e21;
/// How many of the largest contributions are kept.
pub const KEPT: usize = 3;

/// How many contributors a figure has, what they add up to, and the largest of them.
///
/// Contributors are establishments, firms, persons or invoices: whatever must not be told apart. Two figures merge into the
/// one of both as long as no contributor is in both; merging is commutative and associative. Amounts are sizes: of money that goes
/// both ways, take each contributor's without its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Contributions {
    count: u64,
    total: i128,
    largest: [i128; KEPT],
}

/// Why numbers cannot be the contributions to one figure.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum ContributionsError {
    /// Negative, not finite or too large.
    #[error("{0} is not an amount: it lies within 0 and 9 * 10^12 for each contributor")]
    Amount(f64),
    /// More large contributors than contributors, or in the wrong order.
    #[error("the largest contributions are not in falling order, or are more than the {0} contributors")]
    Order(u64),
    /// The parts do not fit the whole.
    #[error("{count} contributors whose largest add up to {largest} cannot have {total} in all")]
    Total {
        /// Contributors.
        count: u64,
        /// Sum of the largest.
        largest: f64,
        /// The total.
        total: f64,
    },
}

impl Contributions {
    /// One contributor.
    pub fn one(amount: f64) -> Result<Self, ContributionsError> {
        let parts = parts(amount)?;
        Ok(Self { count: 1, total: parts, largest: [parts, 0, 0] })
    }

    /// So many contributors of one each: persons.
    pub fn persons(count: u64) -> Self {
        let one = PARTS as i128;
        let largest = std::array::from_fn(|at| if (at as u64) < count { one } else { 0 });
        Self { count, total: i128::from(count) * one, largest }
    }

    /// Something of which nobody knows who stands behind it: no contributor is counted, and yet it is not empty, so it is never safe by
    /// itself and adds nobody to a sum.
    pub fn unknown() -> Self {
        Self { count: 0, total: 1, largest: [0; KEPT] }
    }

    /// From a table that tells the number of contributors, their total, and the largest of them in falling order (0 where
    /// there are fewer).
    ///
    /// # Errors
    /// What contradicts itself: with up to three contributors the largest are all of them, and none of the others is larger
    /// than the third. Each contributor may be off by a millionth, and a total by the last bits of a large number.
    pub fn new(count: u64, total: f64, largest: [f64; KEPT]) -> Result<Self, ContributionsError> {
        let [first, second, third] = largest;
        let whole = Self {
            count,
            total: if (0.0..=LARGEST_SUM).contains(&total) {
                (total * PARTS).round() as i128
            } else {
                return Err(ContributionsError::Amount(total));
            },
            largest: [parts(first)?, parts(second)?, parts(third)?],
        };
        let known = whole.largest.iter().filter(|&&part| part > 0).count() as u64;
        if !whole.largest.is_sorted_by(|a, b| a >= b) || known > count {
            return Err(ContributionsError::Order(count));
        }
        let sum = whole.largest_sum(KEPT);
        let slack = i128::from(count) + 1 + (whole.total >> 50);
        let others = i128::from(count.saturating_sub(KEPT as u64)) * whole.largest[KEPT - 1];
        if !(sum - slack..=sum + others + slack).contains(&whole.total) {
            return Err(ContributionsError::Total { count, largest: sum as f64 / PARTS, total });
        }
        Ok(whole)
    }

    /// Number of contributors.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their sum, in millionths.
    pub fn parts(&self) -> i128 {
        self.total
    }

    /// Their sum.
    pub fn total(&self) -> f64 {
        self.total as f64 / PARTS
    }

    /// Sum of the `units` largest, in millionths; at most [`KEPT`] of them are known.
    pub fn largest_sum(&self, units: usize) -> i128 {
        self.largest.iter().take(units).fold(0, |sum, &part| sum.saturating_add(part))
    }

    /// Whether nobody contributes, and nothing is there either.
    pub fn is_empty(&self) -> bool {
        self.count == 0 && self.total == 0
    }

    /// The contributions to the sum of two figures that have no contributor in common.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        let mut both = [0; 2 * KEPT];
        both[..KEPT].copy_from_slice(&self.largest);
        both[KEPT..].copy_from_slice(&other.largest);
        both.sort_unstable_by(|a, b| b.cmp(a));
        Self {
            count: self.count.saturating_add(other.count),
            total: self.total.saturating_add(other.total),
            largest: std::array::from_fn(|at| both[at]),
        }
    }
}

impl std::iter::Sum for Contributions {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Self::merge)
    }
}

fn parts(amount: f64) -> Result<i128, ContributionsError> {
    if (0.0..=LARGEST).contains(&amount) {
        Ok((amount * PARTS).round() as i128)
    } else {
        Err(ContributionsError::Amount(amount))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(amounts: &[f64]) -> Contributions {
        amounts.iter().map(|&amount| Contributions::one(amount).unwrap()).sum()
    }

    #[test]
    fn the_three_largest_are_kept() {
        let all = of(&[1.0, 7.0, 3.0, 5.0]);
        assert_eq!((all.count(), all.total()), (4, 16.0));
        assert_eq!(
            [1, 2, 3, 4].map(|units| all.largest_sum(units)),
            [7e6, 12e6, 15e6, 15e6].map(|x| x as i128)
        );
        assert_eq!(Contributions::new(4, 16.0, [7.0, 5.0, 3.0]), Ok(all));
        assert_eq!(Contributions::persons(2), of(&[1.0, 1.0]));
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        for (count, total, largest) in [
            (2, 9.0, [5.0, 3.0, 0.0]),
            (2, 8.0, [3.0, 5.0, 0.0]),
            (1, 8.0, [5.0, 3.0, 0.0]),
            (4, 20.0, [7.0, 5.0, 3.0]),
            (4, 14.0, [7.0, 5.0, 3.0]),
            (1, f64::NAN, [1.0, 0.0, 0.0]),
            (1, -1.0, [0.0; 3]),
            (0, 1.0, [0.0; 3]),
        ] {
            assert!(Contributions::new(count, total, largest).is_err(), "{count} {total} {largest:?}");
        }
        assert!(Contributions::one(f64::INFINITY).is_err());
        assert_eq!(Contributions::new(0, 0.0, [0.0; 3]), Ok(Contributions::default()));
    }

    #[test]
    fn amounts_of_money_are_held_and_larger_ones_refused() {
        let trade = Contributions::new(3, 3_000_000_002.0, [3e9, 1.0, 1.0]).unwrap();
        assert_eq!(trade.parts() - trade.largest_sum(1), 2_000_000);
        // The last bits of a large total are rounded.
        assert!(Contributions::new(3, 3e12 + 0.000_1, [1e12; 3]).is_ok());
        assert!(Contributions::one(9.3e12).is_err());
        let all: Contributions = std::iter::repeat_n(Contributions::one(9e12).unwrap(), 1000).sum();
        assert_eq!(all.total(), 9e15);
    }

    #[test]
    fn what_nobody_is_known_behind_is_not_nothing() {
        let unknown = Contributions::unknown();
        assert!(!unknown.is_empty() && Contributions::persons(0).is_empty());
        assert_eq!(unknown.merge(Contributions::persons(4)).count(), 4);
    }

    proptest! {
        #[test]
        fn merging_does_not_depend_on_order(amounts in prop::collection::vec(0.0..1e6, 0..12), cut in 0usize..12) {
            let cut = cut.min(amounts.len());
            let (left, right) = amounts.split_at(cut);
            let (a, b) = (of(left), of(right));
            prop_assert_eq!(a.merge(b), b.merge(a));
            prop_assert_eq!(a.merge(b), of(&amounts));
            let mut backwards = amounts.clone();
            backwards.reverse();
            prop_assert_eq!(of(&backwards), of(&amounts));
            let c = of(&[42.0]);
            prop_assert_eq!(a.merge(b).merge(c), a.merge(b.merge(c)));
        }
    }
}
