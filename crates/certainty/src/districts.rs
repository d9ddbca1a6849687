//! How sure each district is.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use distretto_districts::{Kind, Test};

use crate::frequency::Frequency;
use crate::interval::Sample;
use crate::matching::Matched;
use crate::replicate::{JudgedArea, Replicate};

/// How sure it is that an area is a district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DistrictClass {
    /// In at least [`DistrictClass::NEAR_CERTAIN`] of the replicates.
    NearCertain,
    /// In at least [`DistrictClass::LIKELY`].
    Likely,
    /// In at least [`DistrictClass::DOUBTFUL`].
    Doubtful,
    /// In fewer.
    Unlikely,
}

impl DistrictClass {
    /// All, from sure to unsure.
    pub const ALL: [Self; 4] = [Self::NearCertain, Self::Likely, Self::Doubtful, Self::Unlikely];
    /// Probability from which a district is near certain: nine in ten.
    pub const NEAR_CERTAIN: f64 = 0.9;
    /// Probability from which a district is likely: it rather exists than not.
    pub const LIKELY: f64 = 0.5;
    /// Probability from which a district is worth a doubt: one in twenty, the usual level below which chance is taken to explain
    /// a finding.
    pub const DOUBTFUL: f64 = 0.05;

    /// From the probability of existence, 0..=1.
    pub fn of(probability: f64) -> Self {
        match probability {
            p if p >= Self::NEAR_CERTAIN => Self::NearCertain,
            p if p >= Self::LIKELY => Self::Likely,
            p if p >= Self::DOUBTFUL => Self::Doubtful,
            _ => Self::Unlikely,
        }
    }

    /// The word for it, as in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::NearCertain => "near_certain",
            Self::Likely => "likely",
            Self::Doubtful => "doubtful",
            Self::Unlikely => "unlikely",
        }
    }
}

/// Sizes of a district over the replicates in which it exists with the same main industry; empty where it never does.
#[derive(Debug, Clone, PartialEq)]
pub struct DistrictSizes {
    /// Zones.
    pub zones: Sample<u32>,
    /// Residents, persons; `None` where those of a zone are not known.
    pub residents: Option<Sample<f64>>,
    /// Employees in manufacturing; `None` where a replicate does not know.
    pub manufacturing_jobs: Option<Sample<f64>>,
    /// Employees in the main industry; `None` where a replicate does not know.
    pub main_industry_jobs: Option<Sample<f64>>,
}

/// What the replicates say of an area of the base run as a district. Replicates that were not judged are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct DistrictCertainty {
    /// Its index in the base run.
    pub area: u32,
    /// What it is in the base run.
    pub kind: Kind,
    /// The main industry that `same_industry` is about: of a district, its own in the base run; of another area, that of most of the
    /// replicates in which it is a district (of equals, its own in the base run, then the lowest index), or else its own.
    pub industry: Option<u16>,
    /// Replicates in which the area exists ([`Matched::exists`]).
    pub area_exists: Frequency,
    /// Replicates in which it exists and is a district with this main industry: the *existence* of the district.
    pub same_industry: Frequency,
    /// Replicates in which it exists and is a district, whatever the main industry.
    pub any_industry: Frequency,
    /// The most frequent other main industry as a district, and in how many replicates; of equals the lowest index.
    pub other_industry: Option<(u16, Frequency)>,
    /// How often each test fails where the area exists, in the order of [`Test::ALL`].
    pub failing: [Frequency; Test::ALL.len()],
    /// Distance to the threshold of each test, in standard errors: margin in the base run over the standard deviation of the
    /// margins where the area exists. Positive on the side of a district. `None` where a margin is missing in the base run,
    /// there are fewer than two in the replicates, or they do not vary.
    pub distances: [Option<f64>; Test::ALL.len()],
    /// Its sizes.
    pub sizes: DistrictSizes,
    /// What its existence makes it; `None` without judged replicates.
    pub class: Option<DistrictClass>,
}

impl DistrictCertainty {
    /// Whether it is a district in the base run.
    pub fn in_base(&self) -> bool {
        self.kind == Kind::District
    }

    /// The test that fails most often, and how often of the times that the area exists without being a district (several may fail at
    /// once; the first in the order of the rule stands for equals). `None` where none ever fails.
    pub fn weakest(&self) -> Option<(Test, Frequency)> {
        let of = self.area_exists.times - self.any_industry.times;
        let (test, failing) = Test::ALL
            .into_iter()
            .zip(self.failing)
            .min_by_key(|&(test, failing)| (Reverse(failing.times), test))?;
        (failing.times > 0).then_some((test, Frequency { of, ..failing }))
    }
}

/// The districts of a set of replicates.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DistrictCertainties {
    /// Every area of the base run, by area; nothing where the base run was not judged.
    pub areas: Vec<DistrictCertainty>,
    /// Districts found in replicates whose area exists nowhere in the base run, of all districts found.
    pub elsewhere: Frequency,
}

