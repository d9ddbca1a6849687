//! A made table as it may be published: unsafe figures withheld, with its sums by row and by column.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray,
};
use arrow::compute::nullif;
use arrow::datatypes::{DataType, Field, Float64Type, Int64Type, Schema};
use distretto_disclosure::{Cell, Contributions, Rule, Status, protect};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rustc_hash::FxHashMap;

use super::MadeTable;
use crate::edition::files::{failed, writer_properties};
use crate::fault::{Code, Fault, Result};

/// How a table is made of cells: which columns are the row, which the column of a cell, which figures it holds and who stands behind.
pub(super) struct Shape {
    /// Columns that name the row of a cell.
    rows: &'static [&'static str],
    /// Columns that name its column.
    columns: &'static [&'static str],
    /// The figure that contributions add up to.
    figure: &'static str,
    /// The number of contributors.
    contributors: &'static str,
    /// Whether sums of rows and columns are published too: not where one contributor may stand behind several cells.
    sums: bool,
    /// Columns that are not exported: they tell of single contributors or of raw rows.
    inside: &'static [&'static str],
}

const LARGEST: [&str; 3] = ["largest_1", "largest_2", "largest_3"];

/// Jobs by zone, and by activity and size class.
pub(super) const JOBS: Shape = Shape {
    rows: &["zone"],
    columns: &["activity", "size_class"],
    figure: "employees",
    contributors: "local_units",
    sums: true,
    inside: &["rows", "largest_1", "largest_2", "largest_3"],
};
/// Flows by origin and by destination.
pub(super) const FLOWS: Shape = Shape {
    rows: &["origin"],
    columns: &["destination"],
    figure: "flow",
    contributors: "persons",
    sums: true,
    inside: &["rows"],
};
/// Trade by seller and by buyer.
pub(super) const TRADE: Shape = Shape {
    rows: &["seller"],
    columns: &["buyer"],
    figure: "amount",
    contributors: "sellers",
    sums: false,
    inside: &["rows", "largest_1", "largest_2", "largest_3"],
};

/// How many figures of a table were withheld: for themselves, and for others.
pub(super) type Withheld = [usize; 2];

/// Writes a table as it may be published: `NAME` with its cells, where what is withheld is NULL and the column `confidentiality`
/// says why; and the sums of its rows and columns as `NAME_by_ROW` and `NAME_by_COLUMN`, likewise.
///
/// Cost: the whole table in memory; n log n in its cells.
pub(super) fn write(
    table: &MadeTable,
    shape: &Shape,
    rule: &Rule,
    folder: &Path,
    name: &str,
) -> Result<Withheld> {
    let batches = read(table)?;
    let cells = Cells::gather(&batches, shape)?;
    let found = protect(cells.rows.len(), cells.columns.len(), &cells.cells, rule)
        .map_err(|error| Fault::new(Code::ContributionsInvalid, format!("[{}]: {error}", table.section)))?;
    if found.exposed > 0 {
        return Err(Fault::new(Code::DisclosureExposed, format!("[{}] cannot be published: its figures tell each other", table.section))
            .because("so few cells have contributors that withholding all unsafe ones does not hide them")
            .hint("sum up by larger zones or coarser activities, or say `suppress = false` under [disclosure] for use inside"));
    }
    let mut of_row = cells.of_row.iter();
    let mut published = Vec::with_capacity(batches.len());
    for batch in &batches {
        let statuses: Vec<Status> =
            of_row.by_ref().take(batch.num_rows()).map(|&cell| found.cells[cell as usize]).collect();
        published.push(withhold(batch, &statuses, shape)?);
    }
    write_batches(&folder.join(name), &published)?;
    if !shape.sums {
        return Ok(found.withheld());
    }
    for (keys, names, statuses, place) in [
        (shape.rows, &cells.rows, &found.rows, Place::Row),
        (shape.columns, &cells.columns, &found.columns, Place::Column),
    ] {
        let sums = cells.sums(place, names.len());
        let margin = margin(keys, names, &sums, statuses, shape)?;
        write_batches(&folder.join(format!("{name}_by_{}", keys.join("_and_"))), &[margin])?;
    }
    Ok(found.withheld())
}

