//! Replicates of what is seen of a country, what they say, and whether it is true.

use distretto_certainty::interval::Interval;
use distretto_certainty::rule::CALIBRATED;
use distretto_certainty::{
    Areas, BorderBias, BorderStrength, Distribution, DistrictCertainties, DistrictCertainty, DrawnRule,
    Experiment, JobSampling, JobTables, Matched, Replicate, RuleSpace, Sampling, Source, Varying, Vintage,
    ZoneCertainty, area_certainties, border_strengths, match_all, match_areas, zone_certainties,
};
use distretto_districts::IstatParameters;
use distretto_jobs::{Grouping, System};
use distretto_regions::delineate::Delineation;
use distretto_regions::eu_ttwa::{Mode, Parameters};
use distretto_testkit::world::{AreaKind, World};

use super::country::{Case, Country, Failure, Seen, Sight};

/// What varies in the replicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Design {
    /// Flows and jobs.
    Sampling,
    /// Flows, jobs, and the four parameters of the search within [`CALIBRATED`] of their values.
    SamplingAndRule,
}

impl Design {
    fn varying(self) -> Varying {
        match self {
            Self::Sampling => Varying::only(Source::Sampling),
            Self::SamplingAndRule => [Source::Sampling, Source::Rule].into_iter().collect(),
        }
    }
}

/// A probability, and whether it came true in the planted country and in the areas made of error-free flows.
#[derive(Debug, Clone, Copy)]
pub struct Prediction {
    /// By counting replicates.
    pub plain: f64,
    /// With known bias taken off, as it is told.
    pub corrected: f64,
    pub planted: bool,
    /// `None` where error-free flows have no answer.
    pub error_free: Option<bool>,
}

/// A number, how it is distributed, and what it is in truth.
#[derive(Debug, Clone)]
pub struct Count {
    pub distribution: Distribution,
    /// How far the base run lies above the mean of replicates in which only the sampling varies.
    pub shift: f64,
    pub planted: u32,
    pub error_free: Option<u32>,
}

impl Count {
    /// The interval between quantiles of replicates.
    pub fn plain(&self, level: f64) -> Option<Interval<u32>> {
        self.distribution.sample().interval(level)
    }

    /// Share of the replicates within the 80 % interval: more than 80 %, as counts are whole.
    pub fn share_within(&self) -> Option<f64> {
        let sample = self.distribution.sample();
        sample.share_within(&sample.interval(0.8)?)
    }

    /// The same stretched by the shift.
    pub fn stretched(&self, level: f64) -> Option<Interval<u32>> {
        self.distribution.stretched(level, self.shift)
    }
}

/// What the replicates of one country say under one design.
pub struct Trial {
    pub case: Case,
    pub seen: Seen,
    pub design: Design,
    /// Each zone belongs to its area.
    pub memberships: Vec<Prediction>,
    /// Each pair of neighbours is apart.
    pub borders: Vec<Prediction>,
    /// Each area exists.
    pub areas: Vec<Prediction>,
    /// Each district exists, with its main industry.
    pub districts: Vec<Prediction>,
    /// Each other area is a district, with its most likely main industry.
    pub other_areas: Vec<Prediction>,
    pub number_of_areas: Count,
    pub number_of_districts: Option<Count>,
}

