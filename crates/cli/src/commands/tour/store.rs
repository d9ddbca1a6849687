//! `distretto tour store`.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use distretto_desk::folder::{open, read_plan, write, write_plan_json};
use distretto_desk::store::{By, Role, Store, StorePlace, What, wait};
use distretto_desk::ways::{Roads, Ways};
use distretto_study::edition::table::TableBuilder;
use distretto_study::fault::{Code, Fault, Result};

use super::desk::Desk;
use crate::failure::{Failure, show};
use crate::output::{Format, Output};

/// Keep tours in a store, where the atlas shows and changes them
///
/// STORE is a file (SQLite) or postgres://user@host/database. `distretto atlas serve EDITION --tours STORE` shows it.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tour store add-user tours.db anna planner\n  distretto tour store put tours.db brindisi tour --plan plan.json\n  distretto tour store list tours.db\n  distretto tour store get tours.db brindisi copy\n  distretto atlas serve edition --tours tours.db"
)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Put a tour into a store, which is made where it is absent
    Put(Put),
    /// Write a tour of a store as a folder, with its plans
    Get(Get),
    /// List the tours of a store
    List(List),
    /// Remove a tour, its plans, and all that is personal of it
    Remove(Remove),
    /// Let somebody log in; the password is asked for, or read from standard input
    AddUser(AddUser),
    /// Give a user a new password and end their sessions
    SetPassword(User),
    /// Remove a user and end their sessions
    RemoveUser(User),
    /// List who may log in
    Users(List),
}

#[derive(clap::Args)]
struct Put {
    /// The store.
    store: String,
    /// Name of the tour in addresses: lower-case letters, digits and hyphens.
    name: String,
    /// The tour.
    tour: PathBuf,
    /// A plan to keep with it, under the name of its file.
    #[arg(long, value_name = "PLAN")]
    plan: Option<PathBuf>,
    /// Replace a tour of this name, whatever has been changed in the store.
    #[arg(long)]
    replace: bool,
}

#[derive(clap::Args)]
struct Get {
    /// The store.
    store: String,
    /// Name of the tour.
    name: String,
    /// Folder to write; it is new.
    out: PathBuf,
    /// Also contacts and travellers by name.
    #[arg(long)]
    personal: bool,
}

#[derive(clap::Args)]
struct List {
    /// The store.
    store: String,
    #[command(flatten)]
    output: Output,
}

#[derive(clap::Args)]
struct Remove {
    /// The store.
    store: String,
    /// Name of the tour.
    name: String,
}

#[derive(clap::Args)]
struct AddUser {
    /// The store, which is made where it is absent.
    store: String,
    /// Name to log in with.
    name: String,
    /// What they may: a planner changes tours, a viewer looks at them.
    #[arg(value_enum)]
    role: Word,
}

#[derive(clap::Args)]
struct User {
    /// The store.
    store: String,
    /// Name to log in with.
    name: String,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Word {
    Planner,
    Viewer,
}

/// Who does what the command line asks for, in the log of a store.
const COMMAND: &str = "command line";

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    match &args.command {
        Command::Put(args) => put(args, quiet),
        Command::Get(args) => get(args, quiet),
        Command::List(args) => list(args),
        Command::Remove(args) => {
            let place = StorePlace::parse(&args.store)?;
            wait(async { Store::open(&place).await?.remove_tour(&args.name).await })?;
            told(quiet, &format!("removed {}", args.name))
        }
        Command::AddUser(args) => add_user(args, quiet),
        Command::SetPassword(args) => {
            let (place, password) = (StorePlace::parse(&args.store)?, password(&args.name)?);
            wait(async { Store::open(&place).await?.set_password(&args.name, &password).await })?;
            told(quiet, &format!("{} has a new password", args.name))
        }
        Command::RemoveUser(args) => {
            let place = StorePlace::parse(&args.store)?;
            wait(async { Store::open(&place).await?.remove_user(&args.name).await })?;
            told(quiet, &format!("{} can no longer log in", args.name))
        }
        Command::Users(args) => users(args),
    }
}

