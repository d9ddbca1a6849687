//! Persons behind the flows, and which flows, residents and workers are published.

use distretto_disclosure::{Contributions, Network, OUTSIDE, Place, Rule, Status, Value};
use distretto_flows::FlowTable;
use distretto_territory::Partition;
use rustc_hash::FxHashMap;

use super::count_withheld;
use crate::fault::{Code, Fault, Result};

/// How many different persons stand behind a flow, or behind several together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Persons {
    /// Whether there is any flow: one of which nobody is known is not one of nobody.
    flows: bool,
    /// Different persons of the flow that has most.
    most: u64,
    /// Persons that count here and nowhere else, so that they may be added up.
    once: u64,
}

impl Persons {
    fn merge(self, other: Self) -> Self {
        Self {
            flows: self.flows || other.flows,
            most: self.most.max(other.most),
            once: self.once.saturating_add(other.once),
        }
    }

    fn of(self, count: u64) -> Contributions {
        if count == 0 && self.flows { Contributions::unknown() } else { Contributions::persons(count) }
    }

    /// By whom a figure is judged alone: there are at least so many.
    fn alone(self) -> Contributions {
        self.of(self.most.max(self.once))
    }

    /// Who stands behind it in a sum with others, nobody twice.
    fn in_sums(self) -> Contributions {
        self.of(self.once)
    }

    fn value(self, places: [Place; 2]) -> Value {
        Value::new(places, self.in_sums()).judged_by(self.alone())
    }
}

/// How many different persons stand behind each flow, by origin and destination.
#[derive(Debug, Clone, Default)]
pub struct FlowContributions {
    persons: FxHashMap<(u32, u32), Persons>,
}

impl FlowContributions {
    /// Adds a flow of a pair of zones: how many different persons it has, and how many of them count here and in no other flow.
    pub fn add(&mut self, origin: u32, destination: u32, persons: u64, once: u64) {
        let known = self.persons.entry((origin, destination)).or_default();
        *known = known.merge(Persons { flows: false, most: persons, once });
    }

    /// Persons behind a flow of this amount. One of which nothing is known is taken as one person's.
    pub fn persons(&self, origin: u32, destination: u32, amount: f64) -> Persons {
        let flows = amount > 0.0;
        let one = Persons { flows, most: 1, once: 1 };
        self.persons.get(&(origin, destination)).map_or(one, |&known| Persons { flows, ..known })
    }

    /// The same flows with zones renumbered by `place`.
    pub(crate) fn renumbered(&self, place: impl Fn(u32) -> u32) -> Self {
        let renumbered = |(&(origin, destination), &persons): (&(u32, u32), &Persons)| {
            ((place(origin), place(destination)), persons)
        };
        Self { persons: self.persons.iter().map(renumbered).collect() }
    }

