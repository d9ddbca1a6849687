//! `distretto tour store`.

use std::future::Future;
use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use distretto_desk::folder::{Opened, Writing, open, write, write_plan_json};
use distretto_desk::store::{
    By, Extras, KeptEdition, KeptPersonal, Role, Store, StorePlace, WholeTour, check_name, wait,
};
use distretto_desk::ways::{self, Ways};
use distretto_roadbook::book::Emergency;
use distretto_study::edition::table::TableBuilder;
use distretto_study::fault::{Code, Fault, Log, Result};
use distretto_tours::choosing::worth;
use distretto_tours::planning::listed;
use distretto_tours::{Plan, Travel};

use super::desk::{Desk, unplannable};
use super::forget::Table;
use crate::failure::{Failure, show};
use crate::output::{Format, Output};

/// Keep tours in a store, where the atlas shows and changes them
///
/// STORE is a file (SQLite) or postgres://user@host/database. `distretto atlas serve EDITION --tours STORE` shows it.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tour store add-user tours.db anna planner\n  distretto tour store put tours.db brindisi tour --plan plan.json\n  distretto tour store list tours.db\n  distretto tour store set-role tours.db anna viewer\n  distretto tour store forget tours.db brindisi T07\n  distretto tour store get tours.db brindisi copy\n  distretto atlas serve edition --tours tours.db"
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
    /// Erase a contact, a traveller or the emergency number of a person for good
    Forget(Forget),
    /// Let somebody log in; the password is asked for, or read from standard input
    AddUser(AddUser),
    /// Give a user a new password and end their sessions
    SetPassword(User),
    /// Give a user another role and end their sessions
    SetRole(SetRole),
    /// Let a user log in no more and end their sessions; what they did keeps their name
    DisableUser(User),
    /// Let a user who was disabled log in again
    EnableUser(User),
    /// Remove a user and end their sessions; what they did stays without their name
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
struct Forget {
    /// The store.
    store: String,
    /// Name of the tour.
    name: String,
    /// Code of the host or traveller, or what the person is called in the table of emergency numbers.
    who: String,
    /// The table that is meant, where several have the code.
    #[arg(long, value_enum)]
    table: Option<Table>,
}

#[derive(clap::Args)]
struct SetRole {
    /// The store.
    store: String,
    /// Name to log in with.
    name: String,
    /// What they may from now on: a planner changes tours, a viewer looks at them.
    #[arg(value_enum)]
    role: Word,
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

impl Word {
    const fn role(self) -> Role {
        match self {
            Self::Planner => Role::Planner,
            Self::Viewer => Role::Viewer,
        }
    }
}

/// Who does what the command line asks for, in the log of a store.
const COMMAND: &str = "command line";

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    match &args.command {
        Command::Put(args) => put(args, quiet),
        Command::Get(args) => get(args, quiet),
        Command::List(args) => list(args),
        Command::Remove(args) => {
            let store = opened(&args.store)?;
            done(&store, store.remove_tour(&args.name))?;
            told(quiet, &format!("removed {}", args.name));
            Ok(())
        }
        Command::Forget(args) => forget(args, quiet),
        Command::AddUser(args) => add_user(args, quiet),
        Command::SetPassword(args) => {
            let password = password(&args.name)?;
            let store = opened(&args.store)?;
            done(&store, store.set_password(&args.name, &password))?;
            told(quiet, &format!("{} has a new password", args.name));
            Ok(())
        }
        Command::SetRole(args) => {
            let (store, role) = (opened(&args.store)?, args.role.role());
            done(&store, store.set_role(&args.name, role))?;
            told(quiet, &format!("{} is {} from now on", args.name, role.word()));
            Ok(())
        }
        Command::DisableUser(args) => {
            let store = opened(&args.store)?;
            done(&store, store.set_disabled(&args.name, true))?;
            told(quiet, &format!("{} can no longer log in", args.name));
            Ok(())
        }
        Command::EnableUser(args) => {
            let store = opened(&args.store)?;
            done(&store, store.set_disabled(&args.name, false))?;
            told(quiet, &format!("{} can log in again", args.name));
            Ok(())
        }
        Command::RemoveUser(args) => {
            let store = opened(&args.store)?;
            done(&store, store.remove_user(&args.name))?;
            told(quiet, &format!("{} can no longer log in", args.name));
            Ok(())
        }
        Command::Users(args) => users(args),
    }
}

