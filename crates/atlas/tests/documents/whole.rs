//! A made country: every document against the rows of its tables.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use distretto_atlas::documents::{self, AreaDoc};
use distretto_atlas::{Edition, Table};
use serde_json::{Map, Value};

use crate::by_hand::{TILES, read};
use crate::made;

static COUNTRY: LazyLock<Edition> = LazyLock::new(made::country);

fn rows<'a>(
    table: &'a str,
    column: &'a str,
    value: &'a str,
) -> impl Iterator<Item = Map<String, Value>> + 'a {
    let table = COUNTRY.table(table).unwrap();
    (0..table.rows()).filter(move |&row| table.text(row, column) == Some(value)).map(|row| table.row(row))
}

fn all(table: &Table) -> Vec<Map<String, Value>> {
    (0..table.rows()).map(|row| table.row(row)).collect()
}

fn areas() -> impl Iterator<Item = AreaDoc> {
    (0..COUNTRY.areas() as u32).map(|area| documents::area(&COUNTRY, area).unwrap())
}

#[test]
fn steps_and_jobs_of_an_area_are_its_rows() {
    for area in areas() {
        for (table, document) in [("steps", read(&area.steps)), ("area_jobs", read(&area.jobs))] {
            let expected: Vec<_> = rows(table, "area", &area.code).collect();
            let found = document.as_array().unwrap();
            assert_eq!(found.len(), expected.len());
            for (found, mut expected) in found.iter().zip(expected) {
                expected.retain(|column, _| column != "area" && column != "description");
                for (column, value) in expected {
                    assert_eq!(found[&column], value, "{table} of {}: {column}", area.code);
                }
            }
        }
        let named = area.steps.iter().all(|step| step.industry_name.is_some() == (step.industry != "all"));
        assert!(named && !area.steps.is_empty());
    }
}

#[test]
fn commuters_of_an_area_add_up_to_the_flows() {
    let flows = all(COUNTRY.table("flows").unwrap());
    for area in areas() {
        let sum = |end: &str, other: &str, same: bool| -> f64 {
            let rows = flows.iter().filter(|row| row[end] == area.code && (row[other] == area.code) == same);
            rows.map(|row| row["flow"].as_f64().unwrap()).sum()
        };
        let found = area.flows.as_ref().unwrap();
        assert!((found.inside - sum("origin", "destination", true)).abs() < 1e-6);
        assert!((found.out_total - sum("origin", "destination", false)).abs() < 1e-6, "{}", area.code);
        assert!((found.in_total - sum("destination", "origin", false)).abs() < 1e-6, "{}", area.code);
        assert!(found.incoming.len() <= 12 && found.incoming.is_sorted_by(|a, b| a.flow >= b.flow));
        assert!(found.incoming.iter().all(|partner| partner.area.code != area.code));
    }
}

#[test]
fn every_zone_is_listed_once_with_its_profile() {
    let mut seen = BTreeSet::new();
    for area in areas() {
        assert_eq!(read(&area.profile), Value::Object(COUNTRY.area_profiles().row(area.index as usize)));
        for zone in &area.zones {
            let profile = COUNTRY.zone_profiles().row(zone.index as usize);
            assert_eq!(profile["area"], area.code);
            let found = read(zone);
            for column in [
                "zone",
                "name",
                "population",
                "residents",
                "workers",
                "membership",
                "membership_kind",
                "runner_up",
                "runner_up_name",
                "runner_up_membership",
            ] {
                assert_eq!(found[column], profile[column], "{column}");
            }
            assert!(seen.insert(zone.index));
        }
    }
    assert_eq!(seen.len(), COUNTRY.partition.as_slice().iter().flatten().count());
}

#[test]
fn neighbours_are_mutual_and_names_form_a_chain() {
    let documents: Vec<AreaDoc> = areas().collect();
    let pairs: BTreeMap<(&str, &str), f64> = documents
        .iter()
        .flat_map(|area| {
            area.neighbours
                .iter()
                .map(|other| ((area.code.as_str(), other.area.code.as_str()), other.shared_m))
        })
        .collect();
    assert_eq!(pairs.len(), 2 * COUNTRY.table("contiguity").unwrap().rows());
    assert!(pairs.iter().all(|(&(a, b), metres)| pairs[&(b, a)] == *metres));
    let mut at = documents.iter().find(|area| area.previous.is_none()).unwrap();
    let mut chain = vec![at];
    while let Some(next) = &at.next {
        let after = documents.iter().find(|area| area.code == *next).unwrap();
        assert_eq!(after.previous.as_ref(), Some(&at.code));
        assert!(at.name <= after.name);
        at = after;
        chain.push(at);
    }
    assert_eq!(chain.len(), documents.len());
}

