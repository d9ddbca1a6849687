//! Towns on the land: cores of the planted areas, the zones around them, how many people work, provinces.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rand::RngExt;
use rand::seq::SliceRandom;
use rand_distr::{Distribution, StandardNormal};

use super::grid::{Grid, distance};
use super::stream::{Purpose, stream};
use super::terrain::{Terrain, ZONE_KM2, signed_area};

/// Mean number of zones in an area: 8,092 Italian communes in 611 local labour systems.
const ZONES_PER_AREA: f64 = 13.24;
/// Median employed residents of a core town, and the log-normal spread of cores.
const CORE_MEDIAN: f64 = 4700.0;
const CORE_SPREAD: f64 = 1.15;
/// A core has at least this many for each person of the zones around it.
const LEAST_CORE: f64 = 0.2;
/// From this rank share upwards cities follow a Pareto law with this exponent (Zipf's law is 1).
const CITY_SHARE: f64 = 0.05;
const CITY_EXPONENT: f64 = 1.35;
/// Median employed residents of other zones, and their spread.
const ZONE_MEDIAN: f64 = 650.0;
const ZONE_SPREAD: f64 = 1.2;
/// Kilometres a core of median size reaches, and how reach grows with size.
const REACH_KM: f64 = 11.0;
const REACH_GROWTH: f64 = 0.3;
/// No two cores stand closer than this share of the larger one's reach.
const CORE_DISTANCE: f64 = 0.95;
/// Zones in a province, except where codes of three digits would run out of provinces.
const ZONES_PER_PROVINCE: usize = 75;
const MOST_PROVINCES: usize = 800;
const ZONES_PER_REGION: usize = 400;
const MOST_REGIONS: usize = 20;

/// Who lives where, by site index of the terrain.
pub(super) struct Settlement {
    /// The planted area of each zone.
    pub area_of: Vec<u32>,
    /// The core zone of each area.
    pub cores: Vec<usize>,
    /// Employed residents of each zone.
    pub employed: Vec<u32>,
    /// Province of each zone.
    pub province_of: Vec<u32>,
    /// Region of each province.
    pub region_of: Vec<u32>,
    /// The capital of each region.
    pub region_capitals: Vec<usize>,
}

/// Settles the land. Cost: n log n.
pub(super) fn settle(seed: u64, terrain: &Terrain) -> Settlement {
    let zones = terrain.sites.len();
    let sizes = core_sizes(seed, zones);
    let (mut cores, mut sizes, mut reach) = place_cores(seed, terrain, &sizes);
    give_every_island_a_core(seed, terrain, &mut cores, &mut sizes, &mut reach);
    let area_of = grow(terrain, &cores, &reach);

    let mut employed: Vec<u32> = (0..zones)
        .map(|zone| {
            let core_size = sizes[area_of[zone] as usize];
            let z: f64 = StandardNormal.sample(&mut stream(seed, Purpose::ZoneSizes, zone));
            // Suburbs of a city are larger than villages around a market town, but not than the town itself.
            let size = ZONE_MEDIAN * (core_size / CORE_MEDIAN).powf(0.3) * (ZONE_SPREAD * z).exp();
            size.min(core_size * 0.6).max(4.0) as u32
        })
        .collect();
    let mut around = vec![0u32; cores.len()];
    for zone in 0..zones {
        around[area_of[zone] as usize] += employed[zone];
    }
    for ((&core, &size), around) in cores.iter().zip(&sizes).zip(around) {
        employed[core] = (size as u32).max((LEAST_CORE * f64::from(around)) as u32);
    }

    let mut by_size: Vec<usize> = cores.clone();
    by_size.sort_by_key(|&core| (Reverse(employed[core]), core));
    let provinces = (zones / ZONES_PER_PROVINCE).clamp(1, MOST_PROVINCES).min(by_size.len());
    let mut capitals = by_size[..provinces].to_vec();
    capitals.sort_by(|&a, &b| terrain.sites[a][0].total_cmp(&terrain.sites[b][0]).then(a.cmp(&b)));
    let province_of = grow(terrain, &capitals, &vec![1.0; provinces]);
    let regions = (zones / ZONES_PER_REGION).clamp(1, MOST_REGIONS).min(provinces);
    let mut region_capitals = by_size[..regions].to_vec();
    region_capitals.sort_by(|&a, &b| terrain.sites[a][0].total_cmp(&terrain.sites[b][0]).then(a.cmp(&b)));
    let region_of = capitals.iter().map(|&c| nearest(terrain, &region_capitals, c)).collect();
    Settlement { area_of, cores, employed, province_of, region_of, region_capitals }
}

/// Employed residents of the cores, largest first: log-normal below, Pareto cities above.
fn core_sizes(seed: u64, zones: usize) -> Vec<f64> {
    let count = ((zones as f64 / ZONES_PER_AREA).round() as usize).max(1);
    let mut rng = stream(seed, Purpose::CoreSizes, 0);
    let mut sizes: Vec<f64> = (0..count)
        .map(|_| {
            let z: f64 = StandardNormal.sample(&mut rng);
            (CORE_MEDIAN * (CORE_SPREAD * z).exp()).max(1100.0)
        })
        .collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let cities = (CITY_SHARE * count as f64).ceil();
    let smallest_city = CORE_MEDIAN * (CORE_SPREAD * 1.645).exp();
    for (rank, size) in sizes.iter_mut().take(cities as usize).enumerate() {
        *size = smallest_city * (cities / (rank as f64 + 0.5)).powf(1.0 / CITY_EXPONENT).min(60.0);
    }
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes
}

