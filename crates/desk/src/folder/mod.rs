//! A tour as a folder of tables around `tour.toml`, and plans as files.
//!
//! | file | what | personal |
//! |---|---|---|
//! | `tour.toml` | title, days, bases, delegation, rules, where ways come from | no |
//! | `hosts.csv` | who can be visited: `code`, `name`, `kind`, `lon`, `lat`, `address`, `town`, `district`, `zone`, `industries`, `phases`, `practices`, `look_for`, `hours`, `country`, `time_zone`, `minutes`, `group`, `guides`, `stagger`, `languages`, `notice`, `meal`, `cost`, `meets`, `consent`, `valid_until` | no |
//! | `delegates.csv` | who travels: `code`, `role`, `country`, `languages`, `industries`, `phases`, `practices`, `kinds` (each `name*weight`), `needs` | `needs` |
//! | `visits.csv` | what was agreed: `host`, `state`, `demand`, `start`, `day`, `minutes`, `extra` | no |
//! | `contacts.csv` | `host` (or base), `name`, `role`, `phone`, `email` | yes |
//! | `people.csv` | `code`, `name`, `phone`, `email`, `emergency` | yes |
//! | `emergency.csv` | `who`, `number`, `person` (`yes` where the number is that of a person, else `no`) | in part |
//! | `plan.json`, `plan.csv` | an itinerary | no |
//!
//! `docs/tours.md` describes each column. Tables may be CSV or Parquet, their columns in any order; lists in a field are divided by `;`. Costs
//! are in units of the currency with decimals (`12.50`) in files, in hundredths in the model. What is wrong with a file is a fault that
//! names file, row and column; those of all rows of all tables are told together, of each row the first.

mod change;
mod consistency;
mod dates;
mod delegates;
mod edition;
mod erase;
mod file;
mod frame;
mod hosts;
pub(crate) mod letters;
pub(crate) mod numbers;
mod personal;
mod plan;
mod raw;
pub(crate) mod rows;
mod rules;
mod visits;
mod ways;
mod write;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use distretto_roadbook::book::{Chain, Emergency};
use distretto_study::config::{Decimal, Texts};
use distretto_study::edition::sha256;
use distretto_study::fault::{Code, Fault, Log, Result};
use distretto_study::tables;
use distretto_tours::tour::Personal;
use distretto_tours::{Frame, Tour};

use crate::ways::Ways;
use file::{TOUR, TourFile};
use rows::{Shape, Sheet};

pub use change::set_visit;
pub use dates::moment;
pub use edition::{Edition, Facts, Municipality};
pub use erase::{Erased, PersonalTable, Removed, erase};
pub use plan::{
    PLAN_VERSION, PlanFormat, plan_from_json, plan_to_json, read_plan, write_plan, write_plan_csv,
    write_plan_json,
};
pub(crate) use ways::{ways_from_json, ways_to_json};
pub use write::{Writing, write};

/// The name of the file around which a tour is a folder.
pub const TOUR_FILE: &str = "tour.toml";

/// A tour that was read from a folder.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The folder that paths are relative to.
    pub folder: PathBuf,
    /// What programs know the tour by: its `code`; where it has none, the name of its folder with a mark of its title and first day, which a
    /// plan does not change, and hyphens for all that cannot stand in a code.
    pub id: String,
    /// The tour.
    pub tour: Tour,
    /// Its contacts and travellers by name; empty where there are none.
    pub personal: Personal,
    /// Whom to call; nobody where there is no such table.
    pub emergency: Emergency,
    /// Orders of phases.
    pub chains: Vec<Chain>,
    /// What it takes from its edition; absent where it names none.
    pub edition: Option<Edition>,
    /// Where its travel times come from.
    pub ways: Ways,
    /// What a planner should know.
    pub log: Log,
}

