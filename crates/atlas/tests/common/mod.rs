//! A made study with its edition, as files, and requests to an atlas without a network.

mod made;

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use bytes::Bytes;
use distretto_atlas::assets::Assets;
use distretto_atlas::atlas::{Atlas, Mode, Named};
use distretto_study::fault::Result;
use tower::ServiceExt;

pub use made::{Made, meta};

impl Made {
    /// A made country with borders, flows and jobs.
    pub fn country() -> Self {
        Self::of_world(120, |text| text)
    }

    /// An atlas of it, called `made`, with pages.
    pub fn atlas(&self, mode: Mode) -> Atlas {
        open("made", &self.edition(), mode).unwrap()
    }
}

pub fn named(name: &str, path: &Path) -> Named {
    Named { name: Some(name.to_owned()), path: path.to_owned() }
}

pub fn open(name: &str, folder: &Path, mode: Mode) -> Result<Atlas> {
    Atlas::open(&[named(name, folder)], mode, meta(), Some(pages()))
}

/// Pages as the web build leaves them.
pub fn pages() -> Assets {
    let index = "<!doctype html>\n<html lang=\"en\" data-root=\"./\" data-mode=\"live\">\n  <head>\n    <meta charset=\"utf-8\" />\n    \
                 <title>Distretto</title>\n    <script type=\"module\" src=\"./assets/index-1.js\"></script>\n  </head>\n  \
                 <body>\n    <div id=\"app\"></div>\n  </body>\n</html>\n";
    Assets::new([
        ("index.html".to_owned(), Bytes::from(index)),
        ("assets/index-1.js".to_owned(), Bytes::from("export {};")),
    ])
}

/// What was answered.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Bytes,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.to_vec()).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

pub async fn get(router: &Router, path: &str) -> Answer {
    ask(router, Request::get(path).body(Body::empty()).unwrap()).await
}

pub async fn post(router: &Router, path: &str, body: impl Into<Body>) -> Answer {
    ask(router, Request::post(path).body(body.into()).unwrap()).await
}
