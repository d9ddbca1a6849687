//! GeoParquet 1.0 and 1.1 with well-known binary; of 2.0 what keeps the `geo` metadata and WKB.

use std::fs::File;

use arrow::array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray, RecordBatch, StringArray,
};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use serde::Deserialize;
use serde_json::Value;

use super::super::error::{Problem, SpatialError};
use super::super::wkb;
use super::{CrsText, Raw, Source, key};

const FORMAT: &str = "GeoParquet";

/// The `geo` metadata of the file, as far as it is needed.
#[derive(Deserialize)]
struct Geo {
    primary_column: String,
    columns: std::collections::BTreeMap<String, Column>,
}

#[derive(Deserialize)]
struct Column {
    encoding: String,
    /// Absent: longitude and latitude. `null`: unknown.
    #[serde(default, deserialize_with = "present")]
    crs: Option<Value>,
}

/// Tells a member that is `null` from one that is absent.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// The library asserts what some damaged files break: its panic is an error of the file.
pub(super) fn read(source: &Source<'_>) -> Result<Raw, SpatialError> {
    std::panic::catch_unwind(|| read_file(source))
        .unwrap_or_else(|_| Err(malformed("the Parquet library gave up on it").into()))
}

fn read_file(source: &Source<'_>) -> Result<Raw, SpatialError> {
    let file = File::open(source.path).map_err(|error| Problem::Unreadable(error.to_string()))?;
    // The schema Arrow writers add says nothing the columns do not, and its decoder panics on damage.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).map_err(malformed)?;
    let geo = metadata(&builder)?;
    let column = geo
        .columns
        .get(&geo.primary_column)
        .ok_or_else(|| malformed("its metadata miss the geometry column"))?;
    if column.encoding != "WKB" {
        let why = format!("its geometries are encoded as {}; only WKB is read", column.encoding);
        return Err(malformed(why).into());
    }
    let names: Vec<String> = builder.schema().fields().iter().map(|field| field.name().clone()).collect();
    let place = |name: &str| names.iter().position(|other| other == name);
    let Some(code) = place(source.key) else {
        let available = names.iter().filter(|name| **name != geo.primary_column).cloned().collect();
        return Err(Problem::NoColumn { column: source.key.to_owned(), available }.into());
    };
    let geometry = place(&geo.primary_column).ok_or_else(|| malformed("the geometry column is missing"))?;

    let mut raw = Raw { crs: crs(column.crs.as_ref()), ..Raw::default() };
    let mask = ProjectionMask::roots(builder.parquet_schema(), [code, geometry]);
    for batch in builder.with_projection(mask).build().map_err(malformed)? {
        let batch = batch.map_err(malformed)?;
        let codes = texts(array(&batch, source.key)?)?;
        let shapes = Binary::new(array(&batch, &geo.primary_column)?)?;
        for row in 0..batch.num_rows() {
            let number = raw.number();
            let shape = shapes.get(row).map(|bytes| wkb::decode(bytes, FORMAT)).transpose();
            let code = codes.is_valid(row).then(|| codes.value(row).to_owned());
            raw.push(code, shape.map_err(|problem| problem.at_feature(number))?);
        }
    }
    Ok(raw)
}

fn malformed(why: impl std::fmt::Display) -> Problem {
    Problem::malformed(FORMAT, why)
}

fn metadata(builder: &ParquetRecordBatchReaderBuilder<File>) -> Result<Geo, Problem> {
    let pairs = builder.metadata().file_metadata().key_value_metadata();
    let text =
        pairs.into_iter().flatten().find(|pair| pair.key == "geo").and_then(|pair| pair.value.as_ref());
    let text = text.ok_or_else(|| malformed("it is Parquet without the `geo` metadata"))?;
    serde_json::from_str(text).map_err(malformed)
}

/// PROJJSON: by its code, else by its name.
fn crs(column: Option<&Value>) -> Option<CrsText> {
    match column {
        None => Some(CrsText::LonLat),
        Some(Value::Null) => None,
        Some(crs) => {
            let code = |id: &Value| match (id.get("authority")?.as_str()?, id.get("code")?) {
                ("EPSG", Value::Number(code)) => Some(format!("EPSG:{code}")),
                ("OGC", Value::String(code)) => Some(format!("OGC:{code}")),
                _ => None,
            };
            let name = || crs.get("name").and_then(Value::as_str).unwrap_or("unnamed").to_owned();
            Some(CrsText::Text(crs.get("id").and_then(code).unwrap_or_else(name)))
        }
    }
}

fn array<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, Problem> {
    batch
        .column_by_name(name)
        .ok_or_else(|| malformed(format!("column `{name}` is missing in a part of the file")))
}

/// A column of codes as text.
fn texts(array: &ArrayRef) -> Result<StringArray, Problem> {
    let text = cast(array, &DataType::Utf8).map_err(malformed)?;
    let text = text.as_any().downcast_ref::<StringArray>().ok_or_else(|| malformed("codes are not text"))?;
    if array.data_type().is_floating() {
        return Ok(text.iter().map(|number| number.map(key::plain_number)).collect());
    }
    Ok(text.clone())
}

/// Geometries in any of the binary layouts.
enum Binary<'a> {
    Small(&'a BinaryArray),
    Large(&'a LargeBinaryArray),
    View(&'a BinaryViewArray),
}

impl<'a> Binary<'a> {
    fn new(array: &'a ArrayRef) -> Result<Self, Problem> {
        let array = array.as_any();
        let small = array.downcast_ref().map(Self::Small);
        let large = || array.downcast_ref().map(Self::Large);
        let view = || array.downcast_ref().map(Self::View);
        small.or_else(large).or_else(view).ok_or_else(|| malformed("the geometry column is not binary"))
    }

    fn get(&self, row: usize) -> Option<&'a [u8]> {
        match self {
            Self::Small(array) => array.is_valid(row).then(|| array.value(row)),
            Self::Large(array) => array.is_valid(row).then(|| array.value(row)),
            Self::View(array) => array.is_valid(row).then(|| array.value(row)),
        }
    }
}
