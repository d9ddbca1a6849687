//! The edition: a folder of results that any tool can open.
//!
//! | file | what |
//! |---|---|
//! | `*.csv`, `*.parquet` | every table twice, from the same rows |
//! | `area_shapes.parquet`, `zone_shapes.parquet` | shapes as GeoParquet 1.1 |
//! | `border_lines.parquet` | borders with their strength, where certainty was asked for |
//! | `shapes.gpkg` | the same as one GeoPackage |
//! | `datapackage.json` | what every column means |
//! | `report.html` | a page for a reader |
//! | `manifest.json` | from what, by what, and the hash of every file |
//! | `timings.json` | how long it took: the only file that differs between two runs |

mod datapackage;
pub mod files;
pub mod folder;
pub(crate) mod manifest;
mod shapes;
pub mod slug;
pub mod table;
pub mod tables;

use std::path::Path;

use distretto_territory::border_lines::border_lines;
use geo_types::MultiLineString;
use rayon::prelude::*;

use crate::certainty;
use crate::config::OutputFormat;
use crate::disclosure;
use crate::fault::{Code, Fault, Result};
use crate::report::{self, ReportMeta};
use crate::run::Results;
use crate::stopwatch::Stopwatch;
use files::{write_csv, write_parquet, write_text};
use folder::{only_ours, whole_folder};
use shapes::BorderLines;
use table::Table;

pub use manifest::sha256;

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
/// Of results that come from micro-data only what may be published is written, see [`crate::disclosure`].
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
    let published = disclosure::published(results)?;
    let results = published.as_ref().unwrap_or(results);
    whole_folder(out, |folder| write_all(results, meta, folder, stopwatch))
}

fn write_all(results: &Results, meta: &Meta, folder: &Path, stopwatch: &mut Stopwatch) -> Result<()> {
    let formats = &results.input.config.output.formats;
    let wants = |format: OutputFormat| formats.contains(&format);
    stopwatch.begin("writing tables");
    let mut tables = tables::all(results).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    disclosure::withhold_columns(&mut tables, results.disclosed.as_ref())?;
    tables.par_iter().try_for_each(|table| write_table(table, folder, formats))?;
    if results.input.borders.is_some() {
        stopwatch.begin("writing shapes");
        let lines = lines_of_borders(results);
        let table = tables.iter().find(|table| table.name == "borders");
        shapes::write(
            results,
            &tables,
            table.zip(lines.as_deref()).map(|(table, lines)| BorderLines { table, lines }),
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

/// The lines of the table `borders`, where there is one.
fn lines_of_borders(results: &Results) -> Option<Vec<Option<MultiLineString<f64>>>> {
    let strengths = results.certainty.as_ref()?.borders.as_ref()?;
    let pairs: Vec<(u32, u32)> = strengths.iter().map(|border| (border.a, border.b)).collect();
    Some(border_lines(&results.input.borders.as_ref()?.topology, &pairs))
}

fn report_meta(results: &Results, meta: &Meta) -> Result<ReportMeta> {
    Ok(ReportMeta {
        version: meta.version.clone(),
        commit: meta.commit.clone(),
        study_hash: manifest::sha256(results.input.config.canonical_json()?.as_bytes()),
        command: if results.certainty.is_some() {
            certainty::command(&results.input)
        } else {
            "distretto run study.toml --out edition".to_owned()
        },
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
    only_ours(out, &manifest::files_of(out, manifest::EDITION), "an edition", force)
}
