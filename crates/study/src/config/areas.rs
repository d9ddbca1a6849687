//! How areas are made and how districts are found among them.

use distretto_districts::IstatParameters;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Partition, TextMap};

/// How faithfully the search follows the reference implementation of the EU-TTWA method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// The method as it is described: ties are documented, communities too small to be an area are reported.
    #[default]
    Clean,
    /// Decision by decision what R LabourMarketAreas 3.4 does, with its quirks.
    Reference,
}

/// What is done about areas that are not contiguous.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tuning {
    /// Repeat until every area is contiguous and has at least two zones, or say why not.
    #[default]
    Repair,
    /// The single pass of the reference implementation.
    Reference,
    /// Nothing.
    None,
}

/// How the labour market areas are made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Areas {
    /// How faithfully the search follows the reference implementation.
    pub mode: Mode,
    /// Employed residents that an area must have at least (minSZ).
    pub min_size: f64,
    /// Employed residents from which the minimum self-containment suffices (tarSZ).
    pub target_size: f64,
    /// Self-containment that an area of the target size must have at least (minSC): the smaller of supply side and
    /// demand side, within 0 and 1.
    pub min_sc: f64,
    /// Self-containment that an area of the minimum size must have at least (tarSC).
    pub target_sc: f64,
    /// What is done about areas that are not contiguous.
    pub tuning: Tuning,
    /// A given partition in the place of a search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partition: Option<Partition>,
    /// A partition to start the search from, in the place of single zones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restart: Option<Partition>,
    /// Zones to put into an area by hand after the search: zone code to the code of any zone in that area.
    #[serde(skip_serializing_if = "TextMap::is_empty")]
    pub assign: TextMap,
    /// Whether every decision of the search is kept and written as a table `trace`; `distretto explain` keeps them
    /// for itself in any case.
    pub trace: bool,
}

impl Default for Areas {
    fn default() -> Self {
        Self {
            mode: Mode::Clean,
            min_size: 1000.0,
            target_size: 10_000.0,
            min_sc: 0.60,
            target_sc: 0.75,
            tuning: Tuning::Repair,
            partition: None,
            restart: None,
            assign: TextMap::new(),
            trace: false,
        }
    }
}

/// A published rule that says which areas are districts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The rule of Sforzi and Istat (2005), four steps.
    #[default]
    Istat,
}

/// How districts are found among the areas.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Districts {
    /// The rule.
    pub rule: Rule,
    /// Step 1: location quotient that manufacturing, business services or consumer services must exceed.
    pub sector_lq: f64,
    /// Step 3: location quotient that the main industry must exceed within manufacturing.
    pub industry_lq: f64,
    /// Step 4: share of the jobs of the main industry that units below 250 employees must exceed.
    pub sme_share: f64,
    /// Step 4: where the main industry has exactly one medium unit, its small units must have at least this many
    /// times the employees of that unit; 1 in the reading of Boix (2008), 0.5 in that of Istat.
    pub single_medium_ratio: f64,
    /// Employees that the main industry must have at least; 250 in Boix and Galletto, 0 in Istat.
    pub min_industry_employees: f64,
    /// Largest share of records without a figure, or of jobs in units of unknown size, within 0 and 1, with which a
    /// step is still judged on what is known; above it the step is missing.
    pub largest_unknown_share: f64,
}

impl Default for Districts {
    fn default() -> Self {
        let IstatParameters {
            sector_lq,
            industry_lq,
            sme_share,
            single_medium_ratio,
            min_industry_employees,
            largest_unknown_share,
        } = IstatParameters::default();
        Self {
            rule: Rule::Istat,
            sector_lq,
            industry_lq,
            sme_share,
            single_medium_ratio,
            min_industry_employees,
            largest_unknown_share,
        }
    }
}

impl Districts {
    /// The thresholds, for the rule.
    pub fn parameters(&self) -> IstatParameters {
        let Self {
            rule: Rule::Istat,
            sector_lq,
            industry_lq,
            sme_share,
            single_medium_ratio,
            min_industry_employees,
            largest_unknown_share,
        } = *self;
        IstatParameters {
            sector_lq,
            industry_lq,
            sme_share,
            single_medium_ratio,
            min_industry_employees,
            largest_unknown_share,
        }
    }
}
