//! Summaries of a column of numbers, as R gives them.

/// Minimum, quartiles, mean and maximum of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// Smallest value.
    pub min: f64,
    /// First quartile.
    pub q1: f64,
    /// Median.
    pub median: f64,
    /// Arithmetic mean.
    pub mean: f64,
    /// Third quartile.
    pub q3: f64,
    /// Largest value.
    pub max: f64,
}

impl Summary {
    /// Summarises a column; `None` if it is empty. Cost: n log n.
    pub fn of(values: &[f64]) -> Option<Self> {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        Some(Self {
            min: quantile(&sorted, 0.0)?,
            q1: quantile(&sorted, 0.25)?,
            median: quantile(&sorted, 0.5)?,
            mean: mean(values)?,
            q3: quantile(&sorted, 0.75)?,
            max: quantile(&sorted, 1.0)?,
        })
    }
}

/// Quantile `p` in 0..=1 of an ascending column, interpolated linearly between the order statistics at
/// (n-1)p: type 7 of Hyndman & Fan (1996), R's default. `None` if the column is empty.
pub fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let place = (sorted.len().checked_sub(1)? as f64) * p;
    let below = place.floor() as usize;
    let low = *sorted.get(below)?;
    let high = sorted.get(below + 1).copied().unwrap_or(low);
    Some(low + (place - place.floor()) * (high - low))
}

/// Arithmetic mean; `None` if the column is empty.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Sample standard deviation (n - 1); `None` below two values.
pub fn standard_deviation(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (values.len() > 1).then(|| (squares / (values.len() - 1) as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_interpolate_as_r_does() {
        let summary = Summary::of(&[4.0, 1.0, 2.0, 10.0]).unwrap();
        assert_eq!((summary.q1, summary.median, summary.q3), (1.75, 3.0, 5.5));
        assert_eq!((summary.min, summary.mean, summary.max), (1.0, 4.25, 10.0));
        assert_eq!(Summary::of(&[]), None);
        assert_eq!(standard_deviation(&[1.0]), None);
        assert_eq!(standard_deviation(&[1.0, 3.0]), Some(2f64.sqrt()));
    }
}
