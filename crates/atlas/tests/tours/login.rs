//! Who is let in.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{Method, Request};
use distretto_atlas::atlas::{Atlas, Mode};
use distretto_atlas::server::{Limits, openapi, router};
use distretto_desk::store::{IDLE, LONGEST};
use serde_json::{Value, json};

use crate::common::{Answer, ask, get, meta, pages};
use crate::desk::{Desk, PASSWORD, Reader, code, request};

#[tokio::test]
async fn without_a_store_every_address_says_how_to_have_one() {
    let atlas = Atlas::open(&[], Mode::Live, meta(), Some(pages())).unwrap();
    let router = router(atlas, Limits::default());
    for path in ["session", "tours", "tours/brindisi", "tours/brindisi/plans/first", "shares/abc"] {
        let answer = get(&router, &format!("/api/v1/{path}")).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (404, "D1070"), "{path}");
        assert!(
            answer.json()["hint"]
                .as_str()
                .unwrap()
                .contains("`--tours tours.db`; `distretto tour store put`"),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert_eq!(get(&router, "/tours/").await.status, 404);
    assert_eq!(code(&get(&router, "/tours/share/abc").await), "D1070");
    assert!(!get(&router, "/").await.text().contains("data-tours"));
}

#[tokio::test]
async fn the_right_password_begins_a_session_and_logout_ends_it() {
    let desk = Desk::open().await;
    let nobody = desk.get(&Reader::default(), "/api/v1/session").await;
    assert_eq!(nobody.json(), json!({ "user": null, "token": null, "expires": null }));
    let answer = desk.attempt("anna", PASSWORD).await;
    assert_eq!(answer.json()["user"], json!({ "name": "anna", "role": "planner" }));
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("distretto_session="), "{cookie}");
    assert!(
        cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Strict") && cookie.contains("; Path=/;")
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    let anna = desk.login("anna").await;
    assert!(!anna.cookie.contains(&anna.token), "the token does not lead to the session");
    let session = desk.get(&anna, "/api/v1/session").await.json();
    assert_eq!(session["token"].as_str(), Some(anna.token.as_str()));
    assert_eq!(desk.get(&anna, "/api/v1/tours").await.status, 200);
    let without = Reader { token: String::new(), ..anna.clone() };
    assert_eq!(code(&desk.delete(&without, "/api/v1/session").await), "D1074", "nobody else logs her out");
    let out = desk.delete(&anna, "/api/v1/session").await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(code(&desk.get(&anna, "/api/v1/tours").await), "D1071");
    assert_eq!(desk.delete(&anna, "/api/v1/session").await.status, 204, "once more does no harm");
}

#[tokio::test]
async fn a_cookie_is_secure_wherever_others_are_between() {
    let desk = Desk::open().await;
    let login = async |host: &str, origin: Option<&str>| -> Answer {
        let mut request =
            Request::post("/api/v1/session").header(HOST, host).header(CONTENT_TYPE, "application/json");
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin).header("sec-fetch-site", "same-origin");
        }
        let body = json!({ "name": "anna", "password": PASSWORD }).to_string();
        ask(&desk.router, request.body(Body::from(body)).unwrap()).await
    };
    for (host, origin, secure) in [
        ("127.0.0.1:8080", None, false),
        ("localhost:8080", Some("http://localhost:8080"), false),
        ("[::1]:8080", Some("http://[::1]:8080"), false),
        ("tours.example.org", None, true),
        ("tours.example.org", Some("https://tours.example.org"), true),
        ("127.0.0.1:8080", Some("https://tours.example.org"), true),
    ] {
        let answer = login(host, origin).await;
        assert_eq!(answer.status, 200, "{host}");
        let cookie = answer.header("set-cookie");
        assert_eq!(cookie.contains("; Secure"), secure, "{host} {origin:?}");
        let name = if secure { "__Host-distretto_session=" } else { "distretto_session=" };
        assert!(cookie.starts_with(name), "{cookie}");
    }
    let open = login("192.0.2.1:8080", Some("http://192.0.2.1:8080")).await;
    assert_eq!((open.status.as_u16(), code(&open).as_str()), (403, "D1078"));
}

#[tokio::test]
async fn who_is_wrong_waits_longer_each_time() {
    let desk = Desk::open().await;
    let mut texts = Vec::new();
    for (name, password) in [("anna", "wrong"), ("nobody", PASSWORD), ("anna", ""), ("anna", "wrong again")] {
        let answer = desk.attempt(name, password).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (401, "D1072"));
        texts.push(answer.text());
    }
    assert!(texts.iter().all(|text| *text == texts[0]), "a name that is not there is told alike");
    assert_eq!(desk.attempt("anna", "wrong").await.status, 401);
    let wait = desk.attempt("anna", PASSWORD).await;
    assert_eq!((wait.status.as_u16(), code(&wait).as_str(), wait.header("retry-after")), (429, "D1075", "2"));
    assert_eq!(desk.attempt("vera", PASSWORD).await.status, 200, "others do not wait");
    desk.later(2);
    assert_eq!(desk.attempt("anna", PASSWORD).await.status, 200);
    assert_eq!(desk.attempt("anna", "wrong").await.status, 401, "after a success the count begins again");
}

