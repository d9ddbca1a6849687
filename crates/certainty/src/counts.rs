//! How many areas and districts, over replicates: in total, by region, by main industry.
//!
//! *About what.* Intervals are about how many areas and districts the rule would find in tables without error, not about how many
//! there should be (`docs/calibration.md`).

use std::collections::BTreeMap;

use distretto_districts::Kind;

use crate::interval::{Interval, Sample};
use crate::replicate::Replicate;
use crate::source::Varying;

/// A count in the base run and in the replicates.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    /// The count in the base run; `None` where it is not known there.
    pub base: Option<u32>,
    /// The count in each replicate that knows it, in the order of replicates.
    pub values: Vec<u32>,
    /// How far intervals are stretched, see [`Distribution::stretched`]; 0 unless flows are a sample.
    pub stretch: f64,
}

impl Distribution {
    /// As counted.
    pub fn new(base: Option<u32>, values: Vec<u32>) -> Self {
        Self { base, values, stretch: 0.0 }
    }

    /// The values as a sample, for medians, intervals, means and their errors. Cost: n log n.
    pub fn sample(&self) -> Sample<u32> {
        Sample::new(self.values.iter().copied())
    }

    /// The median; `None` without replicates.
    pub fn median(&self) -> Option<u32> {
        self.sample().median()
    }

    /// The interval of a level such as 0.8, from a count that occurred to another, and [`stretched`](Self::stretched) where flows are a
    /// sample; `None` without replicates.
    pub fn interval(&self, level: f64) -> Option<Interval<u32>> {
        self.stretched(level, self.stretch)
    }

    /// How far the base run lies above the mean of the replicates, d = base - mean. Of replicates in which only the sampling varies
    /// it estimates how far the base run itself lies off the count of flows without error: a redraw adds to the flows the noise
    /// that they have already, and moves the count about as far once more. `None` without a base or replicates.
    pub fn shift(&self) -> Option<f64> {
        Some(f64::from(self.base?) - self.sample().mean()?)
    }

    /// The interval of a level, stretched by a `shift` d ([`Distribution::shift`]) to the side to which the redraws moved the count
    /// away from: from floor(low + min(0, d)), not below 0, to ceil(high + max(0, d)). For flows that are a sample (survey, or
    /// published margins of error), whose redraws lie to one side of the truth; with d of the replicates in which only the sampling
    /// varies, also for those in which more does. With d = 0, or none (NaN), it is that of the sample. `None` without
    /// replicates.
    pub fn stretched(&self, level: f64, shift: f64) -> Option<Interval<u32>> {
        let Interval { from, to } = self.sample().interval(level)?;
        // Casts saturate: nothing lies below 0.
        let from = (f64::from(from) + shift.min(0.0)).floor() as u32;
        let to = (f64::from(to) + shift.max(0.0)).ceil() as u32;
        Some(Interval { from, to })
    }

    /// Each count that occurred, ascending, and in how many replicates it did.
    pub fn histogram(&self) -> Vec<(u32, usize)> {
        let mut histogram = BTreeMap::new();
        for &value in &self.values {
            *histogram.entry(value).or_default() += 1;
        }
        histogram.into_iter().collect()
    }
}

/// A count by region or industry. Groups and the rest add up to the total in every replicate.
#[derive(Debug, Clone, PartialEq)]
pub struct ByGroup {
    /// By index of the region or industry.
    pub groups: Vec<Distribution>,
    /// Of what belongs to none.
    pub rest: Distribution,
}

/// What says in which region an area lies: where its zone with most jobs does; of equals, the lowest zone.
#[derive(Debug, Clone, Copy)]
pub struct Regions<'a> {
    /// Number of regions.
    pub number: usize,
    /// Index of the region of each zone, below `number`.
    pub of_zone: &'a [Option<u32>],
    /// Jobs in each zone in the base run.
    pub jobs_of_zone: &'a [f64],
}

impl Regions<'_> {
    /// The region of each area of a replicate; `None` where its zone with most jobs has none. Cost: linear in zones.
    pub fn of_areas(&self, replicate: &Replicate) -> Vec<Option<u32>> {
        let mut main_zone: Vec<Option<usize>> = vec![None; replicate.areas as usize];
        for (zone, &area) in replicate.area_of.iter().enumerate() {
            let Some(main) = main_zone.get_mut(area as usize) else { continue };
            let jobs = |zone: usize| self.jobs_of_zone.get(zone).copied().unwrap_or(0.0);
            if main.is_none_or(|so_far| jobs(zone) > jobs(so_far)) {
                *main = Some(zone);
            }
        }
        let region = |zone: usize| self.of_zone.get(zone).copied().flatten();
        main_zone.into_iter().map(|zone| zone.and_then(region)).collect()
    }
}

