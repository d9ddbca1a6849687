//! How flows and jobs are redrawn.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the flows were counted, and so how they are redrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FlowModel {
    /// By a register or a full census, taken as one draw of what could have been: each flow is Poisson.
    #[default]
    Poisson,
    /// By asking a share of the residents of each zone, `fraction`, expanded to all of them.
    Survey,
    /// With published margins of error: by flow, in the column `margin` of `[flows]`, or by size of flow, in `margins`.
    Margins,
    /// As they are: flows are not redrawn.
    None,
}

/// How the jobs were counted, and so how they are redrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum JobModel {
    /// The local units of each zone, activity and size class are Poisson; employees follow with their mean size.
    #[default]
    Poisson,
    /// As they are: jobs are not redrawn.
    None,
}

/// The margin of error of flows of some size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct MarginClass {
    /// Largest flow of the class, in persons; absent in the last class, which has all larger ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<f64>,
    /// Mean of margin over flow; 0 or more.
    pub ratio: f64,
    /// Standard deviation of margin over flow within the class; 0 or more.
    #[serde(default)]
    pub spread: f64,
}

/// How flows and jobs are redrawn.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct SamplingModels {
    /// How the flows were counted.
    pub flows: FlowModel,
    /// Share of the residents who were asked, above 0 and at most 1; with `flows = "survey"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<f64>,
    /// Confidence level of the margins of error, between 0 and 1, such as 0.90 or 0.95; with `flows = "margins"`, and 0.90
    /// where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Margins of error by size of flow, the smallest class first, such as
    /// `[{ up_to = 10, ratio = 0.9, spread = 0.2 }, { ratio = 0.3 }]`; with `flows = "margins"` where no column has them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub margins: Vec<MarginClass>,
    /// How the jobs were counted.
    pub jobs: JobModel,
}

impl SamplingModels {
    /// Confidence level of margins where the study does not say.
    pub const CONFIDENCE: f64 = 0.90;

    /// Whether each flow needs a margin of error of its own.
    pub fn needs_margin_of_each_flow(&self) -> bool {
        self.flows == FlowModel::Margins && self.margins.is_empty()
    }
}
