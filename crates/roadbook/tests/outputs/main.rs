//! Every output of the made tour, read back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "../../examples/made_tour/tour.rs"]
mod tour;

mod calendar;
mod hostile;
mod privacy;
mod programme;
mod route;
mod tables;
mod words;

use distretto_roadbook::{Book, csv, geo, gpx, html, ics, json};

/// All outputs, with what they are.
fn all(book: &Book<'_>) -> Vec<(&'static str, String)> {
    vec![
        ("html", html(book).unwrap()),
        ("ics", ics(book).unwrap()),
        ("gpx", gpx(book).unwrap()),
        ("geo", serde_json::to_string(&geo(book).unwrap()).unwrap()),
        ("json", json(book).unwrap()),
        ("csv", csv(book).unwrap()),
    ]
}

/// Rows of a table as RFC 4180 writes it.
fn rows(table: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = table.chars().peekable();
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                row.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {
                chars.next();
                rows.push(vec![String::new()]);
            }
            _ => row.last_mut().unwrap().push(c),
        }
    }
    assert_eq!(rows.pop().unwrap(), [""], "the last line ends");
    rows
}