/// Makes the trials of a country. Jobs are judged beside flows that were counted.
pub fn trials(country: &Country, sight: &Sight, replicates: u64) -> Result<Vec<Trial>, Failure> {
    let (sectors, industries) = (Grouping::macro_sectors(System::Nace)?, Grouping::industries(System::Nace)?);
    let tables = JobTables {
        all_sectors: &country.jobs,
        manufacturing: None,
        sectors: &sectors,
        industries: &industries,
    };
    let jobs = (sight.seen == Seen::Counted).then_some(tables);
    let experiment = |flows, jobs| {
        let vintage = Vintage { name: "made", flows: Some(flows), margins: None, jobs };
        let rules = RuleSpace::around(rule(sight.persons), CALIBRATED)?;
        let sampling = Sampling { flows: sight.model.clone(), jobs: JobSampling::Poisson };
        let areas = Areas::Found(Delineation::default());
        Ok::<_, Failure>(Experiment::new(country.case.seed, vec![vintage], areas, rules, sampling)?)
    };
    let experiment_seen = experiment(&sight.flows, jobs)?;
    let base = experiment_seen.base()?;
    let weights: Vec<f64> = (0..sight.flows.zones() as u32)
        .map(|zone| sight.flows.persons(sight.flows.residents(zone)))
        .collect();
    let truths = Truths {
        planted: Truth::new(planted(&country.world, &base), &base, &weights),
        error_free: Truth::new(experiment(&sight.error_free, None)?.base()?, &base, &weights),
    };
    let make = |design: Design| experiment_seen.replicates(design.varying(), 1..replicates + 1);
    let sampled = make(Design::Sampling)?;
    let pairs = neighbours_with_areas(country, &base);
    let place = Place {
        country,
        seen: sight.seen,
        industries: &industries,
        truths: &truths,
        base: &base,
        weights: &weights,
        bias: BorderBias::new(&base, &sampled, &pairs),
        shifts: [number_of_areas(&base, &sampled), number_of_districts(&base, &sampled)]
            .map(|number| number.shift().unwrap_or_default()),
        pairs,
    };
    let varied = make(Design::SamplingAndRule)?;
    Ok(vec![place.trial(Design::Sampling, &sampled), place.trial(Design::SamplingAndRule, &varied)])
}

fn number_of_areas(base: &Replicate, replicates: &[Replicate]) -> Distribution {
    Distribution::new(Some(base.areas), replicates.iter().map(|found| found.areas).collect())
}

/// Empty where nothing was judged.
fn number_of_districts(base: &Replicate, replicates: &[Replicate]) -> Distribution {
    let number = |replicate: &Replicate| replicate.districts().map(|districts| districts as u32);
    Distribution::new(number(base), replicates.iter().filter_map(number).collect())
}

fn neighbours_with_areas(country: &Country, base: &Replicate) -> Vec<(u32, u32)> {
    let has = |&(a, b): &(u32, u32)| base.area(a).is_some() && base.area(b).is_some();
    country.neighbours.iter().copied().filter(has).collect()
}

/// The usual rule, in a country of which this share of the persons is seen.
fn rule(persons: f64) -> DrawnRule {
    let usual = Parameters::default();
    let parameters =
        Parameters { min_size: persons * usual.min_size, target_size: persons * usual.target_size, ..usual };
    DrawnRule { rule: 0, mode: Mode::Clean, parameters, thresholds: IstatParameters::default() }
}

/// The planted areas, in their order.
fn planted(world: &World, like: &Replicate) -> Replicate {
    Replicate {
        area_of: world.zones.iter().map(|zone| zone.area).collect(),
        areas: world.areas.len() as u32,
        judged: None,
        ..like.clone()
    }
}

/// Areas that are true, and which of the base run is which.
struct Truth {
    areas: Replicate,
    matched: Matched,
}

impl Truth {
    fn new(areas: Replicate, base: &Replicate, weights: &[f64]) -> Self {
        Self { matched: match_areas(base, &areas, weights), areas }
    }

    fn belongs(&self, zone: u32, area: u32) -> bool {
        self.areas.area(zone).and_then(|truly| self.matched.base_of(truly)) == Some(area)
    }

    fn apart(&self, a: u32, b: u32) -> bool {
        self.areas.area(a).is_none() || self.areas.area(a) != self.areas.area(b)
    }
}

struct Truths {
    planted: Truth,
    error_free: Truth,
}

impl Truths {
    fn hold(&self, plain: f64, corrected: f64, is_true: impl Fn(&Truth) -> bool) -> Prediction {
        Prediction {
            plain,
            corrected,
            planted: is_true(&self.planted),
            error_free: Some(is_true(&self.error_free)),
        }
    }
}

