//! `distretto init`.

use std::path::PathBuf;

use distretto_study::edition::files::{whole_file, write_text};
use distretto_study::fault::{Code, Fault};
use distretto_study::init::study_toml;

use crate::failure::Failure;

/// Write a commented study.toml to start from
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto init\n  distretto init studies/italy.toml --title \"Italy 2011\""
)]
pub struct Args {
    /// File to write.
    #[arg(default_value = "study.toml")]
    path: PathBuf,
    /// Title of the study.
    #[arg(long, default_value = "My country")]
    title: String,
    /// Replace a file that exists.
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    if args.path.exists() && !args.force {
        return Err(Fault::new(Code::OutputExists, "the file exists")
            .in_file(&args.path)
            .hint("choose another name, or say `--force` to replace it")
            .into());
    }
    whole_file(&args.path, |path| write_text(&study_toml(&args.title), path))?;
    if !quiet {
        eprintln!("wrote {0}: edit its paths, then try `distretto check {0}`", args.path.display());
    }
    Ok(())
}