#[test]
fn look_alikes_are_the_nearest_by_shares_of_industries() {
    let shares: BTreeMap<String, BTreeMap<String, f64>> = areas()
        .map(|area| {
            let mut jobs: BTreeMap<String, f64> = BTreeMap::new();
            for row in rows("area_jobs", "area", &area.code).filter(|row| row["grouping"] == "industry") {
                *jobs.entry(row["group"].as_str().unwrap().to_owned()).or_default() +=
                    row["employees"].as_f64().unwrap_or(0.0);
            }
            let total: f64 = jobs.values().sum();
            for number in jobs.values_mut() {
                *number /= total;
            }
            (area.code, jobs)
        })
        .collect();
    for area in areas() {
        let own = &shares[&area.code];
        let distance = |other: &BTreeMap<String, f64>| -> f64 {
            let groups: BTreeSet<&String> = own.keys().chain(other.keys()).collect();
            groups
                .into_iter()
                .map(|group| (own.get(group).unwrap_or(&0.0) - other.get(group).unwrap_or(&0.0)).abs())
                .sum()
        };
        let mut expected: Vec<f64> =
            shares.iter().filter(|(code, _)| **code != area.code).map(|(_, other)| distance(other)).collect();
        expected.sort_by(f64::total_cmp);
        assert_eq!(area.alike.len(), 6.min(expected.len()));
        for (found, expected) in area.alike.iter().zip(expected) {
            assert!((found.dissimilarity - expected).abs() < 1e-9);
            assert!((found.dissimilarity - distance(&shares[&found.area.code])).abs() < 1e-9);
        }
    }
}

#[test]
fn the_answer_adds_up() {
    let answer = documents::answer(&COUNTRY);
    let districts: Vec<_> = rows("districts", "kind", "district").collect();
    let kinds = answer.kinds.as_ref().unwrap();
    assert_eq!(kinds.iter().map(|kind| kind.areas).sum::<usize>(), COUNTRY.areas());
    assert_eq!((kinds[0].kind.as_str(), kinds[0].areas), ("district", districts.len()));
    let sum = |column: &str| districts.iter().map(|row| row[column].as_f64().unwrap()).sum::<f64>();
    let jobs = answer.district_jobs.as_ref().unwrap();
    assert_eq!(
        [jobs.manufacturing, jobs.main_industry],
        [sum("manufacturing_jobs"), sum("main_industry_jobs")]
    );
    assert!((jobs.share.unwrap() - sum("national_share")).abs() < 1e-12);
    assert_eq!(answer.regions.iter().map(|region| region.areas).sum::<usize>(), COUNTRY.areas());
    assert_eq!(answer.regions.iter().filter_map(|region| region.districts).sum::<usize>(), districts.len());
    assert_eq!(answer.industries.iter().map(|industry| industry.districts).sum::<usize>(), districts.len());
    assert!(!districts.is_empty(), "a country without districts tests nothing");
    for industry in answer.industries.iter().filter(|industry| industry.expected.is_some()) {
        let mean = rows("counts", "group", &industry.id).next().unwrap()["mean"].as_f64();
        assert_eq!(industry.expected, mean, "the first set is all sources together");
    }
}

#[test]
fn near_misses_are_one_test_away() {
    let answer = documents::answer(&COUNTRY);
    assert!(
        !answer.near_misses.is_empty() && answer.near_misses.len() <= 15 && answer.near_falls.len() <= 15
    );
    let counted =
        |code: &str| -> Vec<_> { rows("steps", "area", code).filter(|row| row["counts"] == true).collect() };
    for miss in &answer.near_misses {
        let steps = counted(&miss.area.code);
        let failed: Vec<_> = steps.iter().filter(|row| row["outcome"] == "fail").collect();
        assert_eq!(failed.len(), 1);
        assert_eq!(
            [&failed[0]["test"], &failed[0]["industry"]],
            [&Value::from(&*miss.test), &Value::from(&*miss.industry)]
        );
        assert_eq!(failed[0]["relative_margin"].as_f64(), miss.relative_margin);
        assert_ne!(miss.area.kind.as_deref(), Some("district"));
        let certainty = rows("district_certainty", "area", &miss.area.code).next().unwrap();
        assert_eq!(certainty["existence_any_industry"].as_f64(), miss.probability);
    }
    for fall in &answer.near_falls {
        assert_eq!(fall.area.kind.as_deref(), Some("district"));
        let margins = counted(&fall.area.code).into_iter().filter_map(|row| row["relative_margin"].as_f64());
        assert_eq!(margins.min_by(f64::total_cmp), fall.relative_margin);
    }
    for list in [&answer.near_misses, &answer.near_falls] {
        assert!(list.is_sorted_by_key(|miss| miss.relative_margin.unwrap().abs()));
    }
}

