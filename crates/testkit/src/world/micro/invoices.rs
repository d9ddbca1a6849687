//! What firms sell to each other: in districts along the phases of their process, elsewhere by distance and size.
//!
//! A unit of the main industry of a district sells, four times of five, to another phase of the process in its own area: to the next one, or
//! as a subcontractor to any. Everyone else, and the fifth time, sells anywhere: to an area in proportion to
//! `J / (1 + d/δ)²` where `J` are its jobs and `d` is the distance between cores, in it to a zone in proportion to jobs, there to any firm.
//!
//! Invoices are spread over the jobs of the country: of `N` invoices, the unit that employs the jobs `a + 1` to `b` in the order of areas, zones
//! and units writes `⌊bN/J⌋ - ⌊aN/J⌋`, so that they are exactly `N` in all.

use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;

use super::day::Day;
use crate::world::activities::{ACTIVITIES, Activity, Industry};
use crate::world::grid::distance;
use crate::world::register::{Establishment, Register};
use crate::world::stream::{Purpose, stream};
use crate::world::{Area, AreaKind, World};

/// The year of the invoices: that of the reference day, every day alike.
pub const YEAR: i32 = 2011;
const DAYS_OF_YEAR: i32 = 365;
/// Invoices for each job where no number is asked for: one a month.
pub const PER_JOB: u64 = 12;

/// Share of its invoices that a unit of a district's main industry writes to other phases of its process in the area.
const WITHIN_PROCESS: f64 = 0.8;
/// Share of those that go to the next phase; the others to any phase.
const TO_NEXT_PHASE: f64 = 0.6;
/// Distance at which a quarter of the pull of an area is left, km.
const QUARTER_KM: f64 = 60.0;
/// Cents: the least invoice of a unit with one job, and the largest of any.
const LEAST_CENTS: f64 = 5_000.0;
const MOST_CENTS: f64 = 1e11;

/// A firm, by its founding unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Firm {
    /// Index of its zone.
    pub zone: u32,
    /// Number of the founding unit within the zone, from 1.
    pub number: u32,
}

/// One invoice.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Invoice {
    /// Who sells.
    pub seller: Firm,
    /// Who buys: another firm.
    pub buyer: Firm,
    /// Hundredths of the currency, positive.
    pub cents: i64,
    /// A day of [`YEAR`].
    pub day: Day,
    /// Index of the activity of the selling unit, into [`ACTIVITIES`].
    pub product: u8,
}

/// Draws the invoices of one area after the other; nothing is kept but which units are founders.
pub struct Trade<'a> {
    world: &'a World,
    register: &'a Register<'a>,
    zones_of: Vec<Vec<u32>>,
    /// Jobs up to each zone in the order of areas and zones.
    jobs_before: Vec<u64>,
    jobs_of: Vec<f64>,
    jobs: u64,
    founders: Founders,
}

impl<'a> Trade<'a> {
    /// Who could trade with whom. Cost: linear in establishments; a bit of memory for each.
    pub fn new(register: &'a Register<'a>) -> Self {
        let world = register.world;
        let mut zones_of = vec![Vec::new(); world.areas.len()];
        for (zone, of) in world.zones.iter().enumerate() {
            zones_of[of.area as usize].push(zone as u32);
        }
        let (mut jobs, mut jobs_before) = (0, vec![0; world.zones.len()]);
        let mut jobs_of = Vec::with_capacity(world.areas.len());
        for zones in &zones_of {
            let before = jobs;
            for &zone in zones {
                jobs_before[zone as usize] = jobs;
                jobs += u64::from(register.jobs[zone as usize]);
            }
            jobs_of.push((jobs - before) as f64);
        }
        let founders = Founders::of(register, world.zones.len());
        Self { world, register, zones_of, jobs_before, jobs_of, jobs, founders }
    }

    /// Jobs of the country.
    pub fn jobs(&self) -> u64 {
        self.jobs
    }

    /// Invoices of the country where `rows` are asked for: so many, or none where there is nobody to sell to.
    pub fn rows(&self, rows: u64) -> u64 {
        if self.founders.count > 1 { rows } else { 0 }
    }

