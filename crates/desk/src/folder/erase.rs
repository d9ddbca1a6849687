//! Somebody is forgotten: what is personal of them is taken out of the tables.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use distretto_study::fault::{Code, Fault, Result};

use super::change::{table_of, tour_file};
use super::delegates;
use super::letters::unknown;
use super::personal::{CONTACTS, EMERGENCY, PEOPLE};
use super::raw::Raw;
use super::rows::Shape;

/// A table of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalTable {
    /// Whom to ask for at a host or base, by its code.
    Contacts,
    /// The travellers by name, by their code; what they need stands in the table of delegates.
    People,
    /// Numbers to call, by who answers.
    Emergency,
}

impl PersonalTable {
    const ALL: [Self; 3] = [Self::Contacts, Self::People, Self::Emergency];

    /// What the table looks like, and the column by which somebody is found.
    const fn shape(self) -> (Shape, &'static str) {
        match self {
            Self::Contacts => (CONTACTS, "host"),
            Self::People => (PEOPLE, "code"),
            Self::Emergency => (EMERGENCY, "who"),
        }
    }
}

/// What was erased about somebody, without saying it once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// From each table that held something.
    pub removed: Vec<Removed>,
}

/// What was removed from a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The table.
    pub file: PathBuf,
    /// How many rows.
    pub rows: usize,
    /// Whether the rows are gone; else they stay, and only these columns of them were emptied.
    pub whole: bool,
    /// Names of the columns in which something stood.
    pub columns: Vec<String>,
}

/// A table without what was removed from it.
struct Rewritten {
    table: PersonalTable,
    sheet: Raw,
    removed: Removed,
}

/// Erases somebody from the tables of personal data of a tour, which are rewritten: a contact by the code of the host or base, a traveller by
/// that of the delegate, a number to call by who answers. Of a traveller what they need is erased from the table of delegates, too; the
/// delegate stays. Nothing else of the tour is read, so that nothing else that is wrong with it stands in the way.
///
/// Links to a table stay links, and a table can be read by whom it could be before.
///
/// # Errors
/// [`Code::EraseNobody`] where no table has the code; [`Code::EraseAmbiguous`] where several have and `only` does not say which; a table that
/// is not plain CSV. Nothing is written then.
pub fn erase(path: &Path, code: &str, only: Option<PersonalTable>) -> Result<Erased> {
    let (path, file) = tour_file(path)?;
    let raw = |shape: Shape| match table_of(shape, &file, &path)? {
        Some(table) if table.exists() => Raw::load(&table).map(|sheet| Some((table, sheet))),
        _ => Ok(None),
    };
    let (mut known, mut rewritten) = (BTreeSet::new(), Vec::new());
    for table in PersonalTable::ALL.into_iter().filter(|table| only.is_none_or(|only| only == *table)) {
        let (shape, column) = table.shape();
        if let Some((file, sheet)) = raw(shape)? {
            rewritten.extend(without(table, file, sheet, column, code, &mut known)?);
        }
    }
    if only.is_none_or(|only| only == PersonalTable::People) {
        // A table of delegates that cannot be changed stands in the way of travellers only.
        let is_another =
            !rewritten.is_empty() && rewritten.iter().all(|found| found.table != PersonalTable::People);
        let found = raw(delegates::SHAPE)
            .and_then(|found| found.map_or(Ok(None), |(file, sheet)| needless(file, sheet, code)));
        match found {
            Ok(found) => rewritten.extend(found),
            Err(_) if is_another => {}
            Err(fault) => return Err(fault),
        }
    }
    let tables: BTreeSet<PersonalTable> = rewritten.iter().map(|found| found.table).collect();
    if tables.is_empty() {
        let known: Vec<String> = known.into_iter().collect();
        return Err(
            unknown(Code::EraseNobody, format!("nobody has the code `{code}`"), code, &known).in_file(&path)
        );
    }
    if tables.len() > 1 {
        let files: Vec<String> =
            rewritten.iter().map(|found| found.removed.file.display().to_string()).collect();
        return Err(Fault::new(Code::EraseAmbiguous, format!("`{code}` stands in several tables"))
            .in_file(&path)
            .because(files.join("\n"))
            .hint("say which is meant with `--table contacts`, `--table people` or `--table emergency`"));
    }
    let mut removed = Vec::new();
    for found in rewritten {
        found.sheet.save()?;
        removed.push(found.removed);
    }
    Ok(Erased { removed })
}

/// A table without the rows of this code; `None` where there are none. The codes of the other rows are added to those that are known.
fn without(
    table: PersonalTable,
    file: PathBuf,
    mut sheet: Raw,
    column: &str,
    code: &str,
    known: &mut BTreeSet<String>,
) -> Result<Option<Rewritten>> {
    let at = sheet.needed(column)?;
    let (gone, kept): (Vec<_>, Vec<_>) =
        std::mem::take(&mut sheet.rows).into_iter().partition(|row| Raw::field(row, at) == code);
    known.extend(kept.iter().map(|row| Raw::field(row, at).to_owned()).filter(|code| !code.is_empty()));
    sheet.rows = kept;
    if gone.is_empty() {
        return Ok(None);
    }
    let filled = |(at, _): &(usize, &String)| gone.iter().any(|row| !Raw::field(row, *at).is_empty());
    let columns = sheet.header.iter().enumerate().filter(filled).map(|(_, name)| name.clone()).collect();
    Ok(Some(Rewritten { table, sheet, removed: Removed { file, rows: gone.len(), whole: true, columns } }))
}

/// The table of delegates without what this one needs; `None` where nothing stands there.
fn needless(file: PathBuf, mut sheet: Raw, code: &str) -> Result<Option<Rewritten>> {
    let at = sheet.needed("code")?;
    let Some(needs) = sheet.position("needs") else { return Ok(None) };
    let fits = |row: &&mut Vec<String>| Raw::field(row, at) == code && !Raw::field(row, needs).is_empty();
    let mut rows = 0;
    for row in sheet.rows.iter_mut().filter(fits) {
        row[needs].clear();
        rows += 1;
    }
    let columns = vec![sheet.header[needs].clone()];
    let removed = Removed { file, rows, whole: false, columns };
    Ok((rows > 0).then_some(Rewritten { table: PersonalTable::People, sheet, removed }))
}
