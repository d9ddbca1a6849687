//! The `distretto` command: thin. What it does is in the libraries; here are arguments, progress and exit codes.

mod commands;
mod failure;
mod grid;
mod json;
mod output;
mod progress;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

/// Where are the industrial districts, how many, where do they end, how big are they?
///
/// Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 the answer is no
/// (`compare --exit-code`), 2 usage, 3 input data, 4 a defect of the program. Every error has a code that docs/errors.md explains.
#[derive(Parser)]
#[command(version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Say nothing but results and errors.
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Subcommand)]
enum Command {
    Init(commands::init::Args),
    Check(commands::check::Args),
    Run(commands::run::Args),
    Explain(commands::explain::Args),
    Areas(commands::areas::Args),
    Districts(commands::districts::Args),
    Compare(commands::compare::Args),
    World(commands::world::Args),
}

fn main() -> ExitCode {
    let Cli { command, quiet } = Cli::parse();
    let result = match command {
        Command::Init(args) => commands::init::run(&args, quiet),
        Command::Check(args) => commands::check::run(&args, quiet),
        Command::Run(args) => commands::run::run(&args, quiet),
        Command::Explain(args) => commands::explain::run(&args, quiet),
        Command::Areas(args) => commands::areas::run(&args, quiet),
        Command::Districts(args) => commands::districts::run(&args, quiet),
        Command::Compare(args) => commands::compare::run(&args, quiet),
        Command::World(args) => commands::world::run(&args, quiet),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Failure::Fault(fault) = &failure {
                eprintln!("error: {fault}");
            }
            ExitCode::from(failure.exit_code())
        }
    }
}
