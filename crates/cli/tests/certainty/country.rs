//! A small made country, and looks at what a command wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::command::{distretto, ok};

pub struct Country(TempDir);

impl Country {
    /// A made country of 150 zones in `world/`, little enough of it that areas are unsure.
    pub fn made() -> Self {
        let country = Self(TempDir::new().unwrap());
        let size = ["--zones", "150", "--seed", "5", "--noise", "0.4", "--scale", "0.3"];
        ok(country.at(), &[&["world"], &size[..], &["--no-register", "--quiet"]].concat());
        country
    }

    /// A folder with this table of flows, `flows.csv`.
    pub fn of_flows(flows: &str) -> Self {
        let country = Self(TempDir::new().unwrap());
        country.write("flows.csv", flows);
        country
    }

    pub fn at(&self) -> &Path {
        self.0.path()
    }

    pub fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.at().join(file)).unwrap()
    }

    pub fn write(&self, file: &str, text: &str) {
        std::fs::write(self.at().join(file), text).unwrap();
    }

    /// The study with changes, as another file beside it.
    pub fn study(&self, name: &str, change: impl FnOnce(String) -> String) {
        self.write(&format!("world/{name}"), &change(self.read("world/study.toml")));
    }

    /// The study with this behind it.
    pub fn study_with(&self, name: &str, keys: &str) {
        self.study(name, |study| format!("{study}\n{keys}"));
    }

    /// `distretto certainty` with these arguments, separated by spaces.
    pub fn certainty(&self, args: &str) -> Output {
        distretto(self.at(), &words("certainty", args))
    }

    /// The same, which succeeds: standard output and standard error.
    pub fn sure(&self, args: &str) -> (String, String) {
        let output = self.certainty(args);
        let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
        assert!(output.status.success(), "{args}: {err}");
        (out, err)
    }

    /// The same, which is refused with this exit code, one message and nothing written.
    pub fn refused(&self, exit: i32, code: &str, args: &str) -> String {
        let before = everything(self.at());
        let output = self.certainty(args);
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(exit), "{args}: {err}");
        assert!(output.stdout.is_empty(), "{args}");
        assert!(err.contains(&format!("[{code}]")), "{args}: {err}");
        assert_eq!(err.lines().filter(|line| line.starts_with("error:")).count(), 1, "{args}: {err}");
        assert!(before == everything(self.at()), "{args} wrote something");
        err
    }

    /// A column of a comma-separated table.
    pub fn column(&self, table: &str, name: &str) -> Vec<String> {
        let text = self.read(table);
        let mut lines = text.lines();
        let at = lines.next().unwrap().split(',').position(|header| header == name).unwrap();
        lines.map(|line| fields(line)[at].clone()).collect()
    }

    pub fn numbers(&self, table: &str, name: &str) -> Vec<f64> {
        self.column(table, name).iter().map(|value| value.parse().unwrap()).collect()
    }
}

fn words<'a>(command: &'a str, args: &'a str) -> Vec<&'a str> {
    std::iter::once(command).chain(args.split_whitespace()).collect()
}

/// The fields of a line; a quoted one may hold commas.
fn fields(line: &str) -> Vec<String> {
    let mut quoted = false;
    let unquoted = line.split(|c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    unquoted.map(|field| field.trim_matches('"').to_owned()).collect()
}

/// Every file beneath a folder, with its bytes.
pub fn everything(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            files.insert(format!("{name}/"), Vec::new());
            let inside = everything(&path);
            files.extend(inside.into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
    files
}

/// What an edition says: every file but that of the timings.
pub fn edition(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = everything(folder);
    assert!(files.remove("timings.json").is_some(), "{}", folder.display());
    files
}

pub fn names(folder: &Path) -> BTreeSet<String> {
    everything(folder).into_keys().collect()
}

#[track_caller]
pub fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert!(one.keys().eq(other.keys()));
    let differing: Vec<&String> = one.keys().filter(|&name| one[name] != other[name]).collect();
    assert!(differing.is_empty(), "{differing:?}");
}

/// No text says NaN or infinity.
#[track_caller]
pub fn assert_numbers(folder: &Path) {
    for (name, bytes) in everything(folder) {
        if matches!(name.rsplit('.').next(), Some("csv" | "json")) {
            let text = String::from_utf8(bytes).unwrap().to_lowercase();
            let words = || text.split(|c: char| !c.is_alphanumeric());
            for strange in ["nan", "inf", "infinity"] {
                assert!(!words().any(|word| word == strange), "{name} has {strange}");
            }
        }
    }
}
