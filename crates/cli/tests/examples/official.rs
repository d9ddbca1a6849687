//! The 611 official labour market areas of 2011: what Istat published of them, from the tables of an edition.

use std::collections::{BTreeMap, BTreeSet};

use crate::edition::{Edition, Row, number, published, run};

fn edition() -> Option<Edition> {
    run("italy-2011-official/study.toml", &[])
}

/// Areas by code, and of each the values that `of` has for its zones.
fn values_by_area(edition: &Edition, of: impl Fn(&Row) -> String) -> BTreeMap<String, BTreeSet<String>> {
    let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for zone in edition.table("zones") {
        values.entry(zone["area"].clone()).or_default().insert(of(&zone));
    }
    values
}

#[test]
fn borders_of_areas_are_not_those_of_regions_and_provinces() {
    let Some(edition) = edition() else { return };
    let areas = edition.by_key("areas", "area");
    assert_eq!(areas.len(), 611);
    let regions = values_by_area(&edition, |zone| zone["region"].clone());
    assert_eq!(regions.values().filter(|regions| regions.len() > 1).count(), 56);
    let three: Vec<&str> = regions
        .iter()
        .filter(|(_, regions)| regions.len() == 3)
        .map(|(area, _)| areas[area]["name"].as_str())
        .collect();
    assert_eq!(three, ["MELFI", "VOGHERA"]);
    assert!(regions.values().all(|regions| regions.len() <= 3));
    // Published: 185. The provinces of the file are the first three digits of the code of a commune, one vintage.
    let provinces = values_by_area(&edition, |zone| zone["zone"][..3].to_owned());
    assert_eq!(provinces.values().filter(|provinces| provinces.len() > 1).count(), 184);
}

#[test]
fn areas_by_region_of_their_code() {
    let Some(edition) = edition() else { return };
    let mut by_code = BTreeMap::new();
    for area in edition.table("areas") {
        let region = area["area"].parse::<u32>().unwrap() / 100;
        *by_code.entry(region).or_insert(0) += 1;
        // The region of the zone with most jobs by the estimate of the commuters is that of the code, for every area.
        assert_eq!(area["region"], region.to_string(), "{}", area["name"]);
    }
    let published = [36, 5, 51, 26, 43, 11, 14, 39, 48, 14, 25, 18, 18, 5, 46, 44, 14, 44, 71, 39];
    assert_eq!(by_code.values().copied().collect::<Vec<i32>>(), published);
    // Sicilia, Lombardia and Toscana have most; Valle d'Aosta and Molise fewest.
    assert_eq!((by_code[&19], by_code[&3], by_code[&9], by_code[&2], by_code[&14]), (71, 51, 48, 5, 5));
}

#[test]
fn milano_and_the_numbers_of_municipalities() {
    let Some(edition) = edition() else { return };
    let mut areas = edition.table("areas");
    areas.sort_by(|a, b| number(b, "zones").total_cmp(&number(a, "zones")));
    let largest: Vec<(&str, f64)> =
        areas[..3].iter().map(|area| (area["name"].as_str(), number(area, "zones"))).collect();
    assert_eq!(largest, [("MILANO", 174.0), ("BERGAMO", 123.0), ("TORINO", 112.0)]);
    assert_eq!(number(&areas[0], "population"), 3_685_101.0);
    assert!(areas.iter().all(|area| number(area, "zones") > 1.0), "no area is a single municipality");
}

#[test]
fn population_by_size_of_area() {
    let Some(edition) = edition() else { return };
    let population: Vec<f64> = edition.table("areas").iter().map(|area| number(area, "population")).collect();
    let all: f64 = population.iter().sum();
    assert_eq!(all, 59_426_732.0);
    let between = |low: f64, high: f64| -> Vec<f64> {
        population.iter().copied().filter(|&persons| low < persons && persons <= high).collect()
    };
    let percent = |part: f64, whole: f64| (1000.0 * part / whole).round() / 10.0;
    let small = between(10_000.0, 50_000.0);
    assert_eq!((small.len(), percent(small.len() as f64, 611.0)), (279, 45.7));
    assert_eq!(percent(between(100_000.0, 500_000.0).iter().sum(), all), 35.0);
    let large = between(500_000.0, f64::INFINITY);
    assert_eq!((large.len(), percent(large.iter().sum(), all)), (16, 33.1));
}

/// Square kilometres as Istat has them (sum over communes, on a plane) and as the edition has them (generalised
/// borders, on the ellipsoid).
#[test]
fn the_largest_and_the_smallest_ground() {
    let Some(edition) = edition() else { return };
    let official = official_km2(&edition);
    let areas = edition.by_key("areas", "area");
    let extremes = |km2: &dyn Fn(&str) -> f64| {
        let mut codes: Vec<&String> = areas.keys().collect();
        codes.sort_by(|a, b| km2(a).total_cmp(&km2(b)));
        [codes[610], codes[0]].map(|code| (areas[code]["name"].clone(), (100.0 * km2(code)).round() / 100.0))
    };
    assert_eq!(extremes(&|code| official[code]), [("ROMA".to_owned(), 3891.52), ("CAPRI".to_owned(), 10.53)]);
    let ours = |code: &str| number(&areas[code], "km2");
    let [(largest, roma), (smallest, capri)] = extremes(&ours);
    assert_eq!((largest.as_str(), smallest.as_str()), ("ROMA", "CAPRI"));
    assert!((roma - 3885.06).abs() < 0.05 && (capri - 9.65).abs() < 0.05, "{roma} {capri}");

    // Generalising cuts off headlands: small islands lose most, all of Italy a quarter of a percent.
    let ratio = |code: &str| ours(code) / official[code];
    let whole = areas.keys().map(|code| ours(code)).sum::<f64>() / official.values().sum::<f64>();
    assert!((whole - 0.9975).abs() < 1e-4, "{whole}");
    assert!(areas.keys().all(|code| (0.91..1.03).contains(&ratio(code))));
}

fn official_km2(edition: &Edition) -> BTreeMap<String, f64> {
    let communes = published("italy-2011/communes.csv").unwrap();
    let km2: BTreeMap<&str, f64> =
        communes.iter().map(|row| (row["code"].as_str(), number(row, "area_km2"))).collect();
    let mut sums = BTreeMap::new();
    for (zone, area) in edition.partition() {
        *sums.entry(area).or_insert(0.0) += km2[zone.as_str()];
    }
    sums
}

/// Published: 332 areas above 0.75, with over 70 % of the population. That rests on the work trips of the census, which
/// are estimated here, and the publication does not say which side is meant.
#[test]
fn self_containment_above_three_quarters_from_an_estimate() {
    let Some(edition) = edition() else { return };
    let areas = edition.table("areas");
    let all: f64 = areas.iter().map(|area| number(area, "population")).sum();
    let above = |sides: &[&str]| {
        let contained = areas.iter().filter(|area| sides.iter().all(|side| number(area, side) > 0.75));
        let persons: Vec<f64> = contained.map(|area| number(area, "population")).collect();
        (persons.len(), (100.0 * persons.iter().sum::<f64>() / all).round())
    };
    assert_eq!(above(&["sc_supply_side"]), (310, 73.0));
    assert_eq!(above(&["sc_demand_side"]).0, 509);
    assert_eq!(above(&["sc_supply_side", "sc_demand_side"]), (289, 70.0));
}
