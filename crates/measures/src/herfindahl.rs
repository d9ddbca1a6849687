//! The Herfindahl index.

use crate::are_amounts;

/// `H = Σ s_k²` with `s_k = x_k / Σ x`: the concentration of an amount over its n parts.
///
/// `amounts` finite and not negative, in one unit. The result is from 1/n (equal parts) to 1 (one part has all). `None` where
/// the amounts add up to 0, or one is no amount. Cost: linear. Source: O. C. Herfindahl (1950).
///
/// ```
/// # use distretto_measures::herfindahl;
/// assert_eq!(herfindahl(&[2.0, 2.0]), Some(0.5));
/// ```
pub fn herfindahl(amounts: &[f64]) -> Option<f64> {
    let total: f64 = amounts.iter().sum();
    if !(are_amounts(amounts) && total > 0.0 && total.is_finite()) {
        return None;
    }
    let index = amounts.iter().map(|amount| (amount / total).powi(2)).sum();
    debug_assert!(index <= 1.0 + 1e-9, "Herfindahl index {index} is out of its range");
    Some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_textbook_value() {
        let index = herfindahl(&[20.0, 50.0, 20.0, 10.0]).unwrap();
        assert!((index - 0.34).abs() < 1e-15);
        assert!((1.0 / index - 2.941_176).abs() < 5e-7, "equivalent number");
    }

    #[test]
    fn nothing_has_no_concentration() {
        assert_eq!([herfindahl(&[]), herfindahl(&[0.0]), herfindahl(&[1.0, -1.0])], [None; 3]);
        assert_eq!(herfindahl(&[0.0, 3.0]), Some(1.0));
    }
}
