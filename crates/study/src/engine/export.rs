//! A made table as it may be published: unsafe figures withheld, with its sums by row and by column.

mod behind;

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray, UInt64Array,
};
use arrow::compute::{nullif, take};
use arrow::datatypes::{DataType, Field, Float64Type, Int64Type, Schema};
use distretto_disclosure::{Cell, Contributions, Protected, Rule, Status, Sums, protect_figures};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rustc_hash::FxHashMap;

use super::MadeTable;
use crate::edition::files::{failed, writer_properties};
use crate::fault::{Code, Fault, Result};
use behind::{Behind, Figures};

/// What numbers with decimals are added up in.
const MILLION: f64 = 1e6;

/// How a table is made of cells: which columns are the row, which the column of a cell, and who stands behind its figures.
pub(super) struct Shape {
    /// Columns that name the row of a cell.
    rows: &'static [&'static str],
    /// Columns that name its column.
    columns: &'static [&'static str],
    /// Who stands behind the figures of a row.
    behind: fn(&RecordBatch) -> Result<Figures>,
    /// Which sums are known to whoever reads the table. Those of rows and columns are published where nobody stands behind several cells.
    sums: Sums,
    /// Figures that are added up in those sums, and the columns that they are added up from.
    added: &'static [(&'static str, &'static str)],
    /// Columns that are not exported: they tell of single contributors or of raw rows.
    inside: &'static [&'static str],
}

