//! `distretto areas`.

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
    flows: std::path::PathBuf,
    #[command(flatten)]
    rule: RuleOptions,
    #[command(flatten)]
    columns: ColumnOptions,
    #[command(flatten)]
    output: Output,
}

/// The rule, for commands without a study.
#[derive(clap::Args)]
pub struct RuleOptions {
    /// How faithfully to follow the reference implementation [default: clean].
    #[arg(long, value_enum)]
    mode: Option<ModeArg>,
    /// minSZ: employed residents an area must have [default: 1000].
    #[arg(long, value_name = "PERSONS")]
    min_size: Option<f64>,
    /// minSC: self-containment that suffices from the target size up [default: 0.6].
    #[arg(long, value_name = "SHARE")]
    min_sc: Option<f64>,
    /// tarSZ: employed residents from which the minimum self-containment suffices [default: 10000].
    #[arg(long, value_name = "PERSONS")]
    target_size: Option<f64>,
    /// tarSC: self-containment an area of the minimum size must have [default: 0.75].
    #[arg(long, value_name = "SHARE")]
    target_sc: Option<f64>,
}

/// What the columns of a table of flows are called, for commands without a study.
#[derive(clap::Args)]
pub struct ColumnOptions {
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
}

#[derive(Clone, Copy, ValueEnum)]
enum ModeArg {
    /// The method as its text means it.
    Clean,
    /// Decision by decision what R LabourMarketAreas 3.4 does.
    Reference,
}

impl RuleOptions {
    /// The first option that was given.
    pub fn given(&self) -> Option<&'static str> {
        let Self { mode, min_size, min_sc, target_size, target_sc } = self;
        [
            ("--mode", mode.is_some()),
            ("--min-size", min_size.is_some()),
            ("--min-sc", min_sc.is_some()),
            ("--target-size", target_size.is_some()),
            ("--target-sc", target_sc.is_some()),
        ]
        .into_iter()
        .find_map(|(name, given)| given.then_some(name))
    }

    /// The rule, with defaults for what was not given.
    pub fn rule(&self) -> Areas {
        let default = Areas::default();
        Areas {
            mode: match self.mode {
                Some(ModeArg::Reference) => Mode::Reference,
                Some(ModeArg::Clean) | None => Mode::Clean,
            },
            min_size: self.min_size.unwrap_or(default.min_size),
            min_sc: self.min_sc.unwrap_or(default.min_sc),
            target_size: self.target_size.unwrap_or(default.target_size),
            target_sc: self.target_sc.unwrap_or(default.target_sc),
            ..default
        }
    }
}

impl ColumnOptions {
    /// The first option that was given.
    pub fn given(&self) -> Option<&'static str> {
        let Self { origin, destination, flow, elsewhere } = self;
        [
            ("--origin", origin.is_some()),
            ("--destination", destination.is_some()),
            ("--flow", flow.is_some()),
            ("--elsewhere", !elsewhere.is_empty()),
        ]
        .into_iter()
        .find_map(|(name, given)| given.then_some(name))
    }

    /// A table of flows with these columns.
    pub fn table(&self, path: &std::path::Path) -> FlowsArgs {
        FlowsArgs {
            path: path.to_owned(),
            origin: self.origin.clone(),
            destination: self.destination.clone(),
            flow: self.flow.clone(),
            elsewhere: self.elsewhere.clone(),
        }
    }
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let format = args.output.format(Format::Csv)?;
    let found = areas(args.columns.table(&args.flows), args.rule.rule())?;
    show(&found.log, quiet);
    if !found.without_area.is_empty() {
        let zones = &found.without_area;
        let noun = if zones.len() == 1 { "zone" } else { "zones" };
        eprintln!("no area for {} {noun}: {}", zones.len(), listed(zones, usize::MAX));
    }
    args.output.write(&found.table, format)
}
