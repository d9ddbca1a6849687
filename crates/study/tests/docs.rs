//! Pages of the documentation that are made from the code are fresh. `DISTRETTO_BLESS=1` writes them anew.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use distretto_study::config;
use distretto_study::fault::catalogue;

const START: &str = "<!-- keys: made from the code -->";
const END: &str = "<!-- end of keys -->";

fn fresh(name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    if std::env::var_os("DISTRETTO_BLESS").is_some() {
        std::fs::write(&path, expected).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "docs/{name} is stale: run the tests with DISTRETTO_BLESS=1");
}

#[test]
fn the_page_of_errors_is_the_catalogue() {
    fresh("errors.md", &catalogue::page());
}

#[test]
fn the_schema_is_that_of_the_code() {
    let schema = serde_json::to_string_pretty(&config::schema()).unwrap();
    fresh("study.schema.json", &format!("{schema}\n"));
}

#[test]
fn the_list_of_keys_is_that_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/study.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (before, rest) = page.split_once(START).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    fresh("study.md", &format!("{before}{START}\n\n{}\n{END}{after}", config::reference()));
}

#[test]
fn the_examples_on_the_page_are_studies() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/study.md");
    let page = std::fs::read_to_string(path).unwrap();
    let examples: Vec<&str> = page
        .split("```toml\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("```"))
        .map(|(example, _)| example)
        .collect();
    assert!(examples.len() >= 5);
    for example in examples {
        config::Config::parse(example, "docs/study.md")
            .unwrap_or_else(|fault| panic!("{fault}\n\n{example}"));
    }
}
