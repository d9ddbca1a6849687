//! A table as a folder of Parquet files, one folder in it for each value of its partition.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use arrow::error::ArrowError;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};

use super::WriteError;
use super::complete::{or_absent, partial};

/// Rows of a batch handed to a writer, and most rows of a row group: what is held back until it can be written.
pub(super) const BATCH: usize = 1 << 15;
const ROW_GROUP: usize = 1 << 19;
/// Codes of 300,000 zones fit into a dictionary.
const DICTIONARY_BYTES: usize = 4 << 20;

/// A dataset being written: `name/key=value/part-00000.parquet`, under another name until [`Self::finish`]. Dropped before, it
/// leaves nothing.
pub(super) struct Dataset {
    folder: PathBuf,
    partial: PathBuf,
    key: &'static str,
    schema: SchemaRef,
    properties: WriterProperties,
    finished: bool,
}

impl Dataset {
    /// Starts a dataset in place of one of an older world. `properties` may say more of its columns.
    pub(super) fn start(
        folder: &Path,
        key: &'static str,
        schema: SchemaRef,
        properties: impl Fn(WriterPropertiesBuilder) -> WriterPropertiesBuilder,
    ) -> Result<Self, WriteError> {
        let partial = partial(folder);
        remove(&partial)?;
        fs::create_dir_all(&partial).map_err(WriteError::at(&partial))?;
        let zstd = ZstdLevel::try_new(1).map_err(|error| WriteError::at(folder)(error.into()))?;
        let common = WriterProperties::builder()
            .set_compression(Compression::ZSTD(zstd))
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .set_dictionary_page_size_limit(DICTIONARY_BYTES);
        let properties = properties(common).build();
        Ok(Self { folder: folder.to_owned(), partial, key, schema, properties, finished: false })
    }

    /// Where it will be.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file of one value of the partition; it is made when the first rows come.
    pub(super) fn part(&self, value: &str, number: usize) -> Part<'_> {
        let folder = self.partial.join(format!("{}={value}", self.key));
        Part { dataset: self, path: folder.join(format!("part-{number:05}.parquet")), writer: None }
    }

    fn create(&self, path: &Path) -> io::Result<ArrowWriter<File>> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        // Without Arrow's own schema in the file every reader sees text, not dictionaries of this writer's kind.
        let options =
            ArrowWriterOptions::new().with_properties(self.properties.clone()).with_skip_arrow_metadata(true);
        ArrowWriter::try_new_with_options(File::create(path)?, self.schema.clone(), options).map_err(io_error)
    }

    /// Puts the dataset under its name, in place of an older one.
    pub(super) fn finish(mut self) -> Result<PathBuf, WriteError> {
        remove(&self.folder)?;
        fs::rename(&self.partial, &self.folder).map_err(WriteError::at(&self.folder))?;
        self.finished = true;
        Ok(self.folder.clone())
    }
}

impl Drop for Dataset {
    fn drop(&mut self) {
        if !self.finished {
            // What went wrong has been told; it says more than a failed tidying-up would.
            let _ = remove(&self.partial);
        }
    }
}

/// One file of a dataset.
pub(super) struct Part<'a> {
    dataset: &'a Dataset,
    path: PathBuf,
    writer: Option<ArrowWriter<File>>,
}

impl Part<'_> {
    /// What makes columns that do not fit together an error of this file.
    pub(super) fn error(&self, source: ArrowError) -> WriteError {
        WriteError::at(&self.path)(io::Error::other(source))
    }

    /// Adds rows.
    pub(super) fn write(&mut self, batch: &RecordBatch) -> Result<(), WriteError> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(self.dataset.create(&self.path).map_err(WriteError::at(&self.path))?),
        };
        writer.write(batch).map_err(|error| WriteError::at(&self.path)(io_error(error)))
    }

    /// Completes the file; there is none if it got no rows.
    pub(super) fn close(self) -> Result<(), WriteError> {
        let Some(writer) = self.writer else { return Ok(()) };
        writer.close().map(drop).map_err(|error| WriteError::at(&self.path)(io_error(error)))
    }
}

/// The reason of the system, where it was one.
fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(source) => match source.downcast::<io::Error>() {
            Ok(source) => *source,
            Err(source) => io::Error::other(source),
        },
        other => io::Error::other(other),
    }
}

/// Removes a dataset, if there is one: the files that a dataset has, then folders that are empty. What else is there stays.
pub(super) fn remove(folder: &Path) -> Result<(), WriteError> {
    for values in entries(folder)?.filter(|path| is_value(path)) {
        for part in entries(&values)?.filter(|path| is_part(path)) {
            or_absent(fs::remove_file(&part)).map_err(WriteError::at(&part))?;
        }
        remove_empty(&values)?;
    }
    remove_empty(folder)
}

fn entries(folder: &Path) -> Result<impl Iterator<Item = PathBuf>, WriteError> {
    let listed = match fs::read_dir(folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Vec::new()
        }
        Err(error) => return Err(WriteError::at(folder)(error)),
        Ok(entries) => entries.collect::<io::Result<Vec<_>>>().map_err(WriteError::at(folder))?,
    };
    Ok(listed.into_iter().map(|entry| entry.path()))
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn is_value(path: &Path) -> bool {
    name(path).contains('=')
}

fn is_part(path: &Path) -> bool {
    name(path).starts_with("part-") && path.extension().is_some_and(|extension| extension == "parquet")
}

fn remove_empty(folder: &Path) -> Result<(), WriteError> {
    if !folder.is_dir() || entries(folder)?.next().is_some() {
        return Ok(());
    }
    or_absent(fs::remove_dir(folder)).map_err(WriteError::at(folder))
}
