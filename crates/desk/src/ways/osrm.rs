//! Travel times and lines of roads from a server that answers as OSRM does (its HTTP API, version 1).

use std::path::PathBuf;
use std::time::Duration;

use distretto_roadbook::Words;
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::Travel;
use distretto_tours::travel::{Leg, Way};
use serde_json::Value;

use super::Stop;
use super::kept::{Kept, Position};

/// Largest answer that is read, in bytes: a table of 10 000 pairs takes a quarter of a megabyte.
const LARGEST: u64 = 256 << 20;
/// Longest way that is believed: a week, once round the earth.
const MOST_SECONDS: f64 = 7.0 * 24.0 * 3600.0;
const MOST_METRES: f64 = 40_000_000.0;

/// A server of travel times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its address without `/` at the end, such as `http://localhost:5000`. It is printed and kept, so that it holds no name or password.
    pub url: String,
    /// The profile, such as `driving`.
    pub profile: String,
    /// Most places in one question, at least 2.
    pub block: usize,
    /// How long one answer may take, from the question to its last byte.
    pub timeout: Duration,
    /// The file in which answers are kept.
    pub keep: Option<PathBuf>,
}

/// The line of a road as longitudes and latitudes.
pub type Line = Vec<(f64, f64)>;

impl Server {
    /// The ways between these places: those that are kept, and what the server says of the others. Blocks of which every way is kept are not
    /// asked for, so that a plan can be repeated without the server.
    pub(super) fn travel(&self, places: &[Stop]) -> Result<Travel> {
        let mut kept = self.keep.as_deref().map_or_else(|| Ok(Kept::default()), Kept::load)?;
        let server = self.kept_as();
        let positions: Vec<Position> = places.iter().map(Stop::position).collect();
        let is_kept = |kept: &Kept, from: usize, to: usize| {
            positions[from] == positions[to] || kept.get(&server, &positions[from], &positions[to]).is_some()
        };
        let mut asked = false;
        for (froms, tos) in blocks(places.len(), self.block) {
            if froms.iter().all(|&from| tos.iter().all(|&to| is_kept(&kept, from, to))) {
                continue;
            }
            asked = true;
            let answer = self.table(&positions, &froms, &tos)?;
            for (row, &from) in froms.iter().enumerate() {
                for (column, &to) in tos.iter().enumerate() {
                    kept.set(&server, &positions[from], &positions[to], answer[row][column]);
                }
            }
        }
        if let Some(path) = self.keep.as_deref().filter(|_| asked) {
            kept.save(path)?;
        }
        let mut travel =
            Travel::new(places.iter().map(|place| place.code.as_str()), self.in_words(&Words::english()));
        for (from, a) in places.iter().enumerate() {
            for (to, b) in places.iter().enumerate().filter(|(to, _)| *to != from) {
                let here = Way::Leg(Leg { minutes: 0, metres: Some(0) });
                let way = if positions[from] == positions[to] {
                    here
                } else {
                    kept.get(&server, &positions[from], &positions[to]).unwrap_or(Way::Unknown)
                };
                travel.set(&a.code, &b.code, way);
            }
        }
        Ok(travel)
    }

    /// What its answers are kept under.
    pub(super) fn kept_as(&self) -> String {
        format!("{}/{}", self.url, self.profile)
    }

    /// Where the times come from, for the reader of a plan.
    pub(super) fn in_words(&self, words: &Words) -> String {
        words.say("ways.server", &[("url", &self.url), ("profile", &self.profile)])
    }

    /// The line of the road through these positions in degrees, in order; `None` where there is no way.
    ///
    /// # Errors
    /// A server that does not answer, or answers something else.
    pub fn route(&self, through: &[(f64, f64)]) -> Result<Option<Line>> {
        if through.len() < 2 {
            return Ok(None);
        }
        let points: Vec<Position> = through.iter().map(|&(lon, lat)| in_degrees(lon, lat)).collect();
        let question = format!(
            "{}/route/v1/{}/{}?overview=simplified&geometries=geojson&steps=false",
            self.url,
            self.profile,
            points.join(";")
        );
        let Some(answer) = self.ask(&question)? else { return Ok(None) };
        let coordinates = &answer["routes"][0]["geometry"]["coordinates"];
        let point = |point: &Value| Some((degree(&point[0], 180.0)?, degree(&point[1], 90.0)?));
        let line: Option<Line> = coordinates.as_array().and_then(|points| points.iter().map(point).collect());
        match line {
            Some(line) if line.len() > 1 => Ok(Some(line)),
            _ => Err(something_else(&question, "it has no line of a road")),
        }
    }

