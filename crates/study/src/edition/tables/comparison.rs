//! The areas held against other partitions.

use arrow::error::ArrowError;
use distretto_regions::compare::{Comparison, Shared};
use distretto_territory::Partition;

use crate::edition::table::{Table, TableBuilder};
use crate::run::Results;

/// One row a partition and figure.
pub fn comparison(results: &Results) -> Result<Table, ArrowError> {
    let mut rows: Vec<(&str, &str, String, Option<f64>)> = Vec::new();
    for found in &results.comparisons {
        let of = |areas: &'static str, comparison: &Comparison| {
            figures(comparison)
                .into_iter()
                .map(move |(figure, value)| (found.name.as_str(), areas, figure, value))
        };
        rows.extend(of("final", &found.comparison));
        rows.extend(found.before_tuning.iter().flat_map(|before| of("before_tuning", before)));
    }
    TableBuilder::new(
        "comparison",
        "The areas held against other partitions.",
        &["partition", "areas", "figure"],
    )
    .text("partition", "The other partition.", rows.iter().map(|row| Some(row.0)))
    .text("areas", "Our areas: final, or before_tuning.", rows.iter().map(|row| Some(row.1)))
    .text("figure", "Name of the figure.", rows.iter().map(|row| Some(&row.2)))
    .number("value", "Its value.", rows.iter().map(|row| row.3))
    .build()
}

/// The figures of one comparison.
pub fn comparison_figures(found: &Comparison) -> Result<Table, ArrowError> {
    let figures = figures(found);
    TableBuilder::new("comparison", "Two partitions side by side.", &["figure"])
        .text("figure", "Name of the figure.", figures.iter().map(|figure| Some(&figure.0)))
        .number("value", "Its value.", figures.iter().map(|figure| figure.1))
        .build()
}

fn figures(found: &Comparison) -> Vec<(String, Option<f64>)> {
    let count = |value: usize| Some(value as f64);
    let mut figures = vec![
        ("zones".to_owned(), count(found.zones)),
        ("zones_only_in_first".to_owned(), count(found.zones_only[0])),
        ("zones_only_in_second".to_owned(), count(found.zones_only[1])),
        ("areas_first".to_owned(), count(found.areas[0])),
        ("areas_second".to_owned(), count(found.areas[1])),
        ("identical_areas".to_owned(), count(found.identical)),
        ("zones_differing".to_owned(), count(found.zones_differing)),
    ];
    if found.by_residents.is_some() {
        figures.push(("share_of_residents_differing".to_owned(), found.residents_differing));
        figures.push(("share_of_jobs_differing".to_owned(), found.jobs_differing));
    }
    for (suffix, indices) in [("", Some(&found.by_zones)), ("_by_residents", found.by_residents.as_ref())] {
        for (name, value) in indices.into_iter().flat_map(|indices| {
            [
                ("ari", indices.ari),
                ("nmi", indices.nmi),
                ("vi", indices.vi),
                ("homogeneity", indices.homogeneity),
                ("completeness", indices.completeness),
                ("v_measure", indices.v_measure),
            ]
        }) {
            figures.push((format!("{name}{suffix}"), Some(value)));
        }
    }
    figures
}

/// One row a pair of areas that share zones, for every partition of the study.
pub fn crosswalk(results: &Results) -> Result<Table, ArrowError> {
    let rows: Vec<(&str, &Partition, &Shared)> = results
        .comparisons
        .iter()
        .flat_map(|found| {
            let theirs = &found.other(&results.input).partition;
            found.comparison.crosswalk.iter().map(move |shared| (found.name.as_str(), theirs, shared))
        })
        .collect();
    let table = TableBuilder::new(
        "crosswalk",
        "What each area shares with each area of another partition.",
        &["partition", "area", "other"],
    )
    .text("partition", "The other partition.", rows.iter().map(|row| Some(row.0)));
    let pairs: Vec<_> = rows.iter().map(|&(_, theirs, shared)| (theirs, shared)).collect();
    shared_columns(table, &results.areas.partition, &pairs).build()
}

/// The crosswalk of one comparison.
pub fn comparison_crosswalk(
    ours: &Partition,
    theirs: &Partition,
    found: &Comparison,
) -> Result<Table, ArrowError> {
    let table = TableBuilder::new(
        "crosswalk",
        "What each area of the first partition shares with each of the second.",
        &["area", "other"],
    );
    let pairs: Vec<_> = found.crosswalk.iter().map(|shared| (theirs, shared)).collect();
    shared_columns(table, ours, &pairs).build()
}

fn shared_columns(table: TableBuilder, ours: &Partition, rows: &[(&Partition, &Shared)]) -> TableBuilder {
    table
        .text("area", "Code of our area, or of the first.", rows.iter().map(|row| Some(ours.code(row.1.a))))
        .text("other", "Code of the other area.", rows.iter().map(|row| Some(row.0.code(row.1.b))))
        .whole("zones", "Zones in both.", rows.iter().map(|row| Some(row.1.zones as i64)))
        .number(
            "residents",
            "Employed residents of these zones, persons.",
            rows.iter().map(|row| row.1.residents),
        )
        .number("workers", "Jobs in these zones, persons.", rows.iter().map(|row| row.1.workers))
        .number(
            "share_of_area",
            "Share of the employed residents of our area, 0 to 1.",
            rows.iter().map(|row| row.1.share_of_a),
        )
        .number(
            "share_of_other",
            "Share of the employed residents of the other area, 0 to 1.",
            rows.iter().map(|row| row.1.share_of_b),
        )
        .number(
            "jaccard",
            "Zones in both over zones in either, 0 to 1.",
            rows.iter().map(|row| Some(row.1.jaccard)),
        )
        .flag(
            "matched",
            "Whether the two are matched with each other.",
            rows.iter().map(|row| Some(row.1.matched)),
        )
}
