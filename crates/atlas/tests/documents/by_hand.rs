//! Three areas in a row, small enough for paper.

use distretto_atlas::documents::{self, Mode, Offer, Program, Tiles};
use serde_json::{Value, json};

use crate::made;

pub const ZONES: (&str, &str) = ("zones.csv", "code,name,area\n1,Uno,a\n2,Due,b\n3,Tre,c\n");
pub const FLOWS: (&str, &str) =
    ("flows.csv", "origin,destination,flow\n1,1,90\n1,2,20\n1,3,2\n2,2,80\n2,1,5\n2,3,7\n3,3,50\n");
pub const JOBS: (&str, &str) = (
    "jobs.csv",
    "zone,activity,size_class,employees,local_units\n\
     1,13.1,1-9,60,20\n1,15.1,1-9,40,9\n2,13.1,1-9,10,4\n2,15.1,1-9,10,2\n3,46.1,1-9,30,12\n",
);

fn borders() -> String {
    let square = |at: usize| {
        json!({ "type": "Feature", "properties": { "code": (at + 1).to_string() }, "geometry": {
            "type": "Polygon", "coordinates": [[[at, 0], [at + 1, 0], [at + 1, 1], [at, 1], [at, 0]]] } })
    };
    json!({ "type": "FeatureCollection", "features": (0..3).map(square).collect::<Vec<_>>() }).to_string()
}

const STUDY: &str =
    "[zones]\npath = 'zones.csv'\n[areas.partition]\npath = 'zones.csv'\ncolumns = { zone = 'code' }\n";

pub fn edition(flows: bool, jobs: bool, shapes: bool) -> distretto_atlas::Edition {
    let mut study = STUDY.to_owned();
    let borders = borders();
    let mut files = vec![ZONES];
    if flows {
        study.push_str("[flows]\npath = 'flows.csv'\n");
        files.push(FLOWS);
    }
    if jobs {
        study.push_str("[jobs]\npath = 'jobs.csv'\n");
        files.push(JOBS);
    }
    if shapes {
        study.push_str("[borders]\npath = 'borders.geojson'\n");
        files.push(("borders.geojson", &borders));
    }
    files.push(("study.toml", &study));
    made::of(&files)
}

/// As a page reads it.
pub fn read(document: &impl serde::Serialize) -> Value {
    serde_json::to_value(document).unwrap()
}

pub const TILES: Tiles<'_> = Tiles { address: "tiles.pmtiles", min_zoom: 0, max_zoom: 10, full_zoom: 8 };

#[test]
fn the_area_in_the_middle() {
    let edition = edition(true, true, true);
    let area = read(&documents::area(&edition, 1).unwrap());
    let flows = &area["flows"];
    assert_eq!(
        [&flows["inside"], &flows["in_total"], &flows["out_total"]],
        [&json!(80.0), &json!(20.0), &json!(12.0)]
    );
    let partners = |way: &str| -> Vec<(String, f64)> {
        let partners = flows[way].as_array().unwrap();
        partners
            .iter()
            .map(|p| (p["code"].as_str().unwrap().to_owned(), p["flow"].as_f64().unwrap()))
            .collect()
    };
    assert_eq!(partners("in"), [("a".to_owned(), 20.0)]);
    assert_eq!(partners("out"), [("c".to_owned(), 7.0), ("a".to_owned(), 5.0)]);
    assert_eq!(area["bbox"], json!([1.0, 0.0, 2.0, 1.0]));
    let touching: Vec<&str> =
        area["neighbours"].as_array().unwrap().iter().map(|other| other["code"].as_str().unwrap()).collect();
    assert_eq!(touching, ["a", "c"]);
    let alike = area["alike"].as_array().unwrap();
    assert_eq!(alike.len(), 1, "the third area has no manufacturing");
    assert_eq!(alike[0]["code"], "a");
    assert!((alike[0]["dissimilarity"].as_f64().unwrap() - 0.2).abs() < 1e-12);
    assert_eq!(area["zones"][0]["name"], "Due");
    assert_eq!(area["jobs"][0]["grouping"], "macro_sector");
    assert!(area["jobs"].as_array().unwrap().iter().all(|row| row["group_name"] != row["group"]));
}

#[test]
fn an_area_without_manufacturing_resembles_none_and_there_is_no_fourth() {
    let edition = edition(true, true, true);
    assert_eq!(documents::area(&edition, 2).unwrap().alike, []);
    assert_eq!(documents::area(&edition, 3), None);
}

#[test]
fn commuters_as_lines() {
    let edition = edition(true, false, true);
    let map = documents::flow_map(&edition, 0).unwrap();
    assert_eq!([map.levels, map.nodes.len()], [1, 3]);
    assert_eq!(map.flows, [(0, 1, 20.0), (1, 2, 7.0), (1, 0, 5.0), (0, 2, 2.0)]);
    assert_eq!([map.between_areas, map.drawn, map.within_nodes], [34.0, 34.0, 0.0]);
    assert_eq!(map.nodes.iter().map(|node| node.inside).collect::<Vec<_>>(), [90.0, 80.0, 50.0]);
    assert_eq!(map.zoom, 7, "two degrees are 256 to 512 pixels wide at zoom 7");
    assert_eq!(documents::flow_map(&edition, 1), None);
}

#[test]
fn the_map_and_the_list() {
    let edition = edition(true, true, true);
    let map = documents::map(&edition, &TILES);
    assert_eq!(map.bounds, [0.0, 0.0, 3.0, 1.0]);
    let workers = map.indicators.iter().find(|indicator| indicator.id == "workers").unwrap();
    // 95, 100, 59.
    let national = &workers.national;
    assert_eq!(
        [national.min, national.q1, national.median, national.q3, national.max],
        [59.0, 77.0, 95.0, 97.5, 100.0]
    );
    assert_eq!(national.total, Some(254.0));
    let program = Program { name: "distretto".into(), version: "0".into(), commit: None };
    let offer = Offer { edition: &edition, rerun: false, grid: false };
    let list = read(&documents::editions(program, Mode::Static, &[offer]));
    assert_eq!(list["mode"], "static");
    let expected = json!({ "map": true, "flows": true, "jobs": true, "certainty": false, "rerun": false, "grid": false });
    assert_eq!(list["editions"][0]["has"], expected);
    assert_eq!([&list["editions"][0]["zones"], &list["editions"][0]["areas"]], [&json!(3), &json!(3)]);
}
