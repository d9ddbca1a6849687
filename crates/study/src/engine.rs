//! Tables that come from queries and micro-data: what the study asks for, made by the engine, read like any other table.
//!
//! The engine writes Parquet into a folder of its own, and the study reads that as it reads a plain table, with the same checks. The folder
//! goes when it has been read.
//!
//! | module | concept |
//! |---|---|
//! | `plain` | the study with made tables in the place of queries and micro-data |
//! | `scratch` | the folder that tables are made in |
//! | `orders` | what the study asks for, in the terms of the engine (feature `engine`) |
//! | `making` | making them (feature `engine`) |
//! | `export` | a made table as it may be published |
//! | [`tables`] | made tables as results of their own: `distretto tables` |

#[cfg(feature = "engine")]
mod export;
#[cfg(feature = "engine")]
mod making;
#[cfg(feature = "engine")]
mod orders;
mod plain;
#[cfg(feature = "engine")]
mod scratch;
pub mod tables;

use std::path::PathBuf;

use crate::config::Config;
use crate::disclosure::MicroData;
#[cfg(not(feature = "engine"))]
use crate::fault::Code;
use crate::fault::{Fault, Log, Result};
use crate::input::Study;
use crate::tables::InputFile;
#[cfg(feature = "engine")]
use scratch::Scratch;

/// How far the making of a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The section of the table.
    pub section: &'a str,
    /// Rows of sources read; 0 where it is not known.
    pub read: u64,
    /// Rows made.
    pub made: u64,
}

/// Hears how far the making of tables is, and says whether to go on.
pub type Watch<'a> = dyn FnMut(Progress<'_>) -> bool + 'a;

/// A table that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MadeTable {
    /// Its section.
    pub(crate) section: String,
    /// Its files.
    pub(crate) files: Vec<PathBuf>,
    /// Its rows.
    pub(crate) rows: u64,
    /// Rows of sources read, where it is known.
    pub(crate) read: u64,
}

/// Tables that were made for a study.
pub(crate) struct Made {
    /// The tables.
    pub(crate) tables: Vec<MadeTable>,
    /// The files of the sources that are on this machine.
    pub(crate) local: Vec<PathBuf>,
    /// The files of the sources that are elsewhere.
    pub(crate) remote: Vec<InputFile>,
    /// What was left out.
    pub(crate) log: Log,
    /// Where they are; it goes with them.
    #[cfg(feature = "engine")]
    _scratch: Scratch,
}

/// Which made tables of a study say who stands behind their rows, for disclosure control.
pub(crate) fn micro_data(config: &Config) -> MicroData {
    let made = config.made();
    let is = |section: &str| {
        config.disclosure.suppress && made.iter().any(|table| table.section == section && table.by.is_micro())
    };
    MicroData { jobs: is("jobs"), manufacturing: is("jobs.manufacturing"), flows: is("flows") }
}

impl Made {
    /// The study with these tables in the place of queries and micro-data.
    pub(crate) fn plain(&self, config: &Config) -> Config {
        plain::plain(config, &self.tables)
    }

    /// A fault in a made table, in the terms of the study: its file is gone when the fault is read.
    pub(crate) fn in_the_study(&self, mut fault: Box<Fault>) -> Box<Fault> {
        let Some(file) = &fault.place.file else { return fault };
        let made = self.tables.iter().find(|table| table.files.contains(file));
        if let Some(table) = made {
            fault.place.file = Some(format!("the table made for [{}]", table.section).into());
        }
        fault
    }
}

/// Makes the tables of a study that come from queries and micro-data; none where it has none.
///
/// # Errors
/// The program was built without the engine; anything wrong with sources, queries and values.
pub(crate) fn make(study: &Study, watch: &mut Watch<'_>) -> Result<Option<Made>> {
    if study.config.made().is_empty() {
        return Ok(None);
    }
    #[cfg(feature = "engine")]
    return making::make(study, watch).map(Some);
    #[cfg(not(feature = "engine"))]
    {
        let _ = watch;
        Err(without_engine(&study.config))
    }
}

/// What a program that was built without the engine says of a study that needs it.
#[cfg(not(feature = "engine"))]
fn without_engine(config: &Config) -> Box<Fault> {
    use crate::config::MadeBy;
    let what = match config.made().first() {
        Some(table) => {
            let by = match table.by {
                MadeBy::Query(_) => "a query",
                MadeBy::Register(_) => "a register",
                MadeBy::Trips(_) => "trips",
            };
            format!("[{}] comes from {by}, and this program was built without the engine", table.section)
        }
        None => "this program was built without the engine".to_owned(),
    };
    Fault::new(Code::EngineMissing, what)
        .hint("build it with `cargo build --release --features engine`, or give the sums as a table")
}