#[tokio::test]
async fn a_name_that_nobody_can_have_is_wrong_and_not_counted() {
    let desk = Desk::open().await;
    for guess in 0..40 {
        let name = format!("anna{}", "\u{0}".repeat(guess + 1));
        let answer = desk.attempt(&name, PASSWORD).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (401, "D1072"), "{guess}");
    }
    assert_eq!(desk.attempt("anna", PASSWORD).await.status, 200);
}

/// A login that comes from an address, with what a web server between says of it.
async fn from(desk: &Desk, address: &str, forwarded: Option<&str>, name: &str, password: &str) -> u16 {
    let peer = distretto_atlas::server::tours::Peer(address.parse().unwrap());
    let mut request = request(&Reader::default(), Method::POST, "/api/v1/session")
        .header(CONTENT_TYPE, "application/json")
        .extension(peer);
    if let Some(forwarded) = forwarded {
        request = request.header("x-forwarded-for", forwarded);
    }
    let body = json!({ "name": name, "password": password }).to_string();
    ask(&desk.router, request.body(Body::from(body)).unwrap()).await.status.as_u16()
}

#[tokio::test]
async fn who_shares_an_address_with_a_web_server_is_not_kept_out_by_others() {
    let desk = Desk::behind(&["192.0.2.80"]).await;
    for guess in 0..30 {
        assert_eq!(from(&desk, "127.0.0.1", None, &format!("user{guess}"), "wrong").await, 401);
        assert_eq!(from(&desk, "192.0.2.80", None, &format!("other{guess}"), "wrong").await, 401);
    }
    assert_eq!(from(&desk, "127.0.0.1", None, "anna", PASSWORD).await, 200);
    // Whom the server names is counted; what that one has claimed before is not believed.
    let guesses = async |forwarded: fn(u32) -> String, name: &str| {
        let mut refused = 0;
        for guess in 0..30 {
            let name = format!("{name}{guess}");
            let status = from(&desk, "192.0.2.80", Some(&forwarded(guess)), &name, "wrong").await;
            refused += u32::from(status == 429);
        }
        refused
    };
    assert!(guesses(|guess| format!("10.0.0.{guess}, 203.0.113.5"), "third").await > 0);
    assert_eq!(guesses(|guess| format!("203.0.113.5, 10.0.0.{guess}"), "fourth").await, 0);
    // Without such a server nobody is asked whom they speak for.
    let direct = async |guess: u32| {
        from(&desk, "198.51.100.1", Some(&format!("10.0.1.{guess}")), &format!("fifth{guess}"), "wrong").await
    };
    let mut refused = 0;
    for guess in 0..30 {
        refused += u32::from(direct(guess).await == 429);
    }
    assert!(refused > 0);
}

#[tokio::test]
async fn strangers_do_not_keep_a_user_out() {
    let desk = Desk::open().await;
    assert_eq!(from(&desk, "198.51.100.1", None, "anna", PASSWORD).await, 200);
    for stranger in 0..60 {
        from(&desk, &format!("203.0.113.{stranger}"), None, "anna", "wrong").await;
    }
    assert_eq!(from(&desk, "203.0.113.99", None, "anna", "wrong").await, 429);
    assert_eq!(from(&desk, "198.51.100.1", None, "anna", PASSWORD).await, 200);
}

#[tokio::test]
async fn a_new_login_ends_the_old_session() {
    let desk = Desk::open().await;
    let anna = desk.login("anna").await;
    let elsewhere = desk.login("anna").await;
    let reader = Reader { token: String::new(), ..anna.clone() };
    let body = json!({ "name": "vera", "password": PASSWORD });
    assert_eq!(desk.post(&reader, "/api/v1/session", &body).await.status, 200);
    assert_eq!(code(&desk.get(&anna, "/api/v1/tours").await), "D1071");
    assert_eq!(desk.get(&elsewhere, "/api/v1/tours").await.status, 200);
}

#[tokio::test]
async fn a_session_ends_by_itself() {
    let desk = Desk::open().await;
    let anna = desk.login("anna").await;
    desk.later(IDLE - 1);
    assert_eq!(desk.get(&anna, "/api/v1/tours").await.status, 200);
    desk.later(IDLE);
    assert_eq!(code(&desk.get(&anna, "/api/v1/tours").await), "D1071");
    assert_eq!(desk.get(&anna, "/api/v1/session").await.json()["user"], Value::Null);
    let anna = desk.login("anna").await;
    for _ in 0..LONGEST / (IDLE - 100) {
        desk.later(IDLE - 100);
        assert_eq!(desk.get(&anna, "/api/v1/tours").await.status, 200);
    }
    desk.later(IDLE - 100);
    assert_eq!(desk.get(&anna, "/api/v1/tours").await.status, 401);
}

