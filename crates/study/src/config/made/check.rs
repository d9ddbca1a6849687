//! What sources, queries and micro-data must fulfil beyond the kinds of their values.

use super::{MadeBy, TableMut};
use crate::config::{Config, Engine, RawSource, Register, Transactions, Trips, TripsCount};
use crate::fault::{Code, Fault, Result, did_you_mean, listed};

pub(in crate::config) fn check(config: &Config) -> Result<()> {
    for (name, source) in &config.sources {
        declared(config, name, source)?;
    }
    let mut found = Ok(());
    config.clone().for_each_table(&mut |section, mut table| {
        if found.is_ok() {
            found = one_origin(section, &mut table);
        }
    });
    found?;
    for table in config.made() {
        let section = &table.section;
        match &table.by {
            MadeBy::Query(_) => {}
            MadeBy::Register(given) => register(config, &format!("{section}.register"), given)?,
            MadeBy::Trips(given) => trips(config, &format!("{section}.trips"), given)?,
        }
    }
    if let Some(given) = &config.transactions {
        transactions(config, given)?;
    }
    config.engine.as_ref().map_or(Ok(()), engine)
}

/// A table comes from files, from a query or from micro-data.
fn one_origin(section: &str, table: &mut TableMut<'_>) -> Result<()> {
    let micro = match table {
        TableMut::Flows(flows) => flows.trips.as_ref().map(|_| "trips"),
        TableMut::Jobs(jobs) => jobs.register.as_ref().map(|_| "register"),
        TableMut::Zones(_) | TableMut::Partition(_) => None,
    };
    let source = table.source();
    let path = (!source.path.0.is_empty()).then_some("path");
    let query = source.query.as_ref().map(|_| "query");
    let given: Vec<&str> = [path, query, micro].into_iter().flatten().collect();
    if given.len() > 1 {
        return Err(Fault::new(Code::KeysConflict, format!("[{section}] has {}", listed(&given, 3)))
            .because("a table comes from one of them"));
    }
    Ok(())
}

fn declared(config: &Config, name: &str, source: &RawSource) -> Result<()> {
    let section = format!("sources.{name}");
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !name.bytes().all(plain) || name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() {
        return Err(Fault::new(Code::StudyValue, format!("[{section}] is no name for a source"))
            .because("queries know it by this name")
            .hint("take small letters, digits and `_`, a letter first"));
    }
    if config.sources.len() > 1 && source.query.is_none() && source.path.0.is_empty()
        || source.path.0.iter().any(String::is_empty)
        || (source.path.0.is_empty() && source.query.is_none())
    {
        return Err(Fault::new(Code::StudyIncomplete, format!("[{section}] has neither `path` nor `query`")));
    }
    if !source.path.0.is_empty() && source.query.is_some() {
        return Err(Fault::new(Code::KeysConflict, format!("[{section}] has `path` and `query`")));
    }
    if source.delimiter.is_some_and(|delimiter| !delimiter.is_ascii() || delimiter == '"') {
        return Err(Fault::new(
            Code::StudyValue,
            format!("`delimiter` of [{section}] is not one plain character"),
        ));
    }
    Ok(())
}

