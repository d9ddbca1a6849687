//! What making replicates would be.

use std::path::Path;
use std::time::Duration;

use distretto_certainty::{RuleSpace, Source, Values};
use distretto_regions::eu_ttwa::Mode;

use super::{Plan, files, plan, tables};
use crate::certainty::{self, Forecast, Store, settings, wanted};
use crate::config::certainty::{Certainty, FlowModel, JobModel, SamplingModels};
use crate::fault::Result;
use crate::input::Input;
use crate::words::counted;

/// What `distretto certainty` of a study would do, with replicates kept in `keep`. One replicate is made to forecast from.
///
/// # Errors
/// `keep` holds replicates of another study, or the one replicate fails.
pub fn plan_of_certainty(input: &Input, out: &Path, keep: &Path) -> Result<Plan> {
    let mut tables = tables(input);
    tables.extend(certainty_tables(input));
    Ok(Plan { stages: stages(input, keep)?, files: files(input, &tables, true), tables, ..plan(input, out) })
}

/// The same of a table of flows without a study.
///
/// # Errors
/// As [`plan_of_certainty`].
pub fn plan_of_certainty_alone(input: &Input, out: &Path, keep: &Path) -> Result<Plan> {
    let mut tables = vec!["replicates", "zones"];
    tables.extend(input.borders.is_some().then_some("borders"));
    let csv = tables.iter().map(|table| format!("{table}.csv"));
    Ok(Plan {
        stages: stages(input, keep)?,
        files: csv.chain(["counts.json".to_owned()]).collect(),
        tables,
        ..plan(input, out)
    })
}

/// The tables that certainty adds to an edition, in the order in which they are written.
fn certainty_tables(input: &Input) -> impl Iterator<Item = &'static str> {
    [
        (&["zone_certainty", "area_certainty"][..], true),
        (&["borders"], input.borders.is_some()),
        (&["district_certainty"], input.jobs.is_some()),
        (&["counts", "histogram", "spread", "consensus", "replicates", "convergence"], true),
    ]
    .into_iter()
    .filter(|(_, written)| *written)
    .flat_map(|(names, _)| names.iter().copied())
}

/// The stages of a run, what varies, and how long that takes.
fn stages(input: &Input, keep: &Path) -> Result<Vec<(&'static str, String)>> {
    let settings = settings(input);
    let rules = settings.rule_space(&input.config.areas, &input.config.districts)?;
    let store = Store::open(keep, input)?;
    let (forecast, kept) = certainty::forecast(input, Some(&store))?;
    let sets: Vec<String> = wanted(&settings, input)
        .into_iter()
        .zip(kept)
        .map(|((set, number), kept)| match kept {
            0 => format!("{number} of {}", set.name()),
            kept => format!("{number} of {} ({kept} of them kept)", set.name()),
        })
        .collect();
    let mut stages = super::stages(input);
    stages.push(("replicates", sets.join(", ")));
    let sources = settings.varying(&input.config.areas).sources();
    stages.extend(sources.map(|source| varying(source, input, &settings, &rules)));
    stages.push(("kept in", keep.display().to_string()));
    stages.push(("forecast", told(&forecast)));
    Ok(stages)
}

/// What varies with a source, and how.
fn varying(source: Source, input: &Input, settings: &Certainty, rules: &RuleSpace) -> (&'static str, String) {
    match source {
        Source::Sampling => ("sampling", sampling(input, &settings.sampling.clone().unwrap_or_default())),
        Source::Rule => ("rule", rule(settings, rules)),
        Source::Vintage => {
            let names: Vec<&str> = input.vintages.iter().map(|vintage| vintage.name.as_str()).collect();
            ("vintage", format!("that of the study, or {}", or(&names)))
        }
        Source::Tie => ("tie", "the order of zones that decides between equals is drawn".to_owned()),
    }
}

fn sampling(input: &Input, models: &SamplingModels) -> String {
    let flows = match models.flows {
        _ if input.partition.is_some() => "flows as they are, since areas are given".to_owned(),
        FlowModel::Poisson => "flows Poisson, as one draw of a register or census".to_owned(),
        FlowModel::Survey => {
            format!("flows as a survey of {} % of residents", 100.0 * models.fraction.unwrap_or(1.0))
        }
        FlowModel::Margins => {
            let level = 100.0 * models.confidence.unwrap_or(SamplingModels::CONFIDENCE);
            let of = if models.margins.is_empty() { "of each flow" } else { "of flows by size" };
            format!("flows within the margins of error {of}, at {level} %")
        }
        FlowModel::None => "flows as they are".to_owned(),
    };
    let jobs = match (&input.jobs, models.jobs) {
        (None, _) => return flows,
        (_, JobModel::Poisson) => "local units Poisson, employees with them",
        (_, JobModel::None) => "jobs as they are",
    };
    format!("{flows}; {jobs}")
}

/// What the rule is drawn from: `min_size 500 to 5000, mode clean or reference`.
pub(crate) fn rule(settings: &Certainty, rules: &RuleSpace) -> String {
    let mut parts: Vec<String> = rules
        .values()
        .iter()
        .filter_map(|(parameter, values)| {
            let values = match values {
                Values::Fixed => return None,
                Values::Range(from, to) => format!("{from} to {to}"),
                Values::Among(list) => or(&list.iter().map(f64::to_string).collect::<Vec<_>>()),
            };
            Some(format!("{} {values}", parameter.name()))
        })
        .collect();
    let modes: Vec<&str> = rules
        .modes()
        .iter()
        .map(|mode| match mode {
            Mode::Clean => "clean",
            Mode::Reference => "reference",
        })
        .collect();
    if let Some(share) = rules.share_around() {
        parts.push(format!(
            "each of the four parameters of areas within {} % of its own value",
            (1e5 * share).round() / 1e3
        ));
    }
    if !modes.is_empty() {
        parts.push(format!("mode {}", or(&modes)));
    }
    let others: Vec<&str> =
        settings.rule.iter().flat_map(|rule| &rule.others).map(|other| other.name.as_str()).collect();
    if !others.is_empty() {
        parts.push(format!("or the whole of {}", or(&others)));
    }
    if parts.is_empty() { "nothing: the study allows no other".to_owned() } else { parts.join(", ") }
}

/// `a`, `a or b`, `a, b or c`.
fn or<S: AsRef<str>>(items: &[S]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn told(forecast: &Forecast) -> String {
    if forecast.missing == 0 {
        return "all replicates are kept from before".to_owned();
    }
    format!(
        "{} to make, about {} on {}, {} MB beside what reading and running take (from one replicate that was made and timed)",
        counted(forecast.missing as usize, "replicate"),
        rounded(forecast.time()),
        counted(forecast.threads, "thread"),
        forecast.bytes.div_ceil(1_000_000),
    )
}

/// `1 s`, `90 s`, `12 min`, rounded up.
fn rounded(time: Duration) -> String {
    let seconds = time.as_secs_f64().ceil().max(1.0);
    if seconds <= 120.0 { format!("{seconds} s") } else { format!("{} min", (seconds / 60.0).ceil()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_end_with_or() {
        assert_eq!(
            (or(&["a"]), or(&["a", "b", "c"]), or::<&str>(&[])),
            ("a".into(), "a, b or c".into(), String::new())
        );
    }

    #[test]
    fn times_are_rounded_up() {
        let seconds = |seconds| rounded(Duration::from_secs_f64(seconds));
        assert_eq!(
            (seconds(0.2), seconds(100.5), seconds(130.0)),
            ("1 s".into(), "101 s".into(), "3 min".into())
        );
    }
}
