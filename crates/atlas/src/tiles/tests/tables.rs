//! What tiles say against the tables of an edition.

use std::collections::BTreeMap;
use std::path::Path;

use distretto_study::certainty::{self, Made};
use distretto_study::config::Config;
use distretto_study::edition::{self, Meta};
use distretto_study::input::Study;
use distretto_study::run;
use distretto_study::stopwatch::Stopwatch;
use distretto_testkit::world::files::{WorldFiles, write};
use distretto_testkit::world::{World, WorldOptions};
use tempfile::TempDir;

use super::decode::{Feature, Value};
use super::{Pyramid, tiles};
use crate::Edition;

/// An edition of a made country; with replicates or without.
fn made(sure: bool) -> (TempDir, Edition) {
    let folder = tempfile::tempdir().unwrap();
    let world = World::generate(&WorldOptions { seed: 5, zones: 150, noise: 0.4, scale: 0.2 }).unwrap();
    write(&world, folder.path(), WorldFiles { register: false, ..WorldFiles::default() }).unwrap();
    let mut study = Study::load(&folder.path().join("study.toml")).unwrap();
    study.config.areas.min_size = 200.0;
    study.config.areas.target_size = 2_000.0;
    let certainty = "[flows]\npath = 'f'\n[certainty]\nvary = ['sampling']\nreplicates = 10\n";
    study.config.certainty = Config::parse(certainty, "study.toml").unwrap().certainty.filter(|_| sure);
    let mut results = run::run(study.read().unwrap(), &mut Stopwatch::silent()).unwrap();
    if sure {
        let Made::All(sets) = certainty::replicates(&results, None, &mut ()).unwrap() else {
            panic!("nobody stopped it")
        };
        certainty::add(&mut results, sets).unwrap();
    }
    let out = folder.path().join("edition");
    let meta = Meta { version: "0".into(), commit: None };
    edition::write(&results, &meta, &out, false, &mut Stopwatch::silent()).unwrap();
    (folder, Edition::open("made", Path::new(&out)).unwrap())
}

/// Features of a layer at the last zoom, by id; the same wherever they are met.
fn features(pyramid: &Pyramid, layer: &str) -> BTreeMap<u64, Feature> {
    let mut by_id: BTreeMap<u64, Feature> = BTreeMap::new();
    for feature in tiles(pyramid, *pyramid.zooms().end())
        .into_values()
        .flat_map(|mut t| t.remove(layer).unwrap_or_default())
    {
        let id = feature.id.unwrap();
        if let Some(known) = by_id.get(&id) {
            assert_eq!(known.tags, feature.tags);
        }
        by_id.insert(id, feature);
    }
    by_id
}

fn percent(share: f64) -> u64 {
    format!("{:.0}", (share * 100.0 + 1e-9).floor().max((share * 100.0).round())).parse().unwrap()
}

#[test]
fn zones_say_their_area_membership_and_kind() {
    let (_folder, edition) = made(true);
    let pyramid = Pyramid::new(&edition).unwrap();
    let zones = features(&pyramid, "zones");
    let table = edition.table("zone_certainty").unwrap();
    let membership = table.numbers("membership").unwrap();
    assert_eq!(zones.len(), 150);
    let mut kinds = std::collections::BTreeSet::new();
    for row in 0..table.rows() {
        let zone = edition.zone(table.text(row, "zone").unwrap()).unwrap();
        let feature = &zones[&u64::from(zone)];
        let area = table.text(row, "area").map(|code| u64::from(edition.area(code).unwrap()));
        assert_eq!(feature.number("a"), area);
        assert_eq!(feature.number("m"), membership.iter().nth(row).unwrap().map(percent));
        let kind = table.text(row, "kind").map(|kind| match kind {
            "core" => "c",
            "fringe" => "f",
            "contested" => "x",
            other => panic!("kind {other}"),
        });
        assert_eq!(feature.tags.get("k"), kind.map(|kind| Value::Text(kind.into())).as_ref());
        kinds.extend(kind);
    }
    assert!(kinds.len() > 1);
    let areas: Vec<u64> = features(&pyramid, "areas").into_keys().collect();
    assert_eq!(areas, (0..edition.areas() as u64).collect::<Vec<_>>());
}

#[test]
fn borders_say_their_row() {
    let (_folder, edition) = made(true);
    let borders = features(&Pyramid::new(&edition).unwrap(), "borders");
    let table = edition.table("borders").unwrap();
    let strengths = table.numbers("strength").unwrap();
    assert_eq!(borders.len(), table.rows());
    for (row, feature) in &borders {
        let at = *row as usize;
        let zone = |column| u64::from(edition.zone(table.text(at, column).unwrap()).unwrap());
        assert_eq!((feature.number("a"), feature.number("b")), (Some(zone("a")), Some(zone("b"))));
        assert_eq!(feature.number("s"), Some(percent(strengths.value(at))));
        assert_eq!(feature.number("x"), table.flags("separates").unwrap().value(at).then_some(1));
    }
}

#[test]
fn without_replicates_borders_are_those_of_the_run() {
    let (_folder, edition) = made(false);
    let pyramid = Pyramid::new(&edition).unwrap();
    let borders = features(&pyramid, "borders");
    let table = edition.table("zone_contiguity").unwrap();
    assert!(!borders.is_empty());
    for (row, feature) in &borders {
        let area = |column| {
            table.text(*row as usize, column).and_then(|code| edition.partition.area_of(edition.zone(code)?))
        };
        assert_eq!(feature.number("s"), None);
        assert_eq!(feature.number("x"), (area("a") != area("b")).then_some(1));
    }
    assert!(
        features(&pyramid, "zones")
            .values()
            .all(|zone| zone.number("m").is_none() && !zone.tags.contains_key("k"))
    );
}

#[test]
fn an_edition_without_borders_has_no_tiles() {
    let (_folder, mut edition) = made(false);
    edition.borders = None;
    assert!(Pyramid::new(&edition).is_none());
}
