//! What an area is, with every step that says so.

use super::facts::{BySize, Facts};
use super::{IstatParameters, main_industry, mainly_manufacturing, sme_industry, sme_system};
use crate::step::{Missing, Step, Test};

/// What an area is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An industrial district: every step passed.
    District,
    /// Mainly manufacturing, with large units prevailing in manufacturing (step 2) and in the main industry (step 4).
    LargeFirmSystem,
    /// Mainly manufacturing, but neither of the two.
    OtherManufacturing,
    /// Not mainly manufacturing.
    Rest,
    /// A missing figure decides; no step that could be taken has settled it.
    Undetermined,
}

impl Kind {
    /// All, in the order of the rule.
    pub const ALL: [Self; 5] =
        [Self::District, Self::LargeFirmSystem, Self::OtherManufacturing, Self::Rest, Self::Undetermined];

    /// Short name, as in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::LargeFirmSystem => "large_firm_system",
            Self::OtherManufacturing => "other_manufacturing",
            Self::Rest => "rest",
            Self::Undetermined => "undetermined",
        }
    }
}

/// One industry of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct IndustryVerdict {
    /// Index of the industry in the grouping.
    pub industry: usize,
    /// Jobs by size of the unit.
    pub jobs: BySize,
    /// Local units by size; `None` where not all records tell.
    pub local_units: Option<BySize>,
    /// Location quotient within manufacturing.
    pub quotient: Option<f64>,
    /// Prevalence: jobs above what the national share would give.
    pub surplus: Option<f64>,
    /// Whether it could be the main industry: its quotient exceeds the threshold.
    pub candidate: bool,
    /// Step 4 as it would be if this were the main industry.
    pub steps: [Step; 3],
}

/// The whole reasoning about one area.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaVerdict {
    /// Index of the area.
    pub area: u32,
    /// What it is.
    pub kind: Kind,
    /// Steps 1 to 3.
    pub first_steps: [Step; 5],
    /// Location quotients of small, medium and large units in manufacturing (step 2).
    pub size_quotients: [Option<f64>; 3],
    /// Every industry, in the order of the grouping.
    pub industries: Vec<IndustryVerdict>,
    /// Index of the main industry, if there is one.
    pub main_industry: Option<usize>,
    /// Manufacturing jobs by size of the unit.
    pub jobs: BySize,
    /// Manufacturing units by size; `None` where not all records tell.
    pub local_units: Option<BySize>,
    /// Share of the nation's manufacturing jobs, 0..=1; `None` where the area's are not known or the nation has none.
    pub national_share: Option<f64>,
}

impl AreaVerdict {
    /// This verdict, judged on published figures, with what the area is by all figures: kind and main industry are those of
    /// `truth`, and a step that comes out otherwise than there is missing as [`Missing::Confidential`]. So every value rests on
    /// published figures alone, and none contradicts what the area is.
    #[must_use]
    pub fn as_published(mut self, truth: &Self) -> Self {
        let same_main = self.main_industry == truth.main_industry;
        for (step, true_step) in self.first_steps.iter_mut().zip(&truth.first_steps) {
            let is_about_main = step.test == Test::MainIndustry;
            if step.outcome != true_step.outcome || (is_about_main && !same_main) {
                withhold(step);
            }
        }
        for (industry, true_industry) in self.industries.iter_mut().zip(&truth.industries) {
            for (step, true_step) in industry.steps.iter_mut().zip(&true_industry.steps) {
                if step.outcome != true_step.outcome {
                    withhold(step);
                }
            }
        }
        (self.kind, self.main_industry) = (truth.kind, truth.main_industry);
        self
    }

    /// The main industry.
    pub fn main(&self) -> Option<&IndustryVerdict> {
        self.industries.get(self.main_industry?)
    }

    /// All steps in the order of the rule: 1 to 3, and 4 for the main industry where there is one.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.first_steps.iter().chain(self.main().into_iter().flat_map(|main| &main.steps))
    }

    /// The step with this test, if it was taken.
    pub fn step(&self, test: Test) -> Option<&Step> {
        self.steps().find(|step| step.test == test)
    }
}

pub(super) fn judge(area: u32, facts: &Facts, nation: &Facts, parameters: &IstatParameters) -> AreaVerdict {
    let [specialised, over_business, over_consumer] =
        mainly_manufacturing::steps(&facts.sectors, &nation.sectors, parameters);
    let (sme_system, size_quotients) =
        sme_system::step(&facts.manufacturing, &nation.manufacturing, parameters);
    let (has_main, specialisations, main_industry) = main_industry::step(facts, nation, parameters);
    let industries: Vec<IndustryVerdict> = facts
        .industries
        .iter()
        .zip(specialisations)
        .enumerate()
        .map(|(industry, (facts, found))| IndustryVerdict {
            industry,
            jobs: facts.jobs,
            local_units: facts.local_units,
            quotient: found.quotient,
            surplus: found.surplus,
            candidate: found.candidate,
            steps: sme_industry::steps(facts, parameters),
        })
        .collect();
    let national = nation.manufacturing.jobs.all();
    let in_area = facts.manufacturing.jobs.total();
    let mut verdict = AreaVerdict {
        area,
        kind: Kind::Undetermined,
        first_steps: [specialised, over_business, over_consumer, sme_system, has_main],
        size_quotients,
        industries,
        main_industry,
        jobs: facts.manufacturing.jobs,
        local_units: facts.manufacturing.local_units,
        national_share: in_area.filter(|_| national > 0.0).map(|jobs| jobs / national),
    };
    verdict.kind = kind(&verdict);
    verdict
}

/// One failed step settles that an area is no district, whatever else is missing.
fn kind(verdict: &AreaVerdict) -> Kind {
    let (first, later): (Vec<&Step>, Vec<&Step>) = verdict.steps().partition(|step| step.test.number() == 1);
    let fails = |steps: &[&Step]| steps.iter().any(|step| step.fails());
    let is_missing = |steps: &[&Step]| steps.iter().any(|step| step.is_missing());
    if fails(&first) {
        return Kind::Rest;
    }
    if is_missing(&first) {
        return Kind::Undetermined;
    }
    if !fails(&later) {
        return if is_missing(&later) { Kind::Undetermined } else { Kind::District };
    }
    let sizes: Vec<&Step> =
        later.into_iter().filter(|step| matches!(step.test, Test::SmeSystem | Test::SmeMajority)).collect();
    let can_be_large =
        verdict.main_industry.is_some() && sizes.iter().all(|step| step.fails() || step.is_missing());
    match can_be_large {
        true if is_missing(&sizes) => Kind::Undetermined,
        true => Kind::LargeFirmSystem,
        false => Kind::OtherManufacturing,
    }
}
/// A step that is missing on published figures stays so, for its own reason.
fn withhold(step: &mut Step) {
    if !step.is_missing() {
        *step = Step::missing(step.test, Missing::Confidential);
    }
}
