//! Surplus employment, the location quotient "in absolute value".

use crate::are_amounts;

/// `P = E_is - E_i E_s / E`: jobs of activity s in area i above what the national share of s would give it.
///
/// Arguments as in [`location_quotient`](crate::location_quotient()). The result is in jobs, from `-E_i` to `E_is`; it is above 0
/// exactly where the quotient is above 1. `None` where the nation has no jobs, or an argument is no amount; an area without
/// jobs has no surplus (0). Whole arguments whose products stay below 2^53 give the correctly rounded value, so equal surpluses
/// compare as equal. Source: the prevalence index of Sforzi-ISTAT (2006), as read from R. Boix (2008), Annex 1, where
/// it is "the location quotient in absolute value".
///
/// ```
/// # use distretto_measures::surplus_employment;
/// assert_eq!(surplus_employment(30.0, 100.0, 100.0, 1000.0), Some(20.0));
/// ```
pub fn surplus_employment(e_is: f64, e_i: f64, e_s: f64, e: f64) -> Option<f64> {
    let exists = are_amounts(&[e_is, e_i, e_s, e]) && e > 0.0;
    exists.then(|| (e_is * e - e_i * e_s) / e).filter(|surplus| surplus.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_add_up_to_no_surplus() {
        let area = |e_is, e_i| surplus_employment(e_is, e_i, 60.0, 240.0).unwrap();
        assert_eq!([area(40.0, 80.0), area(20.0, 160.0)], [20.0, -20.0]);
    }

    #[test]
    fn without_a_nation_there_is_none() {
        assert_eq!(surplus_employment(0.0, 0.0, 0.0, 0.0), None);
        assert_eq!(surplus_employment(0.0, 0.0, 1.0, 2.0), Some(0.0));
        assert_eq!(surplus_employment(f64::INFINITY, 1.0, 1.0, 2.0), None);
    }
}
