//! Stages that stand alone: no study, just tables in and a table out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use distretto_flows::FlowTable;
use distretto_regions::compare::{self as regions, Weights};
use distretto_territory::{Partition, Zones};

use crate::config::{
    Areas, Config, Districts, Flows, FlowsColumns, Jobs, JobsTable, PartitionColumns, TableSource, Texts,
    Tuning, ZonesColumns,
};
use crate::edition::table::{Table, TableBuilder};
use crate::edition::tables;
use crate::fault::{Code, Fault, Log, Result};
use crate::input::{Input, Study};
use crate::run::{self, comparisons::persons};
use crate::stopwatch::Stopwatch;

/// A table of flows and the names of its columns, where they are not recognised.
#[derive(Debug, Clone, Default)]
pub struct FlowsArgs {
    /// The file.
    pub path: PathBuf,
    /// Column of residence.
    pub origin: Option<String>,
    /// Column of work.
    pub destination: Option<String>,
    /// Column of persons.
    pub flow: Option<String>,
    /// Codes that mean abroad or unknown.
    pub elsewhere: Vec<String>,
}

/// Areas from flows alone.
#[derive(Debug, Clone)]
pub struct FoundAreas {
    /// Columns `zone` and `area`.
    pub table: Table,
    /// Codes of zones that get no area.
    pub without_area: Vec<String>,
    /// Warnings and notes.
    pub log: Log,
}

fn source(path: &Path) -> TableSource {
    TableSource { path: Texts(vec![path.display().to_string()]), ..TableSource::default() }
}

fn built(table: std::result::Result<Table, arrow::error::ArrowError>) -> Result<Table> {
    table.map_err(|error| Fault::new(Code::Internal, error.to_string()))
}

/// A study of a flow table alone.
pub fn study_of_flows(flows: FlowsArgs, rule: Areas) -> Config {
    let FlowsArgs { path, origin, destination, flow, elsewhere } = flows;
    Config {
        flows: Some(Flows {
            source: TableSource { elsewhere, ..source(&path) },
            columns: FlowsColumns { origin, destination, flow, ..FlowsColumns::default() },
            ..Flows::default()
        }),
        areas: rule,
        ..Config::default()
    }
}

/// Delineates the areas of a flow table.
pub fn areas(flows: FlowsArgs, rule: Areas) -> Result<FoundAreas> {
    let config = study_of_flows(flows, Areas { tuning: Tuning::None, ..rule });
    config.validate()?;
    let mut input = Study::new(config, "").read()?;
    let mut log = std::mem::take(&mut input.log);
    let found = run::areas::find(&input, &mut log)?;
    let zones = &input.zones.zones;
    let rows: Vec<(u32, u32)> =
        (0..).zip(found.partition.as_slice()).filter_map(|(zone, area)| Some((zone, (*area)?))).collect();
    let table = TableBuilder::new("areas", "Zones and their areas.", &["zone"])
        .text("zone", "Code of the zone.", rows.iter().map(|row| Some(zones.code(row.0))))
        .text("area", "Code of its area.", rows.iter().map(|row| Some(found.partition.code(row.1))))
        .build();
    let without_area = found.partition.without_area().map(|zone| zones.code(zone).to_owned()).collect();
    Ok(FoundAreas { table: built(table)?, without_area, log })
}

/// A table of jobs, areas, and what the jobs are classified by.
#[derive(Debug, Clone)]
pub struct JobsArgs {
    /// The file of jobs.
    pub path: PathBuf,
    /// Columns `zone` and `area`.
    pub areas: PathBuf,
    /// The classification of activities.
    pub classification: String,
    /// Another file of jobs for steps 2 to 4.
    pub manufacturing: Option<PathBuf>,
}

/// Judges the areas of a partition. The nation is the whole table of jobs, zones without an area included.
pub fn districts(jobs: JobsArgs, rule: Districts) -> Result<(Table, Log)> {
    let columns = PartitionColumns { zone: Some("zone".into()), area: Some("area".into()), name: None };
    let table = |path: &Path| JobsTable { source: source(path), ..JobsTable::default() };
    let manufacturing = |path: &PathBuf| crate::config::Manufacturing {
        table: table(path),
        ..crate::config::Manufacturing::default()
    };
    let config = Config {
        jobs: Some(Jobs {
            classification: jobs.classification,
            table: table(&jobs.path),
            manufacturing: jobs.manufacturing.as_ref().map(manufacturing),
        }),
        areas: Areas {
            partition: Some(crate::config::Partition { source: source(&jobs.areas), columns }),
            ..Areas::default()
        },
        districts: rule,
        ..Config::default()
    };
    config.validate()?;
    let results = run::run(Study::new(config, "").read()?, &mut Stopwatch::silent())?;
    let found = results
        .districts
        .as_ref()
        .ok_or_else(|| Fault::new(Code::Internal, "no district results for a study with jobs"))?;
    let table = tables::districts(found, &results.areas.partition, None);
    Ok((built(table)?, results.log))
}

