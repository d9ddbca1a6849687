//! Travel times from a table with a row for each pair and direction.

use std::path::PathBuf;

use distretto_roadbook::Words;
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
    /// Where the times come from, for the reader of a plan.
    pub(super) fn in_words(&self, words: &Words) -> String {
        words.say("ways.matrix", &[("files", &self.paths.0.join(", "))])
    }

    /// The ways between these places; rows about other places are read and left.
    pub(super) fn travel(&self, places: &[Stop], log: &mut Log) -> Result<Travel> {
        let folder = Folder::new(&self.folder);
        let sheet = Sheet { shape: SHAPE, folder: &folder, paths: self.paths.clone(), decimal: self.decimal };
        let codes = places.iter().map(|place| place.code.as_str());
        let mut travel = Travel::new(codes, self.in_words(&Words::english()));
        sheet.read(log, |row| {
            let (from, to) = (row.needed("from")?, row.needed("to")?);
            let way = way(row)?;
            if from == to {
                return Ok(());
            }
            // A row always says something: what is known already has had one.
            let before = travel.way(from, to);
            if before != Way::Unknown && before != way {
                let what = format!("the way from `{from}` to `{to}` stands twice with different values");
                return Err(row.fault(Code::WaysValue, "minutes", what));
            }
            travel.set(from, to, way);
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
