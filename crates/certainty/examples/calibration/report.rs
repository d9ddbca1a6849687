//! Tables of trials, as Markdown.

use distretto_certainty::interval::Interval;
use distretto_certainty::{Coverage, Reliability, Sample};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::country::{Case, Seen};
use super::trial::{Count, Design, Prediction, Trial};

/// What a prediction is held against.
#[derive(Clone, Copy)]
pub enum Target {
    /// What was planted.
    Planted,
    /// What the rule makes of flows without error.
    ErrorFree,
}

/// Before and after correction.
#[derive(Clone, Copy)]
pub enum Stage {
    Plain,
    Corrected,
}

/// Predictions of one kind.
pub type Of = fn(&Trial) -> &[Prediction];
/// A number of something.
pub type Number = fn(&Trial) -> Option<&Count>;

const PROBABILITIES: [(&str, Of); 5] = [
    ("zone in its area", |trial| &trial.memberships),
    ("border between neighbours", |trial| &trial.borders),
    ("area exists", |trial| &trial.areas),
    ("district exists", |trial| &trial.districts),
    ("other area is a district", |trial| &trial.other_areas),
];
const NUMBERS: [(&str, Number); 2] = [
    ("areas", |trial| Some(&trial.number_of_areas)),
    ("districts", |trial| trial.number_of_districts.as_ref()),
];
const TARGETS: [(&str, Target); 2] = [("planted", Target::Planted), ("error-free flows", Target::ErrorFree)];

/// Prints everything.
pub fn print(trials: &[Trial]) {
    println!(
        "Probabilities, before -> after correction; ECE with its standard error over worlds, and after correction by \
              share seen, noise and zones.\n"
    );
    println!(
        "| flows | varies | probability | held against | n | mean | came true | ECE | Brier | by share | by noise | by zones |"
    );
    println!("|---|---|---|---|--:|--:|--:|--:|--:|---|---|---|");
    for (name, set) in sets(trials) {
        for (probability, of) in PROBABILITIES {
            for (target_name, target) in TARGETS {
                print_scores(&set, &format!("| {name} | {probability} | {target_name}"), of, target);
            }
        }
    }
    println!(
        "\nIntervals of counts that hold the truth, before -> after stretching: of 80 % and 95 %, both also by share \
              seen, noise and zones.\n"
    );
    println!(
        "| flows | varies | number of | held against | n | 80 % | replicates within | 95 % | truth below, above 80 % | width of 80 % | by share | by noise | by zones |"
    );
    println!("|---|---|---|---|--:|--:|--:|--:|--:|--:|---|---|---|");
    for (name, set) in sets(trials) {
        for (number, of) in NUMBERS {
            for (target_name, target) in TARGETS {
                print_coverage(&set, &format!("| {name} | {number} | {target_name}"), of, target);
            }
        }
    }
    for (name, set) in sets(trials) {
        for (probability, of) in PROBABILITIES {
            for (stage_name, stage) in [("before", Stage::Plain), ("after", Stage::Corrected)] {
                print_curve(&set, &format!("{name} | {probability}, {stage_name}"), of, stage);
            }
        }
    }
}

/// Trials of the same kind.
fn sets(trials: &[Trial]) -> Vec<(String, Vec<&Trial>)> {
    let seen = [(Seen::Counted, "counted"), (Seen::Asked, "sample")];
    let designs = [(Design::Sampling, "sampling"), (Design::SamplingAndRule, "sampling, rule")];
    seen.iter()
        .flat_map(|&(seen, seen_name)| {
            designs.map(|(design, design_name)| {
                let of = |trial: &&Trial| trial.seen == seen && trial.design == design;
                (format!("{seen_name} | {design_name}"), trials.iter().filter(of).collect())
            })
        })
        .collect()
}

/// How well probabilities came true; `None` without any.
pub fn reliability<'a>(
    trials: impl IntoIterator<Item = &'a Trial>,
    of: Of,
    stage: Stage,
    target: Target,
) -> Option<Reliability> {
    let pair = |prediction: &Prediction| {
        let p = match stage {
            Stage::Plain => prediction.plain,
            Stage::Corrected => prediction.corrected,
        };
        let came_true = match target {
            Target::Planted => prediction.planted,
            Target::ErrorFree => prediction.error_free?,
        };
        Some((p, came_true))
    };
    Reliability::new(trials.into_iter().flat_map(of).filter_map(pair), 10)
}

/// Standard deviation of the expected calibration error over as many worlds drawn from these with replacement.
fn error_over_worlds(set: &[&Trial], of: Of, stage: Stage, target: Target) -> f64 {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let errors = (0..60).filter_map(|_| {
        let drawn = (0..set.len()).map(|_| set[rng.random_range(0..set.len())]).collect::<Vec<_>>();
        Some(reliability(drawn, of, stage, target)?.expected_calibration_error)
    });
    Sample::new(errors).standard_deviation().unwrap_or_default()
}

/// Mean probability, and share that came true.
fn means(reliability: &Reliability) -> [f64; 2] {
    let n = reliability.predictions as f64;
    let of = |figure: fn(&distretto_certainty::calibration::Bin) -> f64| {
        reliability.bins.iter().map(figure).sum::<f64>() / n
    };
    [of(|bin| bin.predicted * f64::from(bin.observed.of)), of(|bin| f64::from(bin.observed.times))]
}

