//! Every replicate in one line.

use arrow::error::ArrowError;
use distretto_certainty::rule::Parameter;
use distretto_certainty::{Agreement, Replicate};
use distretto_regions::eu_ttwa::Mode;

use crate::certainty::SetResults;
use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;

/// One row a replicate of each of the sets.
pub fn replicates(results: &Results, sets: &[SetResults]) -> Result<Table, ArrowError> {
    let rows: Vec<(String, &Replicate, &Agreement)> = sets
        .iter()
        .flat_map(|set| {
            let rows = set.replicates.iter().zip(&set.agreement);
            rows.map(|(replicate, agreement)| (set.varying.name(), replicate, agreement))
        })
        .collect();
    let drawn = rows.iter().map(|row| row.1);
    let beside = rows.iter().map(|row| row.2);
    let mut table = TableBuilder::new(
        "replicates",
        "Every replicate: what was drawn and what came of it.",
        &["set", "replicate"],
    )
    .text("set", "The sources that vary in it.", rows.iter().map(|row| Some(&row.0)))
    .whole(
        "replicate",
        "Its number, from 1; the same seed and number give it again.",
        drawn.clone().map(|replicate| Some(replicate.number as i64)),
    )
    .text(
        "vintage",
        "The vintage whose tables were used; base where the one of the study itself has no name.",
        drawn.clone().map(|replicate| vintage(results, replicate.vintage)),
    )
    .text(
        "rule",
        "The rule used: base (that of the study, with the values below) or the name of another.",
        drawn.clone().map(|replicate| rule(results, replicate.rule.rule)),
    )
    .text(
        "mode",
        "How the method was read: clean or reference.",
        drawn.clone().map(|replicate| Some(mode(replicate.rule.mode))),
    );
    for parameter in Parameter::ALL {
        let values = drawn.clone().map(|replicate| Some(parameter.of(&replicate.rule)));
        table = table.number(parameter.name(), meaning(parameter), values);
    }
    table
        .whole("areas", "Number of areas.", drawn.clone().map(|replicate| Some(i64::from(replicate.areas))))
        .whole(
            "districts",
            "Number of districts; missing where there are no jobs.",
            drawn.clone().map(|replicate| Some(replicate.districts()? as i64)),
        )
        .number(
            "ari",
            "Adjusted Rand index against the run, every zone counting 1; at most 1. Missing where there is no area.",
            beside.clone().map(|beside| (beside.areas > 0).then_some(beside.ari)),
        )
        .number(
            "nmi",
            "Normalised mutual information against the run, every zone counting 1, 0 to 1. Missing where there is no area.",
            beside.clone().map(|beside| (beside.areas > 0).then_some(beside.nmi)),
        )
        .whole(
            "zones_changed",
            "Zones that lie elsewhere than in the match of their area.",
            beside.clone().map(|beside| Some(beside.zones_changed as i64)),
        )
        .whole(
            "areas_found",
            "Areas of the run that exist in it.",
            beside.map(|beside| Some(beside.areas_found as i64)),
        )
        .flag(
            "converged",
            "Whether the search ended by itself.",
            drawn.map(|replicate| Some(replicate.converged)),
        )
        .build()
}

fn vintage(results: &Results, index: usize) -> Option<&str> {
    match index.checked_sub(1) {
        None => Some(results.input.config.study.vintage.as_deref().unwrap_or("base")),
        Some(other) => results.input.vintages.get(other).map(|vintage| vintage.name.as_str()),
    }
}

fn rule(results: &Results, index: usize) -> Option<&str> {
    match index.checked_sub(1) {
        None => Some("base"),
        Some(other) => {
            let rules = results.input.config.certainty.as_ref()?.rule.as_ref()?;
            rules.others.get(other).map(|rule| rule.name.as_str())
        }
    }
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Clean => "clean",
        Mode::Reference => "reference",
    }
}

fn meaning(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::MinSize => "Employed residents that an area must have at least, persons.",
        Parameter::TargetSize => {
            "Employed residents from which the minimum self-containment suffices, persons."
        }
        Parameter::MinSc => "Self-containment that an area of the target size must have, 0 to 1.",
        Parameter::TargetSc => "Self-containment that an area of the minimum size must have, 0 to 1.",
        Parameter::SectorLq => "Location quotient that a sector must exceed in step 1.",
        Parameter::IndustryLq => "Location quotient that the main industry must exceed in step 3.",
        Parameter::SmeShare => "Share of jobs that small and medium units must exceed in step 4, 0 to 1.",
        Parameter::SingleMediumRatio => "Jobs in small units against those of a single medium one in step 4.",
        Parameter::MinIndustryEmployees => "Employees that the main industry must have at least.",
    }
}
