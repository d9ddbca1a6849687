//! How many areas and districts: intervals in total and by source.

use distretto_certainty::CountsBySet;

use super::amounts::interval;
use super::answer::{AREAS, DISTRICTS, sources};
use super::histogram;
use crate::certainty::{CertaintyResults, SetResults};
use crate::report::html::Html;
use crate::report::numbers::{count, decimal, or_none};
use crate::report::table::{Column, Table};
use crate::report::words::{capital, listed};

pub(super) fn write(html: &mut Html, found: &CertaintyResults) {
    html.heading("How many?");
    table(found).write(html);
    html.note(
        "The 80 % interval holds the number of at least four redraws in five, the 95 % interval that of nineteen in twenty. A number is \
         whole, so an interval often holds more than its share.",
    );
    let counts = &found.together().counts;
    if let Some(note) = stretched(counts) {
        html.note(&note);
    }
    histogram::write(html, "number-of-areas", &counts.areas, AREAS);
    if let Some(districts) = &counts.districts {
        histogram::write(html, "number-of-districts", districts, DISTRICTS);
    }
}

/// Which intervals are not only of what occurred.
fn stretched(counts: &CountsBySet) -> Option<String> {
    let told = [(Some(&counts.areas), AREAS), (counts.districts.as_ref(), DISTRICTS)].into_iter().filter_map(
        |(counts, [_, many])| {
            let stretch = counts?.stretch;
            let side = if stretch < 0.0 { "downwards" } else { "upwards" };
            (stretch != 0.0).then(|| format!("those of {many} {side} by {}", decimal(stretch.abs(), 1)))
        },
    );
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| {
        format!(
            "Flows are a sample, and redraws of a sample shift the count. So intervals were stretched to the other side: {}, rounded outwards. \
             Their ends need not have occurred in a redraw.",
            listed(&told)
        )
    })
}

fn table(found: &CertaintyResults) -> Table {
    let mut table = Table::new(
        "Number of areas and districts",
        &[
            Column::Text("Number, and what varies"),
            Column::Number("Redraws"),
            Column::Number("In the run"),
            Column::Number("Median"),
            Column::Number("80 % interval"),
            Column::Number("95 % interval"),
            Column::Number("Mean"),
            Column::Number("Standard deviation"),
        ],
    );
    let several = found.sets.len() > 1;
    let what = |set: &SetResults, at: usize| match (several, at) {
        (true, 0) => format!("{} together", sources(set.varying)),
        (true, _) => format!("{} alone", sources(set.varying)),
        (false, _) => sources(set.varying),
    };
    for (word, districts) in [(AREAS[1], false), (DISTRICTS[1], true)] {
        for (at, set) in found.sets.iter().enumerate() {
            let counts = if districts { set.counts.districts.as_ref() } else { Some(&set.counts.areas) };
            let Some(counts) = counts else { continue };
            let sample = counts.sample();
            table.row([
                format!("{}: {}", capital(word), what(set, at)),
                count(sample.len() as f64),
                or_none(counts.base.map(f64::from), count),
                or_none(counts.median().map(f64::from), count),
                interval(counts, 0.8),
                interval(counts, 0.95),
                or_none(sample.mean(), |mean| decimal(mean, 1)),
                or_none(sample.standard_deviation(), |deviation| decimal(deviation, 1)),
            ]);
        }
    }
    table
}
