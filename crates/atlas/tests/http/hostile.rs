//! Editions and readers that mean harm.

use axum::http::StatusCode;
use distretto_atlas::atlas::Mode;
use distretto_atlas::server::{Limits, router};
use distretto_atlas::site;
use distretto_atlas::slug::slug;
use std::sync::atomic::AtomicBool;

use crate::common::{Made, get};

const STUDY: &str = "[study]\ntitle = '</title><script>alert(1)</script>'\n[zones]\npath = 'zones.csv'\n\
                     columns = { code = 'code', name = 'name' }\n[flows]\npath = 'flows.csv'\n\
                     columns = { origin = 'from', destination = 'to', flow = 'n' }\n\
                     [areas]\nmin_size = 10\ntarget_size = 20\n";
const FLOWS: &str = "from,to,n\n../../x,../../x,100\n../../x,b,1\nb,b,100\nb,../../x,1\n";

fn hostile(name: &str) -> Made {
    let zones = format!("code,name\n../../x,{name}\nb,B\n");
    Made::of(&[("study.toml", STUDY), ("zones.csv", &zones), ("flows.csv", FLOWS)])
}

#[tokio::test]
async fn names_are_text_and_codes_no_way_out() {
    let made = hostile("<script>alert(1)</script>");
    let atlas = made.atlas(Mode::Static);
    let out = made.folder.path().join("a/b/site");
    std::fs::create_dir_all(out.parent().unwrap()).unwrap();
    site::write(&atlas, &out, false, &AtomicBool::new(false), &|_, _| {}).unwrap();
    let codes: Vec<String> = atlas.editions[0].edition.partition.codes().to_vec();
    let beside: Vec<_> = std::fs::read_dir(made.folder.path().join("a/b")).unwrap().collect();
    assert_eq!(beside.len(), 1, "nothing is written beside the site");
    let router = router(atlas, Limits::default());
    let mut pages = vec!["/".to_owned(), "/made/".to_owned(), "/made/areas/".to_owned()];
    pages.extend(codes.iter().map(|code| format!("/made/areas/{}/", slug(code))));
    for page in pages {
        let answer = get(&router, &page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert!(!answer.text().contains("<script>alert"), "{page}");
    }
}

#[tokio::test]
async fn a_name_may_be_long() {
    let made = hostile(&"x".repeat(1_000_000));
    let router = router(made.atlas(Mode::Live), Limits::default());
    for path in ["/made/areas/", "/api/v1/editions/made/areas.json", "/api/v1/editions/made/find.json"] {
        assert_eq!(get(&router, path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn no_address_leads_out() {
    let made = Made::country();
    let router = router(made.atlas(Mode::Live), Limits::default());
    for path in [
        "/../../etc/passwd",
        "/assets/../../../etc/passwd",
        "/assets/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/made/..%2f..%2fstudy.toml",
        "/api/v1/editions/made/../../study.toml",
        "/api/v1/editions/made/manifest.json",
        "/api/v1/editions/made/areas/..%2f..%2fx.json",
        "/api/v1/editions/made/areas/%00.json",
        "/api/v1/editions/made/tiles/99/0/0.mvt",
        "/api/v1/editions/made/tiles/1/2/0.mvt",
        "/api/v1/editions/made/tiles/-1/0/0.mvt",
        "/api/v1/editions/made/tiles/01/0/0.mvt",
        "/api/v1/editions/made/flow_map/4294967296.json",
        "//evil.example/",
        "/%ff",
        "/%",
    ] {
        let answer = get(&router, path).await;
        assert_eq!(
            (answer.status, answer.json()["code"].as_str()),
            (StatusCode::NOT_FOUND, Some("D0829")),
            "{path}"
        );
    }
}
