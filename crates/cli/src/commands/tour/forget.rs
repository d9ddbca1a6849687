//! `distretto tour forget`.

use std::path::PathBuf;

use distretto_desk::folder::erase;

use crate::failure::Failure;

/// Erase what is personal of a traveller or of a host's contact
///
/// Takes the row out of people.csv or contacts.csv, which are rewritten. The tour stays whole: what is not personal is in other tables.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  distretto tour forget tour T07\n  distretto tour forget tour E03")]
pub struct Args {
    /// The tour.
    tour: PathBuf,
    /// Code of the traveller or host.
    code: String,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let erased = erase(&args.tour, &args.code)?;
    if !quiet {
        for removed in &erased.removed {
            eprintln!("{}: {} rows removed", removed.file.display(), removed.rows);
        }
    }
    Ok(())
}
