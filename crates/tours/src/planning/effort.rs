//! How long is looked for the best.

use crate::plan::Plan;

/// How to plan.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// The seed of all that is random. The same tour, seed, start and iterations give the same plan, unless time ends first.
    pub seed: u64,
    /// The most iterations of each search; none is needed where the best can be proven. Where several choices of bases are tried, the searches
    /// for each are shorter.
    pub iterations: u64,
    /// Tells the share of the allowed time that is spent; from 1 on the best found so far is the answer.
    pub spent: Option<&'a dyn Fn() -> f64>,
    /// A plan to improve. The answer is no worse if it keeps to everything; what does not fit is left out of it.
    pub start: Option<&'a Plan>,
}

impl Default for Options<'_> {
    /// Seed 1, 4,000 iterations, no limit of time, no start.
    fn default() -> Self {
        Self { seed: 1, iterations: 4_000, spent: None, start: None }
    }
}

impl Options<'_> {
    /// Works with the time that is left shared equally with works still to come.
    pub(crate) fn share<T>(&self, to_come: usize, work: impl FnOnce(Options) -> T) -> T {
        Effort::of(self)
            .share(self.iterations, to_come, |effort| work(Options { spent: effort.spent, ..*self }))
    }
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("seed", &self.seed)
            .field("iterations", &self.iterations)
            .field("spent", &self.spent.map(|spent| spent()))
            .field("start", &self.start)
            .finish()
    }
}

/// What one search may take.
#[derive(Clone, Copy)]
pub(super) struct Effort<'a> {
    pub seed: u64,
    pub iterations: u64,
    pub spent: Option<&'a dyn Fn() -> f64>,
}

impl<'a> Effort<'a> {
    pub fn of(options: &Options<'a>) -> Self {
        Self { seed: options.seed, iterations: options.iterations.max(1), spent: options.spent }
    }

    /// Works with at most so many iterations, and with the time that is left shared equally with those still to come.
    pub fn share<T>(&self, iterations: u64, to_come: usize, work: impl FnOnce(Effort) -> T) -> T {
        let iterations = iterations.clamp(1, self.iterations);
        let Some(spent) = self.spent else { return work(Effort { iterations, ..*self }) };
        let began = spent();
        let share = (1.0 - began) / to_come.max(1) as f64;
        let of_share = || if share > 0.0 { (spent() - began) / share } else { 1.0 };
        work(Effort { seed: self.seed, iterations, spent: Some(&of_share) })
    }
}
