//! GeoParquet 1.1: well-known binary with a bounding box per row that readers can skip by.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, BinaryArray, Float64Array, RecordBatch, StructArray};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Field, Fields, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde_json::json;

use super::super::error::{Problem, SpatialError};
use super::Layer;
use super::extent::Extent;
use super::whole::{unwritable, write_whole};

const GEOMETRY: &str = "geometry";
const BBOX: &str = "bbox";
const CORNERS: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];

/// Writes a layer as GeoParquet 1.1: the attributes, then `geometry` (multipolygons,
/// multilinestrings or points as WKB, OGC:CRS84) and `bbox`
/// with its covering. The same layer gives the same bytes.
pub fn write_geoparquet(path: &Path, layer: &Layer<'_>) -> Result<(), SpatialError> {
    write_whole(path, |partial| {
        layer.check(&[GEOMETRY, BBOX])?;
        let table = with_geometry(layer)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(Some(vec![KeyValue::new("geo".to_owned(), metadata(layer).to_string())]))
            .build();
        let file = File::create(partial).map_err(unwritable)?;
        let mut writer = ArrowWriter::try_new(file, table.schema(), Some(properties)).map_err(unwritable)?;
        writer.write(&table).map_err(unwritable)?;
        writer.close().map_err(unwritable)?;
        Ok(())
    })
}

/// The `geo` metadata. Without a `crs` member positions are longitude and latitude on WGS 84 (OGC:CRS84).
fn metadata(layer: &Layer<'_>) -> serde_json::Value {
    let corner = |corner: &str| json!([BBOX, corner]);
    let [xmin, ymin, xmax, ymax] = CORNERS.map(corner);
    let mut column = json!({
        "encoding": "WKB",
        "geometry_types": [layer.shapes.geometry_type()],
        "edges": "planar",
        "covering": { BBOX: { "xmin": xmin, "ymin": ymin, "xmax": xmax, "ymax": ymax } },
    });
    if let Some(all) = layer.shapes.extents().flatten().reduce(Extent::union) {
        column[BBOX] = json!([all.min_x, all.min_y, all.max_x, all.max_y]);
    }
    json!({ "version": "1.1.0", "primary_column": GEOMETRY, "columns": { GEOMETRY: column } })
}

fn with_geometry(layer: &Layer<'_>) -> Result<RecordBatch, Problem> {
    let encoded: Vec<Option<Vec<u8>>> =
        (0..layer.shapes.len()).map(|row| layer.shapes.encoded(row)).collect::<Result<_, _>>()?;
    let geometry: ArrayRef = Arc::new(encoded.iter().map(Option::as_deref).collect::<BinaryArray>());
    let boxes: ArrayRef = Arc::new(boxes(layer)?);

    let mut fields: Vec<Arc<Field>> = layer.attributes.schema().fields().iter().cloned().collect();
    fields.push(Arc::new(Field::new(GEOMETRY, DataType::Binary, true)));
    fields.push(Arc::new(Field::new(BBOX, boxes.data_type().clone(), true)));
    let mut columns = layer.attributes.columns().to_vec();
    columns.extend([geometry, boxes]);
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(unwritable)
}

/// The bounding box of each row, null where it has no position.
fn boxes(layer: &Layer<'_>) -> Result<StructArray, Problem> {
    let extents: Vec<Option<Extent>> = layer.shapes.extents().collect();
    let column = |pick: fn(&Extent) -> f64| -> ArrayRef {
        Arc::new(extents.iter().map(|extent| extent.as_ref().map_or(0.0, pick)).collect::<Float64Array>())
    };
    let columns = vec![column(|e| e.min_x), column(|e| e.min_y), column(|e| e.max_x), column(|e| e.max_y)];
    let fields: Fields = CORNERS.iter().map(|name| Field::new(*name, DataType::Float64, false)).collect();
    let valid: NullBuffer = extents.iter().map(Option::is_some).collect::<Vec<bool>>().into();
    StructArray::try_new(fields, columns, Some(valid)).map_err(unwritable)
}
