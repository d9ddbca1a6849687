//! How sure: the replicates of a study and what they say.
//!
//! | module | concept |
//! |---|---|
//! | `experiment` | the tables and rules of a study as an experiment |
//! | `make` | making the replicates that are missing |
//! | `forecast` | what that will take |
//! | `store`, `rows` | keeping them on disk |
//! | [`files`] | what the command writes without a study |

mod experiment;
pub mod files;
mod forecast;
mod make;
mod rows;
mod store;

use std::path::{Path, PathBuf};

use distretto_certainty::{
    Agreement, AreaCertainty, BorderBias, BorderStrength, Consensus, Convergence, CountsBySet, Decomposition,
    Distribution, DistrictCertainties, FlowSampling, Halves, Regions, Replicate, Source, Structure, Varying,
    Verdict, ZoneCertainty, agreements, area_certainties, border_strengths, consensus, match_all,
    strongest_partners, zone_certainties,
};
use distretto_flows::FlowTable;

pub use forecast::forecast;
pub use make::{Forecast, Made, Onlooker, ReplicateSet};
pub use store::Store;

use crate::config::{Certainty, Contiguity as Touch};
use crate::fault::{Code, Fault, Log, Result};
use crate::input::Input;
use crate::run::Results;
use crate::run::comparisons::persons;

/// What the replicates of one set say beside their counts.
#[derive(Debug)]
pub struct SetResults {
    /// What varies.
    pub varying: Varying,
    /// The replicates, by number.
    pub replicates: Vec<Replicate>,
    /// Each beside the base run.
    pub agreement: Vec<Agreement>,
    /// How many areas and districts.
    pub counts: CountsBySet,
}

/// Everything that is known of how sure the results are. Unless said otherwise, of the replicates in which all sources vary
/// together.
#[derive(Debug)]
pub struct CertaintyResults {
    /// The run itself, as replicate 0.
    pub base: Replicate,
    /// The sets of replicates: all sources together first, then each alone where there are several.
    pub sets: Vec<SetResults>,
    /// Names of the regions, in the order of the counts by region.
    pub regions: Vec<String>,
    /// By zone.
    pub zones: Vec<ZoneCertainty>,
    /// By area.
    pub areas: Vec<AreaCertainty>,
    /// By pair of neighbouring zones, where there are borders.
    pub borders: Option<Vec<BorderStrength>>,
    /// Where the number of areas gets its spread from.
    pub areas_by_source: Decomposition,
    /// The same for the number of districts.
    pub districts_by_source: Option<Decomposition>,
    /// How sure each district is.
    pub districts: Option<DistrictCertainties>,
    /// The areas that the replicates agree on most.
    pub consensus: Consensus,
    /// Whether there are enough replicates.
    pub convergence: Convergence,
    /// The first half of the replicates beside the second.
    pub halves: Option<Halves>,
    /// How firm the borders of the run are altogether; where the study has no borders, between each zone and its strongest
    /// partners. `None` without borders and flows.
    pub structure: Option<Structure>,
}

impl CertaintyResults {
    /// The replicates in which all sources vary together.
    pub fn together(&self) -> &SetResults {
        // There is always a first set: `add` refuses to work without.
        &self.sets[0]
    }
}

/// Where replicates are kept for this output folder.
pub fn folder_beside(out: &Path) -> PathBuf {
    let mut name = out.file_name().map(std::ffi::OsStr::to_os_string).unwrap_or_default();
    name.push(".replicates");
    out.with_file_name(name)
}

/// What the study says of certainty, or the defaults.
pub fn settings(input: &Input) -> Certainty {
    input.config.certainty.clone().unwrap_or_default()
}

/// The sets of replicates and how many of each: all sources together, then each alone in a quarter as many, but at least
/// [`FEWEST_ALONE`]. They only serve to split the spread of the counts, and to tell the shift that sampling brings.
pub fn wanted(settings: &Certainty, input: &Input) -> Vec<(Varying, u64)> {
    let together = settings.varying(&input.config.areas);
    let all = settings.replicates;
    let number = |set: Varying| if set == together { all } else { (all / 4).max(FEWEST_ALONE).min(all) };
    together.with_each_alone().into_iter().map(|set| (set, number(set))).collect()
}

/// Fewest replicates in which a source varies alone, where as many are made of all together.
pub const FEWEST_ALONE: u64 = 100;

/// Makes the replicates that `store` does not have.
pub fn replicates(results: &Results, store: Option<&Store>, onlooker: &mut dyn Onlooker) -> Result<Made> {
    let input = &results.input;
    let settings = settings(input);
    let parts = experiment::Parts::of(input, &settings)?;
    let experiment = parts.experiment(input)?;
    let wanted = wanted(&settings, input);
    let all = wanted.iter().map(|&(_, number)| number).sum();
    let bytes = |one: &Replicate| forecast::bytes(input, one, all);
    make::make(&experiment, &wanted, store, bytes, onlooker)
}

