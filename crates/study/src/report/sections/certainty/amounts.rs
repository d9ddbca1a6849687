//! So many times of so many, and intervals no finer than they are known.

use distretto_certainty::{Distribution, Frequency, Interval, Sample};

use crate::report::numbers::{NONE, THIN, count, decimal};

/// `812 of 1 000`.
pub(super) fn times(share: f64, redraws: usize) -> String {
    let n = redraws as f64;
    format!("{} of {}", count((share * n).round()), count(n))
}

/// The same of a frequency; a dash of nothing.
pub(super) fn frequency(frequency: Frequency) -> String {
    if frequency.of == 0 {
        return NONE.to_owned();
    }
    format!("{} of {}", count(f64::from(frequency.times)), count(f64::from(frequency.of)))
}

/// A share as a whole percentage: redraws seldom support more. Only all is 100 %, and only none 0 %.
pub(super) fn per_cent(share: f64) -> String {
    // Sums of weights need not add up to the last digit.
    let (least, most) = (1e-9, 1.0 - 1e-9);
    if (0.995..most).contains(&share) {
        return format!("more than 99{THIN}%");
    }
    if share > least && share < 0.005 {
        return format!("less than 1{THIN}%");
    }
    format!("{}{THIN}%", decimal(100.0 * share, 0))
}

/// `36 to 39`; `36` where both ends are the same; a dash without redraws.
pub(super) fn interval(counts: &Distribution, level: f64) -> String {
    whole(counts.interval(level))
}

/// An interval of whole numbers, in full.
pub(super) fn whole(interval: Option<Interval<u32>>) -> String {
    interval.map_or_else(|| NONE.to_owned(), |Interval { from, to }| ends(f64::from(from), f64::from(to)))
}

/// An interval of amounts, rounded to about a tenth of its width.
pub(super) fn rounded(sample: &Sample<f64>, level: f64) -> String {
    let Some(Interval { from, to }) = sample.interval(level) else { return NONE.to_owned() };
    let step = 10f64.powf(((to - from) / 10.0).max(1.0).log10().floor());
    ends((from / step).round() * step, (to / step).round() * step)
}

fn ends(from: f64, to: f64) -> String {
    let [from, to] = [from, to].map(count);
    if from == to { from } else { format!("{from} to {to}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_no_finer_than_they_are_wide() {
        let sample = Sample::new([12_345.0, 13_000.0, 18_900.0]);
        assert_eq!(rounded(&sample, 0.8), "12\u{202f}300 to 18\u{202f}900");
        assert_eq!(rounded(&Sample::new([7.0, 7.0]), 0.8), "7");
        assert_eq!(rounded(&Sample::new([]), 0.8), NONE);
        assert_eq!(whole(Some(Interval { from: 3, to: 5 })), "3 to 5");
    }

    #[test]
    fn only_all_is_all_and_only_none_is_none() {
        let told = [0.0, 0.001, 0.006, 0.994, 0.998, 1.0 - 1e-12, 1.0].map(per_cent);
        let expected = ["0 %", "less than 1 %", "1 %", "99 %", "more than 99 %", "100 %", "100 %"];
        assert_eq!(told, expected.map(|text| text.replace(" %", "\u{202f}%")));
    }

    #[test]
    fn shares_become_times() {
        assert_eq!(times(0.812, 1_000), "812 of 1\u{202f}000");
        assert_eq!(frequency(Frequency { times: 0, of: 0 }), NONE);
    }
}
