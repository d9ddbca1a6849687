//! Where tables that come from queries or micro-data are made.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

use super::Texts;

/// Where tables that come from queries or micro-data are made, and with how much. Instead of a section the address alone may be
/// given, above all sections: `engine = "ballista://host:50050"`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Engine {
    /// What the section says.
    #[serde(flatten)]
    pub keys: EngineKeys,
}

/// Where tables that come from queries or micro-data are made, and with how much. Instead of a section the address alone may be
/// given, above all sections: `engine = "ballista://host:50050"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct EngineKeys {
    /// A Ballista cluster, by the address of its scheduler, such as `"ballista://host:50050"`. In this process where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What sorts, joins and sums may hold in this process, such as `"8 GB"`; beyond that they spill to disk. Executors of a cluster
    /// have limits of their own.
    #[serde(deserialize_with = "memory")]
    pub memory: String,
    /// Threads in this process; as many as there are processors where it is not given. Results do not depend on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threads: Option<usize>,
    /// Folder to spill to, which must be there; that of the system for temporary files where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spill: Option<String>,
    /// A folder that every executor of the cluster sees under the same path: borders are put there while points are put into
    /// zones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<String>,
    /// Minutes that a cluster may take for one table before its work is cancelled and asked for once more.
    pub deadline_minutes: u32,
}

impl Default for EngineKeys {
    fn default() -> Self {
        Self {
            address: None,
            memory: "4 GB".into(),
            threads: None,
            spill: None,
            shared: None,
            deadline_minutes: 60,
        }
    }
}

/// Reads an amount of memory. A number lacks its unit, and is said so by the same check as a text without one.
fn memory<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct TextOrNumber;
    impl Visitor<'_> for TextOrNumber {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an amount of memory such as \"8 GB\"")
        }

        fn visit_str<E>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }

        fn visit_i64<E>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }

        fn visit_f64<E>(self, number: f64) -> Result<String, E> {
            Ok(number.to_string())
        }
    }
    deserializer.deserialize_any(TextOrNumber)
}

impl<'de> Deserialize<'de> for Engine {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AddressOrKeys;
        impl<'de> Visitor<'de> for AddressOrKeys {
            type Value = EngineKeys;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an address such as \"ballista://host:50050\", or a section [engine]")
            }

            fn visit_str<E>(self, text: &str) -> Result<EngineKeys, E> {
                Ok(EngineKeys { address: Some(text.to_owned()), ..EngineKeys::default() })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<EngineKeys, A::Error> {
                EngineKeys::deserialize(MapAccessDeserializer::new(map))
            }
        }
        deserializer.deserialize_any(AddressOrKeys).map(|keys| Self { keys })
    }
}

impl JsonSchema for Engine {
    fn schema_name() -> Cow<'static, str> {
        "Engine".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = EngineKeys::json_schema(generator);
        schema.insert("type".into(), serde_json::json!(["object", "string"]));
        schema
    }
}

/// The format of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceFormat {
    /// As the endings of the files say, which have to be the same: `.parquet`, `.csv`, `.tsv`, `.txt`, `.json`, `.ndjson`, also with `.gz`, `.zst`, `.bz2` or
    /// `.xz`.
    #[default]
    Auto,
    /// Apache Parquet.
    Parquet,
    /// Delimited text with a header, UTF-8.
    Csv,
    /// One JSON object a line.
    Json,
    /// The commuting matrix of the Italian census of 2011, records of type S. Columns: `record`, `residence`, `origin`, `sex`,
    /// `reason`, `place`, `destination`, `country`, `flow`.
    #[serde(rename = "istat-2011")]
    Istat2011,
}

/// What the values of a column of text are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ValueKind {
    /// Text.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers.
    Number,
    /// Days, `2011-10-09`.
    Date,
    /// Points in time, `2011-10-09T08:30:00`.
    Time,
}

/// Raw files under a name, for queries and micro-data.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct RawSource {
    /// Files, patterns, folders or addresses (`s3://bucket/...`, `https://...`), all of one format; relative to `study.toml`. Parts such as
    /// `year=2011` in the names of folders are columns. Credentials of S3 come from the environment.
    pub path: Texts,
    /// The format.
    pub format: SourceFormat,
    /// The delimiter of text; recognised from the header where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// Columns, or keys in the names of folders, that are something else than their files say, such as `{ employees = "number" }`: columns
    /// of text are text otherwise. For queries; micro-data need no kinds.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<String, ValueKind>,
    /// An SQL query over other sources, in the place of `path`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
}
