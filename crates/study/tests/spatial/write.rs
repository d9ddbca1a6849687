//! What is written is whole, the same every time, and opens elsewhere.

use std::path::Path;
use std::process::Command;

use arrow::array::RecordBatch;
use distretto_study::spatial::{Layer, Problem, Shapes, Source, read, write_geopackage, write_geoparquet};
use tempfile::tempdir;

use crate::maps::{attributes, shapes, source};

pub const TIME: &str = "2026-01-31T12:00:00.000Z";

fn layer<'a>(
    name: &'a str,
    shapes: &'a [Option<geo_types::MultiPolygon<f64>>],
    attributes: &'a RecordBatch,
) -> Layer<'a> {
    Layer { name, description: "zones of a small map", shapes: Shapes::Polygons(shapes), attributes }
}

#[test]
fn shapes_come_back_as_they_went() {
    let folder = tempdir().unwrap();
    let (mut shapes, attributes) = (shapes(), attributes());
    shapes[1] = None;
    let layers = [layer("zones", &shapes, &attributes), layer("areas", &shapes, &attributes)];
    let (package, parquet) = (folder.path().join("a.gpkg"), folder.path().join("a.parquet"));
    write_geopackage(&package, &layers, TIME).unwrap();
    write_geoparquet(&parquet, &layers[0]).unwrap();
    for source in [Source { layer: Some("areas"), ..source(&package, "code") }, source(&parquet, "code")] {
        let borders = read(&source).unwrap();
        let back: Vec<_> = borders.features.into_iter().map(|feature| feature.shape).collect();
        assert_eq!(back, shapes, "{}", source.path.display());
    }
    let error = read(&source(&package, "code")).unwrap_err();
    assert!(matches!(error.problem, Problem::SeveralLayers(names) if names == ["areas", "zones"]));
}

#[test]
fn the_same_layers_give_the_same_bytes_and_no_part_is_left() {
    let folder = tempdir().unwrap();
    let (shapes, attributes) = (shapes(), attributes());
    let layer = layer("zones", &shapes, &attributes);
    let bytes = |name: &str| {
        let path = folder.path().join(name);
        if Path::new(name).extension() == Some("gpkg".as_ref()) {
            write_geopackage(&path, &[layer], TIME).unwrap();
        } else {
            write_geoparquet(&path, &layer).unwrap();
        }
        std::fs::read(path).unwrap()
    };
    assert_eq!(bytes("a.gpkg"), bytes("b.gpkg"));
    assert_eq!(bytes("a.gpkg"), bytes("a.gpkg"), "an older file is replaced");
    assert_eq!(bytes("a.parquet"), bytes("b.parquet"));
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.gpkg", "a.parquet", "b.gpkg", "b.parquet"]);
}

#[test]
fn what_cannot_be_written_is_refused_and_leaves_nothing() {
    let folder = tempdir().unwrap();
    let (shapes, attributes) = (shapes(), attributes());
    let path = folder.path().join("a.gpkg");
    let short = layer("zones", &shapes[..2], &attributes);
    assert!(matches!(write_geoparquet(&path, &short).unwrap_err().problem, Problem::RowsDiffer { .. }));
    let good = layer("zones", &shapes, &attributes);
    for layers in
        [[good, layer("ZONES", &shapes, &attributes)], [good, layer("gpkg_zones", &shapes, &attributes)]]
    {
        assert!(matches!(write_geopackage(&path, &layers, TIME).unwrap_err().problem, Problem::NameTaken(_)));
    }
    let renamed = rename(&attributes, "Geometry");
    let taken = layer("zones", &shapes, &renamed);
    assert!(matches!(write_geoparquet(&path, &taken).unwrap_err().problem, Problem::NameTaken(_)));
    let nowhere = folder.path().join("no/such/a.gpkg");
    assert!(matches!(write_geopackage(&nowhere, &[good], TIME).unwrap_err().problem, Problem::Unwritable(_)));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

fn rename(batch: &RecordBatch, first: &str) -> RecordBatch {
    let mut fields: Vec<arrow::datatypes::Field> =
        batch.schema().fields().iter().map(|field| field.as_ref().clone()).collect();
    fields[0] = fields[0].clone().with_name(first);
    RecordBatch::try_new(std::sync::Arc::new(arrow::datatypes::Schema::new(fields)), batch.columns().to_vec())
        .unwrap()
}

/// What GDAL says of a file, where GDAL is installed.
pub fn ogrinfo(path: &Path, more: &[&str]) -> Option<String> {
    let Ok(output) = Command::new("ogrinfo").args(["-ro", "-al"]).args(more).arg(path).output() else {
        eprintln!("skipped: ogrinfo (Debian package gdal-bin) is not installed");
        return None;
    };
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && complained.is_empty(), "{complained}");
    Some(said.into_owned())
}

