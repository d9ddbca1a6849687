//! Tables in each format, whole and by query, against the files of the edition.

use arrow::array::{ArrayRef, AsArray, RecordBatch};
use arrow::compute::concat_batches;
use arrow::datatypes::Float64Type;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use bytes::Bytes;
use distretto_atlas::Edition;
use distretto_atlas::atlas::Mode;
use distretto_atlas::server::{Limits, router};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde_json::{Value, json};

use crate::common::{Made, ask, get};

/// A value as a reader of its text sees it.
fn parsed(value: &Value) -> Value {
    serde_json::from_str(&value.to_string()).unwrap()
}

#[tokio::test]
async fn every_table_is_the_one_of_the_edition() {
    let made = Made::country();
    let edition = Edition::open("made", &made.edition()).unwrap();
    let router = router(made.atlas(Mode::Live), Limits::default());
    for table in edition.all_tables() {
        let address = format!("/api/v1/editions/made/{}", table.name);
        let rows: Vec<Value> = (0..table.rows()).map(|row| Value::Object(table.row(row))).collect();
        let expected = json!({ "table": table.name, "total": rows.len(), "offset": 0, "rows": rows });
        let found = get(&router, &address).await;
        assert!(found.bytes == serde_json::to_vec(&expected).unwrap(), "{}", table.name);
        let csv = get(&router, &format!("{address}.csv")).await;
        if let Ok(file) = std::fs::read(made.edition().join(format!("{}.csv", table.name))) {
            assert!(csv.bytes == file, "{}", table.name);
        }
        let answered = columns(get(&router, &format!("{address}.parquet")).await.bytes);
        if let Ok(file) = std::fs::read(made.edition().join(format!("{}.parquet", table.name))) {
            assert!(answered == columns(file.into()), "{}", table.name);
        }
        assert!(answered == *table.batch.columns(), "{}", table.name);
    }
}

/// The columns of a Parquet file.
fn columns(bytes: Bytes) -> Vec<ArrayRef> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).unwrap();
    let schema = reader.schema().clone();
    let batches: Vec<RecordBatch> = reader.build().unwrap().map(Result::unwrap).collect();
    concat_batches(&schema, &batches).unwrap().columns().to_vec()
}

#[tokio::test]
async fn a_selection_is_the_same_in_every_format() {
    let made = Made::country();
    let router = router(made.atlas(Mode::Live), Limits::default());
    let query = "sort=-workers&limit=3&offset=1&columns=area,workers";
    let at = |format: &str| format!("/api/v1/editions/made/areas.{format}?{query}");
    let json = get(&router, &at("json")).await.json();
    let parquet = columns(get(&router, &at("parquet")).await.bytes);
    let csv = get(&router, &at("csv")).await.text();
    let geojson = get(&router, &at("geojson")).await.json();
    let rows = json["rows"].as_array().unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!((rows.len(), lines.len(), lines[0]), (3, 4, "area,workers"));
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(parquet[0].as_string::<i32>().value(at), row["area"]);
        assert_eq!(parquet[1].as_primitive::<Float64Type>().value(at), row["workers"]);
        let (area, workers) = lines[at + 1].split_once(',').unwrap();
        assert_eq!(
            (area, workers.parse::<f64>().unwrap()),
            (row["area"].as_str().unwrap(), row["workers"].as_f64().unwrap())
        );
        assert_eq!(geojson["features"][at]["properties"], *row);
        assert_eq!(geojson["features"][at]["id"], row["area"]);
    }
}

#[tokio::test]
async fn zones_have_their_own_shapes_and_borders_their_lines() {
    let made = Made::country();
    let edition = Edition::open("made", &made.edition()).unwrap();
    let router = router(made.atlas(Mode::Live), Limits::default());
    let of = async |table: &str| get(&router, &format!("/api/v1/editions/made/{table}.geojson")).await.json();
    let zones = of("zones").await;
    let shapes = &edition.borders.as_ref().unwrap().shapes;
    let features = zones["features"].as_array().unwrap();
    assert_eq!(features.len(), shapes.len());
    let places = |ring: &Value| -> Vec<[f64; 2]> { serde_json::from_value(ring.clone()).unwrap() };
    for (feature, (shape, code)) in features.iter().zip(shapes.iter().zip(edition.zones.codes())) {
        assert_eq!(feature["id"], *code);
        let shape = shape.as_ref().unwrap();
        let polygons = feature["geometry"]["coordinates"].as_array().unwrap();
        assert_eq!(polygons.len(), shape.0.len());
        for (found, polygon) in polygons.iter().zip(shape) {
            let own: Vec<[f64; 2]> = polygon.exterior().0.iter().map(|at| [at.x, at.y]).collect();
            assert_eq!(places(&found[0]), own);
        }
    }
    if let Some(table) = edition.table("borders") {
        let borders = of("borders").await;
        let borders = borders["features"].as_array().unwrap();
        assert_eq!(borders.len(), table.rows());
        for (row, border) in borders.iter().enumerate() {
            assert_eq!(border["geometry"]["type"], "MultiLineString", "{row}");
            let zone = edition.zone(table.text(row, "a").unwrap()).unwrap();
            let corners: Vec<[f64; 2]> = shapes[zone as usize]
                .iter()
                .flatten()
                .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
                .flat_map(|ring| ring.0.iter().map(|at| [at.x, at.y]))
                .collect();
            for line in border["geometry"]["coordinates"].as_array().unwrap() {
                assert!(places(line).iter().all(|at| corners.contains(at)), "{row}");
            }
        }
    }
}

