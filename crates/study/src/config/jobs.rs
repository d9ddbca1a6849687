//! Jobs by zone, activity and size of the local unit.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Register, TableSource};

/// What a row of a jobs table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum JobsLayout {
    /// One zone, activity and size class, with employees and local units.
    #[default]
    Long,
    /// One zone (and activity or size class) with a column for each of the numbers that `wide` lists.
    Wide,
    /// One zone, activity and band of size, with local units only: employees are units times the mean of the band,
    /// and marked as estimated.
    Bands,
    /// One establishment, with its employees or its band of size.
    Establishments,
}

/// Columns of a jobs table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct JobsColumns {
    /// Code of the zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Code of the activity in the classification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Size class of the local units, such as `10-49`; `total` where sizes are not told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size_class: Option<String>,
    /// Number of employees, not necessarily whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employees: Option<String>,
    /// Number of local units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_units: Option<String>,
}

/// A band of sizes, in employees of one local unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Band {
    /// Smallest number of employees.
    pub from: u32,
    /// Largest number of employees; absent where the band is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u32>,
    /// Mean number of employees of a unit of this band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
}

/// One column of a wide table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct WideColumn {
    /// Its name in the file.
    pub column: String,
    /// The activity it counts, unless the row has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// The size class it counts, unless the row has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_class: Option<String>,
    /// Whether it counts local units; otherwise it counts employees.
    #[serde(default)]
    pub local_units: bool,
}

/// One table of jobs.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct JobsTable {
    /// Where the table is and how to read it.
    #[serde(flatten)]
    pub source: TableSource,
    /// What a row is.
    pub layout: JobsLayout,
    /// What the columns are called in the file.
    pub columns: JobsColumns,
    /// The numbers of a wide table.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wide: Vec<WideColumn>,
    /// Bands by the label that the table uses, such as `"11" = { from = 10, to = 19, mean = 13.5 }`. Labels such as
    /// `10-49` and `250+` need no entry.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub bands: BTreeMap<String, Band>,
    /// A register of establishments that is added up to this table, in the place of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register: Option<Register>,
    /// Column with the number of records that a row is the sum of: in tables that were made of a register.
    #[serde(skip)]
    pub(crate) records: Option<String>,
}

/// Jobs by zone, activity and size of the local unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Jobs {
    /// The classification of activities: `nace-rev2`, `ateco-2007`, `naf-rev2`, `naics-2012` or `naics-2017`.
    pub classification: String,
    /// All activities; steps 2 to 4 of the rule use it too unless `manufacturing` is given.
    #[serde(flatten)]
    pub table: JobsTable,
    /// Manufacturing by size class for steps 2 to 4, where it comes from another table than step 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manufacturing: Option<Manufacturing>,
}

/// Manufacturing by size class, from a table of its own.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Manufacturing {
    /// The classification of this table, where it is not that of `[jobs]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub classification: Option<String>,
    /// Where the table is and how to read it.
    #[serde(flatten)]
    pub table: JobsTable,
}

impl Default for Jobs {
    fn default() -> Self {
        Self { classification: "nace-rev2".into(), table: JobsTable::default(), manufacturing: None }
    }
}
