//! Published tables that tests compare with. They stand outside the project; a test without them says so.

use std::io::Read;
use std::path::PathBuf;

/// The folder of published tables: `DISTRETTO_DATA`, else `../shared/data` beside the project.
pub fn folder() -> PathBuf {
    std::env::var_os("DISTRETTO_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    )
}

/// The path of a published table, or `None` with a message on stderr where it is absent.
pub fn path(relative: &str) -> Option<PathBuf> {
    let path = folder().join(relative);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {relative} is not in {} (set DISTRETTO_DATA)", folder().display());
    None
}

/// The text of a published table, decompressed where its name ends in `.gz`.
pub fn text(relative: &str) -> Option<String> {
    let bytes = std::fs::read(path(relative)?).ok()?;
    let mut text = String::new();
    if std::path::Path::new(relative).extension().is_some_and(|extension| extension == "gz") {
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).ok()?;
    } else {
        text = String::from_utf8(bytes).ok()?;
    }
    Some(text)
}

/// The rows below the header of a published comma-separated table without quoted fields.
pub fn rows(relative: &str) -> Option<Vec<Vec<String>>> {
    let text = text(relative)?;
    Some(text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect())
}

/// A published flow table (`origin,destination,flow`) with its zones.
pub fn flows(relative: &str) -> Option<(distretto_territory::Zones, distretto_flows::FlowTable)> {
    let rows = rows(relative)?;
    let mut codes: Vec<String> = rows.iter().flat_map(|row| row[..2].to_vec()).collect();
    codes.sort_unstable();
    codes.dedup();
    let zones = distretto_territory::Zones::new(codes).ok()?;
    let rows: Option<Vec<distretto_flows::Row>> = rows
        .iter()
        .map(|row| {
            Some(distretto_flows::Row {
                origin: zones.index_of(&row[0])?,
                destination: zones.index_of(&row[1])?,
                amount: row[2].parse().ok()?,
            })
        })
        .collect();
    let flows = distretto_flows::FlowTable::from_rows(zones.len(), &rows?).ok()?;
    Some((zones, flows))
}