/// Reads the tour in a folder, or around the `tour.toml` that is named. Nothing is asked of a server.
///
/// Hosts, delegates and visits stand in the order of their rows, districts in that of their codes.
///
/// # Errors
/// The first thing that is wrong with `tour.toml` or the edition; else what is wrong with the tables in the order hosts, delegates, visits, contacts,
/// people, emergency, of each row the first, the others as [`Fault::further`] ones of the first; else the first thing that they contradict each other in.
pub fn open(path: &Path) -> Result<Opened> {
    let path = if path.is_dir() { path.join(TOUR_FILE) } else { path.to_path_buf() };
    let folder = folder_of(&path);
    let mut log = Log::default();
    let file: TourFile = TOUR.load(&path)?;
    let in_file = |fault: Box<Fault>| if fault.place.file.is_none() { fault.in_file(&path) } else { fault };
    if file.title.trim().is_empty() {
        return Err(in_file(Fault::new(Code::TourIncomplete, "the tour has no title").in_column("title")));
    }
    let frame = frame::frame(&file, &mut log).map_err(in_file)?;
    let id = id(&file, &frame, &folder).map_err(in_file)?;
    let rules = rules::rules(&file).map_err(in_file)?;
    let mut delegation = rules::delegation(&file.delegation).map_err(in_file)?;
    let ways = ways::ways(&file, &folder).map_err(in_file)?;
    let edition = file.edition.as_deref().map(|edition| Edition::open(&folder.join(edition))).transpose()?;

    let base = tables::Folder::new(&folder);
    let sheet = |shape: Shape| sheet_of(shape, &file, &base);
    let mut faults = Vec::new();
    let hosts = sheet(hosts::SHAPE)
        .map(|sheet| hosts::read(&sheet, &frame.bases, edition.as_ref(), &mut log))
        .map_or_else(Vec::new, |hosts| or_none(hosts, &mut faults));
    let hosts_are_known = faults.is_empty();
    if let Some(sheet) = sheet(delegates::SHAPE) {
        delegation.delegates = or_none(delegates::read(&sheet, &mut log), &mut faults);
    }
    let before = faults.len();
    let visits = sheet(visits::SHAPE)
        .map(|sheet| visits::read(&sheet, &hosts, &frame, &mut log))
        .map_or_else(Vec::new, |visits| or_none(visits, &mut faults));
    if !hosts_are_known {
        let of_visits = faults.split_off(before);
        faults.extend(of_visits.into_iter().filter(|fault| fault.code != Code::VisitHost));
    }
    let mut personal = Personal::default();
    let host_codes: BTreeSet<&str> = hosts.iter().map(|host| host.code.as_str()).collect();
    let delegate_codes: BTreeSet<&str> =
        delegation.delegates.iter().map(|delegate| delegate.code.as_str()).collect();
    if let Some(sheet) = sheet(personal::CONTACTS) {
        let bases = frame.bases.iter().map(|base| base.code.as_str());
        let places: BTreeSet<&str> = host_codes.iter().copied().chain(bases).collect();
        personal.contacts = or_none(personal::contacts(&sheet, &places, &mut log), &mut faults);
    }
    if let Some(sheet) = sheet(personal::PEOPLE) {
        personal.people = or_none(personal::people(&sheet, &delegate_codes, &mut log), &mut faults);
    }
    let emergency = sheet(personal::EMERGENCY)
        .map(|sheet| personal::emergency(&sheet, &mut log))
        .map_or_else(Emergency::default, |emergency| or_none(emergency, &mut faults));
    Fault::all(faults)?;
    let chains = file.chain.iter().map(|chain| Chain { phases: chain.phases.clone() }).collect();
    let districts = edition.as_ref().map(|edition| edition.districts.clone()).unwrap_or_default();
    let tour = Tour { title: file.title, aim: file.aim, hosts, delegation, frame, visits, rules, districts };
    consistency::check(&tour, &mut log).map_err(in_file)?;
    Ok(Opened { folder, id, tour, personal, emergency, chains, edition, ways, log })
}

/// What was read; nothing where something is wrong with it, which is kept.
fn or_none<T: Default>(read: Result<T>, faults: &mut Vec<Fault>) -> T {
    read.unwrap_or_else(|fault| {
        faults.extend(fault.each());
        T::default()
    })
}

fn id(file: &TourFile, frame: &Frame, folder: &Path) -> Result<String> {
    let Some(code) = &file.code else {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        let name = folder.file_name().map_or_else(|| "tour".into(), |name| name.to_string_lossy());
        let first = frame.days.first().map(|day| day.date.to_string()).unwrap_or_default();
        let mark = sha256(format!("{}\n{first}", file.title).as_bytes());
        let name: String = name.chars().map(|c| if in_code(c) { c } else { '-' }).take(60).collect();
        return Ok(format!("{name}-{}", &mark[..8]));
    };
    if !is_code(code) {
        return Err(Fault::new(Code::TourValue, format!("`code = \"{code}\"` is not a code"))
            .in_column("code")
            .hint("it takes 1 to 80 letters, digits and hyphens, such as \"leather-2026\""));
    }
    Ok(code.clone())
}

/// Whether a character may stand in a code of a tour.
const fn in_code(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-'
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.len() <= 80 && text.chars().all(in_code)
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf()
}

/// Where a table is: as `[tables]` says, else under its usual name; `None` where it may be absent and is.
fn sheet_of<'a>(shape: Shape, file: &TourFile, folder: &'a tables::Folder) -> Option<Sheet<'a>> {
    let decimal: Decimal = file.tables.decimal;
    let sheet = |paths: Texts| Sheet { shape, folder, paths, decimal };
    if let Some(paths) = given(file, shape.section) {
        return Some(sheet(paths.clone()));
    }
    let usual = format!("{}.csv", shape.section);
    if shape.may_be_empty && !folder.base().join(&usual).exists() {
        return None;
    }
    Some(sheet(Texts(vec![usual])))
}

fn given<'f>(file: &'f TourFile, section: &str) -> Option<&'f Texts> {
    let tables = &file.tables;
    match section {
        "hosts" => tables.hosts.as_ref(),
        "delegates" => tables.delegates.as_ref(),
        "visits" => tables.visits.as_ref(),
        "contacts" => tables.contacts.as_ref(),
        "emergency" => tables.emergency.as_ref(),
        _ => tables.people.as_ref(),
    }
}