fn print_scores(set: &[&Trial], name: &str, of: Of, target: Target) {
    let score = |stage| reliability(set.iter().copied(), of, stage, target);
    let (Some(before), Some(after)) = (score(Stage::Plain), score(Stage::Corrected)) else { return };
    let [mean_before, _] = means(&before);
    let [mean, came_true] = means(&after);
    let by = |key: fn(&Case) -> f64| {
        by(set, key, |part| {
            let found = reliability(part.iter().copied(), of, Stage::Corrected, target)?;
            Some(format!("{:.3}", found.expected_calibration_error))
        })
    };
    println!(
        "{name} | {} | {mean_before:.3} -> {mean:.3} | {came_true:.3} | {:.3} -> {:.3} ± {:.3} | {:.3} -> {:.3} | {} | {} | {} |",
        after.predictions,
        before.expected_calibration_error,
        after.expected_calibration_error,
        error_over_worlds(set, of, Stage::Corrected, target),
        before.brier,
        after.brier,
        by(|case| case.fraction),
        by(|case| case.noise),
        by(|case| case.zones as f64)
    );
}

fn print_curve(set: &[&Trial], name: &str, of: Of, stage: Stage) {
    let curve = |target| reliability(set.iter().copied(), of, stage, target);
    let Some(planted) = curve(Target::Planted) else { return };
    let error_free = curve(Target::ErrorFree);
    println!("\n{name}\n\n| from, to | n | mean | planted | error-free flows |\n|---|--:|--:|--:|--:|");
    for (at, bin) in planted.bins.iter().enumerate() {
        let share = |bin: &distretto_certainty::calibration::Bin| bin.observed.share().unwrap_or_default();
        let error_free = error_free.as_ref().and_then(|curve| curve.bins.get(at));
        println!(
            "| {:.1}, {:.1} | {} | {:.3} | {:.3} | {} |",
            bin.from,
            bin.to,
            bin.observed.of,
            bin.predicted,
            share(bin),
            error_free.map_or_else(String::new, |bin| format!("{:.3}", share(bin)))
        );
    }
}

/// Intervals of a level with the truth.
pub fn intervals<'a>(
    trials: impl IntoIterator<Item = &'a Trial>,
    of: Number,
    stage: Stage,
    target: Target,
    level: f64,
) -> Vec<(Interval<u32>, u32)> {
    let pair = |count: &Count| {
        let interval = match stage {
            Stage::Plain => count.plain(level),
            Stage::Corrected => count.stretched(level),
        };
        let truth = match target {
            Target::Planted => Some(count.planted),
            Target::ErrorFree => count.error_free,
        };
        interval.zip(truth)
    };
    trials.into_iter().filter_map(of).filter_map(pair).collect()
}

fn print_coverage(set: &[&Trial], name: &str, of: Number, target: Target) {
    let at = |set: &[&Trial], stage, level| intervals(set.iter().copied(), of, stage, target, level);
    let held = |set: &[&Trial], stage, level| {
        Coverage::new(at(set, stage, level)).held.share().map(|share| format!("{share:.2}"))
    };
    let stages = [Stage::Plain, Stage::Corrected];
    let both = |level| {
        Some(
            stages.map(|stage| held(set, stage, level)).into_iter().collect::<Option<Vec<_>>>()?.join(" -> "),
        )
    };
    let (Some(of_80), Some(of_95)) = (both(0.8), both(0.95)) else { return };
    let within = set.iter().copied().filter_map(of).filter_map(Count::share_within);
    let within = Sample::new(within).mean().unwrap_or_default();
    let missed = stages.map(|stage| {
        let coverage = Coverage::new(at(set, stage, 0.8));
        format!("{}, {}", coverage.below, coverage.above)
    });
    let width = stages.map(|stage| {
        let all = at(set, stage, 0.8);
        let mean = all.iter().map(|(i, _)| f64::from(i.to - i.from + 1)).sum::<f64>() / all.len() as f64;
        format!("{mean:.1}")
    });
    let by = |key: fn(&Case) -> f64| {
        by(set, key, |part| {
            let of_stage = |stage| Some(format!("{}/{}", held(part, stage, 0.8)?, held(part, stage, 0.95)?));
            Some(format!("{} -> {}", of_stage(Stage::Plain)?, of_stage(Stage::Corrected)?))
        })
    };
    println!(
        "{name} | {} | {of_80} | {within:.2} | {of_95} | {} | {} | {} | {} | {} |",
        at(set, Stage::Plain, 0.8).len(),
        missed.join(" -> "),
        width.join(" -> "),
        by(|case| case.fraction),
        by(|case| case.noise),
        by(|case| case.zones as f64)
    );
}

/// A figure for each value of a key, ascending.
fn by(set: &[&Trial], key: fn(&Case) -> f64, figure: impl Fn(&[&Trial]) -> Option<String>) -> String {
    let mut values: Vec<f64> = set.iter().map(|trial| key(&trial.case)).collect();
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
    let of_value = |&value: &f64| {
        let part: Vec<&Trial> = set.iter().copied().filter(|trial| key(&trial.case) == value).collect();
        Some(format!("{value}: {}", figure(&part)?))
    };
    values.iter().filter_map(of_value).collect::<Vec<_>>().join(", ")
}
