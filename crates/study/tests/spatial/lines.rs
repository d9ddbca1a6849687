//! Layers of lines, beside layers of polygons.

use std::path::Path;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::Float64Type;
use distretto_study::spatial::{Layer, Problem, Shapes, read, write_geopackage, write_geoparquet};
use geo_traits::to_geo::ToGeoGeometry;
use geo_types::{Geometry, MultiLineString, wkt};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::reader::{FileReader, SerializedFileReader};
use rusqlite::Connection;
use tempfile::tempdir;

use crate::maps::{attributes, shapes, source};
use crate::write::{TIME, ogrinfo, python_with_geopandas};

/// A border in two lines, one that is not drawn, and one around an enclave.
fn lines() -> Vec<Option<MultiLineString<f64>>> {
    vec![
        Some(wkt!(MULTILINESTRING((12. 45.,12. 46.),(12. 47.,12. 48.)))),
        None,
        Some(wkt!(MULTILINESTRING((10. 46.,11. 46.,11. 47.,10. 47.,10. 46.)))),
    ]
}

fn borders<'a>(lines: &'a [Option<MultiLineString<f64>>], attributes: &'a RecordBatch) -> Layer<'a> {
    let description = "borders of a small map";
    Layer { name: "borders", description, shapes: Shapes::Lines(lines), attributes }
}

fn decoded(wkb: &[u8]) -> MultiLineString<f64> {
    match wkb::reader::read_wkb(wkb).unwrap().to_geometry() {
        Geometry::MultiLineString(lines) => lines,
        other => panic!("{other:?}"),
    }
}

/// Writes the small map with its borders.
fn package(path: &Path) {
    let (shapes, lines, attributes) = (shapes(), lines(), attributes());
    let zones = Layer {
        name: "zones",
        description: "zones",
        shapes: Shapes::Polygons(&shapes),
        attributes: &attributes,
    };
    write_geopackage(path, &[zones, borders(&lines, &attributes)], TIME).unwrap();
}

#[test]
fn a_geoparquet_file_of_lines_says_so_and_gives_them_back() {
    let folder = tempdir().unwrap();
    let (lines, attributes) = (lines(), attributes());
    let path = folder.path().join("borders.parquet");
    write_geoparquet(&path, &borders(&lines, &attributes)).unwrap();

    let file = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
    let metadata = file.metadata().file_metadata().key_value_metadata().unwrap();
    let geo = metadata.iter().find(|entry| entry.key == "geo").unwrap().value.as_ref().unwrap();
    let geo: serde_json::Value = serde_json::from_str(geo).unwrap();
    let column = &geo["columns"]["geometry"];
    assert_eq!(geo["version"], "1.1.0");
    assert_eq!(column["geometry_types"], serde_json::json!(["MultiLineString"]));
    assert_eq!(column["bbox"], serde_json::json!([10.0, 45.0, 12.0, 48.0]));
    assert_eq!(column["covering"]["bbox"]["xmin"], serde_json::json!(["bbox", "xmin"]));

    let reader = ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(&path).unwrap()).unwrap();
    let batch = reader.build().unwrap().next().unwrap().unwrap();
    let geometry = batch.column_by_name("geometry").unwrap().as_binary::<i32>();
    let back: Vec<_> = geometry.iter().map(|bytes| bytes.map(decoded)).collect();
    assert_eq!(back, lines);
    let boxes = batch.column_by_name("bbox").unwrap().as_struct();
    let corner =
        |name: &str, row: usize| boxes.column_by_name(name).unwrap().as_primitive::<Float64Type>().value(row);
    assert_eq!(["xmin", "ymin", "xmax", "ymax"].map(|name| corner(name, 2)), [10.0, 46.0, 11.0, 47.0]);
    assert!(boxes.is_null(1) && boxes.is_valid(0));
    assert_eq!(batch.column_by_name("code").unwrap().as_string::<i32>().value(2), "001003");
}

