//! When a figure tells too much of one contributor.

use crate::contributions::{Contributions, KEPT};

/// Minimum frequency and dominance. A figure without contributors is an open zero and safe; one that is there without any
/// contributor known has too few.
///
/// Source: Hundepool et al. (2012), *Statistical Disclosure Control*, Wiley, ch. 4, DOI 10.1002/9781118348239.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// A figure has at least so many contributors; 1 and more.
    pub minimum: u32,
    /// How many of the largest contributors are taken together, 1 to 3.
    pub dominance_units: u8,
    /// They hold at most this share of the figure, above 0 and up to 1; 1 allows any share.
    pub dominance_share: f64,
}

impl Default for Rule {
    fn default() -> Self {
        Self { minimum: 3, dominance_units: 2, dominance_share: 0.85 }
    }
}

/// A rule that is none.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum RuleError {
    /// The minimum is 0.
    #[error("`minimum` is 0; a figure needs at least 1 contributor")]
    Minimum,
    /// The number of large contributors is not kept.
    #[error("`dominance_units` is {0}; it must be 1, 2 or 3")]
    Units(u8),
    /// The share is none.
    #[error("`dominance_share` is {0}; it must be above 0 and at most 1")]
    Share(f64),
}

/// Why a figure is unsafe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unsafe {
    /// It is not empty, and has fewer contributors than the minimum.
    TooFew,
    /// Its largest contributors hold too large a share of it.
    Dominated,
}

impl Unsafe {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::TooFew => "too few contributors",
            Self::Dominated => "dominated by its largest contributors",
        }
    }
}

impl Rule {
    /// Refuses numbers that are no rule.
    pub fn check(&self) -> Result<(), RuleError> {
        if self.minimum == 0 {
            return Err(RuleError::Minimum);
        }
        if self.dominance_units == 0 || usize::from(self.dominance_units) > KEPT {
            return Err(RuleError::Units(self.dominance_units));
        }
        if !(self.dominance_share > 0.0 && self.dominance_share <= 1.0) {
            return Err(RuleError::Share(self.dominance_share));
        }
        Ok(())
    }

    /// Why a figure of these contributions may not be published; `None` where it may.
    pub fn judge(&self, contributions: &Contributions) -> Option<Unsafe> {
        if contributions.is_empty() {
            return None;
        }
        if contributions.count() < u64::from(self.minimum) {
            return Some(Unsafe::TooFew);
        }
        let largest = contributions.largest_sum(usize::from(self.dominance_units)) as f64;
        (largest > self.dominance_share * contributions.parts() as f64).then_some(Unsafe::Dominated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(amounts: &[f64]) -> Option<Unsafe> {
        Rule::default().judge(&amounts.iter().map(|&amount| Contributions::one(amount).unwrap()).sum())
    }

    #[test]
    fn few_and_dominated_are_unsafe_and_nobody_is_safe() {
        assert_eq!(judged(&[]), None);
        assert_eq!(judged(&[5.0]), Some(Unsafe::TooFew));
        assert_eq!(judged(&[0.0, 0.0]), Some(Unsafe::TooFew), "two units without jobs are two units");
        assert_eq!(judged(&[1.0, 1.0, 1.0]), None);
        assert_eq!(judged(&[80.0, 5.0, 15.0]), Some(Unsafe::Dominated), "95 of 100");
        assert_eq!(judged(&[70.0, 15.0, 15.0]), None, "exactly 85 of 100");
        assert_eq!(judged(&[70.0, 15.1, 14.9]), Some(Unsafe::Dominated));
        assert_eq!(judged(&[0.0, 0.0, 0.0]), None);
        assert_eq!(Rule::default().judge(&Contributions::unknown()), Some(Unsafe::TooFew));
        assert_eq!(judged(&[3e9, 1.0, 1.0]), Some(Unsafe::Dominated), "money above a thousand million");
    }

    #[test]
    fn numbers_that_are_no_rule_are_refused() {
        let rule = Rule::default();
        assert_eq!(rule.check(), Ok(()));
        assert_eq!(Rule { minimum: 0, ..rule }.check(), Err(RuleError::Minimum));
        for units in [0, 4] {
            assert_eq!(Rule { dominance_units: units, ..rule }.check(), Err(RuleError::Units(units)));
        }
        for share in [0.0, -1.0, 1.1, f64::NAN] {
            assert!(Rule { dominance_share: share, ..rule }.check().is_err(), "{share}");
        }
    }
}
