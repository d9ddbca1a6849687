//! The register over time: units open on the reference day, and others that closed before or opened after it.

use rand::{Rng, RngExt};

use super::day::{Day, REFERENCE_DAY};
use super::place::point_in;
use crate::world::activities::Activity;
use crate::world::register::{Establishment, Register};
use crate::world::stream::{Purpose, stream};

/// One unit that closed before the reference day for so many open on it, and one that opened after.
const OPEN_PER_CLOSED: u32 = 4;
const OPEN_PER_LATER: u32 = 12;
/// Share of the units open on the reference day that have closed since.
const CLOSED_SINCE: f64 = 0.3;
/// Days: the longest life and the longest wait of a unit, and the least of both. At least two days lie between the reference day and any first
/// or last day, so that it does not matter whether the last day counts.
const LONGEST_LIFE: i32 = 14_600;
const LONGEST_WAIT: i32 = 1_800;
const LEAST: i32 = 2;

/// A local unit and its life.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Number within its zone, from 1. Units open on the reference day have the numbers of [`Register::of_zone`]; others follow.
    pub unit: u32,
    /// Number of the unit that founded its firm.
    pub firm: u32,
    /// What it does.
    pub activity: &'static Activity,
    /// Jobs, at least 1.
    pub employees: u32,
    /// Its address, strictly inside the zone: longitude and latitude in degrees.
    pub lonlat: [f64; 2],
    /// First day.
    pub from: Day,
    /// Last day, after the first; none while it is open.
    pub to: Option<Day>,
}

impl Unit {
    /// Whether it has opened and not closed on that day.
    pub fn is_open(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| to >= day)
    }
}

/// What decides on the lives of the units of a zone.
struct Lives<R>(R);

impl<R: Rng> Lives<R> {
    /// So many days, at least [`LEAST`], short ones commoner.
    fn days(&mut self, most: i32) -> i32 {
        let u: f64 = self.0.random();
        LEAST + (u * u * f64::from(most)) as i32
    }

    fn open(&mut self) -> (Day, Option<Day>) {
        let from = REFERENCE_DAY.later(-self.days(LONGEST_LIFE));
        let closed = self.0.random::<f64>() < CLOSED_SINCE;
        (from, closed.then(|| REFERENCE_DAY.later(self.days(LONGEST_WAIT))))
    }

    fn closed(&mut self) -> (Day, Option<Day>) {
        let to = REFERENCE_DAY.later(-self.days(2 * LONGEST_WAIT));
        (to.later(-self.days(LONGEST_LIFE / 2)), Some(to))
    }

    fn opened_later(&mut self) -> (Day, Option<Day>) {
        let from = REFERENCE_DAY.later(self.days(LONGEST_WAIT));
        let closed = self.0.random::<f64>() < CLOSED_SINCE;
        (from, closed.then(|| from.later(self.days(LONGEST_WAIT))))
    }
}

impl Register<'_> {
    /// The units of a zone in the order of their numbers, closed and later ones too: a quarter more that closed before the
    /// reference day, a twelfth more that opened after it, alike in activity and size to units that were open then. The units
    /// open on [`REFERENCE_DAY`] are [`Self::of_zone`]. Cost: linear in units.
    pub fn history_of_zone(&self, zone: usize) -> Vec<Unit> {
        let open = self.of_zone(zone);
        let seed = self.world.options.seed;
        let mut lives = Lives(stream(seed, Purpose::Lives, zone));
        let mut addresses = stream(seed, Purpose::Addresses, zone);
        let mut unit = |like: &Establishment, (from, to): (Day, Option<Day>)| Unit {
            unit: like.unit,
            firm: like.firm,
            activity: like.activity,
            employees: like.employees,
            lonlat: point_in(&self.world.zones[zone], &mut addresses),
            from,
            to,
        };
        let mut units: Vec<Unit> = open.iter().map(|like| unit(like, lives.open())).collect();
        let count = open.len() as u32;
        let closed = count / OPEN_PER_CLOSED;
        for other in 0..closed + count / OPEN_PER_LATER {
            let number = count + other + 1;
            let like = &open[lives.0.random_range(0..count) as usize];
            let life = if other < closed { lives.closed() } else { lives.opened_later() };
            units.push(unit(&Establishment { unit: number, firm: number, ..like.clone() }, life));
        }
        units
    }
}
