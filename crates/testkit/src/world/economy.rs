//! What areas live on: which kind each one is, how its jobs divide over activities, how large its firms grow.

use std::cmp::Reverse;
use std::ops::Range;

use rand::RngExt;
use rand::seq::SliceRandom;

use super::activities::Industry::{
    self, ChemicalsPlastics, Food, HouseholdGoods, JewelleryMusicToys, LeatherFootwear, Mechanics,
    Metallurgy, PaperPrinting, TextilesClothing, TransportEquipment,
};
use super::activities::{ACTIVITIES, Activity};
use super::stream::{Purpose, stream};
use super::{Area, AreaKind};

/// Areas of one kind: how many of all, how many employed residents they have, and in what industries.
struct Planting {
    kind: AreaKind,
    share: f64,
    residents: Range<u64>,
    industries: &'static [(Industry, u32)],
}

/// Districts are 141 of Italy's 611 local labour systems of 2011; here are their main industries.
const PLANTINGS: [Planting; 3] = [
    Planting {
        kind: AreaKind::LargeFirm,
        share: 0.06,
        residents: 9000..u64::MAX,
        industries: &[
            (TransportEquipment, 5),
            (Metallurgy, 3),
            (ChemicalsPlastics, 3),
            (Mechanics, 2),
            (Food, 1),
        ],
    },
    Planting {
        kind: AreaKind::SingleFirm,
        share: 0.03,
        residents: 1500..3300,
        industries: &[(ChemicalsPlastics, 3), (PaperPrinting, 2), (HouseholdGoods, 2), (TextilesClothing, 1)],
    },
    Planting {
        kind: AreaKind::District,
        share: 0.23,
        residents: 5000..u64::MAX,
        industries: &[
            (Mechanics, 38),
            (TextilesClothing, 32),
            (HouseholdGoods, 24),
            (LeatherFootwear, 17),
            (Food, 15),
            (ChemicalsPlastics, 5),
            (JewelleryMusicToys, 4),
            (Metallurgy, 4),
            (PaperPrinting, 2),
        ],
    },
];
/// The largest cities live on services.
const CITY_SHARE: f64 = 0.03;
/// One area in so many of its kind is a near miss.
const NEAR_MISSES: usize = 8;

/// What services an area without much manufacturing lives on: the two-digit codes that are commoner there.
const FLAVOURS: [&[&str]; 3] =
    [&["46", "62", "64", "69", "71", "82"], &["47", "55", "56"], &["01", "84", "85", "86"]];

/// What an area is planted as.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Planted {
    pub kind: AreaKind,
    pub industry: Option<Industry>,
    pub near_miss: bool,
}

/// Decides what each area is from its employed residents.
pub(super) fn plant(seed: u64, residents: &[u64]) -> Vec<Planted> {
    let mut rng = stream(seed, Purpose::Kinds, 0);
    let services = Planted { kind: AreaKind::Services, industry: None, near_miss: false };
    let mut plan = vec![services; residents.len()];
    let count = |share: f64| (share * residents.len() as f64).round() as usize;
    let mut open: Vec<usize> = (0..residents.len()).collect();
    open.sort_by_key(|&area| (Reverse(residents[area]), area));
    open.drain(..count(CITY_SHARE));
    open.shuffle(&mut rng);
    for Planting { kind, share, residents: wanted, industries } in PLANTINGS {
        let (fit, unfit): (Vec<usize>, Vec<usize>) =
            open.into_iter().partition(|&area| wanted.contains(&residents[area]));
        let (chosen, rest) = fit.split_at(count(share).min(fit.len()));
        open = rest.iter().copied().chain(unfit).collect();
        let mut main = apportioned(industries, chosen.len());
        main.shuffle(&mut rng);
        for (rank, (&area, industry)) in chosen.iter().zip(main).enumerate() {
            // Every small town is near the threshold it was planted to miss.
            let near_miss = kind != AreaKind::SingleFirm && is_near_miss(rank);
            plan[area] = Planted { kind, industry: Some(industry), near_miss };
        }
    }
    for (rank, &area) in open.iter().enumerate() {
        plan[area].near_miss = is_near_miss(rank);
    }
    plan
}

fn is_near_miss(rank: usize) -> bool {
    rank % NEAR_MISSES == NEAR_MISSES / 2
}

