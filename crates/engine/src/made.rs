//! A plan run to its end: rows into Parquet files, rows that could not be placed into a list, and how far the work is.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::{filter_record_batch, is_not_null};
use arrow::datatypes::{Int64Type, SchemaRef};
use datafusion::execution::TaskContext;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use futures::StreamExt;

use crate::error::{EngineError, Kind, Result, internal};
use crate::parts::Parts;
use crate::plans::{INVALID, ROWS};
use crate::pulse::{Pulse, activity};

/// How often is said how far the work is.
const TICK: Duration = Duration::from_millis(200);

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
    /// Rows of sources read; 0 where a cluster made it, which does not tell.
    pub read: u64,
    /// Rows of sources that could not be placed, by reason.
    pub left_out: Vec<LeftOut>,
}

/// A plan to run.
pub(crate) struct Task {
    pub(crate) plan: Arc<dyn ExecutionPlan>,
    /// Columns of the table.
    pub(crate) columns: SchemaRef,
    pub(crate) context: Arc<TaskContext>,
    /// Rows without their first key are those that could not be placed.
    pub(crate) placed: bool,
    /// The plan tells how far it is: one that runs on a cluster knows nothing but its result.
    pub(crate) tells: bool,
}

/// Runs a plan and writes its rows to `folder`, which is made; what stood there is replaced.
pub(crate) async fn make(task: Task, folder: &Path, watch: &mut Watch<'_>) -> Result<Made> {
    let Task { plan, columns, context, placed, tells } = task;
    let read = || if tells { read(plan.as_ref()) } else { 0 };
    let activity = || if tells { activity(plan.as_ref()) } else { 0 };
    // Work may be so short that nobody would be asked.
    if !watch(Progress { read: 0, made: 0 }) {
        return Err(stopped());
    }
    let mut pulse = Pulse::default();
    let mut rows = execute_stream(Arc::clone(&plan), context)?;
    let mut parts = Parts::new(folder, &columns)?;
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
                if !watch(Progress { read: read(), made: parts.rows }) {
                    return Err(stopped());
                }
                pulse.beat(activity(), Instant::now())?;
            }
        }
    }
    let left_out = unplaced.told()?;
    let read = read();
    let (files, rows) = parts.close()?;
    Ok(Made { files, rows, read, left_out })
}

fn stopped() -> EngineError {
    EngineError::new(Kind::Stopped, "the work was stopped")
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
        let rows = batch.column_by_name(ROWS).map(AsArray::as_primitive::<Int64Type>);
        for row in (0..batch.num_rows()).filter(|&row| key.is_null(row)) {
            let count = rows.map_or(1, |rows| rows.value(row)) as u64;
            *self.0.entry(reasons.value(row).to_owned()).or_default() += count;
        }
        is_not_null(key).and_then(|placed| filter_record_batch(batch, &placed)).map_err(internal)
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
