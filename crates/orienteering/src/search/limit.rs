//! When to stop.

/// A limit on iterations, on time, or on both.
#[derive(Clone, Copy)]
pub(crate) struct Limit<'a> {
    iterations: Option<u64>,
    spent: Option<&'a dyn Fn() -> f64>,
    /// The share of the time at which it ends.
    until: f64,
}

impl<'a> Limit<'a> {
    pub fn new(iterations: Option<u64>, spent: Option<&'a dyn Fn() -> f64>) -> Self {
        Self { iterations, spent, until: 1.0 }
    }

    /// The same, with at most so many iterations.
    pub fn at_most(&self, iterations: u64) -> Self {
        let iterations = self.iterations.map_or(iterations, |own| own.min(iterations));
        Self { iterations: Some(iterations), ..*self }
    }

    /// The same, with half of the time.
    pub fn half_time(&self) -> Self {
        Self { until: self.until / 2.0, ..*self }
    }

    /// What is left of it after so many iterations.
    pub fn after(&self, iterations: u64) -> Self {
        Self { iterations: self.iterations.map(|own| own.saturating_sub(iterations)), ..*self }
    }

    /// The share of the limit that is used up: 1 or more is the end.
    pub fn share(&self, iterations: u64) -> f64 {
        let counted = match self.iterations {
            Some(0) => 1.0,
            Some(most) => iterations as f64 / most as f64,
            None => 0.0,
        };
        counted.max(self.time())
    }

    /// Whether time is limited.
    pub fn is_timed(&self) -> bool {
        self.spent.is_some()
    }

    /// The share of the time that is used up; a share that is not a number is the end.
    pub fn time(&self) -> f64 {
        self.spent.map_or(0.0, |spent| {
            let share = spent() / self.until;
            if share.is_nan() { 1.0 } else { share }
        })
    }
}
