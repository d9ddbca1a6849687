//! Every format gives the same map; what cannot be read says why.

use std::path::Path;

use distretto_study::spatial::{CrsOrigin, Problem, Source, read};
use distretto_territory::geodesy::area_m2;
use distretto_territory::{Contiguity, Topology};
use tempfile::tempdir;

use crate::maps::{CODES, GEOJSON, TOPOJSON, read_code, shapes, source, write_all, write_shapefile};

#[test]
fn every_format_gives_the_same_map() {
    let folder = tempdir().unwrap();
    let expected: Vec<f64> = shapes().iter().flatten().map(area_m2).collect();
    for path in write_all(folder.path()) {
        let borders = read_code(&path).unwrap_or_else(|error| panic!("{error}"));
        let keys: Vec<&str> = borders.features.iter().map(|feature| feature.key.as_str()).collect();
        assert_eq!(keys, CODES, "{}", path.display());
        assert_eq!(borders.keyless, [0u64; 0]);
        for (feature, expected) in borders.features.iter().zip(&expected) {
            let area = area_m2(feature.shape.as_ref().unwrap());
            assert!((area / expected - 1.0).abs() < 1e-9, "{} {}: {area}", path.display(), feature.key);
        }
        let shapes: Vec<_> = borders.features.into_iter().map(|feature| feature.shape).collect();
        let contiguity = Contiguity::of_zones(&Topology::new(&shapes).unwrap(), 0.0);
        assert_eq!(contiguity.rook().pairs().collect::<Vec<_>>(), [(0, 1), (0, 2)], "{}", path.display());
    }
}

#[test]
fn the_reference_system_is_found_given_or_assumed() {
    let folder = tempdir().unwrap();
    write_all(folder.path());
    let crs = |path: &Path, given| {
        let borders = read(&Source { crs: given, ..source(path, "code") })?;
        Ok::<_, distretto_study::spatial::SpatialError>((borders.crs, borders.crs_origin))
    };
    let shp = folder.path().join("map.shp");
    assert_eq!(crs(&shp, None).unwrap(), ("EPSG:3857".into(), CrsOrigin::File));
    std::fs::remove_file(shp.with_extension("prj")).unwrap();
    assert!(matches!(crs(&shp, None).unwrap_err().problem, Problem::CrsMissing { .. }));
    assert_eq!(crs(&shp, Some("EPSG:3857")).unwrap(), ("EPSG:3857".into(), CrsOrigin::Given));
    assert!(matches!(crs(&shp, Some("EPSG:99")).unwrap_err().problem, Problem::CrsUnknown { .. }));
    let error = crs(&shp, Some("EPSG:4326")).unwrap_err();
    assert!(matches!(error.problem, Problem::NotOnEarth { .. }) && error.feature == Some(1), "{error}");

    for (name, origin) in
        [("map.geojson", CrsOrigin::Assumed), ("map.gpkg", CrsOrigin::File), ("map.parquet", CrsOrigin::File)]
    {
        assert_eq!(crs(&folder.path().join(name), None).unwrap().1, origin, "{name}");
    }
    let old = folder.path().join("old.geojson");
    let member = r#"{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3857"}},"#;
    std::fs::write(&old, GEOJSON.replacen('{', member, 1)).unwrap();
    assert_eq!(crs(&old, None).unwrap(), ("EPSG:3857".into(), CrsOrigin::File));
}

#[test]
fn numbers_and_identifiers_are_codes_too() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("map.json");
    std::fs::write(&path, GEOJSON).unwrap();
    for (key, first) in [("n", "1001"), ("d", "1001"), ("id", "7"), ("code", "001001")] {
        assert_eq!(read(&source(&path, key)).unwrap().features[0].key, first);
    }
    let path = folder.path().join("map.shp");
    write_shapefile(&path);
    assert_eq!(read(&source(&path, "number")).unwrap().features[0].key, "1001");
}

#[test]
fn features_without_a_code_are_counted_and_without_a_shape_kept() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("map.geojson");
    std::fs::write(&path, GEOJSON.replace("\"001002\"", "null").replace("\"code\":\"001003\",", "")).unwrap();
    let borders = read_code(&path).unwrap();
    assert_eq!((borders.features.len(), borders.keyless), (1, vec![2, 3]));
    let bare = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"code":"1"},"geometry":null},
        {"type":"Feature","properties":{"code":"2"},"geometry":{"type":"MultiPolygon","coordinates":[]}}]}"#;
    std::fs::write(&path, bare).unwrap();
    assert!(read_code(&path).unwrap().features.iter().all(|feature| feature.shape.is_none()));
}

#[test]
fn a_wrong_name_is_answered_with_the_right_one() {
    let folder = tempdir().unwrap();
    for path in write_all(folder.path()) {
        let error = read(&source(&path, "cod")).unwrap_err();
        assert!(matches!(error.problem, Problem::NoColumn { .. }), "{error}");
        assert!(error.to_string().contains("did you mean `code`?"), "{error}");
        assert_eq!(error.file, path);
    }
    for name in ["map.gpkg", "map.topojson"] {
        let path = folder.path().join(name);
        let error = read(&Source { layer: Some("zone"), ..source(&path, "code") }).unwrap_err();
        assert!(error.to_string().contains("did you mean `zones`?"), "{error}");
    }
}

#[test]
fn what_is_no_map_is_refused_with_its_reason() {
    let folder = tempdir().unwrap();
    let problem = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let error = read_code(&path).unwrap_err();
        assert!(!error.problem.help().is_empty());
        error
    };
    assert!(matches!(read_code(Path::new("no/such.gpkg")).unwrap_err().problem, Problem::NotFound));
    assert!(matches!(problem("map.dxf", "").problem, Problem::UnknownFormat(_)));
    assert!(matches!(problem("empty.geojson", "").problem, Problem::Malformed { .. }));
    let none = r#"{"type":"FeatureCollection","features":[]}"#;
    assert!(matches!(problem("none.geojson", none).problem, Problem::Empty));
    let line = GEOJSON.replace("\"Polygon\"", "\"LineString\"");
    assert!(matches!(problem("line.geojson", &line).problem, Problem::Malformed { .. }));
    let point = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"code":"1"},"geometry":{"type":"Point","coordinates":[1,2]}}]}"#;
    let error = problem("point.geojson", point);
    assert!(matches!(error.problem, Problem::NotPolygon(_)) && error.feature == Some(1));
    let short = GEOJSON.replacen("[9,45]", "[9]", 1);
    assert!(matches!(problem("short.geojson", &short).problem, Problem::Malformed { .. }));
    let bare = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,1],[0,0]]]}"#;
    assert!(matches!(problem("bare.geojson", bare).problem, Problem::Malformed { .. }));
    let two = TOPOJSON.replace("\"objects\":{", "\"objects\":{\"lakes\":{\"type\":\"GeometryCollection\"},");
    assert!(matches!(problem("two.topojson", &two).problem, Problem::SeveralLayers(_)));
    let beyond = TOPOJSON.replace("[[2,-2]]", "[[2,-99]]");
    assert!(matches!(problem("beyond.topojson", &beyond).problem, Problem::Malformed { .. }));
    for far in ["-9223372036854775808", "9223372036854775807"] {
        let beyond = TOPOJSON.replace("[[2,-2]]", &format!("[[2,{far}]]"));
        assert!(matches!(problem("far.topojson", &beyond).problem, Problem::Malformed { .. }));
    }
}
