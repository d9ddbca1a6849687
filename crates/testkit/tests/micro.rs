//! Micro-data add up to the tables of their country, and what they should tell can be read off them.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use distretto_testkit::world::micro::day::REFERENCE_DAY;
use distretto_testkit::world::micro::invoices::{Firm, Trade};
use distretto_testkit::world::micro::trips::{DAYS, Errand, Trip, Trips};
use distretto_testkit::world::register::{Register, size_class};
use distretto_testkit::world::{AreaKind, World, WorldOptions};

fn world(zones: usize, scale: f64) -> World {
    World::generate(&WorldOptions { zones, scale, ..WorldOptions::default() }).unwrap()
}

/// Whether a point is strictly inside a ring, by crossings of a ray, and farther than a centimetre from every side.
fn is_inside(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let mut inside = false;
    for side in ring.windows(2) {
        let ([ax, ay], [bx, by]) = (side[0], side[1]);
        if (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax) {
            inside = !inside;
        }
        let length = ((bx - ax).powi(2) + (by - ay).powi(2)).sqrt();
        let from_line = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)).abs() / length;
        if from_line < 1e-7 && ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length.powi(2) > 0.0 {
            return false;
        }
    }
    inside
}

#[test]
fn units_open_on_the_reference_day_are_the_jobs_table() {
    let world = world(300, 1.0);
    let register = world.register();
    let (mut open, mut closed, mut later) = (0, 0, 0);
    for zone in 0..world.zones.len() {
        let units = register.history_of_zone(zone);
        let mut jobs = BTreeMap::<_, (u32, u32)>::new();
        for unit in units.iter().filter(|unit| unit.is_open(REFERENCE_DAY)) {
            let cell = jobs.entry((unit.activity.code, size_class(unit.employees))).or_default();
            *cell = (cell.0 + unit.employees, cell.1 + 1);
        }
        assert_eq!(jobs, Register::jobs_of(&register.of_zone(zone)), "zone {zone}");
        for (place, unit) in units.iter().enumerate() {
            assert_eq!(unit.unit as usize, place + 1);
            assert!(unit.to.is_none_or(|to| to > unit.from));
            for day in [Some(unit.from), unit.to].into_iter().flatten() {
                assert!((day.0 - REFERENCE_DAY.0).abs() > 1, "{day}");
            }
            assert!(is_inside(&world.zones[zone].ring, unit.lonlat), "{zone}: {unit:?}");
            match (unit.is_open(REFERENCE_DAY), unit.from < REFERENCE_DAY) {
                (true, _) => open += 1,
                (false, true) => closed += 1,
                (false, false) => later += 1,
            }
        }
    }
    assert!((closed * 4..closed * 4 + 1200).contains(&open), "{open} open, {closed} closed");
    assert!((later * 12..later * 12 + 3600).contains(&open), "{open} open, {later} later");
}

#[test]
fn the_first_persons_are_a_sample_of_all_flows_and_all_persons_are_the_flows() {
    let world = world(200, 0.1);
    let trips = world.trips();
    let mut flows = BTreeMap::<(u32, u32), f64>::new();
    for person in 0..trips.persons() {
        *flows.entry(trips.commute(person)).or_default() += 1.0;
    }
    let truth: BTreeMap<_, _> =
        world.flows.iter().map(|row| ((row.origin, row.destination), row.amount)).collect();
    assert_eq!(flows, truth);

    let mut residents = vec![0.0; world.zones.len()];
    let tenth = trips.persons() / 10;
    for person in 0..tenth {
        residents[trips.commute(person).0 as usize] += 1.0;
    }
    for (zone, residents) in world.zones.iter().zip(residents) {
        let share = f64::from(zone.employed) * tenth as f64 / trips.persons() as f64;
        assert!((residents - share).abs() < 5.0, "{residents} of {share}");
    }
}