    /// Of `rows` invoices of the country, those of an area.
    pub fn rows_of_area(&self, area: usize, rows: u64) -> u64 {
        let before = self.zones_of[area].first().map_or(0, |&zone| self.jobs_before[zone as usize]);
        let after = before + self.jobs_of[area] as u64;
        self.quota(after, rows) - self.quota(before, rows)
    }

    /// Invoices of the first `jobs` jobs.
    fn quota(&self, jobs: u64, rows: u64) -> u64 {
        let all = u128::from(self.jobs.max(1));
        (u128::from(jobs) * u128::from(self.rows(rows)) / all) as u64
    }

    /// Calls `visit` for each invoice that the units of an area write, of `rows` in the country; stops at the first error. Cost: linear in
    /// the establishments and invoices of the area, and in areas; in memory the establishments of the area.
    pub fn of_area<E>(
        &self,
        area: usize,
        rows: u64,
        mut visit: impl FnMut(&Invoice) -> Result<(), E>,
    ) -> Result<(), E> {
        let zones = &self.zones_of[area];
        let units: Vec<Vec<Establishment>> =
            zones.iter().map(|&zone| self.register.of_zone(zone as usize)).collect();
        let process = Process::of(&self.world.areas[area], zones, &units);
        let market = self.market(area);
        for (&zone, units) in zones.iter().zip(&units) {
            let mut rng = stream(self.world.options.seed, Purpose::Invoices, zone as usize);
            let mut before = self.jobs_before[zone as usize];
            for unit in units {
                let after = before + u64::from(unit.employees);
                let seller = Firm { zone, number: unit.firm };
                let product = unit.activity.index() as u8;
                let in_process = process.takes_in(unit.activity);
                for _ in self.quota(before, rows)..self.quota(after, rows) {
                    let within = in_process && rng.random::<f64>() < WITHIN_PROCESS;
                    let buyer = if within { process.buyer(unit.activity, &mut rng) } else { None };
                    let buyer = match buyer {
                        Some(firm) if firm != seller => firm,
                        _ => self.anyone_but(seller, &market, &mut rng),
                    };
                    visit(&Invoice {
                        seller,
                        buyer,
                        cents: cents(unit.employees, &mut rng),
                        day: Day::of(YEAR, 1, 1).later(rng.random_range(0..DAYS_OF_YEAR)),
                        product,
                    })?;
                }
                before = after;
            }
        }
        Ok(())
    }

    /// Pull of the areas on sellers of one of them, summed up.
    fn market(&self, area: usize) -> Vec<f64> {
        let core = |area: &Area| self.world.zones[area.core as usize].position_km;
        let here = core(&self.world.areas[area]);
        let mut sum = 0.0;
        let pull = self.world.areas.iter().zip(&self.jobs_of).map(|(there, jobs)| {
            let far = 1.0 + distance(here, core(there)) / QUARTER_KM;
            sum += jobs / (far * far);
            sum
        });
        pull.collect()
    }

    /// A firm by distance and size, not the seller.
    fn anyone_but(&self, seller: Firm, market: &[f64], rng: &mut ChaCha8Rng) -> Firm {
        // A seller alone in the only place that buys would be drawn for ever.
        for _ in 0..20 {
            let area = pick(market, rng);
            let zones = &self.zones_of[area];
            let start = zones.first().map_or(0, |&zone| self.jobs_before[zone as usize]);
            let job = start + (rng.random::<f64>() * self.jobs_of[area]) as u64;
            let zone = zones[zones.partition_point(|&zone| self.jobs_before[zone as usize] <= job) - 1];
            let firm = self.founders.draw(zone, rng);
            if firm != seller {
                return firm;
            }
        }
        self.founders.after(seller)
    }
}

/// An index drawn in proportion to steps of `sums`; steps of 0 are never drawn.
fn pick(sums: &[f64], rng: &mut impl Rng) -> usize {
    let at = rng.random::<f64>() * sums.last().copied().unwrap_or(0.0);
    sums.partition_point(|&sum| sum <= at).min(sums.len() - 1)
}

