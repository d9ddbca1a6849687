//! GeoPackage (OGC 12-128): a layer of a SQLite file.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::super::error::{Problem, SpatialError};
use super::super::wkb;
use super::{CrsText, Raw, Source, key};

const FORMAT: &str = "GeoPackage";

struct Layer {
    table: String,
    column: String,
    srs: i64,
}

pub(super) fn read(source: &Source<'_>) -> Result<Raw, SpatialError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(source.path, flags).map_err(malformed)?;
    let layer = choose(layers(&connection).map_err(malformed)?, source.layer)?;
    check_key(&connection, &layer, source.key)?;

    let mut raw = Raw { crs: crs(&connection, layer.srs).map_err(malformed)?, ..Raw::default() };
    let sql = format!(
        "SELECT {}, {} FROM {} ORDER BY rowid",
        quoted(source.key),
        quoted(&layer.column),
        quoted(&layer.table)
    );
    let mut statement = connection.prepare(&sql).map_err(malformed)?;
    let mut rows = statement.query([]).map_err(malformed)?;
    while let Some(row) = rows.next().map_err(malformed)? {
        let number = raw.number();
        let code = code(row.get_ref(0).map_err(malformed)?);
        let shape = match row.get_ref(1).map_err(malformed)? {
            ValueRef::Null => None,
            ValueRef::Blob(bytes) => decode(bytes).map_err(|problem| problem.at_feature(number))?,
            _ => return Err(malformed("a geometry is not a blob").at_feature(number)),
        };
        raw.push(code, shape);
    }
    Ok(raw)
}

fn malformed(why: impl std::fmt::Display) -> Problem {
    Problem::malformed(FORMAT, why)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The layers of features, by name.
fn layers(connection: &Connection) -> rusqlite::Result<Vec<Layer>> {
    let mut statement = connection.prepare(
        "SELECT g.table_name, g.column_name, g.srs_id FROM gpkg_geometry_columns g \
         JOIN gpkg_contents c ON c.table_name = g.table_name WHERE c.data_type = 'features' ORDER BY 1",
    )?;
    let rows = statement
        .query_map([], |row| Ok(Layer { table: row.get(0)?, column: row.get(1)?, srs: row.get(2)? }))?;
    rows.collect()
}

/// The layer that is asked for, or the only one.
fn choose(layers: Vec<Layer>, wanted: Option<&str>) -> Result<Layer, Problem> {
    let names: Vec<String> = layers.iter().map(|layer| layer.table.clone()).collect();
    let mut matching = layers.into_iter().filter(|layer| wanted.is_none_or(|wanted| layer.table == wanted));
    match (matching.next(), matching.next(), wanted) {
        (Some(layer), None, _) => Ok(layer),
        (Some(_), Some(_), _) => Err(Problem::SeveralLayers(names)),
        (None, _, Some(wanted)) => Err(Problem::NoLayer { layer: wanted.to_owned(), available: names }),
        (None, _, None) => Err(Problem::Empty),
    }
}

/// SQLite takes an unknown quoted name for a text: so the name is checked first.
fn check_key(connection: &Connection, layer: &Layer, key: &str) -> Result<(), Problem> {
    let names = || -> rusqlite::Result<Vec<String>> {
        let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
        statement.query_map([&layer.table], |row| row.get(0))?.collect()
    };
    let mut available = names().map_err(malformed)?;
    if available.iter().any(|name| name == key) {
        return Ok(());
    }
    available.retain(|name| *name != layer.column);
    Err(Problem::NoColumn { column: key.to_owned(), available })
}

/// The reference system with this number: by its code, else by its text; -1 and 0 mean unknown.
fn crs(connection: &Connection, srs: i64) -> rusqlite::Result<Option<CrsText>> {
    if srs <= 0 {
        return Ok(None);
    }
    let mut statement = connection.prepare(
        "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?1",
    )?;
    let mut rows = statement.query([srs])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (organization, code, definition): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let text = if organization.eq_ignore_ascii_case("EPSG") { format!("EPSG:{code}") } else { definition };
    Ok(Some(CrsText::Text(text)))
}

fn code(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(key::plain_number(&number.to_string()).to_owned()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
    }
}

/// Header (magic, version, flags, reference system, envelope) and well-known binary.
fn decode(blob: &[u8]) -> Result<Option<geo_types::MultiPolygon<f64>>, Problem> {
    let Some(&[b'G', b'P', _, flags, _, _, _, _]) = blob.first_chunk::<8>() else {
        return Err(malformed("a geometry does not start with the header of GeoPackage"));
    };
    let envelope = match (flags >> 1) & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        other => return Err(malformed(format!("unknown envelope {other} of a geometry"))),
    };
    let empty = flags & 0b1_0000 != 0;
    match blob.get(8 + envelope..) {
        Some(_) if empty => Ok(None),
        Some(bytes) => wkb::decode(bytes, FORMAT).map(Some),
        None => Err(malformed("a geometry is cut short")),
    }
}
