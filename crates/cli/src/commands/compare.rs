//! `distretto compare`.

use std::path::{Path, PathBuf};

use distretto_study::stages::compare;
use distretto_study::tables::no_stream_twice;

use crate::failure::{Failure, show};
use crate::output::{Format, Output};

/// Hold two partitions of the same zones side by side
///
/// Prints a table for reading by default: ARI, NMI, VI, V-measure, identical areas and the zones that differ. With
/// --crosswalk, writes what each area of the first shares with each of the second, as CSV by default. `-` is standard
/// input.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto compare areas.csv official.csv\n  distretto compare a.csv b.csv --flows flows.csv --crosswalk --out crosswalk.csv\n  zcat areas.csv.gz | distretto compare --exit-code - official.csv"
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
    /// End with exit code 1 if the two do not divide the same zones in the same way, whatever their areas are called.
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    output: Output,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let format = args.output.format(if args.crosswalk { Format::Csv } else { Format::Table })?;
    let files: Vec<&Path> = [Some(&args.a), Some(&args.b), args.flows.as_ref()]
        .into_iter()
        .flatten()
        .map(PathBuf::as_path)
        .collect();
    no_stream_twice(&files)?;
    let found = compare(&args.a, &args.b, args.flows.as_deref())?;
    show(&found.log, quiet);
    args.output.write(if args.crosswalk { &found.crosswalk } else { &found.figures }, format)?;
    if args.exit_code && !found.same { Err(Failure::No) } else { Ok(()) }
}