/// Shares out `seats` in proportion to the weights, by the method of Sainte-Laguë (1910).
fn apportioned(weights: &[(Industry, u32)], seats: usize) -> Vec<Industry> {
    let mut given = vec![0; weights.len()];
    (0..seats)
        .filter_map(|_| {
            let claim = |i: usize| f64::from(weights[i].1) / f64::from(2 * given[i] + 1);
            let next = (0..weights.len()).max_by(|&a, &b| claim(a).total_cmp(&claim(b)).then(b.cmp(&a)))?;
            given[next] += 1;
            Some(weights[next].0)
        })
        .collect()
}

/// How the jobs of an area divide over activities and firms.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Economy {
    /// Share of jobs in each activity, in the order of [`ACTIVITIES`]; sums to 1.
    pub mix: Vec<f64>,
    /// Share of the main industry's jobs in one leading plant, 0..1, and the most that plant employs.
    pub leader: f64,
    pub leader_most: u32,
    /// Other units of the main industry: `P(size >= k) = k^-exponent`, up to a largest size.
    pub exponent: f64,
    pub largest: u32,
}

impl Economy {
    /// Draws the economy of an area.
    pub(super) fn of(seed: u64, index: usize, area: &Area) -> Self {
        let mut rng = stream(seed, Purpose::Economy, index);
        let (manufacturing, main) = match (area.kind, area.near_miss) {
            (AreaKind::District, false) => (0.4..0.52, 0.5..0.68),
            (AreaKind::District, true) => (0.4..0.52, 0.42..0.48),
            (AreaKind::LargeFirm, _) => (0.37..0.5, 0.5..0.68),
            (AreaKind::SingleFirm, _) => (0.28..0.34, 0.34..0.42),
            (AreaKind::Services, false) => (0.07..0.17, 0.0..1.0),
            (AreaKind::Services, true) => (0.17..0.2, 0.0..1.0),
        };
        let (manufacturing, main) = (rng.random_range(manufacturing), rng.random_range(main));
        // A third of manufacturing is mechanics everywhere: where it is the main industry, it is more than elsewhere.
        let main = if area.industry == Some(Mechanics) { f64::min(main + 0.12, 0.75) } else { main };
        let flavour =
            (area.kind == AreaKind::Services).then(|| FLAVOURS[rng.random_range(0..FLAVOURS.len())]);
        let mut mix: Vec<f64> = ACTIVITIES
            .iter()
            .map(|activity| {
                let liked = flavour.is_some_and(|codes| codes.contains(&&activity.code[..2]));
                activity.share * rng.random_range(0.8..1.25) * if liked { 1.5 } else { 1.0 }
            })
            .collect();
        rescale(&mut mix, |a| a.industry.is_none(), 1.0 - manufacturing);
        if area.industry.is_some() {
            rescale(&mut mix, |a| a.industry == area.industry, manufacturing * main);
            rescale(
                &mut mix,
                |a| a.industry.is_some() && a.industry != area.industry,
                manufacturing * (1.0 - main),
            );
        } else {
            rescale(&mut mix, |a| a.industry.is_some(), manufacturing);
        }
        // A near miss owes its size structure to its leader alone: nothing else there is large.
        let (leader, leader_most, exponent, largest) = match (area.kind, area.near_miss) {
            (AreaKind::District, false) => (0.0..0.01, u32::MAX, 1.15, 1500),
            (AreaKind::District, true) => (0.38..0.44, u32::MAX, 1.15, 249),
            (AreaKind::LargeFirm, false) => (0.55..0.8, u32::MAX, 1.0, 1500),
            (AreaKind::LargeFirm, true) => (0.52..0.58, u32::MAX, 1.0, 249),
            (AreaKind::SingleFirm, _) => (0.65..0.75, 249, 1.0, 49),
            (AreaKind::Services, _) => (0.0..0.01, u32::MAX, 1.0, 1500),
        };
        Self { mix, leader: rng.random_range(leader), leader_most, exponent, largest }
    }

    /// Share of jobs in the activities of `industry`.
    pub(super) fn share_of(&self, industry: Option<Industry>) -> f64 {
        ACTIVITIES.iter().zip(&self.mix).filter(|(a, _)| a.industry == industry).map(|(_, share)| share).sum()
    }
}

/// Gives the activities of `group` the share `total`.
fn rescale(mix: &mut [f64], group: impl Fn(&Activity) -> bool, total: f64) {
    let sum: f64 = ACTIVITIES.iter().zip(&*mix).filter(|(a, _)| group(a)).map(|(_, share)| share).sum();
    for (_, share) in ACTIVITIES.iter().zip(mix).filter(|(a, _)| group(a)) {
        *share *= total / sum;
    }
}
