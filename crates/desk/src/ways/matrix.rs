//! Travel times from a table with a row for each pair and direction.

use std::collections::BTreeMap;
use std::path::PathBuf;

use distretto_study::config::{Decimal, Texts};
use distretto_study::fault::{Code, Log, Result};
use distretto_study::tables::Folder;
use distretto_tours::Travel;
use distretto_tours::travel::{Leg, Way};

use super::Stop;
use crate::folder::rows::{Row, Shape, Sheet};

const SHAPE: Shape = Shape {
    section: "ways",
    needed: &["from", "to", "minutes"],
    optional: &["metres"],
    aliases: &[("from", &["origin"]), ("to", &["destination"]), ("metres", &["meters", "distance_m"])],
    personal: false,
    may_be_empty: false,
};
/// Longest way that is believed.
const MOST_MINUTES: f64 = 7.0 * 24.0 * 60.0;
const MOST_METRES: f64 = 40_000_000.0;

/// A table of ways: `from`, `to`, `minutes` and perhaps `metres`. Empty minutes mean that there is no way. Each direction has a row of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// The folder that paths are relative to.
    pub folder: PathBuf,
    /// The files.
    pub paths: Texts,
    /// What stands before decimals.
    pub decimal: Decimal,
}

impl Matrix {
    /// The ways between these places; rows about other places are read and left.
    pub(super) fn travel(&self, places: &[Stop], log: &mut Log) -> Result<Travel> {
        let folder = Folder::new(&self.folder);
        let sheet = Sheet { shape: SHAPE, folder: &folder, paths: self.paths.clone(), decimal: self.decimal };
        let codes = places.iter().map(|place| place.code.as_str());
        let mut travel = Travel::new(codes, format!("the table {}", self.paths.0.join(", ")));
        let mut seen: BTreeMap<(String, String), Way> = BTreeMap::new();
        sheet.read(log, |row| {
            let (from, to) = (row.needed("from")?, row.needed("to")?);
            let way = way(row)?;
            if let Some(before) = seen.insert((from.to_owned(), to.to_owned()), way)
                && before != way
            {
                let what = format!("the way from `{from}` to `{to}` stands twice with different values");
                return Err(row.fault(Code::WaysValue, "minutes", what));
            }
            if from != to {
                travel.set(from, to, way);
            }
            Ok(())
        })?;
        Ok(travel)
    }
}

fn way(row: &Row<'_>) -> Result<Way> {
    let Some(minutes) = row.decimal("minutes")? else { return Ok(Way::NoRoute) };
    let wrong = |column: &str, value: f64, code: Code| {
        row.fault(code, column, format!("`{column}` is {value}: a way cannot be so long"))
    };
    if !(0.0..=MOST_MINUTES).contains(&minutes) {
        return Err(wrong("minutes", minutes, Code::TourMinutes)
            .hint("empty minutes say that there is no way; no code such as -1 does"));
    }
    let metres = row.decimal("metres")?;
    if let Some(metres) = metres.filter(|metres| !(0.0..=MOST_METRES).contains(metres)) {
        return Err(wrong("metres", metres, Code::WaysValue));
    }
    Ok(Way::Leg(Leg { minutes: minutes.ceil() as u32, metres: metres.map(|metres| metres.round() as u32) }))
}
