//! What registers, trips and transactions must fulfil.

use super::has_source;
use crate::config::day::is_day;
use crate::config::{Config, Register, Transactions, Trips, TripsCount};
use crate::fault::{Code, Fault, Result};

/// A register that becomes jobs.
pub(super) fn register(config: &Config, section: &str, given: &Register) -> Result<()> {
    units(config, section, given)?;
    for (key, column) in [("firm", &given.columns.firm), ("unit", &given.columns.unit)] {
        if column.is_some() {
            return Err(Fault::new(
                Code::KeysConflict,
                format!("[{section}] has `columns.{key}`, which changes nothing there"),
            )
            .because("every row is a unit and counts as one contributor, also where one firm has several")
            .hint("take it out; to count firms, make the source a `query` that adds up the units of each"));
        }
    }
    Ok(())
}

/// A register of units, whatever it is for.
fn units(config: &Config, section: &str, register: &Register) -> Result<()> {
    has_source(config, section, &register.source)?;
    let columns = &register.columns;
    place(config, section, columns.zone.as_ref(), columns.lon.as_ref(), columns.lat.as_ref())?;
    register.on.as_deref().map_or(Ok(()), |on| day(section, "on", on))?;
    if register.on.is_some() && columns.from.is_none() && columns.to.is_none() {
        return Err(Fault::new(
            Code::StudyIncomplete,
            format!("[{section}] has `on`, but no column `from` or `to`"),
        ));
    }
    Ok(())
}

/// Trips that become flows.
pub(super) fn trips(config: &Config, section: &str, trips: &Trips) -> Result<()> {
    has_source(config, section, &trips.source)?;
    let columns = &trips.columns;
    place(config, section, columns.from.as_ref(), columns.from_lon.as_ref(), columns.from_lat.as_ref())?;
    place(config, section, columns.to.as_ref(), columns.to_lon.as_ref(), columns.to_lat.as_ref())?;
    for (key, hours) in [
        ("hours", trips.hours),
        ("home_hours", Some(trips.home_hours)),
        ("work_hours", Some(trips.work_hours)),
    ] {
        if hours.is_some_and(|[from, to]| from > 23 || to > 24 || from == to) {
            return Err(Fault::new(Code::StudyValue, format!("`{key}` of [{section}] is no span of hours"))
                .because("hours go from 0 to 24, and a span is not empty"));
        }
    }
    if trips.per == 0 || trips.at_least == 0 {
        return Err(Fault::new(
            Code::StudyValue,
            format!("`per` and `at_least` of [{section}] are at least 1"),
        ));
    }
    of_what_is_counted(section, trips)?;
    purposes(section, trips)
}

/// Keys of what is not counted would be ignored.
fn of_what_is_counted(section: &str, trips: &Trips) -> Result<()> {
    let usual = Trips::default();
    let (counted, keys, hint) = match trips.count {
        TripsCount::Persons => (
            "persons",
            vec![("purposes", !trips.purposes.is_empty()), ("hours", trips.hours.is_some())],
            "use `work_purposes`, `home_purposes`, `work_hours` and `home_hours`",
        ),
        TripsCount::Trips => (
            "trips",
            vec![
                ("at_least", trips.at_least != usual.at_least),
                ("home_purposes", !trips.home_purposes.is_empty()),
                ("work_purposes", !trips.work_purposes.is_empty()),
                ("home_hours", trips.home_hours != usual.home_hours),
                ("work_hours", trips.work_hours != usual.work_hours),
            ],
            "use `purposes` and `hours`, or say `count = \"persons\"`",
        ),
    };
    match keys.into_iter().find(|(_, is_given)| *is_given) {
        Some((key, _)) => Err(Fault::new(
            Code::KeysConflict,
            format!("[{section}] has `{key}`, which means nothing where {counted} are counted"),
        )
        .hint(hint)),
        None => Ok(()),
    }
}

fn purposes(section: &str, trips: &Trips) -> Result<()> {
    let lists = [
        ("purposes", &trips.purposes),
        ("home_purposes", &trips.home_purposes),
        ("work_purposes", &trips.work_purposes),
    ];
    match lists.into_iter().find(|(_, list)| !list.is_empty()) {
        Some((key, _)) if trips.columns.purpose.is_none() => Err(Fault::new(
            Code::StudyIncomplete,
            format!("[{section}] has `{key}`, but no column `purpose`"),
        )
        .hint("say what the column is called: `columns = { purpose = \"...\" }`")),
        _ => Ok(()),
    }
}

/// Transactions that become a network of firms.
pub(super) fn transactions(config: &Config, given: &Transactions) -> Result<()> {
    has_source(config, "transactions", &given.source)?;
    if let Some([from, to]) = &given.between {
        day("transactions", "between", from)?;
        day("transactions", "between", to)?;
        if from > to {
            return Err(Fault::new(
                Code::StudyValue,
                format!("`between` of [transactions] ends on {to}, before it begins on {from}"),
            )
            .hint("the first day stands first; both are included"));
        }
        if given.columns.date.is_none() {
            return Err(Fault::new(
                Code::StudyIncomplete,
                "[transactions] has `between`, but no column `date`",
            ));
        }
    }
    given.firms.as_ref().map_or(Ok(()), |given| firms(config, given))
}

/// A register that says where firms are and what they do.
fn firms(config: &Config, given: &Register) -> Result<()> {
    let section = "transactions.firms";
    units(config, section, given)?;
    if given.columns.size_class.is_some() {
        return Err(Fault::new(
            Code::KeysConflict,
            format!("[{section}] has `columns.size_class`, which changes nothing there"),
        )
        .because("a firm is where its unit with most employees is, and bands do not say which that is")
        .hint("take it out; name `employees` where there are some"));
    }
    Ok(())
}

/// A zone code, or longitude and latitude together with borders.
fn place(
    config: &Config,
    section: &str,
    zone: Option<&String>,
    lon: Option<&String>,
    lat: Option<&String>,
) -> Result<()> {
    match (zone, lon, lat) {
        (_, None, None) => Ok(()),
        (Some(_), ..) => {
            Err(Fault::new(Code::KeysConflict, format!("[{section}] has a zone code and coordinates"))
                .because("they may contradict each other"))
        }
        (None, Some(_), Some(_)) if config.borders.is_none() => Err(Fault::new(
            Code::StudyIncomplete,
            format!("[{section}] has coordinates, but the study has no [borders]"),
        )
        .because("a point is in the zone whose borders hold it")),
        (None, Some(_), Some(_)) => Ok(()),
        _ => Err(Fault::new(Code::StudyIncomplete, format!("[{section}] has half of the coordinates"))
            .hint("a point needs a longitude and a latitude")),
    }
}

fn day(section: &str, key: &str, text: &str) -> Result<()> {
    if is_day(text) {
        return Ok(());
    }
    Err(Fault::new(Code::StudyValue, format!("`{key}` of [{section}] is `{text}`, which is no day"))
        .hint("write days of the calendar, as 2011-10-09"))
}
