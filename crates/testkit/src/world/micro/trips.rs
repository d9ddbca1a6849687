//! Trips of the commuters behind the flow table.
//!
//! Every commuter goes to work and back on each of the five working days of a week, and on three to seven outings, there and
//! back: to school with a child, to shops, for leisure. Every tour begins and ends at home, so that what the trips should tell is known:
//!
//! - Two evenings of every working week are spent out, and the way home ends between 22:00 and 23:30. No trip ends between 19:00 and
//!   06:29 but at home. So *home is the zone where most trips end at night*, for any night from 19:00, 20:00, 21:00 or 22:00 to 06:00.
//! - The five ways to work end between 06:30 and 09:30, no way home from work before 16:45, and at most two mornings lead past a
//!   school and home. So *work is the zone where most trips end on working days between 06:00 and 12:00* (or any later end until 16:00).

use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;

use super::day::{Day, REFERENCE_DAY};
use super::place::point_in;
use crate::world::stream::{Purpose, stream};
use crate::world::{World, WorldError};

/// The first day: the Monday of the week of the reference day, 3 October 2011.
pub const FIRST_MONDAY: Day = REFERENCE_DAY.later(-6);
/// Days of a week, Monday first, and those on which people work.
pub const DAYS: usize = 7;
const WORKING_DAYS: usize = 5;
/// Most weeks of trips: ten years.
pub const MOST_WEEKS: u64 = 520;

/// Trips of a week by place in the order of persons: those of number `n` are `WEEKLY[n % 5]`, ten to work and back and two
/// for each of three to seven outings.
const WEEKLY: [u64; 5] = [16, 18, 20, 22, 24];
const COMMUTES: u64 = 10;
const EVENINGS_OUT: usize = 2;

/// Why a trip is made: where it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Errand {
    Work,
    Home,
    Shop,
    School,
    Leisure,
}

impl Errand {
    /// Words used in files, in the order of the variants.
    pub const WORDS: [&str; 5] = ["work", "home", "shop", "school", "leisure"];
}

/// One trip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trip {
    /// Days since the Monday of the week, 0 to 6.
    pub day: u8,
    /// Minutes since midnight, local time, at which the trip ends.
    pub minute: u16,
    /// Index of the zone it starts in.
    pub from: u32,
    /// Index of the zone it ends in.
    pub to: u32,
    /// Where it leads to.
    pub errand: Errand,
}

/// Draws the trips of one person and week after the other; nothing is kept.
///
/// Persons are numbered from 0 in a scattered order: number `n` is commuter `n s + c` modulo their count in the order of
/// flows, with `s` near the golden section of the count. So the first `n` persons, for any `n`, are spread evenly
/// over all flows, and every zone has its share of them to within a person or two.
pub struct Trips<'a> {
    world: &'a World,
    /// Commuters up to and with each flow.
    ends: Vec<u64>,
    /// The first flow of each zone; last, the number of flows.
    first: Vec<usize>,
    persons: u64,
    stride: u64,
    start: u64,
}

/// The first rows of the one order all trips have: week by week, person by person, by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Weeks with all trips of everybody.
    pub whole_weeks: u64,
    /// Persons with all their trips in the week after those.
    pub persons: u64,
    /// First trips of one more person in that week, fewer than all.
    pub rest: u64,
}

impl World {
    /// The trips of its commuters. Cost: linear in flows.
    pub fn trips(&self) -> Trips<'_> {
        let mut ends = Vec::with_capacity(self.flows.len());
        let mut persons = 0;
        for row in &self.flows {
            persons += row.amount as u64;
            ends.push(persons);
        }
        let first = (0..=self.zones.len())
            .map(|zone| self.flows.partition_point(|row| (row.origin as usize) < zone))
            .collect();
        let start = stream(self.options.seed, Purpose::Trips, usize::MAX).random_range(0..persons.max(1));
        Trips { world: self, ends, first, persons, stride: golden_stride(persons), start }
    }
}

/// The number coprime to `count` that is nearest above its golden section.
fn golden_stride(count: u64) -> u64 {
    fn common(a: u64, b: u64) -> u64 {
        if b == 0 { a } else { common(b, a % b) }
    }
    // 0.618034 in whole numbers, the same on every machine.
    let near = (u128::from(count) * 618_034 / 1_000_000).max(1) as u64;
    (near..near + count).find(|&stride| common(stride, count) == 1).unwrap_or(1)
}