    /// The ways from some positions to others: a row for each of `froms`.
    fn table(&self, positions: &[Position], froms: &[usize], tos: &[usize]) -> Result<Vec<Vec<Way>>> {
        let mut asked: Vec<usize> = froms.to_vec();
        asked.extend(tos.iter().filter(|to| !froms.contains(to)));
        let indices = |of: &[usize]| {
            let at = of.iter().filter_map(|place| asked.iter().position(|other| other == place));
            at.map(|at| at.to_string()).collect::<Vec<_>>().join(";")
        };
        let points: Vec<&str> = asked.iter().map(|&place| positions[place].as_str()).collect();
        let question = format!(
            "{}/table/v1/{}/{}?annotations=duration,distance&sources={}&destinations={}",
            self.url,
            self.profile,
            points.join(";"),
            indices(froms),
            indices(tos)
        );
        let Some(answer) = self.ask(&question)? else {
            return Ok(vec![vec![Way::NoRoute; tos.len()]; froms.len()]);
        };
        let size = (froms.len(), tos.len());
        let durations = matrix(&answer["durations"], size, MOST_SECONDS)
            .map_err(|why| something_else(&question, &format!("`durations` {why}")))?;
        // Old servers do not tell distances.
        let distances = match &answer["distances"] {
            Value::Null => vec![vec![None; tos.len()]; froms.len()],
            distances => matrix(distances, size, MOST_METRES)
                .map_err(|why| something_else(&question, &format!("`distances` {why}")))?,
        };
        let row = |(durations, distances): (Vec<Option<f64>>, Vec<Option<f64>>)| {
            durations.into_iter().zip(distances).map(|(seconds, metres)| way(seconds, metres)).collect()
        };
        Ok(durations.into_iter().zip(distances).map(row).collect())
    }

    /// Asks a question. `None` where the server says that there is no way.
    fn ask(&self, question: &str) -> Result<Option<Value>> {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(self.timeout))
            // The server explains an error in the body of its answer.
            .http_status_as_error(false)
            .user_agent(concat!("distretto/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        let mut response = agent.get(question).call().map_err(|error| self.no_answer(question, &error))?;
        let status = response.status();
        let body = response
            .body_mut()
            .with_config()
            .limit(LARGEST)
            .read_to_vec()
            .map_err(|error| self.no_answer(question, &error))?;
        let Ok(answer) = serde_json::from_slice::<Value>(&body) else {
            let what = if status.is_success() {
                "it is not JSON".to_owned()
            } else {
                format!("HTTP status {status}, and it is not JSON")
            };
            return Err(something_else(question, &what));
        };
        match answer["code"].as_str() {
            Some("Ok") if status.is_success() => Ok(Some(answer)),
            Some("NoRoute" | "NoTable") => Ok(None),
            Some(code) if code != "Ok" => {
                let message = answer["message"].as_str().unwrap_or_default();
                Err(Fault::new(
                    Code::WaysServer,
                    format!("the server of travel times refuses the question: {code}"),
                )
                .because(format!("{message}\nasked: {}", shortened(question)))
                .hint(hint_of(code)))
            }
            Some(_) => Err(something_else(question, &format!("HTTP status {status}"))),
            None => Err(something_else(question, "it has no `code`")),
        }
    }

    fn no_answer(&self, question: &str, error: &ureq::Error) -> Box<Fault> {
        let why = match error {
            ureq::Error::Timeout(_) => format!("no answer within {} seconds", self.timeout.as_secs_f64()),
            ureq::Error::BodyExceedsLimit(limit) => format!("the answer is larger than {limit} bytes"),
            error => error.to_string(),
        };
        Fault::new(Code::WaysServer, format!("the server of travel times at {} does not answer", self.url))
            .because(format!("{why}\nasked: {}", shortened(question)))
            .hint("check `url` and `timeout` in [ways], and whether the server runs; or take `source = \"coordinates\"`")
    }
}

/// The question and what is wrong with the answer.
fn something_else(question: &str, why: &str) -> Box<Fault> {
    Fault::new(Code::WaysAnswer, "the server of travel times answers something else than a table of ways")
        .because(format!("{why}\nasked: {}", shortened(question)))
        .hint("open the address in a browser: another program may answer there")
}

fn hint_of(code: &str) -> &'static str {
    match code {
        "NoSegment" => "a place lies outside the map of the server, or far from any road",
        "TooBig" => "lower `block` in [ways]",
        "InvalidService" | "InvalidVersion" | "InvalidUrl" => "check `url` and `profile` in [ways]",
        _ => "the documentation of OSRM explains the code",
    }
}

