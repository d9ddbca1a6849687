//! Areas and districts close to a threshold.

use serde::Serialize;
use utoipa::ToSchema;

use super::area::Other;

/// An area and the test that decides about it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NearMiss {
    /// The area.
    #[serde(flatten)]
    pub area: Other,
    /// The test.
    pub test: String,
    /// The industry tested, or all.
    pub industry: String,
    /// Its name; null where the test is of all.
    pub industry_name: Option<String>,
    /// The value, in the unit of the test.
    pub value: Option<f64>,
    /// What the value is held against.
    pub threshold: Option<f64>,
    /// Margin over the size of the threshold.
    pub relative_margin: Option<f64>,
    /// How often replicates make it a district, whatever its main industry, 0 to 1; null without them.
    pub probability: Option<f64>,
}