/// Puts cores on the land, largest first, none within the reach of an earlier one.
fn place_cores(seed: u64, terrain: &Terrain, sizes: &[f64]) -> (Vec<usize>, Vec<f64>, Vec<f64>) {
    let grid = Grid::new(&terrain.sites, 10.0);
    let mut rng = stream(seed, Purpose::Cores, 0);
    let mut order: Vec<usize> = (0..terrain.sites.len()).collect();
    order.shuffle(&mut rng);
    let mut blocked = vec![false; terrain.sites.len()];
    let (mut cores, mut placed, mut reaches) = (Vec::new(), Vec::new(), Vec::new());
    let mut free = order.into_iter();
    for &size in sizes {
        let Some(core) = free.find(|&zone| !blocked[zone]) else { break };
        let wobble: f64 = StandardNormal.sample(&mut rng);
        let reach = REACH_KM
            * (size / CORE_MEDIAN).powf(REACH_GROWTH)
            * (0.2 * wobble).exp()
            * spacing(terrain, core);
        grid.within(&terrain.sites, terrain.sites[core], CORE_DISTANCE * reach, |zone, _| {
            blocked[zone] = true;
        });
        cores.push(core);
        placed.push(size);
        reaches.push(reach);
    }
    (cores, placed, reaches)
}

/// How far apart towns stand here against the mean, as a square root: people of thinly settled country go farther.
fn spacing(terrain: &Terrain, zone: usize) -> f64 {
    (signed_area(&terrain.rings[zone]) / ZONE_KM2).powf(0.25)
}

/// An island no core fell on gets one: its first zone becomes a market town.
fn give_every_island_a_core(
    seed: u64,
    terrain: &Terrain,
    cores: &mut Vec<usize>,
    sizes: &mut Vec<f64>,
    reach: &mut Vec<f64>,
) {
    let mut reached = vec![false; terrain.sites.len()];
    let mut stack = cores.clone();
    for start in 0..=terrain.sites.len() {
        while let Some(zone) = stack.pop() {
            if !std::mem::replace(&mut reached[zone], true) {
                stack.extend(terrain.neighbours[zone].iter().map(|&n| n as usize));
            }
        }
        if start < terrain.sites.len() && !reached[start] {
            cores.push(start);
            sizes.push(CORE_MEDIAN * stream(seed, Purpose::CoreSizes, cores.len()).random_range(0.6..1.2));
            reach.push(REACH_KM);
            stack.push(start);
        }
    }
}

/// The seed from which each zone is reached first, walking from neighbour to neighbour at the speed of the seed's
/// reach: connected by construction. Land that no seed can walk to goes to the nearest seed.
fn grow(terrain: &Terrain, seeds: &[usize], reach: &[f64]) -> Vec<u32> {
    let mut label = vec![u32::MAX; terrain.sites.len()];
    // Times are not negative, so their bits order like their values.
    let mut queue: BinaryHeap<Reverse<(u64, u32, usize)>> =
        seeds.iter().enumerate().map(|(i, &zone)| Reverse((0, i as u32, zone))).collect();
    while let Some(Reverse((time, seed, zone))) = queue.pop() {
        if label[zone] != u32::MAX {
            continue;
        }
        label[zone] = seed;
        for &next in &terrain.neighbours[zone] {
            if label[next as usize] == u32::MAX {
                let step = distance(terrain.sites[zone], terrain.sites[next as usize]) / reach[seed as usize];
                queue.push(Reverse(((f64::from_bits(time) + step).to_bits(), seed, next as usize)));
            }
        }
    }
    for (zone, label) in label.iter_mut().enumerate().filter(|(_, label)| **label == u32::MAX) {
        *label = nearest(terrain, seeds, zone);
    }
    label
}

fn nearest(terrain: &Terrain, seeds: &[usize], zone: usize) -> u32 {
    let away = |seed: usize| distance(terrain.sites[seeds[seed]], terrain.sites[zone]);
    (0..seeds.len()).min_by(|&a, &b| away(a).total_cmp(&away(b))).unwrap_or(0) as u32
}

/// Share of its employed residents that an area keeps: spread as in Italy's 611 local labour systems (5 % at 0.62, half at
/// 0.75, 95 % at 0.92), and what the EU-TTWA trade-off between size and self-containment asks of an area so small.
pub(super) fn containment(seed: u64, area: usize, residents: f64) -> f64 {
    let u: f64 = stream(seed, Purpose::Containment, area).random();
    // Large cities keep nearly everybody.
    let city = (residents / 20_000.0).ln().clamp(0.0, 4.0);
    let spread = 0.64 + 0.32 * u.powf(1.6 / (1.0 + city).powf(1.5));
    spread.max(asked_of(residents))
}

/// The self-containment that the EU-TTWA trade-off (1,000 / 0.60 / 10,000 / 0.75) asks of an area, and a twentieth more.
pub(super) fn asked_of(residents: f64) -> f64 {
    0.8 - 0.15 * ((residents - 1000.0) / 9000.0).clamp(0.0, 1.0)
}