fn put(args: &Put, quiet: bool) -> Result<(), Failure> {
    let place = StorePlace::parse(&args.store)?;
    check_name("tour", &args.name)?;
    let name = args.plan.as_deref().map(plan_name).transpose()?;
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
    let extras = extras(&opened, plan.as_ref(), &args.tour, quiet)?;
    let plan = name.as_deref().zip(plan.as_ref());
    let whole = WholeTour { tour: &opened.tour, personal: &opened.personal, extras: &extras, plan };
    let store = wait(Store::open_or_make(&place))?;
    let mut log = Log::default();
    done(&store, async {
        if args.replace {
            store.warn_of_return(&args.name, &whole, &mut log).await?;
        }
        let put = store.put_whole(&args.name, &whole, args.replace, by()).await;
        if put.as_ref().err().is_none_or(|fault| fault.code == Code::StoreTraces) {
            show(&log, quiet);
        }
        put
    })?;
    told(
        quiet,
        &format!("{} is in the store; `distretto atlas serve EDITION --tours {place}` shows it", args.name),
    );
    Ok(())
}

/// The name of a plan in a store: that of its file.
fn plan_name(file: &Path) -> Result<String> {
    let name = file.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    match check_name("plan", &name) {
        Ok(()) => Ok(name),
        Err(fault) => Err(fault
            .in_file(file)
            .hint("a plan is kept under the name of its file: rename it, to such as `plan-2.json`")),
    }
}

/// So many hosts have all their ways in a table kept; of more those among which a plan is looked for, as of a server.
const ALL_WAYS: usize = 500;

/// What stands beside a tour, with the ways that planning asks for.
fn extras(opened: &Opened, plan: Option<&Plan>, path: &Path, quiet: bool) -> Result<Extras> {
    let tour = &opened.tour;
    let planned = plan.into_iter().flat_map(Plan::stops).map(|(_, stop)| stop.host.clone());
    let planned: Vec<String> = planned.filter(|host| tour.host(host).is_some()).collect();
    let hosts = if matches!(opened.ways, Ways::Matrix(_)) && tour.hosts.len() <= ALL_WAYS {
        tour.hosts.iter().map(|host| host.code.clone()).collect()
    } else {
        let listed = listed(tour, &Travel::default(), &worth(tour), &planned);
        listed.map_err(|error| unplannable(&error, path))?.kept
    };
    let mut log = Log::default();
    let found = ways::found(&opened.ways, tour, &hosts, &mut log)?;
    show(&log, quiet);
    let edition = opened.edition.as_ref().map(|edition| {
        let folder = edition.folder.canonicalize().unwrap_or_else(|_| edition.folder.clone());
        KeptEdition { folder: folder.to_string_lossy().into_owned(), hash: edition.hash.clone() }
    });
    let (chains, emergency) = (opened.chains.clone(), opened.emergency.clone());
    Ok(Extras { id: opened.id.clone(), ways: opened.ways.clone(), found, chains, emergency, edition })
}

fn get(args: &Get, quiet: bool) -> Result<(), Failure> {
    if args.out.exists() {
        return Err(Fault::new(Code::OutputExists, "the folder is there already")
            .in_file(&args.out)
            .hint("name a new one")
            .into());
    }
    let store = opened(&args.store)?;
    let (tour, extras, personal, plans) = done(&store, async {
        let tour = store.tour(&args.name).await?.document;
        let extras = store.extras(&args.name).await?;
        let personal =
            if args.personal { store.personal(&args.name).await? } else { KeptPersonal::default() };
        let mut plans = Vec::new();
        for entry in store.plans(Some(&args.name)).await? {
            let plan = store.plan(&args.name, &entry.name).await?.document;
            plans.push((entry.name, plan));
        }
        Ok((tour, extras, personal, plans))
    })?;
    let ways = match &extras.found {
        Some(found) => ways::write_found(&extras.ways, found, &tour, &args.out)?,
        None => extras.ways.clone(),
    };
    let writing = Writing {
        tour: &tour,
        personal: &personal.personal,
        id: &extras.id,
        emergency: &Emergency { numbers: extras.emergency.numbers, people: personal.emergency },
        chains: &extras.chains,
        ways: &ways,
        edition: extras.edition.as_ref().map(|edition| edition.folder.as_str()),
    };
    write(&writing, &args.out)?;
    for (name, plan) in &plans {
        write_plan_json(plan, &tour.title, &args.out.join(format!("{name}.json")))?;
    }
    told(quiet, &format!("wrote {} with {} plans", args.out.display(), plans.len()));
    Ok(())
}

