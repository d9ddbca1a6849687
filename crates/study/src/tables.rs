//! Tables of any format as Arrow record batches: the columns that are wanted, the rows that `where` keeps.
//!
//! | module | concept |
//! |---|---|
//! | `files` | paths and patterns to files; size and SHA-256 |
//! | `folder` | where the files are, and what came through a pipe |
//! | `bytes` | decompression, encoding, and what can go wrong with them |
//! | `columns` | which column of a file plays which role |
//! | `csv`, `parquet`, `istat_commuting` | one source of record batches each |
//! | `batch` | typed access to the rows of a batch |
//! | `codes` | zone codes as the study writes them |

mod batch;
mod bytes;
mod codes;
mod columns;
mod csv;
mod files;
mod folder;
pub mod istat_commuting;
mod parquet;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::RecordBatch;

pub use batch::{Batch, Numbers, Texts};
pub(crate) use bytes::newlines;
pub use codes::Translation;
pub use columns::{Need, Role};
pub use csv::guess_delimiter;
pub use files::{InputFile, describe_files, name_in};
pub(crate) use files::{missing, resolve, similar};
pub use folder::{Folder, STDIN, is_stream, no_stream_twice};

use crate::config::{Format, TableSource};
use crate::fault::{Code, Fault, Log, Result, listed};
use batch::Rows;
use bytes::Content;
use columns::Plan;

/// Record batches of one file: the columns of a projection, in its order, with the number of each row.
type Records = Box<dyn Iterator<Item = Result<(RecordBatch, Rows)>>>;

/// A table of the study: its files and what is wanted from them.
pub struct Table<'a> {
    section: &'a str,
    source: &'a TableSource,
    roles: Vec<Role<'a>>,
    folder: &'a Folder,
    files: Vec<PathBuf>,
}

impl<'a> Table<'a> {
    /// Finds the files of a table; `folder` is that of `study.toml`, `section` its section, for messages.
    pub fn open(
        folder: &'a Folder,
        section: &'a str,
        source: &'a TableSource,
        roles: Vec<Role<'a>>,
    ) -> Result<Self> {
        Ok(Self { section, source, roles, folder, files: files::resolve(folder.base(), &source.path.0)? })
    }

    /// The files, in the order in which they are read.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Names of the columns of one of the files.
    pub fn columns(&self, file: &Path) -> Result<Vec<String>> {
        let source = Source::open(file, self.folder, self.source, self.section, &mut Log::default())?;
        Ok(source.columns().to_vec())
    }

    /// Reads all files and hands over batch after batch of the rows that `where` keeps.
    ///
    /// # Errors
    /// Whatever is wrong with a file, a column that is missing, a table without rows, a filter that keeps none,
    /// and any error of `each`.
    pub fn for_each_batch(&self, log: &mut Log, mut each: impl FnMut(&Batch) -> Result<()>) -> Result<()> {
        let (mut read, mut kept) = (0, 0);
        let mut seen = columns::Seen::default();
        for file in &self.files {
            let file: Arc<Path> = Arc::from(file.as_path());
            let source = Source::open(&file, self.folder, self.source, self.section, log)?;
            let plan = Plan::new(&file, source.columns(), &self.roles, self.source, log)?;
            for records in source.records(&file, &plan)? {
                let (records, rows) = records?;
                read += records.num_rows();
                let (records, rows) = plan.filter(records, rows, (kept == 0).then_some(&mut seen))?;
                if records.num_rows() > 0 {
                    kept += records.num_rows();
                    each(&Batch::new(&file, &plan, &records, rows, self.source.decimal)?)?;
                }
            }
        }
        match (read, kept) {
            (0, _) => Err(self.empty()),
            (_, 0) => Err(seen.fault(self.section, &self.files)),
            _ => Ok(()),
        }
    }

    fn empty(&self) -> Box<Fault> {
        let names: Vec<String> = self.files.iter().map(|file| file.display().to_string()).collect();
        let fault = Fault::new(Code::TableEmpty, format!("the table of [{}] has no rows", self.section));
        match names.as_slice() {
            [name] => fault.in_file(name),
            names => fault.because(format!("files: {}", listed(names, 5))),
        }
    }
}

/// One file of a known format, opened as far as its column names.
enum Source {
    Csv(csv::Source),
    Parquet(parquet::Source),
    Istat(istat_commuting::Source),
}

impl Source {
    fn open(
        file: &Path,
        folder: &Folder,
        source: &TableSource,
        section: &str,
        log: &mut Log,
    ) -> Result<Self> {
        match (source.format, bytes::open(file, folder)?) {
            (Format::Istat2011, Content::Text(reader)) => {
                Ok(Self::Istat(istat_commuting::Source::new(reader, !source.r#where.contains_key("record"))))
            }
            (Format::Auto | Format::Csv, Content::Text(reader)) => {
                Ok(Self::Csv(csv::Source::open(file, reader, source.delimiter, section, log)?))
            }
            (Format::Auto | Format::Parquet, Content::Parquet(handle)) => {
                Ok(Self::Parquet(parquet::Source::open(file, handle)?))
            }
            (Format::Parquet, Content::Text(_)) => {
                Err(Fault::new(Code::FileFormat, "the file is not Parquet").in_file(file))
            }
            (Format::Csv | Format::Istat2011, Content::Parquet(_)) => {
                Err(Fault::new(Code::FileFormat, "the file is Parquet, not text").in_file(file))
            }
        }
    }

    fn columns(&self) -> &[String] {
        match self {
            Self::Csv(source) => source.columns(),
            Self::Parquet(source) => source.columns(),
            Self::Istat(source) => source.columns(),
        }
    }

    fn records(self, file: &Arc<Path>, plan: &Plan) -> Result<Records> {
        match self {
            Self::Csv(source) => source.records(file, &plan.projection),
            Self::Parquet(source) => source.records(file, &plan.projection),
            Self::Istat(source) => Ok(source.records(file, &plan.projection)),
        }
    }
}
