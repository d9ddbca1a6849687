//! Numbers as a reader expects them; the unit is for the caller to say.

/// Narrow space that does not break: between groups of digits, and before a unit.
pub(super) const THIN: char = '\u{202f}';
/// What stands in a table where there is no value.
pub(super) const NONE: &str = "–";
const MINUS: char = '\u{2212}';

/// A whole number, thousands apart; an amount that only rounds to zero is `< 1`.
pub(super) fn count(value: f64) -> String {
    if value != 0.0 && value.abs() < 0.5 { "< 1".to_owned() } else { decimal(value, 0) }
}

/// A number with this many decimals, thousands apart.
pub(super) fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    let digits = format!("{:.places$}", value.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut text = String::new();
    if value < 0.0 && digits.bytes().any(|digit| digit.is_ascii_digit() && digit != b'0') {
        text.push(MINUS);
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(THIN);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// The same with its sign, also above zero.
pub(super) fn signed(value: f64, places: usize) -> String {
    let text = decimal(value, places);
    if value > 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
        format!("+{text}")
    } else {
        text
    }
}

/// A share in 0..=1 as a percentage with one decimal.
pub(super) fn percent(share: f64) -> String {
    format!("{}{THIN}%", decimal(100.0 * share, 1))
}

/// What there is, or a dash.
pub(super) fn or_none(value: Option<f64>, format: impl Fn(f64) -> String) -> String {
    value.filter(|value| value.is_finite()).map_or_else(|| NONE.to_owned(), format)
}

/// Size of a file.
pub(super) fn bytes(size: u64) -> String {
    match size {
        0..1_000 => format!("{size}{THIN}B"),
        1_000..1_000_000 => format!("{}{THIN}kB", decimal(size as f64 / 1e3, 0)),
        _ => format!("{}{THIN}MB", decimal(size as f64 / 1e6, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!((count(809.0), count(8092.0)), ("809".into(), "8\u{202f}092".into()));
        assert_eq!(count(19_244_289.4), "19\u{202f}244\u{202f}289");
        assert_eq!(decimal(-12_345.678, 1), "\u{2212}12\u{202f}345.7");
        assert_eq!(
            (decimal(-0.01, 1), signed(0.2, 1), signed(0.01, 1)),
            ("0.0".into(), "+0.2".into(), "0.0".into())
        );
    }

    #[test]
    fn zero_and_what_rounds_to_it_differ() {
        assert_eq!((count(0.0), count(0.3)), ("0".into(), "< 1".into()));
    }

    #[test]
    fn what_is_no_number_is_a_dash() {
        assert_eq!(
            [decimal(f64::NAN, 1), or_none(Some(f64::INFINITY), count), or_none(None, count)],
            [NONE; 3]
        );
    }

    #[test]
    fn sizes_of_files() {
        assert_eq!((bytes(999), bytes(2_083_064)), ("999\u{202f}B".into(), "2.1\u{202f}MB".into()));
    }
}
