//! The cube by area, group of activities and size class.

use crate::amount::Tally;
use crate::cube::Cell;
use crate::grouping::Grouping;
use crate::size::SizeClass;

const CLASSES: usize = SizeClass::ALL.len();

/// Jobs by area, group of activities and size class, and the same for the nation.
#[derive(Debug, Clone)]
pub struct AreaJobs {
    areas: usize,
    grouping: Grouping,
    /// Employees and local units, by area (the nation last), group and class.
    tallies: Vec<(Tally, Tally)>,
    without_area: Tally,
}

impl AreaJobs {
    pub(crate) fn empty(areas: usize, grouping: Grouping) -> Self {
        let tallies = vec![Default::default(); (areas + 1) * grouping.groups().len() * CLASSES];
        Self { areas, grouping, tallies, without_area: Tally::default() }
    }

    pub(crate) fn add(&mut self, area: Option<u32>, group: u16, cell: &Cell) {
        if area.is_none() {
            self.without_area += cell.employees().of_all_sizes();
        }
        for row in [area.map(|area| area as usize), Some(self.areas)].into_iter().flatten() {
            let at = (row * self.grouping.groups().len() + usize::from(group)) * CLASSES + cell.size as usize;
            let (employees, local_units) = &mut self.tallies[at];
            *employees += cell.employees();
            *local_units += cell.local_units();
        }
    }

    /// Number of areas.
    pub fn areas(&self) -> usize {
        self.areas
    }

    /// The grouping of the activities.
    pub fn grouping(&self) -> &Grouping {
        &self.grouping
    }

    /// One area.
    ///
    /// # Panics
    /// If `area` is not below [`Self::areas`]: an index never comes from input.
    pub fn area(&self, area: u32) -> AreaRow<'_> {
        assert!((area as usize) < self.areas, "area index {area} of {}", self.areas);
        self.row(area as usize)
    }

    /// The whole country, zones without an area included.
    pub fn nation(&self) -> AreaRow<'_> {
        self.row(self.areas)
    }

    /// Employees in zones without an area.
    pub fn without_area(&self) -> Tally {
        self.without_area
    }

    fn row(&self, row: usize) -> AreaRow<'_> {
        let width = self.grouping.groups().len() * CLASSES;
        AreaRow { tallies: &self.tallies[row * width..(row + 1) * width] }
    }
}

/// The jobs of one area, or of the nation.
#[derive(Debug, Clone, Copy)]
pub struct AreaRow<'a> {
    tallies: &'a [(Tally, Tally)],
}

impl AreaRow<'_> {
    /// Employees of a group in a size class; unknown where the zone tells them for all sizes only.
    pub fn employees(&self, group: usize, size: SizeClass) -> Tally {
        self.tallies[group * CLASSES + size as usize].0
    }

    /// Local units of a group in a size class; unknown where the zone tells them for all sizes only.
    pub fn local_units(&self, group: usize, size: SizeClass) -> Tally {
        self.tallies[group * CLASSES + size as usize].1
    }

    /// Employees of a group in all size classes, known or not.
    pub fn group_employees(&self, group: usize) -> Tally {
        SizeClass::ALL.into_iter().map(|size| self.employees(group, size).of_all_sizes()).sum()
    }

    /// Local units of a group in all size classes, known or not.
    pub fn group_local_units(&self, group: usize) -> Tally {
        SizeClass::ALL.into_iter().map(|size| self.local_units(group, size).of_all_sizes()).sum()
    }

    /// All employees of the grouping.
    pub fn total_employees(&self) -> Tally {
        self.tallies.iter().map(|(employees, _)| employees.of_all_sizes()).sum()
    }

    /// All local units of the grouping.
    pub fn total_local_units(&self) -> Tally {
        self.tallies.iter().map(|(_, local_units)| local_units.of_all_sizes()).sum()
    }
}
