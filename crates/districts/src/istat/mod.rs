//! The Sforzi-ISTAT rule of 2005/2006, which found the districts of 2001 and, on the areas of 2011, those of 2011.
//!
//! An area is an industrial district if it is [mainly manufacturing](mainly_manufacturing), a [system of small and medium
//! units](sme_system), has a [main industry](main_industry), and [small and medium units prevail in it](sme_industry).
//! Source: R. Boix (2008), Annex 1, after Sforzi-ISTAT (2006). Where the visible sources leave a reading open, it is a parameter
//! or is said at the step.

mod change;
mod explanation;
mod facts;
pub mod main_industry;
pub mod mainly_manufacturing;
mod parameters;
pub mod sme_industry;
pub mod sme_system;
mod verdict;

use distretto_jobs::AreaJobs;

pub use change::{Change, Flip};
pub use explanation::{Explanation, Line};
pub use facts::BySize;
pub use parameters::IstatParameters;
pub use verdict::{AreaVerdict, IndustryVerdict, Kind};

use facts::{Facts, SectorIndex};

/// Why the rule cannot be applied.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum IstatError {
    /// The grouping of the first table lacks a group.
    #[error("the grouping `{grouping}` of the table of all sectors has no group `{group}`; step 1 needs it")]
    Group {
        /// The grouping.
        grouping: String,
        /// The id of the group.
        group: &'static str,
    },
    /// The two tables are over different areas.
    #[error("the table of all sectors has {all_sectors} areas, that of manufacturing {manufacturing}")]
    Areas {
        /// Areas of the table of all sectors.
        all_sectors: usize,
        /// Areas of the table of manufacturing.
        manufacturing: usize,
    },
    /// A parameter outside its range.
    #[error("the parameter `{name}` is {value}; it must be {range}")]
    Parameter {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What it may be.
        range: &'static str,
    },
}

/// The rule, ready to judge areas.
#[derive(Debug, Clone)]
pub struct Istat<'a> {
    all_sectors: &'a AreaJobs,
    manufacturing: &'a AreaJobs,
    parameters: IstatParameters,
    sectors: SectorIndex,
    nation: Facts,
}

impl<'a> Istat<'a> {
    /// The rule on two tables over the same areas (they may come from one cube): `all_sectors` grouped by macro-sector, for step 1,
    /// and `manufacturing` grouped by industry, with size classes, for steps 2 to 4.
    pub fn new(
        all_sectors: &'a AreaJobs,
        manufacturing: &'a AreaJobs,
        parameters: &IstatParameters,
    ) -> Result<Self, IstatError> {
        if all_sectors.areas() != manufacturing.areas() {
            return Err(IstatError::Areas {
                all_sectors: all_sectors.areas(),
                manufacturing: manufacturing.areas(),
            });
        }
        parameters.check()?;
        let sectors = SectorIndex::find(all_sectors.grouping())?;
        let nation =
            Facts::read(all_sectors.nation(), &sectors, manufacturing.nation(), manufacturing.grouping());
        Ok(Self { all_sectors, manufacturing, parameters: parameters.clone(), sectors, nation })
    }

    /// What the area is, with every step. Cost: linear in the groups.
    ///
    /// # Panics
    /// If `area` is not an area of the tables: an index never comes from input.
    pub fn verdict(&self, area: u32) -> AreaVerdict {
        verdict::judge(area, &self.facts(area), &self.nation, &self.parameters)
    }

    /// All areas, by index.
    pub fn verdicts(&self) -> Vec<AreaVerdict> {
        (0..self.all_sectors.areas() as u32).map(|area| self.verdict(area)).collect()
    }

    /// The smallest single changes that would make a district of the area, or unmake it, smallest first; see [`Flip`].
    /// None where the verdict is undetermined.
    pub fn flips(&self, area: u32) -> Vec<Flip> {
        change::flips(area, &self.facts(area), &self.nation, &self.parameters)
    }

    /// Why the area is what it is, for a reader. `name` is what to call the area.
    pub fn explain(&self, area: u32, name: &str) -> Explanation {
        explanation::explain(
            &self.verdict(area),
            &self.flips(area),
            name,
            self.manufacturing.grouping(),
            &self.parameters,
        )
    }

    fn facts(&self, area: u32) -> Facts {
        let manufacturing = self.manufacturing.area(area);
        Facts::read(self.all_sectors.area(area), &self.sectors, manufacturing, self.manufacturing.grouping())
    }
}

/// Judges every area: [`Istat::new`] and [`Istat::verdicts`] in one.
pub fn istat(
    all_sectors: &AreaJobs,
    manufacturing: &AreaJobs,
    parameters: &IstatParameters,
) -> Result<Vec<AreaVerdict>, IstatError> {
    Ok(Istat::new(all_sectors, manufacturing, parameters)?.verdicts())
}
