//! Who employs them: establishments of heavy-tailed size that add up to the jobs of each zone.

use std::collections::BTreeMap;

use rand::{Rng, RngExt};
use rand_distr::{Distribution, weighted::WeightedIndex};

use super::activities::{ACTIVITIES, Activity, mix};
use super::stream::{Purpose, stream};
use super::{Area, AreaKind, World};

/// Size classes of the jobs table, with their least size.
pub const SIZE_CLASSES: [(&str, u32); 4] = [("1-9", 1), ("10-49", 10), ("50-249", 50), ("250+", 250)];
/// Share of establishments that belong to a firm that has another one in the zone.
const SISTERS: f64 = 0.04;
/// Share of its area's main industry in the large plant of a large-firm area.
const PLANT_SHARE: f64 = 0.75;

/// One local unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Establishment {
    /// Number within its zone, from 1.
    pub unit: u32,
    /// Number of the unit that founded its firm: its own, or a smaller one of the same zone.
    pub firm: u32,
    /// What it does.
    pub activity: &'static Activity,
    /// Jobs, at least 1.
    pub employees: u32,
}

/// Jobs and local units of a zone by (activity, size class).
pub type JobsOfZone = BTreeMap<(&'static str, usize), (u32, u32)>;

/// Draws the establishments of one zone after the other; nothing is kept.
pub struct Register<'a> {
    world: &'a World,
    jobs: Vec<u32>,
    area_jobs: Vec<u64>,
    mixes: Vec<Vec<f64>>,
}

impl World {
    /// The establishment register. Its jobs are the commuters' jobs: those of a zone add up to the flows into it.
    pub fn register(&self) -> Register<'_> {
        let seed = self.options.seed;
        let mixes = self.areas.iter().enumerate().map(|(i, a)| mix(seed, i, a.kind, a.industry)).collect();
        let jobs = self.jobs();
        let mut area_jobs = vec![0; self.areas.len()];
        for (zone, &jobs) in self.zones.iter().zip(&jobs) {
            area_jobs[zone.area as usize] += u64::from(jobs);
        }
        Register { world: self, jobs, area_jobs, mixes }
    }
}

impl Register<'_> {
    /// The establishments of a zone, in the order of their numbers; the same however often it is asked.
    pub fn of_zone(&self, zone: usize) -> Vec<Establishment> {
        let place = &self.world.zones[zone];
        let area = &self.world.areas[place.area as usize];
        let mut rng = stream(self.world.options.seed, Purpose::Register, zone);
        let mut left = self.jobs[zone];
        let mut units = Vec::new();
        // No unit takes more than a third of a zone, so that villages do not depend on one draw.
        let most = (left / 3).max(9);
        let laws: Vec<SizeLaw> =
            ACTIVITIES.iter().map(|activity| SizeLaw::of(activity, area).up_to(most)).collect();
        let mix = &self.mixes[place.area as usize];
        if area.kind == AreaKind::LargeFirm && area.core as usize == zone {
            let main: f64 = ACTIVITIES
                .iter()
                .zip(mix)
                .filter(|(a, _)| a.industry == area.industry)
                .map(|(_, share)| share)
                .sum();
            let plant =
                ((self.area_jobs[place.area as usize] as f64 * main * PLANT_SHARE) as u32).min(left / 2);
            if let Some(activity) =
                ACTIVITIES.iter().find(|a| a.industry == area.industry).filter(|_| plant > 0)
            {
                units.push(Establishment { unit: 1, firm: 1, activity, employees: plant });
                left -= plant;
            }
        }
        // Drawn per unit, so that each activity's share of *jobs* is the one of the mix.
        let Ok(activities) = WeightedIndex::new(mix.iter().zip(&laws).map(|(share, law)| share / law.mean()))
        else {
            return units;
        };
        while left > 0 {
            let pick = activities.sample(&mut rng);
            let employees = laws[pick].draw(&mut rng).min(left);
            left -= employees;
            let unit = units.len() as u32 + 1;
            let sister =
                (rng.random::<f64>() < SISTERS && unit > 1).then(|| rng.random_range(0..unit - 1) as usize);
            let firm = sister.map_or(unit, |sister| units[sister].firm);
            units.push(Establishment { unit, firm, activity: &ACTIVITIES[pick], employees });
        }
        units
    }

    /// Adds establishments up by activity and size class (an index into [`SIZE_CLASSES`]).
    pub fn jobs_of(establishments: &[Establishment]) -> JobsOfZone {
        let mut jobs = JobsOfZone::new();
        for unit in establishments {
            let class = SIZE_CLASSES.iter().rposition(|&(_, least)| unit.employees >= least).unwrap_or(0);
            let cell = jobs.entry((unit.activity.code, class)).or_default();
            cell.0 += unit.employees;
            cell.1 += 1;
        }
        jobs
    }
}

/// Sizes with `P(size >= k) = k^-α`, cut at a largest size.
struct SizeLaw {
    exponent: f64,
    largest: u32,
}

impl SizeLaw {
    /// Smaller firms in districts, above all in their main industry, and smaller still in services.
    fn of(activity: &Activity, area: &Area) -> Self {
        let district = area.kind == AreaKind::District;
        let (exponent, largest) = match activity.industry {
            None => (1.3, 2500),
            Some(_) if !district => (1.0, 1500),
            Some(_) if activity.industry == area.industry => (1.15, 240),
            Some(_) => (1.05, 450),
        };
        Self { exponent, largest }
    }

    fn up_to(self, most: u32) -> Self {
        Self { largest: self.largest.min(most), ..self }
    }

    /// Mean size, the sum of `P(size >= k)` over `k`, by its integral.
    fn mean(&self) -> f64 {
        let largest = f64::from(self.largest);
        if self.exponent == 1.0 {
            return 0.577 + largest.ln();
        }
        let over = self.exponent - 1.0;
        (1.0 - largest.powf(-over)) / over + 0.577
    }

    fn draw(&self, rng: &mut impl Rng) -> u32 {
        let u: f64 = 1.0 - rng.random::<f64>();
        u.powf(-1.0 / self.exponent).min(f64::from(self.largest)) as u32
    }
}