impl DistrictCertainties {
    /// From the replicates and their [`Matched`]; `residents` by zone. Cost: linear in replicates x (zones + areas).
    pub fn new(
        base: &Replicate,
        replicates: &[Replicate],
        matched: &[Matched],
        residents: &[Option<f64>],
    ) -> Self {
        debug_assert_eq!(replicates.len(), matched.len());
        let Some(in_base) = &base.judged else { return Self::default() };
        let judged = replicates.iter().filter(|replicate| replicate.judged.is_some()).count() as u32;
        let mut tallies = vec![Tally { replicates: judged, found: Vec::new() }; in_base.len()];
        let mut elsewhere = Frequency::default();
        for (replicate, matched) in replicates.iter().zip(matched) {
            let Some(judged) = &replicate.judged else { continue };
            let known_as = |area: u32| matched.base_of(area).filter(|&base| matched.exists(base));
            for ((area, judged), (zones, residents)) in (0..).zip(judged).zip(sizes(replicate, residents)) {
                let base_area = known_as(area);
                if is_district(judged) {
                    elsewhere.add(base_area.is_none());
                }
                if let Some(tally) = base_area.and_then(|base| tallies.get_mut(base as usize)) {
                    tally.found.push(Found { judged, zones, residents });
                }
            }
        }
        let areas = (0..).zip(in_base.iter().zip(&tallies));
        let areas = areas.map(|(area, (in_base, tally))| tally.certainty(area, in_base)).collect();
        Self { areas, elsewhere }
    }

    /// The districts of the base run.
    pub fn of_base(&self) -> impl Iterator<Item = &DistrictCertainty> {
        self.areas.iter().filter(|area| area.in_base())
    }

    /// The areas that are no district in the base run, but are one in at least [`DistrictClass::DOUBTFUL`] of the replicates.
    pub fn candidates(&self) -> impl Iterator<Item = &DistrictCertainty> {
        self.areas.iter().filter(|area| {
            !area.in_base() && area.class.is_some_and(|class| class <= DistrictClass::Doubtful)
        })
    }
}

fn is_district(area: &JudgedArea) -> bool {
    area.kind == Kind::District
}

/// Zones and residents of each area; no residents where those of one of its zones are not known.
fn sizes(replicate: &Replicate, residents: &[Option<f64>]) -> Vec<(u32, Option<f64>)> {
    let mut sizes = vec![(0, Some(0.0)); replicate.areas as usize];
    for (zone, &area) in replicate.area_of.iter().enumerate() {
        if let Some((zones, sum)) = sizes.get_mut(area as usize) {
            *zones += 1;
            *sum = sum.zip(residents.get(zone).copied().flatten()).map(|(sum, residents)| sum + residents);
        }
    }
    sizes
}

/// An area of the base run as a replicate has it.
#[derive(Debug, Clone, Copy)]
struct Found<'a> {
    judged: &'a JudgedArea,
    zones: u32,
    residents: Option<f64>,
}

/// What became of an area of the base run.
#[derive(Debug, Clone)]
struct Tally<'a> {
    /// Replicates judged.
    replicates: u32,
    /// Of the replicates in which it exists.
    found: Vec<Found<'a>>,
}

impl<'a> Tally<'a> {
    fn districts(&self) -> impl Iterator<Item = &Found<'a>> {
        self.found.iter().filter(|found| is_district(found.judged))
    }

    /// How often an area with this property is found.
    fn frequency(&self, holds: impl Fn(&JudgedArea) -> bool) -> Frequency {
        let times = self.found.iter().filter(|found| holds(found.judged)).count() as u32;
        Frequency { times, of: self.replicates }
    }

    fn certainty(&self, area: u32, in_base: &JudgedArea) -> DistrictCertainty {
        let industries = self.industries();
        let own = |industry: u16| Some(industry) == in_base.main_industry;
        let most_often =
            industries.iter().max_by_key(|&(&industry, &times)| (times, own(industry), Reverse(industry)));
        let found_as = most_often.map(|(&industry, _)| industry).filter(|_| !is_district(in_base));
        let industry = found_as.or(in_base.main_industry);
        let others = industries.iter().filter(|&(&other, _)| Some(other) != industry);
        let other = others.max_by_key(|&(&other, &times)| (times, Reverse(other)));
        let is_same = |area: &JudgedArea| is_district(area) && area.main_industry == industry;
        let same_industry = self.frequency(is_same);
        let existing: Vec<Found> = self.found.iter().copied().filter(|found| is_same(found.judged)).collect();
        let fails = |test: Test| {
            self.found.iter().map(|found| found.judged.failed().any(|failed| failed == test)).collect()
        };
        DistrictCertainty {
            area,
            kind: in_base.kind,
            industry,
            area_exists: self.frequency(|_| true),
            same_industry,
            any_industry: self.frequency(is_district),
            other_industry: other.map(|(&other, &times)| (other, Frequency { times, of: self.replicates })),
            failing: Test::ALL.map(fails),
            distances: Test::ALL.map(|test| self.distance(test, in_base)),
            sizes: DistrictSizes {
                zones: Sample::new(existing.iter().map(|found| found.zones)),
                residents: all(&existing, |found| found.residents),
                manufacturing_jobs: all(&existing, |found| found.judged.manufacturing_jobs),
                main_industry_jobs: all(&existing, |found| found.judged.main_industry_jobs),
            },
            class: same_industry.share().map(DistrictClass::of),
        }
    }

    /// Main industries of the districts, and how often each.
    fn industries(&self) -> BTreeMap<u16, u32> {
        let mut industries = BTreeMap::new();
        for industry in self.districts().filter_map(|found| found.judged.main_industry) {
            *industries.entry(industry).or_default() += 1;
        }
        industries
    }

    fn distance(&self, test: Test, in_base: &JudgedArea) -> Option<f64> {
        let margin = |area: &JudgedArea| area.margins[test as usize].map(f64::from);
        let spread =
            Sample::new(self.found.iter().filter_map(|found| margin(found.judged))).standard_deviation()?;
        margin(in_base).filter(|_| spread > 0.0).map(|margin| margin / spread)
    }
}

/// The figure of all; `None` where one is missing.
fn all(existing: &[Found], figure: impl Fn(&Found) -> Option<f64>) -> Option<Sample<f64>> {
    existing.iter().map(figure).collect::<Option<Vec<f64>>>().map(Sample::new)
}