#[test]
fn gdal_opens_the_geopackage_without_a_warning() {
    let folder = tempdir().unwrap();
    let (mut shapes, attributes) = (shapes(), attributes());
    shapes[2] = None;
    let path = folder.path().join("map.gpkg");
    let layers = [layer("zones", &shapes, &attributes), layer("areas", &shapes, &attributes)];
    write_geopackage(&path, &layers, TIME).unwrap();
    let Some(said) = ogrinfo(&path, &[]) else { return };
    for part in [
        "Layer name: zones",
        "Layer name: areas",
        "Geometry: Multi Polygon",
        "Feature Count: 3",
        "Extent: (9.000000, 45.000000) - (21.000000, 48.000000)",
        "ID[\"EPSG\",4326]",
        "FID Column = fid",
        "Geometry Column = geom",
        "code: String (0.0)",
        "jobs: Integer64 (0.0)",
        "share: Real (0.0)",
        "code (String) = 001001",
        "jobs (Integer64) = (null)",
    ] {
        assert!(said.contains(part), "no `{part}` in\n{said}");
    }
    let near = ogrinfo(&path, &["-spat", "20", "45", "22", "45.5", "-so"]).unwrap();
    assert_eq!(near.matches("Feature Count: 1").count(), 2, "by the spatial index:\n{near}");
}

/// As GIS programs do: the triggers keep the index true.
#[test]
fn gdal_edits_the_geopackage_and_the_index_follows() {
    let folder = tempdir().unwrap();
    let (shapes, attributes) = (shapes(), attributes());
    let path = folder.path().join("map.gpkg");
    write_geopackage(&path, &[layer("zones", &shapes, &attributes)], TIME).unwrap();
    let delete =
        Command::new("ogrinfo").arg(&path).args(["-sql", "DELETE FROM zones WHERE code = '001002'"]).output();
    let Ok(output) = delete else { return };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let near = ogrinfo(&path, &["-spat", "20", "45", "22", "45.5", "-so"]).unwrap();
    assert!(near.contains("Feature Count: 0"), "{near}");
}

/// The Python of the project's environment, or the machine's, if it has geopandas.
pub fn python_with_geopandas() -> Option<Command> {
    let environment = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.venv/bin/python");
    let found = std::env::var("DISTRETTO_PYTHON")
        .into_iter()
        .chain([environment.into(), "python3".into()])
        .find(|python| {
            let run = Command::new(python).args(["-c", "import geopandas, pyarrow"]).output();
            run.is_ok_and(|output| output.status.success())
        });
    if found.is_none() {
        eprintln!("skipped: no Python with geopandas and pyarrow (set DISTRETTO_PYTHON)");
    }
    found.map(Command::new)
}

const CHECK: &str = r#"
import sys, json, warnings, geopandas, pyarrow.parquet, shapely
warnings.simplefilter("error")
parquet, package = sys.argv[1:]
for table in (geopandas.read_parquet(parquet), geopandas.read_file(package, layer="zones")):
    assert table.crs.to_epsg() in (4326, None) and table.crs.is_geographic, table.crs
    assert list(table["code"]) == ["001001", "001002", "001003"]
    assert list(table.geometry.isna()) == [False, False, True]
    assert table.geometry.dropna().is_valid.all()
    assert abs(shapely.area(table.geometry.dropna().values).sum() - 11.5) < 1e-12
    assert list(table.total_bounds) == [9, 45, 21, 48]
near = geopandas.read_parquet(parquet, bbox=(20, 45, 22, 45.5))
assert list(near["code"]) == ["001002"]
geo = json.loads(pyarrow.parquet.read_metadata(parquet).metadata[b"geo"])
assert geo["version"] == "1.1.0" and geo["columns"]["geometry"]["bbox"] == [9, 45, 21, 48]
"#;

#[test]
fn geopandas_opens_both_and_reads_by_bounding_box() {
    let Some(mut python) = python_with_geopandas() else { return };
    let folder = tempdir().unwrap();
    let (mut shapes, attributes) = (shapes(), attributes());
    shapes[2] = None;
    let (parquet, package) = (folder.path().join("map.parquet"), folder.path().join("map.gpkg"));
    let layer = layer("zones", &shapes, &attributes);
    write_geoparquet(&parquet, &layer).unwrap();
    write_geopackage(&package, &[layer], TIME).unwrap();
    let output = python.args(["-c", CHECK]).args([&parquet, &package]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
