//! Rows with shapes as GeoJSON (RFC 7946).

use std::borrow::Cow;

use distretto_study::fault::{Code, Fault, Result};
use distretto_territory::border_lines::border_lines;
use geo_types::{LineString, MultiLineString, MultiPolygon};

use super::{Rows, value};
use crate::edition::{Borders, Edition};
use crate::query::Selection;
use crate::table::{Table, cell};

/// Whether rows of the table have shapes.
pub(super) fn has_shapes(edition: &Edition, table: &Table) -> bool {
    let of_places = ["areas", "area_profiles", "zones", "zone_profiles", "borders"];
    edition.borders.is_some() && of_places.contains(&table.name.as_str())
}

/// Shapes of the rows of a table.
enum Shapes<'a> {
    Polygons(&'a [Option<MultiPolygon<f64>>]),
    Lines(Cow<'a, [Option<MultiLineString<f64>>]>),
}

/// A feature a row; its id is the key, where that is one column; a row without a shape has none.
pub(super) fn geojson(edition: &Edition, selection: &Selection<'_>) -> Result<Vec<u8>> {
    let table = selection.table;
    let shapes =
        edition.borders.as_ref().and_then(|borders| shapes(edition, borders, selection)).ok_or_else(
            || {
                Fault::new(Code::AtlasNothingThere, format!("the table `{}` has no shapes", table.name))
                    .hint("ask for json, csv or parquet")
            },
        )?;
    let key =
        <&[String; 1]>::try_from(table.key.as_slice()).ok().and_then(|[key]| table.batch.column_by_name(key));
    let properties = Rows::new(&selection.batch)?;
    let mut out = b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec();
    for (at, &row) in selection.rows.iter().enumerate() {
        out.extend(if at > 0 { ",\n" } else { "\n" }.bytes());
        out.extend(b"{\"type\":\"Feature\",");
        if let Some(key) = key {
            out.extend(b"\"id\":");
            value(&mut out, &cell(key, row as usize))?;
            out.push(b',');
        }
        out.extend(b"\"geometry\":");
        match &shapes {
            Shapes::Polygons(shapes) => {
                polygons(&mut out, shapes.get(row as usize).and_then(Option::as_ref))?;
            }
            Shapes::Lines(lines) => strings(&mut out, lines.get(at).and_then(Option::as_ref))?,
        }
        out.extend(b",\"properties\":");
        properties.write(at, &mut out)?;
        out.push(b'}');
    }
    out.extend(b"\n]}");
    Ok(out)
}

fn shapes<'a>(edition: &'a Edition, borders: &'a Borders, selection: &Selection<'_>) -> Option<Shapes<'a>> {
    match selection.table.name.as_str() {
        "zones" | "zone_profiles" => Some(Shapes::Polygons(&borders.shapes)),
        "areas" | "area_profiles" => Some(Shapes::Polygons(edition.area_shapes())),
        "borders" => {
            let zone = |row: u32, column: &str| edition.zone(selection.table.text(row as usize, column)?);
            let pair = |&row: &u32| Some((zone(row, "a")?, zone(row, "b")?));
            let pairs: Vec<(u32, u32)> = selection.rows.iter().map(pair).collect::<Option<_>>()?;
            Some(Shapes::Lines(border_lines(&borders.topology, &pairs).into()))
        }
        _ => None,
    }
}

fn polygons(out: &mut Vec<u8>, shape: Option<&MultiPolygon<f64>>) -> Result<()> {
    let Some(shape) = shape else { return value(out, &()) };
    out.extend(b"{\"type\":\"MultiPolygon\",\"coordinates\":");
    each(out, &shape.0, |out, polygon| {
        let rings: Vec<&LineString<f64>> =
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).collect();
        each(out, &rings, |out, ring| line(out, ring))
    })?;
    out.push(b'}');
    Ok(())
}

fn strings(out: &mut Vec<u8>, shape: Option<&MultiLineString<f64>>) -> Result<()> {
    let Some(shape) = shape else { return value(out, &()) };
    out.extend(b"{\"type\":\"MultiLineString\",\"coordinates\":");
    each(out, &shape.0, line)?;
    out.push(b'}');
    Ok(())
}

fn line(out: &mut Vec<u8>, line: &LineString<f64>) -> Result<()> {
    each(out, &line.0, |out, place| value(out, &[place.x, place.y]))
}

fn each<T>(out: &mut Vec<u8>, items: &[T], write: impl Fn(&mut Vec<u8>, &T) -> Result<()>) -> Result<()> {
    out.push(b'[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write(out, item)?;
    }
    out.push(b']');
    Ok(())
}