/// Erases who is called so, where it is certain who is meant.
fn forget(args: &Forget, quiet: bool) -> Result<(), Failure> {
    let store = opened(&args.store)?;
    let (tour, who, by) = (&args.name, &args.who, by());
    let erased = done(&store, async {
        let kept = store.personal(tour).await?;
        let holds = |table: Table| match table {
            Table::Contacts => kept.contacts.contains_key(who),
            Table::People => kept.people.contains_key(who),
            Table::Emergency => kept.emergency.iter().any(|number| number.who == *who),
        };
        let all = [Table::Contacts, Table::People, Table::Emergency];
        let found: Vec<Table> = all.into_iter().filter(|table| holds(*table)).collect();
        let table = match (args.table, found.as_slice()) {
            (Some(table), _) => table,
            (None, []) => Table::People,
            (None, [table]) => *table,
            (None, _) => {
                return Err(Fault::new(Code::EraseAmbiguous, format!("`{who}` stands in more than one table"))
                    .because("nothing was erased: it is not certain who is to be forgotten")
                    .hint("say which with `--table contacts`, `--table people` or `--table emergency`; for all of them, say one after the other"));
            }
        };
        match table {
            Table::Contacts => store.erase_contact(tour, who, by).await?,
            Table::People => store.erase_person(tour, who, by).await?,
            Table::Emergency => store.erase_emergency(tour, who, by).await?,
        }
        Ok(table)
    })?;
    let what = match erased {
        Table::Contacts => "contact",
        Table::People => "traveller",
        Table::Emergency => "emergency number",
    };
    told(quiet, &format!("erased the {what} `{who}`"));
    Ok(())
}

/// A store that is there.
fn opened(place: &str) -> Result<Store> {
    wait(Store::open(&StorePlace::parse(place)?))
}

/// Does something with a store, and closes it: nothing of it stays beside its file.
fn done<T>(store: &Store, work: impl Future<Output = Result<T>>) -> Result<T> {
    wait(async {
        let outcome = work.await;
        store.close().await;
        outcome
    })
}

fn by() -> By<'static> {
    By { user: COMMAND, now: chrono::Utc::now().timestamp() }
}

fn list(args: &List) -> Result<(), Failure> {
    let format = args.output.format(Format::Table)?;
    let store = opened(&args.store)?;
    let tours = done(&store, store.tours())?;
    let table = TableBuilder::new("tours", "One tour of the store", &["tour"])
        .text("tour", "Its name in addresses", tours.iter().map(|tour| Some(&tour.id)))
        .text("title", "Its title", tours.iter().map(|tour| Some(&tour.title)))
        .text("first", "Its first day", tours.iter().map(|tour| Some(tour.first.clone())))
        .text("last", "Its last day", tours.iter().map(|tour| Some(tour.last.clone())))
        .whole("hosts", "Hosts", tours.iter().map(|tour| Some(tour.hosts)))
        .whole("delegates", "Travellers", tours.iter().map(|tour| Some(tour.delegates)))
        .build()
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    args.output.write(&table, format)
}

fn users(args: &List) -> Result<(), Failure> {
    let format = args.output.format(Format::Table)?;
    let store = opened(&args.store)?;
    let users = done(&store, store.users())?;
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
    let (store, role) = (wait(Store::open_or_make(&place))?, args.role.role());
    done(&store, store.add_user(&args.name, &password, role))?;
    told(quiet, &format!("{} can log in as {}", args.name, role.word()));
    Ok(())
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

fn told(quiet: bool, text: &str) {
    if !quiet {
        eprintln!("{text}");
    }
}
