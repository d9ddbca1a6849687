//! What a server of travel times answered, kept in a file: by its address and the coordinates asked about.

use std::collections::BTreeMap;
use std::path::Path;

use distretto_study::edition::files::{failed, whole_file};
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::travel::{Leg, Way};

/// A position as it stands in a question: longitude and latitude with six decimals.
pub(super) type Position = String;

/// Answers by address of the server and its profile, from and to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Kept(BTreeMap<(String, Position, Position), Way>);

const HEADER: [&str; 5] = ["server", "from", "to", "minutes", "metres"];

impl Kept {
    /// What is kept in a file; nothing where there is none yet.
    pub(super) fn load(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let wrong = |why: String, row: Option<u64>| {
            let fault = Fault::new(Code::WaysKept, "the travel times that were kept cannot be read")
                .in_file(path)
                .because(why)
                .hint("remove the file: what is needed will be asked for again");
            match row {
                Some(row) => fault.at_row(row),
                None => fault,
            }
        };
        let mut reader = csv::Reader::from_path(path).map_err(|error| wrong(error.to_string(), None))?;
        let header = reader.headers().map_err(|error| wrong(error.to_string(), Some(1)))?;
        if header.iter().ne(HEADER) {
            return Err(wrong(format!("its columns are not {}", HEADER.join(", ")), Some(1)));
        }
        let mut kept = Self::default();
        for (at, record) in reader.records().enumerate() {
            let row = at as u64 + 2;
            let record = record.map_err(|error| wrong(error.to_string(), Some(row)))?;
            let way = way(&record[3], &record[4])
                .ok_or_else(|| wrong("minutes or metres are not whole numbers".to_owned(), Some(row)))?;
            kept.0.insert((record[0].to_owned(), record[1].to_owned(), record[2].to_owned()), way);
        }
        Ok(kept)
    }

    /// Writes all that is kept, in the order of its keys, whole or not at all.
    pub(super) fn save(&self, path: &Path) -> Result<()> {
        let rows = || -> Result<Vec<u8>, csv::Error> {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(HEADER)?;
            for ((server, from, to), way) in &self.0 {
                let (minutes, metres) = match way {
                    Way::Leg(leg) => (leg.minutes.to_string(), leg.metres.map(|metres| metres.to_string())),
                    Way::NoRoute | Way::Unknown => (String::new(), None),
                };
                writer.write_record([server, from, to, &minutes, &metres.unwrap_or_default()])?;
            }
            writer.into_inner().map_err(|error| error.into_error().into())
        };
        let bytes = rows().map_err(|error| failed(path, &error))?;
        whole_file(path, |growing| std::fs::write(growing, &bytes).map_err(|error| failed(path, &error)))
    }

    /// What the server said of a way.
    pub(super) fn get(&self, server: &str, from: &Position, to: &Position) -> Option<Way> {
        self.0.get(&(server.to_owned(), from.clone(), to.clone())).copied()
    }

    /// Keeps what the server says.
    pub(super) fn set(&mut self, server: &str, from: &Position, to: &Position, way: Way) {
        self.0.insert((server.to_owned(), from.clone(), to.clone()), way);
    }
}

/// Empty minutes mean that there is no way.
fn way(minutes: &str, metres: &str) -> Option<Way> {
    if minutes.is_empty() {
        return metres.is_empty().then_some(Way::NoRoute);
    }
    let metres = if metres.is_empty() { None } else { Some(metres.parse().ok()?) };
    Some(Way::Leg(Leg { minutes: minutes.parse().ok()?, metres }))
}
