//! Every step of the rule on every area.

use arrow::error::ArrowError;
use distretto_districts::{Outcome, Step};
use distretto_territory::Partition;

use crate::edition::table::{Table, TableBuilder};
use crate::run::DistrictResults;

/// One row an area and test; step 4 once for every candidate industry.
pub fn steps(found: &DistrictResults, partition: &Partition) -> Result<Table, ArrowError> {
    let mut rows: Vec<(u32, Option<usize>, bool, &Step)> = Vec::new();
    for area in &found.verdicts {
        rows.extend(area.first_steps.iter().map(|step| (area.area, None, true, step)));
        for industry in &area.industries {
            let is_main = area.main_industry == Some(industry.industry);
            if industry.candidate || is_main {
                rows.extend(
                    industry.steps.iter().map(|step| (area.area, Some(industry.industry), is_main, step)),
                );
            }
        }
    }
    let missing = |step: &Step| match &step.outcome {
        Outcome::Missing(reason) => Some(reason.to_string()),
        _ => None,
    };
    TableBuilder::new(
        "steps",
        "Every test of the rule on every area: value, threshold, margin.",
        &["area", "test", "industry"],
    )
    .text("area", "Code of the area.", rows.iter().map(|row| Some(partition.code(row.0))))
    .whole("step", "Step of the rule, 1 to 4.", rows.iter().map(|row| Some(i64::from(row.3.test.number()))))
    .text("test", "The test.", rows.iter().map(|row| Some(row.3.test.name())))
    .text(
        "industry",
        "The industry tested (step 4), or all (steps 1 to 3).",
        rows.iter().map(|row| Some(row.1.map_or("all", |industry| found.industry_id(industry)))),
    )
    .flag(
        "counts",
        "Whether the verdict rests on it: false for step 4 of an industry that is not the main one.",
        rows.iter().map(|row| Some(row.2)),
    )
    .text(
        "outcome",
        "pass, fail, missing or not applicable.",
        rows.iter().map(|row| Some(row.3.outcome.name())),
    )
    .number("value", "The value, in the unit of the test.", rows.iter().map(|row| row.3.value))
    .number("threshold", "What the value is held against.", rows.iter().map(|row| row.3.threshold))
    .number(
        "margin",
        "Value less threshold; above 0 on the side of a district.",
        rows.iter().map(|row| row.3.margin()),
    )
    .number(
        "relative_margin",
        "Margin over the size of the threshold.",
        rows.iter().map(|row| row.3.relative_margin()),
    )
    .text("why_missing", "Why the test could not be made.", rows.iter().map(|row| missing(row.3)))
    .flag(
        "estimated",
        "Whether figures that it rests on are estimated.",
        rows.iter().map(|row| Some(row.3.estimated)),
    )
    .text(
        "description",
        "What value is held against what threshold.",
        rows.iter().map(|row| Some(row.3.test.description())),
    )
    .build()
}
