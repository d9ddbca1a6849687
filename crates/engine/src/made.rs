//! A plan run to its end: rows into Parquet files, rows that could not be placed into a list, and how far the work is.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::{and, cast, is_not_null};
use arrow::datatypes::{DataType, Field, Int64Type, Schema, SchemaRef};
use datafusion::execution::TaskContext;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use futures::StreamExt;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::error::{EngineError, Kind, Result};
use crate::plans::{INVALID, ROWS};

/// Rows of one file of a table.
const ROWS_OF_A_FILE: usize = 4_000_000;
/// Rows of one group of rows: what a reader that looks for one zone must read.
const ROWS_OF_A_GROUP: usize = 250_000;
/// How often is said how far the work is.
const TICK: Duration = Duration::from_millis(200);

/// How long nothing at all may happen in this process before the work is given up: operators that wait for each other's memory would
/// wait for ever.
const STANDSTILL: Duration = Duration::from_secs(300);

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows of sources read so far; 0 while a cluster works, which does not tell.
    pub read: u64,
    /// Rows of the result so far.
    pub made: u64,
}

/// Hears how far the work is, and says whether to go on.
pub type Watch<'a> = dyn FnMut(Progress) -> bool + 'a;

/// Rows of sources that could not be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Why.
    pub reason: String,
    /// How many.
    pub rows: u64,
}

/// A table that was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Made {
    /// Its files, in the order of its rows.
    pub files: Vec<PathBuf>,
    /// Its rows.
    pub rows: u64,
    /// Rows of sources read, where it is known.
    pub read: u64,
    /// Rows of sources that could not be placed, by reason.
    pub left_out: Vec<LeftOut>,
}

/// Runs a plan and writes its rows to `folder`, which is made; what stood there is replaced. `placed`: rows without their first key
/// are those that could not be placed.
pub(crate) async fn make(
    plan: Arc<dyn ExecutionPlan>,
    context: Arc<TaskContext>,
    folder: &Path,
    placed: bool,
    watch: &mut Watch<'_>,
) -> Result<Made> {
    let mut pulse = Pulse::default();
    let mut rows = execute_stream(Arc::clone(&plan), context)?;
    let mut parts = Parts::new(folder, &plan.schema())?;
    let mut unplaced = Unplaced::default();
    let mut tick = tokio::time::interval(TICK);
    loop {
        tokio::select! {
            biased;
            batch = rows.next() => {
                let Some(batch) = batch else { break };
                let batch = batch?;
                parts.write(&if placed { unplaced.sift(&batch)? } else { batch })?;
            }
            _ = tick.tick() => {
                if !watch(Progress { read: read(plan.as_ref()), made: parts.rows }) {
                    return Err(EngineError::new(Kind::Stopped, "the work was stopped"));
                }
                if pulse.stands_still(plan.as_ref()) {
                    return Err(EngineError::new(Kind::Memory, "the work stands still")
                        .because(format!("nothing was read, computed or written for {} s", STANDSTILL.as_secs()))
                        .hint("raise `memory` of [engine], or lower `threads`: each needs a share of it"));
                }
            }
        }
    }
    let left_out = unplaced.told()?;
    let read = read(plan.as_ref());
    let (files, rows) = parts.close()?;
    Ok(Made { files, rows, read, left_out })
}

/// Whether anything happens in a plan.
#[derive(Default)]
struct Pulse {
    last: u64,
    since: Option<Instant>,
}

impl Pulse {
    /// Whether nothing has happened for too long. A plan that tells nothing of its work, as one on a cluster, never stands still.
    fn stands_still(&mut self, plan: &dyn ExecutionPlan) -> bool {
        let now = activity(plan);
        if now != self.last || now == 0 {
            (self.last, self.since) = (now, None);
            return false;
        }
        self.since.get_or_insert_with(Instant::now).elapsed() > STANDSTILL
    }
}

/// A number that grows with whatever the operators of a plan do.
fn activity(plan: &dyn ExecutionPlan) -> u64 {
    let own = plan.metrics().map_or(0, |metrics| {
        let counted = [metrics.output_rows(), metrics.elapsed_compute(), metrics.spilled_bytes()];
        counted.into_iter().flatten().fold(0u64, |sum, count| sum.wrapping_add(count as u64))
    });
    plan.children().into_iter().fold(own, |sum, child| sum.wrapping_add(activity(child.as_ref())))
}

/// Rows that came out of the sources of a plan so far.
fn read(plan: &dyn ExecutionPlan) -> u64 {
    let children = plan.children();
    if children.is_empty() {
        return plan.metrics().and_then(|metrics| metrics.output_rows()).unwrap_or_default() as u64;
    }
    children.into_iter().map(|child| read(child.as_ref())).sum()
}

/// Rows without their first key: how many raw rows each reason stands for.
#[derive(Default)]
struct Unplaced(std::collections::BTreeMap<String, u64>);

impl Unplaced {
    /// The rows that have a place; the others are counted.
    fn sift(&mut self, batch: &RecordBatch) -> Result<RecordBatch> {
        let key = batch.column(0);
        if key.null_count() == 0 {
            return Ok(batch.clone());
        }
        let reasons = batch.column(1).as_string::<i32>();
        let rows = batch.column_by_name(ROWS).map(|rows| rows.as_primitive::<Int64Type>());
        for row in (0..batch.num_rows()).filter(|&row| key.is_null(row)) {
            let count = rows.map_or(1, |rows| rows.value(row)) as u64;
            *self.0.entry(reasons.value(row).to_owned()).or_default() += count;
        }
        let placed = is_not_null(key).and_then(|placed| and(&placed, &placed));
        placed.and_then(|placed| arrow::compute::filter_record_batch(batch, &placed)).map_err(internal)
    }

    /// What was left out; an error where something means nothing.
    fn told(self) -> Result<Vec<LeftOut>> {
        if let Some((reason, rows)) =
            self.0.iter().find_map(|(reason, rows)| Some((reason.strip_prefix(INVALID)?, rows)))
        {
            return Err(EngineError::new(Kind::Value, format!("{rows} rows have {reason}"))
                .because("their sums would mean something else than they say")
                .hint("correct them, or keep them out: a source may be a `query` with a WHERE"));
        }
        Ok(self.0.into_iter().map(|(reason, rows)| LeftOut { reason, rows }).collect())
    }
}

/// Files of a table as they grow.
struct Parts {
    folder: PathBuf,
    schema: SchemaRef,
    files: Vec<PathBuf>,
    writer: Option<ArrowWriter<File>>,
    rows: u64,
    in_file: usize,
}

impl Parts {
    fn new(folder: &Path, schema: &SchemaRef) -> Result<Self> {
        let _ = std::fs::remove_dir_all(folder);
        std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let fields: Vec<Field> = schema.fields().iter().map(|field| plain(field)).collect();
        let schema = Arc::new(Schema::new(fields));
        Ok(Self { folder: folder.to_owned(), schema, files: Vec::new(), writer: None, rows: 0, in_file: 0 })
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<()> {
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
    fn close(mut self) -> Result<(Vec<PathBuf>, u64)> {
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

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn internal(error: arrow::error::ArrowError) -> EngineError {
    EngineError::new(Kind::Internal, "the engine contradicted itself").because(error.to_string())
}
