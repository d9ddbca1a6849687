//! Editions that lack a table: what it would say is null or empty, never 0.

use distretto_atlas::documents::{self, Offer};
use serde_json::{Value, json};

use crate::by_hand::{TILES, edition, read};

#[test]
fn without_jobs() {
    let edition = edition(true, false, true);
    let answer = read(&documents::answer(&edition));
    assert_eq!([&answer["kinds"], &answer["district_jobs"], &answer["certainty"]], [&Value::Null; 3]);
    for empty in ["industries", "near_misses", "near_falls", "regions"] {
        assert_eq!(answer[empty], json!([]), "{empty}");
    }
    let largest: Vec<_> =
        documents::answer(&edition).largest.into_iter().map(|one| (one.area.code, one.jobs)).collect();
    assert_eq!(largest, [("b".to_owned(), 100.0), ("a".to_owned(), 95.0), ("c".to_owned(), 59.0)]);
    let area = read(&documents::area(&edition, 0).unwrap());
    assert_eq!([&area["steps"], &area["jobs"], &area["alike"]], [&json!([]); 3]);
    assert_eq!(area["neighbours"][0]["kind"], Value::Null);
    let map = documents::map(&edition, &TILES);
    assert!(map.industries.is_empty() && map.kinds.is_empty());
    let about = documents::edition(&Offer { edition: &edition, rerun: false, grid: false });
    assert_eq!(about.summary.districts, None);
    assert!(
        !about.parameters.contains_key("sector_lq") && about.sliders.is_empty(),
        "areas given, none judged"
    );
}

#[test]
fn without_flows() {
    let edition = edition(false, true, true);
    let area = read(&documents::area(&edition, 1).unwrap());
    assert_eq!(area["flows"], Value::Null);
    assert_eq!(area["zones"][0]["residents"], Value::Null);
    assert_eq!(documents::flow_map(&edition, 0), None);
    assert!(documents::map(&edition, &TILES).indicators.iter().all(|indicator| indicator.id != "workers"));
}

#[test]
fn without_borders() {
    let edition = edition(true, true, false);
    let area = read(&documents::area(&edition, 1).unwrap());
    assert_eq!([&area["bbox"], &area["neighbours"]], [&Value::Null, &json!([])]);
    let map = read(&documents::map(&edition, &TILES));
    assert_eq!([&map["areas"][0]["code"], &map["areas"][0]["kind"]], ["a", "undetermined"]);
    assert_eq!(["lon", "lat", "bbox"].map(|place| &map["areas"][0][place]), [&Value::Null; 3]);
    assert_eq!(map["bounds"], json!([-180.0, -85.0, 180.0, 85.0]));
    assert_eq!(documents::flow_map(&edition, 0), None, "nowhere to draw a line from");
    let about = documents::edition(&Offer { edition: &edition, rerun: false, grid: false });
    assert!(!about.summary.has.map && about.tables.iter().all(|table| !table.formats.contains(&"geojson")));
}

#[test]
fn without_replicates() {
    let edition = edition(true, true, true);
    let answer = documents::answer(&edition);
    assert_eq!(answer.certainty, None);
    assert!(answer.industries.iter().all(|industry| industry.expected.is_none()));
    let zone = read(&documents::area(&edition, 0).unwrap())["zones"][0].clone();
    for unknown in ["membership", "membership_kind", "runner_up", "runner_up_name", "runner_up_membership"] {
        assert_eq!(zone[unknown], Value::Null, "{unknown}");
    }
}
