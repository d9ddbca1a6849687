//! `distretto run`.

use std::path::PathBuf;

use distretto_study::edition::{self, Meta};
use distretto_study::input::Study;
use distretto_study::plan::plan;
use distretto_study::report::answer;
use distretto_study::run::{self, Results};
use distretto_study::stopwatch::Stopwatch;

use crate::failure::{Failure, show};
use crate::output::print_text;
use crate::progress::Progress;
use crate::reading::read;

/// Find a country's labour market areas and industrial districts, and write the edition
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto run study.toml --out edition\n  distretto run study.toml --dry-run"
)]
pub struct Args {
    /// The study.
    #[arg(default_value = "study.toml")]
    study: PathBuf,
    /// Folder to write; an edition that is there is replaced.
    #[arg(long, short, value_name = "DIR", default_value = "edition")]
    out: PathBuf,
    /// Replace the folder whatever it holds.
    #[arg(long)]
    force: bool,
    /// Read and check everything, print what would be run and which files would be written, and stop.
    #[arg(long)]
    dry_run: bool,
}

/// Stages of reading, running and writing.
const STAGES: u64 = 8;

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let progress = Progress::new(STAGES, quiet);
    edition::may_replace(&args.out, args.force)?;
    let mut stopwatch = Stopwatch::new(|stage| progress.stage(stage));
    stopwatch.begin("reading");
    let input = read(Study::load(&args.study)?, quiet)?;
    if args.dry_run {
        drop(stopwatch);
        drop(progress);
        show(&input.log, quiet);
        return print_text(&plan(&input, &args.out).to_string());
    }
    let results = run::run(input, &mut stopwatch)?;
    edition::write(&results, &meta(), &args.out, args.force, &mut stopwatch)?;
    drop(stopwatch);
    drop(progress);
    show(&results.log, quiet);
    announce(&results, args, quiet)
}

/// The program that writes.
pub fn meta() -> Meta {
    Meta {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: option_env!("DISTRETTO_COMMIT").map(str::to_owned),
    }
}

fn announce(results: &Results, args: &Args, quiet: bool) -> Result<(), Failure> {
    print_text(&format!("{}\n", answer(results)))?;
    if !quiet {
        eprintln!("wrote {}: open report.html, or shapes.gpkg in a GIS", args.out.display());
    }
    Ok(())
}
