//! The sections of a study, apart from jobs, areas and districts.

use std::collections::BTreeMap;

use distretto_territory::contiguity::DEFAULT_TOLERANCE_M;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{TableSource, Texts, Trips};

/// What the study is called and which edition of the zones it uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Study {
    /// The title of the report.
    pub title: String,
    /// Edition of the zone codes, such as `"2011"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vintage: Option<String>,
    /// ISO 3166-1 code of the country, such as `"IT"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Seed of all random draws.
    pub seed: u64,
}

impl Default for Study {
    fn default() -> Self {
        Self { title: "Untitled study".into(), vintage: None, country: None, seed: 1 }
    }
}

/// The zones: the smallest units, such as communes or counties.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Zones {
    /// Where the table is and how to read it.
    #[serde(flatten)]
    pub source: TableSource,
    /// What the columns are called in the file.
    pub columns: ZonesColumns,
}

/// Columns of the zone table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct ZonesColumns {
    /// The zone code: a text, leading zeros count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The name of the zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The region it belongs to, for the tables of the report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Resident population, in persons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub residents: Option<String>,
    /// Longitude of a central point, in degrees; used where there are no borders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<String>,
    /// Latitude of a central point, in degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<String>,
}

/// Who lives where and works where.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Flows {
    /// Where the table is and how to read it.
    #[serde(flatten)]
    pub source: TableSource,
    /// What the columns are called in the file.
    pub columns: FlowsColumns,
    /// Trips of persons or devices that become this table, in the place of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trips: Option<Trips>,
}

/// Columns of the flow table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct FlowsColumns {
    /// Code of the zone of residence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Code of the zone of work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination: Option<String>,
    /// Number of persons, not necessarily whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flow: Option<String>,
    /// Published margin of error of the number of persons, in persons; read where `[certainty.sampling]` says
    /// `flows = "margins"` and has no list `margins`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<String>,
}

/// When two zones touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Contiguity {
    /// They share at least a point.
    Queen,
    /// They share a line.
    #[default]
    Rook,
}

/// The shapes of the zones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Borders {
    /// GeoJSON, TopoJSON, GeoPackage, Shapefile or GeoParquet, relative to `study.toml`; GeoJSON and TopoJSON also
    /// compressed with gzip or Zstandard.
    pub path: String,
    /// The property that holds the zone code; `code` where it is not given. Whole numbers match codes that differ from
    /// them only by zeros in front.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The layer or object, where the file has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// The coordinate reference system, such as `"EPSG:32632"`, where the file does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crs: Option<String>,
    /// When two zones touch.
    pub contiguity: Contiguity,
    /// Gaps up to this width, in metres, do not separate zones.
    pub tolerance_metres: f64,
    /// Zone codes to translate, such as `{ "46113" = "46102" }`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub recode: BTreeMap<String, String>,
    /// The vintage of the zone codes of this file; see the same key of tables.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vintage: Option<String>,
    /// Whether shapes with codes that are not zones may be left out; they are counted and disclosed.
    pub allow_unmatched: bool,
}

impl Default for Borders {
    fn default() -> Self {
        Self {
            path: String::new(),
            key: None,
            layer: None,
            crs: None,
            contiguity: Contiguity::default(),
            tolerance_metres: DEFAULT_TOLERANCE_M,
            recode: BTreeMap::new(),
            vintage: None,
            allow_unmatched: false,
        }
    }
}

/// A given partition of the zones into areas.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Partition {
    /// Where the table is and how to read it.
    #[serde(flatten)]
    pub source: TableSource,
    /// What the columns are called in the file.
    pub columns: PartitionColumns,
}

/// Columns of a partition.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct PartitionColumns {
    /// Code of the zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Code of its area; a zone with an empty field has no area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// Name of the area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A partition to compare the areas with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Compare {
    /// What it is called in the report, such as `"SLL 2011"`.
    pub name: String,
    /// Where the table is and how to read it.
    #[serde(flatten)]
    pub source: TableSource,
    /// What the columns are called in the file.
    pub columns: PartitionColumns,
}

/// Official figures that the report shows beside the results.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Official {
    /// Who published them, where and when.
    pub source: String,
    /// Number of labour market areas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub areas: Option<u64>,
    /// Number of districts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub districts: Option<u64>,
    /// Number of labour market areas by region, as regions are written in the zone table.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub areas_by_region: BTreeMap<String, u64>,
    /// Number of districts by region.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub districts_by_region: BTreeMap<String, u64>,
    /// Number of districts by main industry, as industries are called in the grouping.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub districts_by_industry: BTreeMap<String, u64>,
}

/// A format of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutputFormat {
    /// Tables as Parquet.
    Parquet,
    /// Tables as CSV.
    Csv,
    /// Shapes as GeoParquet 1.1.
    Geoparquet,
    /// Shapes as one GeoPackage.
    Geopackage,
    /// `report.html`.
    Report,
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Output {
    /// The formats.
    pub formats: Vec<OutputFormat>,
    /// How to cite the inputs, printed in the report; one text for each source.
    #[serde(skip_serializing_if = "is_empty")]
    pub cite: Texts,
}

fn is_empty(texts: &Texts) -> bool {
    texts.0.is_empty()
}

impl Default for Output {
    fn default() -> Self {
        use OutputFormat::{Csv, Geopackage, Geoparquet, Parquet, Report};
        Self { formats: vec![Parquet, Csv, Geoparquet, Geopackage, Report], cite: Texts::default() }
    }
}
