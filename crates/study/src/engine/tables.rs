//! `distretto tables`: tables from queries and micro-data as results of their own.

use std::fmt;
use std::path::Path;

use serde_json::{Value, json};

use super::{Made, MadeTable, Progress, Watch};
#[cfg(feature = "engine")]
use crate::config::MadeBy;
use crate::disclosure::{warn_of_queries, without_details};
use crate::edition::Meta;
use crate::edition::files::{failed, write_text};
use crate::edition::folder::{only_ours, whole_folder};
use crate::edition::manifest::{self, sha256};
use crate::fault::{Code, Fault, Log, Result, listed};
use crate::input::Study;
use crate::tables::{Folder, describe_files};

/// A table that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its folder.
    pub name: String,
    /// The section of the study that asks for it.
    pub section: String,
    /// Its rows.
    pub rows: u64,
    /// Rows of sources read, where it is known.
    pub read: u64,
    /// How many figures are withheld, for themselves and for others, where it comes from micro-data under disclosure control.
    pub withheld: Option<[usize; 2]>,
}

/// What was written. `Display` gives it for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The tables, in the order of the study.
    pub tables: Vec<Written>,
    /// Warnings and notes.
    pub log: Log,
}

/// Makes every table of a study that comes from queries and micro-data, the network of firms included, and writes them to `out`: a folder
/// of Parquet files for each, sorted by their keys, and `manifest.json`. What comes from micro-data is protected by itself: together with an
/// edition of the same study it would tell what either withholds, so only one of the two may be published. Whole or not at all; an older result there is replaced, anything
/// else is left alone unless `force` is set.
///
/// # Errors
/// The study has no such table; the program was built without the engine; anything wrong with sources, queries and values.
pub fn write(study: &Study, meta: &Meta, out: &Path, force: bool, watch: &mut Watch<'_>) -> Result<Report> {
    only_ours(out, &manifest::files_of(out, manifest::TABLES), "a folder of tables", force)?;
    something_to_make(study)?;
    let made = make_all(study, watch)?;
    let (mut tables, mut told) = (Vec::new(), Log::default());
    let mut messages = made.log.clone();
    whole_folder(out, |folder| {
        for table in &made.tables {
            go_on(watch, table)?;
            let name = folder_of(&table.section);
            let withheld = match publish(study, table, folder, &name)? {
                Published::No(why) => {
                    told.add(
                        Fault::new(
                            Code::FiguresLeftOut,
                            format!("[{}] is not written: {why}", table.section),
                        )
                        .hint("say `suppress = false` under [disclosure] for use inside"),
                    );
                    continue;
                }
                Published::Whole => None,
                Published::Protected(withheld) => Some(withheld),
            };
            let MadeTable { section, rows, read, .. } = table.clone();
            tables.push(Written { name, section, rows, read, withheld });
        }
        warn_of_queries(&study.config, &mut told);
        let is_micro = study.config.has_micro_data() || study.config.transactions.is_some();
        if is_micro {
            told_of_disclosure(study, &mut told, &tables);
        }
        // What was left out on the way is told by its number, which is for whoever has the micro-data; as in an edition only titles stay.
        let protects = is_micro && study.config.disclosure.suppress;
        let mut kept = if protects { without_details(&made.log) } else { made.log.clone() };
        kept.append(told.clone());
        messages.append(told);
        write_text(&manifest_of(study, meta, &made, &kept, &tables, folder)?, &folder.join("manifest.json"))?;
        // The last moment at which nothing is written.
        made.tables.last().map_or(Ok(()), |table| go_on(watch, table))
    })?;
    Ok(Report { tables, log: messages })
}

/// Refuses a study without any table that this command is for.
fn something_to_make(study: &Study) -> Result<()> {
    if !study.config.made().is_empty() || study.config.transactions.is_some() {
        return Ok(());
    }
    Err(Fault::new(
        Code::StudyIncomplete,
        "the study has no table that comes from a query or from micro-data",
    )
    .hint("give `query` in the place of `path`, or [jobs.register], [flows.trips] or [transactions]"))
}

/// Stops where whoever watches wants that.
fn go_on(watch: &mut Watch<'_>, table: &MadeTable) -> Result<()> {
    if watch(Progress { section: &table.section, read: table.read, made: table.rows }) {
        return Ok(());
    }
    Err(Fault::new(Code::Stopped, "the work was stopped"))
}

