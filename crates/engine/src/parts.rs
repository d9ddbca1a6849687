//! The files of a table as they grow: Parquet that every reader knows, in parts of a size that is easily handled.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::error::{EngineError, Kind, Result, internal};

/// Rows of one file of a table.
const ROWS_OF_A_FILE: usize = 4_000_000;
/// Rows of one group of rows: what a reader that looks for one zone must read.
const ROWS_OF_A_GROUP: usize = 250_000;

/// Files of a table as they grow.
pub(crate) struct Parts {
    folder: PathBuf,
    schema: SchemaRef,
    files: Vec<PathBuf>,
    writer: Option<ArrowWriter<File>>,
    /// Rows written so far.
    pub(crate) rows: u64,
    in_file: usize,
}

impl Parts {
    pub(crate) fn new(folder: &Path, schema: &SchemaRef) -> Result<Self> {
        let _ = std::fs::remove_dir_all(folder);
        std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let fields: Vec<Field> = schema.fields().iter().map(|field| plain(field)).collect();
        let schema = Arc::new(Schema::new(fields));
        Ok(Self { folder: folder.to_owned(), schema, files: Vec::new(), writer: None, rows: 0, in_file: 0 })
    }

    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        let columns = batch.columns().iter().zip(self.schema.fields());
        let columns = columns
            .map(|(column, field)| cast(column, field.data_type()))
            .collect::<std::result::Result<_, _>>();
        let batch =
            RecordBatch::try_new(Arc::clone(&self.schema), columns.map_err(internal)?).map_err(internal)?;
        let mut from = 0;
        while from < batch.num_rows() {
            let room = ROWS_OF_A_FILE - self.in_file;
            let rows = room.min(batch.num_rows() - from);
            let path = self.folder.clone();
            self.writer()?.write(&batch.slice(from, rows)).map_err(|error| unwritable(&path, &error))?;
            (from, self.in_file, self.rows) = (from + rows, self.in_file + rows, self.rows + rows as u64);
            if self.in_file == ROWS_OF_A_FILE {
                self.end_file()?;
            }
        }
        Ok(())
    }

    fn writer(&mut self) -> Result<&mut ArrowWriter<File>> {
        if self.writer.is_none() {
            let path = self.folder.join(format!("part-{:05}.parquet", self.files.len()));
            let file = File::create(&path).map_err(|error| unwritable(&path, &error))?;
            let level = ZstdLevel::try_new(3).map_err(|error| unwritable(&path, &error))?;
            let properties = WriterProperties::builder()
                .set_compression(Compression::ZSTD(level))
                .set_max_row_group_row_count(Some(ROWS_OF_A_GROUP))
                .set_created_by(concat!("distretto ", env!("CARGO_PKG_VERSION")).to_owned())
                .build();
            let writer = ArrowWriter::try_new(file, Arc::clone(&self.schema), Some(properties));
            self.writer = Some(writer.map_err(|error| unwritable(&path, &error))?);
            self.files.push(path);
        }
        self.writer
            .as_mut()
            .ok_or_else(|| EngineError::new(Kind::Internal, "a file that was opened is not there"))
    }

    fn end_file(&mut self) -> Result<()> {
        self.in_file = 0;
        let Some(writer) = self.writer.take() else { return Ok(()) };
        writer.close().map(|_| ()).map_err(|error| unwritable(&self.folder, &error))
    }

    /// All files; a table without rows is one file without rows.
    pub(crate) fn close(mut self) -> Result<(Vec<PathBuf>, u64)> {
        if self.files.is_empty() {
            self.writer()?;
        }
        self.end_file()?;
        Ok((self.files, self.rows))
    }
}

/// A column as every reader of Parquet knows it.
fn plain(field: &Field) -> Field {
    let kind = match field.data_type() {
        DataType::Utf8View | DataType::LargeUtf8 => DataType::Utf8,
        DataType::Dictionary(_, values)
            if matches!(values.as_ref(), DataType::Utf8 | DataType::Utf8View | DataType::LargeUtf8) =>
        {
            DataType::Utf8
        }
        DataType::BinaryView | DataType::LargeBinary => DataType::Binary,
        other => other.clone(),
    };
    Field::new(field.name(), kind, true)
}

fn unwritable(path: &Path, error: &dyn std::fmt::Display) -> EngineError {
    EngineError::new(Kind::Output, "a table cannot be written")
        .at(path.display().to_string())
        .because(error.to_string())
        .hint("check that the folder may be written to and that the disk is not full")
}
