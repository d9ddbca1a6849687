//! Tables as files, and files whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use arrow::csv::WriterBuilder;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::table::Table;
use crate::fault::{Code, Fault, Result};
use crate::temporary::Temporary;

/// Writes a table as Parquet (Zstandard).
pub fn write_parquet(table: &Table, path: &Path) -> Result<()> {
    let properties = writer_properties().map_err(|error| failed(path, &error))?;
    let file = create(path)?;
    let mut writer = ArrowWriter::try_new(file, table.batch.schema(), Some(properties))
        .map_err(|error| failed(path, &error))?;
    writer.write(&table.batch).map_err(|error| failed(path, &error))?;
    writer.close().map_err(|error| failed(path, &error))?;
    Ok(())
}

/// How Parquet is written: Zstandard, and by whom.
pub(crate) fn writer_properties() -> std::result::Result<WriterProperties, parquet::errors::ParquetError> {
    Ok(WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_created_by(concat!("distretto ", env!("CARGO_PKG_VERSION")).to_owned())
        .build())
}

/// Writes a table as CSV: UTF-8, comma, full stop, a header; an empty field is a missing value.
pub fn write_csv(table: &Table, path: &Path) -> Result<()> {
    let mut file = BufWriter::new(create(path)?);
    write_csv_to(table, &mut file).map_err(|error| failed(path, &error))?;
    file.flush().map_err(|error| failed(path, &error))
}

/// Writes a table as CSV to anything.
pub fn write_csv_to(
    table: &Table,
    out: &mut impl Write,
) -> std::result::Result<(), arrow::error::ArrowError> {
    WriterBuilder::new().with_header(true).build(out).write(&table.batch)
}

/// Writes a text.
pub fn write_text(text: &str, path: &Path) -> Result<()> {
    std::fs::write(path, text).map_err(|error| failed(path, &error))
}

/// Writes a file that names persons: on Unix only its owner may read it. A file of this name is replaced, not written to, since others may have it open.
pub fn write_private(bytes: &[u8], path: &Path) -> Result<()> {
    let write = || {
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)?.write_all(bytes)
    };
    write().map_err(|error| failed(path, &error))
}

fn create(path: &Path) -> Result<File> {
    File::create(path).map_err(|error| failed(path, &error))
}

/// A file that cannot be written.
pub fn failed(path: &Path, error: &dyn std::fmt::Display) -> Box<Fault> {
    Fault::new(Code::OutputFailed, "the results could not be written")
        .in_file(path)
        .because(error.to_string())
        .hint("check that the folder exists, that it may be written to, and that the disk is not full")
}

/// The name under which an output grows until it is whole.
pub fn growing(path: &Path) -> PathBuf {
    let mut name = path.file_name().map(std::ffi::OsStr::to_os_string).unwrap_or_default();
    name.push(format!(".{}.partial", std::process::id()));
    path.with_file_name(name)
}

/// Makes a file through `write`, which gets a temporary name beside it; the name is right only when the file is whole.
pub fn whole_file(path: &Path, write: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let growing = Temporary::at(growing(path));
    write(growing.path())?;
    std::fs::rename(growing.path(), path).map_err(|error| failed(path, &error))
}
