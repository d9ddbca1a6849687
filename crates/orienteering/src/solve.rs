//! The best plan: proven where it can be, searched for where not.

use crate::exact::{self, Reach};
use crate::problem::Problem;
use crate::schedule::{Why, evaluate};
use crate::search::{self, Limit};
use crate::solution::{Plan, Proof, Shortfall, Solution, assess, check_visits, shortfall};

/// How to solve.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// The seed of all that is random. The same problem, seed, start and iterations give the same answer, unless time ends first.
    pub seed: u64,
    /// The most iterations of the search; `None` is no limit.
    pub iterations: Option<u64>,
    /// Tells the share of the allowed time that is spent: solving stops at 1 or more. Asked every few hundred microseconds.
    pub spent: Option<&'a dyn Fn() -> f64>,
    /// A plan to improve: the answer is no worse.
    pub start: Option<&'a [Vec<usize>]>,
    /// Whether to search only, even where the best plan could be proven.
    pub search_only: bool,
}

impl std::fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("seed", &self.seed)
            .field("iterations", &self.iterations)
            .field("spent", &self.spent.map(|spent| spent()))
            .field("start", &self.start)
            .field("search_only", &self.search_only)
            .finish()
    }
}

/// No plan without shortfall was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Infeasible {
    /// The plan that falls least short, by the shares of required visits and least quotas that are missing.
    pub nearest: Plan,
    /// What it falls short of.
    pub shortfall: Shortfall,
    /// Whether there is no plan that does not.
    pub proven: bool,
    /// Iterations of the search that it took; 0 for the exact method.
    pub iterations: u64,
}

/// Why there is no solution.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Neither iterations nor time are limited.
    #[error("neither the iterations nor the time is limited")]
    Endless,
    /// The plan to start from is impossible.
    #[error("the plan to start from is impossible: {0}")]
    Start(Why),
    /// No plan without shortfall was found.
    #[error("no plan was found that does not fall short: {}", .0.shortfall)]
    Infeasible(Box<Infeasible>),
}

/// Looks for the best plan.
///
/// The best is proven where at most fifteen sites can be on any of the routes, by all subsets of them, and mostly where
/// that is so for each route by itself. Else it is searched for by taking visits out and putting others in, again and again,
/// and by putting good routes together anew.
///
/// # Errors
/// See [`Error`]. Cost: until the limit, for the exact method up to a second for fifteen sites.
pub fn solve(problem: &Problem, options: &Options) -> Result<Solution, Error> {
    if options.iterations.is_none() && options.spent.is_none() {
        return Err(Error::Endless);
    }
    if let Some(start) = options.start {
        possible(problem, start)?;
    }
    let limit = Limit::new(options.iterations, options.spent);
    let reach = if options.search_only { Reach::Out } else { exact::reach(problem) };
    match reach {
        Reach::Whole(exact) => match exact.whole(problem, &limit) {
            Some(plan) => conclude(problem, plan, Proof::Optimal, 0),
            None => searched(problem, options, &limit),
        },
        Reach::Routes(exact) => {
            // The better the plan that is to be beaten, the fewer choices are left.
            let first = search::run(problem, options.seed, &limit.at_most(FIRST_SEARCH), options.start);
            // Half of the time is left for the search, where the choices are too many.
            let beaten = exact.better(problem, first.rank, &limit.half_time());
            let (complete, better) = beaten.map_or((false, None), |found| (found.complete, found.plan));
            let plan = better.unwrap_or(first.plan);
            if complete {
                return conclude(problem, plan, Proof::Optimal, first.iterations);
            }
            let limit = limit.after(first.iterations);
            let further = search::run(problem, options.seed, &limit, Some(&plan));
            conclude(problem, further.plan, Proof::NotProven, first.iterations + further.iterations)
        }
        Reach::Out => searched(problem, options, &limit),
    }
}

/// Iterations of the search before the exact method is tried.
const FIRST_SEARCH: u64 = 2_000;

fn searched(problem: &Problem, options: &Options, limit: &Limit) -> Result<Solution, Error> {
    let found = search::run(problem, options.seed, limit, options.start);
    conclude(problem, found.plan, Proof::NotProven, found.iterations)
}

fn possible(problem: &Problem, start: &[Vec<usize>]) -> Result<(), Error> {
    check_visits(problem, start).map_err(Error::Start)?;
    // A route without stops that cannot be travelled is a shortfall, which the search is to mend.
    for (route, sites) in start.iter().enumerate().filter(|(_, sites)| !sites.is_empty()) {
        evaluate(problem, route, sites).map_err(Error::Start)?;
    }
    Ok(())
}

fn conclude(problem: &Problem, plan: Plan, proof: Proof, iterations: u64) -> Result<Solution, Error> {
    match assess(problem, &plan) {
        Ok(solution) => Ok(Solution { proof, iterations, ..solution }),
        Err(_) => Err(Error::Infeasible(Box::new(Infeasible {
            shortfall: shortfall(problem, &plan),
            nearest: plan,
            proven: proof == Proof::Optimal,
            iterations,
        }))),
    }
}