#[test]
fn persons_with_purpose_work_are_the_flow_table() {
    let world = world(60, 0.05);
    let trips = world.trips();
    let (mut flows, mut rows, mut of_week) = (BTreeMap::<(u32, u32), f64>::new(), 0, Vec::new());
    for person in 0..trips.persons() {
        trips.of_week(person, 0, &mut of_week);
        rows += of_week.len() as u64;
        let to_work = of_week.iter().filter(|trip| trip.errand == Errand::Work);
        let pairs: BTreeSet<_> = to_work.map(|trip| (trip.from, trip.to)).collect();
        assert_eq!(pairs.len(), 1);
        *flows.entry(pairs.into_iter().next().unwrap()).or_default() += 1.0;
    }
    assert_eq!(rows, trips.weekly());
    let truth: BTreeMap<_, _> =
        world.flows.iter().map(|row| ((row.origin, row.destination), row.amount)).collect();
    assert_eq!(flows, truth);
}

/// The zone where most of the trips end that pass, which must be one.
fn commonest<'a>(trips: &'a [Trip], passes: impl Fn(&Trip) -> bool + 'a) -> u32 {
    let mut ends = BTreeMap::<u32, usize>::new();
    for trip in trips.iter().filter(|trip| passes(trip)) {
        *ends.entry(trip.to).or_default() += 1;
    }
    let most = *ends.values().max().unwrap();
    let mut first = ends.into_iter().filter(|&(_, count)| count == most);
    let (zone, _) = first.next().unwrap();
    assert_eq!(first.next(), None, "no tie");
    zone
}

#[test]
fn home_and_work_follow_from_a_week_of_trips_without_purposes() {
    let world = world(60, 0.05);
    let trips = world.trips();
    let mut of_week = Vec::new();
    for person in 0..trips.persons() {
        for week in [0, 3] {
            trips.of_week(person, week, &mut of_week);
            let (home, work) = trips.commute(person);
            for (start, end) in [(19, 0), (20, 6), (22, 5)] {
                let night = move |trip: &Trip| trip.minute / 60 >= start || trip.minute / 60 < end;
                assert_eq!(commonest(&of_week, night), home, "person {person}, night from {start}");
            }
            for (start, end) in [(6, 12), (5, 10), (6, 16)] {
                let hours = start..end;
                let day = move |trip: &Trip| trip.day < 5 && hours.contains(&(trip.minute / 60));
                assert_eq!(commonest(&of_week, day), work, "person {person}, day to {end}");
            }
        }
    }
}

#[test]
fn trips_are_a_walk_that_starts_at_home_in_the_order_of_time() {
    let world = world(60, 0.05);
    let trips = world.trips();
    let (mut of_week, mut points) = (Vec::new(), Vec::new());
    for person in (0..trips.persons()).step_by(7) {
        let (home, work) = trips.commute(person);
        let mut homes = BTreeSet::new();
        for week in 0..2 {
            trips.of_week(person, week, &mut of_week);
            trips.points(person, week, &of_week, &mut points);
            assert_eq!(of_week.len(), points.len());
            let time = |trip: &Trip| (trip.day, trip.minute);
            assert!(of_week.windows(2).all(|pair| time(&pair[0]) < time(&pair[1])), "{of_week:?}");
            let mut here = (home, points[0][0]);
            for (trip, &[start, end]) in of_week.iter().zip(&points) {
                assert!((trip.day as usize) < DAYS && trip.minute < 24 * 60);
                assert_eq!((trip.from, start), here);
                here = (trip.to, end);
                assert!(is_inside(&world.zones[trip.to as usize].ring, end), "{trip:?}");
                match trip.errand {
                    Errand::Home => homes.insert((trip.to, end.map(f64::to_bits))),
                    Errand::Work => {
                        assert_eq!(trip.to, work);
                        false
                    }
                    _ => false,
                };
            }
        }
        assert_eq!(homes.len(), 1, "one home over all weeks");
    }
}

