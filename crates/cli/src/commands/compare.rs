//! `distretto compare`.

use std::path::PathBuf;

use distretto_study::stages::compare;

use crate::failure::Failure;
use crate::output::{Format, Output};

/// Hold two partitions of the same zones side by side
///
/// Prints ARI, NMI, VI, V-measure, identical areas and the zones that differ. With --crosswalk, what each area of the
/// first shares with each of the second.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto compare areas.csv official.csv\n  distretto compare a.csv b.csv --flows flows.csv --crosswalk --out crosswalk.csv"
)]
pub struct Args {
    /// The first partition: columns zone and area.
    a: PathBuf,
    /// The second.
    b: PathBuf,
    /// Flows to weigh zones by: employed residents and jobs.
    #[arg(long, value_name = "FILE")]
    flows: Option<PathBuf>,
    /// Write the crosswalk instead of the figures.
    #[arg(long)]
    crosswalk: bool,
    #[command(flatten)]
    output: Output,
}

pub fn run(args: &Args, _quiet: bool) -> Result<(), Failure> {
    let found = compare(&args.a, &args.b, args.flows.as_deref())?;
    if args.crosswalk {
        args.output.write(&found.crosswalk)
    } else {
        args.output.write_as(&found.figures, Format::Table)
    }
}