/// Two partitions side by side.
#[derive(Debug, Clone)]
pub struct FoundComparison {
    /// Whether they divide the same zones in the same way, whatever their areas are called.
    pub same: bool,
    /// Columns `figure` and `value`.
    pub figures: Table,
    /// What each area of the first shares with each of the second.
    pub crosswalk: Table,
    /// Warnings and notes.
    pub log: Log,
}

/// Holds two partitions side by side. A zone that only one of them names has no area in the other. With flows, zones
/// also count by employed residents and jobs.
pub fn compare(a: &Path, b: &Path, flows: Option<&Path>) -> Result<FoundComparison> {
    let (ours, theirs) = (read_partition(a)?, read_partition(b)?);
    let mut codes: Vec<String> = ours.keys().chain(theirs.keys()).cloned().collect();
    codes.sort_unstable();
    codes.dedup();
    let zones = Zones::new(codes).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let over_zones = |areas: &BTreeMap<String, String>| {
        Partition::from_codes(&zones.codes().iter().map(|code| areas.get(code)).collect::<Vec<_>>())
    };
    let (ours, theirs) = (over_zones(&ours), over_zones(&theirs));
    let mut log = Log::default();
    let flows = flows.map(|path| read_flows(path, &zones, &mut log)).transpose()?;
    let weights = flows.map(|flows| persons(&flows));
    let weights = weights.as_ref().map(|(residents, workers)| Weights { residents, workers });
    let found = regions::compare(&ours, &theirs, weights);
    Ok(FoundComparison {
        same: found.zones_differing == 0 && found.zones_only == [0, 0],
        figures: built(tables::comparison_figures(&found))?,
        crosswalk: built(tables::comparison_crosswalk(&ours, &theirs, &found))?,
        log,
    })
}

/// Zone to area.
fn read_partition(path: &Path) -> Result<BTreeMap<String, String>> {
    let config = Config {
        zones: Some(crate::config::Zones {
            source: source(path),
            columns: ZonesColumns { code: Some("zone".into()), ..ZonesColumns::default() },
        }),
        areas: Areas {
            partition: Some(crate::config::Partition {
                source: source(path),
                columns: PartitionColumns {
                    zone: Some("zone".into()),
                    area: Some("area".into()),
                    name: None,
                },
            }),
            ..Areas::default()
        },
        ..Config::default()
    };
    let Input { zones, partition, .. } = Study::new(config, "").read()?;
    let areas = partition.map(|given| given.partition.code_of_zone()).unwrap_or_default();
    Ok(zones
        .zones
        .codes()
        .iter()
        .cloned()
        .zip(areas)
        .filter_map(|(zone, area)| Some((zone, area?)))
        .collect())
}

/// Flows between the zones of two partitions; those of other zones do not count, and are told.
fn read_flows(path: &Path, zones: &Zones, log: &mut Log) -> Result<FlowTable> {
    let config =
        Config { flows: Some(Flows { source: source(path), ..Flows::default() }), ..Config::default() };
    let mut input = Study::new(config, "").read()?;
    log.append(std::mem::take(&mut input.log));
    let table = &input.flows()?.table;
    let index = |zone: u32| zones.index_of(input.zones.zones.code(zone));
    let rows: Vec<distretto_flows::Row> = table
        .rows()
        .filter_map(|(o, d, units)| {
            Some(distretto_flows::Row {
                origin: index(o)?,
                destination: index(d)?,
                amount: table.persons(units),
            })
        })
        .collect();
    let kept = FlowTable::from_rows(zones.len(), &rows)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let (all, counted) = (table.persons(table.total()), kept.persons(kept.total()));
    if counted < all {
        let what = format!(
            "{:.1} % of the persons are in flows of zones that neither partition names",
            100.0 * (1.0 - counted / all)
        );
        log.add(Fault::new(Code::FlowsUnmatched, what).in_file(path).because("they weigh nothing here"));
    }
    Ok(kept)
}
