//! Districts and municipalities from an edition.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use distretto_desk::folder::{Edition, open};
use distretto_study::edition::sha256;
use distretto_study::fault::Code;
use distretto_study::spatial::{Layer, Shapes, write_geoparquet};
use geo_types::{MultiPolygon, polygon};

use super::support::{folder, has, spoil};

const TABLES: [(&str, &str); 4] = [
    ("zones.csv", "zone,area,lon,lat\nZ1,D1,11.3,43.7\nZ2,D1,11.5,43.7\nZ3,D2,12.0,44.0\nZ4,,,\n"),
    (
        "areas.csv",
        "area,name,kind,workers\nD1,Santa Croce,district,9000\nD2,Cesena,rest,7000\nD3,,undetermined,\n",
    ),
    (
        "districts.csv",
        "area,main_industry,main_industry_name,main_industry_jobs\nD1,15,Leather,4000\nD2,,,\nD3,,,\n",
    ),
    ("district_certainty.csv", "area,existence\nD1,0.75\nD2,0\n"),
];

/// An edition by hand, with a square for the shape of one area.
fn edition(folder: &Path) {
    let mut outputs = Vec::new();
    std::fs::create_dir_all(folder).unwrap();
    for (file, text) in TABLES {
        std::fs::write(folder.join(file), text).unwrap();
        outputs.push((file, sha256(text.as_bytes())));
    }
    let square: MultiPolygon<f64> =
        polygon![(x: 11.0, y: 43.0), (x: 11.4, y: 43.0), (x: 11.4, y: 43.4), (x: 11.0, y: 43.4)].into();
    let areas: ArrayRef = Arc::new(StringArray::from(vec!["D1", "D2"]));
    let attributes = RecordBatch::try_from_iter([("area", areas)]).unwrap();
    let shapes = [Some(square), None];
    let layer =
        Layer { name: "areas", description: "", shapes: Shapes::Polygons(&shapes), attributes: &attributes };
    let path = folder.join("area_shapes.parquet");
    write_geoparquet(&path, &layer).unwrap();
    outputs.push(("area_shapes.parquet", sha256(&std::fs::read(&path).unwrap())));
    let outputs: Vec<serde_json::Value> =
        outputs.into_iter().map(|(path, hash)| serde_json::json!({ "path": path, "sha256": hash })).collect();
    let manifest = serde_json::json!({ "program": { "name": "distretto" }, "outputs": outputs });
    std::fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
}

/// The tour with an edition, its hosts named by municipality.
fn with_edition() -> tempfile::TempDir {
    let folder = folder();
    edition(&folder.path().join("edition"));
    spoil(folder.path(), "tour.toml", "districts = [\"D1\"]", "districts = [\"D1\"]\nedition = \"edition\"");
    let hosts = "code,name,kind,lon,lat,district,zone,minutes,hours,consent\n\
                 E1,One,institution,11.3,43.7,,Z1,60,24/7,yes\n\
                 E2,Two,enterprise,,,,Z3,60,24/7,yes\n\
                 E3,Three,enterprise,11.3,43.7,D3,Z1,60,24/7,yes\n\
                 E4,Four,enterprise,11.3,43.7,,,60,24/7,yes\n";
    std::fs::write(folder.path().join("hosts.csv"), hosts).unwrap();
    std::fs::remove_file(folder.path().join("visits.csv")).unwrap();
    std::fs::remove_file(folder.path().join("contacts.csv")).unwrap();
    folder
}

