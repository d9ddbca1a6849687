//! Persons behind the flows, and which flows, residents and workers are published.

use distretto_disclosure::{Contributions, Network, OUTSIDE, Place, Rule, Status, Value};
use distretto_flows::FlowTable;
use distretto_territory::Partition;
use rustc_hash::FxHashMap;

use super::count_withheld;
use crate::fault::{Code, Fault, Result};

/// How many different persons stand behind each flow, by origin and destination.
#[derive(Debug, Clone, Default)]
pub struct FlowContributions {
    persons: FxHashMap<(u32, u32), u64>,
}

impl FlowContributions {
    /// Adds persons of a pair of zones; nobody is added twice.
    pub fn add(&mut self, origin: u32, destination: u32, persons: u64) {
        *self.persons.entry((origin, destination)).or_default() += persons;
    }

    /// Persons behind a flow. A flow of which nobody is known is taken as one person's.
    pub fn persons(&self, origin: u32, destination: u32) -> u64 {
        self.persons.get(&(origin, destination)).copied().unwrap_or(1)
    }

    /// The same flows with zones renumbered by `place`.
    pub(crate) fn renumbered(&self, place: impl Fn(u32) -> u32) -> Self {
        let renumbered = |(&(origin, destination), &persons): (&(u32, u32), &u64)| {
            ((place(origin), place(destination)), persons)
        };
        Self { persons: self.persons.iter().map(renumbered).collect() }
    }

    /// Employed residents of each zone.
    pub(super) fn residents(&self, flows: &FlowTable) -> Vec<Contributions> {
        let mut counts = vec![0u64; flows.zones()];
        for (origin, destination, _) in flows.rows() {
            counts[origin as usize] += self.persons(origin, destination);
        }
        counts.into_iter().map(Contributions::persons).collect()
    }
}

/// Which figures of flows are published.
#[derive(Debug, Clone)]
pub struct FlowStatuses {
    /// Whether residents, workers and people who stay are published for every area. Where one of these figures is itself unsafe, or
    /// flows between areas cannot be protected while they are open, nothing that the flows say of areas is published.
    pub areas_open: bool,
    pairs: FxHashMap<(u32, u32), Status>,
    residents: Vec<Status>,
    workers: Vec<Status>,
    inside: Vec<Status>,
    /// By area: whether the flows between its zones, taken together, are withheld.
    within: Vec<bool>,
}

/// Persons behind every figure, with zones that have no area as one more area.
struct Counts {
    pairs: Vec<(u32, u32, u64)>,
    residents: Vec<u64>,
    workers: Vec<u64>,
    inside: Vec<u64>,
    within: Vec<u64>,
    area_of: Vec<u32>,
    areas: usize,
}

impl Counts {
    fn new(persons: &FlowContributions, flows: &FlowTable, partition: &Partition) -> Self {
        let areas = partition.areas();
        let area_of: Vec<u32> =
            partition.as_slice().iter().map(|area| area.unwrap_or(areas as u32)).collect();
        let zones = flows.zones();
        let mut counts = Self {
            pairs: Vec::new(),
            residents: vec![0; zones],
            workers: vec![0; zones],
            inside: vec![0; zones],
            within: vec![0; areas + 1],
            area_of,
            areas,
        };
        let mut pairs: FxHashMap<(u32, u32), u64> = FxHashMap::default();
        for (origin, destination, _) in flows.rows() {
            let found = persons.persons(origin, destination);
            let (from, to) = (origin as usize, destination as usize);
            counts.residents[from] += found;
            counts.workers[to] += found;
            let (a, b) = (counts.area_of[from], counts.area_of[to]);
            *pairs.entry((a, b)).or_default() += found;
            if from == to {
                counts.inside[from] += found;
            } else if a == b {
                counts.within[a as usize] += found;
            }
        }
        counts.pairs = pairs.into_iter().map(|((a, b), found)| (a, b, found)).collect();
        counts.pairs.sort_unstable();
        counts
    }

    /// Residents, workers and people who stay of each area, zones without one last.
    fn of_areas(&self) -> [Vec<u64>; 3] {
        let mut sums = [(); 3].map(|()| vec![0u64; self.areas + 1]);
        for &(a, b, found) in &self.pairs {
            sums[0][a as usize] += found;
            sums[1][b as usize] += found;
            if a == b {
                sums[2][a as usize] += found;
            }
        }
        sums
    }
}

