//! The road book of the made tour, written to standard output.
//!
//! `cargo run -p distretto-roadbook --example made_tour -- html en personal`: what (`html`, `ics`, `gpx`, `json`, `csv`, `geo`), the language (`en`, `it`), and `personal` or nothing.

mod tour;

use std::error::Error;
use std::io::Write as _;

use distretto_roadbook::{Words, csv, geo, gpx, html, ics, json};

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let word = |at: usize, usual: &'static str| given.get(at).map_or(usual, String::as_str).to_owned();
    let words = Words::built_in(&word(1, "en")).ok_or("no such language")?;
    let made = tour::made();
    let book = made.book(&words, word(2, "") == "personal");
    let text = match word(0, "html").as_str() {
        "html" => html(&book)?,
        "ics" => ics(&book)?,
        "gpx" => gpx(&book)?,
        "json" => json(&book)?,
        "csv" => csv(&book)?,
        "geo" => format!("{:#?}", geo(&book)?),
        other => return Err(format!("no such output: {other}").into()),
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
