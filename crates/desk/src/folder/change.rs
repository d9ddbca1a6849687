//! Changes to the tables of a tour: somebody is erased, a host accepts or declines.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use distretto_study::config::Texts;
use distretto_study::edition::files::{failed, whole_file};
use distretto_study::fault::{Code, Fault, Result};
use distretto_study::tables::guess_delimiter;
use distretto_tours::{State, Visit};

use super::file::{TOUR, TourFile};
use super::letters::unknown;
use super::personal::{CONTACTS, PEOPLE};
use super::rows::Shape;
use super::{TOUR_FILE, folder_of, given, open, visits};

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
    /// Names of the columns in which something stood.
    pub columns: Vec<String>,
}

/// Erases a contact (by the code of the host) or traveller (by that of the delegate) from the tables of personal data of a tour, which are
/// rewritten whole. Nothing else of the tour is read, so that nothing else that is wrong with it stands in the way.
///
/// # Errors
/// [`Code::EraseNobody`] where neither table has the code; a table that is not plain CSV.
pub fn erase(path: &Path, code: &str) -> Result<Erased> {
    let (path, file) = tour_file(path)?;
    let mut known = Vec::new();
    let mut rewritten = Vec::new();
    for (shape, column) in [(CONTACTS, "host"), (PEOPLE, "code")] {
        let Some(table) = table_of(shape, &file, &path)? else { continue };
        if !table.exists() {
            continue;
        }
        let mut sheet = Raw::load(&table)?;
        let at = sheet.needed(column)?;
        let is_code = |row: &Vec<String>| row.get(at).is_some_and(|own| own.trim() == code);
        let (gone, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut sheet.rows).into_iter().partition(is_code);
        known.extend(kept.iter().filter_map(|row| row.get(at).map(|code| code.trim().to_owned())));
        sheet.rows = kept;
        if !gone.is_empty() {
            let filled = |(at, _): &(usize, &String)| gone.iter().any(|row| row.get(*at).is_some_and(|text| !text.is_empty()));
            let columns = sheet.header.iter().enumerate().filter(filled).map(|(_, name)| name.clone()).collect();
            rewritten.push((sheet, Removed { file: table, rows: gone.len(), columns }));
        }
    }
    if rewritten.is_empty() {
        return Err(unknown(Code::EraseNobody, format!("nobody has the code `{code}`"), code, &known).in_file(&path));
    }
    let mut removed = Vec::new();
    for (sheet, what) in rewritten {
        sheet.save()?;
        removed.push(what);
    }
    Ok(Erased { removed })
}

/// Writes down what a host answered: the state of its visit, and when it starts where that is given. The row of the host is changed, or one is
/// added; other rows, their order and all other columns stay as they are. Returns the visit as it stands now.
///
/// # Errors
/// Whatever is wrong with the tour; a host that is not there; a visit that is confirmed without a start, or at a time outside the tour; a
/// table that is not plain CSV. Nothing is written then.
pub fn set_visit(path: &Path, host: &str, state: State, start: Option<NaiveDateTime>) -> Result<Visit> {
    let opened = open(path)?;
    let (path, file) = tour_file(path)?;
    if opened.tour.host(host).is_none() {
        let known: Vec<&str> = opened.tour.hosts.iter().map(|host| host.code.as_str()).collect();
        return Err(unknown(Code::VisitHost, format!("there is no host `{host}`"), host, &known).in_file(&path));
    }
    let mut visit = opened.tour.visit(host);
    visit.state = state;
    if let Some(start) = start {
        visit.start = Some(start);
        visit.day = visit.day.map(|_| start.date());
    }
    let usual = || path.with_file_name("visits.csv");
    let table = table_of(visits::SHAPE, &file, &path)?.unwrap_or_else(usual);
    visits::contradictions(&visit, &opened.tour.frame).map_err(|fault| fault.in_file(&table))?;
    let mut sheet = if table.exists() { Raw::load(&table)? } else { Raw::new(&table, &["host", "state", "start"]) };
    let at = sheet.needed("host")?;
    let row = sheet.rows.iter().position(|row| row.get(at).is_some_and(|own| own.trim() == host));
    let row = row.unwrap_or_else(|| {
        sheet.rows.push(vec![String::new(); sheet.header.len()]);
        sheet.rows.len() - 1
    });
    sheet.set(row, "host", host.to_owned());
    sheet.set(row, "state", visits::state_word(state).to_owned());
    if let Some(start) = start {
        sheet.set(row, "start", start.format("%Y-%m-%d %H:%M").to_string());
        if let Some(day) = visit.day {
            sheet.set(row, "day", day.to_string());
        }
    }
    sheet.save()?;
    Ok(visit)
}

