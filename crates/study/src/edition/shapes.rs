//! Shapes of zones and areas with their tables, and borders with theirs.

use std::path::Path;

use distretto_territory::dissolve::dissolve;
use geo_types::MultiLineString;

use super::table::Table;
use crate::borders::fault;
use crate::fault::Result;
use crate::run::Results;
use crate::spatial::{Layer, Shapes, SpatialError, write_geopackage, write_geoparquet};

/// When the contents of a GeoPackage last changed. The format wants an instant; two runs want the same bytes.
const LAST_CHANGE: &str = "2000-01-01T00:00:00.000Z";

/// Borders between zones: a table with a row for each pair, and its lines by row ([`border_lines`]).
///
/// [`border_lines`]: distretto_territory::border_lines::border_lines
#[derive(Debug, Clone, Copy)]
pub struct BorderLines<'a> {
    /// The rows.
    pub table: &'a Table,
    /// Their lines; `None` where the two zones share no stretch of border.
    pub lines: &'a [Option<MultiLineString<f64>>],
}

/// Writes the shapes of areas (dissolved on shared borders) and zones, and lines of `borders` where they are given, each
/// with the columns of its table.
pub fn write(
    results: &Results,
    tables: &[Table],
    borders: Option<BorderLines<'_>>,
    folder: &Path,
    geoparquet: bool,
    geopackage: bool,
) -> Result<()> {
    let Some(map) = &results.input.borders else { return Ok(()) };
    if !geoparquet && !geopackage {
        return Ok(());
    }
    let partition = &results.areas.partition;
    let shapes = dissolve(&map.topology, partition.as_slice(), partition.areas());
    let table = |name: &str| tables.iter().find(|table| table.name == name);
    let (Some(areas), Some(zones)) = (table("areas"), table("zones")) else { return Ok(()) };
    let mut layers = vec![
        ("area_shapes", layer("areas", areas, Shapes::Polygons(&shapes))),
        ("zone_shapes", layer("zones", zones, Shapes::Polygons(&map.shapes))),
    ];
    layers.extend(
        borders
            .map(|borders| ("border_lines", layer("borders", borders.table, Shapes::Lines(borders.lines)))),
    );
    write_layers(&layers, folder, geoparquet, geopackage).map_err(|error| fault(&error))
}

fn layer<'a>(name: &'a str, table: &'a Table, shapes: Shapes<'a>) -> Layer<'a> {
    Layer { name, description: table.title, shapes, attributes: &table.batch }
}

/// Writes each layer to a GeoParquet file of the name beside it, and all to one GeoPackage.
fn write_layers(
    layers: &[(&str, Layer<'_>)],
    folder: &Path,
    geoparquet: bool,
    geopackage: bool,
) -> std::result::Result<(), SpatialError> {
    let parquet = || {
        if !geoparquet {
            return Ok(());
        }
        let path = |file: &str| folder.join(file).with_extension("parquet");
        layers.iter().try_for_each(|(file, layer)| write_geoparquet(&path(file), layer))
    };
    let package = || {
        if !geopackage {
            return Ok(());
        }
        let layers: Vec<Layer<'_>> = layers.iter().map(|(_, layer)| *layer).collect();
        write_geopackage(&folder.join("shapes.gpkg"), &layers, LAST_CHANGE)
    };
    let (one, other) = rayon::join(parquet, package);
    one.and(other)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use geo_types::{MultiPolygon, wkt};

    use super::*;
    use crate::edition::table::TableBuilder;

    fn written(layers: &[(&str, Layer<'_>)], geoparquet: bool, geopackage: bool) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        write_layers(layers, folder.path(), geoparquet, geopackage).unwrap();
        let names = std::fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<String> =
            names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn each_layer_has_its_file_and_all_have_one_geopackage() {
        let shapes: [Option<MultiPolygon<f64>>; 1] = [Some(wkt!(MULTIPOLYGON(((0. 0.,1. 0.,0. 1.,0. 0.)))))];
        let lines = [Some(wkt!(MULTILINESTRING((0. 0.,1. 0.))))];
        let table =
            |name| TableBuilder::new(name, "rows", &["a"]).text("a", "a code", [Some("x")]).build().unwrap();
        let (zones, borders) = (table("zones"), table("borders"));
        let layers = [
            ("zone_shapes", layer("zones", &zones, Shapes::Polygons(&shapes))),
            ("border_lines", layer("borders", &borders, Shapes::Lines(&lines))),
        ];
        assert_eq!(
            written(&layers, true, true),
            ["border_lines.parquet", "shapes.gpkg", "zone_shapes.parquet"]
        );
        assert_eq!(written(&layers[..1], true, false), ["zone_shapes.parquet"]);
        assert_eq!(written(&layers, false, true), ["shapes.gpkg"]);
        assert_eq!(written(&layers, false, false), [""; 0]);
    }
}