impl FlowStatuses {
    /// Decides which figures are published, in two ways.
    ///
    /// Where residents L, workers W and people who stay S of every area are safe (and those of all zones without an area, so that the
    /// total may be told), they are published, and the rest is protected with them known: flows between different areas are a
    /// table with known margins; residents and workers of the zones of an area add up to L and W; people who live and work in one
    /// zone add up, with those who move between zones of the area, to S. Otherwise areas are closed: of flows only zones are
    /// published, whose figures then stand in no sum.
    pub(super) fn decide(
        persons: &FlowContributions,
        flows: &FlowTable,
        partition: &Partition,
        rule: &Rule,
    ) -> Result<Self> {
        let counts = Counts::new(persons, flows, partition);
        let safe = |&count: &u64| rule.judge(&Contributions::persons(count)).is_none();
        let [residents, workers, inside] = counts.of_areas();
        let areas_safe = residents.iter().chain(&workers).chain(&inside[..counts.areas]).all(safe);
        if areas_safe && let Some(open) = Self::open(&counts, rule)? {
            return Ok(open);
        }
        let alone = |all: &[u64]| -> Vec<Status> {
            all.iter().map(|count| if safe(count) { Status::Published } else { Status::Primary }).collect()
        };
        Ok(Self {
            areas_open: false,
            pairs: FxHashMap::default(),
            residents: alone(&counts.residents),
            workers: alone(&counts.workers),
            inside: alone(&counts.inside),
            within: vec![true; counts.areas],
        })
    }

    fn open(counts: &Counts, rule: &Rule) -> Result<Option<Self>> {
        let none = counts.areas as u32;
        let columns = counts.areas as u32 + 1;
        let pairs = counts.pairs.iter().map(|&(a, b, found)| {
            let value = Value::new([Place::Part(a), Place::Part(columns + b)], Contributions::persons(found));
            // Those who stay are figures of the area.
            if a == b && a != none { value.kept() } else { value }
        });
        let in_area = |zone: usize, count: u64| {
            Value::new(
                [Place::Part(counts.area_of[zone]), Place::Part(OUTSIDE)],
                Contributions::persons(count),
            )
        };
        let zones = |of: &[u64]| of.iter().enumerate().map(|(zone, &count)| in_area(zone, count)).collect();
        let mut staying: Vec<Value> = zones(&counts.inside);
        // Nothing is told of those who stay among the zones without an area.
        for value in staying.iter_mut().filter(|value| value.places[0] == Place::Part(none)) {
            value.places[0] = Place::Part(OUTSIDE);
        }
        staying.extend((0..counts.areas).map(|area| {
            let places = [Place::Part(area as u32), Place::Part(OUTSIDE)];
            Value::new(places, Contributions::persons(counts.within[area]))
        }));
        let sums = counts.areas + 1;
        let mut all = Vec::with_capacity(4);
        for (sums, values) in [
            (2 * sums, pairs.collect()),
            (sums, zones(&counts.residents)),
            (sums, zones(&counts.workers)),
            (sums, staying),
        ] {
            let network =
                Network::new(sums, values).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
            let found = network.protect(rule);
            if !found.exposed.is_empty() || !found.exposed_sums.is_empty() {
                return Ok(None);
            }
            all.push(found.status);
        }
        let [pairs, residents, workers, mut inside] = <[Vec<Status>; 4]>::try_from(all)
            .map_err(|_| Fault::new(Code::Internal, "four tables of flows are not four"))?;
        let within = inside.split_off(counts.inside.len());
        Ok(Some(Self {
            areas_open: true,
            pairs: counts.pairs.iter().zip(pairs).map(|(&(a, b, _), status)| ((a, b), status)).collect(),
            residents,
            workers,
            inside,
            within: within.into_iter().map(Status::withheld).collect(),
        }))
    }

    /// Whether the flow between two areas is published.
    pub fn pair(&self, origin: u32, destination: u32) -> Status {
        self.pairs.get(&(origin, destination)).copied().unwrap_or_default()
    }

    /// Whether the employed residents of a zone are published.
    pub fn residents(&self, zone: u32) -> Status {
        self.residents[zone as usize]
    }

    /// Whether the people working in a zone are published.
    pub fn workers(&self, zone: u32) -> Status {
        self.workers[zone as usize]
    }

    /// Whether the people living and working in a zone are published.
    pub fn inside(&self, zone: u32) -> Status {
        self.inside[zone as usize]
    }

    /// Whether the flow between different zones of an area is withheld.
    pub fn within(&self, area: u32) -> bool {
        self.within[area as usize]
    }

    /// Whether no residents or workers of any zone are withheld.
    pub fn zones_open(&self) -> bool {
        self.residents.iter().chain(&self.workers).all(|status| !status.withheld())
    }

    /// By table, how many figures are withheld. Flows from or to zones without an area are no rows of the edition and do not count.
    pub(super) fn withheld(&self) -> Vec<(&'static str, [usize; 2])> {
        let none = self.within.len() as u32;
        let between =
            self.pairs.iter().filter(|((a, b), _)| *a != none && *b != none).map(|(_, status)| status);
        let zones = self.residents.iter().chain(&self.workers).chain(&self.inside);
        vec![("flows", count_withheld(between)), ("zones", count_withheld(zones))]
    }
}
