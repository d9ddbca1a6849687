//! GeoPackage 1.3 (OGC 12-128r17): several layers in one SQLite file, each with a spatial index.

mod schema;
mod values;

use std::path::Path;

use rusqlite::{Connection, params, params_from_iter, types::Value};

use super::super::error::{Problem, SpatialError};
use super::Layer;
use super::extent::Extent;
use super::whole::{unwritable, write_whole};
use values::Values;

/// The number of WGS 84 longitude and latitude.
const WGS_84: i32 = 4326;
/// Columns of every layer.
const OWN: [&str; 2] = ["fid", "geom"];

/// Writes `layers` to one GeoPackage: multipolygons, multilinestrings or points in EPSG:4326 (longitude first, as the format wants), attributes as
/// text, whole numbers, decimals or truth values, an R-tree per layer. `last_change` is the time to be written as that
/// of the content, such as `2026-01-31T12:00:00.000Z`: the same layers and time give the same bytes.
pub fn write_geopackage(path: &Path, layers: &[Layer<'_>], last_change: &str) -> Result<(), SpatialError> {
    write_whole(path, |partial| {
        let mut names: Vec<String> = Vec::new();
        for layer in layers {
            layer.check(&OWN)?;
            let name = layer.name.to_lowercase();
            let reserved = ["gpkg_", "rtree_", "sqlite_"].iter().any(|prefix| name.starts_with(prefix));
            if name.is_empty() || reserved || names.contains(&name) {
                return Err(Problem::NameTaken(layer.name.to_owned()));
            }
            names.push(name);
        }
        write_layers(partial, layers, last_change)
    })
}

fn write_layers(path: &Path, layers: &[Layer<'_>], last_change: &str) -> Result<(), Problem> {
    let mut connection = Connection::open(path).map_err(unwritable)?;
    connection.execute_batch(schema::PRAGMAS).map_err(unwritable)?;
    let transaction = connection.transaction().map_err(unwritable)?;
    transaction.execute_batch(schema::TABLES).map_err(unwritable)?;
    for layer in layers {
        write_layer(&transaction, layer, last_change)?;
    }
    transaction.commit().map_err(unwritable)?;
    connection.close().map_err(|(_, error)| unwritable(error))
}

fn write_layer(connection: &Connection, layer: &Layer<'_>, last_change: &str) -> Result<(), Problem> {
    let columns: Vec<Values> =
        layer.attributes.columns().iter().map(Values::new).collect::<Result<_, _>>()?;
    let fields = layer.attributes.schema();
    let named: Vec<(&str, &str)> = fields
        .fields()
        .iter()
        .zip(&columns)
        .map(|(field, values)| (field.name().as_str(), values.sql_type()))
        .collect();
    connection.execute_batch(&schema::layer(layer.name, &sql_type(layer), &named)).map_err(unwritable)?;
    register(connection, layer, last_change).map_err(unwritable)?;

    let places = vec!["?"; named.len() + OWN.len()].join(", ");
    let sql = format!("INSERT INTO {} VALUES ({places})", schema::quoted(layer.name));
    let mut insert = connection.prepare(&sql).map_err(unwritable)?;
    let sql = format!("INSERT INTO {} VALUES (?, ?, ?, ?, ?)", schema::rtree(layer.name));
    let mut index = connection.prepare(&sql).map_err(unwritable)?;
    for (row, extent) in layer.shapes.extents().enumerate() {
        let id = row as i64 + 1;
        let geometry = layer.shapes.encoded(row)?.map(|wkb| blob(&wkb, extent));
        let mut values = vec![Value::Integer(id), geometry.map_or(Value::Null, Value::Blob)];
        values.extend(columns.iter().map(|column| column.get(row)));
        insert.execute(params_from_iter(values)).map_err(unwritable)?;
        if let Some(e) = extent {
            index.execute(params![id, e.min_x, e.max_x, e.min_y, e.max_y]).map_err(unwritable)?;
        }
    }
    // Last: the triggers call functions that only GIS programs define.
    connection.execute_batch(&schema::triggers(layer.name)).map_err(unwritable)
}

/// The type of the geometries, as the standard spells it.
fn sql_type(layer: &Layer<'_>) -> String {
    layer.shapes.geometry_type().to_uppercase()
}

/// Enters the layer into the tables of contents.
fn register(connection: &Connection, layer: &Layer<'_>, last_change: &str) -> rusqlite::Result<()> {
    let all = layer.shapes.extents().flatten().reduce(Extent::union);
    connection.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            layer.name,
            layer.description,
            last_change,
            all.map(|e| e.min_x),
            all.map(|e| e.min_y),
            all.map(|e| e.max_x),
            all.map(|e| e.max_y),
            WGS_84
        ],
    )?;
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
        params![layer.name, sql_type(layer), WGS_84],
    )?;
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?1, 'geom', 'gpkg_rtree_index', ?2, 'write-only')",
        params![layer.name, "http://www.geopackage.org/spec120/#extension_rtree"],
    )?;
    Ok(())
}

/// Header with envelope, then well-known binary; little-endian throughout.
fn blob(wkb: &[u8], extent: Option<Extent>) -> Vec<u8> {
    const LITTLE_ENDIAN: u8 = 1;
    const ENVELOPE_XY: u8 = 1 << 1;
    const EMPTY: u8 = 1 << 4;
    let flags = LITTLE_ENDIAN | if extent.is_some() { ENVELOPE_XY } else { EMPTY };
    let mut bytes = vec![b'G', b'P', 0, flags];
    bytes.extend(WGS_84.to_le_bytes());
    if let Some(e) = extent {
        bytes.extend([e.min_x, e.max_x, e.min_y, e.max_y].into_iter().flat_map(f64::to_le_bytes));
    }
    bytes.extend(wkb);
    bytes
}