    /// Employed residents of each zone.
    pub(super) fn residents(&self, flows: &FlowTable) -> Vec<Contributions> {
        let mut persons = vec![Persons::default(); flows.zones()];
        for (origin, destination, amount) in flows.rows() {
            let residents = &mut persons[origin as usize];
            *residents = residents.merge(self.persons(origin, destination, amount));
        }
        persons.into_iter().map(Persons::in_sums).collect()
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
    pairs: Vec<(u32, u32, Persons)>,
    residents: Vec<Persons>,
    workers: Vec<Persons>,
    inside: Vec<Persons>,
    /// Residents who work in another zone, and workers who live in another.
    away: [Vec<Persons>; 2],
    within: Vec<Persons>,
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
            residents: vec![Persons::default(); zones],
            workers: vec![Persons::default(); zones],
            inside: vec![Persons::default(); zones],
            away: [(); 2].map(|()| vec![Persons::default(); zones]),
            within: vec![Persons::default(); areas + 1],
            area_of,
            areas,
        };
        let mut pairs: FxHashMap<(u32, u32), Persons> = FxHashMap::default();
        for (origin, destination, amount) in flows.rows() {
            let found = persons.persons(origin, destination, amount);
            let (from, to) = (origin as usize, destination as usize);
            let add = |to: &mut Persons| *to = to.merge(found);
            add(&mut counts.residents[from]);
            add(&mut counts.workers[to]);
            let (a, b) = (counts.area_of[from], counts.area_of[to]);
            add(pairs.entry((a, b)).or_default());
            if from == to {
                add(&mut counts.inside[from]);
                continue;
            }
            add(&mut counts.away[0][from]);
            add(&mut counts.away[1][to]);
            if a == b {
                add(&mut counts.within[a as usize]);
            }
        }
        counts.pairs = pairs.into_iter().map(|((a, b), found)| (a, b, found)).collect();
        counts.pairs.sort_unstable_by_key(|&(a, b, _)| (a, b));
        counts
    }

    /// By whom the people who stay in a zone are judged alone: residents and workers less those who stay are those who come and go, so
    /// where these are too few none who stay are told.
    fn staying(&self, zone: usize, rule: &Rule) -> Contributions {
        let inside = self.inside[zone].alone();
        let all = [inside, self.away[0][zone].alone(), self.away[1][zone].alone()];
        if inside.is_empty() {
            return inside;
        }
        all.into_iter().find(|alone| rule.judge(alone).is_some()).unwrap_or(inside)
    }

    /// Residents, workers and people who stay of each area, zones without one last.
    fn of_areas(&self) -> [Vec<Persons>; 3] {
        let mut sums = [(); 3].map(|()| vec![Persons::default(); self.areas + 1]);
        let add = |to: &mut Persons, found: Persons| *to = to.merge(found);
        for &(a, b, found) in &self.pairs {
            add(&mut sums[0][a as usize], found);
            add(&mut sums[1][b as usize], found);
            if a == b {
                add(&mut sums[2][a as usize], found);
            }
        }
        sums
    }
}

/// Which residents and workers of zones are published where nothing else is: those withheld are not to be computed from the total, nor to
/// tell each other as its rest. Where that cannot be, none are published.
fn closed(counts: &Counts, rule: &Rule) -> Result<(Vec<Status>, Vec<Status>)> {
    let zones = counts.residents.len();
    let part = |sum: u32| move |persons: &Persons| persons.value([Place::Part(sum), Place::Part(OUTSIDE)]);
    let values = counts.residents.iter().map(part(0)).chain(counts.workers.iter().map(part(1))).collect();
    let network = Network::new(2, values).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let found = network.protect(rule);
    let mut residents = found.status;
    if !found.exposed.is_empty() || !found.exposed_sums.is_empty() {
        for (status, persons) in residents.iter_mut().zip(counts.residents.iter().chain(&counts.workers)) {
            if !status.withheld() && !persons.alone().is_empty() {
                *status = Status::Secondary;
            }
        }
    }
    let workers = residents.split_off(zones);
    Ok((residents, workers))
}

impl FlowStatuses {
    /// Decides which figures are published, in two ways.
    ///
    /// Where residents L, workers W and people who stay S of every area are safe (and those of all zones without an area, so that the
    /// total may be told), they are published, and the rest is protected with them known: flows between different areas are a
    /// table with known margins; residents and workers of the zones of an area add up to L and W; people who live and work in one
    /// zone add up, with those who move between zones of the area, to S. Otherwise areas are closed: of flows only zones are
    /// published. Their residents and their workers then add up to the same total, which is taken as known: it is told wherever one of
    /// the two is published of every zone.
    pub(super) fn decide(
        persons: &FlowContributions,
        flows: &FlowTable,
        partition: &Partition,
        rule: &Rule,
    ) -> Result<Self> {
        let counts = Counts::new(persons, flows, partition);
        let safe = |persons: &Persons| rule.judge(&persons.alone()).is_none();
        let [residents, workers, inside] = counts.of_areas();
        let areas_safe = residents.iter().chain(&workers).chain(&inside[..counts.areas]).all(safe);
        if areas_safe && let Some(open) = Self::open(&counts, rule)? {
            return Ok(open);
        }
        let (residents, workers) = closed(&counts, rule)?;
        let staying = |zone: usize| match rule.judge(&counts.staying(zone, rule)) {
            Some(_) => Status::Primary,
            None => Status::Published,
        };
        Ok(Self {
            areas_open: false,
            pairs: FxHashMap::default(),
            residents,
            workers,
            // They stand in no sum that is told.
            inside: (0..counts.inside.len()).map(staying).collect(),
            within: vec![true; counts.areas],
        })
    }

