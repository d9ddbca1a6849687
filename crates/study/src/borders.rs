//! The borders of a study: shapes by zone, who touches whom, shared arcs.

use std::path::Path;

use distretto_flows::FlowTable;
use distretto_territory::{Contiguity, Topology, Zones};
use geo_types::MultiPolygon;

use crate::config;
use crate::fault::{Code, Fault, Log, Result, listed};
use crate::spatial::{self, Matched, Problem, SpatialError, match_zones, zones_named};
use crate::tables::missing;
use crate::words::counted;

/// Borders in memory.
#[derive(Debug, Clone)]
pub struct Borders {
    /// Shape of each zone, in degrees, by zone index.
    pub shapes: Vec<Option<MultiPolygon<f64>>>,
    /// The same as shared arcs.
    pub topology: Topology,
    /// Which polygons touch.
    pub parts: Contiguity,
    /// Which zones touch.
    pub zones: Contiguity,
}

impl Borders {
    /// Zones with a shape that touch no other, ascending.
    pub fn islands(&self) -> impl Iterator<Item = u32> + '_ {
        self.zones.alone().filter(|&zone| self.shapes[zone as usize].is_some())
    }
}

/// Reads borders and finds the zone of each shape; `flows` tell how much a zone without a shape weighs.
pub(crate) fn read(
    base: &Path,
    borders: &config::Borders,
    zones: &Zones,
    flows: Option<&FlowTable>,
    log: &mut Log,
) -> Result<Borders> {
    let path = base.join(&borders.path);
    let mut found = match &borders.key {
        Some(key) => read_by(&path, borders, key).map_err(|error| fault(&error))?,
        None => recognise_key(&path, borders, zones, log)?,
    };
    if !found.keyless.is_empty() {
        log.add(
            Fault::new(
                Code::BordersUnknown,
                format!("{} without a zone code", counted(found.keyless.len(), "shape")),
            )
            .in_file(&borders.path)
            .because("left out"),
        );
    }
    recode(&mut found.features, borders);
    let matched = match_zones(found.features, zones);
    if matched.shapes.iter().all(Option::is_none) {
        return Err(Fault::new(Code::BordersKey, "no shape has the code of a zone")
            .in_file(&borders.path)
            .because(format!("the codes there are {}", listed(&matched.unmatched, 5)))
            .hint("set `key` under [borders] to the property with the zone codes"));
    }
    report(&matched, borders, zones, flows, log)?;
    let topology = Topology::new(&matched.shapes)
        .map_err(|error| Fault::new(Code::BordersInvalid, error.to_string()).in_file(&borders.path))?;
    let parts = Contiguity::of_parts(&topology, borders.tolerance_metres);
    let touching = parts.of_zones_of_parts(&topology);
    let islands: Vec<&str> = touching
        .alone()
        .filter(|&zone| matched.shapes[zone as usize].is_some())
        .map(|zone| zones.code(zone))
        .collect();
    if !islands.is_empty() {
        let touch = if islands.len() == 1 { "touches" } else { "touch" };
        log.add(
            Fault::new(Code::Islands, format!("{} {touch} no other", counted(islands.len(), "zone")))
                .in_file(&borders.path)
                .because(listed(&islands, 10)),
        );
    }
    Ok(Borders { shapes: matched.shapes, topology, parts, zones: touching })
}

/// The shapes of a file with their codes, recoded, whatever zones there are; by the property `code` where the study names none.
#[cfg(feature = "engine")]
pub(crate) fn features(base: &Path, borders: &config::Borders) -> Result<Vec<spatial::Feature>> {
    let key = borders.key.as_deref().unwrap_or("code");
    let mut found = read_by(&base.join(&borders.path), borders, key).map_err(|error| fault(&error))?;
    recode(&mut found.features, borders);
    Ok(found.features)
}

fn recode(features: &mut [spatial::Feature], borders: &config::Borders) {
    for feature in features {
        if let Some(code) = borders.recode.get(&feature.key) {
            feature.key.clone_from(code);
        }
    }
}

fn read_by(path: &Path, borders: &config::Borders, key: &str) -> Result<spatial::Borders, SpatialError> {
    let (layer, crs) = (borders.layer.as_deref(), borders.crs.as_deref());
    spatial::read(&spatial::Source { path, key, layer, crs })
}

