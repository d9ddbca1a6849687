//! Who employs them: establishments of heavy-tailed size that add up to the jobs of each zone.

use std::collections::BTreeMap;

use rand::{Rng, RngExt};
use rand_distr::{Distribution, weighted::WeightedIndex};

use super::activities::{ACTIVITIES, Activity};
use super::economy::Economy;
use super::stream::{Purpose, stream};
use super::{Area, AreaKind, World};

/// Size classes of the jobs table, with their least size.
pub const SIZE_CLASSES: [(&str, u32); 4] = [("1-9", 1), ("10-49", 10), ("50-249", 50), ("250+", 250)];

/// Share of establishments that belong to a firm that has another one in the zone.
const SISTERS: f64 = 0.04;
/// No unit of a district's main industry has a larger share of it, unless it is planted to.
const LARGEST_SHARE: f64 = 0.15;

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

/// The size class of a unit, an index into [`SIZE_CLASSES`].
pub fn size_class(employees: u32) -> usize {
    SIZE_CLASSES.iter().rposition(|&(_, least)| employees >= least).unwrap_or(0)
}

/// Jobs and local units of a zone by (activity, size class).
pub type JobsOfZone = BTreeMap<(&'static str, usize), (u32, u32)>;

/// Draws the establishments of one zone after the other; nothing is kept.
pub struct Register<'a> {
    pub(super) world: &'a World,
    pub(super) jobs: Vec<u32>,
    economies: Vec<Economy>,
    /// Jobs of each area in its main industry.
    main_jobs: Vec<f64>,
}

impl World {
    /// The establishment register. Its jobs are the commuters' jobs: those of a zone add up to the flows into it.
    pub fn register(&self) -> Register<'_> {
        let economy = |(index, area)| Economy::of(self.options.seed, index, area);
        let economies: Vec<Economy> = self.areas.iter().enumerate().map(economy).collect();
        let jobs = self.jobs();
        let mut main_jobs = vec![0.0; self.areas.len()];
        for (zone, &jobs) in self.zones.iter().zip(&jobs) {
            main_jobs[zone.area as usize] += f64::from(jobs);
        }
        for ((jobs, economy), area) in main_jobs.iter_mut().zip(&economies).zip(&self.areas) {
            *jobs *= area.industry.map_or(0.0, |industry| economy.share_of(Some(industry)));
        }
        Register { world: self, jobs, economies, main_jobs }
    }
}

impl Register<'_> {
    /// The establishments of a zone, in the order of their numbers; the same however often it is asked. Cost: linear in
    /// establishments.
    pub fn of_zone(&self, zone: usize) -> Vec<Establishment> {
        let index = self.world.zones[zone].area as usize;
        let (area, economy) = (&self.world.areas[index], &self.economies[index]);
        let mut rng = stream(self.world.options.seed, Purpose::Register, zone);
        let mut left = self.jobs[zone];
        let mut units = Vec::new();
        // No unit takes more than a third of a zone, so that villages do not depend on one draw.
        let most = (left / 3).max(9);
        if let Some(leader) = self.leader(zone, left / 2) {
            left -= leader.employees;
            units.push(leader);
        }
        let is_main = |activity: &Activity| activity.industry.is_some() && activity.industry == area.industry;
        let laws = ACTIVITIES.each_ref().map(|activity| {
            let law = if is_main(activity) {
                SizeLaw::of_main(area, economy, self.main_jobs[index])
            } else {
                SizeLaw::of_other(activity, area)
            };
            law.up_to(most)
        });
        // Drawn per unit, so that each activity's share of *jobs* is the one of the mix, the leader included.
        let weights = ACTIVITIES.iter().zip(&economy.mix).zip(&laws).map(|((activity, share), law)| {
            share * if is_main(activity) { 1.0 - economy.leader } else { 1.0 } / law.mean()
        });
        let Ok(activities) = WeightedIndex::new(weights) else {
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

    /// Jobs of a zone.
    pub(super) fn jobs_in(&self, zone: usize) -> u32 {
        self.jobs[zone]
    }

    /// The leading plant of an area, in its core.
    fn leader(&self, zone: usize, most: u32) -> Option<Establishment> {
        let index = self.world.zones[zone].area as usize;
        let (area, economy) = (&self.world.areas[index], &self.economies[index]);
        let employees = ((self.main_jobs[index] * economy.leader) as u32).min(economy.leader_most).min(most);
        let activity = ACTIVITIES.iter().find(|a| a.industry.is_some() && a.industry == area.industry)?;
        (area.core as usize == zone && employees > 0).then_some(Establishment {
            unit: 1,
            firm: 1,
            activity,
            employees,
        })
    }

    /// Adds establishments up by activity and size class (an index into [`SIZE_CLASSES`]).
    pub fn jobs_of(establishments: &[Establishment]) -> JobsOfZone {
        let mut jobs = JobsOfZone::new();
        for unit in establishments {
            let class = size_class(unit.employees);
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
    /// Sizes in the main industry of an area.
    fn of_main(area: &Area, economy: &Economy, main_jobs: f64) -> Self {
        let district = area.kind == AreaKind::District;
        let share = if district { LARGEST_SHARE } else { 1.0 };
        let largest = economy.largest.min((share * main_jobs) as u32).max(9);
        Self { exponent: economy.exponent, largest }
    }

    /// Sizes elsewhere: smaller in districts and small towns, and smaller still in services.
    fn of_other(activity: &Activity, area: &Area) -> Self {
        let (exponent, largest) = match (activity.industry, area.kind) {
            (None, _) => (1.3, 2500),
            (Some(_), AreaKind::District) => (1.05, 249),
            (Some(_), AreaKind::SingleFirm) => (1.0, 49),
            (Some(_), _) => (1.0, 1500),
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