impl<'a> Trips<'a> {
    /// Commuters of the country: the sum of its flows.
    pub fn persons(&self) -> u64 {
        self.persons
    }

    /// Trips that all persons make in a week.
    pub fn weekly(&self) -> u64 {
        Self::weekly_of(self.persons)
    }

    /// Trips that the first `persons` make in a week.
    pub fn weekly_of(persons: u64) -> u64 {
        let five = WEEKLY.iter().sum::<u64>();
        persons / 5 * five + WEEKLY.iter().take((persons % 5) as usize).sum::<u64>()
    }

    /// Trips that all persons make in [`MOST_WEEKS`].
    pub fn most(&self) -> u64 {
        MOST_WEEKS * self.weekly()
    }

    /// Whether the country has so many trips. Errors: more than [`Self::most`].
    pub fn check(&self, rows: u64) -> Result<(), WorldError> {
        if rows > self.most() { Err(WorldError::Trips { rows, most: self.most() }) } else { Ok(()) }
    }

    /// What the first `rows` trips are.
    pub fn extent(&self, rows: u64) -> Extent {
        let (whole_weeks, left) = (rows / self.weekly(), rows % self.weekly());
        let five = WEEKLY.iter().sum::<u64>();
        let mut persons = left / five * 5;
        while Self::weekly_of(persons + 1) <= left {
            persons += 1;
        }
        Extent { whole_weeks, persons, rest: left - Self::weekly_of(persons) }
    }

    /// Persons of whom there is a trip among the first `rows`.
    pub fn observed(&self, rows: u64) -> u64 {
        let extent = self.extent(rows);
        if extent.whole_weeks > 0 { self.persons } else { extent.persons + u64::from(extent.rest > 0) }
    }

    /// Indices of the zones a person lives and works in. Cost: logarithmic in flows.
    pub fn commute(&self, person: u64) -> (u32, u32) {
        let scattered = u128::from(person) * u128::from(self.stride) + u128::from(self.start);
        let commuter = (scattered % u128::from(self.persons)) as u64;
        let row = &self.world.flows[self.ends.partition_point(|&end| end <= commuter)];
        (row.origin, row.destination)
    }

    /// Replaces `trips` by those of a person in a week (from 0), by time.
    pub fn of_week(&self, person: u64, week: u64, trips: &mut Vec<Trip>) {
        trips.clear();
        let (home, work) = self.commute(person);
        let mut rng = self.stream(Purpose::Trips, person, week);
        let outings = ((WEEKLY[(person % 5) as usize] - COMMUTES) / 2) as usize;
        let plan = Plan::draw(outings, &mut rng);
        let usual = at(6, 30) + rng.random_range(0..=160);
        let mut tour = |day: usize, (there, back): (u32, u32), zone: u32, errand: Errand| {
            let trip = |minute: u32, from, to, errand| Trip {
                day: day as u8,
                minute: minute as u16,
                from,
                to,
                errand,
            };
            trips.push(trip(there, home, zone, errand));
            trips.push(trip(back, zone, home, Errand::Home));
        };
        for day in 0..DAYS {
            let mut ready = 0;
            if plan.has(day, Outing::School) {
                let (there, back) = Outing::School.hours(&mut rng);
                tour(day, (there, back), self.elsewhere(home, &mut rng), Errand::School);
                ready = back + 20;
            }
            if day < WORKING_DAYS {
                let there = (usual + rng.random_range(0..=20)).max(ready);
                let back = at(16, 45) + rng.random_range(0..=75);
                tour(day, (there, back), work, Errand::Work);
            }
            for outing in [Outing::Morning, Outing::Afternoon, Outing::AfterWork, Outing::Evening] {
                if plan.has(day, outing) {
                    let errand = match outing {
                        Outing::Evening => Errand::Leisure,
                        _ if rng.random_range(0..5) < 3 => Errand::Shop,
                        _ => Errand::Leisure,
                    };
                    tour(day, outing.hours(&mut rng), self.elsewhere(home, &mut rng), errand);
                }
            }
        }
    }

