//! The checker shares no code with what makes plans: no file of it mentions it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot read what it needs must fail")]

use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn no_file_of_the_checker_mentions_the_solver_or_the_planning() {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check"), &mut found);
    assert!(found.len() > 20, "{found:?}");
    for path in found {
        let text = std::fs::read_to_string(&path).unwrap();
        for word in ["orienteering", "planning", "choosing", "reasons"] {
            assert!(!text.contains(word), "{} mentions {word}", path.display());
        }
    }
}
