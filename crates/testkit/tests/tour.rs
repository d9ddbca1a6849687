//! The tour of a made country is whole, the same for the same country, and leads to nobody real.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use distretto_testkit::world::activities::Industry;
use distretto_testkit::world::files::{WorldFiles, write};
use distretto_testkit::world::tour::{Host, Tour};
use distretto_testkit::world::{AreaKind, World, WorldError, WorldOptions};

fn world(zones: usize, seed: u64) -> World {
    World::generate(&WorldOptions { zones, seed, ..WorldOptions::default() }).unwrap()
}

fn host<'t>(tour: &'t Tour, code: &str) -> &'t Host {
    tour.hosts.iter().find(|host| host.code == code).unwrap()
}

/// What must hold for a tour of any country.
fn is_whole(world: &World, tour: &Tour) {
    let codes: BTreeSet<&str> = tour.hosts.iter().map(|host| host.code.as_str()).collect();
    assert_eq!(codes.len(), tour.hosts.len(), "codes");
    let names: BTreeSet<&str> = tour.hosts.iter().map(|host| host.name.as_str()).collect();
    assert_eq!(names.len(), tour.hosts.len(), "names");
    let zones: BTreeMap<&str, usize> =
        world.zones.iter().enumerate().map(|(index, zone)| (zone.code.as_str(), index)).collect();
    let register = world.register();
    for host in &tour.hosts {
        let zone = zones[host.zone.as_str()];
        assert_eq!(host.town, world.zones[zone].name);
        let ring = &world.zones[zone].ring;
        for axis in [0, 1] {
            let on = ring.iter().map(|vertex| vertex[axis]);
            let (least, most) = (on.clone().fold(f64::MAX, f64::min), on.fold(f64::MIN, f64::max));
            assert!(least < host.lonlat[axis] && host.lonlat[axis] < most, "{} lies in its zone", host.code);
        }
        if host.kind == "enterprise" {
            let units = register.of_zone(zone);
            let is_there = |phase: &&str| units.iter().any(|unit| unit.activity.phase == *phase);
            assert!(!host.phases.is_empty() && host.phases.iter().all(is_there), "{}", host.code);
            let area = &world.areas[world.zones[zone].area as usize];
            assert_eq!(host.industry, area.industry.map(Industry::id));
            assert_eq!((area.kind, area.near_miss), (AreaKind::District, false));
        }
    }
    for visit in &tour.visits {
        let host = host(tour, &visit.host);
        assert!(
            host.consent && host.valid_until > "2012-05-18",
            "nothing is agreed with who cannot be visited"
        );
    }
    let of = |state: &str| tour.visits.iter().filter(|visit| visit.state == state).count();
    assert_eq!((of("confirmed"), of("declined")), (1, 1));
    assert_eq!(tour.visits.iter().filter(|visit| visit.demand == "mandatory").count(), 2);
    assert!(tour.contacts.iter().map(|person| &person.code).eq(tour.hosts.iter().map(|host| &host.code)));
    assert!(
        tour.people
            .iter()
            .map(|person| &person.code)
            .eq(tour.delegates.iter().map(|delegate| &delegate.code))
    );
    let places: BTreeSet<&str> = world.zones.iter().map(|zone| zone.name.as_str()).collect();
    let mut seen = BTreeSet::new();
    for person in tour.contacts.iter().chain(&tour.people) {
        assert!(person.phone.starts_with("+999 "), "country code 999 belongs to no country");
        assert!(person.email.ends_with("@example.org"));
        assert!(person.name.split(' ').all(|name| !places.contains(name)));
        assert!(seen.insert(&person.name) && seen.insert(&person.phone));
    }
    let bases: BTreeSet<&str> = tour.bases.iter().map(|base| base.code).collect();
    assert!(tour.days.iter().flat_map(|day| day.from.iter().chain(day.to)).all(|code| bases.contains(code)));
}

