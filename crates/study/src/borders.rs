//! The borders of a study: shapes by zone, who touches whom, shared arcs.

use std::path::Path;

use distretto_territory::{Contiguity, Topology, Zones};
use geo_types::MultiPolygon;

use crate::config;
use crate::fault::{Code, Fault, Log, Result, listed};
use crate::spatial::{self, Matched, Problem, SpatialError, match_zones};

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

/// Reads borders and finds the zone of each shape.
pub(crate) fn read(base: &Path, borders: &config::Borders, zones: &Zones, log: &mut Log) -> Result<Borders> {
    let path = base.join(&borders.path);
    let source = spatial::Source {
        path: &path,
        key: borders.key.as_deref().unwrap_or("code"),
        layer: borders.layer.as_deref(),
        crs: borders.crs.as_deref(),
    };
    let mut found = spatial::read(&source).map_err(|error| fault(&error))?;
    if !found.keyless.is_empty() {
        log.add(
            Fault::new(Code::BordersUnknown, format!("{} shapes have no zone code", found.keyless.len()))
                .in_file(&borders.path)
                .because("they were left out"),
        );
    }
    for feature in &mut found.features {
        if let Some(code) = borders.recode.get(&feature.key) {
            feature.key.clone_from(code);
        }
    }
    let matched = match_zones(found.features, zones);
    report(&matched, zones, &borders.path, log);
    if matched.shapes.iter().all(Option::is_none) {
        return Err(Fault::new(Code::BordersKey, "no shape has the code of a zone")
            .in_file(&borders.path)
            .because(format!("the codes there are {}", listed(&matched.unmatched, 5)))
            .hint("set `key` under [borders] to the property with the zone codes"));
    }
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
        log.add(
            Fault::new(Code::Islands, format!("{} zones touch no other", islands.len()))
                .in_file(&borders.path)
                .because(listed(&islands, 10)),
        );
    }
    Ok(Borders { shapes: matched.shapes, topology, parts, zones: touching })
}

fn report(matched: &Matched, zones: &Zones, file: &str, log: &mut Log) {
    if !matched.unmatched.is_empty() {
        log.add(
            Fault::new(
                Code::BordersUnknown,
                format!("{} codes in the borders are no zone", matched.unmatched.len()),
            )
            .in_file(file)
            .because(format!("{} were left out", listed(&matched.unmatched, 10))),
        );
    }
    let mut missing: Vec<u32> = matched.missing.iter().chain(&matched.without_geometry).copied().collect();
    missing.sort_unstable();
    if !missing.is_empty() {
        let codes: Vec<&str> = missing.iter().map(|&zone| zones.code(zone)).collect();
        log.add(
            Fault::new(Code::BordersMissing, format!("{} zones have no shape", codes.len()))
                .in_file(file)
                .because(format!("{} cannot be drawn and touch no other zone", listed(&codes, 10))),
        );
    }
}

/// A problem with a file of borders, in the terms of the catalogue.
pub(crate) fn fault(error: &SpatialError) -> Box<Fault> {
    let code = match &error.problem {
        Problem::NotFound => Code::FileMissing,
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