#[test]
fn a_geopackage_holds_lines_beside_polygons() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("map.gpkg");
    package(&path);
    let connection = Connection::open(&path).unwrap();
    let types: Vec<(String, String)> = connection
        .prepare("SELECT table_name, geometry_type_name FROM gpkg_geometry_columns ORDER BY 1 DESC")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let named = |table: &str, kind: &str| (table.to_owned(), kind.to_owned());
    assert_eq!(types, [named("zones", "MULTIPOLYGON"), named("borders", "MULTILINESTRING")]);
    let declared: String = connection
        .query_row("SELECT type FROM pragma_table_info('borders') WHERE name = 'geom'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(declared, "MULTILINESTRING");
    let back: Vec<Option<MultiLineString<f64>>> = connection
        .prepare("SELECT geom FROM borders ORDER BY fid")
        .unwrap()
        .query_map([], |row| row.get::<_, Option<Vec<u8>>>(0))
        .unwrap()
        // Eight bytes of header and an envelope of four numbers come first.
        .map(|blob| blob.unwrap().map(|blob| decoded(&blob[40..])))
        .collect();
    assert_eq!(back, lines());
    let indexed: Vec<(i64, f64)> = connection
        .prepare("SELECT id, maxy FROM rtree_borders_geom ORDER BY id")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(indexed, [(1, 48.0), (3, 47.0)]);
}

#[test]
fn lines_are_no_borders_of_zones() {
    let folder = tempdir().unwrap();
    let (mut lines, attributes) = (lines(), attributes());
    lines[1] = lines[0].clone();
    let path = folder.path().join("borders.parquet");
    write_geoparquet(&path, &borders(&lines, &attributes)).unwrap();
    let error = read(&source(&path, "code")).unwrap_err();
    assert!(matches!(&error.problem, Problem::NotPolygon(kind) if kind == "multiline"), "{error}");
}

#[test]
fn lines_that_do_not_fit_the_table_are_refused() {
    let folder = tempdir().unwrap();
    let (lines, attributes) = (lines(), attributes());
    let error =
        write_geoparquet(&folder.path().join("a.parquet"), &borders(&lines[..2], &attributes)).unwrap_err();
    assert!(matches!(error.problem, Problem::RowsDiffer { shapes: 2, rows: 3, .. }));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn gdal_opens_lines_without_a_warning() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("map.gpkg");
    package(&path);
    let Some(said) = ogrinfo(&path, &[]) else { return };
    for part in [
        "Layer name: borders",
        "Geometry: Multi Line String",
        "Extent: (10.000000, 45.000000) - (12.000000, 48.000000)",
        "MULTILINESTRING ((12 45,12 46),(12 47,12 48))",
    ] {
        assert!(said.contains(part), "no `{part}` in\n{said}");
    }
    let near = ogrinfo(&path, &["-spat", "11.5", "45", "13", "45.5", "-so"]).unwrap();
    assert!(near.contains("Feature Count: 1"), "by the spatial index:\n{near}");
}

const CHECK: &str = r#"
import sys, warnings, geopandas
warnings.simplefilter("error")
parquet, package = sys.argv[1:]
for table in (geopandas.read_parquet(parquet), geopandas.read_file(package, layer="borders")):
    assert table.crs.is_geographic, table.crs
    assert list(table.geometry.isna()) == [False, True, False]
    assert set(table.geometry.dropna().geom_type) == {"MultiLineString"}
    assert abs(sum(line.length for line in table.geometry.dropna()) - 6) < 1e-12
near = geopandas.read_parquet(parquet, bbox=(11.5, 45, 13, 45.5))
assert list(near["code"]) == ["001001"]
"#;

#[test]
fn geopandas_opens_lines_and_reads_them_by_bounding_box() {
    let Some(mut python) = python_with_geopandas() else { return };
    let folder = tempdir().unwrap();
    let (lines, attributes) = (lines(), attributes());
    let (parquet, map) = (folder.path().join("borders.parquet"), folder.path().join("map.gpkg"));
    write_geoparquet(&parquet, &borders(&lines, &attributes)).unwrap();
    package(&map);
    let output = python.args(["-c", CHECK]).args([&parquet, &map]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
