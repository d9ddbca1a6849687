//! Which districts are toured, and the city that they are near to.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::land::pieces;
use crate::world::activities::Industry;
use crate::world::{AreaKind, World};

/// Most districts of a tour.
const MOST: usize = 4;
/// The city is the largest within so many kilometres of the middle of the districts, or the nearest.
const CITY_KM: f64 = 60.0;

/// What is toured.
pub(super) struct Region {
    /// Indices of the districts' areas, in the order in which they are toured.
    pub districts: Vec<usize>,
    /// Index of the zone where the tour begins and ends.
    pub city: usize,
}

impl Region {
    /// The districts that lie closest together on one piece of land, of as many industries as possible; `None` where there is none.
    pub(super) fn of(world: &World) -> Option<Self> {
        let piece = pieces(world);
        let planted =
            |area: &usize| world.areas[*area].kind == AreaKind::District && !world.areas[*area].near_miss;
        let all: Vec<usize> = (0..world.areas.len()).filter(planted).collect();
        let core = |area: usize| world.areas[area].core as usize;
        let around = |first: usize| {
            let mut others: Vec<usize> = all.clone();
            others.retain(|&other| piece[core(other)] == piece[core(first)]);
            nearest_of_all_industries(world, first, others)
        };
        let length = |districts: &[usize]| -> f64 {
            districts.iter().map(|&other| km(world, core(districts[0]), core(other))).sum()
        };
        let industries = |districts: &[usize]| {
            districts.iter().map(|&area| world.areas[area].industry).collect::<BTreeSet<_>>().len()
        };
        let districts = all.iter().map(|&first| around(first)).min_by(|a, b| {
            let rank = |of: &[usize]| (Reverse(of.len()), Reverse(industries(of)));
            rank(a).cmp(&rank(b)).then(length(a).total_cmp(&length(b)))
        })?;
        let city = city(world, &piece, &districts);
        Some(Self { districts, city })
    }

    /// Main industries of the districts, each once.
    pub(super) fn industries(&self, world: &World) -> Vec<Industry> {
        let mut industries: Vec<Industry> =
            self.districts.iter().filter_map(|&area| world.areas[area].industry).collect();
        let mut seen = BTreeSet::new();
        industries.retain(|industry| seen.insert(*industry));
        industries
    }
}

/// The first, then the nearest of each other industry, then the nearest of any, at most [`MOST`].
fn nearest_of_all_industries(world: &World, first: usize, mut others: Vec<usize>) -> Vec<usize> {
    let at = |area: usize| world.areas[area].core as usize;
    others.retain(|&other| other != first);
    others.sort_by(|&a, &b| {
        km(world, at(first), at(a)).total_cmp(&km(world, at(first), at(b))).then(a.cmp(&b))
    });
    let mut seen = BTreeSet::from([world.areas[first].industry]);
    let (new, rest): (Vec<usize>, Vec<usize>) =
        others.into_iter().partition(|&other| seen.insert(world.areas[other].industry));
    std::iter::once(first).chain(new).chain(rest).take(MOST).collect()
}

/// The core of the largest area near the middle of the districts that is none of them; that of the first district where there is no other.
fn city(world: &World, piece: &[usize], districts: &[usize]) -> usize {
    let core = |area: usize| world.areas[area].core as usize;
    let count = districts.len() as f64;
    let middle = [0, 1].map(|axis| {
        districts.iter().map(|&area| world.zones[core(area)].position_km[axis]).sum::<f64>() / count
    });
    let mut employed = vec![0u64; world.areas.len()];
    for zone in &world.zones {
        employed[zone.area as usize] += u64::from(zone.employed);
    }
    let away = |area: usize| distance(world.zones[core(area)].position_km, middle);
    let others = (0..world.areas.len())
        .filter(|area| !districts.contains(area) && piece[core(*area)] == piece[core(districts[0])]);
    let (near, far): (Vec<usize>, Vec<usize>) = others.partition(|&area| away(area) <= CITY_KM);
    let largest = near.into_iter().min_by_key(|&area| (Reverse(employed[area]), area));
    let nearest = || far.into_iter().min_by(|&a, &b| away(a).total_cmp(&away(b)).then(a.cmp(&b)));
    core(largest.or_else(nearest).unwrap_or(districts[0]))
}

/// Kilometres between two zones.
fn km(world: &World, a: usize, b: usize) -> f64 {
    distance(world.zones[a].position_km, world.zones[b].position_km)
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}
