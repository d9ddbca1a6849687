//! A table, or a selection of it, as JSON, CSV, Parquet or GeoJSON.

mod geojson;

use arrow::csv::WriterBuilder;
use arrow::record_batch::RecordBatch;
use distretto_study::fault::{Code, Fault, Result};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::body::{Body, media_of};
use crate::edition::Edition;
use crate::query::Selection;
use crate::table::{Table, cell};

/// A format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// `{table, total, offset, rows}`, a row an object.
    Json,
    /// As the edition's own: UTF-8, comma, full stop, a header, an empty field for a missing value.
    Csv,
    /// As the edition's own: Zstandard.
    Parquet,
    /// Features in WGS 84 with the row as properties.
    Geojson,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Json, Self::Csv, Self::Parquet, Self::Geojson];

    /// The ending of a file name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Geojson => "geojson",
        }
    }

    /// The format with this ending.
    pub fn with_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    /// Its media type.
    pub fn media(self) -> &'static str {
        media_of(match self {
            Self::Json => ".json",
            Self::Csv => ".csv",
            Self::Parquet => ".parquet",
            Self::Geojson => ".geojson",
        })
    }
}

/// The formats that a table can be had in: GeoJSON only where its rows have shapes.
pub fn formats(edition: &Edition, table: &Table) -> Vec<Format> {
    Format::ALL
        .into_iter()
        .filter(|format| *format != Format::Geojson || geojson::has_shapes(edition, table))
        .collect()
}

/// A selection in a format.
///
/// # Errors
/// D0829 for GeoJSON of a table without shapes, D0901 where a library cannot write: a defect.
pub fn body(edition: &Edition, selection: &Selection<'_>, format: Format) -> Result<Body> {
    let bytes = match format {
        Format::Json => json(selection)?,
        Format::Csv => csv(&selection.batch)?,
        Format::Parquet => parquet(&selection.batch)?,
        Format::Geojson => geojson::geojson(edition, selection)?,
    };
    Ok(Body { media: format.media(), bytes: bytes.into() })
}

fn json(selection: &Selection<'_>) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    out.extend(b"{\"table\":");
    value(&mut out, &selection.table.name.as_str())?;
    out.extend(format!(",\"total\":{},\"offset\":{},\"rows\":[", selection.total, selection.offset).bytes());
    let rows = Rows::new(&selection.batch)?;
    for row in 0..selection.batch.num_rows() {
        if row > 0 {
            out.push(b',');
        }
        rows.write(row, &mut out)?;
    }
    out.extend(b"]}");
    Ok(out)
}

fn csv(batch: &RecordBatch) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    WriterBuilder::new().with_header(true).build(&mut out).write(batch).map_err(|error| defect(&error))?;
    Ok(out)
}

fn parquet(batch: &RecordBatch) -> Result<Vec<u8>> {
    let level = ZstdLevel::try_new(3).map_err(|error| defect(&error))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_created_by(concat!("distretto ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut out = Vec::new();
    let mut writer =
        ArrowWriter::try_new(&mut out, batch.schema(), Some(properties)).map_err(|error| defect(&error))?;
    writer.write(batch).map_err(|error| defect(&error))?;
    writer.close().map_err(|error| defect(&error))?;
    Ok(out)
}

/// Rows of a batch as JSON objects.
struct Rows<'a> {
    batch: &'a RecordBatch,
    names: Vec<Vec<u8>>,
}

impl<'a> Rows<'a> {
    fn new(batch: &'a RecordBatch) -> Result<Self> {
        let mut names = Vec::new();
        for field in batch.schema().fields() {
            let mut name = Vec::new();
            value(&mut name, field.name())?;
            name.push(b':');
            names.push(name);
        }
        Ok(Self { batch, names })
    }

    fn write(&self, row: usize, out: &mut Vec<u8>) -> Result<()> {
        out.push(b'{');
        for (at, (name, column)) in self.names.iter().zip(self.batch.columns()).enumerate() {
            if at > 0 {
                out.push(b',');
            }
            out.extend(name);
            value(out, &cell(column, row))?;
        }
        out.push(b'}');
        Ok(())
    }
}

fn value(out: &mut Vec<u8>, value: &impl serde::Serialize) -> Result<()> {
    serde_json::to_writer(out, value).map_err(|error| defect(&error))
}

fn defect(error: &dyn std::fmt::Display) -> Box<Fault> {
    Fault::new(Code::Internal, error.to_string())
}