#[test]
fn an_edition_tells_districts_their_certainty_and_their_middle() {
    let folder = tempfile::tempdir().unwrap();
    edition(folder.path());
    let edition = Edition::open(folder.path()).unwrap();
    let [first, second, third] = edition.districts.as_slice() else { panic!() };
    assert_eq!((first.code.as_str(), first.name.as_str(), first.is_district), ("D1", "Santa Croce", true));
    assert_eq!((first.industry.as_deref(), first.industry_name.as_str()), (Some("15"), "Leather"));
    assert_eq!((first.certainty, first.workers), (Some(0.75), Some(4000.0)));
    // The middle of the square; of an area without a shape the mean of its municipalities.
    let (lon, lat) = first.middle.unwrap();
    assert!((lon - 11.2).abs() < 1e-9 && (lat - 43.2).abs() < 1e-2, "{lon} {lat}");
    assert_eq!(
        (second.middle, second.workers, second.certainty),
        (Some((12.0, 44.0)), Some(7000.0), Some(0.0))
    );
    assert_eq!(
        (third.name.as_str(), third.middle, third.certainty, third.industry.as_deref()),
        ("D3", None, None, None)
    );
    assert_eq!((edition.zones.len(), edition.point("Z4"), edition.outlines.len()), (4, None, 1));
}

#[test]
fn the_district_of_a_host_follows_from_its_municipality() {
    let folder = with_edition();
    let opened = open(folder.path()).unwrap();
    let districts: Vec<Option<&str>> =
        opened.tour.hosts.iter().map(|host| host.district.as_deref()).collect();
    assert_eq!(districts, [Some("D1"), Some("D2"), Some("D3"), None]);
    let place = &opened.tour.hosts[1].place;
    assert_eq!((place.lon, place.lat), (12.0, 44.0));
    assert!(has(opened.log.entries(), Code::HostsInTheMiddle));
    // E3 names another district than that of its municipality.
    let elsewhere = opened.log.entries().iter().find(|fault| fault.code == Code::HostZone).unwrap();
    assert_eq!(elsewhere.why.as_deref(), Some("`E3`"));
    spoil(folder.path(), "hosts.csv", "D3,Z1", "D1,Z1");
    assert!(!has(open(folder.path()).unwrap().log.entries(), Code::HostZone));
    assert_eq!(opened.tour.districts.len(), 3);
    assert_eq!(opened.tour.district("D1").unwrap().name, "Santa Croce");
}

#[test]
fn codes_that_the_edition_does_not_know_are_refused() {
    for (from, to, code) in [
        (",Z1,60", ",Z9,60", Code::HostDistrict),
        ("D3,Z1", "D9,Z1", Code::HostDistrict),
        ("D3,Z1", "D3,Z9", Code::HostDistrict),
        ("Z3,60", "Z4,60", Code::HostPlace),
        // A slip of the pen is told as one, not as a missing place.
        ("enterprise,,,,Z3,60", "enterprise,,,,Z33,60", Code::HostDistrict),
    ] {
        let folder = with_edition();
        spoil(folder.path(), "hosts.csv", from, to);
        let fault = open(folder.path()).unwrap_err();
        assert_eq!((fault.code, fault.place.row.is_some()), (code, true), "{to}: {fault}");
    }
    let folder = with_edition();
    spoil(folder.path(), "tour.toml", "districts = [\"D1\"]", "districts = [\"D4\"]");
    assert_eq!(open(folder.path()).unwrap_err().code, Code::HostDistrict);
}

#[test]
fn an_edition_that_was_changed_is_not_used() {
    for file in ["zones.csv", "areas.csv", "districts.csv", "district_certainty.csv"] {
        let folder = with_edition();
        let path = folder.path().join("edition").join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text + "\n").unwrap();
        assert_eq!(open(folder.path()).unwrap_err().code, Code::EditionDamaged, "{file}");
        std::fs::remove_file(&path).unwrap();
        assert_eq!(open(folder.path()).unwrap_err().code, Code::EditionDamaged, "{file}");
    }
    for manifest in ["", "{}", "{\"program\":{\"name\":\"other\"}}"] {
        let folder = with_edition();
        std::fs::write(folder.path().join("edition/manifest.json"), manifest).unwrap();
        assert_eq!(open(folder.path()).unwrap_err().code, Code::EditionMissing, "{manifest}");
    }
    let folder = with_edition();
    std::fs::write(folder.path().join("edition/manifest.json"), "{\"program\":{\"name\":\"distretto\"}}")
        .unwrap();
    assert_eq!(open(folder.path()).unwrap_err().code, Code::EditionDamaged);
}
