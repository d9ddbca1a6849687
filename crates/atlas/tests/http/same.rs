//! A server and a static site say the same.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use axum::http::StatusCode;
use distretto_atlas::address::{all_addresses, parse};
use distretto_atlas::atlas::Mode;
use distretto_atlas::format::Format;
use distretto_atlas::pages::Page;
use distretto_atlas::server::{Limits, router};
use distretto_atlas::site;
use distretto_study::fault::Code;

use crate::common::{Made, get};

fn files(folder: &Path, under: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, under, found);
        } else {
            found.insert(path.strip_prefix(under).unwrap().to_str().unwrap().to_owned());
        }
    }
}

#[tokio::test]
async fn every_file_of_a_site_is_what_a_server_answers() {
    let made = Made::country();
    let atlas = made.atlas(Mode::Static);
    let out = made.folder.path().join("site");
    let written = site::write(&atlas, &out, false, &AtomicBool::new(false), &|_, _| {}).unwrap();
    let mut expected = BTreeSet::from(["assets/index-1.js".to_owned()]);
    for address in all_addresses(&atlas) {
        let path = address.path(&atlas);
        assert_eq!(parse(&atlas, &path, Format::Csv).unwrap(), address, "{path}");
        expected.insert(format!("api/v1/{path}"));
    }
    expected.extend(Page::all(&atlas).into_iter().map(|page| format!("{}index.html", page.path(&atlas))));
    let mut found = BTreeSet::new();
    files(&out, &out, &mut found);
    assert_eq!(found, expected);
    assert_eq!(written.files, expected.len());
    assert!(expected.iter().any(|path| path.ends_with("areas.geojson")));
    assert!(expected.iter().any(|path| path.ends_with("tiles.pmtiles")));
    let router = router(atlas, Limits::default());
    for path in &expected {
        let answer = get(&router, &format!("/{}", path.strip_suffix("index.html").unwrap_or(path))).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.bytes == std::fs::read(out.join(path)).unwrap(), "{path}");
    }
}

#[tokio::test]
async fn a_server_answers_all_that_a_site_has_and_its_own() {
    let made = Made::country();
    let atlas = made.atlas(Mode::Live);
    let paths: Vec<String> = all_addresses(&atlas).iter().map(|address| address.path(&atlas)).collect();
    let zone = atlas.editions[0].edition.zones.codes()[0].clone();
    let router = router(atlas, Limits { kept: 1 << 20, ..Limits::default() });
    for path in &paths {
        assert_eq!(get(&router, &format!("/api/v1/{path}")).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(get(&router, "/api/v1/health").await.status, StatusCode::OK);
    let zone = get(&router, &format!("/api/v1/editions/made/zones/{zone}.json")).await;
    assert!(zone.json()["population"].is_number());
    let outside = get(&router, "/api/v1/editions/made/tiles/7/0/0.mvt").await;
    assert_eq!(outside.status, StatusCode::NO_CONTENT);
}

#[test]
fn a_site_does_not_take_the_place_of_anything_else() {
    let made = Made::country();
    let atlas = made.atlas(Mode::Static);
    let out = made.folder.path().join("site");
    std::fs::create_dir(&out).unwrap();
    std::fs::write(out.join("diary.txt"), "dear").unwrap();
    assert_eq!(
        site::write(&atlas, &out, false, &AtomicBool::new(false), &|_, _| {}).unwrap_err().code,
        Code::OutputExists
    );
    assert!(out.join("diary.txt").exists());
    site::write(&atlas, &out, true, &AtomicBool::new(false), &|_, _| {}).unwrap();
    site::write(&atlas, &out, false, &AtomicBool::new(false), &|_, _| {}).unwrap();
    assert!(!out.join("diary.txt").exists());
}
