//! The job cube.

use std::collections::BTreeMap;

use distretto_territory::Partition;
use rustc_hash::FxHashMap;

use crate::amount::{Status, Tally, parts};
use crate::area_jobs::AreaJobs;
use crate::classification::{Activity, Classification, ClassificationId};
use crate::error::{JobsError, UnknownActivity};
use crate::grouping::{Coverage, Grouping, Placement};
use crate::record::Record;
use crate::size::SizeClass;

/// One cell of the cube; where records of different status fall together, one cell for each status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// Index of the zone.
    pub zone: u32,
    /// Index of the activity, see [`JobCube::activity`].
    pub activity: u16,
    /// Size class.
    pub size: SizeClass,
    employees_status: Status,
    units_status: Status,
    employees_elsewhere: bool,
    units_elsewhere: bool,
    records: u32,
    employees: i64,
    local_units: i64,
}

impl Cell {
    /// Persons employed.
    pub fn employees(&self) -> Tally {
        if self.employees_elsewhere {
            Tally::elsewhere(self.records)
        } else {
            Tally::of(self.employees, self.employees_status, self.records)
        }
    }

    /// Local units.
    pub fn local_units(&self) -> Tally {
        if self.units_elsewhere {
            Tally::elsewhere(self.records)
        } else {
            Tally::of(self.local_units, self.units_status, self.records)
        }
    }

    /// What must agree for two records to be one cell.
    fn key(&self) -> (u32, u16, SizeClass, Status, Status) {
        (self.zone, self.activity, self.size, self.employees_status, self.units_status)
    }
}

/// Collects records into a job cube.
#[derive(Debug)]
pub struct JobCubeBuilder {
    classification: Classification,
    zones: usize,
    index: FxHashMap<String, u16>,
    codes: Vec<String>,
    cells: Vec<Cell>,
}

impl JobCubeBuilder {
    /// An empty builder over zones `0..zones`, whose activity codes are those of `classification`.
    pub fn new(classification: ClassificationId, zones: usize) -> Result<Self, JobsError> {
        Ok(Self {
            classification: Classification::load(classification)?,
            zones,
            index: FxHashMap::default(),
            codes: Vec::new(),
            cells: Vec::new(),
        })
    }

    /// Adds a record.
    pub fn push(&mut self, record: &Record<'_>) -> Result<(), JobsError> {
        self.push_sum(record, 1)
    }

    /// Adds the sum of so many records of one cell, all of which have figures or none: shares of records without a figure are
    /// those of the records.
    pub fn push_sum(&mut self, record: &Record<'_>, records: u32) -> Result<(), JobsError> {
        let row = self.cells.len();
        if record.zone as usize >= self.zones {
            return Err(JobsError::Zone { row, zone: record.zone, zones: self.zones });
        }
        for (what, amount) in [("employees", record.employees), ("local units", record.local_units)] {
            if !amount.is_valid() {
                return Err(JobsError::Amount { row, what, amount: amount.value().unwrap_or_default() });
            }
        }
        let activity = self.activity(record.activity)?;
        self.cells.push(Cell {
            zone: record.zone,
            activity,
            size: record.size,
            employees_status: record.employees.status(),
            units_status: record.local_units.status(),
            employees_elsewhere: false,
            units_elsewhere: false,
            records,
            employees: parts(record.employees),
            local_units: parts(record.local_units),
        });
        Ok(())
    }

    fn activity(&mut self, code: &str) -> Result<u16, JobsError> {
        if let Some(&activity) = self.index.get(code) {
            return Ok(activity);
        }
        let activity = u16::try_from(self.codes.len()).map_err(|_| JobsError::TooManyActivities)?;
        self.codes.push(code.to_owned());
        self.index.insert(code.to_owned(), activity);
        Ok(activity)
    }

    /// The cube of the records added so far; a zone, activity and class without a record has no jobs.
    ///
    /// Employees (or local units) may be told for all sizes together while the others are told by size: what the rows of
    /// one kind then lack stands in those of the other kind, and is no gap in the sum.
    ///
    /// Refused: activities that the classification does not have (naming the one that has them, if any), the same zone
    /// at two depths of the classification, and a number for all sizes beside numbers by size. Cost: r log r in records.
    pub fn build(self) -> Result<JobCube, JobsError> {
        let Self { classification, zones, codes, mut cells, .. } = self;
        let found: Vec<Option<Activity>> = codes.iter().map(|code| classification.find(code)).collect();
        refuse_unknown(&classification, &codes, &found, &cells)?;
        // Spellings of one code (`10.1`, `C101`) become one activity; activities are ordered by code.
        let mut order: BTreeMap<(Option<&Activity>, &str), Vec<usize>> = BTreeMap::new();
        for (at, (code, activity)) in codes.iter().zip(&found).enumerate() {
            let spelling = if activity.is_some() { "" } else { code.as_str() };
            order.entry((activity.as_ref(), spelling)).or_default().push(at);
        }
        let mut new_index = vec![0u16; codes.len()];
        let mut activities = Vec::with_capacity(order.len());
        for (index, ((activity, _), spellings)) in order.iter().enumerate() {
            for &at in spellings {
                new_index[at] = index as u16;
            }
            let code = spellings.iter().map(|&at| codes[at].clone()).min().unwrap_or_default();
            activities.push((code, activity.cloned()));
        }
        for cell in &mut cells {
            cell.activity = new_index[usize::from(cell.activity)];
        }
        let rows = cells.len();
        let mut cells = merged(cells);
        split_by_size(&mut cells, &activities)?;
        let cube = JobCube { classification, zones, activities, rows, cells };
        cube.refuse_nested()?;
        Ok(cube)
    }
}

