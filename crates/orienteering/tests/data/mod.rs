//! Published instances. They stand outside the project; a test without them says so.
//!
//! The same folder as in the kit of the other crates' tests, which would bring the tables' libraries into the build of this one and of
//! its benchmarks.

use std::path::PathBuf;

use distretto_orienteering::toptw::{self, Instance};

/// A text of the folder `toptw`, or `None` with a message on stderr where it is absent.
pub fn text(relative: &str) -> Option<String> {
    let folder = std::env::var_os("DISTRETTO_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let path = folder.join("toptw").join(relative);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("skipped: {} is not there (set DISTRETTO_DATA)", path.display());
    }
    text
}

pub fn instance(name: &str) -> Option<Instance> {
    let text = text(&format!("instances/{name}.txt"))?;
    Some(toptw::read(&text, None).expect("published instances can be read"))
}

/// The best known profit by instance and number of routes.
pub fn best_known() -> Option<Vec<(String, usize, i64)>> {
    let text = text("best_known_toptw.csv")?;
    let row = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        (fields[0].to_owned(), fields[1].parse().expect("a number"), fields[2].parse().expect("a number"))
    };
    Some(text.lines().skip(1).map(row).collect())
}
