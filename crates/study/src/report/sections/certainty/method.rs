//! How all this was found, and what to do with it.

use std::iter;

use distretto_certainty::rule::Parameter;
use distretto_certainty::{Replicate, Source, Values};

use super::amounts::{interval, per_cent};
use super::answer::sources;
use crate::certainty::CertaintyResults;
use crate::config::Config;
use crate::config::certainty::{Certainty, FlowModel, JobModel};
use crate::plan::rule_in_words;
use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{THIN, count, decimal};
use crate::report::words::{listed, plural};

/// What a redraw is.
pub(super) const REDRAW: &str = "A redraw is one more run of the whole method with something drawn anew. How often a thing comes back in the redraws \
                                 says how much it depends on what was drawn; it does not say whether areas and districts are the right idea.";

/// How far such intervals and probabilities come true.
const TRIED: &str = "Does it come true? In made countries whose truth is known, 80\u{202f}% intervals of the number of areas held it in 86 to 93\u{202f}% \
                     of the countries with the rule varying, in 54 to 68\u{202f}% with sampling alone, and districts were surer than said. Real \
                     countries are less clear (docs/calibration.md).";

pub(super) fn write(html: &mut Html, facts: &Facts<'_>, found: &CertaintyResults) {
    html.heading("What to do with it");
    html.list(&[
        quote(found),
        "Let no decision hang on a border with a strength below a half, nor on the area of a contested zone: ask on both sides, or \
         decide for both together.".to_owned(),
        "Treat near-certain districts as found, likely ones with the reason for which they may fail, doubtful ones as a question to those who know \
         the place.".to_owned(),
        "Do not read a difference between two places or two years that is smaller than the intervals of either.".to_owned(),
    ]);
    html.heading("How it was found");
    let mut list = vec![format!("What varied: {}.", sources(found.together().varying))];
    list.extend(found.together().varying.sources().map(|source| meaning(facts, found, source)));
    list.extend([matching(), consensus(found), enough(found)]);
    list.extend(halves(found));
    list.push(TRIED.to_owned());
    html.list(&list);
}

/// The number with its interval.
fn quote(found: &CertaintyResults) -> String {
    let areas = &found.together().counts.areas;
    format!(
        "Quote the interval with the number: {} areas (80{THIN}% interval {}), not the number alone.",
        count(f64::from(areas.base.unwrap_or(found.base.areas))),
        interval(areas, 0.8)
    )
}

/// What a source is, here.
fn meaning(facts: &Facts<'_>, found: &CertaintyResults, source: Source) -> String {
    let settings = facts.config.certainty.clone().unwrap_or_default();
    match source {
        Source::Sampling => {
            let models = settings.sampling.unwrap_or_default();
            let flows = match models.flows {
                FlowModel::Poisson => {
                    "each flow is taken as one draw of what could have been, and drawn anew (Poisson)".to_owned()
                }
                FlowModel::Survey => format!(
                    "flows were counted by asking {} of the residents of each zone, and that sample is drawn anew",
                    models.fraction.map_or_else(|| "a share".to_owned(), exactly)
                ),
                FlowModel::Margins => {
                    "flows are drawn anew within their published margins of error".to_owned()
                }
                FlowModel::None => "flows stay as they are".to_owned(),
            };
            let jobs = match (facts.districts, models.jobs) {
                (None, _) => "",
                (Some(_), JobModel::Poisson) => {
                    "; so are the local units of each zone, activity and size (Poisson), with their mean size"
                }
                (Some(_), JobModel::None) => "; jobs stay as they are",
            };
            format!("Sampling: {flows}{jobs}.")
        }
        Source::Rule => rule(facts.config, &settings),
        Source::Vintage => vintages(&settings, &found.together().replicates),
        Source::Tie => {
            "Tie: where the method leaves a choice between equals, the order of zones decides in the run; here it is drawn.".to_owned()
        }
    }
}

