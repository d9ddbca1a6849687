//! Runs an example and reads the tables of its edition.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use distretto_testkit::data;
use tempfile::TempDir;

/// Where the studies look for their tables.
const DATA: &str = "../data";

/// An edition in a folder that lives as long as this.
pub struct Edition {
    folder: TempDir,
}

/// A row of a table: column to text.
pub type Row = BTreeMap<String, String>;

/// Runs `examples/<example>` with the replacements of `edits`; `None` without published tables.
pub fn run(example: &str, edits: &[(&str, &str)]) -> Option<Edition> {
    run_with(example, edits, &[])
}

/// The same with files, by name and text, beside the study.
pub fn run_with(example: &str, edits: &[(&str, &str)], beside: &[(&str, &str)]) -> Option<Edition> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(example);
    let mut text =
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    for (old, new) in edits {
        assert!(text.contains(old), "{example} has no `{old}`");
        text = text.replace(old, new);
    }
    let table = text.split(&format!("path = \"{DATA}/")).nth(1).expect("a table of the data folder");
    let wanted = table.split('/').next().unwrap();
    data::path(wanted)?;
    let root = std::fs::canonicalize(data::folder()).unwrap();
    let folder = TempDir::new().unwrap();
    let study = folder.path().join("study.toml");
    std::fs::write(&study, text.replace(DATA, root.to_str().unwrap())).unwrap();
    for (name, text) in beside {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let out = Command::new(env!("CARGO_BIN_EXE_distretto"))
        .arg("run")
        .arg(&study)
        .arg("--out")
        .arg(folder.path().join("edition"))
        .output()
        .unwrap();
    assert!(out.status.success(), "{example}: {}", String::from_utf8_lossy(&out.stderr));
    Some(Edition { folder })
}

impl Edition {
    fn path(&self, table: &str) -> PathBuf {
        self.folder.path().join("edition").join(table).with_extension("csv")
    }

    /// A table of the edition.
    pub fn table(&self, table: &str) -> Vec<Row> {
        rows(&std::fs::read_to_string(self.path(table)).unwrap())
    }

    /// A table of the edition by its first column.
    pub fn by_key(&self, table: &str, key: &str) -> BTreeMap<String, Row> {
        self.table(table).into_iter().map(|row| (row[key].clone(), row)).collect()
    }

    /// Zone code to area code.
    pub fn partition(&self) -> BTreeMap<String, String> {
        self.table("zones").into_iter().map(|row| (row["zone"].clone(), row["area"].clone())).collect()
    }

    /// Figure to value of the first comparison, for `final` or `before_tuning` areas.
    pub fn comparison(&self, areas: &str) -> BTreeMap<String, f64> {
        let rows = self.table("comparison").into_iter().filter(|row| row["areas"] == areas);
        rows.map(|row| (row["figure"].clone(), number(&row, "value"))).collect()
    }
}

/// A number of a row.
pub fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("`{}` in {column} is no number: {row:?}", row[column]))
}

/// A published table by column, with or without quotes.
pub fn published(relative: &str) -> Option<Vec<Row>> {
    data::text(relative).map(|text| rows(&text))
}

fn rows(text: &str) -> Vec<Row> {
    let mut lines = text.lines();
    let header = fields(lines.next().unwrap_or_default());
    lines.map(|line| header.iter().cloned().zip(fields(line)).collect()).collect()
}

/// Fields of a line; quotes may enclose commas.
fn fields(line: &str) -> Vec<String> {
    let (mut all, mut field, mut quoted) = (Vec::new(), String::new(), false);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(std::mem::take(&mut field)),
            other => field.push(other),
        }
    }
    all.push(field);
    all
}
