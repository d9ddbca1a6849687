//! What the edition says of the districts that a plan visits.

use std::collections::BTreeSet;

use distretto_roadbook::Words;
use distretto_roadbook::book::{Outline, Reading};
use geo_types::{LineString, MultiPolygon};

use super::Making;
use crate::folder::{Edition, Facts};

/// Codes of the districts of the hosts that the plan visits.
fn visited<'a>(making: &Making<'a>) -> BTreeSet<&'a str> {
    let hosts = making.plan.stops().filter_map(|(_, stop)| making.opened.tour.host(&stop.host));
    hosts.filter_map(|host| host.district.as_deref()).collect()
}

/// What to read on each district that is visited, by code.
pub(super) fn readings(edition: &Edition, making: &Making<'_>) -> Vec<Reading> {
    let visited = visited(making);
    let districts = edition.districts.iter().filter(|district| visited.contains(district.code.as_str()));
    districts
        .map(|district| {
            let facts = edition.facts.get(&district.code).cloned().unwrap_or_default();
            Reading {
                code: district.code.clone(),
                name: district.name.clone(),
                industry: district.industry_name.clone(),
                why: why(&facts, making.words),
                certainty: district.certainty,
                workers: district.workers.map(|workers| workers.round() as u64),
                firms: facts.main_units.map(|units| units.round() as u64),
                phases: Vec::new(),
                link: making.atlas.map(|atlas| link(atlas, &district.code)).unwrap_or_default(),
            }
        })
        .collect()
}

/// The page of an area in an atlas.
fn link(atlas: &str, code: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let code: String = code
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("{}/areas/{code}/", atlas.trim_end_matches('/'))
}

/// What the numbers say, in Italian or English; nothing where they are not known.
fn why(facts: &Facts, words: &Words) -> String {
    let number = |number: f64| words.number(number.round().max(0.0) as u64);
    let is_italian = words.language().split('-').next() == Some("it");
    let mut sentences = Vec::new();
    if let (Some(zones), Some(population)) = (facts.zones, facts.population) {
        let (zones, population) = (number(zones), number(population));
        sentences.push(if is_italian {
            format!("Comuni: {zones}, con {population} abitanti, uniti da chi vive in uno e lavora nell'altro.")
        } else {
            format!("Municipalities: {zones}, with {population} inhabitants, tied by who lives in one and works in another.")
        });
    }
    if let (Some(all), Some(main), Some(quotient)) = (facts.manufacturing_jobs, facts.main_jobs, facts.quotient) {
        let (all, main, quotient) = (number(all), number(main), decimal(quotient, is_italian));
        sentences.push(if is_italian {
            format!("Dei {all} addetti alla manifattura {main} lavorano nell'industria principale: {quotient} volte la quota nazionale.")
        } else {
            format!("Of {all} employees in manufacturing, {main} work in the main industry: {quotient} times its share in the nation.")
        });
    }
    sentences.join(" ")
}

/// A number with one decimal.
fn decimal(number: f64, is_italian: bool) -> String {
    let text = format!("{number:.1}");
    if is_italian { text.replace('.', ",") } else { text }
}

/// The outlines of the districts that are visited, drawn as finely as a page can show.
pub(super) fn outlines(edition: &Edition, making: &Making<'_>) -> Vec<Outline> {
    let visited = visited(making);
    let districts = edition.districts.iter().filter(|district| visited.contains(district.code.as_str()));
    districts
        .filter_map(|district| {
            let rings = rings(edition.outlines.get(&district.code)?);
            Some(Outline { name: district.name.clone(), rings })
        })
        .collect()
}

/// Points of a ring nearer to each other than this share of the size of the shape cannot be told apart on a page.
const FINENESS: f64 = 1.0 / 400.0;

fn rings(shape: &MultiPolygon<f64>) -> Vec<Vec<(f64, f64)>> {
    let points = || shape.iter().flat_map(|polygon| &polygon.exterior().0);
    let span = |of: fn(&geo_types::Coord<f64>) -> f64| {
        let (least, most) = points().map(of).fold((f64::MAX, f64::MIN), |(least, most), at| (least.min(at), most.max(at)));
        most - least
    };
    let step = span(|point| point.x).max(span(|point| point.y)) * FINENESS;
    let all = shape.iter().flat_map(|polygon| [polygon.exterior()].into_iter().chain(polygon.interiors()));
    all.map(|ring| thinned(ring, step)).filter(|ring| ring.len() > 3).collect()
}

/// The ring without points nearer than `step` to the one kept before; it still ends where it begins.
fn thinned(ring: &LineString<f64>, step: f64) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for point in &ring.0 {
        let is_far = kept.last().is_none_or(|&(x, y)| (point.x - x).abs().max((point.y - y).abs()) >= step);
        if is_far {
            kept.push((point.x, point.y));
        }
    }
    if let (Some(&first), Some(&last)) = (kept.first(), kept.last())
        && first != last
    {
        kept.push(first);
    }
    kept
}
