//! Krugman's index of dissimilarity.

use crate::are_amounts;

/// `K = Σ |s_k - t_k|` with `s_k = x_k / Σ x` and `t_k = y_k / Σ y`: how much the industries of two areas differ.
///
/// `x` and `y` amounts by industry, in the same order, finite and not negative; the unit of each does not matter. The result
/// is from 0 (the same shares) to 2 (no industry in common); it is symmetric and obeys the triangle inequality. `None` where
/// one of the two adds up to 0, is of another length, or holds what is no amount. Cost: linear. Source: P. Krugman,
/// Geography and Trade (1991), with the shares of industries in manufacturing employment.
///
/// ```
/// # use distretto_measures::krugman;
/// assert_eq!(krugman(&[1.0, 3.0], &[30.0, 10.0]), Some(1.0));
/// assert_eq!(krugman(&[1.0, 0.0], &[0.0, 5.0]), Some(2.0));
/// ```
pub fn krugman(x: &[f64], y: &[f64]) -> Option<f64> {
    let (of_x, of_y) = (x.iter().sum::<f64>(), y.iter().sum::<f64>());
    let exist = |total: f64| total > 0.0 && total.is_finite();
    if !(x.len() == y.len() && are_amounts(x) && are_amounts(y) && exist(of_x) && exist(of_y)) {
        return None;
    }
    let differences = x.iter().zip(y).map(|(x, y)| (x / of_x - y / of_y).abs());
    Some(differences.sum::<f64>().min(2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let index = krugman(&[50.0, 30.0, 20.0], &[1.0, 1.0, 8.0]).unwrap();
        assert!((index - 1.2).abs() < 1e-15, "0.4 + 0.2 + 0.6");
    }

    #[test]
    fn size_does_not_matter_and_order_neither() {
        assert_eq!(krugman(&[2.0, 6.0], &[4.0, 12.0]), Some(0.0));
        let (a, b) = ([5.0, 0.0, 11.0], [2.0, 9.0, 1.0]);
        assert_eq!(krugman(&a, &b), krugman(&b, &a));
    }

    #[test]
    fn nothing_is_like_nothing() {
        assert_eq!(krugman(&[], &[]), None);
        assert_eq!(krugman(&[0.0, 0.0], &[1.0, 2.0]), None);
        assert_eq!(krugman(&[1.0, 2.0], &[0.0, 0.0]), None);
        assert_eq!(krugman(&[1.0], &[1.0, 2.0]), None);
        assert_eq!(krugman(&[-1.0, 2.0], &[1.0, 2.0]), None);
        assert_eq!(krugman(&[f64::NAN], &[1.0]), None);
    }
}