/// Sorts cells and adds up those of the same key.
fn merged(mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.sort_unstable();
    cells.dedup_by(|next, kept| {
        let same = next.key() == kept.key();
        if same {
            kept.records = kept.records.saturating_add(next.records);
            kept.employees = kept.employees.saturating_add(next.employees);
            kept.local_units = kept.local_units.saturating_add(next.local_units);
        }
        same
    });
    cells.shrink_to_fit();
    cells
}

/// Refuses a number for all sizes beside numbers by size, and marks where the rows of one kind leave a measure to the other.
fn split_by_size(cells: &mut [Cell], activities: &[(String, Option<Activity>)]) -> Result<(), JobsError> {
    let is_known = |status: Status| status <= Status::Estimated;
    for cells in cells.chunk_by_mut(|a, b| (a.zone, a.activity) == (b.zone, b.activity)) {
        let (zone, activity) = (cells[0].zone, usize::from(cells[0].activity));
        let known = |measure: fn(&Cell) -> Status, total: bool| {
            cells.iter().any(|cell| (cell.size == SizeClass::Total) == total && is_known(measure(cell)))
        };
        let kinds = [|cell: &Cell| cell.employees_status, |cell: &Cell| cell.units_status]
            .map(|measure| (known(measure, true), known(measure, false)));
        if kinds.contains(&(true, true)) {
            return Err(JobsError::TotalBesideClasses { zone, activity: activities[activity].0.clone() });
        }
        for cell in cells {
            let [employees, units] =
                kinds.map(|(total, classes)| if cell.size == SizeClass::Total { classes } else { total });
            cell.employees_elsewhere = employees;
            cell.units_elsewhere = units;
        }
    }
    Ok(())
}

fn refuse_unknown(
    classification: &Classification,
    codes: &[String],
    found: &[Option<Activity>],
    cells: &[Cell],
) -> Result<(), JobsError> {
    let mut unknown: BTreeMap<&str, (usize, Tally)> = BTreeMap::new();
    for cell in cells {
        let at = usize::from(cell.activity);
        if found[at].is_none() {
            let (rows, employees) = unknown.entry(&codes[at]).or_default();
            *rows += 1;
            *employees += cell.employees();
        }
    }
    if unknown.is_empty() {
        return Ok(());
    }
    let hint = hint(classification, codes, &unknown.keys().copied().collect::<Vec<_>>());
    let activities = unknown
        .into_iter()
        .map(|(code, (rows, employees))| UnknownActivity {
            code: code.into(),
            rows,
            employees: employees.known(),
        })
        .collect();
    Err(JobsError::Activities { classification: classification.id().title().into(), activities, hint })
}

/// What the unknown codes may be: of another vintage, or without their leading zero.
fn hint(classification: &Classification, codes: &[String], unknown: &[&str]) -> Option<String> {
    let system = classification.id().system();
    let (same, foreign): (Vec<_>, Vec<_>) = ClassificationId::ALL
        .into_iter()
        .filter(|&other| other != classification.id())
        .partition(|other| other.system() == system);
    for other in same.into_iter().chain(foreign) {
        let Ok(other) = Classification::load(other) else { continue };
        let has = |code: &str| other.find(code).is_some();
        if codes.iter().all(|code| has(code)) {
            return Some(format!("all codes of the table are in {}: state that classification", other.id()));
        }
        if other.id().system() == system && unknown.iter().all(|code| has(code)) {
            return Some(format!(
                "these are codes of {}: two vintages are mixed; bring the table to one with a crosswalk",
                other.id()
            ));
        }
    }
    let lost_zero = |code: &&str| classification.find(&format!("0{code}")).is_some();
    unknown.iter().all(lost_zero).then(|| "with a leading zero they would be: read the column as text".into())
}

/// Employees and local units by zone, activity and size class: sparse, sorted by zone, activity, class and status.
#[derive(Debug, Clone)]
pub struct JobCube {
    classification: Classification,
    zones: usize,
    activities: Vec<(String, Option<Activity>)>,
    rows: usize,
    cells: Vec<Cell>,
}