fn read(table: &MadeTable) -> Result<Vec<RecordBatch>> {
    let mut batches = Vec::new();
    for file in &table.files {
        let unreadable =
            |error: &dyn std::fmt::Display| Fault::new(Code::Internal, error.to_string()).in_file(file);
        let reader = File::open(file).map_err(|error| unreadable(&error))?;
        let reader =
            ParquetRecordBatchReaderBuilder::try_new(reader).and_then(ParquetRecordBatchReaderBuilder::build);
        for batch in reader.map_err(|error| unreadable(&error))? {
            batches.push(batch.map_err(|error| unreadable(&error))?);
        }
    }
    Ok(batches)
}

#[derive(Clone, Copy)]
enum Place {
    Row,
    Column,
}

/// The cells of a table, rows and columns numbered in the order in which they come.
#[derive(Default)]
struct Cells {
    rows: Vec<Vec<String>>,
    columns: Vec<Vec<String>>,
    cells: Vec<Cell>,
    /// The cell of each row of the file.
    of_row: Vec<u32>,
}

impl Cells {
    fn gather(batches: &[RecordBatch], shape: &Shape) -> Result<Self> {
        let mut cells = Self::default();
        let (mut row_at, mut column_at) = (FxHashMap::default(), FxHashMap::default());
        let mut cell_at: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        for batch in batches {
            let row_keys = texts(batch, shape.rows)?;
            let column_keys = texts(batch, shape.columns)?;
            let behind = Behind::new(batch, shape)?;
            for at in 0..batch.num_rows() {
                let row = number(&mut row_at, &mut cells.rows, &row_keys, at);
                let column = number(&mut column_at, &mut cells.columns, &column_keys, at);
                let contributions = behind.contributions(at);
                let next = cells.cells.len() as u32;
                let cell = *cell_at.entry((row, column)).or_insert(next);
                if cell == next {
                    cells.cells.push(Cell { row, column, contributions });
                } else {
                    let known = &mut cells.cells[cell as usize].contributions;
                    *known = known.merge(contributions);
                }
                cells.of_row.push(cell);
            }
        }
        Ok(cells)
    }

    fn sums(&self, place: Place, count: usize) -> Vec<Contributions> {
        let mut sums = vec![Contributions::default(); count];
        for cell in &self.cells {
            let at = match place {
                Place::Row => cell.row,
                Place::Column => cell.column,
            };
            sums[at as usize] = sums[at as usize].merge(cell.contributions);
        }
        sums
    }
}

fn texts<'a>(batch: &'a RecordBatch, names: &[&str]) -> Result<Vec<&'a StringArray>> {
    names.iter().map(|name| Ok(column(batch, name)?.as_string::<i32>())).collect()
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef> {
    batch
        .column_by_name(name)
        .ok_or_else(|| Fault::new(Code::Internal, format!("a made table has no column `{name}`")))
}

fn number(
    known: &mut FxHashMap<Vec<String>, u32>,
    names: &mut Vec<Vec<String>>,
    keys: &[&StringArray],
    at: usize,
) -> u32 {
    let key: Vec<String> = keys
        .iter()
        .map(|key| if key.is_null(at) { String::new() } else { key.value(at).to_owned() })
        .collect();
    *known.entry(key).or_insert_with_key(|key| {
        names.push(key.clone());
        names.len() as u32 - 1
    })
}

/// Who stands behind the rows of a batch.
struct Behind<'a> {
    figure: &'a Float64Array,
    contributors: &'a Int64Array,
    largest: Vec<&'a Float64Array>,
}

impl<'a> Behind<'a> {
    fn new(batch: &'a RecordBatch, shape: &Shape) -> Result<Self> {
        let largest = LARGEST.iter().filter_map(|name| batch.column_by_name(name));
        Ok(Self {
            figure: column(batch, shape.figure)?.as_primitive::<Float64Type>(),
            contributors: column(batch, shape.contributors)?.as_primitive::<Int64Type>(),
            largest: largest.map(|column| column.as_primitive::<Float64Type>()).collect(),
        })
    }

