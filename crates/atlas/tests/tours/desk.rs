//! A store with a tour in it, and readers who ask for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST};
use axum::http::{Method, Request};
use distretto_atlas::atlas::{Atlas, Mode, Named};
use distretto_atlas::server::tours::Tours;
use distretto_atlas::server::{Limits, router};
use distretto_desk::store::{By, Role, Store, StorePlace, What};
use distretto_tours::Tour;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::common::{Answer, ask, meta, pages};

pub const PASSWORD: &str = "correct horse battery";

/// A server with tours, at a time that is set.
pub struct Desk {
    pub router: Router,
    pub store: Store,
    pub now: Arc<AtomicI64>,
    _folder: TempDir,
}

/// Who asks: the cookie and the token, both empty for nobody.
#[derive(Clone, Default)]
pub struct Reader {
    pub cookie: String,
    pub token: String,
}

impl Desk {
    pub async fn open() -> Self {
        Self::with(Limits::default()).await
    }

    pub async fn with(limits: Limits) -> Self {
        Self::made(limits, &[], &[]).await
    }

    /// The same with editions.
    pub async fn serving(limits: Limits, editions: &[Named]) -> Self {
        Self::made(limits, editions, &[]).await
    }

    /// Behind web servers with these addresses.
    pub async fn behind(proxies: &[&str]) -> Self {
        Self::made(Limits::default(), &[], proxies).await
    }

    async fn made(limits: Limits, editions: &[Named], proxies: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = StorePlace::File(folder.path().join("tours.db"));
        let store = Store::open_or_make(&place).await.unwrap();
        store.add_user("anna", PASSWORD, Role::Planner).await.unwrap();
        store.add_user("vera", PASSWORD, Role::Viewer).await.unwrap();
        let by = By { user: "anna", now: 1 };
        store.put_tour("brindisi", &tour(), 0, by, What::PutTour, "").await.unwrap();
        let now = Arc::new(AtomicI64::new(1_132_000_000));
        let clock = Arc::clone(&now);
        let tours = Tours::new(store.clone()).with_clock(move || clock.load(Ordering::SeqCst));
        let tours = tours.behind(proxies.iter().map(|address| address.parse().unwrap()).collect());
        let atlas = Atlas::open(editions, Mode::Live, meta(), Some(pages())).unwrap().with_tours(tours);
        Self { router: router(atlas, limits), store, now, _folder: folder }
    }

    pub fn later(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    pub async fn login(&self, name: &str) -> Reader {
        let answer = self.attempt(name, PASSWORD).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        Reader { cookie, token: answer.json()["token"].as_str().unwrap().to_owned() }
    }

    pub async fn planner(&self) -> Reader {
        self.login("anna").await
    }

    pub async fn attempt(&self, name: &str, password: &str) -> Answer {
        let body = json!({ "name": name, "password": password });
        self.send(&Reader::default(), Method::POST, "/api/v1/session", &body).await
    }

    pub async fn get(&self, reader: &Reader, path: &str) -> Answer {
        ask(&self.router, request(reader, Method::GET, path).body(Body::empty()).unwrap()).await
    }

    pub async fn send(&self, reader: &Reader, method: Method, path: &str, body: &Value) -> Answer {
        let request = request(reader, method, path).header(CONTENT_TYPE, "application/json");
        ask(&self.router, request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub async fn put(&self, reader: &Reader, path: &str, body: &Value) -> Answer {
        self.send(reader, Method::PUT, path, body).await
    }

    pub async fn post(&self, reader: &Reader, path: &str, body: &Value) -> Answer {
        self.send(reader, Method::POST, path, body).await
    }

    pub async fn delete(&self, reader: &Reader, path: &str) -> Answer {
        ask(&self.router, request(reader, Method::DELETE, path).body(Body::empty()).unwrap()).await
    }

    /// Keeps a plan called `first` that is found, and answers it.
    pub async fn first_plan(&self, planner: &Reader) -> Value {
        let solved = self.post(planner, "/api/v1/tours/brindisi/solve", &json!({ "seconds": 2 })).await;
        assert_eq!(solved.status, 200, "{}", solved.text());
        let plan = solved.json()["plans"][0]["plan"].clone();
        let body = json!({ "revision": 0, "plan": plan });
        let kept = self.put(planner, "/api/v1/tours/brindisi/plans/first", &body).await;
        assert_eq!(kept.status, 200, "{}", kept.text());
        kept.json()
    }
}

pub fn request(reader: &Reader, method: Method, path: &str) -> axum::http::request::Builder {
    let mut request = Request::builder().method(method).uri(path).header(HOST, "127.0.0.1:8080");
    if !reader.cookie.is_empty() {
        request = request.header(COOKIE, &reader.cookie);
    }
    if !reader.token.is_empty() {
        request = request.header("X-Distretto-Token", &reader.token);
    }
    request
}

/// The code of a problem.
pub fn code(answer: &Answer) -> String {
    answer.json()["code"].as_str().unwrap_or_default().to_owned()
}

/// Three hosts near Brindisi, two days, one hotel.
pub fn tour() -> Tour {
    let host = |code: &str, kind: &str, lon: f64, lat: f64, hours: &str| {
        json!({ "code": code, "name": format!("Host {code}"), "kind": kind, "place": { "lon": lon, "lat": lat, "town": "Brindisi" },
                "phases": ["pressing"], "hours": hours, "minutes": 60, "languages": ["it"], "consent": true })
    };
    serde_json::from_value(json!({
        "title": "Puglia", "aim": "How oil is made",
        "hosts": [
            host("h1", "enterprise", 17.90, 40.60, "Mo-Fr 09:00-18:00"),
            host("h2", "institution", 17.95, 40.64, "Mo-Fr 09:00-18:00"),
            host("h3", "cultural_site", 17.80, 40.70, "We 14:00-16:00"),
        ],
        "delegation": { "delegates": [{ "code": "d1", "country": "AL", "languages": ["it"],
            "interests": [{ "subject": "phase", "name": "pressing" }] }] },
        "frame": {
            "time_zone": "Europe/Rome",
            "days": [
                { "date": "2005-11-15", "from": ["b"], "to": ["b"], "starts": "08:00:00", "ends": "19:00:00" },
                { "date": "2005-11-16", "to": ["b"], "starts": "08:00:00", "ends": "19:00:00" },
            ],
            "bases": [{ "code": "b", "name": "Hotel", "place": { "lon": 17.94, "lat": 40.63 }, "hotel": true }],
        },
    }))
    .unwrap()
}
