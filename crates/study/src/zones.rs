//! The zones of a study with what is known about them, and quick look-up of codes.

pub(crate) mod lookup;
mod unmatched;

use distretto_territory::Zones;
use rustc_hash::FxHashSet;

pub use lookup::Lookup;
pub use unmatched::Unmatched;

use crate::config::{self, ZonesColumns};
use crate::fault::{Code, Fault, Log, Result};
use crate::tables::{Batch, Folder, Need, Role, Table, Translation};

/// The zones and their attributes, by zone index. An attribute that is not known is `None`.
#[derive(Debug, Clone)]
pub struct ZoneTable {
    /// The codes, in the order that decides ties.
    pub zones: Zones,
    /// Name of each zone.
    pub names: Vec<Option<String>>,
    /// Region of each zone.
    pub regions: Vec<Option<String>>,
    /// Resident population of each zone, in persons.
    pub residents: Vec<Option<f64>>,
    /// Longitude and latitude of a central point of each zone, in degrees.
    pub points: Vec<Option<(f64, f64)>>,
}

impl ZoneTable {
    /// Zones of which nothing but the code is known.
    pub fn bare(zones: Zones) -> Self {
        let n = zones.len();
        Self {
            names: vec![None; n],
            regions: vec![None; n],
            residents: vec![None; n],
            points: vec![None; n],
            zones,
        }
    }

    /// Number of zones.
    pub fn len(&self) -> usize {
        self.zones.len()
    }

    /// Whether there is no zone.
    pub fn is_empty(&self) -> bool {
        self.zones.is_empty()
    }

    /// The name of a zone, or its code where it has none.
    pub fn label(&self, zone: u32) -> &str {
        self.names[zone as usize].as_deref().unwrap_or_else(|| self.zones.code(zone))
    }
}

fn roles(columns: &ZonesColumns) -> Vec<Role<'_>> {
    let ZonesColumns { code, name, region, residents, lon, lat } = columns;
    vec![
        Role::new("code", code.as_deref(), &["zone", "zone_id", "id", "geoid"], Need::Text),
        Role::new("name", name.as_deref(), &["label"], Need::OptionalText),
        Role::new("region", region.as_deref(), &[], Need::OptionalText),
        Role::new("residents", residents.as_deref(), &["population"], Need::OptionalNumber),
        Role::new("lon", lon.as_deref(), &["longitude"], Need::OptionalNumber),
        Role::new("lat", lat.as_deref(), &["latitude"], Need::OptionalNumber),
    ]
}

/// The table of zones of a study.
pub(crate) fn table<'a>(folder: &'a Folder, zones: &'a config::Zones) -> Result<Table<'a>> {
    Table::open(folder, "zones", &zones.source, roles(&zones.columns))
}

/// What one row says about a zone.
struct Row {
    code: String,
    name: Option<String>,
    region: Option<String>,
    residents: Option<f64>,
    point: Option<(f64, f64)>,
}

/// Reads the zone table. Each code occurs once; several codes may be translated into one zone, whose residents are
/// then added and whose other attributes are those of its first row.
pub(crate) fn read(table: &Table<'_>, translation: &Translation, log: &mut Log) -> Result<ZoneTable> {
    let mut rows: Vec<Row> = Vec::new();
    let mut as_written: FxHashSet<String> = FxHashSet::default();
    table.for_each_batch(log, |batch| {
        let (codes, names, regions) = (batch.text("code"), batch.text("name"), batch.text("region"));
        let (residents, lon, lat) = (batch.numbers("residents"), batch.numbers("lon"), batch.numbers("lat"));
        for row in 0..batch.len() {
            let code = batch.present(&codes, row)?;
            if !as_written.insert(code.to_owned()) {
                return Err(batch
                    .fault(Code::ZoneTwice, row, format!("zone `{code}` occurs a second time"))
                    .of_zone(code)
                    .hint("keep one row for each zone"));
            }
            let residents = batch.number(&residents, row)?;
            let (lon, lat) = (batch.number(&lon, row)?, batch.number(&lat, row)?);
            in_range(batch, row, "residents", residents, 0.0, f64::MAX)?;
            in_range(batch, row, "lon", lon, -180.0, 180.0)?;
            in_range(batch, row, "lat", lat, -90.0, 90.0)?;
            rows.push(Row {
                code: translation.apply(code).into_owned(),
                name: names.get(row).map(str::to_owned),
                region: regions.get(row).map(str::to_owned),
                residents,
                point: lon.zip(lat),
            });
        }
        Ok(())
    })?;
    let mut codes: Vec<String> = rows.iter().map(|row| row.code.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    let zones = Zones::new(codes).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let mut table = ZoneTable::bare(zones);
    for Row { code, name, region, residents, point } in rows {
        let Some(zone) = table.zones.index_of(&code).map(|zone| zone as usize) else { continue };
        table.residents[zone] = match (table.residents[zone], residents) {
            (Some(one), Some(other)) => Some(one + other),
            (one, other) => one.or(other),
        };
        table.names[zone] = table.names[zone].take().or(name);
        table.regions[zone] = table.regions[zone].take().or(region);
        table.points[zone] = table.points[zone].or(point);
    }
    Ok(table)
}

fn in_range(batch: &Batch, row: usize, role: &str, value: Option<f64>, least: f64, most: f64) -> Result<()> {
    match value {
        Some(value) if !(least..=most).contains(&value) => {
            let what = format!("{value} is not possible as `{role}` of a zone");
            Err(batch.fault(Code::AttributeInvalid, row, what).in_column(batch.column_name(role)))
        }
        _ => Ok(()),
    }
}
