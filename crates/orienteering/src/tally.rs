//! What a plan is worth and where it stands with its quotas, kept up to date as visits come and go.

use crate::problem::{Problem, Scope};

/// How much a missing required visit, an impossible route, or the whole least of a quota weigh in a shortfall.
pub(crate) const WHOLE: i64 = 1000;

/// Values, rewards and quotas of a plan.
#[derive(Debug, Clone)]
pub(crate) struct Tally<'a> {
    problem: &'a Problem,
    value: i64,
    covered: Vec<i64>,
    /// One sum by quota that counts the whole tour or one route, one by route for the others.
    sums: Vec<Vec<i64>>,
    missing_required: i64,
    missing_quotas: i64,
}

impl<'a> Tally<'a> {
    /// That of a plan without visits.
    pub fn new(problem: &'a Problem) -> Self {
        let sums = |scope| match scope {
            Scope::EachRoute => vec![0; problem.routes().len()],
            Scope::Tour | Scope::Route(_) => vec![0],
        };
        let sums: Vec<Vec<i64>> = problem.quotas().iter().map(|quota| sums(quota.scope)).collect();
        let missing = problem.quotas().iter().zip(&sums);
        let missing_quotas = missing
            .map(|(quota, sums)| quota.min.map_or(0, |min| missing_of(min, 0)) * sums.len() as i64)
            .sum();
        let required = problem.sites().iter().filter(|site| site.required).count() as i64;
        Self {
            problem,
            value: 0,
            covered: vec![0; problem.rewards().len()],
            sums,
            missing_required: required * WHOLE,
            missing_quotas,
        }
    }

    /// Becomes the same as another of the same problem.
    pub fn copy(&mut self, other: &Self) {
        self.value = other.value;
        self.covered.copy_from_slice(&other.covered);
        for (own, other) in self.sums.iter_mut().zip(&other.sums) {
            own.copy_from_slice(other);
        }
        self.missing_required = other.missing_required;
        self.missing_quotas = other.missing_quotas;
    }

    /// The value of all visits and rewards.
    pub fn value(&self) -> i64 {
        self.value
    }

    /// How far required visits and least quotas are missed.
    pub fn shortfall(&self) -> i64 {
        self.missing_required + self.missing_quotas
    }

    /// What a quota comes to on a route, or in all; 0 where it is not counted.
    pub fn sum(&self, quota: usize, route: usize) -> i64 {
        self.counter(quota, route).map_or(0, |counter| self.sums[quota][counter])
    }

    fn counter(&self, quota: usize, route: usize) -> Option<usize> {
        match self.problem.quotas()[quota].scope {
            Scope::Tour => Some(0),
            Scope::EachRoute => Some(route),
            Scope::Route(only) => (only == route).then_some(0),
        }
    }

    /// Whether a further visit exceeds no quota.
    pub fn fits(&self, site: usize, route: usize) -> bool {
        self.problem.quotas_of[site].iter().all(|&(quota, weight)| {
            self.problem.quotas()[quota].max.is_none_or(|max| match self.counter(quota, route) {
                Some(counter) => self.sums[quota][counter] + weight <= max,
                None => true,
            })
        })
    }

    /// What a further visit would add to the value.
    pub fn gain(&self, site: usize, route: usize) -> i64 {
        let rewards = self.problem.rewards_of[site].iter().map(|&(reward, amount)| {
            let covered = self.covered[reward];
            self.problem.gain(reward, covered + amount) - self.problem.gain(reward, covered)
        });
        self.problem.sites()[site].value_on(route) + rewards.sum::<i64>()
    }

    /// By how much a further visit would make the shortfall less.
    pub fn relief(&self, site: usize, route: usize) -> i64 {
        let quotas = self.problem.quotas_of[site].iter().map(|&(quota, weight)| {
            match (self.problem.quotas()[quota].min, self.counter(quota, route)) {
                (Some(min), Some(counter)) => {
                    let sum = self.sums[quota][counter];
                    missing_of(min, sum) - missing_of(min, sum + weight)
                }
                _ => 0,
            }
        });
        quotas.sum::<i64>() + if self.problem.sites()[site].required { WHOLE } else { 0 }
    }

    /// Adds a visit.
    pub fn add(&mut self, site: usize, route: usize) {
        self.change(site, route, 1);
    }

    /// Takes a visit away.
    pub fn remove(&mut self, site: usize, route: usize) {
        self.change(site, route, -1);
    }

    fn change(&mut self, site: usize, route: usize, sign: i64) {
        let rules = &self.problem.sites()[site];
        self.value += sign * rules.value_on(route);
        if rules.required {
            self.missing_required -= sign * WHOLE;
        }
        for &(reward, amount) in &self.problem.rewards_of[site] {
            let covered = &mut self.covered[reward];
            self.value -= self.problem.gain(reward, *covered);
            *covered += sign * amount;
            self.value += self.problem.gain(reward, *covered);
        }
        for &(quota, weight) in &self.problem.quotas_of[site] {
            let Some(counter) = self.counter(quota, route) else {
                continue;
            };
            let sum = &mut self.sums[quota][counter];
            if let Some(min) = self.problem.quotas()[quota].min {
                self.missing_quotas -= missing_of(min, *sum);
                self.missing_quotas += missing_of(min, *sum + sign * weight);
            }
            *sum += sign * weight;
        }
    }
}

/// What of the least of a quota is missing, in thousandths of it, rounded up.
pub(crate) fn missing_of(min: i64, sum: i64) -> i64 {
    if sum >= min {
        return 0;
    }
    let share = i128::from(min - sum) * i128::from(WHOLE);
    let min = i128::from(min);
    ((share + min - 1) / min) as i64
}
