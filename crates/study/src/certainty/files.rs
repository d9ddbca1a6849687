//! What the command writes without a study: `replicates.csv`, `zones.csv`, `borders.csv` where there are borders, `counts.json`.

use std::path::Path;

use arrow::error::ArrowError;
use distretto_certainty::rule::Parameter;
use distretto_certainty::{Distribution, Source, Verdict};
use serde_json::{Map, Value, json};

use super::{CertaintyResults, settings};
use crate::edition::files::{write_csv, write_text};
use crate::edition::folder::{only_ours, whole_folder};
use crate::edition::table::Table;
use crate::edition::tables::certainty as tables;
use crate::fault::{Code, Fault, Result};
use crate::run::Results;

const PROGRAM: &str = "distretto certainty";
const COUNTS: &str = "counts.json";
const TABLES: [&str; 3] = ["replicates.csv", "zones.csv", "borders.csv"];

/// Refuses a folder that holds anything but these files as this command wrote them, unless `force` is set.
pub fn may_replace(out: &Path, force: bool) -> Result<()> {
    let text = std::fs::read_to_string(out.join(COUNTS)).unwrap_or_default();
    let counts: Value = serde_json::from_str(&text).unwrap_or_default();
    let ours: Vec<String> = if counts["program"] == PROGRAM {
        TABLES.into_iter().chain([COUNTS]).map(str::to_owned).collect()
    } else {
        Vec::new()
    };
    only_ours(out, &ours, "made by this command", force)
}

/// Writes the files to the folder `out`, all of them or none, in the place of those that are there.
pub fn write(results: &Results, out: &Path, force: bool) -> Result<()> {
    may_replace(out, force)?;
    let Some(found) = &results.certainty else {
        return Err(Fault::new(Code::Internal, "there are no replicates to write"));
    };
    let tables = tables(results, found).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let counts = format!("{:#}\n", counts(results, found)?);
    whole_folder(out, |folder| {
        tables
            .iter()
            .try_for_each(|table| write_csv(table, &folder.join(table.name).with_extension("csv")))?;
        write_text(&counts, &folder.join(COUNTS))
    })
}

/// The tables of an edition with fewer columns; replicates are those in which all sources vary together.
fn tables(results: &Results, found: &CertaintyResults) -> std::result::Result<Vec<Table>, ArrowError> {
    let together = std::slice::from_ref(found.together());
    let replicates = tables::replicates(results, together)?;
    let zones = tables::zone_certainty(results, found, &tables::ConsensusAreas::new(results, found))?;
    let mut files = vec![
        named("replicates", &replicates, &["replicate", "areas", "ari", "nmi"])?,
        named(
            "zones",
            &zones,
            &[
                "zone",
                "area",
                "membership",
                "runner_up",
                "runner_up_membership",
                "elsewhere",
                "without_area",
                "entropy",
                "kind",
            ],
        )?,
    ];
    if let Some(strengths) = &found.borders {
        let borders = tables::borders(results, found, strengths)?;
        files.push(named(
            "borders",
            &borders,
            &["a", "b", "strength", "strength_raw", "strength_se", "separates"],
        )?);
    }
    Ok(files)
}

/// The table under another name with these columns only.
fn named(name: &'static str, table: &Table, columns: &[&str]) -> std::result::Result<Table, ArrowError> {
    let schema = table.batch.schema();
    let indices: Vec<usize> =
        columns.iter().map(|column| schema.index_of(column)).collect::<std::result::Result<_, _>>()?;
    let meanings = indices.iter().filter_map(|&at| table.meanings.get(at).copied()).collect();
    Ok(Table { name, meanings, batch: table.batch.project(&indices)?, ..*table })
}

/// `counts.json`: how many areas there are, and how the replicates were made.
fn counts(results: &Results, found: &CertaintyResults) -> Result<Value> {
    let input = &results.input;
    let settings = settings(input);
    let set = found.together();
    let sampling = settings.sampling.clone().unwrap_or_default();
    let sampling =
        serde_json::to_value(&sampling).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let rule = &found.base.rule;
    let parameters: Map<String, Value> = Parameter::ALL
        .into_iter()
        .filter(|parameter| parameter.is_of_areas())
        .map(|parameter| (parameter.name().to_owned(), parameter.of(rule).into()))
        .collect();
    let convergence = &found.convergence;
    Ok(json!({
        "program": PROGRAM,
        "seed": input.config.study.seed,
        "mode": input.config.areas.mode,
        "parameters": parameters,
        "vary": set.varying.sources().map(Source::name).collect::<Vec<_>>(),
        "sampling": sampling,
        "replicates": set.replicates.len(),
        "replicates_needed": convergence.needed,
        "largest_mcse": convergence.largest_mcse,
        "empty": set.counts.empty,
        "not_converged": set.counts.not_converged,
        "areas": told(&set.counts.areas),
        "consensus_areas": found.consensus.areas,
        "borders_of_the_run": found.structure.map(|structure| json!({
            "pairs": structure.base_borders,
            "mean_strength_raw": structure.mean_strength,
            "verdict": structure.verdict().map(Verdict::name),
        })),
    }))
}

/// A count with its intervals, both ends included, and in how many replicates each value occurred.
fn told(count: &Distribution) -> Value {
    let sample = count.sample();
    let interval = |level| count.interval(level).map(|interval| [interval.from, interval.to]);
    let histogram: Vec<Value> = count
        .histogram()
        .into_iter()
        .map(|(value, replicates)| json!({ "value": value, "replicates": replicates }))
        .collect();
    json!({
        "base": count.base,
        "median": sample.median(),
        "interval80": interval(0.8),
        "interval95": interval(0.95),
        "mean": sample.mean(),
        "mean_mcse": sample.standard_error_of_mean(),
        "sd": sample.standard_deviation(),
        "histogram": histogram,
    })
}
