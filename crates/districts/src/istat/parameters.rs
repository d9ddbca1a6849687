//! The thresholds of the rule.

use super::IstatError;

/// Thresholds of the rule, with their defaults.
#[derive(Debug, Clone, PartialEq)]
pub struct IstatParameters {
    /// Step 1: the location quotient that manufacturing, business services or consumer services must exceed. Default 1.
    pub sector_lq: f64,
    /// Step 3: the location quotient, within manufacturing, that the main industry must exceed. Default 1.
    pub industry_lq: f64,
    /// Step 4: the share of the main industry's jobs that small and medium units must exceed. Default 0.5.
    pub sme_share: f64,
    /// Step 4: where the main industry has exactly one medium unit, its small units must employ at least this many times what
    /// the medium unit does. 1 (default): the medium unit must not employ more than the small ones (Boix 2008). 0.5: the weaker
    /// wording, where the small units need half of it. 0: no such condition.
    pub single_medium_ratio: f64,
    /// Step 4: fewest jobs in the main industry. Default 0, no such condition; Boix and Galletto (2006) ask for 250.
    pub min_industry_employees: f64,
    /// Largest share of records without a figure, or of jobs in units of unknown size, with which a step is still taken, on
    /// what is known. Above it the step is missing. Default 0.1; the sources do not discuss missing figures.
    pub largest_unknown_share: f64,
}

impl Default for IstatParameters {
    fn default() -> Self {
        Self {
            sector_lq: 1.0,
            industry_lq: 1.0,
            sme_share: 0.5,
            single_medium_ratio: 1.0,
            min_industry_employees: 0.0,
            largest_unknown_share: 0.1,
        }
    }
}

impl IstatParameters {
    /// Refuses what is no number or outside its range: 0 or more, shares at most 1.
    pub fn check(&self) -> Result<(), IstatError> {
        let any = [
            ("sector_lq", self.sector_lq),
            ("industry_lq", self.industry_lq),
            ("single_medium_ratio", self.single_medium_ratio),
            ("min_industry_employees", self.min_industry_employees),
        ];
        let shares = [("sme_share", self.sme_share), ("largest_unknown_share", self.largest_unknown_share)];
        for (name, value) in any {
            if !(value.is_finite() && value >= 0.0) {
                return Err(IstatError::Parameter { name, value, range: "0 or more" });
            }
        }
        for (name, value) in shares {
            if !(0.0..=1.0).contains(&value) {
                return Err(IstatError::Parameter { name, value, range: "from 0 to 1" });
            }
        }
        Ok(())
    }
}