fn tour_file(path: &Path) -> Result<(PathBuf, TourFile)> {
    let path = if path.is_dir() { path.join(TOUR_FILE) } else { path.to_path_buf() };
    let file = TOUR.load(&path)?;
    Ok((path, file))
}

/// The one file of a table; its usual name where `[tables]` names none.
fn table_of(shape: Shape, file: &TourFile, path: &Path) -> Result<Option<PathBuf>> {
    let usual = Texts(vec![format!("{}.csv", shape.section)]);
    match given(file, shape.section).unwrap_or(&usual).0.as_slice() {
        [] => Ok(None),
        [one] if !one.contains(['*', '?', '[']) => Ok(Some(folder_of(path).join(one))),
        _ => Err(Fault::new(Code::TableFixed, format!("the table of {} is several files", shape.section))
            .in_file(path)
            .in_column("[tables]")
            .hint("make the change where it comes from, or join them to one")),
    }
}

/// A table of delimited text, as it is written.
#[derive(Debug)]
struct Raw {
    path: PathBuf,
    delimiter: u8,
    /// Whether it begins with a byte order mark.
    mark: bool,
    terminator: csv::Terminator,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

const MARK: &[u8] = "\u{feff}".as_bytes();

impl Raw {
    fn new(path: &Path, header: &[&str]) -> Self {
        Self {
            path: path.to_path_buf(),
            delimiter: b',',
            mark: false,
            terminator: csv::Terminator::Any(b'\n'),
            header: header.iter().map(ToString::to_string).collect(),
            rows: Vec::new(),
        }
    }

    fn load(path: &Path) -> Result<Self> {
        let unreadable = |code: Code, what: &str, why: String| Fault::new(code, what).in_file(path).because(why);
        let bytes = std::fs::read(path)
            .map_err(|error| unreadable(Code::FileUnreadable, "the file cannot be read", error.to_string()))?;
        let magic: [&[u8]; 4] = [b"PAR1", &[0x1f, 0x8b], &[0x28, 0xb5, 0x2f, 0xfd], b"PK\x03\x04"];
        if magic.iter().any(|magic| bytes.starts_with(magic)) {
            return Err(unreadable(Code::TableFixed, "the table cannot be changed row by row", "it is not plain text".to_owned())
                .hint("save it as plain CSV, or make the change where it comes from"));
        }
        let mark = bytes.starts_with(MARK);
        let text = if mark { &bytes[MARK.len()..] } else { &bytes[..] };
        let delimiter = guess_delimiter(text);
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text);
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record
                .map_err(|error| unreadable(Code::FileCorrupt, "the table cannot be read", error.to_string()))?;
            rows.push(record.iter().map(str::to_owned).collect());
        }
        if rows.is_empty() {
            return Err(Fault::new(Code::TableEmpty, "the table is empty").in_file(path));
        }
        let is_crlf = text.windows(2).find(|pair| pair[1] == b'\n').is_some_and(|pair| pair[0] == b'\r');
        Ok(Self {
            path: path.to_path_buf(),
            delimiter,
            mark,
            terminator: if is_crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') },
            header: rows.remove(0),
            rows,
        })
    }

    fn position(&self, column: &str) -> Option<usize> {
        self.header.iter().position(|name| name.trim().eq_ignore_ascii_case(column))
    }

    fn needed(&self, column: &str) -> Result<usize> {
        self.position(column).ok_or_else(|| {
            unknown(Code::ColumnMissing, format!("the table has no column `{column}`"), column, &self.header)
                .in_file(&self.path)
        })
    }

    /// Sets a field; a column that is not there is added.
    fn set(&mut self, row: usize, column: &str, text: String) {
        let at = self.position(column).unwrap_or_else(|| {
            self.header.push(column.to_owned());
            for row in &mut self.rows {
                row.resize(self.header.len(), String::new());
            }
            self.header.len() - 1
        });
        if self.rows[row].len() <= at {
            self.rows[row].resize(at + 1, String::new());
        }
        self.rows[row][at] = text;
    }

    /// Writes it whole or not at all.
    fn save(&self) -> Result<()> {
        let bytes = || -> Result<Vec<u8>, csv::Error> {
            let mut writer = csv::WriterBuilder::new()
                .delimiter(self.delimiter)
                .terminator(self.terminator)
                .flexible(true)
                .from_writer(if self.mark { MARK.to_vec() } else { Vec::new() });
            for row in [&self.header].into_iter().chain(&self.rows) {
                writer.write_record(row)?;
            }
            writer.into_inner().map_err(|error| error.into_error().into())
        };
        let bytes = bytes().map_err(|error| failed(&self.path, &error))?;
        whole_file(&self.path, |growing| std::fs::write(growing, &bytes).map_err(|error| failed(&self.path, &error)))
    }
}