#[tokio::test]
async fn shapes_come_with_their_rows() {
    let made = Made::country();
    let edition = Edition::open("made", &made.edition()).unwrap();
    let router = router(made.atlas(Mode::Live), Limits::default());
    let all = get(&router, "/api/v1/editions/made/areas.geojson").await.json();
    let features = all["features"].as_array().unwrap();
    assert_eq!(features.len(), edition.areas());
    for (row, feature) in features.iter().enumerate() {
        assert_eq!(feature["properties"], parsed(&Value::Object(edition.table("areas").unwrap().row(row))));
        assert_eq!(feature["geometry"]["type"], "MultiPolygon");
    }
    let last =
        get(&router, "/api/v1/editions/made/areas.geojson?sort=-area&limit=1&columns=area").await.json();
    let mut by_code: Vec<&Value> = features.iter().collect();
    by_code.sort_by_key(|feature| feature["id"].as_str().unwrap().to_owned());
    assert_eq!(last["features"][0]["geometry"], by_code.last().unwrap()["geometry"]);
}

#[tokio::test]
async fn a_query_filters_sorts_and_pages() {
    let made = Made::country();
    let edition = Edition::open("made", &made.edition()).unwrap();
    let areas = edition.table("areas").unwrap();
    let mut expected: Vec<(f64, usize)> = (0..areas.rows())
        .filter(|&row| areas.text(row, "kind") == Some("rest"))
        .map(|row| (areas.numbers("workers").unwrap().value(row), row))
        .collect();
    expected.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    assert!(expected.len() > 2, "the world is too small to test paging");
    let router = router(made.atlas(Mode::Live), Limits::default());
    let address = "/api/v1/editions/made/areas?kind=rest&sort=-workers&columns=area,workers&limit=1&offset=1";
    let page = get(&router, address).await;
    let row = &page.json()["rows"][0];
    assert_eq!(page.json()["total"], expected.len());
    assert_eq!(row["area"], *areas.text(expected[1].1, "area").unwrap());
    assert_eq!(row.as_object().unwrap().len(), 2);
    for relation in ["first", "prev", "next", "last"] {
        let link = page.header("link").split(", ").find(|link| link.contains(relation)).unwrap();
        let target = link.split(['<', '>']).nth(1).unwrap();
        assert_eq!(get(&router, target).await.status, StatusCode::OK, "{target}");
    }
    let both = get(&router, "/api/v1/editions/made/areas?kind=rest&kind=district").await.json();
    let one = |kind: &'static str| {
        (0..areas.rows()).filter(move |&row| areas.text(row, "kind") == Some(kind)).count()
    };
    assert_eq!(both["total"], one("rest") + one("district"));
    let missing = get(&router, "/api/v1/editions/made/areas?main_industry=").await.json();
    let none = (0..areas.rows()).filter(|&row| areas.text(row, "main_industry").is_none()).count();
    assert_eq!(missing["total"], none);
}

#[tokio::test]
async fn what_is_no_query_is_told_with_what_was_meant() {
    let made = Made::country();
    let router = router(made.atlas(Mode::Live), Limits::default());
    for (query, hint) in [
        ("knd=rest", "`kind`"),
        ("sort=wokers", "`workers`"),
        ("columns=nam", "`name`"),
        ("limt=1", "`limit`"),
    ] {
        let answer = get(&router, &format!("/api/v1/editions/made/areas?{query}")).await;
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (StatusCode::BAD_REQUEST, Some("D0828")),
            "{query}"
        );
        assert!(answer.json()["hint"].as_str().unwrap().contains(hint), "{query}");
    }
    for query in [
        "limit=-1",
        "offset=x",
        "workers=many",
        "name=%ff",
        "workers=nan",
        "columns=area,name,area",
        "sort=area,-area",
    ] {
        let answer = get(&router, &format!("/api/v1/editions/made/areas?{query}")).await;
        assert_eq!(answer.json()["code"], "D0828", "{query}");
    }
    assert_eq!(get(&router, "/api/v1/editions/made/answer.json?x=1").await.json()["code"], "D0828");
}

#[tokio::test]
async fn a_reader_names_the_format_it_takes() {
    let made = Made::country();
    let router = router(made.atlas(Mode::Live), Limits::default());
    for (accept, media) in [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
        ("text/html, application/geo+json;q=0.9", "application/geo+json"),
        ("*/*", "application/json"),
    ] {
        let request = Request::get("/api/v1/editions/made/areas").header("accept", accept);
        let answer = ask(&router, request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.header("content-type"), media);
    }
}

#[tokio::test]
async fn areas_stand_side_by_side() {
    let made = Made::country();
    let edition = Edition::open("made", &made.edition()).unwrap();
    let codes = edition.partition.codes();
    let router = router(made.atlas(Mode::Live), Limits::default());
    let two =
        get(&router, &format!("/api/v1/editions/made/compare?areas={},{}", codes[1], codes[0])).await.json();
    let expected: Vec<Value> = [1, 0].map(|row| Value::Object(edition.area_profiles().row(row))).into();
    assert_eq!(two["rows"], parsed(&Value::Array(expected)));
    let many = [codes[0].as_str(); 11].join(",");
    assert_eq!(
        get(&router, &format!("/api/v1/editions/made/compare?areas={many}")).await.json()["code"],
        "D0828"
    );
    assert_eq!(get(&router, "/api/v1/editions/made/compare?areas=nowhere").await.json()["code"], "D0829");
}
