//! The search: take visits out, put others in, and keep what is better, or not much worse as long as it is early
//! ("slack induction by string removals", Christiaens and Vanden Berghe 2020, made to choose visits).

mod chance;
mod draft;
mod grid;
mod habit;
mod limit;
mod pairs;
mod path;
mod pool;
mod recreate;
mod ruin;

pub(crate) use limit::Limit;

use crate::problem::Problem;
use crate::solution::{Plan, Rank};
use chance::Chance;
use draft::Draft;
use grid::Grid;
use habit::Habit;
use pairs::insert_pair;
use pool::Pool;
use recreate::{Bench, WAYS, recreate};
use ruin::Ruin;

/// What the search found.
pub(crate) struct Found {
    pub plan: Plan,
    pub rank: Rank,
    /// The iterations that it took.
    pub iterations: u64,
}

/// The visits that are taken out at a time.
const RUIN: Ruin = Ruin { average: 15, longest: 15 };

/// One in so many iterations puts a pair of visits in first, where that can be of use.
const PAIRING: u32 = 8;

/// Routes of good plans are put together anew each time after so many iterations.
const COMBINING: u64 = 5000;

/// The best plan that is found within the limit. No worse than the start.
pub(crate) fn run(problem: &Problem, seed: u64, limit: &Limit, start: Option<&[Vec<usize>]>) -> Found {
    let grid = Grid::new(problem);
    let annealing = Annealing::new(problem, &grid);
    let mut bench = Bench::default();
    let mut chance = Chance::new(seed);
    let mut habit = Habit::new(WAYS.len());
    let mut pool = Pool::new(problem.routes().len());
    let nothing = vec![Vec::new(); problem.routes().len()];
    let mut draft = || Draft::new(problem, &grid, start.unwrap_or(&nothing), &mut bench.memory);
    let (mut current, mut trial, mut best) = (draft(), draft(), draft());
    let mut best_rank = best.rank();
    let mut energy = annealing.energy(&current);
    let mut iterations = 0;
    loop {
        let share = limit.share(iterations);
        if share >= 1.0 {
            break;
        }
        iterations += 1;
        trial.copy(&current);
        RUIN.apply(&grid, &mut trial, &mut chance, &mut bench.memory);
        if grid.awkward && chance.one_in(PAIRING) {
            insert_pair(&grid, &mut trial, &mut chance, &mut bench);
        }
        let way = habit.choose(&mut chance);
        recreate(&grid, &mut trial, WAYS[way], &mut chance, &mut bench);
        let found = annealing.energy(&trial);
        if found < energy - annealing.temperature(share) * libm::log(chance.share()) {
            if found < energy {
                habit.praise(way, 1.0);
            }
            let rank = trial.rank();
            if rank < best_rank {
                habit.praise(way, 5.0);
                best_rank = rank;
                best.copy(&trial);
            }
            std::mem::swap(&mut current, &mut trial);
            energy = found;
            if current.is_near(&best) {
                pool.add(&grid, &current);
            }
        }
        if iterations.is_multiple_of(COMBINING)
            && let Some(plan) = pool.combine(problem, &grid, best_rank, limit)
        {
            best = Draft::new(problem, &grid, &plan, &mut bench.memory);
            best_rank = best.rank();
            current.copy(&best);
            energy = annealing.energy(&current);
        }
    }
    Found { plan: best.plan(), rank: best_rank, iterations }
}

/// What plan is gone on from: one that is better by its energy, or not too much worse.
struct Annealing {
    /// The temperature at first and at last.
    temperatures: (f64, f64),
    /// What a tick of driving weighs against value. Little, so that of plans of about the same value the shorter one is gone on from.
    tick: f64,
    /// What a thousandth of a shortfall weighs: more than all value together weighs.
    shortfall: f64,
}

impl Annealing {
    fn new(problem: &Problem, grid: &Grid) -> Self {
        let values = problem.sites().iter().map(|site| site.value as f64);
        let gains = problem.rewards().iter().map(|reward| reward.gains.iter().sum::<i64>() as f64);
        let all = values.sum::<f64>() + gains.sum::<f64>();
        let mean = (all / grid.sites.max(1) as f64).max(1e-3);
        Self {
            temperatures: (mean, 0.1 * mean),
            tick: 3e-4 * mean / grid.typical_detour(),
            shortfall: all + 1.0,
        }
    }

    /// The lower, the better.
    fn energy(&self, draft: &Draft) -> f64 {
        draft.shortfall() as f64 * self.shortfall - draft.tally.value() as f64
            + draft.travel() as f64 * self.tick
    }

    /// Falls from the first to the last by equal factors.
    fn temperature(&self, share: f64) -> f64 {
        let (first, last) = self.temperatures;
        first * libm::pow(last / first, share)
    }
}
