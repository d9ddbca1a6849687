//! Parquet as record batches.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::file::reader::ChunkReader;

use super::Records;
use super::batch::Rows;
use super::bytes::Parquet;
use crate::fault::{Code, Fault, Result};

const BATCH_ROWS: usize = 8192;

/// A Parquet file, opened as far as its schema.
pub(super) struct Source {
    columns: Vec<String>,
    file: Parquet,
    metadata: ArrowReaderMetadata,
}

impl Source {
    pub(super) fn open(path: &Path, file: Parquet) -> Result<Self> {
        let metadata = guarded(path, || {
            let options = ArrowReaderOptions::default();
            match &file {
                Parquet::File(file) => ArrowReaderMetadata::load(file, options),
                Parquet::Bytes(bytes) => ArrowReaderMetadata::load(bytes, options),
            }
        })?;
        let columns = metadata.schema().fields().iter().map(|field| field.name().clone()).collect();
        Ok(Self { columns, file, metadata })
    }

    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    pub(super) fn records(self, path: &Arc<Path>, projection: &[usize]) -> Result<Records> {
        match self.file {
            Parquet::File(file) => records(file, self.metadata, path, projection),
            Parquet::Bytes(bytes) => records(bytes, self.metadata, path, projection),
        }
    }
}

fn records<R: ChunkReader + 'static>(
    file: R,
    metadata: ArrowReaderMetadata,
    path: &Arc<Path>,
    projection: &[usize],
) -> Result<Records> {
    let path = path.clone();
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata);
    let mask = ProjectionMask::roots(builder.parquet_schema(), projection.iter().copied());
    let mut reader = guarded(&path, || builder.with_projection(mask).with_batch_size(BATCH_ROWS).build())?;
    // Projected columns come in the order of the file.
    let mut ascending = projection.to_vec();
    ascending.sort_unstable();
    let order: Vec<usize> =
        projection.iter().filter_map(|column| ascending.binary_search(column).ok()).collect();
    let mut next_row = 1;
    let mut over = false;
    Ok(Box::new(std::iter::from_fn(move || {
        if over {
            return None;
        }
        let batch = guarded(&path, || reader.next().transpose()).transpose()?;
        over = batch.is_err();
        Some(batch.and_then(|batch| {
            let batch = batch.project(&order).map_err(|error| fault(&path, &error.to_string()))?;
            let rows = Rows::From(next_row);
            next_row += batch.num_rows() as u64;
            Ok((batch, rows))
        }))
    })))
}

/// The library asserts what some damaged files break: its panic is an error of the file. After one, nothing more is asked of it.
fn guarded<T, E: std::fmt::Display>(path: &Path, read: impl FnOnce() -> Result<T, E>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(found) => found.map_err(|error| fault(path, &error.to_string())),
        Err(_) => Err(fault(path, "the Parquet library gave up on it: the file is damaged")),
    }
}

fn fault(path: &Path, error: &str) -> Box<Fault> {
    Fault::new(Code::ParquetInvalid, "the Parquet file cannot be read")
        .in_file(path)
        .because(error)
        .hint("write it again, with Snappy or Zstandard compression")
}
