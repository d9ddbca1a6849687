//! The `distretto` command: thin. What it does is in the libraries; here are arguments, progress and exit codes.

mod commands;
mod failure;
mod grid;
mod interrupt;
mod json;
#[cfg(test)]
mod mentions;
mod output;
mod progress;
mod reading;

use std::panic;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use clap::{Parser, Subcommand};
use distretto_study::fault::{Code, Fault};

use failure::Failure;

/// Where are the industrial districts, how many, where do they end, how big are they?
///
/// Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 the answer is no
/// (`compare --exit-code`, `tour check`, `tour solve`), 2 usage, 3 input data, 4 a defect of the program, 130
/// interrupted. Every error has a code that docs/errors.md explains.
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
    Certainty(commands::certainty::Args),
    Explain(commands::explain::Args),
    Areas(commands::areas::Args),
    Districts(commands::districts::Args),
    Compare(commands::compare::Args),
    Atlas(commands::atlas::Args),
    Tables(commands::tables::Args),
    Tour(commands::tour::Args),
    Engine(commands::engine::Args),
    World(commands::world::Args),
}

fn main() -> ExitCode {
    // A panic that a reader turns into an error of its file is not the user's business; any other is told below.
    let last_panic = Arc::new(Mutex::new(String::new()));
    let seen = Arc::clone(&last_panic);
    panic::set_hook(Box::new(move |panic| {
        if let Ok(mut text) = seen.lock() {
            *text = panic.to_string();
        }
    }));
    panic::catch_unwind(|| run(Cli::parse())).unwrap_or_else(|_| {
        let why = last_panic.lock().map(|text| text.clone()).unwrap_or_default();
        let fault = Fault::new(Code::Internal, "the program contradicted itself")
            .because(why)
            .hint("report this message with the command and, where possible, the input");
        eprintln!("error: {fault}");
        ExitCode::from(fault.exit_code())
    })
}

fn run(Cli { command, quiet }: Cli) -> ExitCode {
    let result = match command {
        Command::Init(args) => commands::init::run(&args, quiet),
        Command::Check(args) => commands::check::run(&args, quiet),
        Command::Run(args) => commands::run::run(&args, quiet),
        Command::Certainty(args) => commands::certainty::run(&args, quiet),
        Command::Explain(args) => commands::explain::run(&args, quiet),
        Command::Areas(args) => commands::areas::run(&args, quiet),
        Command::Districts(args) => commands::districts::run(&args, quiet),
        Command::Compare(args) => commands::compare::run(&args, quiet),
        Command::Atlas(args) => commands::atlas::run(&args, quiet),
        Command::Tables(args) => commands::tables::run(&args, quiet),
        Command::Tour(args) => commands::tour::run(&args, quiet),
        Command::Engine(args) => commands::engine::run(&args, quiet),
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