/// Jobs by zone, and by activity and size class.
pub(super) const JOBS: Shape = Shape {
    rows: &["zone"],
    columns: &["activity", "size_class"],
    behind: behind::jobs,
    sums: Sums::Margins,
    added: &[("employees", "employees"), ("local_units", "local_units")],
    inside: &["rows", "largest_1", "largest_2", "largest_3"],
};
/// Flows by origin and by destination. In their sums every person counts once.
pub(super) const FLOWS: Shape = Shape {
    rows: &["origin"],
    columns: &["destination"],
    behind: behind::flows,
    sums: Sums::Margins,
    added: &[("flow", "flow"), ("persons", "main_persons")],
    inside: &["rows", "main_persons"],
};
/// Trade by seller and by buyer. Firms sell to several places, so no sums are published; but trade by zones and trade by activities add up to
/// the same total, so that is known.
pub(super) const TRADE: Shape = Shape {
    rows: &["seller"],
    columns: &["buyer"],
    behind: behind::trade,
    sums: Sums::Total,
    added: &[],
    inside: &[
        "rows",
        "sold",
        "bought",
        "largest_seller_1",
        "largest_seller_2",
        "largest_seller_3",
        "largest_buyer_1",
        "largest_buyer_2",
        "largest_buyer_3",
    ],
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
    let cells = Cells::gather(&batches, shape, rule)?;
    let found = cells.protect(shape.sums, rule, &table.section)?;
    let mut of_row = cells.of_row.iter();
    let mut published = Vec::with_capacity(batches.len());
    for batch in &batches {
        let statuses: Vec<Status> =
            of_row.by_ref().take(batch.num_rows()).map(|&cell| found.cells[cell as usize]).collect();
        published.push(withhold(batch, &statuses, shape)?);
    }
    write_batches(&folder.join(name), &published)?;
    if shape.sums == Sums::Total {
        return Ok(found.withheld());
    }
    for (keys, names, statuses, side) in [
        (shape.rows, &cells.rows, &found.rows, Side::Row),
        (shape.columns, &cells.columns, &found.columns, Side::Column),
    ] {
        let sums: Vec<ArrayRef> = shape
            .added
            .iter()
            .map(|(_, from)| cells.add_up(&batches, from, side, statuses))
            .collect::<Result<_>>()?;
        let margin = margin(keys, names, sums, statuses, shape)?;
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

/// Of a cell: its row or its column.
#[derive(Clone, Copy)]
enum Side {
    Row,
    Column,
}

/// The cells of a table, rows and columns numbered in the order in which they come.
#[derive(Default)]
struct Cells {
    rows: Vec<Vec<String>>,
    columns: Vec<Vec<String>>,
    /// Row and column of each cell.
    places: Vec<(u32, u32)>,
    /// By figure: the cells with who stands behind it.
    figures: Vec<Vec<Cell>>,
    /// The cell of each row of the file.
    of_row: Vec<u32>,
}

impl Cells {
    /// Several rows of the file may be one cell, as units that tell their employees and those that do not: they are withheld together.
    fn gather(batches: &[RecordBatch], shape: &Shape, rule: &Rule) -> Result<Self> {
        let mut cells = Self::default();
        let (mut row_at, mut column_at) = (FxHashMap::default(), FxHashMap::default());
        let mut cell_at: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        for batch in batches {
            let row_keys = texts(batch, shape.rows)?;
            let column_keys = texts(batch, shape.columns)?;
            let behind = (shape.behind)(batch)?;
            cells.figures.resize(behind.len(), Vec::new());
            for at in 0..batch.num_rows() {
                let row = number(&mut row_at, &mut cells.rows, &row_keys, at);
                let column = number(&mut column_at, &mut cells.columns, &column_keys, at);
                let next = cells.places.len() as u32;
                let cell = *cell_at.entry((row, column)).or_insert(next);
                if cell == next {
                    cells.places.push((row, column));
                }
                for (figure, behind) in cells.figures.iter_mut().zip(&behind) {
                    let Behind { sums, alone } = behind[at];
                    match figure.get_mut(cell as usize) {
                        None => figure.push(Cell::new(row, column, sums).judged_by(alone)),
                        Some(known) => {
                            known.contributions = known.contributions.merge(sums);
                            known.alone = less_safe(known.alone, alone, rule);
                        }
                    }
                }
                cells.of_row.push(cell);
            }
        }
        Ok(cells)
    }

    fn protect(&self, sums: Sums, rule: &Rule, section: &str) -> Result<Protected> {
        let figures: Vec<&[Cell]> = self.figures.iter().map(Vec::as_slice).collect();
        let mut found = protect_figures(self.rows.len(), self.columns.len(), sums, &figures, rule)
            .map_err(|error| Fault::new(Code::ContributionsInvalid, format!("[{section}]: {error}")))?;
        match sums {
            _ if found.exposed == 0 => {}
            Sums::Margins => {
                return Err(Fault::new(Code::DisclosureExposed, format!("[{section}] cannot be published: its figures tell each other"))
                    .because("so few cells have contributors that withholding all unsafe ones does not hide them")
                    .hint("sum up by larger zones or coarser activities, or say `suppress = false` under [disclosure] for use inside"));
            }
            // Nothing is left that would hide what is unsafe from whoever knows the total, so nothing is told.
            Sums::Total => {
                let there = |at: usize| self.figures.iter().any(|figure| !figure[at].alone.is_empty());
                for (at, status) in found.cells.iter_mut().enumerate() {
                    if !status.withheld() && there(at) {
                        *status = Status::Secondary;
                    }
                }
            }
        }
        Ok(found)
    }

    /// Adds up a column of the file by row or by column of the table; NULL where nothing of it is told, and where it is withheld. Numbers with
    /// decimals are added up as whole millionths.
    fn add_up(
        &self,
        batches: &[RecordBatch],
        name: &str,
        side: Side,
        statuses: &[Status],
    ) -> Result<ArrayRef> {
        let mut sums: Vec<Option<i128>> = vec![None; statuses.len()];
        let mut of_row = self.of_row.iter();
        let mut is_whole = false;
        for batch in batches {
            let values = column(batch, name)?;
            is_whole = values.data_type() == &DataType::Int64;
            for (at, &cell) in of_row.by_ref().take(batch.num_rows()).enumerate() {
                let (row, column) = self.places[cell as usize];
                let sum = match side {
                    Side::Row => &mut sums[row as usize],
                    Side::Column => &mut sums[column as usize],
                };
                if values.is_valid(at) {
                    let value = if is_whole {
                        i128::from(values.as_primitive::<Int64Type>().value(at))
                    } else {
                        (values.as_primitive::<Float64Type>().value(at) * MILLION).round() as i128
                    };
                    *sum = Some(sum.unwrap_or(0).saturating_add(value));
                }
            }
        }
        let told = sums.iter().zip(statuses).map(|(sum, status)| sum.filter(|_| !status.withheld()));
        Ok(if is_whole {
            Arc::new(told.map(|sum| sum.and_then(|sum| i64::try_from(sum).ok())).collect::<Int64Array>())
        } else {
            Arc::new(told.map(|sum| sum.map(|sum| sum as f64 / MILLION)).collect::<Float64Array>())
        })
    }
}

/// What two rows of one cell are judged by: the one that is unsafe alone, if any.
fn less_safe(one: Contributions, other: Contributions, rule: &Rule) -> Contributions {
    [one, other].into_iter().find(|alone| rule.judge(alone).is_some()).unwrap_or_else(|| one.merge(other))
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
    sums: Vec<ArrayRef>,
    statuses: &[Status],
    shape: &Shape,
) -> Result<RecordBatch> {
    let sorted: BTreeMap<&Vec<String>, usize> =
        names.iter().enumerate().map(|(at, name)| (name, at)).collect();
    let order: Vec<usize> = sorted.into_values().collect();
    let mut fields: Vec<Field> = keys.iter().map(|key| Field::new(*key, DataType::Utf8, true)).collect();
    let mut columns: Vec<ArrayRef> = (0..keys.len())
        .map(|part| -> ArrayRef {
            Arc::new(order.iter().map(|&at| Some(names[at][part].as_str())).collect::<StringArray>())
        })
        .collect();
    let places: UInt64Array = order.iter().map(|&at| Some(at as u64)).collect();
    for ((name, _), sums) in shape.added.iter().zip(sums) {
        fields.push(Field::new(*name, sums.data_type().clone(), true));
        columns.push(take(&sums, &places, None).map_err(|error| internal(&error))?);
    }
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