/// Amounts with `P(amount >= x) = (x/least)^(-4/3)`, where `least` grows with the square root of the seller's size: a finite mean, no variance. By roots, which are the
/// same on every machine.
fn cents(employees: u32, rng: &mut impl Rng) -> i64 {
    let root = (1.0 - rng.random::<f64>()).sqrt();
    let amount = LEAST_CENTS * f64::from(employees).sqrt() / (root * root.sqrt());
    amount.min(MOST_CENTS) as i64
}

/// The firms of a district in each phase of its process.
struct Process {
    industry: Option<Industry>,
    /// Activities with at least one unit, in the order of the process, and the firms of their units.
    phases: Vec<(&'static str, Vec<Firm>)>,
}

impl Process {
    fn of(area: &Area, zones: &[u32], units: &[Vec<Establishment>]) -> Self {
        if area.kind != AreaKind::District {
            return Self { industry: None, phases: Vec::new() };
        }
        let firms = |activity: &Activity| {
            let of_zone = |(&zone, units): (&u32, &Vec<Establishment>)| {
                let here = units.iter().filter(|unit| unit.activity.code == activity.code);
                here.map(|unit| Firm { zone, number: unit.firm }).collect::<Vec<_>>()
            };
            (activity.code, zones.iter().zip(units).flat_map(of_zone).collect::<Vec<_>>())
        };
        let phases = ACTIVITIES.iter().filter(|activity| activity.industry == area.industry).map(firms);
        Self { industry: area.industry, phases: phases.filter(|(_, firms)| !firms.is_empty()).collect() }
    }

    /// Whether units of the activity sell to other phases.
    fn takes_in(&self, activity: &Activity) -> bool {
        self.industry.is_some() && activity.industry == self.industry && self.phases.len() > 1
    }

    /// A firm in another phase of the process than the seller's, where there are two.
    fn buyer(&self, seller: &Activity, rng: &mut impl Rng) -> Option<Firm> {
        let own = self.phases.iter().position(|(code, _)| *code == seller.code)?;
        let next = rng.random::<f64>() < TO_NEXT_PHASE && own + 1 < self.phases.len();
        let away = if next { 1 } else { rng.random_range(1..self.phases.len() as u32) as usize };
        let (_, firms) = &self.phases[(own + away) % self.phases.len()];
        Some(firms[rng.random_range(0..firms.len() as u32) as usize])
    }
}

/// Which units founded a firm, a bit for each unit.
struct Founders {
    /// Units of zones before each; last, all units.
    before: Vec<usize>,
    bits: Vec<u64>,
    count: usize,
}

impl Founders {
    fn of(register: &Register<'_>, zones: usize) -> Self {
        let mut founders = Self { before: vec![0], bits: Vec::new(), count: 0 };
        let mut units = 0;
        for zone in 0..zones {
            for unit in register.of_zone(zone) {
                let is_founder = unit.firm == unit.unit;
                if units % 64 == 0 {
                    founders.bits.push(0);
                }
                if is_founder {
                    founders.bits[units / 64] |= 1 << (units % 64);
                    founders.count += 1;
                }
                units += 1;
            }
            founders.before.push(units);
        }
        founders
    }

    fn is_founder(&self, unit: usize) -> bool {
        self.bits[unit / 64] >> (unit % 64) & 1 == 1
    }

    /// A firm of a zone with jobs, each as likely. The first unit of a zone is always a founder.
    fn draw(&self, zone: u32, rng: &mut impl Rng) -> Firm {
        let (start, end) = (self.before[zone as usize], self.before[zone as usize + 1]);
        loop {
            let unit = rng.random_range(0..(end - start) as u32);
            if self.is_founder(start + unit as usize) {
                return Firm { zone, number: unit + 1 };
            }
        }
    }

    /// The founder after a firm, after the last the first.
    fn after(&self, firm: Firm) -> Firm {
        let all = self.before.last().copied().unwrap_or(0);
        let own = self.before[firm.zone as usize] + firm.number as usize - 1;
        let unit = (own + 1..all).chain(0..own).find(|&unit| self.is_founder(unit)).unwrap_or(own);
        let zone = self.before.partition_point(|&before| before <= unit) - 1;
        Firm { zone: zone as u32, number: (unit - self.before[zone]) as u32 + 1 }
    }
}
