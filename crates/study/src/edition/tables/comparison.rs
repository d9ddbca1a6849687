//! The areas held against other partitions.

use arrow::error::ArrowError;
use distretto_regions::compare::Comparison;

use crate::edition::table::{Table, TableBuilder};
use crate::run::{ComparisonResults, Results};

/// One row a partition and figure.
pub fn comparison(results: &Results) -> Result<Table, ArrowError> {
    let mut rows: Vec<(&str, &str, String, Option<f64>)> = Vec::new();
    for found in &results.comparisons {
        let after = figures(&found.comparison, found.jobs_differing);
        rows.extend(after.into_iter().map(|(figure, value)| (found.name.as_str(), "final", figure, value)));
        for (figure, value) in found.before_tuning.iter().flat_map(|before| figures(before, None)) {
            rows.push((&found.name, "before_tuning", figure, value));
        }
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

/// The figures of a comparison with their names.
pub fn figures(found: &Comparison, jobs_differing: Option<f64>) -> Vec<(String, Option<f64>)> {
    let count = |value: usize| Some(value as f64);
    let mut figures = vec![
        ("zones".to_owned(), count(found.zones)),
        ("zones_only_in_first".to_owned(), count(found.zones_only[0])),
        ("zones_only_in_second".to_owned(), count(found.zones_only[1])),
        ("areas_first".to_owned(), count(found.areas[0])),
        ("areas_second".to_owned(), count(found.areas[1])),
        ("identical_areas".to_owned(), count(found.identical)),
        ("zones_differing".to_owned(), count(found.zones_differing)),
        ("share_of_residents_differing".to_owned(), found.weight_differing),
    ];
    if jobs_differing.is_some() {
        figures.push(("share_of_jobs_differing".to_owned(), jobs_differing));
    }
    for (suffix, indices) in [("", &found.unweighted), ("_by_residents", &found.weighted)] {
        for (name, value) in [
            ("ari", indices.ari),
            ("nmi", indices.nmi),
            ("vi", indices.vi),
            ("homogeneity", indices.homogeneity),
            ("completeness", indices.completeness),
            ("v_measure", indices.v_measure),
        ] {
            figures.push((format!("{name}{suffix}"), Some(value)));
        }
    }
    figures
}

/// One row a pair of areas that share zones.
pub fn crosswalk(results: &Results) -> Result<Table, ArrowError> {
    let rows: Vec<Shared> = results.comparisons.iter().flat_map(|found| shared(results, found)).collect();
    TableBuilder::new(
        "crosswalk",
        "What each area shares with each area of another partition.",
        &["partition", "area", "other"],
    )
    .text("partition", "The other partition.", rows.iter().map(|row| Some(row.partition)))
    .text("area", "Code of our area.", rows.iter().map(|row| Some(row.area)))
    .text("other", "Code of the other area.", rows.iter().map(|row| Some(row.other)))
    .whole("zones", "Zones in both.", rows.iter().map(|row| Some(row.zones as i64)))
    .number(
        "residents",
        "Employed residents of these zones, persons.",
        rows.iter().map(|row| Some(row.residents)),
    )
    .number("workers", "Jobs in these zones, persons.", rows.iter().map(|row| Some(row.workers)))
    .number(
        "share_of_area",
        "Share of the employed residents of our area, 0 to 1.",
        rows.iter().map(|row| row.share_of_area),
    )
    .number(
        "share_of_other",
        "Share of the employed residents of the other area, 0 to 1.",
        rows.iter().map(|row| row.share_of_other),
    )
    .number(
        "jaccard",
        "Zones in both over zones in either, 0 to 1.",
        rows.iter().map(|row| Some(row.jaccard)),
    )
    .flag("matched", "Whether the two are matched with each other.", rows.iter().map(|row| Some(row.matched)))
    .build()
}

/// What an area shares with an area of another partition.
struct Shared<'a> {
    partition: &'a str,
    area: &'a str,
    other: &'a str,
    zones: usize,
    residents: f64,
    workers: f64,
    share_of_area: Option<f64>,
    share_of_other: Option<f64>,
    jaccard: f64,
    matched: bool,
}

fn shared<'a>(results: &'a Results, found: &'a ComparisonResults) -> Vec<Shared<'a>> {
    let theirs = &found.other(&results.input).partition;
    let residents = found.residents.cells().map(|(_, cell)| cell.weight);
    let workers = found.workers.cells().map(|(_, cell)| cell.weight);
    let share = |part: f64, whole: f64| (whole > 0.0).then(|| part / whole);
    let cells = found.zones.cells().zip(residents.zip(workers));
    cells
        .map(|(((a, b), cell), (residents, workers))| {
            let either = found.zones.of_a(a).zones + found.zones.of_b(b).zones - cell.zones;
            Shared {
                partition: found.name.as_str(),
                area: results.areas.partition.code(a),
                other: theirs.code(b),
                zones: cell.zones,
                residents,
                workers,
                share_of_area: share(residents, found.residents.of_a(a).weight),
                share_of_other: share(residents, found.residents.of_b(b).weight),
                jaccard: cell.zones as f64 / either as f64,
                matched: found.matching.partner(a) == Some(b),
            }
        })
        .collect()
}
