//! From the keys of `tour.toml` to where travel times come from.

use std::path::{Path, PathBuf};
use std::time::Duration;

use distretto_study::fault::{Code, Fault, Result};

use super::file::{TourFile, WaysKey, WaysKeys};
use super::numbers::within;
use super::write::ways_keys;
use crate::ways::{Matrix, Roads, Server, Ways};

/// Where travel times come from; paths are joined to the folder.
pub(super) fn ways(file: &TourFile, folder: &Path) -> Result<Ways> {
    let keys = &file.ways;
    only_own(keys)?;
    match keys.source {
        WaysKey::Coordinates => Ok(Ways::Coordinates(roads(keys)?)),
        WaysKey::Matrix => {
            let path = keys
                .path
                .clone()
                .ok_or_else(|| lacks("path", "the table with `from`, `to` and `minutes`"))?;
            Ok(Ways::Matrix(Matrix {
                folder: folder.to_path_buf(),
                paths: path,
                decimal: file.tables.decimal,
            }))
        }
        WaysKey::Osrm => {
            let url = keys.url.clone().ok_or_else(|| lacks("url", "such as \"http://localhost:5000\""))?;
            let profile = keys.profile.clone().unwrap_or_else(|| "driving".to_owned());
            let block =
                keys.block.map_or(Ok(100), |block| within(Code::TourValue, "block", block, 2, 10_000))?;
            let seconds = keys
                .timeout
                .map_or(Ok(30), |timeout| within(Code::TourValue, "timeout", timeout, 1, 3600))?;
            Ok(Ways::Server(Server {
                url: address(&url)?,
                profile: plain(profile)?,
                block: block as usize,
                timeout: Duration::from_secs(u64::from(seconds)),
                keep: keys.keep.as_ref().map(|keep| folder.join(keep)),
            }))
        }
    }
}

/// The section `[ways]` as JSON. Tables stand in it without the folder that they are relative to; where answers were kept does not.
pub(crate) fn ways_to_json(ways: &Ways) -> Result<String> {
    let mut ways = ways.clone();
    match &mut ways {
        Ways::Coordinates(_) => {}
        Ways::Matrix(matrix) => matrix.folder = PathBuf::new(),
        Ways::Server(server) => server.keep = None,
    }
    let keys = ways_keys(&ways, Path::new(""));
    serde_json::to_string(&keys).map_err(|error| Fault::new(Code::Internal, error.to_string()))
}

/// The ways of [`ways_to_json`].
pub(crate) fn ways_from_json(text: &str) -> Result<Ways> {
    let keys = serde_json::from_str(text).map_err(|error| {
        Fault::new(Code::StoreDamaged, "where travel times come from cannot be read")
            .because(error.to_string())
    })?;
    ways(&TourFile { ways: keys, ..TourFile::default() }, Path::new(""))
}

fn lacks(key: &str, what: &str) -> Box<Fault> {
    Fault::new(Code::TourIncomplete, format!("[ways] has no `{key}`"))
        .in_column("[ways]")
        .hint(format!("give {what}"))
}

/// Refuses keys of another source: they would be ignored, and whoever wrote them meant something by them.
fn only_own(keys: &WaysKeys) -> Result<()> {
    use WaysKey::{Coordinates, Matrix, Osrm};
    let given = [
        ("factor", keys.factor.is_some(), Coordinates),
        ("bands", keys.bands.is_some(), Coordinates),
        ("path", keys.path.is_some(), Matrix),
        ("url", keys.url.is_some(), Osrm),
        ("profile", keys.profile.is_some(), Osrm),
        ("block", keys.block.is_some(), Osrm),
        ("timeout", keys.timeout.is_some(), Osrm),
        ("keep", keys.keep.is_some(), Osrm),
    ];
    let word = |source: WaysKey| match source {
        Coordinates => "coordinates",
        Matrix => "matrix",
        Osrm => "osrm",
    };
    match given.iter().find(|(_, is_given, of)| *is_given && *of != keys.source) {
        None => Ok(()),
        Some((key, _, of)) => {
            Err(Fault::new(Code::TourValue, format!("`{key}` belongs to `source = \"{}\"`", word(*of)))
                .in_column("[ways]")
                .because(format!("the source is `{}`", word(keys.source))))
        }
    }
}

fn roads(keys: &WaysKeys) -> Result<Roads> {
    let mut roads = Roads::default();
    let wrong = |what: String| Err(Fault::new(Code::TourValue, what).in_column("[ways]"));
    if let Some(factor) = keys.factor {
        if !(1.0..=10.0).contains(&factor) {
            return wrong(format!(
                "`factor = {factor}`: a road is from 1 to 10 times as long as the straight line"
            ));
        }
        roads.factor = factor;
    }
    let Some(bands) = &keys.bands else { return Ok(roads) };
    let (Some(last), others) = (bands.last(), &bands[..bands.len().saturating_sub(1)]) else {
        return wrong("`bands` is empty".to_owned());
    };
    if let Some(band) = bands.iter().find(|band| !(1.0..=200.0).contains(&band.speed)) {
        return wrong(format!("`speed = {}`: speeds are from 1 to 200 km/h", band.speed));
    }
    if last.upto.is_some() {
        return wrong("the last of `bands` has no `upto`: it is meant for all that is left".to_owned());
    }
    let mut ends = 0.0;
    roads.bands.clear();
    for band in others {
        match band.upto {
            Some(upto) if upto > ends && upto <= 100_000.0 => {
                ends = upto;
                roads.bands.push((upto, band.speed));
            }
            _ => {
                return wrong(
                    "`upto` of `bands` ascends, in kilometres of road; only the last has none".to_owned(),
                );
            }
        }
    }
    roads.rest = last.speed;
    Ok(roads)
}

/// The address of a server without `/` at its end. One with a name or password is refused without repeating it: addresses are printed in road
/// books and messages, and stand in the file of kept answers.
fn address(url: &str) -> Result<String> {
    let url = url.trim().trim_end_matches('/');
    if url.contains('@') {
        return Err(Fault::new(Code::TourValue, "`url` holds a name or password, which would be printed in road books and kept")
            .in_column("[ways]")
            .hint("leave away what stands before `@`, and let the server be asked without; or reach it by way of a proxy on this machine that knows the password"));
    }
    let host = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://")).unwrap_or_default();
    if host.is_empty() || url.contains(|c: char| c.is_whitespace() || c.is_control() || "?#".contains(c)) {
        return Err(Fault::new(Code::TourValue, format!("`url = \"{url}\"` is not the address of a server"))
            .in_column("[ways]")
            .hint("it begins with http:// or https://, such as \"http://localhost:5000\""));
    }
    Ok(url.to_owned())
}

fn plain(profile: String) -> Result<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if profile.is_empty() || !profile.chars().all(fits) {
        return Err(Fault::new(
            Code::TourValue,
            format!("`profile = \"{profile}\"` is not the name of a profile"),
        )
        .in_column("[ways]"));
    }
    Ok(profile)
}