#[test]
fn an_extent_is_so_many_rows() {
    let world = world(20, 0.05);
    let trips = world.trips();
    let weekly = trips.weekly();
    for rows in [1, 15, 16, 17, 99, 100, 101, 1234, weekly - 1, weekly, weekly + 1, 3 * weekly + 77] {
        let extent = trips.extent(rows);
        let counted = extent.whole_weeks * weekly + Trips::weekly_of(extent.persons) + extent.rest;
        assert_eq!(counted, rows);
        let next = Trips::weekly_of(extent.persons + 1) - Trips::weekly_of(extent.persons);
        assert!(extent.rest < next, "{rows}: {extent:?}");
    }
    assert_eq!(trips.observed(1), 1);
    assert_eq!(trips.observed(100), 5);
    assert_eq!(trips.observed(weekly + 1), trips.persons());
    assert!(trips.check(trips.most()).is_ok());
    assert!(trips.check(trips.most() + 1).unwrap_err().to_string().contains("ten years"));
}

#[test]
fn firms_of_districts_trade_within_them_along_their_process() {
    let world = world(600, 0.2);
    let register = world.register();
    let trade = Trade::new(&register);
    let rows = 300_000;
    let mut firms = BTreeSet::new();
    for zone in 0..world.zones.len() {
        firms.extend(register.of_zone(zone).iter().map(|unit| Firm { zone: zone as u32, number: unit.firm }));
    }
    // Shares of the invoices and of the amount that stay in the seller's area, of each area by its kind.
    let mut shares = BTreeMap::<AreaKind, Vec<[f64; 2]>>::new();
    let mut written = 0;
    for (index, area) in world.areas.iter().enumerate() {
        let (mut all, mut stay) = ([0.0; 2], [0.0; 2]);
        trade
            .of_area(index, rows, |invoice| {
                assert!(invoice.seller != invoice.buyer && invoice.cents > 0);
                assert!(firms.contains(&invoice.seller) && firms.contains(&invoice.buyer));
                assert!(invoice.day.to_string().starts_with("2011-"));
                let of = |firm: Firm| world.zones[firm.zone as usize].area as usize;
                assert_eq!(of(invoice.seller), index);
                for (sum, value) in [1.0, invoice.cents as f64].into_iter().enumerate() {
                    all[sum] += value;
                    stay[sum] += if of(invoice.buyer) == index { value } else { 0.0 };
                }
                Ok::<(), ()>(())
            })
            .unwrap();
        assert_eq!(all[0] as u64, trade.rows_of_area(index, rows));
        written += all[0] as u64;
        shares.entry(area.kind).or_default().push([stay[0] / all[0], stay[1] / all[1]]);
    }
    assert_eq!(written, rows);
    for of in [0, 1] {
        let mean =
            |kind| shares[&kind].iter().map(|shares| shares[of]).sum::<f64>() / shares[&kind].len() as f64;
        let (district, services) = (mean(AreaKind::District), mean(AreaKind::Services));
        eprintln!("within districts {district:.3}, within areas of services {services:.3}");
        assert!(district > 0.2 && district > 3.0 * services, "{district} {services}");
    }
}

#[test]
fn a_single_firm_sells_to_nobody_and_two_sell_to_each_other() {
    let mut most_firms = 0;
    for seed in 0..40 {
        let options = WorldOptions { seed, zones: 1, scale: 0.01, ..WorldOptions::default() };
        let mut world = World::generate(&options).unwrap();
        for jobs in [1.0, 12.0] {
            world.flows.iter_mut().for_each(|row| row.amount = jobs);
            let register = world.register();
            let firms: BTreeSet<u32> = register.of_zone(0).iter().map(|unit| unit.firm).collect();
            let mut rows = 0;
            let mut visit = |_: &_| {
                rows += 1;
                Ok::<(), ()>(())
            };
            Trade::new(&register).of_area(0, 50, &mut visit).unwrap();
            assert_eq!(rows, if firms.len() > 1 { 50 } else { 0 });
            most_firms = most_firms.max(firms.len());
        }
    }
    assert!(most_firms > 1);
}
