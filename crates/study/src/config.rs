//! `study.toml`: what is studied, from which tables, by which rules.
//!
//! The documentation of every key is the doc comment of its field: the JSON schema in `docs/study.schema.json`
//! and the list of keys in `docs/study.md` are made from it.

mod areas;
mod canonical;
pub mod certainty;
mod day;
mod disclosure;
mod document;
mod engine;
mod jobs;
mod made;
mod micro;
mod parse;
mod schema;
mod sections;
mod source;
mod validate;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use areas::{Areas, Districts, Mode, Rule, Tuning};
pub use certainty::Certainty;
pub use disclosure::Disclosure;
pub use document::Document;
pub use engine::{Engine, EngineKeys, RawSource, SourceFormat, ValueKind};
pub use jobs::{Band, Jobs, JobsColumns, JobsLayout, JobsTable, Manufacturing, WideColumn};
pub(crate) use made::TableMut;
pub use made::memory;
#[cfg(feature = "engine")]
pub(crate) use made::scheduler;
pub use made::{MadeBy, MadeTable};
pub use micro::{
    Register, RegisterColumns, Transactions, TransactionsColumns, Trips, TripsColumns, TripsCount, Weekday,
};
pub use schema::{reference, reference_of, schema, schema_of};
pub use sections::{
    Borders, Compare, Contiguity, Flows, FlowsColumns, Official, Output, OutputFormat, Partition,
    PartitionColumns, Study, Zones, ZonesColumns,
};
pub use source::{Crosswalk, Decimal, Format, TableSource, Texts};

/// A whole study. Paths are relative to the folder of `study.toml`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(title = "study.toml", deny_unknown_fields)]
pub struct Config {
    /// What the study is called and which edition of the zones it uses.
    pub study: Study,
    /// The zones: the smallest units, such as communes or counties. Without this section the zones are the codes
    /// that occur in the flows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zones: Option<Zones>,
    /// Who lives where and works where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flows: Option<Flows>,
    /// The shapes of the zones. Without them nothing is drawn and contiguity is not checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub borders: Option<Borders>,
    /// Jobs by zone, activity and size of the local unit. Without them no districts are sought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jobs: Option<Jobs>,
    /// How the labour market areas are made.
    pub areas: Areas,
    /// How districts are found among the areas.
    pub districts: Districts,
    /// Partitions to compare the areas with, one `[[compare]]` each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub compare: Vec<Compare>,
    /// How sure the results are: what varies from replicate to replicate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    /// What is withheld where tables come from micro-data.
    #[serde(skip_serializing_if = "Disclosure::is_default")]
    pub disclosure: Disclosure,
    /// Official figures that the report shows beside the results.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<Official>,
    /// Raw files under a name, for tables that come from a `query` or from micro-data, one `[sources.NAME]` each.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, RawSource>,
    /// Invoices, or other ties between firms. `distretto tables` makes a network of firms of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transactions: Option<Transactions>,
    /// Where tables that come from a `query` or from micro-data are made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<Engine>,
    /// What is written.
    pub output: Output,
}

/// Texts by text, such as `{ reason = "2" }`.
pub type TextMap = BTreeMap<String, String>;
