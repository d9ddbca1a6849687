//! Tables to standard output or a file, in the format asked for.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use distretto_study::edition::files::{whole_file, write_csv, write_csv_to, write_parquet, write_text};
use distretto_study::edition::table::Table;
use distretto_study::fault::{Code, Fault};

use crate::failure::Failure;
use crate::grid;
use crate::json;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading: as many columns as fit, shares to four digits.
    Table,
    /// Comma-separated, UTF-8, with a header.
    Csv,
    /// A list of objects.
    Json,
    /// Apache Parquet; only into a file.
    Parquet,
}

/// Where and how a result is written.
#[derive(clap::Args)]
pub struct Output {
    /// File to write; standard output if absent. It ends in .csv, .json, .parquet or .txt (a table for reading),
    /// unless --format is given.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// How to write it, whatever the file name ends in.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

impl Output {
    /// The format asked for, by `--format` or by the name of the file, else this one.
    ///
    /// # Errors
    /// The name ends in something else, or Parquet is asked for without a file. Ask before the work begins.
    pub fn format(&self, default: Format) -> Result<Format, Failure> {
        let format = match (self.format, &self.out) {
            (Some(format), _) => format,
            (None, Some(path)) => by_name(path)?.unwrap_or(default),
            (None, None) => default,
        };
        if format == Format::Parquet && self.out.is_none() {
            return Err(Fault::new(Code::KeysConflict, "Parquet cannot be written to standard output")
                .hint("name a file with `--out`")
                .into());
        }
        Ok(format)
    }

    /// Writes a table.
    pub fn write(&self, table: &Table, format: Format) -> Result<(), Failure> {
        let Some(path) = &self.out else { return print(table, format) };
        whole_file(path, |path| match format {
            Format::Csv => write_csv(table, path),
            Format::Parquet => write_parquet(table, path),
            Format::Json => write_text(&json::text(table), path),
            Format::Table => write_text(&grid::text(table, None), path),
        })?;
        Ok(())
    }
}

/// The format that the ending of a name tells; none for a name without an ending.
fn by_name(path: &Path) -> Result<Option<Format>, Failure> {
    let Some(ending) = path.extension() else { return Ok(None) };
    match ending.to_string_lossy().to_lowercase().as_str() {
        "csv" => Ok(Some(Format::Csv)),
        "json" => Ok(Some(Format::Json)),
        "parquet" => Ok(Some(Format::Parquet)),
        "txt" => Ok(Some(Format::Table)),
        other => Err(Fault::new(Code::OutputEnding, format!("no format is known by the ending `.{other}`"))
            .in_file(path)
            .because("known are `.csv`, `.json`, `.parquet` and `.txt` (a table for reading)")
            .hint("end the name in one of these, or say `--format`")
            .into()),
    }
}

fn print(table: &Table, format: Format) -> Result<(), Failure> {
    let mut text = Vec::new();
    match format {
        Format::Csv => write_csv_to(table, &mut text).map_err(std::io::Error::other)?,
        Format::Json => text.extend(json::text(table).into_bytes()),
        Format::Table => text.extend(grid::text(table, Some(grid::width())).into_bytes()),
        Format::Parquet => return Err(Fault::new(Code::Internal, "Parquet without a file").into()),
    }
    print_bytes(&text)
}

/// Writes a text to standard output. A reader that went away is no defect.
pub fn print_text(text: &str) -> Result<(), Failure> {
    print_bytes(text.as_bytes())
}

fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    Ok(out.flush()?)
}
