//! Tables in each format, whole and by query, against the files of the edition.

use axum::body::Body;
use axum::http::{Request, StatusCode};
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
        let parquet = get(&router, &format!("{address}.parquet")).await;
        let reader = ParquetRecordBatchReaderBuilder::try_new(parquet.bytes).unwrap().build().unwrap();
        let rows: usize = reader.map(|batch| batch.unwrap().num_rows()).sum();
        assert_eq!(rows, table.rows(), "{}", table.name);
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
    for query in ["limit=-1", "offset=x", "workers=many", "name=%ff", "workers=nan"] {
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
    let many = vec![codes[0].as_str(); 11].join(",");
    assert_eq!(
        get(&router, &format!("/api/v1/editions/made/compare?areas={many}")).await.json()["code"],
        "D0828"
    );
    assert_eq!(get(&router, "/api/v1/editions/made/compare?areas=nowhere").await.json()["code"], "D0829");
}
