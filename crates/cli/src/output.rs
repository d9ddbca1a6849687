//! Tables to standard output or a file, in the format asked for.

use std::io::Write;
use std::path::{Path, PathBuf};

use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use clap::ValueEnum;
use comfy_table::{CellAlignment, Table as Grid, presets};
use distretto_study::edition::files::{whole_file, write_csv, write_csv_to, write_parquet, write_text};
use distretto_study::edition::table::Table;
use distretto_study::fault::{Code, Fault};
use serde_json::Value;

use crate::failure::Failure;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading.
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
    /// File to write; standard output if absent.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// How to write it; by default what the file name ends in, else CSV.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

impl Output {
    /// Writes a table.
    pub fn write(&self, table: &Table) -> Result<(), Failure> {
        self.write_as(table, Format::Csv)
    }

    /// Writes a table, in this format unless another is asked for.
    pub fn write_as(&self, table: &Table, default: Format) -> Result<(), Failure> {
        let format = self.format.or_else(|| self.out.as_deref().and_then(by_name)).unwrap_or(default);
        let Some(path) = &self.out else { return print(table, format) };
        whole_file(path, |path| match format {
            Format::Csv => write_csv(table, path),
            Format::Parquet => write_parquet(table, path),
            Format::Json => write_text(&json(table), path),
            Format::Table => write_text(&grid(table), path),
        })?;
        Ok(())
    }
}

fn by_name(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()? {
        "csv" => Some(Format::Csv),
        "json" => Some(Format::Json),
        "parquet" => Some(Format::Parquet),
        _ => None,
    }
}

fn print(table: &Table, format: Format) -> Result<(), Failure> {
    let mut text = Vec::new();
    match format {
        Format::Csv => write_csv_to(table, &mut text).map_err(std::io::Error::other)?,
        Format::Json => text.extend(json(table).into_bytes()),
        Format::Table => text.extend(grid(table).into_bytes()),
        Format::Parquet => {
            return Err(Fault::new(Code::KeysConflict, "Parquet cannot be written to standard output")
                .hint("name a file with `--out`")
                .into());
        }
    }
    let mut out = std::io::stdout().lock();
    out.write_all(&text)?;
    Ok(out.flush()?)
}

/// One value of a table.
fn value(column: &dyn Array, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    match column.data_type() {
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into(),
        DataType::Boolean => column.as_boolean().value(row).into(),
        _ => column.as_string::<i32>().value(row).into(),
    }
}

fn json(table: &Table) -> String {
    let rows: Vec<Value> = (0..table.batch.num_rows())
        .map(|row| {
            let columns = table.meanings.iter().zip(table.batch.columns());
            Value::Object(
                columns.map(|(meaning, column)| (meaning.name.to_owned(), value(column, row))).collect(),
            )
        })
        .collect();
    format!("{:#}\n", Value::Array(rows))
}

fn grid(table: &Table) -> String {
    let mut grid = Grid::new();
    grid.load_style(presets::NOTHING).set_header(table.meanings.iter().map(|meaning| meaning.name));
    for (index, column) in table.batch.columns().iter().enumerate() {
        if !matches!(column.data_type(), DataType::Utf8)
            && let Some(column) = grid.column_mut(index)
        {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for row in 0..table.batch.num_rows() {
        grid.add_row(table.batch.columns().iter().map(|column| match value(column, row) {
            Value::Null => String::new(),
            Value::String(text) => text,
            Value::Number(number) if number.is_f64() => format!("{:.6}", number.as_f64().unwrap_or_default()),
            other => other.to_string(),
        }));
    }
    format!("{grid}\n")
}
