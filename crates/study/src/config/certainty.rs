//! How sure the results are: what varies from replicate to replicate, and how.

mod check;
mod convert;
mod effect;
mod rule;
mod sampling;
mod values;

use distretto_certainty as domain;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(super) use check::check;
pub use rule::{OtherRule, RuleValues};
pub use sampling::{FlowModel, JobModel, MarginClass, SamplingModels};
pub use values::Values;

use super::{Config, Flows, Jobs};
use crate::fault::Fault;

/// A source of uncertainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Flows and jobs are one draw, or a sample, of what they stand for; `[certainty.sampling]` says of which kind.
    Sampling,
    /// The parameters of the rules are choices; `[certainty.rule]` gives the others.
    Rule,
    /// The tables are those of one year among others; each `[[certainty.vintage]]` gives the tables of another.
    Vintage,
    /// Where the method leaves a choice between equals, the order of zones decides; here it is drawn.
    Tie,
}

impl From<Source> for domain::Source {
    fn from(source: Source) -> Self {
        match source {
            Source::Sampling => Self::Sampling,
            Source::Rule => Self::Rule,
            Source::Vintage => Self::Vintage,
            Source::Tie => Self::Tie,
        }
    }
}

/// How sure the results are: areas and districts are made again and again, each time with something drawn anew.
/// `distretto certainty` makes these replicates and says how often each zone, border, area and district comes out the same;
/// `distretto run` does not. The seed of all draws is `seed` of `[study]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Certainty {
    /// How many replicates are made in which all sources vary together, from 2 to 1,000,000.
    pub replicates: u64,
    /// What varies; `["sampling", "rule"]` where it is left out (`["sampling"]` where the areas are given), for that is what comes true as
    /// often as it says in made countries. Several sources vary together, and in a quarter as many replicates each alone, so that
    /// the spread of the counts can be split among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vary: Option<Vec<Source>>,
    /// How flows and jobs are redrawn where `vary` has `sampling`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sampling: Option<SamplingModels>,
    /// What the rules may be where `vary` has `rule`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<RuleValues>,
    /// Other tables of the same zones, one `[[certainty.vintage]]` each; read where `vary` has `vintage`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vintage: Vec<OtherVintage>,
}

impl Default for Certainty {
    fn default() -> Self {
        Self { replicates: 400, vary: None, sampling: None, rule: None, vintage: Vec::new() }
    }
}

/// The tables of another year, over the same zones. A replicate takes the tables of the study or those of one vintage, all
/// alike.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct OtherVintage {
    /// What it is called, such as `"2001"`.
    pub name: String,
    /// Its flows, with the keys of `[flows]`; those of the study where they are left out. Codes of other zones are
    /// translated with `recode` or `crosswalk`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flows: Option<Flows>,
    /// Its jobs, with the keys of `[jobs]`; those of the study where they are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jobs: Option<Jobs>,
}

impl OtherVintage {
    /// `certainty.vintage "2001" flows`: what its tables are called in messages; `part` is `flows` or `jobs`.
    pub fn section(&self, part: &str) -> String {
        format!("certainty.vintage \"{}\" {part}", self.name)
    }
}

impl Certainty {
    /// Whether a source varies.
    pub fn varies(&self, source: Source) -> bool {
        match &self.vary {
            Some(sources) => sources.contains(&source),
            None => matches!(source, Source::Sampling | Source::Rule),
        }
    }
}

impl Config {
    /// The other vintages whose tables are needed: all where `[certainty]` lets the vintage vary, otherwise none.
    pub fn vintages_drawn(&self) -> &[OtherVintage] {
        match &self.certainty {
            Some(certainty) if certainty.varies(Source::Vintage) => &certainty.vintage,
            _ => &[],
        }
    }

    /// Warnings of keys of `[certainty]`, and columns for it, that have no effect because their source does not vary.
    pub fn unused(&self) -> Vec<Fault> {
        effect::unused(self)
    }

    /// Whether every flow needs a margin of error of its own.
    pub fn needs_margins(&self) -> bool {
        self.certainty.as_ref().is_some_and(|certainty| {
            certainty.varies(Source::Sampling)
                && certainty.sampling.as_ref().is_some_and(SamplingModels::needs_margin_of_each_flow)
        })
    }
}