#[test]
fn certainty_is_of_all_sources_together() {
    let certainty = documents::answer(&COUNTRY).certainty.unwrap();
    assert_eq!(certainty.replicates, 12);
    assert_eq!(certainty.areas.as_ref().unwrap().run, COUNTRY.areas() as f64);
    for of in ["areas", "districts"] {
        let bars = certainty.histogram.iter().filter(|bar| bar.of == of);
        assert_eq!(bars.map(|bar| bar.replicates).sum::<i64>(), 12, "{of}");
    }
    let districts = rows("districts", "kind", "district").count();
    assert_eq!(certainty.near_certain + certainty.likely + certainty.doubtful, districts);
    let zones = certainty.memberships;
    assert_eq!(
        zones.core + zones.fringe + zones.contested,
        COUNTRY.partition.as_slice().iter().flatten().count()
    );
}

#[test]
fn each_level_of_the_flow_map_holds_every_commuter_once() {
    let flows = all(COUNTRY.table("flows").unwrap());
    let levels = documents::flow_map(&COUNTRY, 0).unwrap().levels;
    assert!(levels > 1);
    for level in 0..levels {
        let map = documents::flow_map(&COUNTRY, level).unwrap();
        let mut node_of = BTreeMap::new();
        for (node, areas) in map.nodes.iter().enumerate() {
            for &area in &areas.areas {
                assert!(node_of.insert(COUNTRY.partition.code(area).to_owned(), node as u32).is_none());
            }
        }
        assert_eq!(node_of.len(), COUNTRY.areas());
        let mut lines: BTreeMap<(u32, u32), f64> = BTreeMap::new();
        let (mut between, mut within) = (0.0, 0.0);
        for row in &flows {
            let persons = row["flow"].as_f64().unwrap();
            let [a, b] = ["origin", "destination"].map(|end| node_of[row[end].as_str().unwrap()]);
            if row["origin"] != row["destination"] {
                between += persons;
                within += if a == b { persons } else { 0.0 };
            }
            if a != b {
                *lines.entry((a, b)).or_default() += persons;
            }
        }
        assert_eq!([map.between_areas, map.within_nodes], [between, within], "whole persons add up exactly");
        assert!(map.flows.len() == lines.len().min(400) && map.flows.is_sorted_by(|a, b| a.2 >= b.2));
        assert!(map.flows.iter().all(|&(a, b, persons)| lines[&(a, b)] == persons));
        let rest: f64 = lines
            .iter()
            .filter(|(ends, _)| !map.flows.iter().any(|flow| (flow.0, flow.1) == **ends))
            .map(|line| line.1)
            .sum();
        assert_eq!(map.drawn + rest + map.within_nodes, map.between_areas);
        assert_eq!(map.level + 1 == levels, map.nodes.len() == COUNTRY.areas());
    }
    assert_eq!(documents::flow_map(&COUNTRY, levels), None);
}

#[test]
fn places_to_search_are_those_of_the_tables() {
    let find = documents::find(&COUNTRY);
    assert_eq!(find.areas.len(), COUNTRY.areas());
    for (row, zone) in all(COUNTRY.table("zones").unwrap()).iter().enumerate() {
        assert_eq!(
            [&zone["zone"], &zone["name"]],
            [&Value::from(&*find.zones.code[row]), &Value::from(&*find.zones.name[row])]
        );
        assert_eq!(
            zone["area"].as_str(),
            find.zones.area[row].map(|area| find.areas[area as usize].code.as_str())
        );
    }
    assert_eq!(find.industries.len(), 11);
}

#[test]
fn every_numeric_column_is_an_indicator_or_left_out_for_a_reason() {
    let left_out = |column: &str| {
        let reasons: [(&str, bool); 4] = [
            ("how far a figure may be off by chance", column.ends_with("_se")),
            ("part of an interval", ["_median", "_low80", "_high80"].iter().any(|end| column.ends_with(end))),
            ("how many replicates a figure rests on", ["replicates", "times", "of"].contains(&column)),
            (
                "one test, shown beside the others on the page of the area",
                column.starts_with("fails_") || column.starts_with("distance_"),
            ),
        ];
        reasons.into_iter().find(|(_, is)| *is).map(|(why, _)| why)
    };
    let profiles = COUNTRY.area_profiles();
    let indicators = documents::map(&COUNTRY, &TILES).indicators;
    for field in profiles.fields.iter().filter(|field| ["integer", "number"].contains(&field.kind.as_str())) {
        let shown = indicators.iter().any(|indicator| indicator.id == field.name);
        let empty = profiles.numbers(&field.name).unwrap().iter().flatten().next().is_none();
        assert!(shown != left_out(&field.name).is_some() || empty, "`{}` is neither or both", field.name);
    }
    for indicator in indicators {
        assert!(indicator.breaks.is_sorted_by(|a, b| a < b), "{}", indicator.id);
        assert_eq!(indicator.colours.len(), indicator.breaks.len() + 1, "{}", indicator.id);
        let national = indicator.national;
        let order = [national.min, national.q1, national.median, national.q3, national.max];
        assert!(order.is_sorted(), "{}: {order:?}", indicator.id);
    }
}
