//! The parameters of the rules that can vary.

use super::DrawnRule;

/// A parameter that can vary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parameter {
    /// Employed residents that an area must have at least.
    MinSize,
    /// Employed residents from which the minimum self-containment suffices.
    TargetSize,
    /// Self-containment of an area of the target size.
    MinSc,
    /// Self-containment of an area of the minimum size.
    TargetSc,
    /// Location quotient of a sector in step 1 of the district rule.
    SectorLq,
    /// Location quotient of the main industry in step 3.
    IndustryLq,
    /// Share of small and medium units in step 4.
    SmeShare,
    /// Small units against the single medium one in step 4.
    SingleMediumRatio,
    /// Fewest employees of the main industry.
    MinIndustryEmployees,
}

impl Parameter {
    /// All, in the order in which they are drawn.
    pub const ALL: [Self; 9] = [
        Self::MinSize,
        Self::TargetSize,
        Self::MinSc,
        Self::TargetSc,
        Self::SectorLq,
        Self::IndustryLq,
        Self::SmeShare,
        Self::SingleMediumRatio,
        Self::MinIndustryEmployees,
    ];

    /// Its name in a study.
    pub fn name(self) -> &'static str {
        match self {
            Self::MinSize => "min_size",
            Self::TargetSize => "target_size",
            Self::MinSc => "min_sc",
            Self::TargetSc => "target_sc",
            Self::SectorLq => "sector_lq",
            Self::IndustryLq => "industry_lq",
            Self::SmeShare => "sme_share",
            Self::SingleMediumRatio => "single_medium_ratio",
            Self::MinIndustryEmployees => "min_industry_employees",
        }
    }

    /// Whether it belongs to the rule that makes areas, not to that of districts.
    pub fn is_of_areas(self) -> bool {
        self <= Self::TargetSc
    }

    fn place(self, rule: &mut DrawnRule) -> &mut f64 {
        match self {
            Self::MinSize => &mut rule.parameters.min_size,
            Self::TargetSize => &mut rule.parameters.target_size,
            Self::MinSc => &mut rule.parameters.min_sc,
            Self::TargetSc => &mut rule.parameters.target_sc,
            Self::SectorLq => &mut rule.thresholds.sector_lq,
            Self::IndustryLq => &mut rule.thresholds.industry_lq,
            Self::SmeShare => &mut rule.thresholds.sme_share,
            Self::SingleMediumRatio => &mut rule.thresholds.single_medium_ratio,
            Self::MinIndustryEmployees => &mut rule.thresholds.min_industry_employees,
        }
    }

    /// Its value in a rule.
    pub fn of(self, rule: &DrawnRule) -> f64 {
        *self.place(&mut rule.clone())
    }

    /// Gives it a value.
    pub fn set(self, rule: &mut DrawnRule, value: f64) {
        *self.place(rule) = value;
    }
}
