//! Establishments behind the figures of jobs, and which figures of areas are published.

use distretto_disclosure::{
    Contributions, Network, OUTSIDE, Place, Protection, Rule, Status, Value, table::MARGIN,
};
use distretto_jobs::{AreaJobs, Classification, Grouping, SizeClass, Tally};
use distretto_territory::Partition;
use rustc_hash::FxHashMap;

use super::count_withheld;
use crate::fault::{Code, Fault, Result};

const CLASSES: usize = SizeClass::ALL.len();
/// How much dearer a national figure is than a cell: it enters every location quotient.
const NATION: u64 = MARGIN * 1000;

/// The establishments behind a job cube, by zone, activity and size class.
#[derive(Debug, Clone, Default)]
pub struct JobContributions {
    codes: Vec<String>,
    index: FxHashMap<String, u32>,
    cells: FxHashMap<(u32, u32, SizeClass), Contributions>,
    by_zone: FxHashMap<u32, Contributions>,
}

impl JobContributions {
    /// Adds establishments of a zone; those of one cell add up. No establishment is added twice.
    pub fn add(&mut self, zone: u32, activity: &str, size: SizeClass, contributions: Contributions) {
        let at = if let Some(&at) = self.index.get(activity) {
            at
        } else {
            let at = self.codes.len() as u32;
            self.codes.push(activity.to_owned());
            self.index.insert(activity.to_owned(), at);
            at
        };
        for sum in [self.cells.entry((zone, at, size)).or_default(), self.by_zone.entry(zone).or_default()] {
            *sum = sum.merge(contributions);
        }
    }

    /// All establishments of each of the zones `0..zones`.
    pub fn by_zone(&self, zones: usize) -> Vec<Contributions> {
        (0..zones as u32).map(|zone| self.by_zone.get(&zone).copied().unwrap_or_default()).collect()
    }

    /// By area (zones without one last), group and size class.
    fn by_area(
        &self,
        partition: &Partition,
        grouping: &Grouping,
        classification: &Classification,
    ) -> Vec<Contributions> {
        let groups = grouping.groups().len();
        let place = |code: &String| {
            let activity = classification.find(code)?;
            grouping.place(&activity, classification).group()
        };
        let group_of: Vec<Option<u16>> = self.codes.iter().map(place).collect();
        let mut sums = vec![Contributions::default(); (partition.areas() + 1) * groups * CLASSES];
        for (&(zone, activity, size), &contributions) in &self.cells {
            let Some(group) = group_of[activity as usize] else { continue };
            let row = partition.area_of(zone).map_or(partition.areas(), |area| area as usize);
            let sum = &mut sums[(row * groups + usize::from(group)) * CLASSES + size as usize];
            *sum = sum.merge(contributions);
        }
        sums
    }
}

/// Which figures of jobs by area are published.
#[derive(Debug, Clone)]
pub struct JobStatuses {
    /// By area (then zones without one, then the nation) and macro-sector.
    sectors: Vec<Status>,
    number_of_sectors: usize,
    /// By area (then zones without one, then the nation), industry and size class.
    industries: Vec<Status>,
    number_of_industries: usize,
    /// Whether the algorithm found no way, so that everything is withheld.
    pub gave_up: bool,
}

/// The tables of a run, with who stands behind them.
pub(super) struct JobTables<'a> {
    pub(super) partition: &'a Partition,
    pub(super) classifications: [&'a Classification; 2],
    pub(super) all_sectors: &'a AreaJobs,
    pub(super) manufacturing: &'a AreaJobs,
    /// Behind the table of all sectors; `None` where that is public.
    pub(super) behind_sectors: Option<&'a JobContributions>,
    pub(super) behind_manufacturing: &'a JobContributions,
}

