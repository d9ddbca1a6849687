//! `distretto tour book`.

use std::path::PathBuf;

use chrono::Utc;
use distretto_desk::book::{self, Making};
use distretto_study::fault::Log;

use super::desk::Desk;
use super::visit::moment;
use crate::failure::{Failure, show};

/// Write the road book of a plan: pages to print, calendar, route, tables
///
/// The plan is checked first: what it breaks is told, and the book is made all the same. A visit is called confirmed only where the plan has it at the time
/// that was agreed. Without --travellers nothing personal is in any of the files: no contacts, no names, no numbers of persons.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tour book tour plan.json --out book\n  distretto tour book tour plan.json --out libro --language it\n  distretto tour book tour plan.json --out book-for-travellers --travellers"
)]
pub struct Args {
    /// The tour.
    tour: PathBuf,
    /// The plan: plan.json, or a CSV file of a spreadsheet.
    plan: PathBuf,
    /// Folder to write.
    #[arg(long, short, value_name = "FOLDER")]
    out: PathBuf,
    /// Language: en, it, or a message file of another one.
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    language: String,
    /// For those who travel: with contacts, names and numbers of persons.
    #[arg(long)]
    travellers: bool,
    /// Address of the edition in an atlas, to which districts are linked: `https://atlas.example.org/it-2011`
    #[arg(long, value_name = "URL")]
    atlas: Option<String>,
    /// The moment that is printed on it, in UTC; now if absent. The same moment gives the same files.
    #[arg(long, value_name = "MOMENT")]
    made: Option<String>,
    /// Replace the folder whatever it holds.
    #[arg(long)]
    force: bool,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let made = args.made.as_deref().map(moment).transpose()?.map_or_else(Utc::now, |moment| moment.and_utc());
    let (desk, plan) = Desk::with_plan(&args.tour, &args.plan, quiet)?;
    let mut log = Log::default();
    let words = book::words(&args.language, &mut log)?;
    book::warn_of_breaches(&desk.opened, &desk.travel, &plan, &mut log);
    let routes = book::routes(&desk.opened, &plan, &mut log);
    show(&log, quiet);
    let making = Making {
        opened: &desk.opened,
        plan: &plan,
        travel: &desk.travel,
        words: &words,
        made,
        personal: args.travellers,
        routes: &routes,
        atlas: args.atlas.as_deref(),
    };
    let files = book::write(&making, &args.out, args.force)?;
    if !quiet {
        eprintln!(
            "wrote {}: {} files, of which roadbook.html is to be printed",
            args.out.display(),
            files.len()
        );
    }
    Ok(())
}
