//! `distretto areas`.

use std::path::PathBuf;

use clap::ValueEnum;
use distretto_study::config::{Areas, Mode};
use distretto_study::fault::listed;
use distretto_study::stages::{FlowsArgs, areas};

use crate::failure::{Failure, show};
use crate::output::{Format, Output};

/// Delineate labour market areas from a table of commuting flows; no study needed
///
/// Writes the columns zone and area. Zones that get no area are absent, and named on standard error. Zones are ordered
/// as numbers where all codes are numbers, else by bytes: order decides ties.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto areas flows.csv --out areas.csv\n  zcat flows.csv.gz | distretto areas - > areas.csv\n  distretto areas flows.csv.gz --mode reference --min-size 1000 --min-sc 0.6667 --target-size 10000 --target-sc 0.75"
)]
pub struct Args {
    /// Flows: CSV or TSV (plain, gzip or Zstandard) or Parquet, with origin, destination and flow; `-` is standard
    /// input.
    flows: PathBuf,
    /// How faithfully to follow the reference implementation.
    #[arg(long, value_enum, default_value = "clean")]
    mode: ModeArg,
    /// minSZ: employed residents an area must have.
    #[arg(long, default_value_t = 1000.0)]
    min_size: f64,
    /// minSC: self-containment that suffices from the target size up.
    #[arg(long, default_value_t = 0.6)]
    min_sc: f64,
    /// tarSZ: employed residents from which the minimum self-containment suffices.
    #[arg(long, default_value_t = 10_000.0)]
    target_size: f64,
    /// tarSC: self-containment an area of the minimum size must have.
    #[arg(long, default_value_t = 0.75)]
    target_sc: f64,
    /// Name of the column of residence, where it is not recognised.
    #[arg(long, value_name = "COLUMN")]
    origin: Option<String>,
    /// Name of the column of work.
    #[arg(long, value_name = "COLUMN")]
    destination: Option<String>,
    /// Name of the column of persons.
    #[arg(long, value_name = "COLUMN")]
    flow: Option<String>,
    /// Codes that mean abroad or unknown; their flows are counted and kept out.
    #[arg(long, value_name = "CODE", num_args = 1..)]
    elsewhere: Vec<String>,
    #[command(flatten)]
    output: Output,
}

#[derive(Clone, Copy, ValueEnum)]
enum ModeArg {
    /// The method as its text means it.
    Clean,
    /// Decision by decision what R LabourMarketAreas 3.4 does.
    Reference,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let format = args.output.format(Format::Csv)?;
    let flows = FlowsArgs {
        path: args.flows.clone(),
        origin: args.origin.clone(),
        destination: args.destination.clone(),
        flow: args.flow.clone(),
        elsewhere: args.elsewhere.clone(),
    };
    let rule = Areas {
        mode: match args.mode {
            ModeArg::Clean => Mode::Clean,
            ModeArg::Reference => Mode::Reference,
        },
        min_size: args.min_size,
        min_sc: args.min_sc,
        target_size: args.target_size,
        target_sc: args.target_sc,
        ..Areas::default()
    };
    let found = areas(flows, rule)?;
    show(&found.log, quiet);
    if !found.without_area.is_empty() {
        let zones = &found.without_area;
        let noun = if zones.len() == 1 { "zone" } else { "zones" };
        eprintln!("no area for {} {noun}: {}", zones.len(), listed(zones, usize::MAX));
    }
    args.output.write(&found.table, format)
}
