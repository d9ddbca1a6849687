//! What is withheld from editions that come from micro-data.

use distretto_disclosure::Rule;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is withheld where tables come from micro-data, such as an establishment register; see `docs/disclosure.md`. Public
/// tables are not touched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Disclosure {
    /// Whether unsafe figures are withheld. `false` writes everything, and the manifest says so.
    pub suppress: bool,
    /// Contributors (establishments, persons) that a figure must have at least.
    pub minimum: u32,
    /// How many of the largest contributors are taken together, 1 to 3.
    pub dominance_units: u8,
    /// Share of a figure that they may hold at most, above 0 and up to 1; 1 allows any.
    pub dominance_share: f64,
}

impl Default for Disclosure {
    fn default() -> Self {
        let Rule { minimum, dominance_units, dominance_share } = Rule::default();
        Self { suppress: true, minimum, dominance_units, dominance_share }
    }
}

impl Disclosure {
    /// The rule.
    pub fn rule(&self) -> Rule {
        let Self { minimum, dominance_units, dominance_share, .. } = *self;
        Rule { minimum, dominance_units, dominance_share }
    }

    /// Whether a study says nothing of it, or the same as nothing.
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
