//! A table of delimited text that is changed row by row, with everything else in it left as it is.

use std::fs::{File, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use distretto_study::edition::files::{failed, whole_file};
use distretto_study::fault::{Code, Fault, Result};
use distretto_study::tables::guess_delimiter;

use super::letters::unknown;

/// A table of delimited text, as it is written.
#[derive(Debug)]
pub(super) struct Raw {
    path: PathBuf,
    delimiter: u8,
    /// Whether it begins with a byte order mark.
    mark: bool,
    terminator: csv::Terminator,
    /// Names of the columns.
    pub(super) header: Vec<String>,
    /// Rows without the header, each as long as it is written.
    pub(super) rows: Vec<Vec<String>>,
}

const MARK: &[u8] = "\u{feff}".as_bytes();

impl Raw {
    /// A table that is not there yet.
    pub(super) fn new(path: &Path, header: &[&str]) -> Self {
        Self {
            path: path.to_path_buf(),
            delimiter: b',',
            mark: false,
            terminator: csv::Terminator::Any(b'\n'),
            header: header.iter().map(ToString::to_string).collect(),
            rows: Vec::new(),
        }
    }

    /// Reads a table.
    ///
    /// # Errors
    /// A file that cannot be read, is empty, or is not plain text.
    pub(super) fn load(path: &Path) -> Result<Self> {
        let unreadable =
            |code: Code, what: &str, why: String| Fault::new(code, what).in_file(path).because(why);
        let bytes = std::fs::read(path).map_err(|error| {
            unreadable(Code::FileUnreadable, "the file cannot be read", error.to_string())
        })?;
        let magic: [&[u8]; 4] = [b"PAR1", &[0x1f, 0x8b], &[0x28, 0xb5, 0x2f, 0xfd], b"PK\x03\x04"];
        if magic.iter().any(|magic| bytes.starts_with(magic)) {
            return Err(unreadable(
                Code::TableFixed,
                "the table cannot be changed row by row",
                "it is not plain text".to_owned(),
            )
            .hint("save it as plain CSV, or make the change where it comes from"));
        }
        let mark = bytes.starts_with(MARK);
        let text = if mark { &bytes[MARK.len()..] } else { &bytes[..] };
        let delimiter = guess_delimiter(text);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text);
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                unreadable(Code::FileCorrupt, "the table cannot be read", error.to_string())
            })?;
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

    /// The place of a column, compared without case.
    pub(super) fn position(&self, column: &str) -> Option<usize> {
        self.header.iter().position(|name| name.trim().eq_ignore_ascii_case(column))
    }

    /// The place of a column that must be there.
    pub(super) fn needed(&self, column: &str) -> Result<usize> {
        self.position(column).ok_or_else(|| {
            unknown(Code::ColumnMissing, format!("the table has no column `{column}`"), column, &self.header)
                .in_file(&self.path)
        })
    }

    /// A field without the blanks around it; empty where the row is too short.
    pub(super) fn field(row: &[String], at: usize) -> &str {
        row.get(at).map_or("", |text| text.trim())
    }

    /// Sets a field; a column that is not there is added.
    pub(super) fn set(&mut self, row: usize, column: &str, text: String) {
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

    /// Writes it whole or not at all. A link stays a link, and who may read the file stays as it was.
    pub(super) fn save(&self) -> Result<()> {
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
        // The file that links lead to; its own name where it is not there yet.
        let path = self.path.canonicalize().unwrap_or_else(|_| self.path.clone());
        let permissions = std::fs::metadata(&path).map(|file| file.permissions()).ok();
        whole_file(&path, |growing| {
            grow(growing, &bytes, permissions).map_err(|error| failed(&self.path, &error))
        })
    }
}

/// Writes a new file down to the disk. It is open to no more readers than it shall be, from its first byte.
fn grow(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
    let mut file = File::create(path)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}
