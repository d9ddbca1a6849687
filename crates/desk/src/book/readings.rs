//! What the edition says of the districts that a plan visits.

use std::collections::BTreeSet;

use distretto_roadbook::Words;
use distretto_roadbook::book::{Outline, Reading};
use distretto_study::edition::slug::slug;
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
                is_district: Some(district.is_district),
                certainty: district.certainty,
                workers: district.workers.map(|workers| workers.round() as u64),
                units: facts.main_units.map(|units| units.round() as u64),
                link: making.atlas.map(|atlas| link(atlas, &district.code)).unwrap_or_default(),
            }
        })
        .collect()
}

/// The page of an area in an atlas.
fn link(atlas: &str, code: &str) -> String {
    format!("{}/areas/{}/", atlas.trim_end_matches('/'), slug(code))
}

/// What the numbers say; nothing where they are not known.
fn why(facts: &Facts, words: &Words) -> String {
    let number = |number: f64| words.number(number.round().max(0.0) as u64);
    let mut sentences = Vec::new();
    if let (Some(zones), Some(population)) = (facts.zones, facts.population) {
        let values = [("zones", number(zones)), ("population", number(population))];
        sentences.push(said(words, "reading.municipalities", &values));
    }
    if let (Some(all), Some(main), Some(quotient)) =
        (facts.manufacturing_jobs, facts.main_jobs, facts.quotient)
    {
        let quotient = words.decimal((quotient * 10.0).round() / 10.0);
        let values = [("all", number(all)), ("main", number(main)), ("quotient", quotient)];
        sentences.push(said(words, "reading.specialised", &values));
    }
    sentences.join(" ")
}

fn said(words: &Words, message: &str, values: &[(&str, String)]) -> String {
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    words.say(message, &values)
}

/// The outlines of the districts that are visited, drawn as finely as a page can show.
pub(super) fn outlines(edition: &Edition, making: &Making<'_>) -> Vec<Outline> {
    let visited = visited(making);
    let districts = edition.districts.iter().filter(|district| visited.contains(district.code.as_str()));
    districts
        .filter_map(|district| {
            let rings = rings(edition.outlines.get(&district.code)?);
            Some(Outline { name: district.name.clone(), is_district: Some(district.is_district), rings })
        })
        .collect()
}

/// Points of a ring nearer to each other than this share of the size of the shape cannot be told apart on a page.
const FINENESS: f64 = 1.0 / 400.0;

fn rings(shape: &MultiPolygon<f64>) -> Vec<Vec<(f64, f64)>> {
    let points = || shape.iter().flat_map(|polygon| &polygon.exterior().0);
    let span = |of: fn(&geo_types::Coord<f64>) -> f64| {
        let (least, most) =
            points().map(of).fold((f64::MAX, f64::MIN), |(least, most), at| (least.min(at), most.max(at)));
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
