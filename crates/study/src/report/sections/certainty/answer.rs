//! How sure the answer is, in a few sentences.

use distretto_certainty::Verdict;
use distretto_certainty::{Distribution, DistrictClass, Source, Varying};

use super::amounts::{interval, per_cent};
use crate::certainty::CertaintyResults;
use crate::report::numbers::{THIN, count};
use crate::report::words::{listed, plural};

/// What is counted, for one and for many.
pub(super) const AREAS: [&str; 2] = ["area", "areas"];
pub(super) const DISTRICTS: [&str; 2] = ["district", "districts"];

/// How many, whether the run lies within, how sure the districts are, and a warning where there may be no areas at all.
pub(in crate::report) fn sentences(found: &CertaintyResults) -> Vec<String> {
    [Some(how_many(found)), outside(found), classes(found), structure(found)].into_iter().flatten().collect()
}

/// One sentence for the top of the report.
pub(in crate::report) fn in_short(found: &CertaintyResults) -> String {
    let counted: Vec<String> = counts(found)
        .into_iter()
        .map(|(count, [_, many])| format!("{} {many}", interval(count, 0.8)))
        .collect();
    let redraws = plural(found.together().replicates.len(), "redraw", "redraws");
    let districts = near_certain(found).map_or_else(String::new, |(sure, all)| {
        let of = plural(all, "district", "districts");
        format!("; near-certain are {} of the {of} of the run", count(sure as f64))
    });
    let intervals = if counted.len() == 1 { "interval" } else { "intervals" };
    format!("How sure: {} (80{THIN}% {intervals} over {redraws}){districts}.", listed(&counted))
}

/// The figures beside the other key figures.
pub(in crate::report) fn key_figures(found: &CertaintyResults) -> Vec<(String, &'static str)> {
    let mut figures =
        vec![(interval(&found.together().counts.areas, 0.8), "80 % interval of the number of areas")];
    if let Some(districts) = &found.together().counts.districts {
        figures.push((interval(districts, 0.8), "80 % interval of the number of districts"));
    }
    figures
}

/// `sampling and rule`.
pub(super) fn sources(varying: Varying) -> String {
    listed(&varying.sources().map(Source::name).collect::<Vec<_>>())
}

/// Districts of the run that are near certain, and all of them; `None` where there are none.
fn near_certain(found: &CertaintyResults) -> Option<(usize, usize)> {
    let districts: Vec<_> = found.districts.as_ref()?.of_base().collect();
    let sure = districts.iter().filter(|district| district.class == Some(DistrictClass::NearCertain));
    (!districts.is_empty()).then(|| (sure.count(), districts.len()))
}

