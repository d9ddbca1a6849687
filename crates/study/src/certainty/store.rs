//! The replicates of a study on disk: kept as they are made, found again by the next command.
//!
//! A folder with `about.json`, which says what the replicates were made from, and Parquet files of replicates, one row each,
//! named after what varied and the numbers inside: `sampling-000001-000064.parquet`. A file is there whole or not at all, so
//! whatever interrupts the work costs at most the block at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use distretto_certainty::{Replicate, RuleSpace, Varying};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde_json::{Map, Value, json};

use super::rows::{from_rows, to_rows};
use super::settings;
use crate::config::Config;
use crate::edition::files::{failed, whole_file, write_text};
use crate::fault::{Code, Fault, Result, listed};
use crate::input::{Input, Study};
use crate::tables::name_in;

/// Raised whenever stored replicates would no longer equal ones made anew by a program of the same version.
const FORMAT: u64 = 1;
const VERSION: &str = "version of the program";
const ABOUT: &str = "about.json";

/// A folder of replicates of one study. It is made with the first replicates that are kept in it.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
    about: Value,
    zones: usize,
}

impl Store {
    /// The replicates of this study in `folder`, which need not be there. Nothing in it is touched.
    ///
    /// # Errors
    /// The folder holds replicates of another configuration or other inputs (the message says what differs), or something
    /// else altogether.
    pub fn open(folder: &Path, input: &Input) -> Result<Self> {
        let store = Self { folder: folder.to_owned(), about: about(input)?, zones: input.zones.len() };
        let path = folder.join(ABOUT);
        let Ok(text) = std::fs::read_to_string(&path) else {
            let mut entries = std::fs::read_dir(folder).into_iter().flatten();
            if folder.is_file() || entries.next().is_some() {
                return Err(Fault::new(Code::OutputExists, "the folder for replicates holds something else")
                    .in_file(folder)
                    .hint("name another folder with `--keep`"));
            }
            return Ok(store);
        };
        let kept: Value = serde_json::from_str(&text)
            .map_err(|error| damaged(&path, &error).hint("remove the folder to start anew"))?;
        let differing = differences(&kept, &store.about);
        if differing.is_empty() {
            return Ok(store);
        }
        Err(Fault::new(
            Code::ReplicatesForeign,
            "the replicates kept there are not of this study as it is now",
        )
        .in_file(folder)
        .because(format!("what differs: {}", listed(&differing, 10)))
        .hint(
            "go back to the old study, name another folder with `--keep`, or remove this one to start anew",
        ))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The replicates kept of one set, by number.
    pub fn load(&self, varying: Varying, rules: &RuleSpace) -> Result<BTreeMap<u64, Replicate>> {
        if !self.folder.exists() {
            return Ok(BTreeMap::new());
        }
        let prefix = format!("{}-", varying.name());
        let mut paths: Vec<PathBuf> = std::fs::read_dir(&self.folder)
            .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
            .map_err(|error| failed(&self.folder, &error))?;
        paths.retain(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            name.starts_with(&prefix) && name.ends_with(".parquet")
        });
        paths.sort_unstable();
        let mut replicates = BTreeMap::new();
        for path in paths {
            for replicate in self.read(&path, varying, rules)? {
                replicates.insert(replicate.number, replicate);
            }
        }
        Ok(replicates)
    }

    fn read(&self, path: &Path, varying: Varying, rules: &RuleSpace) -> Result<Vec<Replicate>> {
        let damaged = |error: &dyn std::fmt::Display| damaged(path, error);
        let file = File::open(path).map_err(|error| damaged(&error))?;
        let reader = ParquetRecordBatchReaderBuilder::try_new(file)
            .and_then(ParquetRecordBatchReaderBuilder::build)
            .map_err(|error| damaged(&error))?;
        let mut replicates = Vec::new();
        for batch in reader {
            let batch = batch.map_err(|error| damaged(&error))?;
            let rows = from_rows(&batch, varying, rules, self.zones)
                .ok_or_else(|| damaged(&"its columns are not those of replicates of this study"))?;
            replicates.extend(rows);
        }
        Ok(replicates)
    }

