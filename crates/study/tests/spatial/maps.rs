//! The same small map in every format: two squares, one with a hole that the third fills, codes with leading zeros.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{Float64Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use distretto_study::spatial::{
    Borders, Layer, Shapes, Source, SpatialError, read, write_geopackage, write_geoparquet,
};
use geo_types::{MultiPolygon, wkt};
use shapefile::dbase::{FieldName, FieldValue, Record, TableWriterBuilder};
use shapefile::{Point, Polygon, PolygonRing, Writer};

pub const CODES: [&str; 3] = ["001001", "001002", "001003"];

pub fn shapes() -> Vec<Option<MultiPolygon<f64>>> {
    vec![
        Some(
            wkt!(MULTIPOLYGON(((9. 45.,12. 45.,12. 48.,9. 48.,9. 45.),(10. 46.,10. 47.,11. 47.,11. 46.,10. 46.)))),
        ),
        Some(
            wkt!(MULTIPOLYGON(((12. 45.,13. 45.,13. 48.,12. 48.,12. 45.)),((20. 45.,21. 45.,20. 46.,20. 45.)))),
        ),
        Some(wkt!(MULTIPOLYGON(((10. 46.,11. 46.,11. 47.,10. 47.,10. 46.))))),
    ]
}

pub fn attributes() -> RecordBatch {
    let schema = Schema::new(vec![
        Field::new("code", DataType::Utf8, false),
        Field::new("jobs", DataType::Int64, true),
        Field::new("share", DataType::Float64, true),
    ]);
    RecordBatch::try_new(
        Arc::new(schema),
        vec![
            Arc::new(StringArray::from(CODES.to_vec())),
            Arc::new(Int64Array::from(vec![Some(10), None, Some(-3)])),
            Arc::new(Float64Array::from(vec![Some(0.5), Some(1.0), None])),
        ],
    )
    .unwrap()
}

pub fn source<'a>(path: &'a Path, key: &'a str) -> Source<'a> {
    Source { path, key, layer: None, crs: None }
}

pub fn read_code(path: &Path) -> Result<Borders, SpatialError> {
    read(&source(path, "code"))
}

pub const GEOJSON: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":7,"properties":{"code":"001001","n":1001,"d":1001.0},"geometry":{"type":"Polygon","coordinates":
[[[9,45],[12,45],[12,48],[9,48],[9,45]],[[10,46],[10,47],[11,47],[11,46],[10,46]]]}},
{"type":"Feature","id":8,"properties":{"code":"001002","n":1002,"d":1002.0},"geometry":{"type":"MultiPolygon","coordinates":
[[[[12,45],[13,45],[13,48],[12,48],[12,45]]],[[[20,45],[21,45],[20,46],[20,45]]]]}},
{"type":"Feature","id":9,"properties":{"code":"001003","n":1003,"d":1003.0},"geometry":{"type":"GeometryCollection",
"geometries":[{"type":"Polygon","coordinates":[[[10,46,5.5],[11,46],[11,47],[10,47],[10,46]]]}]}}]}"#;

/// Quantised to half degrees from (0, 40): the arcs between the squares, around the hole and of the islet are shared.
pub const TOPOJSON: &str = r#"{"type":"Topology","transform":{"scale":[0.5,0.5],"translate":[0,40]},
"arcs":[[[24,16],[-6,0],[0,-6],[6,0]],[[24,10],[0,6]],[[24,10],[2,0],[0,6],[-2,0]],[[20,12],[0,2],[2,0],[0,-2],[-2,0]],
[[40,10],[2,0],[-2,2],[0,-2]]],
"objects":{"zones":{"type":"GeometryCollection","geometries":[
{"type":"Polygon","arcs":[[0,1],[3]],"properties":{"code":"001001"}},
{"type":"MultiPolygon","arcs":[[[2,-2]],[[4]]],"properties":{"code":"001002"}},
{"type":"Polygon","arcs":[[-4]],"properties":{"code":"001003"}}]}}}"#;

/// In metres of EPSG:3857, where positions are easy: x = 6378137 λ.
pub fn mercator(lon: f64, lat: f64) -> (f64, f64) {
    let y = (std::f64::consts::FRAC_PI_4 + lat.to_radians() / 2.0).tan().ln();
    (6_378_137.0 * lon.to_radians(), 6_378_137.0 * y)
}

pub const MERCATOR_WKT: &str = r#"PROJCS["WGS 84 / Pseudo-Mercator",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],UNIT["metre",1],AUTHORITY["EPSG","3857"]]"#;

/// Writes a Shapefile in EPSG:3857 with its `.dbf` and `.prj`.
pub fn write_shapefile(path: &Path) {
    let field = |name: &str| FieldName::try_from(name).unwrap();
    let table = TableWriterBuilder::new().add_character_field(field("code"), 10).add_numeric_field(
        field("number"),
        12,
        2,
    );
    let mut writer = Writer::from_path(path, table).unwrap();
    for (shape, code) in shapes().iter().zip(CODES) {
        let ring = |ring: &geo_types::LineString<f64>| -> Vec<Point> {
            ring.coords().map(|c| mercator(c.x, c.y)).map(|(x, y)| Point::new(x, y)).collect()
        };
        let mut rings = Vec::new();
        for polygon in shape.as_ref().unwrap() {
            // Holes first: readers must not rely on the order.
            rings.extend(polygon.interiors().iter().map(|hole| PolygonRing::Inner(ring(hole))));
            rings.push(PolygonRing::Outer(ring(polygon.exterior())));
        }
        let mut record = Record::default();
        record.insert("code".into(), FieldValue::Character(Some(code.into())));
        record.insert("number".into(), FieldValue::Numeric(Some(code.parse().unwrap())));
        writer.write_shape_and_record(&Polygon::with_rings(rings), &record).unwrap();
    }
    drop(writer);
    std::fs::write(path.with_extension("prj"), MERCATOR_WKT).unwrap();
}

/// The map in a file of each format, by the ending of its name.
pub fn write_all(folder: &Path) -> Vec<PathBuf> {
    let file = |name: &str| folder.join(name);
    std::fs::write(file("map.geojson"), GEOJSON).unwrap();
    std::fs::write(file("map.topojson"), TOPOJSON).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut gzip, GEOJSON.as_bytes()).unwrap();
    std::fs::write(file("map.geojson.gz"), gzip.finish().unwrap()).unwrap();
    write_shapefile(&file("map.shp"));
    let (shapes, attributes) = (shapes(), attributes());
    let shapes = Shapes::Polygons(&shapes);
    let layer = Layer { name: "zones", description: "a small map", shapes, attributes: &attributes };
    write_geopackage(&file("map.gpkg"), &[layer], "2026-01-31T12:00:00.000Z").unwrap();
    write_geoparquet(&file("map.parquet"), &layer).unwrap();
    ["map.geojson", "map.topojson", "map.geojson.gz", "map.shp", "map.gpkg", "map.parquet"].map(file).to_vec()
}