impl JobStatuses {
    /// Decides which figures are published. They are a table with two layers of rows:
    ///
    /// - manufacturing of an area by industry and size; over industries and sizes they add up to the macro-sector manufacturing of
    ///   the area, over areas (with the zones that have none) to the figure of the nation;
    /// - macro-sectors of an area; over areas they add up to that of the nation;
    /// - the nation's manufacturing by industry and size, which adds up to its macro-sector.
    ///
    /// So each figure stands in two sums at most. Totals of areas over all macro-sectors, of industries over sizes and of sizes over
    /// industries are not figures of their own: they are added up from what is published. Employees and local units share one
    /// pattern, since they have the same contributors.
    pub(super) fn decide(tables: &JobTables<'_>, rule: &Rule) -> Result<Self> {
        let sectors = tables.all_sectors.grouping().groups().len();
        let industries = tables.manufacturing.grouping().groups().len();
        let areas = tables.partition.areas();
        let columns = industries * CLASSES;
        let leaves = behind(tables.manufacturing, tables.behind_manufacturing, tables, 1);
        let nation = |sums: &[Contributions], width: usize| -> Vec<Contributions> {
            (0..width).map(|at| (0..=areas).map(|row| sums[row * width + at]).sum()).collect()
        };
        let of_nation = nation(&leaves, columns);
        // Sums: areas, then (industry, size) over areas, then manufacturing of the nation, then macro-sectors over areas.
        let area = |row: usize| row as u32;
        let column = |at: usize| (areas + 1 + at) as u32;
        let made_in_nation = (areas + 1 + columns) as u32;
        let sector = |at: usize| made_in_nation + 1 + at as u32;
        let mut values = Vec::new();
        for row in 0..=areas {
            for at in 0..columns {
                let places = [Place::Part(area(row)), Place::Part(column(at))];
                values.push(Value::new(places, leaves[row * columns + at]));
            }
        }
        for (at, &contributions) in of_nation.iter().enumerate() {
            let places = [Place::Total(column(at)), Place::Part(made_in_nation)];
            values.push(Value::new(places, contributions).dearer(NATION));
        }
        let first_sector = values.len();
        if let Some(establishments) = tables.behind_sectors {
            let made = tables.all_sectors.grouping().index_of("manufacturing");
            let by_sector = behind(tables.all_sectors, establishments, tables, 0);
            let by_sector: Vec<Contributions> =
                by_sector.chunks(CLASSES).map(|sizes| sizes.iter().copied().sum()).collect();
            let of_nation = nation(&by_sector, sectors);
            for row in 0..=areas {
                for at in 0..sectors {
                    let other = if Some(at) == made { Place::Total(area(row)) } else { Place::Part(OUTSIDE) };
                    let value = Value::new([other, Place::Part(sector(at))], by_sector[row * sectors + at]);
                    values.push(value.dearer(MARGIN));
                }
            }
            for (at, &contributions) in of_nation.iter().enumerate() {
                let other =
                    if Some(at) == made { Place::Total(made_in_nation) } else { Place::Part(OUTSIDE) };
                values.push(Value::new([Place::Total(sector(at)), other], contributions).dearer(NATION));
            }
        }
        let empty: Vec<bool> = values.iter().map(|value| value.contributions.is_empty()).collect();
        let network = Network::new(sector(sectors) as usize, values)
            .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        let Protection { mut status, exposed, exposed_sums } = network.protect(rule);
        let gave_up = !exposed.is_empty() || !exposed_sums.is_empty();
        if gave_up {
            for (status, empty) in status.iter_mut().zip(empty) {
                if !empty && !status.withheld() {
                    *status = Status::Secondary;
                }
            }
        }
        let mut of_sectors = status.split_off(first_sector);
        of_sectors.resize((areas + 2) * sectors, Status::Published);
        Ok(Self {
            sectors: of_sectors,
            number_of_sectors: sectors,
            industries: status,
            number_of_industries: industries,
            gave_up,
        })
    }

    fn row(rows: usize, area: Option<u32>) -> usize {
        area.map_or(rows - 1, |area| area as usize)
    }

    /// Whether the figure of a macro-sector of an area, or of the nation where there is none, is published.
    pub fn sector(&self, area: Option<u32>, sector: usize) -> Status {
        let rows = self.sectors.len() / self.number_of_sectors;
        self.sectors[Self::row(rows, area) * self.number_of_sectors + sector]
    }

    /// The same of an industry and size class.
    pub fn industry(&self, area: Option<u32>, industry: usize, size: SizeClass) -> Status {
        let columns = self.number_of_industries * CLASSES;
        let rows = self.industries.len() / columns;
        self.industries[Self::row(rows, area) * columns + industry * CLASSES + size as usize]
    }

    /// How many figures of areas are withheld: for themselves, and for others. Those of the nation and of zones without an area are
    /// not rows of the edition and do not count.
    pub fn withheld(&self) -> [usize; 2] {
        let in_areas = |all: &'_ [Status], width: usize| all.len().saturating_sub(2 * width);
        let sectors = &self.sectors[..in_areas(&self.sectors, self.number_of_sectors)];
        let industries = &self.industries[..in_areas(&self.industries, self.number_of_industries * CLASSES)];
        count_withheld(sectors.iter().chain(industries))
    }
}

/// Who stands behind each figure, by area (zones without one last), group and size. A figure of which nobody is known is taken as one
/// establishment's: what is not known to be safe is not.
fn behind(
    jobs: &AreaJobs,
    establishments: &JobContributions,
    tables: &JobTables<'_>,
    classification: usize,
) -> Vec<Contributions> {
    let mut sums =
        establishments.by_area(tables.partition, jobs.grouping(), tables.classifications[classification]);
    let groups = jobs.grouping().groups().len();
    for area in 0..jobs.areas() as u32 {
        for group in 0..groups {
            for size in SizeClass::ALL {
                let known = Tally::known(jobs.area(area).employees(group, size));
                let sum = &mut sums[(area as usize * groups + group) * CLASSES + size as usize];
                if sum.is_empty()
                    && known > 0.0
                    && let Ok(one) = Contributions::one(known.min(1e9))
                {
                    *sum = one;
                }
            }
        }
    }
    sums
}
