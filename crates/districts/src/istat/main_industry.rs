//! Step 3: the area has a main industry.
//!
//! Manufacturing is divided into eleven industries. The candidates are those with a location quotient above 1, relative to national
//! manufacturing; the main industry is the candidate with the largest prevalence (surplus employment, P). Ties: the one with more
//! jobs in the area, then the one that comes first in the grouping. The rule is general knowledge: the visible sources break
//! off within the list of industries.

use std::cmp::Ordering;

use distretto_measures::{location_quotient, surplus_employment};

use super::IstatParameters;
use super::facts::{Facts, unknown_jobs};
use crate::step::{Missing, Step, Test};

/// What step 3 finds about one industry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Specialisation {
    pub quotient: Option<f64>,
    pub surplus: Option<f64>,
    pub candidate: bool,
}

/// The step, every industry, and the index of the main one.
pub(super) fn step(
    area: &Facts,
    nation: &Facts,
    parameters: &IstatParameters,
) -> (Step, Vec<Specialisation>, Option<usize>) {
    let (e_i, e) = (area.manufacturing.jobs.all(), nation.manufacturing.jobs.all());
    let unknown = unknown_jobs(
        [area.manufacturing.unknown, nation.manufacturing.unknown],
        parameters.largest_unknown_share,
    );
    let specialisation = |(area, nation): (&super::facts::Industry, &super::facts::Industry)| {
        let (e_is, e_s) = (area.jobs.all(), nation.jobs.all());
        let quotient = location_quotient(e_is, e_i, e_s, e);
        let surplus = surplus_employment(e_is, e_i, e_s, e);
        let candidate =
            unknown.is_none() && quotient.is_some_and(|quotient| quotient > parameters.industry_lq);
        Specialisation { quotient, surplus, candidate }
    };
    let all: Vec<Specialisation> =
        area.industries.iter().zip(&nation.industries).map(specialisation).collect();
    if let Some(reason) = unknown {
        return (Step::missing(Test::MainIndustry, reason), all, None);
    }
    let jobs = |industry: usize| area.industries[industry].jobs.all();
    let by_prevalence = |&a: &usize, &b: &usize| -> Ordering {
        let surplus = |industry: usize| all[industry].surplus.unwrap_or(f64::NEG_INFINITY);
        surplus(a).total_cmp(&surplus(b)).then(jobs(a).total_cmp(&jobs(b))).then(b.cmp(&a))
    };
    let main = (0..all.len()).filter(|&industry| all[industry].candidate).max_by(by_prevalence);
    let quotient = match main {
        Some(main) => all[main].quotient,
        None => all.iter().filter_map(|industry| industry.quotient).max_by(f64::total_cmp),
    };
    let estimated = area.manufacturing.estimated || nation.manufacturing.estimated;
    let step = match quotient {
        Some(quotient) => Step::compare(Test::MainIndustry, quotient, parameters.industry_lq, estimated),
        None => Step::missing(Test::MainIndustry, Missing::NoJobs),
    };
    (step, all, main)
}