/// Reads borders whose key is not stated: by `code` where there is such a property, else by the one property whose values are the
/// codes of at least half of the zones. The file is read once for each property, and the shapes of one reading are kept.
fn recognise_key(
    path: &Path,
    borders: &config::Borders,
    zones: &Zones,
    log: &mut Log,
) -> Result<spatial::Borders> {
    let properties = match read_by(path, borders, "code") {
        Ok(found) => return Ok(found),
        Err(SpatialError { problem: Problem::NoColumn { available, .. }, .. }) => available,
        Err(error) => return Err(fault(&error)),
    };
    let mut fitting: Vec<&String> = Vec::new();
    let mut first = None;
    for property in &properties {
        let Ok(found) = read_by(path, borders, property) else { continue };
        if 2 * zones_named(&found.features, zones) >= zones.len() {
            fitting.push(property);
            first.get_or_insert(found);
        }
    }
    match (fitting.as_slice(), first) {
        ([property], Some(found)) => {
            log.add(
                Fault::new(Code::ColumnGuessed, format!("property `{property}` is taken as the zone code"))
                    .in_file(&borders.path),
            );
            Ok(found)
        }
        ([], _) => Err(Fault::new(Code::BordersKey, "no property of the borders holds the zone codes")
            .in_file(&borders.path)
            .because(format!("the properties are {}", listed(&properties, 12)))
            .hint("use borders with the codes of the zone table, or translate them with `recode`")),
        _ => Err(Fault::new(Code::BordersKey, "several properties of the borders could hold the zone codes")
            .in_file(&borders.path)
            .because(format!("{} all do", listed(&fitting, 12)))
            .hint("set `key` under [borders] to the right one")),
    }
}

/// Says what does not fit.
///
/// # Errors
/// A code is no zone, and the study does not allow it.
fn report(
    matched: &Matched,
    borders: &config::Borders,
    zones: &Zones,
    flows: Option<&FlowTable>,
    log: &mut Log,
) -> Result<()> {
    let file = &borders.path;
    if matched.padded > 0 {
        let are = if matched.padded == 1 { "is that of a zone" } else { "are those of zones" };
        log.add(
            Fault::new(
                Code::BordersPadded,
                format!("{} in the borders {are} but for leading zeros", counted(matched.padded, "code")),
            )
            .in_file(file),
        );
    }
    let mut missing: Vec<u32> = matched.missing.iter().chain(&matched.without_geometry).copied().collect();
    missing.sort_unstable();
    let without = counted(missing.len(), "zone") + " without a shape";
    let share = flows.map_or_else(String::new, |flows| {
        format!(" ({:.2} % of residents in work and jobs)", 100.0 * share_of(&missing, flows))
    });
    if !matched.unmatched.is_empty() {
        let are = if matched.unmatched.len() == 1 { "is no zone" } else { "are no zones" };
        let what = format!("{} in the borders {are}", counted(matched.unmatched.len(), "code"));
        let codes = listed(&matched.unmatched, 10);
        if !borders.allow_unmatched {
            return Err(Fault::new(Code::UnknownZones, what)
                .in_file(file)
                .because(format!("{codes}; {without}{share}"))
                .hint(
                    "use borders of the same vintage, translate codes with `recode`, \
                     or leave such shapes out with `allow_unmatched = true` under [borders]",
                ));
        }
        log.add(Fault::new(Code::BordersUnknown, what).in_file(file).because(format!("left out: {codes}")));
    }
    if !missing.is_empty() {
        let codes: Vec<&str> = missing.iter().map(|&zone| zones.code(zone)).collect();
        log.add(
            Fault::new(Code::BordersMissing, without + &share)
                .in_file(file)
                .because(format!("not drawn, and touching no other zone: {}", listed(&codes, 10))),
        );
    }
    Ok(())
}

/// What share of all residents in work and jobs these zones have, in 0..=1.
fn share_of(members: &[u32], flows: &FlowTable) -> f64 {
    let theirs: f64 = members.iter().map(|&zone| flows.residents(zone) + flows.workers(zone)).sum();
    if theirs > 0.0 { theirs / (2.0 * flows.total()) } else { 0.0 }
}

/// A problem with a file of borders, in the terms of the catalogue.
pub(crate) fn fault(error: &SpatialError) -> Box<Fault> {
    let code = match &error.problem {
        Problem::NotFound => return missing(&error.file),
        Problem::Unreadable(_) => Code::FileUnreadable,
        Problem::NoColumn { .. } => Code::BordersKey,
        Problem::Unwritable(_) => Code::OutputFailed,
        _ => Code::BordersInvalid,
    };
    let fault = Fault::new(code, error.problem.to_string()).in_file(&error.file).hint(error.problem.help());
    match error.feature {
        Some(feature) => fault.because(format!("at feature {feature} of the file")),
        None => fault,
    }
}
