//! The edition: a folder of results that any tool can open.
//!
//! | file | what |
//! |---|---|
//! | `*.csv`, `*.parquet` | every table twice, from the same rows |
//! | `area_shapes.parquet`, `zone_shapes.parquet` | shapes as GeoParquet 1.1 |
//! | `shapes.gpkg` | the same as one GeoPackage |
//! | `datapackage.json` | what every column means |
//! | `report.html` | a page for a reader |
//! | `manifest.json` | from what, by what, and the hash of every file |
//! | `timings.json` | how long it took: the only file that differs between two runs |

mod datapackage;
pub mod files;
mod manifest;
mod shapes;
pub mod table;
pub mod tables;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::config::OutputFormat;
use crate::fault::{Code, Fault, Result, listed};
use crate::report::{self, ReportMeta};
use crate::run::Results;
use crate::stopwatch::Stopwatch;
use files::{failed, growing, write_csv, write_parquet, write_text};
use table::Table;

/// Which program writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Version of the program.
    pub version: String,
    /// Commit it was built from, if known.
    pub commit: Option<String>,
}

/// Writes the edition of a run to the folder `out`, whole or not at all.
///
/// An older edition there is replaced; a folder that holds anything else is left alone unless `force` is set. `stopwatch`
/// hears of each part.
pub fn write(
    results: &Results,
    meta: &Meta,
    out: &Path,
    force: bool,
    stopwatch: &mut Stopwatch,
) -> Result<()> {
    may_replace(out, force)?;
    let partial = growing(out);
    let _ = std::fs::remove_dir_all(&partial);
    let written = std::fs::create_dir_all(&partial)
        .map_err(|error| failed(&partial, &error))
        .and_then(|()| write_all(results, meta, &partial, stopwatch))
        .and_then(|()| put_in_place(&partial, out));
    if written.is_err() {
        let _ = std::fs::remove_dir_all(&partial);
    }
    written
}

fn write_all(results: &Results, meta: &Meta, folder: &Path, stopwatch: &mut Stopwatch) -> Result<()> {
    let formats = &results.input.config.output.formats;
    let wants = |format: OutputFormat| formats.contains(&format);
    stopwatch.begin("writing tables");
    let tables = tables::all(results).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    tables.par_iter().try_for_each(|table| write_table(table, folder, formats))?;
    if results.input.borders.is_some() {
        stopwatch.begin("writing shapes");
        shapes::write(
            results,
            &tables,
            None,
            folder,
            wants(OutputFormat::Geoparquet),
            wants(OutputFormat::Geopackage),
        )?;
    }
    write_text(&datapackage::datapackage(results, &tables), &folder.join("datapackage.json"))?;
    if wants(OutputFormat::Report) {
        stopwatch.begin("writing the report");
        let meta = report_meta(results, meta)?;
        write_text(&report::report(results, &meta), &folder.join("report.html"))?;
    }
    stopwatch.begin("hashing");
    write_text(&manifest::manifest(results, meta, folder)?, &folder.join("manifest.json"))?;
    write_text(&manifest::timings(stopwatch.stop()), &folder.join("timings.json"))
}

fn report_meta(results: &Results, meta: &Meta) -> Result<ReportMeta> {
    Ok(ReportMeta {
        version: meta.version.clone(),
        commit: meta.commit.clone(),
        study_hash: manifest::sha256(results.input.config.canonical_json()?.as_bytes()),
        command: "distretto run study.toml --out edition".to_owned(),
    })
}

fn write_table(table: &Table, folder: &Path, formats: &[OutputFormat]) -> Result<()> {
    if formats.contains(&OutputFormat::Parquet) {
        write_parquet(table, &folder.join(table.name).with_extension("parquet"))?;
    }
    if formats.contains(&OutputFormat::Csv) {
        write_csv(table, &folder.join(table.name).with_extension("csv"))?;
    }
    Ok(())
}

/// Refuses a folder that holds anything but an edition, unless `force` is set. Better asked before a long run than after.
pub fn may_replace(out: &Path, force: bool) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(out) else {
        return if out.exists() && !force { Err(occupied(out, "it is a file")) } else { Ok(()) };
    };
    let known = manifest::files_of(out);
    let strangers: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !known.contains(name))
        .collect();
    if force || strangers.is_empty() {
        return Ok(());
    }
    Err(occupied(out, &format!("it holds {}", listed(&strangers, 5))))
}

fn occupied(out: &Path, why: &str) -> Box<Fault> {
    Fault::new(Code::OutputExists, "the output folder holds something that is not an edition")
        .in_file(out)
        .because(why)
        .hint("choose another folder, or say `--force` to replace all that it holds")
}

/// Puts the finished folder where the old one stood.
fn put_in_place(partial: &Path, out: &Path) -> Result<()> {
    let mut old: Option<PathBuf> = None;
    if out.exists() {
        let aside = growing(&out.with_extension("old"));
        std::fs::rename(out, &aside).map_err(|error| failed(out, &error))?;
        old = Some(aside);
    }
    if let Err(error) = std::fs::rename(partial, out) {
        if let Some(aside) = old {
            let _ = std::fs::rename(aside, out);
        }
        return Err(failed(out, &error));
    }
    old.map_or(Ok(()), |aside| std::fs::remove_dir_all(&aside).map_err(|error| failed(&aside, &error)))
}
