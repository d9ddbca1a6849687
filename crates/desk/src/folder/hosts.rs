//! The table of hosts.

use std::collections::BTreeMap;

use distretto_study::fault::{Code, Fault, Log, Result, listed};
use distretto_territory::geodesy::distance_m;
use distretto_tours::{Base, Host, Hours, Kind, Place};
use geo_types::Point;

use super::edition::{Edition, Municipality};
use super::frame::{degrees, zone};
use super::letters::{code, country_of_holidays, language, unknown};
use super::rows::{Row, Shape, Sheet};

pub(super) const SHAPE: Shape = Shape {
    section: "hosts",
    needed: &["code", "name", "kind", "minutes"],
    optional: &[
        "lon",
        "lat",
        "address",
        "town",
        "district",
        "zone",
        "industries",
        "phases",
        "practices",
        "look_for",
        "hours",
        "country",
        "time_zone",
        "group",
        "guides",
        "stagger",
        "languages",
        "notice",
        "meal",
        "cost",
        "meets",
        "consent",
        "valid_until",
    ],
    aliases: &[],
    personal: false,
    may_be_empty: false,
};

/// A place farther than this from all bases, in metres, and nearer than [`NEAR`] the other way round, is taken for swapped.
const FAR: f64 = 1_500_000.0;
const NEAR: f64 = 750_000.0;

/// Reads the hosts, in the order of their rows. The district of a host follows from its municipality, and so does its place where it has none.
pub(super) fn read(
    sheet: &Sheet<'_>,
    bases: &[Base],
    edition: Option<&Edition>,
    log: &mut Log,
) -> Result<Vec<Host>> {
    let mut hosts = Vec::new();
    let mut rows: BTreeMap<String, u64> = BTreeMap::new();
    let (mut in_the_middle, mut elsewhere) = (Vec::new(), Vec::new());
    sheet.read(log, |row| {
        let Read { host, placed_by_zone, zone_elsewhere } = host(row, bases, edition)?;
        if bases.iter().any(|base| base.code == host.code) {
            let what = format!("`{}` is the code of a host and of a base", host.code);
            return Err(row.fault(Code::TourCodeTwice, "code", what));
        }
        if let Some(first) = rows.insert(host.code.clone(), row.number()) {
            let what = format!("the code `{}` stands twice", host.code);
            return Err(row
                .fault(Code::TourCodeTwice, "code", what)
                .because(format!("first in row {first}")));
        }
        if placed_by_zone {
            in_the_middle.push(host.code.clone());
        }
        if zone_elsewhere {
            elsewhere.push(host.code.clone());
        }
        hosts.push(host);
        Ok(())
    })?;
    if !in_the_middle.is_empty() {
        log.add(
            Fault::new(
                Code::HostsInTheMiddle,
                format!("{} hosts stand in the middle of their municipality", in_the_middle.len()),
            )
            .because(listed(&in_the_middle, 10)),
        );
    }
    if !elsewhere.is_empty() {
        let what =
            format!("the municipality of {} hosts lies outside the district that they name", elsewhere.len());
        log.add(Fault::new(Code::HostZone, what).in_column("zone").because(listed(&elsewhere, 10)));
    }
    Ok(hosts)
}

/// A host as a row says it.
struct Read {
    host: Host,
    /// Whether it stands in the middle of its municipality.
    placed_by_zone: bool,
    /// Whether its municipality lies in another area than its district.
    zone_elsewhere: bool,
}

fn host(row: &Row<'_>, bases: &[Base], edition: Option<&Edition>) -> Result<Read> {
    let kinds = Kind::ALL.map(|kind| (kind.word(), kind));
    let hours = |text: &str| {
        Hours::parse(text).map_err(|error| {
            Fault::new(Code::HostHours, format!("the host `{}`: {error}", row.own("code"))).hint(
                "write, for instance, `Mo-Fr 09:00-12:30,14:30-18:00; PH off`: days are Mo, Tu, We, Th, Fr, Sa and Su, hours have minutes after `:`, and `,` stands between stretches of a day",
            )
        })
    };
    let municipality = municipality(row, edition)?;
    let (lon, lat, placed_by_zone) = position(row, bases, municipality)?;
    let (district, zone_elsewhere) = district(row, edition, municipality)?;
    let missing = |column: &str| row.fault(Code::ValueMissing, column, format!("`{column}` is empty"));
    let host = Host {
        code: code(row.needed("code")?).map_err(|fault| row.placed(fault, "code"))?,
        name: row.needed("name")?.to_owned(),
        kind: row.word("kind", &kinds)?.ok_or_else(|| missing("kind"))?,
        place: Place { lon, lat, address: row.own("address"), town: row.own("town") },
        district,
        industries: row.list("industries"),
        phases: row.list("phases"),
        practices: row.list("practices"),
        look_for: row.own("look_for"),
        hours: row.parsed("hours", hours)?,
        country: row.parsed("country", country_of_holidays)?,
        time_zone: row.parsed("time_zone", zone)?,
        minutes: row.minutes("minutes")?.ok_or_else(|| missing("minutes"))?,
        group: row.count("group", 1)?,
        guides: row.count("guides", 1)?.unwrap_or(1),
        stagger: row.minutes("stagger")?,
        languages: row.parsed_list("languages", language)?,
        notice: row.count("notice", 0)?.unwrap_or(0),
        meal: row.yes("meal")?,
        cost: row.money("cost")?.unwrap_or(0),
        meets: row.list("meets"),
        consent: row.yes("consent")?,
        valid_until: row.date("valid_until")?,
    };
    Ok(Read { host, placed_by_zone, zone_elsewhere })
}