/// Adds what the replicates say that are kept in `folder`, as many as there are. `false` if there are none in which all sources vary
/// together.
///
/// # Errors
/// The folder holds replicates of another study, or something else, or they cannot be read.
pub fn add_kept(results: &mut Results, folder: &Path) -> Result<bool> {
    let input = &results.input;
    let settings = settings(input);
    let store = Store::open(folder, input)?;
    let rules = settings.rule_space(&input.config.areas, &input.config.districts)?;
    let mut sets = Vec::new();
    for (varying, _) in wanted(&settings, input) {
        let replicates: Vec<Replicate> = store.load(varying, &rules)?.into_values().collect();
        match (replicates.is_empty(), sets.is_empty()) {
            (false, _) => sets.push(ReplicateSet { varying, replicates }),
            (true, true) => return Ok(false),
            (true, false) => {}
        }
    }
    add(results, sets)?;
    Ok(true)
}

/// Sums the replicates up and adds them to the results.
pub fn add(results: &mut Results, sets: Vec<ReplicateSet>) -> Result<()> {
    let settings = settings(&results.input);
    let base = {
        let parts = experiment::Parts::of(&results.input, &settings)?;
        parts.experiment(&results.input)?.base().map_err(|error| make::fault(&error))?
    };
    let same = |(at, area): (usize, &Option<u32>)| base.area(at as u32) == *area;
    if !results.areas.partition.as_slice().iter().enumerate().all(same) {
        return Err(Fault::new(
            Code::Internal,
            "the areas of the run are not those that replicates start from",
        ));
    }
    let found = sum_up(results, base, sets)?;
    warn(&found, &mut results.log);
    results.certainty = Some(found);
    Ok(())
}

fn sum_up(results: &Results, base: Replicate, sets: Vec<ReplicateSet>) -> Result<CertaintyResults> {
    let input = &results.input;
    let flows = input.flows.as_ref().map(|flows| &flows.table);
    let (weights, jobs_of_zone) = weights(input, flows);
    let (names, of_zone) = regions(input);
    let regions = (!names.is_empty()).then_some(Regions {
        number: names.len(),
        of_zone: &of_zone,
        jobs_of_zone: &jobs_of_zone,
    });
    let industries =
        results.districts.as_ref().map_or(0, |found| found.manufacturing.grouping().groups().len());
    let mut together = None;
    let mut sets: Vec<SetResults> = sets
        .into_iter()
        .map(|ReplicateSet { varying, replicates }| {
            let matched = match_all(&base, &replicates, &weights);
            let set = SetResults {
                varying,
                agreement: agreements(&base, &replicates, &matched),
                counts: CountsBySet::new(varying, &base, &replicates, regions.as_ref(), industries),
                replicates,
            };
            together.get_or_insert(matched);
            set
        })
        .collect();
    let sampling = sets.iter().find(|set| set.varying == Varying::only(Source::Sampling));
    if let Some(shifts) = sampling.map(|set| set.counts.shifts()).filter(|_| is_sample(input)) {
        for set in sets.iter_mut().filter(|set| set.varying.has(Source::Sampling)) {
            set.counts.stretch_by(&shifts);
        }
    }
    let (Some(set), Some(matched)) = (sets.first(), together) else {
        return Err(Fault::new(Code::Internal, "there are no replicates to sum up"));
    };
    let replicates = &set.replicates;
    let zones = zone_certainties(&base, replicates, &matched);
    let areas = area_certainties(&base, replicates, &matched, &zones, &weights);
    let borders = neighbours(input).map(|pairs| {
        // The bias of borders is seen where nothing but the sampling varies.
        let alone = sets.iter().find(|set| set.varying == Varying::only(Source::Sampling));
        let bias = alone.and_then(|set| BorderBias::new(&base, &set.replicates, &pairs));
        border_strengths(&base, replicates, &pairs, bias)
    });
    let structure = match (&borders, flows) {
        (Some(borders), _) => Some(Structure::new(&base, borders)),
        (None, Some(flows)) => {
            let pairs = strongest_partners(flows, Structure::PARTNERS);
            Some(Structure::new(&base, &border_strengths(&base, replicates, &pairs, None)))
        }
        (None, None) => None,
    };
    let districts = base
        .judged
        .is_some()
        .then(|| DistrictCertainties::new(&base, replicates, &matched, &input.zones.residents));
    let decomposition = |count: &dyn Fn(&CountsBySet) -> Option<&Distribution>| {
        let mut parts = sets.iter().filter_map(|set| Some((set.varying, count(&set.counts)?)));
        let together = parts.next()?;
        Some(Decomposition::new(together, &parts.collect::<Vec<_>>()))
    };
    let Some(areas_by_source) = decomposition(&|counts| Some(&counts.areas)) else {
        return Err(Fault::new(Code::Internal, "there are no counts to take apart"));
    };
    let districts_by_source = decomposition(&|counts| counts.districts.as_ref());
    let of_zones = zones.iter().filter_map(|zone| Some((zone.membership?, zone.replicates)));
    let of_areas = areas.iter().map(|area| (area.existence, area.replicates));
    let of_borders = borders.iter().flatten().filter_map(|border| Some((border.raw?, border.replicates)));
    let probabilities = of_zones.chain(of_areas).chain(of_borders);
    let counts = std::iter::once(&set.counts.areas).chain(&set.counts.districts);
    let convergence = Convergence::new(replicates.len(), probabilities, counts);
    let halves = Halves::new(&base, replicates, &matched);
    let consensus = consensus(replicates)
        .ok_or_else(|| Fault::new(Code::Internal, "there are no replicates to agree"))?;
    Ok(CertaintyResults {
        regions: names,
        zones,
        areas,
        borders,
        areas_by_source,
        districts_by_source,
        districts,
        consensus,
        convergence,
        halves,
        structure,
        base,
        sets,
    })
}