/// What is counted, with the word for it.
fn counts(found: &CertaintyResults) -> Vec<(&Distribution, [&'static str; 2])> {
    let counts = &found.together().counts;
    let mut counted = vec![(&counts.areas, AREAS)];
    counted.extend(counts.districts.iter().map(|districts| (districts, DISTRICTS)));
    counted
}

fn number(n: u32, [one, many]: [&str; 2]) -> String {
    plural(n as usize, one, many)
}

fn how_many(found: &CertaintyResults) -> String {
    let set = found.together();
    let counted: Vec<String> = counts(found)
        .into_iter()
        .filter_map(|(count, word)| {
            let median = count.median()?;
            let [four_in_five, nineteen_in_twenty] = [0.8, 0.95].map(|level| interval(count, level));
            let interval = if nineteen_in_twenty.contains(' ') {
                format!("80{THIN}% interval {four_in_five}, 95{THIN}% {nineteen_in_twenty}")
            } else {
                "so in at least 95\u{202f}% of them".to_owned()
            };
            Some(format!("{} ({interval})", number(median, word)))
        })
        .collect();
    let run: Vec<String> =
        counts(found).into_iter().filter_map(|(count, word)| Some(number(count.base?, word))).collect();
    let verb = if set.counts.areas.median() == Some(1) { "is" } else { "are" };
    format!(
        "In {} ({}) there {verb} {}; {} in the run itself.",
        plural(set.replicates.len(), "redraw", "redraws"),
        sources(set.varying),
        listed(&counted),
        listed(&run)
    )
}

/// Where the run has a number that its redraws seldom have.
fn outside(found: &CertaintyResults) -> Option<String> {
    let outside: Vec<String> =
        counts(found).into_iter().filter_map(|(count, word)| beyond(count, word)).collect();
    let why = if found.together().varying.has(Source::Sampling) {
        "redrawing adds noise to figures that hold some already, and noise shifts counts, so the width of an interval \
         says more than its place"
    } else {
        "what varies shifts the counts, so the run is not in the middle of what could have been"
    };
    (!outside.is_empty()).then(|| format!("Note that {}: {why}.", listed(&outside)))
}

/// On which side of the intervals the run lies, if it does.
fn beyond(count: &Distribution, word: [&str; 2]) -> Option<String> {
    let base = count.base?;
    [(0.95, "95"), (0.8, "80")].into_iter().find_map(|(level, per_cent)| {
        let interval = count.interval(level).filter(|interval| !interval.holds(&base))?;
        let side = if base < interval.from { "below" } else { "above" };
        let lie = if base == 1 { "lies" } else { "lie" };
        Some(format!("the {} of the run {lie} {side} the {per_cent}{THIN}% interval", number(base, word)))
    })
}

fn classes(found: &CertaintyResults) -> Option<String> {
    let districts = found.districts.as_ref()?;
    let of_class = |class: DistrictClass| districts.of_base().filter(|d| d.class == Some(class)).count();
    let classes: Vec<(usize, &str)> = DistrictClass::ALL
        .into_iter()
        .map(|class| (of_class(class), class_name(class)))
        .filter(|&(n, _)| n > 0)
        .collect();
    let all = districts.of_base().count();
    let sure = match classes.as_slice() {
        [] => None,
        [(1, class)] => Some(format!("The district of the run is {class}")),
        [(n, class)] => Some(format!("All {} districts of the run are {class}", count(*n as f64))),
        several => {
            let parts: Vec<String> =
                several.iter().map(|(n, class)| format!("{} {class}", count(*n as f64))).collect();
            let verb = if several.first().is_some_and(|&(n, _)| n == 1) { " is " } else { " are " };
            let parts = listed(&parts).replacen(' ', verb, 1);
            Some(format!("Of the {} districts of the run {parts}", count(all as f64)))
        }
    };
    let candidates = match districts.candidates().count() {
        0 => None,
        1 => Some("1 other area is a district in at least one redraw of twenty".to_owned()),
        n => Some(format!("{} other areas are a district in at least one redraw of twenty", count(n as f64))),
    };
    match (sure, candidates) {
        (Some(sure), Some(candidates)) => Some(format!("{sure}; {candidates}.")),
        (one, other) => one.or(other).map(|sentence| format!("{sentence}.")),
    }
}

/// A warning where redraws mostly draw the borders elsewhere.
pub(in crate::report) fn structure(found: &CertaintyResults) -> Option<String> {
    let structure = found.structure?;
    let mean = structure.mean_strength.filter(|_| structure.verdict() == Some(Verdict::Weak))?;
    Some(format!(
        "Beware: on average only {} of the redraws have a border of the run. Such borders come up even where there are no areas at all, so \
         do not rely on these.",
        per_cent(mean)
    ))
}

/// The word for how sure a district is.
pub(super) fn class_name(class: DistrictClass) -> &'static str {
    match class {
        DistrictClass::NearCertain => "near-certain",
        DistrictClass::Likely => "likely",
        DistrictClass::Doubtful => "doubtful",
        DistrictClass::Unlikely => "unlikely",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_outside_its_intervals_is_told() {
        let counts = |base| Distribution::new(Some(base), (0..100).map(|at| 30 + at / 10).collect());
        let told = |base| beyond(&counts(base), AREAS);
        assert_eq!(told(35), None);
        assert_eq!(told(30), None);
        assert_eq!(told(39).as_deref(), Some("the 39 areas of the run lie above the 80\u{202f}% interval"));
        assert_eq!(told(1).as_deref(), Some("the 1 area of the run lies below the 95\u{202f}% interval"));
    }
}
