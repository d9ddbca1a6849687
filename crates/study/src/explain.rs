//! Why: the whole reasoning about one area or one zone.

mod area;
mod certainty;
mod zone;

use crate::fault::{Code, Fault, Result, did_you_mean, listed};
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
        && let Some(area) = one_of(&find_areas(results, place), place, results.areas.partition.codes())?
    {
        return area::explain(results, area);
    }
    if subject != Subject::Area
        && let Some(zone) = one_of(&find_zones(results, place), place, results.input.zones.zones.codes())?
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

/// The area with this code, or all with this name.
fn find_areas(results: &Results, place: &str) -> Vec<u32> {
    match results.areas.partition.area_with_code(place) {
        Some(area) => vec![area],
        None => named(results.areas.names.iter().map(|name| Some(name.as_str())), place),
    }
}

/// The zone with this code, or all with this name.
fn find_zones(results: &Results, place: &str) -> Vec<u32> {
    let zones = &results.input.zones;
    match zones.zones.index_of(place) {
        Some(zone) => vec![zone],
        None => named(zones.names.iter().map(Option::as_deref), place),
    }
}

fn named<'a>(names: impl Iterator<Item = Option<&'a str>>, place: &str) -> Vec<u32> {
    (0..)
        .zip(names)
        .filter(|(_, name)| name.is_some_and(|name| same(name, place)))
        .map(|(at, _)| at)
        .collect()
}

/// The place that was found, if any; several of the same name are told apart by code.
fn one_of(found: &[u32], place: &str, codes: &[String]) -> Result<Option<u32>> {
    match found {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => {
            let codes: Vec<&String> = several.iter().map(|&at| &codes[at as usize]).collect();
            Err(Fault::new(Code::PlaceUnknown, format!("{} places are called `{place}`", codes.len()))
                .because(format!("their codes are {}", listed(&codes, 20)))
                .hint("ask by code"))
        }
    }
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}
