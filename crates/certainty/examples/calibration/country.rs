//! A made country, and what is seen of it.

use std::collections::BTreeMap;
use std::error::Error;

use distretto_certainty::FlowSampling;
use distretto_flows::{FlowTable, Row};
use distretto_jobs::{ClassificationId, JobCube, JobCubeBuilder, Record};
use distretto_testkit::world::{World, WorldOptions};
use rand::SeedableRng;
use rand::seq::index;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson};

pub type Failure = Box<dyn Error + Send + Sync>;

/// Which country is made, and how much of it is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    pub seed: u64,
    pub zones: usize,
    /// Share of commuters who do not see the borders of the planted areas.
    pub noise: f64,
    /// Share of the persons who are seen, in (0, 1].
    pub fraction: f64,
}

impl Case {
    /// One of many: every combination of size, noise and share in turn.
    pub fn in_turn(first_seed: u64, number: u64, zones: &[usize]) -> Self {
        const NOISE: [f64; 4] = [0.0, 0.1, 0.2, 0.3];
        const FRACTIONS: [f64; 3] = [0.05, 0.2, 1.0];
        let mut turn = number as usize;
        let mut pick = |values: usize| {
            let at = turn % values;
            turn /= values;
            at
        };
        Self {
            seed: first_seed + number,
            zones: zones[pick(zones.len())],
            noise: NOISE[pick(NOISE.len())],
            fraction: FRACTIONS[pick(FRACTIONS.len())],
        }
    }
}

/// How flows come to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Seen {
    /// All persons of a country with the share of persons: each flow is Poisson around that share of what is expected.
    Counted,
    /// The share of the residents of each zone, drawn without replacement, each standing for several.
    Asked,
}

/// A country with everything that is true of it.
pub struct Country {
    pub case: Case,
    pub world: World,
    /// Jobs of all its establishments.
    pub jobs: JobCube,
    /// Pairs of zones with a common border, the lower index first, ascending.
    pub neighbours: Vec<(u32, u32)>,
}

/// Flows seen, and the same without error.
pub struct Sight {
    pub seen: Seen,
    pub flows: FlowTable,
    /// What flows would be but for chance: expected ones of those counted, all persons' of those asked.
    pub error_free: FlowTable,
    pub model: FlowSampling,
    /// Persons of these tables for each of the country: what sizes of areas are to be multiplied with.
    pub persons: f64,
}

impl Country {
    pub fn generate(case: Case) -> Result<Self, Failure> {
        let Case { seed, zones, noise, .. } = case;
        let world = World::generate(&WorldOptions { seed, zones, noise, scale: 1.0 })?;
        let jobs = jobs(&world)?;
        let neighbours = neighbours(&world);
        Ok(Self { case, world, jobs, neighbours })
    }

    pub fn sight(&self, seen: Seen) -> Result<Sight, Failure> {
        let fraction = self.case.fraction;
        let table = |rows: &[Row]| FlowTable::from_rows(self.world.zones.len(), rows);
        let mut rng = self.random(seen);
        Ok(match seen {
            Seen::Counted => {
                let expected = scaled(&self.world.expected_flows(), fraction);
                let counted = counted(&expected, &mut rng)?;
                let (flows, error_free) = (table(&counted)?, table(&expected)?);
                Sight { seen, flows, error_free, model: FlowSampling::Poisson, persons: fraction }
            }
            Seen::Asked => {
                let answers = asked(&self.world, fraction, &mut rng);
                let (flows, error_free) = (table(&answers)?, table(&self.world.flows)?);
                Sight { seen, flows, error_free, model: FlowSampling::Survey { fraction }, persons: 1.0 }
            }
        })
    }

    fn random(&self, seen: Seen) -> ChaCha8Rng {
        let mut key = [0u8; 32];
        key[..8].copy_from_slice(&self.case.seed.to_le_bytes());
        key[8] = seen as u8;
        key[24..].copy_from_slice(b"what.is.");
        ChaCha8Rng::from_seed(key)
    }
}

/// Amounts to a millionth of a person, without those below.
fn scaled(rows: &[Row], share: f64) -> Vec<Row> {
    let amount = |row: &Row| (share * row.amount * 1e6).round() / 1e6;
    rows.iter().map(|row| Row { amount: amount(row), ..*row }).filter(|row| row.amount > 0.0).collect()
}

fn counted(expected: &[Row], rng: &mut ChaCha8Rng) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::with_capacity(expected.len() / 2);
    for row in expected {
        let amount = Poisson::new(row.amount)?.sample(rng);
        if amount > 0.0 {
            rows.push(Row { amount, ..*row });
        }
    }
    Ok(rows)
}

/// The answers of a sample of the residents of each zone, drawn without replacement and expanded to all of them.
fn asked(world: &World, fraction: f64, rng: &mut ChaCha8Rng) -> Vec<Row> {
    let mut rows = Vec::new();
    for of_origin in world.flows.chunk_by(|a, b| a.origin == b.origin) {
        // Residents in the order of where they work.
        let ends: Vec<usize> = of_origin
            .iter()
            .scan(0, |sum, row| {
                *sum += row.amount as usize;
                Some(*sum)
            })
            .collect();
        let residents = ends.last().copied().unwrap_or_default();
        let asked = ((fraction * residents as f64).round() as usize).max(1);
        let mut answers = vec![0u32; ends.len()];
        for resident in index::sample(rng, residents, asked) {
            answers[ends.partition_point(|&end| end <= resident)] += 1;
        }
        let each = residents as f64 / asked as f64;
        let given = of_origin.iter().zip(answers).filter(|(_, answers)| *answers > 0);
        rows.extend(given.map(|(row, answers)| Row { amount: f64::from(answers) * each, ..*row }));
    }
    rows
}

fn jobs(world: &World) -> Result<JobCube, Failure> {
    let mut jobs = JobCubeBuilder::new(ClassificationId::NaceRev2, world.zones.len())?;
    let register = world.register();
    for zone in 0..world.zones.len() {
        for unit in register.of_zone(zone) {
            let employees = f64::from(unit.employees);
            jobs.push(&Record::from_establishment(zone as u32, unit.activity.code, employees))?;
        }
    }
    Ok(jobs.build()?)
}

/// Zones whose borders have a side in common: neighbours share vertices exactly.
fn neighbours(world: &World) -> Vec<(u32, u32)> {
    let mut owner = BTreeMap::new();
    let mut pairs = Vec::new();
    for (zone, of) in (0u32..).zip(&world.zones) {
        for side in of.ring.windows(2) {
            let mut ends = [side[0], side[1]].map(|point| point.map(f64::to_bits));
            ends.sort_unstable();
            if let Some(other) = owner.insert(ends, zone).filter(|&other| other != zone) {
                pairs.push((other, zone));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
