//! What a study asks for, in the terms of the engine.

use std::path::{Path, PathBuf};
use std::time::Duration;

use distretto_engine::plans::{Place, register, trade, transactions, trips};
use distretto_engine::source::{ColumnType, Layout, Source};
use distretto_engine::{Options, Order, options};

use crate::config::{
    self, Config, EngineKeys, MadeBy, RawSource, SourceFormat, TripsCount, ValueKind, memory, scheduler,
};
use crate::fault::{Code, Fault, Result};

/// Where plans run, and with how much.
pub(super) fn options(config: &Config, base: &Path) -> Result<Options> {
    let keys = config.engine.as_ref().map_or_else(EngineKeys::default, |engine| engine.keys.clone());
    let place = match &keys.address {
        None => options::Place::Here,
        Some(address) => {
            let (host, port) = scheduler(address)?;
            options::Place::Cluster { host, port: port.unwrap_or(options::SCHEDULER_PORT) }
        }
    };
    Ok(Options {
        place,
        memory: memory(&keys.memory)?,
        threads: keys.threads,
        spill: keys.spill.map(|folder| base.join(folder)),
        shared: keys.shared.map(|folder| base.join(folder)),
        deadline: Duration::from_secs(60 * u64::from(keys.deadline_minutes)),
        ..Options::default()
    })
}

/// The sources of a study.
pub(super) fn sources(config: &Config, base: &Path) -> Vec<Source> {
    config.sources.iter().map(|(name, raw)| source(name, raw, base)).collect()
}

fn source(name: &str, raw: &RawSource, base: &Path) -> Source {
    let kind = |kind: &ValueKind| match kind {
        ValueKind::Text => ColumnType::Text,
        ValueKind::Whole => ColumnType::Whole,
        ValueKind::Number => ColumnType::Number,
        ValueKind::Date => ColumnType::Date,
        ValueKind::Time => ColumnType::Time,
    };
    Source {
        name: name.to_owned(),
        base: base.to_owned(),
        paths: raw.path.0.clone(),
        layout: match raw.format {
            SourceFormat::Auto => Layout::Auto,
            SourceFormat::Parquet => Layout::Parquet,
            SourceFormat::Csv => Layout::Csv,
            SourceFormat::Json => Layout::Json,
            SourceFormat::Istat2011 => Layout::Istat2011,
        },
        delimiter: raw.delimiter.and_then(|delimiter| u8::try_from(delimiter).ok()),
        types: raw.types.iter().map(|(name, given)| (name.clone(), kind(given))).collect(),
        query: raw.query.clone(),
    }
}

/// What makes a table. `zones` is the file of zones that points are put into.
pub(super) fn order(by: &MadeBy, protect: bool, zones: Option<&Path>) -> Result<Order> {
    Ok(match by {
        MadeBy::Query(sql) => Order::Query(sql.clone()),
        MadeBy::Register(given) => Order::Register(register_order(given, protect, zones)?),
        MadeBy::Trips(given) => Order::Trips(trips_order(given, protect, zones)?),
    })
}

/// Whether any of these columns is a coordinate.
pub(super) fn has_points(by: &MadeBy) -> bool {
    match by {
        MadeBy::Query(_) => false,
        MadeBy::Register(given) => given.columns.lon.is_some(),
        MadeBy::Trips(given) => given.columns.from_lon.is_some() || given.columns.to_lon.is_some(),
    }
}

fn place(
    zone: Option<&String>,
    usual: &str,
    lon: Option<&String>,
    lat: Option<&String>,
    zones: Option<&Path>,
) -> Result<Place> {
    match (lon, lat) {
        (Some(lon), Some(lat)) => {
            let zones: PathBuf = zones
                .ok_or_else(|| Fault::new(Code::Internal, "points without a file of zones"))?
                .to_path_buf();
            Ok(Place::Point { lon: lon.clone(), lat: lat.clone(), zones })
        }
        _ => Ok(Place::Zone(zone.map_or_else(|| usual.to_owned(), Clone::clone))),
    }
}

/// The column of that name where the study does not say.
fn named(column: Option<&String>, usual: &str) -> String {
    column.map_or_else(|| usual.to_owned(), Clone::clone)
}

fn register_order(
    given: &config::Register,
    largest: bool,
    zones: Option<&Path>,
) -> Result<register::Register> {
    let columns = &given.columns;
    // A register that has neither by name is one of units with a number of employees.
    let employees = match (&columns.employees, &columns.size_class) {
        (None, None) => Some("employees".to_owned()),
        (employees, _) => employees.clone(),
    };
    Ok(register::Register {
        source: given.source.clone(),
        place: place(columns.zone.as_ref(), "zone", columns.lon.as_ref(), columns.lat.as_ref(), zones)?,
        activity: named(columns.activity.as_ref(), "activity"),
        employees,
        size_class: columns.size_class.clone(),
        from: columns.from.clone(),
        to: columns.to.clone(),
        on: given.on.clone(),
        largest,
    })
}

fn trips_order(given: &config::Trips, persons: bool, zones: Option<&Path>) -> Result<trips::Trips> {
    let columns = &given.columns;
    let rule = match given.count {
        TripsCount::Trips => trips::Rule::Trips,
        TripsCount::Persons => trips::Rule::Places(trips::Places {
            home_hours: given.home_hours.into(),
            home_purposes: given.home_purposes.clone(),
            work_hours: given.work_hours.into(),
            work_purposes: given.work_purposes.clone(),
            at_least: given.at_least,
        }),
    };
    Ok(trips::Trips {
        source: given.source.clone(),
        person: columns.person.clone(),
        from: place(
            columns.from.as_ref(),
            "from",
            columns.from_lon.as_ref(),
            columns.from_lat.as_ref(),
            zones,
        )?,
        to: place(columns.to.as_ref(), "to", columns.to_lon.as_ref(), columns.to_lat.as_ref(), zones)?,
        time: columns.time.clone(),
        purpose: columns.purpose.clone(),
        weight: columns.weight.clone(),
        purposes: given.purposes.clone(),
        weekdays: given.weekdays.iter().map(|&day| day as u8).collect(),
        hours: given.hours.map(Into::into),
        rule,
        per: given.per,
        persons,
    })
}

/// Invoices as the study describes them.
pub(super) fn network_order(given: &config::Transactions) -> transactions::Transactions {
    let columns = &given.columns;
    transactions::Transactions {
        source: given.source.clone(),
        seller: named(columns.seller.as_ref(), "seller"),
        buyer: named(columns.buyer.as_ref(), "buyer"),
        amount: columns.amount.clone(),
        date: columns.date.clone(),
        product: columns.product.clone(),
        between: given.between.clone().map(|[from, to]| (from, to)),
    }
}

/// Where firms are and what they do.
pub(super) fn firms_order(given: &config::Register, zones: Option<&Path>) -> Result<trade::Firms> {
    let columns = &given.columns;
    Ok(trade::Firms {
        source: given.source.clone(),
        firm: named(columns.firm.as_ref(), "firm"),
        unit: columns.unit.clone(),
        place: place(columns.zone.as_ref(), "zone", columns.lon.as_ref(), columns.lat.as_ref(), zones)?,
        activity: named(columns.activity.as_ref(), "activity"),
        employees: columns.employees.clone(),
        on: given.on.clone(),
        from: columns.from.clone(),
        to: columns.to.clone(),
    })
}
