//! The zones and where each belongs.

use arrow::error::ArrowError;
use distretto_flows::FlowTable;
use distretto_regions::eu_ttwa::{Outcome, ZeroReason};
use distretto_territory::geodesy::{area_m2, centroid};

use super::{CONFIDENTIALITY, confidentiality};
use crate::disclosure::{Disclosed, FlowStatuses, Status};
use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;

/// Whether a figure of a zone is published.
type StatusOf = fn(&FlowStatuses, u32) -> Status;

/// One row a zone.
pub fn zones(results: &Results) -> Result<Table, ArrowError> {
    let input = &results.input;
    let partition = &results.areas.partition;
    let published = results.disclosed.as_ref().and_then(Disclosed::flows);
    let persons = |of: &dyn Fn(&FlowTable, u32) -> f64, status: StatusOf| -> Vec<Option<f64>> {
        let flows = input.flows.as_ref().map(|flows| &flows.table);
        let told = |zone: u32| published.is_none_or(|published| !status(published, zone).withheld());
        (0..input.zones.len() as u32)
            .map(|zone| flows.filter(|_| told(zone)).map(|flows| flows.persons(of(flows, zone))))
            .collect()
    };
    let all = 0..input.zones.len() as u32;
    let shape = |zone: u32| input.borders.as_ref()?.shapes[zone as usize].as_ref();
    let point = |zone: u32| match input.zones.points[zone as usize] {
        Some(point) => Some(point),
        None => shape(zone).and_then(centroid).map(|point| (point.x(), point.y())),
    };
    let area = |zone: u32| partition.area_of(zone);
    let mut table = TableBuilder::new("zones", "The zones, and the area each belongs to.", &["zone"])
        .text("zone", "Code of the zone.", all.clone().map(|zone| Some(input.zones.zones.code(zone))))
        .text("name", "Name of the zone.", all.clone().map(|zone| input.zones.names[zone as usize].as_deref()))
        .text("region", "Region it belongs to.", all.clone().map(|zone| input.zones.regions[zone as usize].as_deref()))
        .text("area", "Code of its labour market area; missing where it has none.", all.clone().map(|zone| area(zone).map(|a| partition.code(a))))
        .text("area_name", "Name of its labour market area.", all.clone().map(|zone| area(zone).map(|a| results.areas.names[a as usize].as_str())))
        .text("without_area", "Why it has no area: no_residents, no_jobs, isolated, set_aside (in a closed group below the minimum size), not_attached, not_given.", all.clone().map(|zone| if area(zone).is_some() { None } else { Some(without_area(results.areas.search.as_ref(), zone)) }))
        .number("population", "Resident population, persons.", all.clone().map(|zone| input.zones.residents[zone as usize]))
        .number("residents", "Employed residents, wherever they work, persons.", persons(&|flows, zone| flows.residents(zone), FlowStatuses::residents))
        .number("workers", "People working in the zone, wherever they live, persons.", persons(&|flows, zone| flows.workers(zone), FlowStatuses::workers))
        .number("inside", "People living and working in the zone, persons.", persons(&|flows, zone| flows.inside(zone), FlowStatuses::inside))
        .whole("moves", "How often it changed cluster during the search.", all.clone().map(|zone| results.areas.search.as_ref().map(|search| i64::from(search.moves[zone as usize]))))
        .number("km2", "Square kilometres, on the ellipsoid.", all.clone().map(|zone| shape(zone).map(|shape| area_m2(shape) / 1e6)))
        .number("lon", "Longitude of a central point, degrees east.", all.clone().map(|zone| point(zone).map(|point| point.0)))
        .number("lat", "Latitude of a central point, degrees north.", all.clone().map(|zone| point(zone).map(|point| point.1)));
    if let Some(published) = published {
        let columns: [(&str, StatusOf); 3] = [
            ("residents_confidentiality", FlowStatuses::residents),
            ("workers_confidentiality", FlowStatuses::workers),
            ("inside_confidentiality", FlowStatuses::inside),
        ];
        for (name, status) in columns {
            let words = all.clone().map(|zone| confidentiality(status(published, zone)));
            table = table.text(name, CONFIDENTIALITY, words);
        }
    }
    table.build()
}

fn without_area(search: Option<&Outcome>, zone: u32) -> &'static str {
    let Some(search) = search else { return "not_given" };
    let zero = search.zero.binary_search_by_key(&zone, |zero| zero.zone).ok();
    match zero.map(|at| search.zero[at].reason) {
        Some(ZeroReason::NoResidents) => "no_residents",
        Some(ZeroReason::NoWorkers) => "no_jobs",
        Some(ZeroReason::Isolated) => "isolated",
        None if search.after[zone as usize] == Some(0) => "not_attached",
        None => "set_aside",
    }
}
