//! Borders to the zones of a study.

use std::collections::{BTreeMap, BTreeSet};

use distretto_territory::Zones;
use geo_types::MultiPolygon;

use super::read::Feature;

/// Borders by zone, and what did not fit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matched {
    /// The shape of each zone, by zone index; polygons of several features are taken together.
    pub shapes: Vec<Option<MultiPolygon<f64>>>,
    /// Codes in the borders that are no zone, ascending, each once.
    pub unmatched: Vec<String>,
    /// Zones no feature belongs to, ascending.
    pub missing: Vec<u32>,
    /// Zones whose features have no polygon, ascending.
    pub without_geometry: Vec<u32>,
    /// Zones of more than one feature, ascending, with the number of features.
    pub merged: Vec<(u32, u32)>,
    /// Codes that fit after zeros were put in front or taken away: number of features.
    pub padded: usize,
}

/// Finds the zone of each feature by its code: as it stands, else as a number, when all digits and only one zone has
/// that value (`1001` is `001001`). Nothing is dropped unsaid. Cost: n log n.
pub fn match_zones(features: Vec<Feature>, zones: &Zones) -> Matched {
    let finder = Finder::new(zones);
    let mut matched = Matched { shapes: vec![None; zones.len()], ..Matched::default() };
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for feature in features {
        let Some(zone) = finder.find(&feature.key) else {
            matched.unmatched.push(feature.key);
            continue;
        };
        matched.padded += usize::from(zones.code(zone) != feature.key);
        *counts.entry(zone).or_default() += 1;
        if let (Some(slot), Some(shape)) = (matched.shapes.get_mut(zone as usize), feature.shape) {
            slot.get_or_insert_with(|| MultiPolygon::new(vec![])).0.extend(shape);
        }
    }
    matched.unmatched.sort_unstable();
    matched.unmatched.dedup();
    for (zone, shape) in (0u32..).zip(&matched.shapes) {
        match counts.get(&zone) {
            None => matched.missing.push(zone),
            Some(_) if shape.is_none() => matched.without_geometry.push(zone),
            Some(1) => {}
            Some(&count) => matched.merged.push((zone, count)),
        }
    }
    matched
}

/// How many zones have a feature, found as [`match_zones`] finds them. Cost: n log n.
pub fn zones_named(features: &[Feature], zones: &Zones) -> usize {
    let finder = Finder::new(zones);
    features.iter().filter_map(|feature| finder.find(&feature.key)).collect::<BTreeSet<u32>>().len()
}

/// Finds zones by code.
struct Finder<'a> {
    zones: &'a Zones,
    /// The zone with each value, `None` where several have it.
    by_value: BTreeMap<&'a str, Option<u32>>,
}

impl<'a> Finder<'a> {
    fn new(zones: &'a Zones) -> Self {
        let mut by_value = BTreeMap::new();
        for (zone, code) in (0u32..).zip(zones.codes()) {
            if let Some(value) = significant(code) {
                by_value.entry(value).and_modify(|zone| *zone = None).or_insert(Some(zone));
            }
        }
        Self { zones, by_value }
    }

    fn find(&self, code: &str) -> Option<u32> {
        self.zones.index_of(code).or_else(|| *self.by_value.get(significant(code)?)?)
    }
}

/// The digits of a whole number without the zeros in front.
fn significant(code: &str) -> Option<&str> {
    let digits = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| code.trim_start_matches('0'))
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;

    fn feature(key: &str) -> Feature {
        let shape = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 0.0, y: 1.0)];
        Feature { key: key.into(), shape: Some(shape.into()) }
    }

    #[test]
    fn every_feature_and_every_zone_is_accounted_for() {
        let codes = ["001001", "001002", "001003", "2", "02", "001004"];
        let zones = Zones::new(codes.map(String::from).to_vec()).unwrap();
        let at = |code: &str| zones.index_of(code).unwrap();
        let mut features: Vec<Feature> =
            ["001001", "1002", "1001", "2", "002", "9", "9"].into_iter().map(feature).collect();
        features.push(Feature { key: "1004".into(), shape: None });
        assert_eq!(zones_named(&features, &zones), 4);
        let matched = match_zones(features, &zones);
        assert_eq!(matched.unmatched, ["002", "9"], "002 could be 2 or 02");
        assert_eq!(matched.padded, 3);
        assert_eq!(matched.merged, [(at("001001"), 2)]);
        assert_eq!(matched.missing, [at("02"), at("001003")]);
        assert_eq!(matched.without_geometry, [at("001004")]);
        assert_eq!(matched.shapes[at("001001") as usize].as_ref().unwrap().0.len(), 2);
    }
}