/// All that predictions of one country are made and judged with.
struct Place<'a> {
    country: &'a Country,
    seen: Seen,
    industries: &'a Grouping,
    truths: &'a Truths,
    base: &'a Replicate,
    weights: &'a [f64],
    /// Neighbours that have areas in the base run.
    pairs: Vec<(u32, u32)>,
    /// By which borders and numbers, of areas and of districts, are corrected.
    bias: Option<BorderBias>,
    shifts: [f64; 2],
}

impl Place<'_> {
    fn trial(&self, design: Design, replicates: &[Replicate]) -> Trial {
        let Self { base, weights, truths, .. } = *self;
        let matched = match_all(base, replicates, weights);
        let zones = zone_certainties(base, replicates, &matched);
        let areas = area_certainties(base, replicates, &matched, &zones, weights);
        let residents: Vec<Option<f64>> = weights.iter().copied().map(Some).collect();
        let judged = DistrictCertainties::new(base, replicates, &matched, &residents);
        let [shift_of_areas, shift_of_districts] = self.shifts;
        let districts = number_of_districts(base, replicates);
        Trial {
            case: self.country.case,
            seen: self.seen,
            design,
            memberships: self.memberships(replicates, &matched, &zones),
            borders: self.borders(replicates),
            areas: areas
                .iter()
                .map(|found| {
                    truths.hold(found.existence, found.existence, |truth| truth.matched.exists(found.area))
                })
                .collect(),
            districts: self.districts(&judged, true),
            other_areas: self.districts(&judged, false),
            number_of_areas: Count {
                distribution: number_of_areas(base, replicates),
                shift: shift_of_areas,
                planted: truths.planted.areas.areas,
                error_free: Some(truths.error_free.areas.areas),
            },
            number_of_districts: districts.base.is_some().then_some(Count {
                distribution: districts,
                shift: shift_of_districts,
                planted: self.planted_districts(),
                error_free: None,
            }),
        }
    }

    fn memberships(
        &self,
        replicates: &[Replicate],
        matched: &[Matched],
        zones: &[ZoneCertainty],
    ) -> Vec<Prediction> {
        let one = |(zone, certainty): (u32, &ZoneCertainty)| {
            let area = certainty.area?;
            let lies_there = |(replicate, matched): &(&Replicate, &Matched)| {
                replicate.area(zone).and_then(|found| matched.base_of(found)) == Some(area)
            };
            let times = replicates.iter().zip(matched).filter(lies_there).count();
            let plain = times as f64 / replicates.len() as f64;
            Some(self.truths.hold(plain, certainty.membership?, |truth| truth.belongs(zone, area)))
        };
        (0u32..).zip(zones).filter_map(one).collect()
    }

    fn borders(&self, replicates: &[Replicate]) -> Vec<Prediction> {
        let one = |border: &BorderStrength| {
            let apart = |truth: &Truth| truth.apart(border.a, border.b);
            Some(self.truths.hold(border.raw?, border.strength?, apart))
        };
        border_strengths(self.base, replicates, &self.pairs, self.bias).iter().filter_map(one).collect()
    }

    /// Areas that are districts in the base run, or those that are not.
    fn districts(&self, judged: &DistrictCertainties, in_base: bool) -> Vec<Prediction> {
        let one = |found: &DistrictCertainty| {
            let p = found.same_industry.share()?;
            let planted = self.is_planted(found.area, found.industry);
            Some(Prediction { plain: p, corrected: p, planted, error_free: None })
        };
        judged.areas.iter().filter(|found| found.in_base() == in_base).filter_map(one).collect()
    }

    /// Whether the area exists in the planted country and is a district of this industry there.
    fn is_planted(&self, area: u32, industry: Option<u16>) -> bool {
        let matched = &self.truths.planted.matched;
        let truly = matched.of_base[area as usize].filter(|_| matched.exists(area));
        truly.map(|truly| &self.country.world.areas[truly as usize]).is_some_and(|truly| {
            let planted = truly.industry.and_then(|planted| self.industries.index_of(planted.id()));
            truly.kind == AreaKind::District && planted.is_some() && planted == industry.map(usize::from)
        })
    }

    fn planted_districts(&self) -> u32 {
        let areas = &self.country.world.areas;
        areas.iter().filter(|area| area.kind == AreaKind::District).count() as u32
    }
}
