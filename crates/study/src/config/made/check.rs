//! What sources, queries and micro-data must fulfil beyond the kinds of their values.

mod micro;

use super::{MadeBy, TableMut};
use crate::config::{Config, Decimal, Engine, FlowsColumns, Format, JobsColumns, JobsLayout, RawSource};
use crate::fault::{Code, Fault, Result, did_you_mean};

pub(in crate::config) fn check(config: &Config) -> Result<()> {
    for (name, source) in &config.sources {
        declared(name, source)?;
    }
    let mut found = Ok(());
    config.clone().for_each_table(&mut |section, mut table| {
        if found.is_ok() {
            found = one_origin(section, &mut table).and_then(|()| no_keys_of_files(section, &mut table));
        }
    });
    found?;
    for table in config.made() {
        let section = &table.section;
        match &table.by {
            MadeBy::Query(_) => {}
            MadeBy::Register(given) => micro::register(config, &format!("{section}.register"), given)?,
            MadeBy::Trips(given) => micro::trips(config, &format!("{section}.trips"), given)?,
        }
    }
    if let Some(given) = &config.transactions {
        micro::transactions(config, given)?;
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
    let given: Vec<String> =
        [path, query, micro].into_iter().flatten().map(|key| format!("`{key}`")).collect();
    if given.len() > 1 {
        return Err(Fault::new(Code::KeysConflict, format!("[{section}] has {}", given.join(" and ")))
            .because("a table comes from one of them"));
    }
    Ok(())
}

/// A table that the engine makes has a form of its own, so keys that say how a file is read would be ignored.
fn no_keys_of_files(section: &str, table: &mut TableMut<'_>) -> Result<()> {
    let Some(by) = table.made_by() else { return Ok(()) };
    let source = table.source();
    let mut keys = vec![("format", source.format != Format::Auto), ("delimiter", source.delimiter.is_some())];
    if by.is_micro() {
        keys.push(("decimal", source.decimal != Decimal::default()));
        match table {
            TableMut::Flows(flows) => keys.push(("columns", flows.columns != FlowsColumns::default())),
            TableMut::Jobs(jobs) => keys.extend([
                ("columns", jobs.columns != JobsColumns::default()),
                ("layout", jobs.layout != JobsLayout::default()),
                ("wide", !jobs.wide.is_empty()),
            ]),
            TableMut::Zones(_) | TableMut::Partition(_) => {}
        }
    }
    let Some((key, _)) = keys.into_iter().find(|(_, is_given)| *is_given) else { return Ok(()) };
    let (beside, own) = match by {
        MadeBy::Query(_) => {
            ("query", "name the columns in the query, and the format of files at their source")
        }
        MadeBy::Register(_) => {
            ("register", "say what the columns of the register are called in its own section")
        }
        MadeBy::Trips(_) => ("trips", "say what the columns of the trips are called in its own section"),
    };
    Err(Fault::new(Code::KeysConflict, format!("[{section}] has `{key}` and `{beside}`"))
        .because(format!("`{key}` says how a file is read, and this table is made, not read from a file"))
        .hint(format!("take `{key}` out; {own}")))
}

fn declared(name: &str, source: &RawSource) -> Result<()> {
    let section = format!("sources.{name}");
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !name.bytes().all(plain) || name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() {
        return Err(Fault::new(Code::StudyValue, format!("[{section}] is no name for a source"))
            .because("queries know it by this name")
            .hint("take small letters, digits and `_`, a letter first"));
    }
    if source.path.0.iter().any(String::is_empty) || (source.path.0.is_empty() && source.query.is_none()) {
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
        for number in ["8", "8.5"] {
            let fault =
                Config::parse(&format!("[flows]\npath = 'f'\n[engine]\nmemory = {number}"), "s").unwrap_err();
            assert_eq!(fault.what, format!("`memory` is `{number}`, which is no amount of memory"));
            assert!(fault.help.unwrap().contains("8 GB"));
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
        for none in ["'9.10.2011'", "'2011-02-30'", "'2011-11-31'", "2011-10-09T10:00:00", "10:00:00"] {
            let keys = format!("on = {none}\ncolumns = {{ from = 'a' }}");
            assert_eq!(register(&keys), Some(Code::StudyValue), "{none}");
        }
        assert_eq!(register("on = '2011-10-09'"), Some(Code::StudyIncomplete));
    }

    #[test]
    fn days_may_stand_without_quotes() {
        let flows = "[flows]\npath = 'f'\n[sources.t]\npath = 't'\n";
        let parse = |keys: &str| Config::parse(&format!("{flows}{keys}"), "study.toml").unwrap();
        let on = |on: &str| {
            let given =
                parse(&format!("[jobs.register]\nsource = 't'\non = {on}\ncolumns = {{ from = 'a' }}"));
            given.jobs.unwrap().table.register.unwrap().on
        };
        assert_eq!(on("2011-10-09"), on("'2011-10-09'"));
        let between = |days: &str| {
            parse(&format!("[transactions]\nsource = 't'\nbetween = {days}\ncolumns = {{ date = 'd' }}"))
        };
        let same = between("['2011-01-01', '2011-12-31']");
        assert_eq!(between("[2011-01-01, 2011-12-31]"), same);
        assert_eq!(between("[2011-01-01, '2011-12-31']"), same);
        let number =
            format!("{flows}[jobs.register]\nsource = 't'\non = 20111009\ncolumns = {{ from = 'a' }}");
        let fault = Config::parse(&number, "study.toml").unwrap_err();
        assert!(fault.what.contains("a day such as \"2011-10-09\""), "{fault}");
    }

    #[test]
    fn the_last_day_is_not_before_the_first() {
        let between = |days: &str| {
            code(&format!(
                "[flows]\npath = 'f'\n[sources.t]\npath = 't'\n[transactions]\nsource = 't'\nbetween = {days}\n\
                 columns = {{ date = 'd' }}"
            ))
        };
        assert_eq!(between("['2011-01-01', '2011-01-01']"), None);
        assert_eq!(between("['2011-12-31', '2011-01-01']"), Some(Code::StudyValue));
        assert_eq!(between("['2011-01-01', '2011-11-31']"), Some(Code::StudyValue));
    }

    #[test]
    fn keys_that_would_be_ignored_are_refused() {
        let fault = |text: &str| {
            let all = format!("[sources.t]\npath = 't'\n{text}");
            Config::parse(&all, "study.toml").err().map(|fault| (fault.code, fault.what))
        };
        let refused = |text: &str, code: Code, words: &str| {
            let (found, what) = fault(text).unwrap_or_else(|| panic!("not refused: {text}"));
            assert!(found == code && what.contains(words), "{text}: {what}");
        };
        let conflict = |text: &str, words: &str| refused(text, Code::KeysConflict, words);
        let trips = |keys: &str| format!("[flows.trips]\nsource = 't'\n{keys}");
        for keys in [
            "at_least = 2",
            "home_purposes = ['home']",
            "work_purposes = ['work']",
            "home_hours = [20, 6]",
            "work_hours = [9, 12]",
        ] {
            conflict(&trips(keys), &format!("has `{}`", keys.split(' ').next().unwrap()));
        }
        let persons = |keys: &str| trips(&format!("count = 'persons'\n{keys}"));
        for key in ["home_purposes", "work_purposes"] {
            let without = persons(&format!("{key} = ['x']\ncolumns = {{ person = 'p', time = 't' }}"));
            refused(&without, Code::StudyIncomplete, "no column `purpose`");
        }
        assert_eq!(
            fault(&persons("at_least = 2\nhome_purposes = ['x']\ncolumns = { person = 'p', purpose = 'q' }")),
            None
        );
        refused(&trips("purposes = ['x']"), Code::StudyIncomplete, "no column `purpose`");

        conflict("[flows]\ncolumns = { flow = 'n' }\ntrips = { source = 't' }", "`columns` and `trips`");
        conflict("[flows]\nformat = 'csv'\ntrips = { source = 't' }", "`format` and `trips`");
        conflict("[flows]\nformat = 'csv'\nquery = 'SELECT 1'", "`format` and `query`");
        assert_eq!(fault("[flows]\ncolumns = { flow = 'n' }\nquery = 'SELECT 1'"), None);
        let jobs =
            |keys: &str| format!("[flows]\npath = 'f'\n[jobs]\n{keys}\n[jobs.register]\nsource = 't'\n");
        conflict(&jobs("columns = { zone = 'z' }"), "`columns` and `register`");
        conflict(&jobs("layout = 'bands'"), "`layout` and `register`");
        conflict(&jobs("delimiter = ';'"), "`delimiter` and `register`");
        conflict(&jobs("path = 'f'"), "`path` and `register`");
        for key in ["firm", "unit"] {
            conflict(&format!("{}columns = {{ {key} = 'x' }}", jobs("")), &format!("`columns.{key}`"));
        }
        let firms = |columns: &str| {
            format!(
                "[flows]\npath = 'f'\n[transactions]\nsource = 't'\n[transactions.firms]\nsource = 't'\ncolumns = {{ {columns} }}"
            )
        };
        conflict(&firms("firm = 'f', size_class = 's'"), "`columns.size_class`");
        assert_eq!(fault(&firms("firm = 'f', unit = 'u', employees = 'e', from = 'a', to = 'b'")), None);
    }
}