/// A question can be long; its beginning tells enough.
fn shortened(question: &str) -> String {
    match question.char_indices().nth(160) {
        Some((end, _)) => format!("{}...", &question[..end]),
        None => question.to_owned(),
    }
}

/// Seconds up to minutes, metres to the nearest. The server counts tenths, so that noise beyond them does not cost a minute.
fn way(seconds: Option<f64>, metres: Option<f64>) -> Way {
    match seconds {
        None => Way::NoRoute,
        Some(seconds) => {
            let tenths = (seconds * 10.0).round() as u32;
            Way::Leg(Leg {
                minutes: tenths.div_ceil(600),
                metres: metres.map(|metres| metres.round() as u32),
            })
        }
    }
}

/// A matrix of numbers from 0 to `most`; `null` where there is none.
fn matrix(
    value: &Value,
    (rows, columns): (usize, usize),
    most: f64,
) -> Result<Vec<Vec<Option<f64>>>, String> {
    let all = value.as_array().ok_or("is missing")?;
    if all.len() != rows {
        return Err(format!("has {} rows, not {rows}", all.len()));
    }
    let row = |row: &Value| {
        let fields = row.as_array().ok_or("has a row that is no list")?;
        if fields.len() != columns {
            return Err(format!("has a row of {} fields, not {columns}", fields.len()));
        }
        fields.iter().map(|field| number(field, most)).collect()
    };
    all.iter().map(row).collect()
}

fn number(field: &Value, most: f64) -> Result<Option<f64>, String> {
    match field {
        Value::Null => Ok(None),
        field => field
            .as_f64()
            .filter(|number| (0.0..=most).contains(number))
            .map(Some)
            .ok_or_else(|| format!("has `{field}`")),
    }
}

fn degree(value: &Value, limit: f64) -> Option<f64> {
    value.as_f64().filter(|degree| degree.abs() <= limit)
}

impl Stop {
    /// Where it is, as it stands in a question.
    pub(super) fn position(&self) -> Position {
        in_degrees(self.lon, self.lat)
    }
}

/// Six decimals are a tenth of a metre.
fn in_degrees(lon: f64, lat: f64) -> Position {
    format!("{lon:.6},{lat:.6}")
}

/// The questions that together ask for all ways: pairs of groups of places, as many as fit into a block.
fn blocks(places: usize, block: usize) -> Vec<(Vec<usize>, Vec<usize>)> {
    let all: Vec<usize> = (0..places).collect();
    if places < 2 {
        return Vec::new();
    }
    if places <= block {
        return vec![(all.clone(), all)];
    }
    let groups: Vec<&[usize]> = all.chunks((block / 2).max(1)).collect();
    let pairs = groups.iter().flat_map(|froms| groups.iter().map(move |tos| (froms.to_vec(), tos.to_vec())));
    pairs.filter(|(froms, tos)| froms.len() > 1 || froms != tos).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_cover_every_pair_once_and_hold_no_more_than_they_may() {
        for (places, block) in [(0, 2), (1, 2), (2, 2), (5, 2), (7, 3), (7, 7), (23, 8), (23, 100)] {
            let mut seen = std::collections::BTreeSet::new();
            for (froms, tos) in blocks(places, block) {
                let mut asked: Vec<usize> = froms.iter().chain(&tos).copied().collect();
                asked.sort_unstable();
                asked.dedup();
                assert!(asked.len() <= block, "{places} {block}");
                for &from in &froms {
                    for &to in &tos {
                        assert!(seen.insert((from, to)), "{places} {block} {from} {to}");
                    }
                }
            }
            for from in 0..places {
                for to in (0..places).filter(|to| *to != from) {
                    assert!(seen.contains(&(from, to)), "{places} {block} {from} {to}");
                }
            }
        }
    }

    #[test]
    fn seconds_become_minutes_upwards() {
        let minutes = |seconds: f64| match way(Some(seconds), None) {
            Way::Leg(leg) => leg.minutes,
            _ => u32::MAX,
        };
        assert_eq!(
            [minutes(0.0), minutes(0.1), minutes(60.0), minutes(60.04), minutes(60.1)],
            [0, 1, 1, 1, 2]
        );
        assert_eq!(way(None, Some(3.0)), Way::NoRoute);
    }
}
