//! `distretto tour forget`.

use std::path::PathBuf;

use clap::ValueEnum;
use distretto_desk::folder::{PersonalTable, erase};

use crate::failure::Failure;

/// Erase what is personal of a traveller, a host's contact, or somebody to call
///
/// Takes the row out of people.csv, contacts.csv or emergency.csv, and what a traveller needs out of delegates.csv; the tables are rewritten. The
/// tour stays whole: what is not personal is in other tables.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  distretto tour forget tour T07\n  distretto tour forget tour E03\n  distretto tour forget tour \"Driver of the coach\"\n  distretto tour forget tour 7 --table people"
)]
pub struct Args {
    /// The tour.
    tour: PathBuf,
    /// Code of the traveller, host or base; or who answers, as emergency.csv says it.
    code: String,
    /// The table that is meant, where several have the code.
    #[arg(long, value_enum)]
    table: Option<Table>,
}

/// A table of persons.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Table {
    Contacts,
    People,
    Emergency,
}

impl From<Table> for PersonalTable {
    fn from(table: Table) -> Self {
        match table {
            Table::Contacts => Self::Contacts,
            Table::People => Self::People,
            Table::Emergency => Self::Emergency,
        }
    }
}

pub fn run(args: &Args, quiet: bool) -> Result<(), Failure> {
    let erased = erase(&args.tour, &args.code, args.table.map(PersonalTable::from))?;
    if !quiet {
        for removed in &erased.removed {
            let what = if removed.whole {
                "removed".to_owned()
            } else {
                format!("without {} now", removed.columns.join(", "))
            };
            eprintln!("{}: {} rows {what}", removed.file.display(), removed.rows);
        }
    }
    Ok(())
}
