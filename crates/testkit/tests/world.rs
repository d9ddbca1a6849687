//! A made country is whole, the same for the same seed, and its truth can be found again.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use distretto_flows::FlowTable;
use distretto_testkit::world::files::{self, WorldFiles};
use distretto_testkit::world::{AreaKind, World, WorldError, WorldOptions};

mod recovery;
use recovery::recovered;

fn world(zones: usize, seed: u64) -> World {
    World::generate(&WorldOptions { zones, seed, ..WorldOptions::default() }).unwrap()
}

#[test]
fn planted_areas_and_districts_are_found_again() {
    for seed in [7, 8, 9] {
        let (ari, districts) = recovered(&WorldOptions { seed, ..WorldOptions::default() }).unwrap();
        eprintln!("seed {seed}: areas {ari:.3}, districts {districts:.3?}");
        assert!(ari >= 0.9, "seed {seed}: areas {ari}");
        assert!(districts.f1 >= 0.9, "seed {seed}: districts {districts:?}");
    }
}

#[test]
fn noise_blurs_the_areas() {
    let ari = |noise| recovered(&WorldOptions { noise, zones: 1000, ..WorldOptions::default() }).unwrap().0;
    let (none, half, all) = (ari(0.0), ari(0.5), ari(1.0));
    assert!(none > half && half > all && none > all + 0.1, "{none} {half} {all}");
}

#[test]
fn same_options_same_world() {
    let (a, b) = (world(400, 3), world(400, 3));
    assert_eq!((&a.zones, &a.areas, &a.flows), (&b.zones, &b.areas, &b.flows));
    assert_eq!(a.register().of_zone(17), b.register().of_zone(17));
    assert_ne!(a.zones, world(400, 4).zones);
}

#[test]
fn every_size_of_world_is_whole() {
    for zones in [1, 2, 5, 6, 7, 13, 50, 299, 300, 1000] {
        let world = world(zones, 11);
        assert_eq!(world.zones.len(), zones);
        assert!(world.zones.windows(2).all(|pair| pair[0].code < pair[1].code), "{zones}: order of codes");
        assert!(world.zones.iter().all(|zone| zone.code.len() == 6 && zone.code.starts_with('0')));
        assert_eq!(world.zones.iter().map(|z| &z.name).collect::<BTreeSet<_>>().len(), zones, "names");
        assert!(world.zones.iter().all(|zone| zone.ring.len() > 3 && zone.area_km2 > 0.0));
        for (index, area) in world.areas.iter().enumerate() {
            assert_eq!(world.zones[area.core as usize].area as usize, index, "a core is in its own area");
        }
        let mut residents = vec![0.0; zones];
        for row in &world.flows {
            assert!(row.amount >= 1.0 && row.amount.fract() == 0.0);
            residents[row.origin as usize] += row.amount;
        }
        for (zone, residents) in world.zones.iter().zip(residents) {
            assert_eq!(f64::from(zone.employed), residents, "{zones}: {}", zone.code);
        }
        let flows = FlowTable::from_rows(zones, &world.flows).unwrap();
        assert_eq!(flows.duplicates(), 0);
    }
}

#[test]
fn expected_flows_add_up_to_the_residents_of_each_zone() {
    for zones in [1, 2, 7, 50, 300] {
        let world = world(zones, 11);
        let (mut residents, mut pairs) = (vec![0.0; zones], BTreeSet::new());
        for row in world.expected_flows() {
            assert!(row.amount.is_finite() && row.amount > 0.0);
            assert!(pairs.insert((row.origin, row.destination)), "every pair once");
            residents[row.origin as usize] += row.amount;
        }
        for (zone, residents) in world.zones.iter().zip(residents) {
            assert!(
                (f64::from(zone.employed) - residents).abs() < 1e-6 * residents,
                "{zones}: {}",
                zone.code
            );
        }
        assert!(world.flows.iter().all(|row| pairs.contains(&(row.origin, row.destination))));
    }
}

#[test]
fn drawn_flows_scatter_around_the_expected_ones_as_a_multinomial_does() {
    let (mut squares, mut pairs, mut sum) = (0.0, 0.0, 0.0);
    for seed in 21..25 {
        let world = world(400, seed);
        let drawn: BTreeMap<_, f64> =
            world.flows.iter().map(|row| ((row.origin, row.destination), row.amount)).collect();
        for row in world.expected_flows() {
            let employed = f64::from(world.zones[row.origin as usize].employed);
            let variance = row.amount * (1.0 - row.amount / employed);
            // Fewer than five expected are too skew for a sum of squares to be normal.
            if row.amount >= 5.0 && variance > 0.0 {
                let count = drawn.get(&(row.origin, row.destination)).copied().unwrap_or(0.0);
                let error = (count - row.amount) / variance.sqrt();
                (squares, sum, pairs) = (squares + error * error, sum + error, pairs + 1.0);
            }
        }
    }
    assert!(pairs > 10_000.0, "{pairs}");
    // Four standard errors of a mean and of a mean of squares.
    assert!((sum / f64::sqrt(pairs)).abs() < 4.0, "mean error {}", sum / pairs);
    assert!((squares / pairs - 1.0).abs() < 4.0 * f64::sqrt(2.3 / pairs), "variance {}", squares / pairs);
}

/// The representative of a zone in a forest of pointers.
fn root_of(root: &mut [usize], mut zone: usize) -> usize {
    while root[zone] != zone {
        root[zone] = root[root[zone]];
        zone = root[zone];
    }
    zone
}

