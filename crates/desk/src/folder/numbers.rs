//! Whole numbers and sums of money within their ranges.

use distretto_study::fault::{Code, Fault, Result};

/// Most minutes of anything: a week.
pub(crate) const MOST_MINUTES: i64 = 7 * 24 * 60;
/// Most of anything that is counted.
pub(crate) const MOST: i64 = 1_000_000;
/// The largest sum of money, in units.
const MOST_MONEY: f64 = 1e12;

/// A number of a key within a range.
pub(crate) fn within(code: Code, key: &str, value: i64, least: i64, most: i64) -> Result<u32> {
    u32::try_from(value).ok().filter(|_| (least..=most).contains(&value)).ok_or_else(|| {
        Fault::new(code, format!("`{key} = {value}` is out of range"))
            .in_column(key)
            .hint(format!("it takes whole numbers from {least} to {most}"))
    })
}

/// Minutes above 0.
pub(super) fn minutes(key: &str, value: i64) -> Result<u32> {
    within(Code::TourMinutes, key, value, 1, MOST_MINUTES)
}

/// A sum of money in hundredths, from units with at most two decimals.
pub(super) fn hundredths(key: &str, value: f64) -> Result<u64> {
    let hundredths = (value * 100.0).round();
    let is_whole = (value * 100.0 - hundredths).abs() < 1e-6 * hundredths.abs().max(1.0);
    if (0.0..=MOST_MONEY).contains(&value) && is_whole {
        return Ok(hundredths as u64);
    }
    Err(Fault::new(Code::TourValue, format!("`{key} = {value}` is not a sum of money"))
        .in_column(key)
        .hint("give units of the currency with at most two decimals, such as 12.50"))
}

/// A sum of money in hundredths, from a text of units with at most two decimals.
pub(super) fn hundredths_of(text: &str, mark: char) -> Option<u64> {
    let (units, decimals) = text.split_once(mark).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if units.is_empty() || units.len() > 12 || decimals.len() > 2 || !digits(units) || !digits(decimals) {
        return None;
    }
    format!("{units}{decimals:0<2}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact_to_the_hundredth() {
        assert_eq!((hundredths("cost", 640.5).unwrap(), hundredths("cost", 0.29).unwrap()), (64050, 29));
        for none in [-1.0, 0.125, f64::NAN, f64::INFINITY, 1e13] {
            assert_eq!(hundredths("cost", none).unwrap_err().code, Code::TourValue);
        }
        assert_eq!(hundredths_of("12.5", '.'), Some(1250));
        assert_eq!(hundredths_of("12,05", ','), Some(1205));
        assert_eq!(hundredths_of("12", '.'), Some(1200));
        for none in ["", ".5", "-1", "1.234", "1,5", "12 EUR", "1e3", "9999999999999"] {
            assert_eq!(hundredths_of(none, '.'), None, "{none}");
        }
    }
}
