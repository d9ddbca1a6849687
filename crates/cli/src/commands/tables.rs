//! `distretto tables`.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use distretto_study::engine::{Progress, tables};
use distretto_study::input::Study;

use crate::commands::run::meta;
use crate::failure::{Failure, show};
use crate::interrupt::stop_on_interrupt;
use crate::output::print_text;
use crate::progress::Rows;

/// Make the tables of a study that come from queries and micro-data, and write them as Parquet
///
/// Registers become jobs, trips become flows, invoices become a network of firms and trade between zones and activities; a `query` is
/// run over the sources. Needs a program that was built with the feature `engine`.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tables study.toml --out tables\n  distretto tables study.toml --explain"
)]
pub struct Args {
    /// The study.
    #[arg(default_value = "study.toml")]
    study: PathBuf,
    /// Folder to write; tables that are there are replaced.
    #[arg(long, short, value_name = "DIR", default_value = "tables")]
    out: PathBuf,
    /// Replace the folder whatever it holds.
    #[arg(long)]
    force: bool,
    /// Print the plan of each table, and stop.
    #[arg(long)]
    explain: bool,
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let study = Study::load(&args.study)?;
    if args.explain {
        let plans = tables::explain(&study)?;
        let texts: Vec<String> =
            plans.iter().map(|(section, plan)| format!("[{section}]\n{plan}\n")).collect();
        return print_text(&texts.join("\n"));
    }
    let stop = stop_on_interrupt("stopping");
    let rows = Rows::new(quiet);
    let report = tables::write(&study, &meta(), &args.out, args.force, &mut |progress: Progress<'_>| {
        rows.at(progress);
        !stop.load(Ordering::SeqCst)
    });
    drop(rows);
    if stop.load(Ordering::SeqCst) && report.is_err() {
        eprintln!("stopped; nothing is written");
        return Err(Failure::Interrupted);
    }
    let report = report?;
    show(&report.log, quiet);
    print_text(&report.to_string())?;
    if !quiet {
        eprintln!("wrote {}: a folder of Parquet for each table, and manifest.json", args.out.display());
    }
    Ok(())
}