    fn open(counts: &Counts, rule: &Rule) -> Result<Option<Self>> {
        let none = counts.areas as u32;
        let columns = counts.areas as u32 + 1;
        let pairs = counts.pairs.iter().map(|&(a, b, found)| {
            let value = found.value([Place::Part(a), Place::Part(columns + b)]);
            // Those who stay are figures of the area.
            if a == b && a != none { value.kept() } else { value }
        });
        let in_area = |zone: usize, persons: Persons| {
            persons.value([Place::Part(counts.area_of[zone]), Place::Part(OUTSIDE)])
        };
        let zones =
            |of: &[Persons]| of.iter().enumerate().map(|(zone, &persons)| in_area(zone, persons)).collect();
        let mut staying: Vec<Value> = zones(&counts.inside);
        for (zone, value) in staying.iter_mut().enumerate() {
            *value = value.judged_by(counts.staying(zone, rule));
        }
        // Nothing is told of those who stay among the zones without an area.
        for value in staying.iter_mut().filter(|value| value.places[0] == Place::Part(none)) {
            value.places[0] = Place::Part(OUTSIDE);
        }
        staying.extend((0..counts.areas).map(|area| {
            let places = [Place::Part(area as u32), Place::Part(OUTSIDE)];
            counts.within[area].value(places)
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

#[cfg(test)]
mod tests {
    use distretto_flows::Row;

    use super::*;

    /// Zones 0 to 2 in one area each, with flows between all of them.
    fn decided(extra: &[(u32, u32, u64, u64)]) -> FlowStatuses {
        let mut persons = FlowContributions::default();
        let mut rows = Vec::new();
        let between = (0..3).flat_map(|from| (0..3).map(move |to| (from, to)));
        let all = between.map(|(from, to)| (from, to, 20, 20)).chain(extra.iter().copied());
        for (origin, destination, all, once) in all {
            persons.add(origin, destination, all, once);
            rows.push(Row { origin, destination, amount: all.max(1) as f64 });
        }
        let flows = FlowTable::from_rows(4, &rows).unwrap();
        let partition = Partition::from_codes(&["a", "b", "c", "d"].map(Some));
        FlowStatuses::decide(&persons, &flows, &partition, &Rule::default()).unwrap()
    }

    /// Two persons live in the last zone, and all others are told: the total would tell those two.
    #[test]
    fn residents_of_one_zone_do_not_follow_from_the_workers_of_all() {
        let found = decided(&[(3, 0, 2, 2)]);
        assert!(!found.areas_open);
        assert_eq!(found.residents(3), Status::Primary);
        let others = (0..3).filter(|&zone| found.residents(zone) == Status::Secondary).count();
        assert_eq!(others, 1, "{:?}", found.residents);
        assert!((0..4).all(|zone| !found.workers(zone).withheld()));
    }

    /// One person comes to the last zone, where nine live and work: workers less those who stay would be that person.
    #[test]
    fn who_comes_to_a_zone_does_not_follow_from_who_works_and_who_stays() {
        let found = decided(&[(3, 0, 9, 9), (0, 3, 1, 1), (3, 3, 9, 9)]);
        assert_eq!((found.workers(3), found.inside(3)), (Status::Published, Status::Primary));
        let enough = decided(&[(3, 0, 9, 9), (0, 3, 4, 4), (3, 3, 9, 9)]);
        assert_eq!(enough.inside(3), Status::Published);
    }

    /// Three make a few trips to the last zone, and are enough to publish it although none of them counts there in sums.
    #[test]
    fn persons_who_count_elsewhere_stand_behind_a_flow_too() {
        assert_eq!(decided(&[(3, 0, 9, 9), (0, 3, 3, 0), (3, 3, 9, 9)]).pair(0, 3), Status::Published);
        for nobody in [0, 1] {
            let found = decided(&[(3, 0, 9, 9), (0, 3, nobody, 0), (3, 3, 9, 9)]);
            assert!(!found.areas_open || found.pair(0, 3) == Status::Primary, "a flow of {nobody}");
        }
    }
}