/// What can be asked, with the places of addresses filled in: method, address, whether anybody may.
fn operations() -> Vec<(Method, String, bool)> {
    let api: Value = serde_json::from_str(&openapi::text("0")).unwrap();
    let mut operations = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["tags"] != json!(["tours"]) {
                continue;
            }
            let path = path
                .replace("{tour}", "brindisi")
                .replace("{host}", "h1")
                .replace("{plan}", "first")
                .replace("{delegate}", "d1")
                .replace("{share}", "abc")
                .replace("{token}", "abc");
            let anybody = operation.get("security").is_none();
            operations.push((Method::from_bytes(method.to_uppercase().as_bytes()).unwrap(), path, anybody));
        }
    }
    operations
}

#[tokio::test]
async fn nobody_sees_or_changes_anything() {
    let desk = Desk::open().await;
    let stranger =
        Reader { cookie: format!("distretto_session={}", "ab".repeat(32)), token: "ab".repeat(32) };
    let operations = operations();
    assert!(operations.len() > 25);
    for (method, path, anybody) in operations {
        if anybody || path == "/api/v1/session" {
            continue;
        }
        for reader in [&Reader::default(), &stranger] {
            let answer = desk.send(reader, method.clone(), &path, &json!({})).await;
            assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (401, "D1071"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn every_change_needs_the_token_and_these_pages() {
    let desk = Desk::open().await;
    let anna = desk.login("anna").await;
    let other = desk.login("anna").await;
    for (method, path, anybody) in operations() {
        if method == Method::GET || anybody {
            continue;
        }
        for token in ["", "ab", &other.token] {
            let reader = Reader { token: token.to_owned(), ..anna.clone() };
            let answer = desk.send(&reader, method.clone(), &path, &json!({})).await;
            assert_eq!(
                (answer.status.as_u16(), code(&answer).as_str()),
                (403, "D1074"),
                "{method} {path} {token}"
            );
        }
        for (name, value) in [("origin", "https://evil.example.org"), ("sec-fetch-site", "cross-site")] {
            let request = request(&anna, method.clone(), &path).header(name, value);
            let request = request.header(CONTENT_TYPE, "application/json").body(Body::from("{}")).unwrap();
            assert_eq!(code(&ask(&desk.router, request).await), "D1074", "{method} {path} {name}");
        }
    }
    // A login from elsewhere could make somebody work in a stranger's name.
    let body = json!({ "name": "anna", "password": PASSWORD }).to_string();
    let foreign = request(&Reader::default(), Method::POST, "/api/v1/session")
        .header(ORIGIN, "https://evil.example.org");
    let foreign = foreign.header(CONTENT_TYPE, "application/json").body(Body::from(body.clone())).unwrap();
    assert_eq!(code(&ask(&desk.router, foreign).await), "D1074");
    // A form of another site cannot send JSON.
    let form =
        request(&Reader::default(), Method::POST, "/api/v1/session").header(CONTENT_TYPE, "text/plain");
    assert_eq!(ask(&desk.router, form.body(Body::from(body)).unwrap()).await.status, 415);
}

#[tokio::test]
async fn a_viewer_reads_and_tries_and_changes_nothing() {
    let desk = Desk::open().await;
    let (anna, vera) = (desk.login("anna").await, desk.login("vera").await);
    desk.first_plan(&anna).await;
    for path in
        ["", "/brindisi", "/brindisi/worth", "/brindisi/plans/first", "/brindisi/plans/first/book.html"]
    {
        assert_eq!(desk.get(&vera, &format!("/api/v1/tours{path}")).await.status, 200, "{path}");
    }
    let tried = desk.post(&vera, "/api/v1/tours/brindisi/try", &json!({ "days": [] })).await;
    assert_eq!(tried.status, 200, "{}", tried.text());
    for path in ["log", "personal", "shares", "plans/first/book.html?contacts=true"] {
        let answer = desk.get(&vera, &format!("/api/v1/tours/brindisi/{path}")).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (403, "D1073"), "{path}");
    }
    let before = desk.store.events("brindisi", 100).await.unwrap();
    for (method, path, _) in operations() {
        let tries = ["/try", "/solve", "/replan", "/reasons", "/session"];
        if method == Method::GET || tries.iter().any(|end| path.ends_with(end)) {
            continue;
        }
        let answer = desk.send(&vera, method.clone(), &path, &json!({})).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (403, "D1073"), "{method} {path}");
    }
    assert_eq!(desk.store.events("brindisi", 100).await.unwrap(), before);
}