fn has_source(config: &Config, section: &str, name: &str) -> Result<()> {
    if config.sources.contains_key(name) {
        return Ok(());
    }
    if name.is_empty() {
        return Err(Fault::new(Code::StudyIncomplete, format!("[{section}] has no `source`"))
            .hint("name one of the [sources]"));
    }
    let known: Vec<&String> = config.sources.keys().collect();
    let fault = Fault::new(
        Code::StudyValue,
        format!("[{section}] has `source = \"{name}\"`, which is none of [sources]"),
    );
    Err(match did_you_mean(name, &known) {
        Some(like) => fault.hint(format!("did you mean `{like}`?")),
        None => fault.hint(format!("declare it: `[sources.{name}]` with the `path` of its files")),
    })
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

fn register(config: &Config, section: &str, register: &Register) -> Result<()> {
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

fn trips(config: &Config, section: &str, trips: &Trips) -> Result<()> {
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
    let of_trips = !trips.purposes.is_empty() || trips.hours.is_some();
    if trips.count == TripsCount::Persons && of_trips {
        return Err(Fault::new(
            Code::KeysConflict,
            format!("[{section}] counts persons, and has `purposes` or `hours`"),
        )
        .hint("use `work_purposes`, `home_purposes`, `work_hours` and `home_hours`"));
    }
    Ok(())
}

fn transactions(config: &Config, given: &Transactions) -> Result<()> {
    has_source(config, "transactions", &given.source)?;
    if let Some([from, to]) = &given.between {
        day("transactions", "between", from)?;
        day("transactions", "between", to)?;
        if given.columns.date.is_none() {
            return Err(Fault::new(
                Code::StudyIncomplete,
                "[transactions] has `between`, but no column `date`",
            ));
        }
    }
    given.firms.as_ref().map_or(Ok(()), |firms| register(config, "transactions.firms", firms))
}

fn day(section: &str, key: &str, text: &str) -> Result<()> {
    let parts: Vec<Option<u16>> = text.split('-').map(|part| part.parse().ok()).collect();
    let fits = matches!(parts.as_slice(), [Some(_), Some(1..=12), Some(1..=31)]) && text.len() == 10;
    if fits {
        return Ok(());
    }
    Err(Fault::new(Code::StudyValue, format!("`{key}` of [{section}] is `{text}`, which is no day"))
        .hint("write days as 2011-10-09"))
}

fn engine(engine: &Engine) -> Result<()> {
    let keys = &engine.keys;
    memory(&keys.memory)?;
    if let Some(address) = &keys.address {
        scheduler(address)?;
    }
    if keys.threads == Some(0) || keys.deadline_minutes == 0 {
        return Err(Fault::new(
            Code::StudyValue,
            "`threads` and `deadline_minutes` of [engine] are at least 1",
        ));
    }
    Ok(())
}

/// Host and port of `ballista://host:port`.
pub(crate) fn scheduler(address: &str) -> Result<(String, Option<u16>)> {
    let wrong = || {
        Fault::new(Code::StudyValue, format!("`engine` is `{address}`, which is no address of a cluster"))
            .hint("write it as \"ballista://host:50050\"; leave it out to run in this process")
    };
    let rest =
        address.strip_prefix("ballista://").map(|rest| rest.trim_end_matches('/')).ok_or_else(wrong)?;
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) => (host, Some(port.parse().map_err(|_| wrong())?)),
        None => (rest, None),
    };
    if host.is_empty() || host.contains('/') {
        return Err(wrong());
    }
    Ok((host.to_owned(), port))
}

