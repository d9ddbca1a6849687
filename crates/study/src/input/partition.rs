//! A given partition of the zones into areas.

use std::collections::BTreeMap;

use distretto_territory::{Partition, Zones};

use crate::config::{PartitionColumns, TableSource};
use crate::fault::{Code, Fault, Log, Result, listed};
use crate::tables::{Folder, Need, Role, Table, Translation};
use crate::words::counted;
use crate::zones::lookup::Found;
use crate::zones::{Lookup, Unmatched};

/// A partition that a study gives, such as the official areas.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenPartition {
    /// What it is called.
    pub name: String,
    /// Zones to areas, over the zones of the study.
    pub partition: Partition,
    /// Names of areas by their code, where the table has them.
    pub area_names: BTreeMap<String, String>,
}

fn roles(columns: &PartitionColumns) -> Vec<Role<'_>> {
    let PartitionColumns { zone, area, name } = columns;
    vec![
        Role::new("zone", zone.as_deref(), &["code", "zone_id", "id", "community"], Need::Text),
        Role::new("area", area.as_deref(), &["cluster", "sll", "ttwa", "cz"], Need::Text),
        // A column `name` in such a table is as a rule that of the zone, so it is taken only where the study says so.
        Role::new("area_name", name.as_deref(), &[], Need::OptionalText),
    ]
}

pub(super) fn table<'a>(
    folder: &'a Folder,
    section: &'a str,
    source: &'a TableSource,
    columns: &'a PartitionColumns,
) -> Result<Table<'a>> {
    Table::open(folder, section, source, roles(columns))
}

/// Reads a partition. A zone whose area is empty, or that has no row, has no area.
#[expect(clippy::too_many_arguments, reason = "one caller; each is a different thing")]
pub(super) fn read(
    table: &Table<'_>,
    translation: &Translation,
    elsewhere: &[String],
    allowed: bool,
    section: &str,
    name: &str,
    zones: &Zones,
    log: &mut Log,
) -> Result<GivenPartition> {
    let mut area_of: Vec<Option<String>> = vec![None; zones.len()];
    let mut area_names = BTreeMap::new();
    let mut lookup = Lookup::new(translation, elsewhere, |code| zones.index_of(code));
    let (mut rows, mut unknown_rows) = (0u64, Vec::new());
    table.for_each_batch(log, |batch| {
        let (codes, areas, names) = (batch.text("zone"), batch.text("area"), batch.text("area_name"));
        for row in 0..batch.len() {
            rows += 1;
            let zone = match lookup.find(batch.present(&codes, row)?) {
                Found::Zone(zone) => zone as usize,
                Found::Elsewhere => continue,
                Found::Unknown(at) => {
                    let at = at as usize;
                    unknown_rows.resize(unknown_rows.len().max(at + 1), 0.0);
                    unknown_rows[at] += 1.0;
                    continue;
                }
            };
            let Some(area) = areas.get(row) else { continue };
            match &area_of[zone] {
                Some(other) if other != area => {
                    let code = zones.code(zone as u32);
                    let what = format!("zone `{code}` is in area `{other}` and in area `{area}`");
                    return Err(batch.fault(Code::PartitionTwice, row, what).of_zone(code));
                }
                _ => area_of[zone] = Some(area.to_owned()),
            }
            if let Some(area_name) = names.get(row) {
                area_names.entry(area.to_owned()).or_insert_with(|| area_name.to_owned());
            }
        }
        Ok(())
    })?;
    let unknown = lookup.into_unknown();
    let left_out: f64 = unknown_rows.iter().sum();
    let unmatched = Unmatched::new(unknown, unknown_rows, left_out as u64, left_out, rows as f64);
    let used: Vec<bool> = area_of.iter().map(Option::is_some).collect();
    unmatched.judge(section, "rows", allowed.then_some(Code::PartitionUnmatched), zones, &used, log)?;
    let bare: Vec<&str> =
        zones.codes().iter().zip(&used).filter(|(_, used)| !**used).map(|(code, _)| code.as_str()).collect();
    if !bare.is_empty() {
        let have = if bare.len() == 1 { "has" } else { "have" };
        let what = format!("{} {have} no area in {name}", counted(bare.len(), "zone"));
        log.add(Fault::new(Code::PartitionUnmatched, what).because(listed(&bare, 10)));
    }
    Ok(GivenPartition { name: name.to_owned(), partition: Partition::from_codes(&area_of), area_names })
}