fn put(args: &Put, quiet: bool) -> Result<(), Failure> {
    let place = StorePlace::parse(&args.store)?;
    let (opened, plan) = match &args.plan {
        None => {
            let opened = open(&args.tour)?;
            show(&opened.log, quiet);
            (opened, None)
        }
        Some(plan) => {
            let (desk, plan) = Desk::with_plan(&args.tour, plan, quiet)?;
            (desk.opened, Some(plan))
        }
    };
    let by = By { user: COMMAND, now: now() };
    wait(async {
        let store = Store::open_or_make(&place).await?;
        let seen = if args.replace { store.tour_revision(&args.name).await? } else { 0 };
        store.put_tour(&args.name, &opened.tour, seen, by, What::PutTour, "").await?;
        store.put_personal(&args.name, &opened.personal, by).await?;
        if let (Some(plan), Some(file)) = (&plan, &args.plan) {
            let name = file.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
            let seen = store.plan_revision(&args.name, &name).await?;
            store.put_plan(&args.name, &name, plan, seen, by).await?;
        }
        Ok(())
    })?;
    told(
        quiet,
        &format!(
            "{} is in the store; `distretto atlas serve EDITION --tours {}` shows it",
            args.name, args.store
        ),
    )
}

fn get(args: &Get, quiet: bool) -> Result<(), Failure> {
    let place = StorePlace::parse(&args.store)?;
    if args.out.exists() {
        return Err(Fault::new(Code::OutputExists, "the folder is there already")
            .in_file(&args.out)
            .hint("name a new one")
            .into());
    }
    let (tour, personal, plans) = wait(async {
        let store = Store::open(&place).await?;
        let tour = store.tour(&args.name).await?.document;
        let personal = if args.personal { store.personal(&args.name).await?.personal } else { Default::default() };
        let mut plans = Vec::new();
        for entry in store.plans(Some(&args.name)).await? {
            let plan = store.plan(&args.name, &entry.name).await?.document;
            plans.push((entry.name, plan));
        }
        Ok((tour, personal, plans))
    })?;
    write(&tour, &personal, &Ways::Coordinates(Roads::default()), None, &args.out)?;
    for (name, plan) in &plans {
        write_plan_json(plan, &tour.title, &args.out.join(format!("{name}.json")))?;
    }
    told(quiet, &format!("wrote {} with {} plans", args.out.display(), plans.len()))
}

fn list(args: &List) -> Result<(), Failure> {
    let format = args.output.format(Format::Table)?;
    let place = StorePlace::parse(&args.store)?;
    let tours = wait(async { Store::open(&place).await?.tours().await })?;
    let table = TableBuilder::new("tours", "One tour of the store", &["tour"])
        .text("tour", "Its name in addresses", tours.iter().map(|tour| Some(&tour.id)))
        .text("title", "Its title", tours.iter().map(|tour| Some(&tour.title)))
        .text("first", "Its first day", tours.iter().map(|tour| Some(tour.first.to_string())))
        .text("last", "Its last day", tours.iter().map(|tour| Some(tour.last.to_string())))
        .whole("hosts", "Hosts", tours.iter().map(|tour| i64::try_from(tour.hosts).ok()))
        .whole("delegates", "Travellers", tours.iter().map(|tour| i64::try_from(tour.delegates).ok()))
        .build()
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    args.output.write(&table, format)
}

fn users(args: &List) -> Result<(), Failure> {
    let format = args.output.format(Format::Table)?;
    let place = StorePlace::parse(&args.store)?;
    let users = wait(async { Store::open(&place).await?.users().await })?;
    let table = TableBuilder::new("tour_users", "One user of the store", &["name"])
        .text("name", "Name to log in with", users.iter().map(|user| Some(&user.name)))
        .text("role", "What they may", users.iter().map(|user| Some(user.role.word())))
        .flag("disabled", "Whether they cannot log in", users.iter().map(|user| Some(user.disabled)))
        .build()
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    args.output.write(&table, format)
}

fn add_user(args: &AddUser, quiet: bool) -> Result<(), Failure> {
    let (place, password) = (StorePlace::parse(&args.store)?, password(&args.name)?);
    let role = match args.role {
        Word::Planner => Role::Planner,
        Word::Viewer => Role::Viewer,
    };
    wait(async { Store::open_or_make(&place).await?.add_user(&args.name, &password, role).await })?;
    told(quiet, &format!("{} can log in as {}", args.name, role.word()))
}

/// A password typed unseen, or a line of standard input where that is no terminal.
fn password(name: &str) -> Result<String> {
    let read = if std::io::stdin().is_terminal() {
        rpassword::prompt_password(format!("password for {name}: "))
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map(|_| line)
    };
    let password = read.unwrap_or_default().trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        return Err(Fault::new(Code::PasswordMissing, "there is no password on standard input")
            .hint("type it when asked, or pipe it to the command"));
    }
    Ok(password)
}

fn now() -> i64 {
    chrono::Utc::now().timestamp()
}

fn told(quiet: bool, text: &str) -> Result<(), Failure> {
    if !quiet {
        eprintln!("{text}");
    }
    Ok(())
}
