//! Why: the whole reasoning about one area or one zone.

mod area;
mod zone;

use crate::fault::{Code, Fault, Result, did_you_mean};
use crate::run::Results;

/// Among what to look for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Areas first, then zones.
    Any,
    /// Areas only.
    Area,
    /// Zones only.
    Zone,
}

/// Explains a place given by code or by name (case does not matter). An area: what it is, each step of the rule with
/// value, threshold and margin, and what would flip it. A zone: what happened to it during the search, and its
/// cohesion with every area it is tied to. The search is best run with a trace.
pub fn explain(results: &Results, place: &str, subject: Subject) -> Result<String> {
    if subject != Subject::Zone
        && let Some(area) = find_area(results, place)
    {
        return area::explain(results, area);
    }
    if subject != Subject::Area
        && let Some(zone) = find_zone(results, place)
    {
        return Ok(zone::explain(results, zone));
    }
    let zones = &results.input.zones;
    let mut known: Vec<&str> = Vec::new();
    if subject != Subject::Zone {
        known.extend(results.areas.names.iter().map(String::as_str));
        known.extend(results.areas.partition.codes().iter().map(String::as_str));
    }
    if subject != Subject::Area {
        known.extend(zones.zones.codes().iter().map(String::as_str));
        known.extend(zones.names.iter().filter_map(Option::as_deref));
    }
    let what = match subject {
        Subject::Any => "area or zone",
        Subject::Area => "area",
        Subject::Zone => "zone",
    };
    let fault = Fault::new(Code::PlaceUnknown, format!("no {what} is called `{place}`"));
    Err(match did_you_mean(place, &known) {
        Some(like) => fault.hint(format!("did you mean `{like}`?")),
        None => fault.hint("give a code or a name as in areas.csv or zones.csv"),
    })
}

fn find_area(results: &Results, place: &str) -> Option<u32> {
    let by_name = || results.areas.names.iter().position(|name| same(name, place)).map(|area| area as u32);
    results.areas.partition.area_with_code(place).or_else(by_name)
}

fn find_zone(results: &Results, place: &str) -> Option<u32> {
    let zones = &results.input.zones;
    let by_name = || {
        let named = |name: &Option<String>| name.as_deref().is_some_and(|name| same(name, place));
        zones.names.iter().position(named).map(|zone| zone as u32)
    };
    zones.zones.index_of(place).or_else(by_name)
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}
