//! From what a study says to what replicates are made with.

use distretto_certainty as domain;
use distretto_certainty::rule::{CALIBRATED, Parameter, RuleError};
use distretto_certainty::{DrawnRule, RuleSpace, Varying};

use super::sampling::{FlowModel, JobModel, SamplingModels};
use super::values::Values;
use super::{Certainty, OtherRule, RuleValues, Source};
use crate::config::{Areas, Districts, Mode};
use crate::fault::{Code, Fault, Result};
use crate::run::areas;

impl Certainty {
    /// The sources that vary together, where areas are made so.
    pub fn varying(&self, areas: &Areas) -> Varying {
        let usual = match areas.partition {
            None => &[Source::Sampling, Source::Rule][..],
            Some(_) => &[Source::Sampling],
        };
        let sources = self.vary.as_deref().unwrap_or(usual);
        sources.iter().map(|&source| domain::Source::from(source)).collect()
    }

    /// How flows and jobs are redrawn.
    pub fn sampling(&self) -> domain::Sampling {
        self.sampling.as_ref().map_or_else(domain::Sampling::default, SamplingModels::models)
    }

    /// The rules that replicates may use: that of `areas` and `districts`, the values of its parameters, and other rules.
    ///
    /// # Errors
    /// A range that does not run upwards, an empty list, or a combination of values that is no rule.
    pub fn rule_space(&self, areas: &Areas, districts: &Districts) -> Result<RuleSpace> {
        let base = DrawnRule {
            rule: 0,
            mode: areas::mode(areas),
            parameters: areas::parameters(areas),
            thresholds: districts.parameters(),
        };
        let fault = |error: RuleError| {
            Fault::new(Code::CertaintyRules, error.to_string()).in_column("[certainty.rule]").hint(
                "a range runs upwards, a list is not empty, and every combination must be a rule: min_size < target_size, \
                 min_sc <= target_sc, shares within 0 and 1",
            )
        };
        let default = RuleValues::default();
        let rule = self.rule.as_ref().unwrap_or(&default);
        let values: Vec<(Parameter, domain::Values)> =
            rule.values().map(|(parameter, values)| (parameter, values.into())).collect();
        let modes = rule.mode.iter().copied().map(domain_mode).collect();
        let others: Vec<DrawnRule> = rule.others.iter().map(|other| other.rule(&base)).collect();
        let space = RuleSpace::new(base, values, modes, others).map_err(fault)?;
        match rule.within() {
            Some(share) if areas.partition.is_none() => space.within(share).map_err(fault),
            _ => Ok(space),
        }
    }
}

impl SamplingModels {
    fn models(&self) -> domain::Sampling {
        let flows = match self.flows {
            FlowModel::None => domain::FlowSampling::Fixed,
            FlowModel::Poisson => domain::FlowSampling::Poisson,
            FlowModel::Survey => domain::FlowSampling::Survey { fraction: self.fraction.unwrap_or(1.0) },
            FlowModel::Margins => domain::FlowSampling::Margins {
                z: two_sided_quantile(self.confidence.unwrap_or(Self::CONFIDENCE)),
                classes: self
                    .margins
                    .iter()
                    .map(|class| domain::sampling::MarginClass {
                        up_to: class.up_to.unwrap_or(f64::INFINITY),
                        ratio: class.ratio,
                        spread: class.spread,
                    })
                    .collect(),
            },
        };
        let jobs = match self.jobs {
            JobModel::None => domain::JobSampling::Fixed,
            JobModel::Poisson => domain::JobSampling::Poisson,
        };
        domain::Sampling { flows, jobs }
    }
}

impl From<&Values> for domain::Values {
    fn from(values: &Values) -> Self {
        match values {
            Values::Range { from, to } => Self::Range(*from, *to),
            Values::List(list) => Self::Among(list.clone()),
        }
    }
}

impl RuleValues {
    /// The share of their own values within which the four parameters of the areas are drawn: as given, or as calibrated where nothing is
    /// said of how areas are made.
    pub fn within(&self) -> Option<f64> {
        let says_nothing = self.values().all(|(parameter, _)| !parameter.is_of_areas())
            && self.mode.is_empty()
            && self.others.is_empty();
        self.within.or(says_nothing.then_some(CALIBRATED))
    }

    /// The parameters that vary, with what they may be.
    pub fn values(&self) -> impl Iterator<Item = (Parameter, &Values)> {
        Parameter::ALL.into_iter().filter_map(|parameter| Some((parameter, self.of(parameter)?)))
    }

    fn of(&self, parameter: Parameter) -> Option<&Values> {
        match parameter {
            Parameter::MinSize => &self.min_size,
            Parameter::TargetSize => &self.target_size,
            Parameter::MinSc => &self.min_sc,
            Parameter::TargetSc => &self.target_sc,
            Parameter::SectorLq => &self.sector_lq,
            Parameter::IndustryLq => &self.industry_lq,
            Parameter::SmeShare => &self.sme_share,
            Parameter::SingleMediumRatio => &self.single_medium_ratio,
            Parameter::MinIndustryEmployees => &self.min_industry_employees,
        }
        .as_ref()
    }
}

impl OtherRule {
    /// The parameters that it gives itself.
    pub(super) fn given(&self) -> impl Iterator<Item = (Parameter, f64)> {
        Parameter::ALL.into_iter().filter_map(|parameter| Some((parameter, self.of(parameter)?)))
    }

    fn of(&self, parameter: Parameter) -> Option<f64> {
        match parameter {
            Parameter::MinSize => self.min_size,
            Parameter::TargetSize => self.target_size,
            Parameter::MinSc => self.min_sc,
            Parameter::TargetSc => self.target_sc,
            Parameter::SectorLq => self.sector_lq,
            Parameter::IndustryLq => self.industry_lq,
            Parameter::SmeShare => self.sme_share,
            Parameter::SingleMediumRatio => self.single_medium_ratio,
            Parameter::MinIndustryEmployees => self.min_industry_employees,
        }
    }

    /// The rule of the study with what this one says itself.
    fn rule(&self, base: &DrawnRule) -> DrawnRule {
        let mut rule = base.clone();
        if let Some(mode) = self.mode {
            rule.mode = domain_mode(mode);
        }
        for (parameter, value) in self.given() {
            parameter.set(&mut rule, value);
        }
        rule
    }
}

fn domain_mode(mode: Mode) -> distretto_regions::eu_ttwa::Mode {
    areas::mode(&Areas { mode, ..Areas::default() })
}

/// z such that a standard normal number lies within -z and z with probability `confidence`, in (0, 1): 1.645 for 0.90.
fn two_sided_quantile(confidence: f64) -> f64 {
    let (mut low, mut high) = (0.0, 10.0);
    // Bisection ends when no number lies between the two, after some 60 steps.
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return high;
        }
        if libm::erf(middle / std::f64::consts::SQRT_2) < confidence {
            low = middle;
        } else {
            high = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_confidence_have_their_usual_quantiles() {
        for (confidence, z) in
            [(0.5, 0.674_489_750), (0.90, 1.644_853_627), (0.95, 1.959_963_985), (0.99, 2.575_829_304)]
        {
            assert!((two_sided_quantile(confidence) - z).abs() < 1e-9, "{confidence}");
        }
        for extreme in [f64::MIN_POSITIVE, 1.0 - f64::EPSILON] {
            assert!((0.0..10.0).contains(&two_sided_quantile(extreme)));
        }
    }
}
