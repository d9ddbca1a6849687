//! `distretto tour`.

mod book;
mod check;
mod choose;
mod desk;
mod forget;
mod replan;
mod show;
mod solve;
mod store;
mod toptw;
mod visit;
mod why;

use clap::Subcommand;

use crate::failure::Failure;

/// Plan study tours: from "whom should we visit?" to a road book
///
/// TOUR is a folder with a tour.toml and its tables (docs/tours.md), or the file tour.toml itself.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tour check tour\n  distretto tour districts tour\n  distretto tour solve tour --out plan.json\n  distretto tour why tour plan.json\n  distretto tour book tour plan.json --out book"
)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Args),
    Districts(choose::Districts),
    Hosts(choose::Hosts),
    Solve(solve::Args),
    Why(why::Args),
    Visit(visit::Args),
    Replan(replan::Args),
    Book(book::Args),
    Forget(forget::Args),
    Store(store::Args),
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    match &args.command {
        Command::Check(args) => check::run(args, quiet),
        Command::Districts(args) => choose::districts(args, quiet),
        Command::Hosts(args) => choose::hosts(args, quiet),
        Command::Solve(args) => solve::run(args, quiet),
        Command::Why(args) => why::run(args, quiet),
        Command::Visit(args) => visit::run(args, quiet),
        Command::Replan(args) => replan::run(args, quiet),
        Command::Book(args) => book::run(args, quiet),
        Command::Forget(args) => forget::run(args, quiet),
        Command::Store(args) => store::run(args, quiet),
    }
}