#[test]
fn borders_tile_the_land() {
    let world = world(1000, 5);
    let mut sides: BTreeMap<[u64; 4], usize> = BTreeMap::new();
    let bits = |p: [f64; 2]| p.map(f64::to_bits);
    for (index, zone) in world.zones.iter().enumerate() {
        assert_eq!(zone.ring.first(), zone.ring.last());
        for side in zone.ring.windows(2) {
            let ([a, b], [c, d]) = (bits(side[0]), bits(side[1]));
            assert_eq!(sides.insert([a, b, c, d], index), None, "a side is walked once in each direction");
        }
    }
    let shared: Vec<(usize, usize)> = sides
        .iter()
        .filter_map(|([a, b, c, d], zone)| sides.get(&[*c, *d, *a, *b]).map(|other| (*zone, *other)))
        .collect();
    // Cells of a planar map have fewer than six borders on average; most are not on the coast.
    assert!(shared.len() > 4 * 1000 && shared.len() < 6 * 1000, "{}", shared.len());

    // Every planted area is one piece over shared sides.
    let mut root: Vec<usize> = (0..1000).collect();
    for &(a, b) in shared.iter().filter(|(a, b)| world.zones[*a].area == world.zones[*b].area) {
        let (a, b) = (root_of(&mut root, a), root_of(&mut root, b));
        root[a] = b;
    }
    let pieces: BTreeSet<usize> = (0..1000).map(|zone| root_of(&mut root, zone)).collect();
    assert_eq!(pieces.len(), world.areas.len());
}

#[test]
fn the_register_adds_up_to_the_jobs_of_the_flows() {
    let world = world(400, 2);
    let register = world.register();
    let (mut units, mut small) = (0, 0);
    for (zone, jobs) in world.jobs().into_iter().enumerate() {
        let establishments = register.of_zone(zone);
        assert_eq!(establishments.iter().map(|unit| unit.employees).sum::<u32>(), jobs);
        assert!(establishments.iter().all(|unit| unit.employees > 0 && (1..=unit.unit).contains(&unit.firm)));
        units += establishments.len();
        small += establishments.iter().filter(|unit| unit.employees < 50).count();
    }
    assert!(small as f64 > 0.97 * units as f64, "small units dominate");

    let kind = |zone: usize| world.areas[world.zones[zone].area as usize].kind;
    let largest_in = |wanted| {
        let units = (0..world.zones.len()).filter(|&zone| kind(zone) == wanted);
        let made = units.flat_map(|zone| register.of_zone(zone)).filter(|u| u.activity.industry.is_some());
        made.map(|unit| unit.employees).max()
    };
    assert!(largest_in(AreaKind::District) >= Some(250), "districts have large units too");
    assert!(largest_in(AreaKind::SingleFirm) < Some(250), "small towns have none");
}

#[test]
fn files_are_the_same_byte_for_byte() {
    let world = world(60, 1);
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let written = files::write(&world, one.path(), WorldFiles::default()).unwrap();
    files::write(&world, two.path(), WorldFiles::default()).unwrap();
    assert_eq!(std::fs::read_dir(one.path()).unwrap().count(), written.len(), "nothing half-written is left");
    for path in written {
        let other = two.path().join(path.file_name().unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), std::fs::read(other).unwrap(), "{}", path.display());
    }
}

#[test]
fn without_a_register_none_is_left_and_the_rest_is_the_same() {
    let world = world(60, 1);
    let folder = tempfile::tempdir().unwrap();
    files::write(&world, folder.path(), WorldFiles::default()).unwrap();
    let jobs = std::fs::read(folder.path().join("jobs.csv")).unwrap();
    let written =
        files::write(&world, folder.path(), WorldFiles { register: false, ..WorldFiles::default() }).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), written.len());
    assert!(!folder.path().join("establishments.csv.gz").exists());
    assert_eq!(std::fs::read(folder.path().join("jobs.csv")).unwrap(), jobs);
}

#[test]
fn districts_have_italys_main_industries_and_some_are_near_misses() {
    let world = world(8000, 1);
    let districts: Vec<_> = world.areas.iter().filter(|area| area.kind == AreaKind::District).collect();
    assert!((130..150).contains(&districts.len()), "{}", districts.len());
    let count = |id| districts.iter().filter(|area| area.industry.is_some_and(|i| i.id() == id)).count();
    let of_italy = [("mechanics", 38), ("textiles_clothing", 32), ("leather_footwear", 17), ("food", 15)];
    for (id, italy) in of_italy {
        assert!(count(id).abs_diff(italy) <= 2, "{id}: {}", count(id));
    }
    for kind in [AreaKind::District, AreaKind::LargeFirm, AreaKind::Services] {
        let of_kind = world.areas.iter().filter(|area| area.kind == kind);
        let near = of_kind.clone().filter(|area| area.near_miss).count() as f64 / of_kind.count() as f64;
        assert!((0.08..0.17).contains(&near), "{kind:?}: {near}");
    }
}

#[test]
fn what_cannot_be_made_is_refused() {
    let refused = |options| World::generate(&options).unwrap_err();
    let default = WorldOptions::default;
    assert_eq!(refused(WorldOptions { zones: 0, ..default() }), WorldError::Zones(0));
    assert_eq!(refused(WorldOptions { noise: -0.1, ..default() }), WorldError::Noise(-0.1));
    assert!(matches!(refused(WorldOptions { noise: f64::NAN, ..default() }), WorldError::Noise(_)));
    assert_eq!(refused(WorldOptions { scale: 0.0, ..default() }), WorldError::Scale(0.0));
}