/// What of a table is written.
#[cfg_attr(not(feature = "engine"), expect(dead_code, reason = "without the engine nothing is made"))]
enum Published {
    /// Nothing, and why.
    No(&'static str),
    Whole,
    Protected([usize; 2]),
}

#[cfg(feature = "engine")]
fn publish(study: &Study, table: &MadeTable, folder: &Path, name: &str) -> Result<Published> {
    use super::export::{self, FLOWS, JOBS, TRADE};
    let made = study.config.made();
    let by = made.iter().find(|made| made.section == table.section).map(|made| &made.by);
    let is_register = |section: &str| {
        made.iter().any(|table| table.section == section && matches!(table.by, MadeBy::Register(_)))
    };
    let shape = match (by, table.section.as_str()) {
        _ if !study.config.disclosure.suppress => None,
        (Some(MadeBy::Query(_)), _) => None,
        (Some(MadeBy::Register(_)), section)
            if section.strip_suffix(".manufacturing").is_some_and(is_register) =>
        {
            return Ok(Published::No(
                "its units are in the table of all jobs too, and the two would tell what either withholds",
            ));
        }
        (Some(MadeBy::Register(_)), _) => Some(JOBS),
        (Some(MadeBy::Trips(_)), _) => Some(FLOWS),
        (None, "transactions") => return Ok(Published::No("it names single firms")),
        (None, _) => Some(TRADE),
    };
    match shape {
        Some(shape) => export::write(table, &shape, &study.config.disclosure.rule(), folder, name)
            .map(Published::Protected),
        None => copy(table, &folder.join(name)).map(|()| Published::Whole),
    }
}

#[cfg(not(feature = "engine"))]
fn publish(_: &Study, table: &MadeTable, folder: &Path, name: &str) -> Result<Published> {
    copy(table, &folder.join(name)).map(|()| Published::Whole)
}

fn copy(table: &MadeTable, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    for file in &table.files {
        let to = folder.join(file.file_name().unwrap_or_default());
        std::fs::copy(file, &to).map_err(|error| failed(&to, &error))?;
    }
    Ok(())
}

/// Says that figures are withheld, or that none are.
fn told_of_disclosure(study: &Study, log: &mut Log, tables: &[Written]) {
    if !study.config.disclosure.suppress {
        log.add(
            Fault::new(Code::DisclosureOff, "figures from micro-data are written as they are")
                .because("`[disclosure] suppress = false` stands in the study"),
        );
        return;
    }
    let parts: Vec<String> = tables
        .iter()
        .filter_map(|table| Some((&table.name, table.withheld?)))
        .map(|(name, [primary, secondary])| {
            format!("{primary} figures of `{name}` are withheld and {secondary} more to protect them")
        })
        .collect();
    if !parts.is_empty() {
        log.add(Fault::new(Code::FiguresWithheld, parts.join("; ")));
    }
    // Trade is in no edition.
    let in_editions: Vec<&str> = tables
        .iter()
        .filter(|table| table.withheld.is_some() && !table.section.starts_with("transactions"))
        .map(|table| table.name.as_str())
        .collect();
    if !in_editions.is_empty() {
        log.add(
            Fault::new(
                Code::TablesBesideEdition,
                format!("publish either {} or an edition of this study, not both", listed(&in_editions, 10)),
            )
            .because(
                "each is protected by itself, and figures of areas less those of zones tell what is withheld",
            )
            .hint("publish the edition, and keep these tables in the house"),
        );
    }
}

/// Each of these tables with the plan that makes it, for people.
///
/// # Errors
/// As for [`write()`], as far as they show before anything is read.
pub fn explain(study: &Study) -> Result<Vec<(String, String)>> {
    something_to_make(study)?;
    #[cfg(feature = "engine")]
    return super::making::explain(study);
    #[cfg(not(feature = "engine"))]
    Err(super::without_engine(&study.config))
}

#[cfg(feature = "engine")]
fn make_all(study: &Study, watch: &mut Watch<'_>) -> Result<Made> {
    let mut maker = super::making::Maker::new(study)?;
    maker.make_tables(watch)?;
    if let Some(given) = &study.config.transactions {
        maker.make_network(given, watch)?;
    }
    Ok(maker.finish())
}

#[cfg(not(feature = "engine"))]
fn make_all(study: &Study, _: &mut Watch<'_>) -> Result<Made> {
    Err(super::without_engine(&study.config))
}

/// The folder of a table: its section, as a file may be called.
fn folder_of(section: &str) -> String {
    match section {
        "transactions" => "firm_network".to_owned(),
        "transactions.zones" => "trade_by_zone".to_owned(),
        "transactions.activities" => "trade_by_activity".to_owned(),
        other => {
            let plain = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
            other.chars().map(plain).collect()
        }
    }
}

fn manifest_of(
    study: &Study,
    meta: &Meta,
    made: &Made,
    log: &Log,
    tables_written: &[Written],
    folder: &Path,
) -> Result<String> {
    let config = study.config.canonical_json()?;
    let parsed: Value =
        serde_json::from_str(&config).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let mut inputs = describe_files(&Folder::new(&study.base), &made.local)?;
    inputs.extend(made.remote.iter().cloned());
    inputs.sort();
    inputs.dedup();
    let tables: Vec<Value> = tables_written
        .iter()
        .map(|table| json!({ "name": table.name, "section": table.section, "rows": table.rows }))
        .collect();
    let mut manifest = json!({
        "program": { "name": "distretto", "version": meta.version, "commit": meta.commit },
        "kind": manifest::TABLES,
        "study": { "title": study.config.study.title, "vintage": study.config.study.vintage },
        "config_sha256": sha256(config.as_bytes()),
        "config": parsed,
        "inputs": manifest::inputs(&inputs),
        "tables": tables,
        "messages": manifest::messages(log),
        "outputs": manifest::outputs(folder)?,
    });
    if study.config.has_micro_data() || study.config.transactions.is_some() {
        manifest["disclosure"] = disclosure(study, tables_written);
    }
    manifest::add_not_protected(&mut manifest, &study.config);
    Ok(format!("{manifest:#}\n"))
}

/// By which rule figures are withheld, and how many of each table; or that none are.
fn disclosure(study: &Study, tables: &[Written]) -> Value {
    if !study.config.disclosure.suppress {
        return json!({ "suppress": false });
    }
    let rule = study.config.disclosure.rule();
    let withheld: serde_json::Map<String, Value> = tables
        .iter()
        .filter_map(|table| {
            let [primary, secondary] = table.withheld?;
            Some((table.name.clone(), json!({ "primary": primary, "secondary": secondary })))
        })
        .collect();
    json!({
        "suppress": true,
        "minimum": rule.minimum,
        "dominance_units": rule.dominance_units,
        "dominance_share": rule.dominance_share,
        "withheld": withheld,
    })
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for table in &self.tables {
            let read = if table.read > 0 { format!(" from {} rows", table.read) } else { String::new() };
            writeln!(f, "{:<20}{} rows{read}", table.name, table.rows)?;
        }
        Ok(())
    }
}