    /// Keeps replicates of one set.
    pub fn save(&self, replicates: &[Replicate]) -> Result<()> {
        let (Some(first), Some(last)) = (replicates.first(), replicates.last()) else { return Ok(()) };
        let about = self.folder.join(ABOUT);
        if !about.exists() {
            std::fs::create_dir_all(&self.folder).map_err(|error| failed(&self.folder, &error))?;
            whole_file(&about, |path| write_text(&format!("{:#}\n", self.about), path))?;
        }
        let name = format!("{}-{:06}-{:06}.parquet", first.varying.name(), first.number, last.number);
        whole_file(&self.folder.join(name), |path| {
            let batch = to_rows(replicates).map_err(|error| failed(path, &error))?;
            let level = ZstdLevel::try_new(1).map_err(|error| failed(path, &error))?;
            let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level)).build();
            let file = File::create(path).map_err(|error| failed(path, &error))?;
            let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties))
                .map_err(|error| failed(path, &error))?;
            writer.write(&batch).map_err(|error| failed(path, &error))?;
            writer.close().map_err(|error| failed(path, &error))?;
            Ok(())
        })
    }
}

fn damaged(path: &Path, error: &dyn std::fmt::Display) -> Box<Fault> {
    Fault::new(Code::ReplicatesDamaged, "replicates that were kept cannot be read")
        .in_file(path)
        .because(error.to_string())
        .hint("remove the file: its replicates will be made again")
}

/// What decides what a replicate is: the part of the study that does, and the tables.
fn about(input: &Input) -> Result<Value> {
    let text = input.config.canonical_json()?;
    let mut config: Map<String, Value> =
        serde_json::from_str(&text).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    // How many replicates there are, which sources vary (each set is kept by its name), what is compared and what is
    // written change no replicate; a default that is written out is none the less the default.
    for section in ["certainty", "compare", "engine", "official", "output", "study", "transactions"] {
        config.remove(section);
    }
    let mut settings = settings(input);
    settings.sampling.get_or_insert_default();
    let settings =
        serde_json::to_value(&settings).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    for part in ["sampling", "rule", "vintage"] {
        config.insert(format!("certainty.{part}"), settings[part].clone());
    }
    if let Some(areas) = config.get_mut("areas").and_then(Value::as_object_mut) {
        areas.remove("trace");
    }
    // A file that is compared with may decide as well, as the areas to start from; files of sources all do.
    let named = |config: Config| -> Result<BTreeSet<String>> {
        let files = Study::new(config, &input.base).files()?;
        Ok(files.iter().map(|file| name_in(&input.base, file)).collect())
    };
    let deciding = named(Config { compare: Vec::new(), ..input.config.clone() })?;
    let compared: BTreeSet<String> = named(input.config.clone())?.difference(&deciding).cloned().collect();
    let inputs: Map<String, Value> = input
        .files
        .iter()
        .filter(|file| !compared.contains(&file.path))
        .map(|file| (file.path.clone(), file.sha256.clone().into()))
        .collect();
    Ok(json!({
        "program": "distretto",
        "version": env!("CARGO_PKG_VERSION"),
        "format": FORMAT,
        "seed": input.config.study.seed,
        "zones": input.zones.len(),
        "config": config,
        "inputs": inputs,
    }))
}

/// What differs between two descriptions, named as a reader knows it.
fn differences(stored: &Value, now: &Value) -> Vec<String> {
    let mut differing = Vec::new();
    for (part, words) in [
        ("program", "program"),
        ("version", VERSION),
        ("format", VERSION),
        ("seed", "seed"),
        ("zones", "zones"),
    ] {
        if stored[part] != now[part] && !differing.iter().any(|said| said == words) {
            differing.push(words.to_owned());
        }
    }
    for section in changed(&stored["config"], &now["config"]) {
        let [before, after] = [stored, now].map(|about| &about["config"][&section]);
        if before.is_object() && after.is_object() {
            differing.extend(changed(before, after).into_iter().map(|key| format!("{key} of [{section}]")));
        } else {
            differing.push(format!("[{section}]"));
        }
    }
    differing.extend(changed(&stored["inputs"], &now["inputs"]));
    differing
}

/// The keys whose values are not the same in two objects, in order.
fn changed(stored: &Value, now: &Value) -> BTreeSet<String> {
    let keys = [stored, now].into_iter().filter_map(Value::as_object).flat_map(Map::keys);
    keys.filter(|key| stored[key.as_str()] != now[key.as_str()]).cloned().collect()
}
