//! `distretto tables`: tables from queries and micro-data as results of their own.

use std::fmt;
use std::path::Path;

use serde_json::{Value, json};

use super::{Made, Watch};
use crate::edition::files::{failed, write_text};
use crate::edition::folder::{only_ours, whole_folder};
use crate::edition::manifest::{self, sha256};
use crate::edition::Meta;
use crate::fault::{Code, Fault, Log, Result};
use crate::input::Study;
use crate::tables::{Folder, describe_files};

/// A table that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its folder.
    pub name: String,
    /// The section of the study that asks for it.
    pub section: String,
    /// Its rows.
    pub rows: u64,
    /// Rows of sources read, where it is known.
    pub read: u64,
}

/// What was written. `Display` gives it for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The tables, in the order of the study.
    pub tables: Vec<Written>,
    /// Warnings and notes.
    pub log: Log,
}

/// Makes every table of a study that comes from queries and micro-data, the network of firms included, and writes them to `out`: a folder
/// of Parquet files for each, sorted by their keys, and `manifest.json`. Whole or not at all; an older result there is replaced, anything
/// else is left alone unless `force` is set.
///
/// # Errors
/// The study has no such table; the program was built without the engine; anything wrong with sources, queries and values.
pub fn write(study: &Study, meta: &Meta, out: &Path, force: bool, watch: &mut Watch<'_>) -> Result<Report> {
    only_ours(out, &manifest::files_of(out), "a folder of tables", force)?;
    if study.config.made().is_empty() && study.config.transactions.is_none() {
        return Err(Fault::new(Code::StudyIncomplete, "the study has no table that comes from a query or from micro-data")
            .hint("give `query` in the place of `path`, or [jobs.register], [flows.trips] or [transactions]"));
    }
    let made = make_all(study, watch)?;
    let tables: Vec<Written> = made
        .tables
        .iter()
        .map(|table| Written {
            name: folder_of(&table.section),
            section: table.section.clone(),
            rows: table.rows,
            read: table.read,
        })
        .collect();
    whole_folder(out, |folder| {
        for (table, written) in made.tables.iter().zip(&tables) {
            let folder = folder.join(&written.name);
            std::fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
            for file in &table.files {
                let to = folder.join(file.file_name().unwrap_or_default());
                std::fs::copy(file, &to).map_err(|error| failed(&to, &error))?;
            }
        }
        write_text(&manifest_of(study, meta, &made, &tables, folder)?, &folder.join("manifest.json"))
    })?;
    Ok(Report { tables, log: made.log.clone() })
}

/// Each of these tables with the plan that makes it, for people.
pub fn explain(study: &Study) -> Result<Vec<(String, String)>> {
    #[cfg(feature = "engine")]
    return super::making::explain(study);
    #[cfg(not(feature = "engine"))]
    Err(super::without_engine(&study.config))
}

#[cfg(feature = "engine")]
fn make_all(study: &Study, watch: &mut Watch<'_>) -> Result<Made> {
    let mut maker = super::making::Maker::new(study)?;
    maker.make_tables(watch)?;
    if let Some(given) = &study.config.transactions {
        maker.make_network(given, watch)?;
    }
    Ok(maker.finish())
}

#[cfg(not(feature = "engine"))]
fn make_all(study: &Study, _: &mut Watch<'_>) -> Result<Made> {
    Err(super::without_engine(&study.config))
}

/// The folder of a table: its section, as a file may be called.
fn folder_of(section: &str) -> String {
    match section {
        "transactions" => "firm_network".to_owned(),
        "transactions.zones" => "trade_by_zone".to_owned(),
        "transactions.activities" => "trade_by_activity".to_owned(),
        other => {
            let plain = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
            other.chars().map(plain).collect()
        }
    }
}

fn manifest_of(study: &Study, meta: &Meta, made: &Made, tables: &[Written], folder: &Path) -> Result<String> {
    let config = study.config.canonical_json()?;
    let parsed: Value =
        serde_json::from_str(&config).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let mut inputs = describe_files(&Folder::new(&study.base), &made.local)?;
    inputs.extend(made.remote.iter().cloned());
    inputs.sort();
    inputs.dedup();
    let tables: Vec<Value> = tables
        .iter()
        .map(|table| json!({ "name": table.name, "section": table.section, "rows": table.rows }))
        .collect();
    let manifest = json!({
        "program": { "name": "distretto", "version": meta.version, "commit": meta.commit },
        "study": { "title": study.config.study.title, "vintage": study.config.study.vintage },
        "config_sha256": sha256(config.as_bytes()),
        "config": parsed,
        "inputs": manifest::inputs(&inputs),
        "tables": tables,
        "messages": manifest::messages(&made.log),
        "outputs": manifest::outputs(folder)?,
    });
    Ok(format!("{manifest:#}\n"))
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for table in &self.tables {
            let read = if table.read > 0 { format!(" from {} rows", table.read) } else { String::new() };
            writeln!(f, "{:<20}{} rows{read}", table.name, table.rows)?;
        }
        Ok(())
    }
}
