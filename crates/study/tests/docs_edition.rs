//! The list of files and columns in `docs/edition.md` is that of an edition. `DISTRETTO_BLESS=1` writes it anew.

#![allow(clippy::unwrap_used, reason = "tests")]

mod folder;

use std::fmt::Write;
use std::path::Path;

use arrow::datatypes::DataType;
use distretto_study::certainty::{self, Made};
use distretto_study::edition::table::Table;
use distretto_study::edition::tables;
use distretto_study::run;
use distretto_study::stopwatch::Stopwatch;
use folder::Folder;

const START: &str = "<!-- tables: made from the code -->";
const END: &str = "<!-- end of tables -->";

/// A study that has every table: flows, borders, jobs, another partition, a trace, certainty.
const STUDY: &[u8] = br#"
[zones]
path = "zones.csv"
[flows]
path = "flows.csv"
[borders]
path = "borders.geojson"
[jobs]
path = "jobs.csv"
[areas]
min_size = 10
target_size = 100
trace = true
[[compare]]
name = "Others"
path = "zones.csv"
columns = { zone = "code" }
[certainty]
replicates = 4
"#;

const BORDERS: &[u8] = br#"{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"code": "1"}, "geometry":
 {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}},
{"type": "Feature", "properties": {"code": "2"}, "geometry":
 {"type": "Polygon", "coordinates": [[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]}}]}"#;

fn edition() -> Vec<Table> {
    let folder = Folder::with(&[
        ("study.toml", STUDY),
        ("zones.csv", b"code,area\n1,x\n2,x\n"),
        ("flows.csv", b"origin,destination,flow\n1,1,90\n1,2,20\n2,2,80\n2,1,20\n"),
        ("borders.geojson", BORDERS),
        ("jobs.csv", b"zone,activity,size_class,employees,local_units\n1,13.1,1-9,60,20\n2,46.1,1-9,40,20\n"),
    ]);
    let mut results = run::run(folder.load().unwrap(), &mut Stopwatch::silent()).unwrap();
    let Made::All(sets) = certainty::replicates(&results, None, &mut ()).unwrap() else { unreachable!() };
    certainty::add(&mut results, sets).unwrap();
    tables::all(&results).unwrap()
}

fn kind(table: &Table, column: usize) -> &'static str {
    match table.batch.schema().field(column).data_type() {
        DataType::Int64 => "whole number",
        DataType::Float64 => "number",
        DataType::Boolean => "true or false",
        _ => "text",
    }
}

fn page(tables: &[Table]) -> String {
    let mut page = String::new();
    for table in tables {
        let _ =
            writeln!(page, "### `{}`\n\n{} Key: `{}`.\n", table.name, table.title, table.key.join("`, `"));
        page.push_str("| column | kind | meaning |\n|---|---|---|\n");
        for (column, meaning) in table.meanings.iter().enumerate() {
            let _ =
                writeln!(page, "| `{}` | {} | {} |", meaning.name, kind(table, column), meaning.description);
        }
        page.push('\n');
    }
    page
}

#[test]
fn the_columns_on_the_page_are_those_of_an_edition() {
    let tables = edition();
    assert!(tables.len() >= 25, "a study with everything has every table");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/edition.md");
    let found = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = found.split_once(START).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let expected = format!("{before}{START}\n\n{}{END}{after}", page(&tables));
    if std::env::var_os("DISTRETTO_BLESS").is_some() {
        std::fs::write(&path, &expected).unwrap();
        return;
    }
    assert!(found == expected, "docs/edition.md is stale: run the tests with DISTRETTO_BLESS=1");
}