/// Whether the flows of the study are a sample of persons.
fn is_sample(input: &Input) -> bool {
    matches!(settings(input).sampling().flows, FlowSampling::Survey { .. } | FlowSampling::Margins { .. })
}

/// Employed residents and jobs of each zone; without flows every zone counts the same.
fn weights(input: &Input, flows: Option<&FlowTable>) -> (Vec<f64>, Vec<f64>) {
    flows.map_or_else(|| (vec![1.0; input.zones.len()], vec![1.0; input.zones.len()]), persons)
}

/// The names of the regions, and the region of each zone.
fn regions(input: &Input) -> (Vec<String>, Vec<Option<u32>>) {
    let mut names: Vec<String> = input.zones.regions.iter().flatten().cloned().collect();
    names.sort_unstable();
    names.dedup();
    let index = |region: &String| names.binary_search(region).ok().map(|at| at as u32);
    let of_zone = input.zones.regions.iter().map(|region| region.as_ref().and_then(index)).collect();
    (names, of_zone)
}

/// Pairs of zones that touch, as the study counts touching.
fn neighbours(input: &Input) -> Option<Vec<(u32, u32)>> {
    let borders = input.borders.as_ref()?;
    Some(match input.config.borders.as_ref().map(|borders| borders.contiguity).unwrap_or_default() {
        Touch::Queen => borders.zones.queen().pairs().collect(),
        Touch::Rook => borders.zones.rook().pairs().collect(),
    })
}

/// Says what a reader must know before trusting the probabilities.
fn warn(found: &CertaintyResults, log: &mut Log) {
    let convergence = &found.convergence;
    if !convergence.enough {
        log.add(
            Fault::new(
                Code::ReplicatesFew,
                format!("{} replicates are few for this study; {} would do", convergence.replicates, convergence.needed),
            )
            .because(format!(
                "the largest Monte Carlo standard error of a probability is {:.3}, that of the median of a count {:.2}",
                convergence.largest_mcse.unwrap_or_default(),
                convergence.count_mcse.unwrap_or_default(),
            ))
            .hint(format!(
                "the same command with `--replicates {}` makes only those that are missing",
                convergence.needed
            )),
        );
    }
    if let Some(structure) = found.structure.filter(|structure| structure.verdict() == Some(Verdict::Weak)) {
        log.add(
            Fault::new(
                Code::BordersWeak,
                format!(
                    "the borders of the run come back in only {:.0} % of the replicates",
                    100.0 * structure.mean_strength.unwrap_or_default()
                ),
            )
            .because("where commuting has no structure but distance, areas are drawn all the same, elsewhere each time"),
        );
    }
    for set in &found.sets {
        let (counts, name) = (&set.counts, set.varying.name());
        if counts.empty > 0 {
            log.add(
                Fault::new(
                    Code::ReplicatesEmpty,
                    format!("{} of {} replicates ({name}) found no area", counts.empty, counts.replicates),
                )
                .because("they count as 0 areas"),
            );
        }
        if counts.not_converged > 0 {
            log.add(Fault::new(
                Code::ReplicatesUnfinished,
                format!(
                    "the search of {} of {} replicates ({name}) was stopped",
                    counts.not_converged, counts.replicates
                ),
            ));
        }
    }
}