/// Longitude and latitude, and whether they are those of the municipality.
fn position(row: &Row<'_>, bases: &[Base], municipality: Option<&Municipality>) -> Result<(f64, f64, bool)> {
    let (lon, lat) = (row.decimal("lon")?, row.decimal("lat")?);
    match (lon, lat) {
        (Some(lon), Some(lat)) => {
            // Swapped ones are found first: a longitude in the place of a latitude may be out of range.
            swapped(row, lon, lat, bases)?;
            let lon = degrees("lon", lon, 180.0).map_err(|fault| row.placed(fault, "lon"))?;
            let lat = degrees("lat", lat, 90.0).map_err(|fault| row.placed(fault, "lat"))?;
            Ok((lon, lat, false))
        }
        (None, None) => {
            let point = municipality.and_then(|municipality| municipality.point);
            point.map(|(lon, lat)| (lon, lat, true)).ok_or_else(|| {
                row.fault(Code::HostPlace, "lon", "the host has no place")
                    .hint("give `lon` and `lat`, or `zone` with an edition whose zones have places")
            })
        }
        (lon, _) => {
            let column = if lon.is_none() { "lon" } else { "lat" };
            Err(row.fault(Code::HostPlace, column, format!("`{column}` is empty")))
        }
    }
}

/// Refuses a place that is far from all bases, and near one with longitude and latitude swapped.
fn swapped(row: &Row<'_>, lon: f64, lat: f64, bases: &[Base]) -> Result<()> {
    let nearest = |lon: f64, lat: f64| {
        let metres =
            |base: &Base| distance_m(Point::new(lon, lat), Point::new(base.place.lon, base.place.lat));
        let is_place = lon.abs() <= 180.0 && lat.abs() <= 90.0;
        bases.iter().filter(|_| is_place).map(metres).min_by(f64::total_cmp)
    };
    let is_far = nearest(lon, lat).is_none_or(|metres| metres > FAR);
    if is_far && nearest(lat, lon).is_some_and(|metres| metres < NEAR) {
        return Err(row
            .fault(Code::HostPlace, "lon", format!("longitude {lon} and latitude {lat} seem to be swapped"))
            .because("the place is far from all bases, and near one the other way round")
            .hint("`lon` is east of Greenwich, `lat` north of the equator: Rome has lon 12.5, lat 41.9"));
    }
    Ok(())
}

/// The municipality that a row names; `None` where it names none.
fn municipality<'e>(row: &Row<'_>, edition: Option<&'e Edition>) -> Result<Option<&'e Municipality>> {
    let Some(zone) = row.text("zone") else { return Ok(None) };
    let Some(edition) = edition else {
        return Err(row
            .fault(Code::HostDistrict, "zone", "there is no edition to look the municipality up in")
            .hint("say `edition = \"...\"` in tour.toml, or leave `zone` empty and give `district`, `lon` and `lat`"));
    };
    edition.zones.get(zone).map(Some).ok_or_else(|| {
        let known: Vec<&str> = edition.zones.keys().map(String::as_str).collect();
        row.placed(
            unknown(Code::HostDistrict, format!("the edition has no zone `{zone}`"), zone, &known),
            "zone",
        )
    })
}

/// The district: the one that the row names, else that of its municipality. The second is whether the municipality lies in another.
fn district(
    row: &Row<'_>,
    edition: Option<&Edition>,
    municipality: Option<&Municipality>,
) -> Result<(Option<String>, bool)> {
    let area = municipality.and_then(|municipality| municipality.area.as_deref());
    let Some(code) = row.text("district") else { return Ok((area.map(str::to_owned), false)) };
    if let Some(edition) = edition {
        let known: Vec<&str> = edition.districts.iter().map(|district| district.code.as_str()).collect();
        if !known.contains(&code) {
            let what = format!("the edition has no area `{code}`");
            return Err(row.placed(unknown(Code::HostDistrict, what, code, &known), "district"));
        }
    }
    Ok((Some(code.to_owned()), municipality.is_some() && area != Some(code)))
}