    /// Replaces `points` by where those trips start and end: longitude and latitude in degrees, strictly inside the zones. A
    /// person's home and place of work stay where they are over all weeks.
    pub fn points(&self, person: u64, week: u64, trips: &[Trip], points: &mut Vec<[[f64; 2]; 2]>) {
        points.clear();
        let (home, work) = self.commute(person);
        let zone = |index: u32| &self.world.zones[index as usize];
        let mut own = self.stream(Purpose::Homes, person, 0);
        let (home, work) = (point_in(zone(home), &mut own), point_in(zone(work), &mut own));
        let mut stops = self.stream(Purpose::Stops, person, week);
        let mut here = home;
        points.extend(trips.iter().map(|trip| {
            let there = match trip.errand {
                Errand::Home => home,
                Errand::Work => work,
                _ => point_in(zone(trip.to), &mut stops),
            };
            [std::mem::replace(&mut here, there), there]
        }));
    }

    /// The country.
    pub fn world(&self) -> &'a World {
        self.world
    }

    fn stream(&self, purpose: Purpose, person: u64, week: u64) -> ChaCha8Rng {
        stream(self.world.options.seed, purpose, (week * self.persons + person) as usize)
    }

    /// Where people of a zone go when not to work: half of the time it is their own zone, otherwise where anyone of them works.
    fn elsewhere(&self, home: u32, rng: &mut impl Rng) -> u32 {
        if rng.random_range(0..2) == 0 {
            return home;
        }
        let rows = self.first[home as usize]..self.first[home as usize + 1];
        let before = if rows.start == 0 { 0 } else { self.ends[rows.start - 1] };
        let neighbour = before + u64::from(rng.random_range(0..self.world.zones[home as usize].employed));
        let row = rows.start + self.ends[rows].partition_point(|&end| end <= neighbour);
        self.world.flows[row].destination
    }
}

/// Minutes since midnight.
const fn at(hour: u32, minute: u32) -> u32 {
    60 * hour + minute
}

/// When people go out.
#[derive(Clone, Copy)]
enum Outing {
    School,
    Morning,
    Afternoon,
    AfterWork,
    Evening,
}

impl Outing {
    /// Minutes at which the ways there and back end.
    fn hours(self, rng: &mut impl Rng) -> (u32, u32) {
        let (there, back) = match self {
            Self::School => (at(7, 0)..=at(7, 25), at(7, 35)..=at(7, 45)),
            Self::Morning => (at(9, 0)..=at(11, 0), at(11, 10)..=at(12, 50)),
            Self::Afternoon => (at(13, 30)..=at(16, 0), at(16, 30)..=at(18, 0)),
            Self::AfterWork => (at(18, 10)..=at(18, 45), at(19, 0)..=at(19, 50)),
            Self::Evening => (at(18, 10)..=at(18, 55), at(22, 0)..=at(23, 30)),
        };
        (rng.random_range(there), rng.random_range(back))
    }
}

/// The outings of a week, a bit for each on each day.
#[derive(Default)]
struct Plan([u8; DAYS]);

impl Plan {
    /// Two evenings of the working days, and `outings - 2` of eleven other occasions: two mornings with a child, the three other
    /// working days after work, and three parts of each day of the weekend.
    fn draw(outings: usize, rng: &mut impl Rng) -> Self {
        let mut plan = Self::default();
        let mut days: [usize; WORKING_DAYS] = [0, 1, 2, 3, 4];
        shuffle_first(&mut days, WORKING_DAYS - 1, rng);
        for &day in &days[..EVENINGS_OUT] {
            plan.add(day, Outing::Evening);
        }
        let mut others = [
            (days[0], Outing::School),
            (days[2], Outing::School),
            (days[2], Outing::AfterWork),
            (days[3], Outing::AfterWork),
            (days[4], Outing::AfterWork),
            (5, Outing::Morning),
            (5, Outing::Afternoon),
            (5, Outing::Evening),
            (6, Outing::Morning),
            (6, Outing::Afternoon),
            (6, Outing::Evening),
        ];
        let drawn = outings - EVENINGS_OUT;
        shuffle_first(&mut others, drawn, rng);
        for &(day, outing) in &others[..drawn] {
            plan.add(day, outing);
        }
        plan
    }

    fn add(&mut self, day: usize, outing: Outing) {
        self.0[day] |= 1 << outing as u8;
    }

    fn has(&self, day: usize, outing: Outing) -> bool {
        self.0[day] & (1 << outing as u8) != 0
    }
}

/// Draws the first `count` of `items` without replacement (Fisher and Yates 1938; Durstenfeld 1964).
fn shuffle_first<T>(items: &mut [T], count: usize, rng: &mut impl Rng) {
    for place in 0..count {
        let other = rng.random_range(place as u32..items.len() as u32) as usize;
        items.swap(place, other);
    }
}