/// The counts of a set of replicates in which the same sources vary. A replicate without areas counts as 0.
#[derive(Debug, Clone, PartialEq)]
pub struct CountsBySet {
    /// What varies.
    pub varying: Varying,
    /// Number of replicates.
    pub replicates: usize,
    /// Replicates that found no area.
    pub empty: usize,
    /// Replicates whose search did not end by itself.
    pub not_converged: usize,
    /// Replicates whose areas were not judged for want of jobs; they know no number of districts.
    pub not_judged: usize,
    /// Number of areas.
    pub areas: Distribution,
    /// Number of districts; `None` where no replicate was judged.
    pub districts: Option<Distribution>,
    /// Number of areas by region; `None` without regions.
    pub areas_by_region: Option<ByGroup>,
    /// Number of districts by region; `None` without regions or where no replicate was judged.
    pub districts_by_region: Option<ByGroup>,
    /// Number of districts by main industry; `None` where no replicate was judged.
    pub districts_by_industry: Option<ByGroup>,
}

impl CountsBySet {
    /// Counts `replicates` of one set; `industries` is the number of industries in the grouping. Cost: linear in zones and
    /// replicates, without `regions` in areas and replicates.
    pub fn new(
        varying: Varying,
        base: &Replicate,
        replicates: &[Replicate],
        regions: Option<&Regions>,
        industries: usize,
    ) -> Self {
        let mut areas_by_region = Tally::new(regions.map_or(0, |regions| regions.number));
        let mut districts_by_region = areas_by_region.clone();
        let mut districts_by_industry = Tally::new(industries);
        for replicate in std::iter::once(base).chain(replicates) {
            let region_of = regions.map(|regions| regions.of_areas(replicate)).unwrap_or_default();
            areas_by_region.add(region_of.iter().copied());
            let Some(judged) = &replicate.judged else {
                districts_by_region.unknown();
                districts_by_industry.unknown();
                continue;
            };
            let districts = || judged.iter().enumerate().filter(|(_, area)| area.kind == Kind::District);
            districts_by_region.add(districts().map(|(area, _)| region_of.get(area).copied().flatten()));
            districts_by_industry.add(districts().map(|(_, area)| area.main_industry.map(u32::from)));
        }
        let count = |holds: fn(&Replicate) -> bool| replicates.iter().filter(|r| holds(r)).count();
        let not_judged = count(|replicate| replicate.judged.is_none());
        let any_judged = not_judged < replicates.len();
        let known = |of: fn(&Replicate) -> Option<u32>| {
            Distribution::new(of(base), replicates.iter().filter_map(of).collect())
        };
        Self {
            varying,
            replicates: replicates.len(),
            empty: count(|replicate| replicate.areas == 0),
            not_converged: count(|replicate| !replicate.converged),
            not_judged,
            areas: known(|replicate| Some(replicate.areas)),
            districts: any_judged.then(|| known(|replicate| replicate.districts().map(|n| n as u32))),
            areas_by_region: regions.map(|_| areas_by_region.by_group()),
            districts_by_region: regions.filter(|_| any_judged).map(|_| districts_by_region.by_group()),
            districts_by_industry: any_judged.then(|| districts_by_industry.by_group()),
        }
    }
}

impl CountsBySet {
    /// Stretches the intervals of all counts by the shifts of `sampling`, the set in which only the sampling varies
    /// ([`Distribution::stretched`]): for flows that are a sample.
    pub fn stretch_by(&mut self, sampling: &Shifts) {
        self.areas.stretch = sampling.areas;
        if let Some(districts) = &mut self.districts {
            districts.stretch = sampling.districts;
        }
    }

    /// How far the base run lies above the replicates.
    pub fn shifts(&self) -> Shifts {
        let shift = |count: &Distribution| count.shift().unwrap_or_default();
        Shifts { areas: shift(&self.areas), districts: self.districts.as_ref().map_or(0.0, shift) }
    }
}

/// How far the counts of the base run lie above those of replicates, see [`Distribution::shift`]; 0 where it is not known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shifts {
    /// Number of areas.
    pub areas: f64,
    /// Number of districts.
    pub districts: f64,
}

/// Counts by group, one row a run: the base run first, then replicates. The last column is the rest.
#[derive(Debug, Clone)]
struct Tally {
    groups: usize,
    rows: Vec<Option<Vec<u32>>>,
}

impl Tally {
    fn new(groups: usize) -> Self {
        Self { groups, rows: Vec::new() }
    }

    /// A run with things of these groups.
    fn add(&mut self, things: impl Iterator<Item = Option<u32>>) {
        let mut row = vec![0; self.groups + 1];
        for group in things {
            let column = group.map_or(self.groups, |group| (group as usize).min(self.groups));
            row[column] += 1;
        }
        self.rows.push(Some(row));
    }

    /// A run that does not know.
    fn unknown(&mut self) {
        self.rows.push(None);
    }

    fn by_group(&self) -> ByGroup {
        let column = |column: usize| {
            let mut counts = self.rows.iter().map(|row| row.as_ref().map(|row| row[column]));
            Distribution::new(counts.next().flatten(), counts.flatten().collect())
        };
        ByGroup { groups: (0..self.groups).map(column).collect(), rest: column(self.groups) }
    }
}
