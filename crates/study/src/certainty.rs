//! How sure: the replicates of a study and what they say.
//!
//! | module | concept |
//! |---|---|
//! | `experiment` | the tables and rules of a study as an experiment |
//! | `make` | making the replicates that are missing |
//! | `forecast` | what that will take |
//! | `store`, `rows` | keeping them on disk |
//! | `sum_up`, `warnings` | what they say, and what a reader must know before |
//! | [`files`] | what the command writes without a study |

mod experiment;
pub mod files;
mod forecast;
mod make;
mod rows;
mod store;
mod sum_up;
mod warnings;

use std::path::{Path, PathBuf};

use distretto_certainty::{
    Agreement, AreaCertainty, BorderStrength, Consensus, Convergence, CountsBySet, Decomposition,
    DistrictCertainties, Halves, Replicate, Source, Structure, Varying, ZoneCertainty,
};

pub use forecast::forecast;
pub use make::{Forecast, Made, Onlooker, ReplicateSet};
pub use store::Store;

use crate::config::Certainty;
use crate::config::certainty::FlowModel;
use crate::fault::{Code, Fault, Result};
use crate::input::Input;
use crate::run::Results;

/// What the replicates of one set say beside their counts.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
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

/// The command that makes this edition again, with all that may have been said on the command line instead of in the study.
pub fn command(input: &Input) -> String {
    let settings = settings(input);
    let varying: Vec<&str> = settings.varying(&input.config.areas).sources().map(Source::name).collect();
    let models = settings.sampling.clone().unwrap_or_default();
    let sampling = match (models.flows, models.fraction) {
        (FlowModel::Poisson, _) => String::new(),
        (FlowModel::Survey, fraction) => {
            format!(" --sampling survey --fraction {}", fraction.unwrap_or(1.0))
        }
        (FlowModel::Margins, _) => " --sampling margins".to_owned(),
        (FlowModel::None, _) => " --sampling none".to_owned(),
    };
    format!(
        "distretto certainty study.toml --replicates {} --vary {} --seed {}{sampling} --out edition",
        settings.replicates,
        varying.join(","),
        input.config.study.seed
    )
}

/// What the edition in this folder was made with: its settings of certainty and its seed; `None` if it is none of ours, or has no
/// replicates.
pub fn settings_of_edition(edition: &Path) -> Option<(Certainty, u64)> {
    let text = std::fs::read_to_string(edition.join("manifest.json")).ok()?;
    let manifest: serde_json::Value = serde_json::from_str(&text).ok()?;
    manifest.get("certainty").filter(|made| made.is_object())?;
    let settings = manifest["config"].get("certainty").cloned();
    let settings =
        settings.map_or_else(|| Some(Certainty::default()), |value| serde_json::from_value(value).ok())?;
    Some((settings, manifest["seed"].as_u64()?))
}

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

/// Adds what the replicates say that are kept in `folder`, up to as many as the study asks for. `false` if there are none in which all
/// sources vary together.
///
/// # Errors
/// The folder holds replicates of another study, or something else, or they cannot be read.
pub fn add_kept(results: &mut Results, folder: &Path) -> Result<bool> {
    let input = &results.input;
    let settings = settings(input);
    let store = Store::open(folder, input)?;
    let rules = settings.rule_space(&input.config.areas, &input.config.districts)?;
    let mut sets = Vec::new();
    for (varying, number) in wanted(&settings, input) {
        let mut replicates: Vec<Replicate> = store.load(varying, &rules)?.into_values().collect();
        replicates.retain(|replicate| replicate.number <= number);
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
    let found = sum_up::sum_up(results, base, sets)?;
    warnings::warn(&found, &results.input, &mut results.log);
    results.certainty = Some(found);
    Ok(())
}
