//! Days, hotels and agreements.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::Host;
use super::region::Region;
use crate::world::World;
use crate::world::micro::place::point_in;
use crate::world::names::Names;

/// Where days begin and end.
#[derive(Debug, Clone, PartialEq)]
pub struct Base {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: String,
    /// Longitude and latitude in degrees.
    pub lonlat: [f64; 2],
    /// Street and number.
    pub address: String,
    /// Town.
    pub town: String,
    /// What a night costs, in hundredths; absent where one cannot sleep there.
    pub night: Option<u32>,
}

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Date.
    pub date: &'static str,
    /// Code of the base where it begins; where the last one ended where absent.
    pub from: Option<&'static str>,
    /// Codes of the bases where it may end.
    pub to: &'static [&'static str],
    /// Earliest departure.
    pub starts: &'static str,
    /// Latest return.
    pub ends: &'static str,
    /// Whether it has a lunch.
    pub lunch: bool,
}

/// What has been agreed with a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Code of the host.
    pub host: String,
    /// `proposed`, `asked`, `confirmed` or `declined`.
    pub state: &'static str,
    /// `free` or `mandatory`.
    pub demand: &'static str,
    /// When it begins; empty where that is open.
    pub start: &'static str,
    /// Points on top.
    pub extra: i64,
}

/// When the closing meeting begins.
const CLOSING: &str = "2012-05-18 11:00";

/// Four days: from the airport of the city to a hotel in the first district and one in the last, and back to the station.
pub(super) fn days() -> Vec<Day> {
    let day = |date, from, to, starts, ends, lunch| Day { date, from, to, starts, ends, lunch };
    vec![
        day("2012-05-15", Some("AIRPORT"), &["HOTEL1"], "13:00", "19:30", false),
        day("2012-05-16", None, &["HOTEL1", "HOTEL2"], "08:00", "19:00", true),
        day("2012-05-17", None, &["HOTEL2"], "08:00", "19:00", true),
        day("2012-05-18", None, &["STATION"], "08:00", "16:00", true),
    ]
}

/// The bases that the days name.
pub(super) fn bases(world: &World, region: &Region, names: &mut Names, rng: &mut ChaCha8Rng) -> Vec<Base> {
    let core = |area: Option<&usize>| area.map_or(region.city, |&area| world.areas[area].core as usize);
    let city = &world.zones[region.city].name;
    let places = [
        ("AIRPORT", format!("{city} Airport"), region.city, None),
        ("HOTEL1", format!("Albergo {}", names.another()), core(region.districts.first()), Some(98_000)),
        ("HOTEL2", format!("Albergo {}", names.another()), core(region.districts.last()), Some(91_000)),
        ("STATION", format!("{city} Station"), region.city, None),
    ];
    let base = |(code, name, zone, night): (&'static str, String, usize, Option<u32>)| Base {
        code,
        name,
        lonlat: point_in(&world.zones[zone], rng),
        address: format!("Via {} {}", names.another(), rng.random_range(1..120u32)),
        town: world.zones[zone].name.clone(),
        night,
    };
    places.into_iter().map(base).collect()
}

/// One visit is confirmed, one must be, one host has declined and one has been asked: the closing meeting, the first service centre, and two firms.
pub(super) fn visits(hosts: &[Host]) -> Vec<Visit> {
    let of = |kind: &str, nth: usize| hosts.iter().filter(|host| host.kind == kind).nth(nth);
    let visit = |host: Option<&Host>, state, demand, start, extra| {
        host.map(|host| Visit { host: host.code.clone(), state, demand, start, extra })
    };
    let mut visits: Vec<Visit> = [
        visit(of("institution", 0), "confirmed", "mandatory", CLOSING, 0),
        visit(of("service_centre", 0), "proposed", "mandatory", "", 0),
        visit(of("enterprise", 1), "declined", "free", "", 0),
        visit(of("enterprise", 2), "asked", "free", "", 20),
    ]
    .into_iter()
    .flatten()
    .collect();
    visits.sort_by(|a, b| a.host.cmp(&b.host));
    visits
}
