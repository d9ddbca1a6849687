//! Step 4: small and medium units prevail in the main industry.
//!
//! Small and medium units employ more than half of it. If it has exactly one medium unit, its small units must employ at least as
//! much as that unit, or half as much in the weaker wording: a parameter. By choice, it has a minimum of jobs (Boix and Galletto).

use distretto_jobs::SizeClass;

use super::IstatParameters;
use super::facts::{Industry, unknown_jobs, unknown_sizes};
use crate::step::{Missing, Step, Test};

pub(super) fn steps(industry: &Industry, parameters: &IstatParameters) -> [Step; 3] {
    [
        sme_majority(industry, parameters),
        single_medium_unit(industry, parameters),
        minimum_jobs(industry, parameters),
    ]
}

/// Why the figures of the industry by size cannot be used.
fn gap(industry: &Industry, parameters: &IstatParameters) -> Option<Missing> {
    let limit = parameters.largest_unknown_share;
    unknown_jobs([industry.unknown, 0.0], limit).or_else(|| unknown_sizes(&[&industry.jobs], limit))
}

fn sme_majority(industry: &Industry, parameters: &IstatParameters) -> Step {
    let jobs = &industry.jobs;
    match gap(industry, parameters) {
        Some(reason) => Step::missing(Test::SmeMajority, reason),
        None if jobs.sized() == 0.0 => Step::missing(Test::SmeMajority, Missing::NoJobs),
        None => {
            let share = jobs.small_and_medium() / jobs.sized();
            Step::compare(Test::SmeMajority, share, parameters.sme_share, industry.estimated)
        }
    }
}

fn single_medium_unit(industry: &Industry, parameters: &IstatParameters) -> Step {
    const TEST: Test = Test::SingleMediumUnit;
    let [small, medium, _] = industry.jobs.sizes;
    if parameters.single_medium_ratio == 0.0 {
        return Step::not_applicable(TEST);
    }
    if let Some(reason) = gap(industry, parameters) {
        return Step::missing(TEST, reason);
    }
    match industry.local_units {
        _ if medium == 0.0 => Step::not_applicable(TEST),
        None => Step::missing(TEST, Missing::UnknownUnits),
        // Units told for all sizes only, somewhere in the area: there may be more medium ones.
        Some(units) if units.sizes[1] <= 1.0 && units.has_gap(SizeClass::Medium) => {
            Step::missing(TEST, Missing::UnknownUnits)
        }
        Some(units) if units.sizes[1] != 1.0 => Step::not_applicable(TEST),
        Some(_) => Step::compare(TEST, small, parameters.single_medium_ratio * medium, industry.estimated),
    }
}

fn minimum_jobs(industry: &Industry, parameters: &IstatParameters) -> Step {
    if parameters.min_industry_employees == 0.0 {
        return Step::not_applicable(Test::MinimumJobs);
    }
    match unknown_jobs([industry.unknown, 0.0], parameters.largest_unknown_share) {
        Some(reason) => Step::missing(Test::MinimumJobs, reason),
        None => Step::compare(
            Test::MinimumJobs,
            industry.jobs.all(),
            parameters.min_industry_employees,
            industry.estimated,
        ),
    }
}
