//! What the rules may be.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values::Values;
use crate::config::Mode;

/// What the rules may be. Each key takes a range, `{ from = 800, to = 1200 }`, or a list, `[0.5, 1.0]`, in the place of the
/// value in `[areas]` or `[districts]`; each is drawn for itself. What is left out is as there.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct RuleValues {
    /// Each of the four parameters of `[areas]` is drawn within this share of its own value, from 0 to below 1. Where nothing is said of
    /// how areas are made, 0.09: with it, probabilities came true as often as they say in made countries
    /// (docs/calibration.md).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<f64>,
    /// Ways to read the method, such as `["clean", "reference"]`; see `mode` of `[areas]`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mode: Vec<Mode>,
    /// Employed residents that an area must have at least (minSZ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_size: Option<Values>,
    /// Employed residents from which the minimum self-containment suffices (tarSZ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_size: Option<Values>,
    /// Self-containment that an area of the target size must have at least (minSC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_sc: Option<Values>,
    /// Self-containment that an area of the minimum size must have at least (tarSC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_sc: Option<Values>,
    /// Step 1: location quotient that a sector must exceed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector_lq: Option<Values>,
    /// Step 3: location quotient that the main industry must exceed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub industry_lq: Option<Values>,
    /// Step 4: share of jobs that small and medium units must exceed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sme_share: Option<Values>,
    /// Step 4: small units against the single medium one, such as `[0.5, 1.0]` for the readings of Istat and Boix.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub single_medium_ratio: Option<Values>,
    /// Employees that the main industry must have at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_industry_employees: Option<Values>,
    /// Whole other rules, one `[[certainty.rule.others]]` each. A replicate first takes the rule of the study or one of these,
    /// all alike; the values above are drawn for the rule of the study only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<OtherRule>,
}

/// A whole other rule. What it leaves out is as in `[areas]` and `[districts]`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct OtherRule {
    /// What it is called, such as `"UK travel-to-work areas"`.
    pub name: String,
    /// How faithfully the search follows the reference implementation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// Employed residents that an area must have at least (minSZ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_size: Option<f64>,
    /// Employed residents from which the minimum self-containment suffices (tarSZ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_size: Option<f64>,
    /// Self-containment that an area of the target size must have at least (minSC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_sc: Option<f64>,
    /// Self-containment that an area of the minimum size must have at least (tarSC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_sc: Option<f64>,
    /// Step 1: location quotient that a sector must exceed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector_lq: Option<f64>,
    /// Step 3: location quotient that the main industry must exceed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub industry_lq: Option<f64>,
    /// Step 4: share of jobs that small and medium units must exceed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sme_share: Option<f64>,
    /// Step 4: small units against the single medium one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub single_medium_ratio: Option<f64>,
    /// Employees that the main industry must have at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_industry_employees: Option<f64>,
}