impl JobCube {
    /// Number of zones, with or without jobs.
    pub fn zones(&self) -> usize {
        self.zones
    }

    /// The classification of the activities.
    pub fn classification(&self) -> &Classification {
        &self.classification
    }

    /// Number of activities.
    pub fn activities(&self) -> usize {
        self.activities.len()
    }

    /// An activity by its index: the code as written, and its place in the classification.
    pub fn activity(&self, index: u16) -> Option<(&str, Option<&Activity>)> {
        self.activities.get(usize::from(index)).map(|(code, activity)| (code.as_str(), activity.as_ref()))
    }

    /// The cells, by zone, activity, size class and status.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Number of records that went in.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// All employees.
    pub fn employees(&self) -> Tally {
        self.cells.iter().map(|cell| cell.employees().of_all_sizes()).sum()
    }

    /// All local units.
    pub fn local_units(&self) -> Tally {
        self.cells.iter().map(|cell| cell.local_units().of_all_sizes()).sum()
    }

    /// The same cells with every known figure times the factor of its cell, asked for once each in the order of
    /// [`Self::cells`], and rounded to whole millionths, so that sums stay exact. What is not known stays so, and figures
    /// keep their status. A factor is finite and not negative; NaN counts as 0. Cost: linear in cells.
    #[must_use]
    pub fn redrawn(&self, mut factor: impl FnMut(&Cell) -> f64) -> Self {
        let mut redrawn = self.clone();
        for cell in &mut redrawn.cells {
            let factor = factor(cell);
            debug_assert!(factor.is_finite() && factor >= 0.0, "{factor} is no factor");
            for parts in [&mut cell.employees, &mut cell.local_units] {
                *parts = (*parts as f64 * factor.max(0.0)).round() as i64;
            }
        }
        redrawn
    }

    /// The group of each activity, by activity index.
    pub fn placements(&self, grouping: &Grouping) -> Result<Vec<Placement>, JobsError> {
        let system = self.classification.id().system();
        if grouping.system() != system {
            return Err(JobsError::System {
                grouping: grouping.id.clone(),
                grouping_system: grouping.system().name().into(),
                system: system.name().into(),
            });
        }
        let place = |activity: &Option<Activity>| {
            activity
                .as_ref()
                .map_or(Placement::Nowhere, |activity| grouping.place(activity, &self.classification))
        };
        Ok(self.activities.iter().map(|(_, activity)| place(activity)).collect())
    }

    /// What of this table a grouping could not place, or only for the most part. Cost: linear in cells.
    pub fn coverage(&self, grouping: &Grouping) -> Result<Coverage, JobsError> {
        let mut employees = vec![Tally::default(); self.activities.len()];
        for cell in &self.cells {
            employees[usize::from(cell.activity)] += cell.employees();
        }
        let total = employees.iter().copied().sum::<Tally>().known();
        let mut coverage = Coverage::default();
        for (index, placement) in self.placements(grouping)?.into_iter().enumerate() {
            let list = match placement {
                Placement::Nowhere => &mut coverage.nowhere,
                Placement::Mostly(_) => &mut coverage.mostly,
                Placement::In(_) | Placement::OutOfScope => continue,
            };
            let known = employees[index].known();
            list.push((
                self.activities[index].0.clone(),
                known,
                if total > 0.0 { known / total } else { 0.0 },
            ));
        }
        Ok(coverage)
    }

    /// Jobs by area, group and size class. Zones without an area count in the nation only; activities outside the grouping
    /// do not count. Cost: linear in cells and in areas x groups.
    pub fn by_area(&self, partition: &Partition, grouping: &Grouping) -> Result<AreaJobs, JobsError> {
        if partition.zones() != self.zones {
            return Err(JobsError::Partition { partition: partition.zones(), cube: self.zones });
        }
        let placements = self.placements(grouping)?;
        let mut jobs = AreaJobs::empty(partition.areas(), grouping.clone());
        for cell in &self.cells {
            if let Some(group) = placements[usize::from(cell.activity)].group() {
                jobs.add(partition.area_of(cell.zone), group, cell);
            }
        }
        Ok(jobs)
    }

    fn refuse_nested(&self) -> Result<(), JobsError> {
        // Activities sort by section, then digits: a wider one stands right before what it contains.
        for [before, after] in self.cells.array_windows() {
            if before.zone != after.zone {
                continue;
            }
            let (coarse, fine) = (
                &self.activities[usize::from(before.activity)],
                &self.activities[usize::from(after.activity)],
            );
            if before.activity != after.activity
                && let (Some(wide), Some(narrow)) = (&coarse.1, &fine.1)
                && wide.contains(narrow)
            {
                return Err(JobsError::Nested {
                    zone: before.zone,
                    coarse: coarse.0.clone(),
                    fine: fine.0.clone(),
                });
            }
        }
        Ok(())
    }
}