#[test]
fn a_tour_shows_chains_institutions_and_the_territory() {
    let world = world(2000, 7);
    let tour = world.tour().unwrap();
    is_whole(&world, &tour);
    assert!((36..=44).contains(&tour.hosts.len()), "{}", tour.hosts.len());
    assert_eq!((tour.delegates.len(), tour.days.len()), (12, 4));
    let mut phases: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for host in &tour.hosts {
        phases.entry(host.industry.unwrap_or_default()).or_default().extend(&host.phases);
    }
    phases.remove("");
    assert_eq!(phases.len(), 4, "{phases:?}");
    assert!(phases.values().all(|phases| phases.len() >= 3), "{phases:?}");
    let kinds: BTreeSet<&str> = tour.hosts.iter().map(|host| host.kind).collect();
    assert_eq!(kinds.len(), 6);
    let count = |is: &dyn Fn(&&Host) -> bool| tour.hosts.iter().filter(is).count();
    assert_eq!(count(&|host| !host.consent), 3);
    assert_eq!(count(&|host| host.valid_until == "2012-03-31"), 1);
    assert_eq!(count(&|host| !host.is_step_free), 2);
    assert_eq!(count(&|host| host.meal), 4);
    let countries: BTreeSet<&str> = tour.delegates.iter().map(|delegate| delegate.country).collect();
    assert_eq!(countries.len(), 12);
    // Whatever anybody wants to see or learn, somebody shows.
    let shown: BTreeSet<&str> = tour
        .hosts
        .iter()
        .flat_map(|host| host.phases.iter().chain(&host.practices).copied().chain(host.industry))
        .collect();
    for of in &tour.delegates {
        let mut wants = of.industries.iter().chain(&of.phases).chain(&of.practices).map(|(name, _)| name);
        assert!(wants.clone().count() >= 3 && wants.all(|name| shown.contains(name)), "{}", of.code);
    }
}

#[test]
fn every_country_with_a_district_has_a_tour_and_the_same_each_time() {
    let mut without = 0;
    for (zones, seed) in [(1, 11), (13, 11), (50, 3), (100, 5), (300, 11), (400, 3), (1000, 2), (1000, 8)] {
        let world = world(zones, seed);
        match world.tour() {
            Ok(tour) => {
                is_whole(&world, &tour);
                assert_eq!(world.tour().unwrap(), tour);
            }
            Err(error) => {
                assert_eq!(error, WorldError::NoDistrict);
                assert!(world.areas.iter().all(|area| area.kind != AreaKind::District || area.near_miss));
                without += 1;
            }
        }
    }
    assert!((1..5).contains(&without), "{without}");
    assert_ne!(world(400, 3).tour(), world(400, 4).tour());
}

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join("tour").join(name)).unwrap()
}

#[test]
fn a_tour_is_written_beside_the_study_and_removed_with_its_world() {
    let world = world(400, 3);
    let with = WorldFiles { register: false, tour: true, ..WorldFiles::default() };
    let [one, two] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let (one, two) = (one.path(), two.path());
    let written = write(&world, one, with).unwrap();
    write(&world, two, with).unwrap();
    let names = ["hosts.csv", "delegates.csv", "visits.csv", "contacts.csv", "people.csv", "tour.toml"];
    for name in names {
        assert!(written.contains(&one.join("tour").join(name)), "{name}");
        assert_eq!(text(one, name), text(two, name), "{name}");
    }
    let hosts = text(one, "hosts.csv");
    assert_eq!(hosts.lines().count(), world.tour().unwrap().hosts.len() + 1);
    assert!(
        hosts.contains(",\"Mo-Fr 09:00-13:00,14:00-17:00; PH off\","),
        "commas are between quotation marks"
    );
    assert!(text(one, "tour.toml").contains("edition = \"../../edition\""));

    // Without a tour the old one goes; what somebody else put there stays.
    std::fs::write(one.join("tour/plan.json"), "{}").unwrap();
    let without = WorldFiles { tour: false, ..with };
    write(&world, one, without).unwrap();
    write(&world, two, without).unwrap();
    assert_eq!(std::fs::read_dir(one.join("tour")).unwrap().count(), 1);
    assert!(!two.join("tour").exists());
}
