//! The search: take visits out, put others in, and keep what is better, or not much worse as long as it is early
//! ("slack induction by string removals", Christiaens and Vanden Berghe 2020, made to choose visits).

mod chance;
mod draft;
mod grid;
mod limit;
mod path;
mod recreate;
mod ruin;

pub(crate) use limit::Limit;

use crate::problem::Problem;
use crate::solution::{Plan, Rank};
use chance::Chance;
use draft::Draft;
use grid::Grid;
use recreate::{Bench, Order, recreate};
use ruin::Ruin;

/// What the search found.
pub(crate) struct Found {
    pub plan: Plan,
    pub rank: Rank,
    /// The iterations that it took.
    pub iterations: u64,
}

/// The best plan that is found within the limit. No worse than the start.
pub(crate) fn run(problem: &Problem, seed: u64, limit: &Limit, start: Option<&[Vec<usize>]>) -> Found {
    let grid = Grid::new(problem);
    let mut bench = Bench::default();
    let mut chance = Chance::new(seed);
    let nothing = vec![Vec::new(); problem.routes().len()];
    let plan = start.unwrap_or(&nothing);
    let mut current = Draft::new(problem, &grid, plan, &mut bench.memory);
    let mut trial = Draft::new(problem, &grid, plan, &mut bench.memory);
    let mut best = Draft::new(problem, &grid, plan, &mut bench.memory);
    let mut best_rank = best.rank();
    let mut energy = energy_of(&current);
    let heat = Heat::new(problem);
    let ruin = Ruin { average: 10, longest: 10 };
    let mut iterations = 0;
    loop {
        let share = limit.share(iterations);
        if share >= 1.0 {
            break;
        }
        iterations += 1;
        let temperature = heat.at(share);
        trial.copy(&current);
        ruin.apply(&grid, &mut trial, &mut chance, &mut bench.memory);
        let order = match chance.below(10) {
            0..4 => Order::Random,
            4..6 => Order::Value,
            6..8 => Order::Worth,
            8 => Order::Tight,
            _ => Order::Early,
        };
        recreate(&grid, &mut trial, order, &mut chance, &mut bench);
        let found = energy_of(&trial);
        if found < energy - temperature * libm::log(chance.share()) {
            let rank = trial.rank();
            if rank < best_rank {
                best_rank = rank;
                best.copy(&trial);
            }
            std::mem::swap(&mut current, &mut trial);
            energy = found;
        }
    }
    Found { plan: best.plan(), rank: best_rank, iterations }
}

/// What the annealing goes by: the lower, the better.
fn energy_of(draft: &Draft) -> f64 {
    draft.shortfall() as f64 * 1e6 - draft.tally.value() as f64 + draft.travel() as f64 * 1e-4
}

/// How much worse a plan may be to be gone on from.
struct Heat {
    first: f64,
    last: f64,
}

impl Heat {
    fn new(problem: &Problem) -> Self {
        let values: i64 = problem.sites().iter().map(|site| site.value).sum();
        let mean = values as f64 / problem.sites().len().max(1) as f64;
        let env = |k: &str, d: f64| std::env::var(k).ok().and_then(|v| v.parse().ok()).unwrap_or(d);
        Self { first: env("T0", 0.5) * mean, last: env("T1", 0.02) * mean }
    }

    /// Falls from the first to the last by equal factors.
    fn at(&self, share: f64) -> f64 {
        self.first * libm::pow(self.last / self.first, share)
    }
}