/// A share that was given, not estimated: with all its digits.
fn exactly(share: f64) -> String {
    format!("{}{THIN}%", (1e5 * share).round() / 1e3)
}

/// What the rule was drawn from, and which parameters of areas it leaves alone.
fn rule(config: &Config, settings: &Certainty) -> String {
    let why = "others could have been chosen with equal right";
    let Ok(rules) = settings.rule_space(&config.areas, &config.districts) else {
        return format!("Rule: {why}, and are drawn.");
    };
    let drawn = |parameter| {
        rules.values().iter().any(|(other, values)| *other == parameter && *values != Values::Fixed)
    };
    let fixed: Vec<&str> = Parameter::ALL
        .into_iter()
        .filter(|&parameter| parameter.is_of_areas() && !drawn(parameter))
        .map(Parameter::name)
        .collect();
    let alone = rules.share_around().is_none() && config.areas.partition.is_none() && !fixed.is_empty();
    let alone = if alone { format!(" Not drawn: {}.", listed(&fixed)) } else { String::new() };
    format!("Rule: {why}. Drawn: {}.{alone}", rule_in_words(settings, &rules))
}

/// Which tables were used, and how often.
fn vintages(settings: &Certainty, replicates: &[Replicate]) -> String {
    let names = settings.vintage.iter().map(|vintage| vintage.name.as_str());
    let used: Vec<String> = iter::once("the study")
        .chain(names)
        .enumerate()
        .map(|(at, name)| {
            let used = replicates.iter().filter(|replicate| replicate.vintage == at).count();
            format!("{name} ({})", plural(used, "redraw", "redraws"))
        })
        .collect();
    format!(
        "Vintage: the tables of a redraw are drawn with equal chances. Used were those of {}.",
        listed(&used)
    )
}

fn matching() -> String {
    "Matching: areas of a redraw have no names of their own. Each is compared with those of the run by the employed residents of the zones they have in \
     common, and matched one to one, the most alike first. Of an area that splits, the part most like it keeps the name; of areas that merge, the one \
     most like the whole does."
        .to_owned()
}

fn consensus(found: &CertaintyResults) -> String {
    let consensus = &found.consensus;
    let supported = consensus.share_supported().map_or_else(String::new, |share| {
        format!(
            "; {} of its zones keep most of their company in it in more than half of the redraws",
            per_cent(share)
        )
    });
    format!(
        "Consensus: the partition that differs least from all redraws has {}, against {} in the run; its mean adjusted Rand index with a redraw is {}\
         {supported}. It is in consensus.csv, beside the areas of the run, not in their place.",
        plural(consensus.areas as usize, "area", "areas"),
        count(f64::from(found.base.areas)),
        decimal(consensus.mean_ari, 2)
    )
}

fn enough(found: &CertaintyResults) -> String {
    let convergence = &found.convergence;
    let probability = convergence.largest_mcse.map_or_else(String::new, |error| {
        format!(
            " With other draws the least certain probability would move by about {} points, seldom by more than twice that (largest Monte Carlo \
             standard error).",
            decimal(100.0 * error, 1)
        )
    });
    let median = convergence.count_mcse.map_or_else(String::new, |error| {
        format!(" The median of a count has an error of {}.", decimal(error, 2))
    });
    let made = plural(convergence.replicates, "redraw was", "redraws were");
    let verdict = if convergence.enough {
        format!("enough (at least {} are needed)", count(convergence.needed as f64))
    } else {
        format!(
            "too few: about {} are needed, and only the missing ones would be made",
            count(convergence.needed as f64)
        )
    };
    format!("Convergence: {made} made, which is {verdict}.{probability}{median}")
}

fn halves(found: &CertaintyResults) -> Option<String> {
    let halves = found.halves.as_ref()?;
    Some(format!(
        "Check: between the first and the second half of the redraws the membership of a zone differs by {} points on average and {} at most.",
        decimal(100.0 * halves.mean, 1),
        decimal(100.0 * halves.largest, 0)
    ))
}
