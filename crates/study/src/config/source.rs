//! Where a table is and how to read it: the keys that all tables share.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::TextMap;

/// One text or a list of texts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Texts(pub Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Texts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E>(self, text: &str) -> Result<Texts, E> {
                Ok(Texts(vec![text.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = list.next_element()? {
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
        }
        deserializer.deserialize_any(OneOrMany)
    }
}

impl JsonSchema for Texts {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Texts".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "array"], "items": { "type": "string" } })
    }
}

/// The format of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Recognised from the first bytes: Parquet, or else delimited text.
    #[default]
    Auto,
    /// Delimited text: comma, semicolon, tab or bar; plain, gzip or Zstandard.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// The commuting matrix of the Italian census of 2011, as published by Istat; plain, gzip or Zstandard. Columns:
    /// `record`, `residence`, `origin`, `sex`, `reason`, `place`, `destination`, `country`, `mode`, `departure`,
    /// `duration`, `estimated`, `counted`, `flow`. Only records of type S are read unless `where` asks for `record`.
    #[serde(rename = "istat-2011")]
    Istat2011,
}

/// What stands before the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum Decimal {
    /// A full stop: `1234.5`.
    #[default]
    #[serde(rename = ".")]
    Point,
    /// A comma: `1234,5`.
    #[serde(rename = ",")]
    Comma,
}

/// A table that translates zone codes of one vintage into another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Crosswalk {
    /// The file; CSV or Parquet, plain or compressed.
    pub path: Texts,
    /// Column with the code that the table uses.
    pub from: String,
    /// Column with the code of the study. Rows where it is empty are ignored.
    pub to: String,
}

/// Keys that all tables share.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TableSource {
    /// File, pattern such as `"flows/*.csv.gz"`, or list of these, relative to `study.toml`. The rows of several
    /// files follow each other. `-` is standard input.
    pub path: Texts,
    /// An SQL query over `[sources]` in the place of a file, such as `"SELECT home, work, sum(persons) AS flow FROM trips GROUP BY home, work"`.
    /// The dialect is that of DataFusion, close to PostgreSQL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The format.
    pub format: Format,
    /// The delimiter of a text table, such as `";"`. Recognised from the first lines where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// What stands before the decimals of numbers.
    pub decimal: Decimal,
    /// Columns that the file lacks and that have the same value in every row, such as `{ size_class = "total" }`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub constants: TextMap,
    /// Rows to keep: for each column of the file the text, or the list of texts, that it must equal, such as
    /// `{ reason = "2" }`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub r#where: BTreeMap<String, Texts>,
    /// Rows to leave out: for each column of the file the text, or the list of texts, that it must not equal, such as
    /// `{ sector = "TOTAL" }`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub except: BTreeMap<String, Texts>,
    /// Number of digits that zone codes have: shorter ones made of digits get zeros in front.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pad: Option<u8>,
    /// Zone codes to translate, such as `{ "46113" = "46102" }`; after `pad`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub recode: TextMap,
    /// A table of zone codes to translate; `recode` goes before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crosswalk: Option<Crosswalk>,
    /// The vintage of the zone codes of this table. Refused where it is not the vintage of the study, unless
    /// `recode` or `crosswalk` says how to translate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vintage: Option<String>,
    /// Zone codes that mean abroad or unknown: their rows are counted, disclosed and kept out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<String>,
    /// Whether rows with codes that are not zones may be left out; they are counted and disclosed.
    pub allow_unmatched: bool,
}
