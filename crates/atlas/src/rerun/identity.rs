//! Whether a study is that of an edition.

use std::collections::BTreeMap;

use distretto_study::fault::{Code, Fault, Result, listed};
use distretto_study::input::{Input, Study};
use distretto_study::tables::{Folder, describe_files};
use serde_json::Value;

use crate::edition::Edition;

/// The sections of `study.toml` that areas and districts depend on.
const SECTIONS: [&str; 6] = ["zones", "flows", "borders", "jobs", "areas", "districts"];

/// Refuses a study that reads or rules otherwise than that of the edition.
pub(super) fn same_rules(edition: &Edition, study: &Study) -> Result<()> {
    let internal = |error: serde_json::Error| Fault::new(Code::Internal, error.to_string());
    let config: Value = serde_json::from_str(&study.config.canonical_json()?).map_err(internal)?;
    // Numbers go the way they went into the manifest: written and read once more.
    let config: Value = serde_json::from_str(&config.to_string()).map_err(internal)?;
    let theirs = &edition.manifest["config"];
    match SECTIONS.into_iter().find(|&section| config[section] != theirs[section]) {
        None => Ok(()),
        Some(section) => Err(other(
            edition,
            format!("[{section}] of the study {}", difference(&config[section], &theirs[section])),
        )),
    }
}

/// Refuses a study whose files are not, byte by byte, those that the edition was made from.
pub(super) fn same_files(edition: &Edition, study: &Study) -> Result<()> {
    let files = study.files()?;
    let files = describe_files(&Folder::new(&study.base).taking_in(&files)?, &files)?;
    let ours: BTreeMap<&str, &str> =
        files.iter().map(|file| (file.path.as_str(), file.sha256.as_str())).collect();
    let inputs = edition.manifest["inputs"].as_array().into_iter().flatten();
    let theirs: BTreeMap<&str, &str> =
        inputs.filter_map(|file| Some((file["path"].as_str()?, file["sha256"].as_str()?))).collect();
    let differing = |from: &BTreeMap<&str, &str>, to: &BTreeMap<&str, &str>| -> Vec<String> {
        let files = from.iter().filter(|(path, hash)| to.get(*path) != Some(hash));
        files.map(|(path, _)| (*path).to_owned()).collect()
    };
    let mut files = differing(&ours, &theirs);
    files.extend(differing(&theirs, &ours));
    files.sort_unstable();
    files.dedup();
    if files.is_empty() {
        return Ok(());
    }
    Err(other(edition, format!("not the files that the edition was made from: {}", listed(&files, 5))))
}

/// Refuses a study with other zones.
pub(super) fn same_zones(edition: &Edition, input: &Input) -> Result<()> {
    let (ours, theirs) = (input.zones.zones.codes(), edition.zones.codes());
    if ours == theirs {
        return Ok(());
    }
    let why = format!(
        "the study has {} zones, the edition {}, and they are not the same",
        ours.len(),
        theirs.len()
    );
    Err(other(edition, why))
}

/// The first key of a section that differs.
fn difference(ours: &Value, theirs: &Value) -> String {
    match (ours.as_object(), theirs.as_object()) {
        (Some(_), None) => "is not in that of the edition".to_owned(),
        (None, _) => "is missing".to_owned(),
        (Some(own), Some(other)) => {
            let key = own.keys().chain(other.keys()).find(|key| own.get(*key) != other.get(*key));
            let key = key.map_or("", String::as_str);
            let shown = |value: &Value| match value {
                Value::Null => "nothing".to_owned(),
                Value::Object(_) | Value::Array(_) => "other values".to_owned(),
                value => value.to_string(),
            };
            format!("has {} for `{key}`, that of the edition {}", shown(&ours[key]), shown(&theirs[key]))
        }
    }
}

fn other(edition: &Edition, why: String) -> Box<Fault> {
    Fault::new(Code::StudyOfOtherEdition, format!("the study is not the one of the edition `{}`", edition.id))
        .in_file(&edition.folder)
        .because(why)
        .hint("name the study of this edition, or write the edition again with `distretto run`")
}
