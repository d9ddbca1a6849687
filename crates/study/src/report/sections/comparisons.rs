//! The areas beside other partitions of the same zones.

use std::fmt::Write as _;

use distretto_regions::compare::Comparison;

use crate::report::facts::Facts;
use crate::report::html::Html;
use crate::report::numbers::{count, decimal, or_none, percent};
use crate::report::table::{Column, Table};
use crate::report::words::plural;
use crate::run::ComparisonResults;

pub(in crate::report) fn write(html: &mut Html, facts: &Facts<'_>) {
    if facts.comparisons.is_empty() {
        return;
    }
    html.chapter("comparison", "Beside other partitions", |html| {
        for comparison in facts.comparisons {
            html.heading(&comparison.name);
            html.paragraph(&sentence(comparison));
            table(comparison).write(html);
        }
        html.note(
            "Adjusted Rand index: 1 for equal partitions, about 0 for unrelated ones. Normalised mutual information: from 0 to 1. \
             Variation of information: 0 for equal partitions, in nats. Areas are matched one to one by the share of zones they \
             have in common; residents and jobs differ where their zone lies in areas that are not matched.",
        );
    });
}

fn sentence(results: &ComparisonResults) -> String {
    let Comparison {
        areas: [ours, theirs],
        identical,
        zones_differing,
        zones,
        residents_differing,
        jobs_differing,
        zones_only,
        ..
    } = &results.comparison;
    let mut sentence = format!(
        "{} here, {} there; {} made of the same zones in both. {} of {} lie elsewhere than their matched area",
        plural(*ours, "area", "areas"),
        plural(*theirs, "area", "areas"),
        plural(*identical, "is", "are"),
        count(*zones_differing as f64),
        plural(*zones, "zone", "zones"),
    );
    if let Some(share) = residents_differing {
        let _ = write!(sentence, ", with {} of the employed residents", percent(*share));
    }
    if let Some(share) = jobs_differing {
        let _ = write!(sentence, " and {} of the jobs", percent(*share));
    }
    sentence.push('.');
    let [here, there] = *zones_only;
    if here + there > 0 {
        let _ = write!(
            sentence,
            " {} an area here only and {} there only; they are left out.",
            plural(here, "zone has", "zones have"),
            count(there as f64)
        );
    }
    sentence
}

fn table(results: &ComparisonResults) -> Table {
    let caption = format!("Agreement with {}", results.name);
    let before = results.before_tuning.as_ref();
    let mut columns = vec![Column::Text("Index"), Column::Number("Areas of this study")];
    if before.is_some() {
        columns.push(Column::Number("Before tuning"));
    }
    let mut table = Table::new(caption, &columns);
    let mut row = |name: &str, of: &dyn Fn(&Comparison) -> String| {
        table.row(
            [Some(name.to_owned()), Some(of(&results.comparison)), before.map(of)].into_iter().flatten(),
        );
    };
    row("Areas", &|c| count(c.areas[0] as f64));
    row("Areas of the same zones", &|c| count(c.identical as f64));
    row("Adjusted Rand index, by zones", &|c| decimal(c.by_zones.ari, 3));
    row("Adjusted Rand index, by residents", &|c| {
        or_none(c.by_residents.map(|by| by.ari), |value| decimal(value, 3))
    });
    row("Normalised mutual information, by zones", &|c| decimal(c.by_zones.nmi, 3));
    row("Normalised mutual information, by residents", &|c| {
        or_none(c.by_residents.map(|by| by.nmi), |value| decimal(value, 3))
    });
    row("Variation of information, by zones (nats)", &|c| decimal(c.by_zones.vi, 3));
    row("Variation of information, by residents (nats)", &|c| {
        or_none(c.by_residents.map(|by| by.vi), |value| decimal(value, 3))
    });
    row("Zones that differ", &|c| count(c.zones_differing as f64));
    row("Share of employed residents that differ", &|c| or_none(c.residents_differing, percent));
    table
}
