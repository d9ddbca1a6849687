//! What an edition is: its tables, parameters, inputs and warnings.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::citation::{Citation, citation};
use super::editions::{EditionSummary, Offer};
use super::sliders::{Slider, sliders};
use crate::edition::Edition;
use crate::format::{Format, formats};
use crate::table::{Field, Table};

/// `editions/{edition}.json`: what a reader must know before using it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Edition)]
pub struct EditionDoc {
    /// Name, title, size, and what there is.
    #[serde(flatten)]
    pub summary: EditionSummary,
    /// Its tables.
    pub tables: Vec<TableInfo>,
    /// What the study set, by name as in `study.toml`; thresholds of districts only where there are jobs.
    pub parameters: BTreeMap<String, f64>,
    /// What is sensible to try for each parameter.
    pub sliders: Vec<Slider>,
    /// How to cite it.
    pub citation: Citation,
    /// Every file that was read.
    pub inputs: Vec<InputFile>,
    /// Warnings and notes of the run.
    pub messages: Vec<Message>,
    /// Seed of everything drawn.
    pub seed: u64,
    /// How the method was read: clean or reference.
    pub method: String,
}

/// A table of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TableInfo {
    /// Its name in addresses.
    pub name: String,
    /// What a row is.
    pub title: String,
    /// Number of rows.
    pub rows: usize,
    /// Columns that identify a row.
    pub key: Vec<String>,
    /// What each column is.
    pub fields: Vec<Field>,
    /// Formats it can be had in, as endings of its address.
    pub formats: Vec<&'static str>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct InputFile {
    /// As the study names it.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Hash, hexadecimal.
    pub sha256: String,
}

/// A warning or note of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Message {
    /// Code in the catalogue of errors.
    pub code: String,
    /// warning or note.
    pub severity: String,
    /// What was found.
    pub what: String,
    /// Why it matters, or where; null where nothing more is to be said.
    pub why: Option<String>,
}

/// An edition: what a reader must know before using it. Cost: linear in columns, inputs and messages.
pub fn edition(offer: &Offer<'_>) -> EditionDoc {
    let edition = offer.edition;
    let manifest = &edition.manifest;
    EditionDoc {
        summary: EditionSummary::of(offer),
        tables: edition.all_tables().map(|table| info(edition, table)).collect(),
        parameters: parameters(&manifest["config"]),
        sliders: sliders(&manifest["config"]),
        citation: citation(edition),
        inputs: list(&manifest["inputs"]).map(input).collect(),
        messages: list(&manifest["messages"]).map(message).collect(),
        seed: manifest["seed"].as_u64().unwrap_or_default(),
        method: text(&manifest["mode"]),
    }
}

fn info(edition: &Edition, table: &Table) -> TableInfo {
    TableInfo {
        name: table.name.clone(),
        title: table.title.clone(),
        rows: table.rows(),
        key: table.key.clone(),
        fields: table.fields.clone(),
        formats: formats(edition, table).into_iter().map(Format::ending).collect(),
    }
}

/// The numbers under `[areas]` and, where there are jobs, `[districts]`.
fn parameters(config: &Value) -> BTreeMap<String, f64> {
    let districts = (!config["jobs"].is_null()).then_some(&config["districts"]);
    let sections = [Some(&config["areas"]), districts].into_iter().flatten().filter_map(Value::as_object);
    sections.flatten().filter_map(|(name, value)| Some((name.clone(), value.as_f64()?))).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn input(value: &Value) -> InputFile {
    InputFile {
        path: text(&value["path"]),
        size: value["size"].as_u64().unwrap_or_default(),
        sha256: text(&value["sha256"]),
    }
}

fn message(value: &Value) -> Message {
    Message {
        code: text(&value["code"]),
        severity: text(&value["severity"]),
        what: text(&value["what"]),
        why: value["why"].as_str().map(str::to_owned),
    }
}
