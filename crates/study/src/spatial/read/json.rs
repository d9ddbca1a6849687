//! Text of a JSON file, compressed or not, and which of the two formats it is.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::Deserialize;

use super::super::error::{Problem, SpatialError};
use super::{Raw, Source, geojson, topojson};

/// The name and the reference system of a JSON file: everything else is skipped.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type")]
    kind: String,
    crs: Option<serde_json::Value>,
}

pub(super) fn read(source: &Source<'_>) -> Result<Raw, SpatialError> {
    let bytes = contents(source.path)?;
    let head: Head =
        serde_json::from_slice(&bytes).map_err(|error| Problem::malformed("GeoJSON or TopoJSON", error))?;
    let mut raw = match head.kind.as_str() {
        "Topology" => topojson::read(&bytes, source)?,
        "FeatureCollection" | "Feature" => geojson::read(&bytes, source)?,
        other => {
            let why = format!("its type is `{other}`, not FeatureCollection or Topology");
            return Err(Problem::malformed("GeoJSON or TopoJSON", why).into());
        }
    };
    if let Some(crs) = head.crs.as_ref().and_then(|crs| crs.pointer("/properties/name")?.as_str()) {
        raw.crs = Some(super::CrsText::Text(crs.to_owned()));
    }
    Ok(raw)
}

/// The bytes of a file, decompressed by what they are (gzip, Zstandard), not by its name.
fn contents(path: &Path) -> Result<Vec<u8>, Problem> {
    let unreadable = |error: std::io::Error| Problem::Unreadable(error.to_string());
    let mut bytes = Vec::new();
    File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(unreadable)?;
    let mut plain = Vec::new();
    match bytes.as_slice() {
        [0x1f, 0x8b, ..] => flate2::read::MultiGzDecoder::new(bytes.as_slice())
            .read_to_end(&mut plain)
            .map_err(|error| Problem::malformed("gzip", error))?,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => zstd::Decoder::new(bytes.as_slice())
            .and_then(|mut decoder| decoder.read_to_end(&mut plain))
            .map_err(|error| Problem::malformed("Zstandard", error))?,
        _ => return Ok(without_mark(bytes)),
    };
    Ok(without_mark(plain))
}

/// Without the byte order mark some programs put in front.
fn without_mark(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    bytes
}
