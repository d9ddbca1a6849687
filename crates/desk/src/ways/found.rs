//! The ways of a tour found once, so that they can be kept apart from where they came from.

use std::path::Path;

use distretto_study::config::{Decimal, Texts};
use distretto_study::edition::files::{failed, whole_file};
use distretto_study::fault::{Log, Result};
use distretto_tours::travel::Way;
use distretto_tours::{Tour, Travel};

use super::kept::Kept;
use super::{Matrix, Ways, places, travel};

/// Up to so many hosts, a server is asked for the ways between all of them.
const ASKED: usize = 200;
/// Up to so many hosts, a table is read for the ways between all of them.
const READ: usize = 1000;

/// The ways of a tour, for keeping: those between these hosts and the bases, which a plan needs, and those of all other hosts as far as they are known;
/// of a server up to 200 hosts, of a table up to 1000. `None` where ways are reckoned from coordinates, and can be reckoned again.
///
/// # Errors
/// As [`travel`] for these hosts.
pub fn found(ways: &Ways, tour: &Tour, hosts: &[String], log: &mut Log) -> Result<Option<Travel>> {
    let all: Vec<String> = tour.hosts.iter().map(|host| host.code.clone()).collect();
    match ways {
        Ways::Coordinates(_) => Ok(None),
        Ways::Server(_) => {
            let wanted = if all.len() <= ASKED { &all } else { hosts };
            travel(ways, tour, Some(wanted), log).map(Some)
        }
        Ways::Matrix(matrix) => {
            let needed = travel(ways, tour, Some(hosts), log)?;
            if all.len() > READ {
                return Ok(Some(needed));
            }
            matrix.travel(&places(tour, Some(&all)), &mut Log::default()).map(Some)
        }
    }
}

/// Writes ways that were found into a folder, and answers from where [`travel`] has them again: a table `ways.csv`, or answers of the server in
/// `ways-kept.csv`.
///
/// # Errors
/// A file that cannot be written.
pub fn write_found(ways: &Ways, found: &Travel, tour: &Tour, folder: &Path) -> Result<Ways> {
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    match ways {
        Ways::Coordinates(_) => Ok(ways.clone()),
        Ways::Matrix(_) => {
            let path = folder.join("ways.csv");
            let bytes = table(found).map_err(|error| failed(&path, &error))?;
            whole_file(&path, |growing| {
                std::fs::write(growing, &bytes).map_err(|error| failed(&path, &error))
            })?;
            let paths = Texts(vec!["ways.csv".to_owned()]);
            Ok(Ways::Matrix(Matrix { folder: folder.to_path_buf(), paths, decimal: Decimal::default() }))
        }
        Ways::Server(server) => {
            let path = folder.join("ways-kept.csv");
            let codes: Vec<String> = tour.hosts.iter().map(|host| host.code.clone()).collect();
            let places = places(tour, Some(&codes));
            let mut kept = Kept::default();
            for from in &places {
                for to in &places {
                    let way = found.way(&from.code, &to.code);
                    if from.code != to.code && way != Way::Unknown {
                        kept.set(&server.kept_as(), &from.position(), &to.position(), way);
                    }
                }
            }
            kept.save(&path)?;
            let mut server = server.clone();
            server.keep = Some(path);
            Ok(Ways::Server(server))
        }
    }
}

/// The ways as a table that [`Matrix`] reads.
fn table(found: &Travel) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["from", "to", "minutes", "metres"])?;
    for from in found.places() {
        for to in found.places().filter(|to| *to != from) {
            let (minutes, metres) = match found.way(from, to) {
                Way::Unknown => continue,
                Way::NoRoute => (String::new(), String::new()),
                Way::Leg(leg) => {
                    (leg.minutes.to_string(), leg.metres.map(|metres| metres.to_string()).unwrap_or_default())
                }
            };
            writer.write_record([from, to, &minutes, &metres])?;
        }
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
