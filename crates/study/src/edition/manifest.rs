//! `manifest.json`: from what and by what the edition was made, and the hash of every file in it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use distretto_certainty::Source;
use distretto_districts::Kind;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::Meta;
use super::files::failed;
use crate::certainty::CertaintyResults;
use crate::config::Config;
use crate::disclosure::Disclosed;
use crate::fault::{Code, Fault, Log, Result};
use crate::run::Results;
use crate::tables::{Folder, InputFile, describe_files};

/// What `kind` says in the manifest of an edition.
pub(crate) const EDITION: &str = "edition";
/// What it says in that of a folder of tables.
pub(crate) const TABLES: &str = "tables";

/// Hash of a text, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The manifest of the files that stand in `folder`. It holds no time, and inputs are named as the study names them: the same inputs,
/// configuration and program give the same bytes.
pub fn manifest(results: &Results, meta: &Meta, folder: &Path) -> Result<String> {
    let input = &results.input;
    let config = input.config.canonical_json()?;
    let parsed: Value =
        serde_json::from_str(&config).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let inputs = inputs(&input.files);
    let log = messages(&results.log);
    let mut manifest = json!({
        "program": { "name": "distretto", "version": meta.version, "commit": meta.commit },
        "kind": EDITION,
        "study": { "title": input.config.study.title, "vintage": input.config.study.vintage },
        "config_sha256": sha256(config.as_bytes()),
        "config": parsed,
        "seed": input.config.study.seed,
        "mode": input.config.areas.mode,
        "inputs": inputs,
        "counts": counts(results),
    });
    if let Some(found) = &results.certainty {
        manifest["certainty"] = certainty(found);
    }
    if let Some(disclosed) = &results.disclosed {
        manifest["disclosure"] = disclosure(disclosed);
    }
    add_not_protected(&mut manifest, &input.config);
    manifest["messages"] = log.into();
    manifest["outputs"] = outputs(folder)?.into();
    Ok(format!("{manifest:#}\n"))
}

/// The files that were read.
pub(crate) fn inputs(files: &[InputFile]) -> Vec<Value> {
    files.iter().map(|file| json!({ "path": file.path, "size": file.size, "sha256": file.sha256 })).collect()
}

/// Names the tables that are made by a query, of which nothing is withheld.
pub(crate) fn add_not_protected(manifest: &mut Value, config: &Config) {
    let sections = config.not_protected();
    if !sections.is_empty() {
        manifest["not_protected"] = sections.into();
    }
}

/// Warnings and notes.
pub(crate) fn messages(log: &Log) -> Vec<Value> {
    let message = |fault: &Fault| {
        json!({
            "code": fault.code.number(),
            "severity": format!("{:?}", fault.severity()).to_lowercase(),
            "what": fault.what,
            "why": fault.why,
        })
    };
    log.entries().iter().map(message).collect()
}

fn counts(results: &Results) -> Value {
    let mut counts = Map::new();
    let mut add = |name: &str, count: usize| counts.insert(name.to_owned(), count.into());
    add("zones", results.input.zones.len());
    add("zones_without_area", results.areas.partition.without_area().count());
    if let Some(flows) = &results.input.flows {
        add("pairs", flows.table.pairs());
    }
    add("areas", results.areas.partition.areas());
    if let Some(search) = &results.areas.search {
        add("iterations", search.iterations as usize);
        add("reserve_entries", search.entries.len());
        add("zero_list", search.zero.len());
    }
    if let Some(tuning) = &results.areas.tuning {
        add("areas_before_tuning", tuning.before.areas());
        add("tuning_moves", tuning.moves.len());
        add("tuning_unresolved", tuning.unresolved.len());
    }
    if let Some(found) = &results.districts {
        for kind in Kind::ALL {
            add(kind.name(), found.verdicts.iter().filter(|area| area.kind == kind).count());
        }
    }
    Value::Object(counts)
}

/// What varied, and how many replicates there are of each set of sources; not when or in how many goes they were made.
fn certainty(found: &CertaintyResults) -> Value {
    let vary: Vec<&str> = found.together().varying.sources().map(Source::name).collect();
    let replicates: Map<String, Value> =
        found.sets.iter().map(|set| (set.varying.name(), set.replicates.len().into())).collect();
    json!({ "vary": vary, "replicates": replicates })
}

/// By which rule figures are withheld, and how many of each table; or that none are.
fn disclosure(disclosed: &Disclosed) -> Value {
    let Disclosed::Protected { rule, .. } = disclosed else { return json!({ "suppress": false }) };
    let withheld: Map<String, Value> = disclosed
        .withheld()
        .into_iter()
        .map(|(table, [primary, secondary])| {
            (table.to_owned(), json!({ "primary": primary, "secondary": secondary }))
        })
        .collect();
    json!({
        "suppress": true,
        "minimum": rule.minimum,
        "dominance_units": rule.dominance_units,
        "dominance_share": rule.dominance_share,
        "withheld": withheld,
    })
}

/// The files that the manifest in this folder names, by their path in it, itself and the timings included; none if it is not our
/// manifest of this kind of result.
pub(crate) fn files_of(folder: &Path, kind: &str) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join("manifest.json")).unwrap_or_default();
    let manifest: Value = serde_json::from_str(&text).unwrap_or_default();
    if manifest["program"]["name"] != "distretto" || manifest["kind"] != kind {
        return Vec::new();
    }
    let outputs = manifest["outputs"].as_array().into_iter().flatten();
    let names = outputs.filter_map(|output| output["path"].as_str());
    names.chain(["manifest.json", "timings.json"]).map(str::to_owned).collect()
}

/// Name, size and hash of every file, by name; those of folders within with the folder before their name.
pub(crate) fn outputs(folder: &Path) -> Result<Vec<Value>> {
    let mut files = Vec::new();
    files_below(folder, &mut files).map_err(|error| failed(folder, &error))?;
    let files = describe_files(&Folder::new(folder), &files)?;
    Ok(files
        .iter()
        .map(|file| json!({ "path": file.path, "size": file.size, "sha256": file.sha256 }))
        .collect())
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files_below(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// How long each stage took, in seconds.
pub fn timings(stages: &[(&'static str, Duration)]) -> String {
    let stages: Map<String, Value> =
        stages.iter().map(|(stage, duration)| ((*stage).to_owned(), json!(duration.as_secs_f64()))).collect();
    format!("{:#}\n", Value::Object(stages))
}
