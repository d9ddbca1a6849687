//! What a database says, as a fault.

use distretto_study::fault::{Code, Fault, Result};

use super::schema::VERSION;

/// Codes by which SQLite says that somebody else is writing (the low byte), and PostgreSQL that it cannot now.
const SQLITE_BUSY: [i64; 2] = [5, 6];
const POSTGRES_BUSY: [&str; 8] = ["40001", "40P01", "53300", "55P03", "57P01", "57P02", "57P03", "57014"];

/// An error of the database, as `map_err` hands it over. Texts of databases name tables and columns, never values.
#[expect(clippy::needless_pass_by_value, reason = "`map_err` gives the error away")]
pub(super) fn told(error: sqlx::Error) -> Box<Fault> {
    if is_busy(&error) {
        Fault::new(Code::StoreBusy, "the store is busy")
            .because(error.to_string())
            .hint("nothing was changed; try again in a moment")
    } else {
        damaged("the store refuses what was asked", error.to_string())
    }
}

pub(super) fn is_busy(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => true,
        sqlx::Error::Database(database) => database.code().is_some_and(|code| {
            POSTGRES_BUSY.contains(&code.as_ref())
                || (code.len() < 5
                    && code.parse::<i64>().is_ok_and(|code| SQLITE_BUSY.contains(&(code & 0xff))))
        }),
        _ => false,
    }
}

/// Something in the store is not what this program writes.
pub(super) fn damaged(what: &str, why: impl Into<String>) -> Box<Fault> {
    Fault::new(Code::StoreDamaged, what).because(why)
}

/// Refuses a store, which is called so in the message, whose tables have a version that this program does not know.
pub(super) fn refuse_newer(store: &str, version: Option<i64>) -> Result<()> {
    match version {
        Some(version) if version > VERSION => {
            Err(Fault::new(Code::StoreNewer, format!("{store} is of a newer version"))
                .because(format!("it has version {version}, and this program knows up to {VERSION}"))
                .hint("use the newer program; nothing was touched"))
        }
        _ => Ok(()),
    }
}

/// Nothing is called that.
pub(super) fn nothing(what: &str, name: &str) -> Box<Fault> {
    Fault::new(Code::StoreNothing, format!("the store has no {what} `{}`", shown(name)))
}

/// Somebody else has changed it meanwhile.
pub(super) fn conflict(what: &str, name: &str, seen: i64, there: i64) -> Box<Fault> {
    let why = match (seen, there) {
        (0, _) => "it was to be new, and it is there already".to_owned(),
        (_, 0) => "it is there no more".to_owned(),
        _ => format!("its revision is {there}, and {seen} was to be changed"),
    };
    Fault::new(Code::StoreConflict, format!("somebody else has changed the {what} `{}`", shown(name)))
        .because(why)
        .hint("nothing was changed; read it again, look at what is new, and repeat the change")
}

/// A text of somebody else, as a message may quote it.
pub(super) fn shown(text: &str) -> String {
    let clean: String = text.chars().filter(|char| !char.is_control()).take(80).collect();
    if clean.len() < text.len() { format!("{clean}…") } else { clean }
}
