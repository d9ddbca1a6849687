//! `distretto explain`.

use std::path::PathBuf;

use distretto_study::certainty;
use distretto_study::explain::{Subject, explain};
use distretto_study::fault::Code;
use distretto_study::input::Study;
use distretto_study::run;
use distretto_study::stopwatch::Stopwatch;

use crate::failure::{Failure, show};
use crate::output::print_text;
use crate::reading::read;

/// Say why an area is (not) a district, or why a zone belongs to its area
///
/// The place is an area or a zone, by code or by name; areas come first. The study is run again for it.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto explain Prato --study study.toml\n  distretto explain 048001 --zone --study study.toml"
)]
pub struct Args {
    /// Code or name.
    place: String,
    /// The study.
    #[arg(long, short, default_value = "study.toml")]
    study: PathBuf,
    /// The edition whose replicates say how sure the place is: those that `distretto certainty` kept beside it.
    #[arg(long, value_name = "DIR", default_value = "edition")]
    edition: PathBuf,
    /// Folder that keeps the replicates, where `distretto certainty` was told one.
    #[arg(long, value_name = "DIR", conflicts_with = "edition")]
    keep: Option<PathBuf>,
    /// Look among areas only.
    #[arg(long, conflicts_with = "zone")]
    area: bool,
    /// Look among zones only.
    #[arg(long)]
    zone: bool,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let mut study = Study::load(&args.study)?;
    study.config.areas.trace = true;
    // What was said on the command line when the edition was made counts, not only the study.
    if let Some((settings, seed)) =
        certainty::settings_of_edition(&args.edition).filter(|_| args.keep.is_none())
    {
        study.config.certainty = Some(settings);
        study.config.study.seed = seed;
    }
    let mut results = run::run(read(study, quiet)?, &mut Stopwatch::silent())?;
    show(&results.log, quiet);
    let keep = args.keep.clone().unwrap_or_else(|| certainty::folder_beside(&args.edition));
    match certainty::add_kept(&mut results, &keep) {
        Ok(true) => {}
        Err(fault) if fault.code == Code::Internal => return Err(fault.into()),
        _ if quiet => {}
        Ok(false) => eprintln!(
            "note: {} has no replicates that say how sure this is; `distretto certainty` makes them",
            keep.display()
        ),
        // What happened in the run is known all the same.
        Err(fault) => eprintln!("warning: {fault}"),
    }
    let subject = match (args.area, args.zone) {
        (true, _) => Subject::Area,
        (_, true) => Subject::Zone,
        _ => Subject::Any,
    };
    let text = explain(&results, &args.place, subject)?;
    print_text(&text)
}