    /// Where nobody knows the largest, or sums have both signs, the number of contributors alone protects them.
    fn contributions(&self, at: usize) -> Contributions {
        let count = self.contributors.value(at).max(0) as u64;
        if self.largest.is_empty() || self.figure.is_null(at) {
            return Contributions::persons(count);
        }
        let mut largest = [0.0; 3];
        for (amount, column) in largest.iter_mut().zip(&self.largest) {
            *amount = if column.is_null(at) { 0.0 } else { column.value(at) };
        }
        Contributions::new(count, self.figure.value(at), largest)
            .unwrap_or_else(|_| Contributions::persons(count))
    }
}

/// The rows of a batch without what is withheld.
fn withhold(batch: &RecordBatch, statuses: &[Status], shape: &Shape) -> Result<RecordBatch> {
    let withheld: BooleanArray = statuses.iter().map(|status| Some(status.withheld())).collect();
    let is_key = |name: &str| shape.rows.contains(&name) || shape.columns.contains(&name);
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
        let name = field.name().as_str();
        if shape.inside.contains(&name) {
            continue;
        }
        fields.push(Field::new(name, field.data_type().clone(), true));
        columns.push(if is_key(name) {
            Arc::clone(column)
        } else {
            nullif(column, &withheld).map_err(|error| internal(&error))?
        });
    }
    fields.push(Field::new("confidentiality", DataType::Utf8, true));
    columns.push(Arc::new(statuses.iter().map(|status| status.name()).collect::<StringArray>()));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(|error| internal(&error))
}

/// The sums of rows or of columns, in the order of their keys.
fn margin(
    keys: &[&str],
    names: &[Vec<String>],
    sums: &[Contributions],
    statuses: &[Status],
    shape: &Shape,
) -> Result<RecordBatch> {
    let sorted: BTreeMap<&Vec<String>, usize> =
        names.iter().enumerate().map(|(at, name)| (name, at)).collect();
    let order: Vec<usize> = sorted.into_values().collect();
    let told = |at: &usize| !statuses[*at].withheld();
    let mut fields: Vec<Field> = keys.iter().map(|key| Field::new(*key, DataType::Utf8, true)).collect();
    let mut columns: Vec<ArrayRef> = (0..keys.len())
        .map(|part| -> ArrayRef {
            Arc::new(order.iter().map(|&at| Some(names[at][part].as_str())).collect::<StringArray>())
        })
        .collect();
    // Flows stand for more persons than were observed: their sum is not the number of contributors.
    if shape.figure != shape.contributors && shape.figure != "flow" {
        fields.push(Field::new(shape.figure, DataType::Float64, true));
        columns.push(Arc::new(
            order.iter().map(|at| told(at).then(|| sums[*at].total())).collect::<Float64Array>(),
        ));
    }
    fields.push(Field::new(shape.contributors, DataType::Int64, true));
    columns.push(Arc::new(
        order.iter().map(|at| told(at).then(|| sums[*at].count() as i64)).collect::<Int64Array>(),
    ));
    fields.push(Field::new("confidentiality", DataType::Utf8, true));
    columns.push(Arc::new(order.iter().map(|&at| statuses[at].name()).collect::<StringArray>()));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(|error| internal(&error))
}

fn write_batches(folder: &Path, batches: &[RecordBatch]) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let Some(first) = batches.first() else { return Ok(()) };
    let path: PathBuf = folder.join("part-00000.parquet");
    let file = File::create(&path).map_err(|error| failed(&path, &error))?;
    let properties = writer_properties().map_err(|error| failed(&path, &error))?;
    let mut writer = ArrowWriter::try_new(file, first.schema(), Some(properties))
        .map_err(|error| failed(&path, &error))?;
    for batch in batches {
        writer.write(batch).map_err(|error| failed(&path, &error))?;
    }
    writer.close().map_err(|error| failed(&path, &error)).map(|_| ())
}

fn internal(error: &arrow::error::ArrowError) -> Box<Fault> {
    Fault::new(Code::Internal, error.to_string())
}
