//! `distretto tour visit`.

use std::path::PathBuf;

use chrono::NaiveDateTime;
use clap::ValueEnum;
use distretto_desk::folder::{self, set_visit};
use distretto_study::fault::{Code, Fault, Log};
use distretto_tours::State;

use crate::failure::{Failure, show};

/// Say how far it is with a visit: asked, confirmed, declined
///
/// Rewrites visits.csv and keeps everything else in it. A visit that was confirmed and is so no longer loses its start, unless --start gives
/// another; one that is declined is no longer demanded.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tour visit tour E07 asked\n  distretto tour visit tour E07 confirmed --start '2026-05-12 10:00'\n  distretto tour visit tour E07 declined"
)]
pub struct Args {
    /// The tour.
    tour: PathBuf,
    /// Code of the host.
    host: String,
    /// How far it is.
    #[arg(value_enum)]
    state: Word,
    /// When the visit begins, in local time of the tour; a confirmed one needs it.
    #[arg(long, value_name = "MOMENT", required_if_eq("state", "confirmed"))]
    start: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Word {
    Proposed,
    Asked,
    Confirmed,
    Declined,
}

impl From<Word> for State {
    fn from(word: Word) -> Self {
        match word {
            Word::Proposed => Self::Proposed,
            Word::Asked => Self::Asked,
            Word::Confirmed => Self::Confirmed,
            Word::Declined => Self::Declined,
        }
    }
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let start = args.start.as_deref().map(moment).transpose()?;
    let mut log = Log::default();
    let visit = set_visit(&args.tour, &args.host, args.state.into(), start, &mut log)?;
    show(&log, quiet);
    if !quiet {
        let at =
            visit.start.map(|start| format!(" at {}", start.format("%Y-%m-%d %H:%M"))).unwrap_or_default();
        eprintln!(
            "{}: {}{at}",
            visit.host,
            args.state.to_possible_value().map_or_else(String::new, |word| word.get_name().to_owned())
        );
    }
    Ok(())
}

/// A day and time of the command line, to the minute: `2026-05-12 11:30`.
pub fn moment(text: &str) -> Result<NaiveDateTime, Failure> {
    folder::moment(text).map_err(|fault| {
        let like = "write it like `2026-05-12 11:30`".to_owned();
        Fault::new(Code::TourMoment, format!("`{text}` is not a day and time"))
            .hint(fault.help.unwrap_or(like))
            .into()
    })
}
