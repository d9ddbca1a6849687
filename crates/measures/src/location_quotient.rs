//! The location quotient.

use crate::are_amounts;

/// `LQ = (E_is / E_i) / (E_s / E)`: the share of activity s in area i over its share in the nation.
///
/// `e_is` employees of s in i, `e_i` of all activities in i, `e_s` of s in the nation, `e` of all activities in the nation;
/// finite and not negative, in one unit. The result is 0 or more, without unit; above 1 the area is specialised.
///
/// `None` where the quotient does not exist: no jobs in the area, none in the activity, or none at all (0/0 is missing, not
/// 0 and not 1), or an argument that is no amount. Whole arguments whose products stay below 2^53 give the correctly rounded
/// quotient, so a share equal to the national one gives exactly 1. Source: P. S. Florence, Report on the Location of
/// Industry (1939).
///
/// ```
/// # use distretto_measures::location_quotient;
/// assert_eq!(location_quotient(30.0, 100.0, 100.0, 1000.0), Some(3.0));
/// assert_eq!(location_quotient(0.0, 0.0, 100.0, 1000.0), None);
/// ```
pub fn location_quotient(e_is: f64, e_i: f64, e_s: f64, e: f64) -> Option<f64> {
    let exists = are_amounts(&[e_is, e_i, e_s, e]) && e_i > 0.0 && e_s > 0.0 && e > 0.0;
    exists.then(|| (e_is * e) / (e_i * e_s)).filter(|quotient| quotient.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_textbook_value() {
        let quotient = location_quotient(1714.0, 79_006.0, 879_213.0, 15_593_224.0).unwrap();
        assert!((quotient - 0.384_762_342_3).abs() < 5e-11, "{quotient}");
    }

    #[test]
    fn a_table_of_regions_and_industries() {
        // Four regions (columns) of five; EconGeo, R1.
        let table = [
            [44.0, 63.0, 8.0, 83.0],
            [48.0, 42.0, 10.0, 1.0],
            [74.0, 54.0, 96.0, 16.0],
            [39.0, 26.0, 28.0, 13.0],
            [89.0, 61.0, 45.0, 76.0],
        ];
        let all: f64 = table.iter().flatten().sum();
        let row: f64 = table[0].iter().sum();
        let expected = [0.692_365_84, 1.184_774_58, 0.197_914_98, 2.031_639_143];
        for (industry, expected) in expected.into_iter().enumerate() {
            let column: f64 = table.iter().map(|row| row[industry]).sum();
            let quotient = location_quotient(table[0][industry], row, column, all).unwrap();
            assert!((quotient - expected).abs() < 5e-9, "{quotient} {expected}");
        }
    }

    #[test]
    fn nothing_over_nothing_is_missing_and_nothing_over_something_is_zero() {
        assert_eq!(location_quotient(0.0, 0.0, 1.0, 2.0), None);
        assert_eq!(location_quotient(0.0, 1.0, 0.0, 2.0), None);
        assert_eq!(location_quotient(0.0, 0.0, 0.0, 0.0), None);
        assert_eq!(location_quotient(0.0, 1.0, 1.0, 2.0), Some(0.0));
        assert_eq!(location_quotient(f64::NAN, 1.0, 1.0, 2.0), None);
        assert_eq!(location_quotient(-1.0, 1.0, 1.0, 2.0), None);
    }

    #[test]
    fn the_national_share_gives_exactly_one() {
        assert_eq!(location_quotient(7.0, 21.0, 1_000_003.0, 3_000_009.0), Some(1.0));
    }
}
