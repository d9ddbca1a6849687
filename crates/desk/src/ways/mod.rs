//! Travel times from a matrix, from coordinates, from a server.
//!
//! | module | concept |
//! |---|---|
//! | `coordinates` | distance on the ellipsoid, a road factor, speeds by length of the road |
//! | `matrix` | a table with a row for each pair |
//! | `osrm` | a server that answers as OSRM does |
//! | `kept` | what a server answered, in a file |
//! | `found` | the ways of a tour found once, so that they can be kept apart from where they came from |
//! | `needed` | which pairs a plan could use |
//!
//! [`travel`] gives the ways that a plan of certain hosts could use, or says which of them nobody knows.

mod coordinates;
mod found;
mod kept;
mod matrix;
mod needed;
mod osrm;

use std::collections::BTreeMap;

use distretto_roadbook::Words;
use distretto_study::fault::{Code, Fault, Log, Result, listed};
use distretto_tours::travel::Way;
use distretto_tours::{Tour, Travel};

pub use coordinates::Roads;
pub use found::{found, write_found};
pub use matrix::Matrix;
pub use needed::needed;
pub use osrm::{Line, Server};

/// Where travel times come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Ways {
    /// From coordinates.
    Coordinates(Roads),
    /// From a table.
    Matrix(Matrix),
    /// From a server.
    Server(Server),
}

impl Ways {
    /// Where the times come from, in a language of road books, for the reader of a plan.
    pub fn in_words(&self, words: &Words) -> String {
        match self {
            Self::Coordinates(roads) => roads.in_words(words),
            Self::Matrix(matrix) => matrix.in_words(words),
            Self::Server(server) => server.in_words(words),
        }
    }
}

/// A place with its code, in degrees.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Code of the host or base.
    pub code: String,
    /// Longitude.
    pub lon: f64,
    /// Latitude.
    pub lat: f64,
}

/// The ways between the bases and these hosts, by code, in the order given; between the bases and all hosts that may be visited where `hosts`
/// is absent. A server is asked for no others.
///
/// Cost: the square of the number of places in time and memory, so hosts are shortlisted first where there are thousands.
///
/// # Errors
/// A table that cannot be read, a server that does not answer or answers something else, a pair that a plan could use and nobody knows
/// ([`Code::WaysPair`]). Places without a way between them are a warning.
pub fn travel(ways: &Ways, tour: &Tour, hosts: Option<&[String]>, log: &mut Log) -> Result<Travel> {
    let places = places(tour, hosts);
    let travel = match ways {
        Ways::Coordinates(roads) => roads.travel(&places),
        Ways::Matrix(matrix) => matrix.travel(&places, log)?,
        Ways::Server(server) => server.travel(&places)?,
    };
    covered(&travel, tour, &places)?;
    without_a_way(&travel, tour, &places, log);
    Ok(travel)
}

/// The bases, then the hosts.
fn places(tour: &Tour, hosts: Option<&[String]>) -> Vec<Stop> {
    let stop = |code: &str, place: &distretto_tours::Place| Stop {
        code: code.to_owned(),
        lon: place.lon,
        lat: place.lat,
    };
    let mut places: Vec<Stop> = tour.frame.bases.iter().map(|base| stop(&base.code, &base.place)).collect();
    if let Some(codes) = hosts {
        let by_code: BTreeMap<&str, _> = tour.hosts.iter().map(|host| (host.code.as_str(), host)).collect();
        let named = codes.iter().filter_map(|code| by_code.get(code.as_str()));
        places.extend(named.map(|host| stop(&host.code, &host.place)));
    } else {
        let out = needed::out(tour);
        let hosts = tour.hosts.iter().filter(|host| !out.contains(host.code.as_str()));
        places.extend(hosts.map(|host| stop(&host.code, &host.place)));
    }
    places
}

/// Refuses ways that a plan could use and nobody knows.
fn covered(travel: &Travel, tour: &Tour, places: &[Stop]) -> Result<()> {
    let unknown: Vec<String> = needed(tour, places)
        .filter(|(from, to)| travel.way(from, to) == Way::Unknown)
        .map(|(from, to)| format!("{from} -> {to}"))
        .collect();
    if unknown.is_empty() {
        return Ok(());
    }
    Err(Fault::new(Code::WaysPair, format!("{} ways are not known that a plan could use", unknown.len()))
        .because(format!("{}\n{}", listed(&unknown, 5), travel.source))
        .hint("add a row for each pair and direction; empty `minutes` say that there is no way"))
}

fn without_a_way(travel: &Travel, tour: &Tour, places: &[Stop], log: &mut Log) {
    let none: Vec<String> = needed(tour, places)
        .filter(|(from, to)| travel.way(from, to) == Way::NoRoute)
        .map(|(from, to)| format!("{from} -> {to}"))
        .collect();
    if !none.is_empty() {
        let what = format!("{} pairs of places have no way between them", none.len());
        log.add(Fault::new(Code::WaysNone, what).because(listed(&none, 5)));
    }
}
