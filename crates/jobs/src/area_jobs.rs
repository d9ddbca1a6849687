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

    /// The same table for all sizes together, which stand in [`SizeClass::Total`].
    #[must_use]
    pub fn without_sizes(&self) -> Self {
        let groups = self.grouping.groups().len();
        let mut all = Self::empty(self.areas, self.grouping.clone());
        all.without_area = self.without_area;
        for row in 0..=self.areas {
            for group in 0..groups {
                let from = self.row(row);
                all.tallies[(row * groups + group) * CLASSES + SizeClass::Total as usize] =
                    (from.group_employees(group), from.group_local_units(group));
            }
        }
        all
    }

    /// The table as it is published: a figure for which `withheld` says so (area, or `None` for the nation; group; size) is
    /// suppressed, employees and local units alike, and every other is one record, so that nothing tells how many records there
    /// were. The nation's figures stay its own, whatever areas withhold. What lies in zones without an area is not told.
    #[must_use]
    pub fn withholding(&self, withheld: impl Fn(Option<u32>, usize, SizeClass) -> bool) -> Self {
        let groups = self.grouping.groups().len();
        let mut published = self.clone();
        published.without_area = Tally::default();
        for (at, (employees, local_units)) in published.tallies.iter_mut().enumerate() {
            let (row, group, size) =
                (at / CLASSES / groups, at / CLASSES % groups, SizeClass::ALL[at % CLASSES]);
            let area = (row < self.areas).then_some(row as u32);
            for figure in [employees, local_units] {
                *figure =
                    if withheld(area, group, size) { figure.withheld() } else { figure.as_one_record() };
            }
        }
        published
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

#[cfg(test)]
mod tests {
    use distretto_territory::Partition;

    use super::*;
    use crate::{Amount, ClassificationId, Grouping, JobCubeBuilder, Record, System};

    /// Two areas, one record each of 30 and 12 jobs in food, small units; the second also 300 in large ones.
    fn table() -> AreaJobs {
        let mut builder = JobCubeBuilder::new(ClassificationId::NaceRev2, 2).unwrap();
        for (zone, size, jobs) in
            [(0, SizeClass::Small, 30.0), (1, SizeClass::Small, 12.0), (1, SizeClass::Large, 300.0)]
        {
            let (employees, local_units) = (Amount::Observed(jobs), Amount::Observed(2.0));
            builder.push(&Record { zone, activity: "10", size, employees, local_units }).unwrap();
        }
        let partition = Partition::from_codes(&[Some("a"), Some("b")]);
        builder.build().unwrap().by_area(&partition, &Grouping::industries(System::Nace).unwrap()).unwrap()
    }

    #[test]
    fn what_is_withheld_is_suppressed_in_the_area_and_not_in_the_nation() {
        let all = table();
        let food = (0..all.grouping().groups().len())
            .find(|&group| all.nation().group_employees(group).known() > 0.0)
            .unwrap();
        let published =
            all.withholding(|area, group, size| area == Some(1) && group == food && size == SizeClass::Small);
        let cell = published.area(1).employees(food, SizeClass::Small).figure();
        assert_eq!((cell.value, cell.status), (None, crate::Status::Suppressed));
        assert_eq!(published.area(1).group_employees(food).known(), 300.0);
        assert_eq!(published.area(0).group_employees(food).known(), 30.0);
        assert_eq!(published.nation().group_employees(food).known(), 342.0, "as published");
        assert_eq!(published.nation().employees(food, SizeClass::Small).records(), 1, "not two");
        let nothing = published.area(0).employees(food, SizeClass::Large);
        assert_eq!(nothing, Tally::default(), "an empty cell stays an open zero");
    }

    #[test]
    fn sizes_add_up_in_one_class() {
        let all = table();
        let total = all.without_sizes();
        for group in 0..all.grouping().groups().len() {
            let sum = all.area(1).group_employees(group);
            assert_eq!(total.area(1).employees(group, SizeClass::Total), sum);
            assert_eq!(total.area(1).group_employees(group), sum);
        }
    }
}
