//! `distretto check`.

use std::io::Write;
use std::path::PathBuf;

use distretto_study::check::check;
use distretto_study::input::Study;

use crate::failure::{Failure, show};
use crate::reading::read;

/// Read everything a study names, say what is there, and stop
///
/// Warnings are shown on standard error; the exit code is 0 as long as the study can be run.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  distretto check study.toml\n  distretto check study.toml --json")]
pub struct Args {
    /// The study.
    #[arg(default_value = "study.toml")]
    study: PathBuf,
    /// Print the figures as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let input = read(Study::load(&args.study)?, quiet)?;
    let report = check(&input);
    show(&input.log, quiet);
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{:#}", serde_json::json!(report))?;
    } else {
        write!(out, "{report}")?;
    }
    Ok(out.flush()?)
}