/// The bytes in a text such as `8 GB`: powers of 1,000, or of 1,024 for `GiB`.
///
/// # Errors
/// It is no positive number with a unit.
pub fn memory(text: &str) -> Result<u64> {
    const UNITS: [(&str, u64); 6] = [
        ("GIB", 1 << 30),
        ("MIB", 1 << 20),
        ("GB", 1_000_000_000),
        ("MB", 1_000_000),
        ("KB", 1_000),
        ("B", 1),
    ];
    let upper = text.trim().to_uppercase();
    let found = UNITS.iter().find_map(|(unit, size)| {
        let number: f64 = upper.strip_suffix(unit)?.trim().parse().ok()?;
        Some((number * *size as f64) as u64).filter(|_| number > 0.0 && number.is_finite())
    });
    found.ok_or_else(|| {
        Fault::new(Code::StudyValue, format!("`memory` is `{text}`, which is no amount of memory"))
            .hint("write it as \"8 GB\" or \"500 MB\"")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<Code> {
        Config::parse(text, "study.toml").err().map(|fault| fault.code)
    }

    #[test]
    fn amounts_of_memory_are_read() {
        assert_eq!(memory("8 GB").unwrap(), 8_000_000_000);
        assert_eq!(memory("1.5GiB").unwrap(), 1_610_612_736);
        assert_eq!(memory("200 mb").unwrap(), 200_000_000);
        for wrong in ["", "8", "GB", "-1 GB", "many"] {
            assert!(memory(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_address_of_a_cluster_may_stand_alone_or_in_a_section() {
        let address = |text: &str| Config::parse(text, "study.toml").unwrap().engine.unwrap().keys.address;
        let flows = "[flows]\npath = 'f.csv'\n";
        assert_eq!(
            address(&format!("engine = 'ballista://h:50050'\n{flows}")).as_deref(),
            Some("ballista://h:50050")
        );
        assert_eq!(
            address(&format!("{flows}[engine]\naddress = 'ballista://h'\nmemory = '2 GB'")).as_deref(),
            Some("ballista://h")
        );
        assert_eq!(scheduler("ballista://[::1]:7").unwrap(), ("[::1]".into(), Some(7)));
        for wrong in ["spark://h:1", "ballista://", "ballista://h:x", "ballista://h/p"] {
            assert_eq!(code(&format!("engine = '{wrong}'\n{flows}")), Some(Code::StudyValue), "{wrong}");
        }
        assert_eq!(code(&format!("{flows}[engine]\nmemry = '2 GB'")), Some(Code::StudyKey));
    }

    #[test]
    fn a_table_comes_from_one_place() {
        let sources = "[sources.t]\npath = 't.parquet'\n";
        assert_eq!(code(&format!("{sources}[flows]\nquery = 'SELECT 1'")), None);
        assert_eq!(
            code(&format!("{sources}[flows]\nquery = 'SELECT 1'\npath = 'f.csv'")),
            Some(Code::KeysConflict)
        );
        assert_eq!(
            code(&format!("{sources}[flows]\ntrips = {{ source = 't' }}\npath = 'f.csv'")),
            Some(Code::KeysConflict)
        );
        assert_eq!(code(&format!("{sources}[flows]\ntrips = {{ source = 'u' }}")), Some(Code::StudyValue));
        assert_eq!(code("[flows]\nquery = 'SELECT 1'\n[sources.t]\n"), Some(Code::StudyIncomplete));
        assert_eq!(code(&format!("{sources}query = 'x'\n[flows]\npath = 'f'")), Some(Code::KeysConflict));
        assert_eq!(code("[flows]\npath = 'f'\n[sources.'My Table']\npath = 't'"), Some(Code::StudyValue));
    }

    #[test]
    fn micro_data_that_contradict_themselves_are_refused() {
        let trips =
            |keys: &str| code(&format!("[sources.t]\npath = 't'\n[flows.trips]\nsource = 't'\n{keys}"));
        assert_eq!(trips("weekdays = ['mon', 'fri']\nhours = [22, 4]"), None);
        assert_eq!(trips("hours = [5, 5]"), Some(Code::StudyValue));
        assert_eq!(trips("per = 0"), Some(Code::StudyValue));
        assert_eq!(trips("weekdays = ['monday']"), Some(Code::StudyValue));
        assert_eq!(trips("count = 'persons'\nhours = [5, 9]"), Some(Code::KeysConflict));
        assert_eq!(
            trips("columns = { from = 'a', from_lon = 'x', from_lat = 'y' }"),
            Some(Code::KeysConflict)
        );
        assert_eq!(trips("columns = { to_lon = 'x' }"), Some(Code::StudyIncomplete));
        assert_eq!(trips("columns = { to_lon = 'x', to_lat = 'y' }"), Some(Code::StudyIncomplete));
        let register = |keys: &str| {
            code(&format!(
                "[flows]\npath = 'f'\n[sources.t]\npath = 't'\n[jobs.register]\nsource = 't'\n{keys}"
            ))
        };
        assert_eq!(register("on = '2011-10-09'\ncolumns = { from = 'a' }"), None);
        assert_eq!(register("on = '9.10.2011'\ncolumns = { from = 'a' }"), Some(Code::StudyValue));
        assert_eq!(register("on = '2011-10-09'"), Some(Code::StudyIncomplete));
    }
}
