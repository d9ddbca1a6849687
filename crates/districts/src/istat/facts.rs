//! The figures of one area, or of the nation, that the rule looks at.

use distretto_jobs::{AreaRow, Grouping, SizeClass, Tally};

use super::IstatError;
use crate::step::Missing;

/// Which groups of the table of all sectors step 1 looks at.
#[derive(Debug, Clone, Copy)]
pub(super) struct SectorIndex {
    manufacturing: usize,
    business_services: usize,
    consumer_services: usize,
}

impl SectorIndex {
    pub(super) fn find(grouping: &Grouping) -> Result<Self, IstatError> {
        let find = |group| {
            grouping.index_of(group).ok_or_else(|| IstatError::Group { grouping: grouping.id.clone(), group })
        };
        Ok(Self {
            manufacturing: find("manufacturing")?,
            business_services: find("business_services")?,
            consumer_services: find("consumer_services")?,
        })
    }
}

/// Jobs by macro-sector.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sectors {
    pub all: f64,
    pub manufacturing: f64,
    pub business_services: f64,
    pub consumer_services: f64,
    /// Largest share of records without a figure, in all or in one of the three.
    pub unknown: f64,
    pub estimated: bool,
}

/// An amount by size of the unit.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BySize {
    /// In small, medium and large units, see [`SizeClass::SIZES`].
    pub sizes: [f64; 3],
    /// In units of unknown size.
    pub unsized_units: f64,
    /// By size, whether a record has no figure.
    size_gaps: [bool; 3],
    /// Whether a record has no figure, for any size or for all sizes together.
    gap: bool,
}

impl BySize {
    /// In small and medium units.
    pub fn small_and_medium(&self) -> f64 {
        self.sizes[0] + self.sizes[1]
    }

    /// In units of known size.
    pub fn sized(&self) -> f64 {
        self.sizes.iter().sum()
    }

    /// In all units.
    pub fn all(&self) -> f64 {
        self.sized() + self.unsized_units
    }

    /// In small, medium and large units as figures to show: what is known, and `None` where that is 0 beside something unknown.
    /// So 0 always means none.
    pub fn by_size(&self) -> [Option<f64>; 3] {
        let unsized_units = self.unsized_units > 0.0;
        [0, 1, 2].map(|size| told(self.sizes[size], self.size_gaps[size] || unsized_units))
    }

    /// In all units as a figure to show, see [`Self::by_size`].
    pub fn total(&self) -> Option<f64> {
        told(self.all(), self.gap)
    }

    /// Whether a record of this size, see [`SizeClass::SIZES`], has no figure.
    pub(super) fn has_gap(&self, size: SizeClass) -> bool {
        self.size_gaps.get(size as usize).copied().unwrap_or(self.gap)
    }

    /// Share in units of unknown size; 0 where there is nothing.
    pub fn unsized_share(&self) -> f64 {
        if self.unsized_units > 0.0 { self.unsized_units / self.all() } else { 0.0 }
    }

    fn read(of: impl Fn(SizeClass) -> Tally, all: Tally) -> Self {
        Self {
            sizes: SizeClass::SIZES.map(|size| of(size).known()),
            unsized_units: of(SizeClass::Unknown).known() + of(SizeClass::Total).known(),
            size_gaps: SizeClass::SIZES.map(|size| of(size).unknown_share() > 0.0),
            gap: all.unknown_share() > 0.0,
        }
    }

    fn plus(mut self, other: &Self) -> Self {
        for (sum, amount) in self.sizes.iter_mut().zip(other.sizes) {
            *sum += amount;
        }
        for (gap, other) in self.size_gaps.iter_mut().zip(other.size_gaps) {
            *gap |= other;
        }
        self.unsized_units += other.unsized_units;
        self.gap |= other.gap;
        self
    }
}

fn told(known: f64, gap: bool) -> Option<f64> {
    (known > 0.0 || !gap).then_some(known)
}

/// One manufacturing industry, or all of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Industry {
    pub jobs: BySize,
    /// `None` where a record does not tell its number of units.
    pub local_units: Option<BySize>,
    /// Share of records without a number of jobs.
    pub unknown: f64,
    pub estimated: bool,
}

/// All figures of one area, or of the nation.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub sectors: Sectors,
    pub industries: Vec<Industry>,
    /// All industries together.
    pub manufacturing: Industry,
}

impl Facts {
    pub(super) fn read(
        all_sectors: AreaRow<'_>,
        index: &SectorIndex,
        manufacturing: AreaRow<'_>,
        industries: &Grouping,
    ) -> Self {
        let all = all_sectors.total_employees();
        let three = [index.manufacturing, index.business_services, index.consumer_services]
            .map(|group| all_sectors.group_employees(group));
        let sectors = Sectors {
            all: all.known(),
            manufacturing: three[0].known(),
            business_services: three[1].known(),
            consumer_services: three[2].known(),
            unknown: three.iter().fold(all.unknown_share(), |worst, part| worst.max(part.unknown_share())),
            estimated: all.estimated_share() > 0.0,
        };
        let industries: Vec<Industry> =
            (0..industries.groups().len()).map(|group| industry(manufacturing, group)).collect();
        let total = manufacturing.total_employees();
        let mut units = industries.iter().map(|industry| industry.local_units);
        let manufacturing = Industry {
            jobs: industries.iter().fold(BySize::default(), |sum, industry| sum.plus(&industry.jobs)),
            local_units: units.try_fold(BySize::default(), |sum, units| Some(sum.plus(&units?))),
            unknown: total.unknown_share(),
            estimated: total.estimated_share() > 0.0,
        };
        Self { sectors, industries, manufacturing }
    }
}

fn industry(row: AreaRow<'_>, group: usize) -> Industry {
    let employees = row.group_employees(group);
    let units = row.group_local_units(group);
    Industry {
        jobs: BySize::read(|size| row.employees(group, size), employees),
        local_units: (units.unknown_share() == 0.0)
            .then(|| BySize::read(|size| row.local_units(group, size), units)),
        unknown: employees.unknown_share(),
        estimated: Tally::estimated_share(employees) > 0.0,
    }
}

/// Why figures cannot carry a step: too many records without a figure.
pub(super) fn unknown_jobs(shares: [f64; 2], limit: f64) -> Option<Missing> {
    let share = shares[0].max(shares[1]);
    (share > limit).then_some(Missing::UnknownJobs(share))
}

/// Why figures by size cannot carry a step: too many jobs in units of unknown size.
pub(super) fn unknown_sizes(jobs: &[&BySize], limit: f64) -> Option<Missing> {
    let share = jobs.iter().map(|jobs| jobs.unsized_share()).fold(0.0, f64::max);
    (share > limit).then_some(Missing::UnknownSizes(share))
}
