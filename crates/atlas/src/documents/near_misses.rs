//! Areas and districts close to a threshold.

use serde::Serialize;
use utoipa::ToSchema;

use super::area::{Other, Step, step};
use super::index::{number, other};
use crate::edition::Edition;
use crate::table::Table;

/// Areas shown on each side.
const SHOWN: usize = 15;

/// An area and the test that decides about it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NearMiss {
    /// The area.
    #[serde(flatten)]
    pub area: Other,
    /// The test.
    pub test: String,
    /// The industry tested, or all.
    pub industry: String,
    /// Its name; null where the test is of all.
    pub industry_name: Option<String>,
    /// The value, in the unit of the test.
    pub value: Option<f64>,
    /// What the value is held against.
    pub threshold: Option<f64>,
    /// Margin over the size of the threshold.
    pub relative_margin: Option<f64>,
    /// How often replicates make it a district, whatever its main industry, 0 to 1; null without them.
    pub probability: Option<f64>,
}

/// Areas that fail one test that counts and miss no figure, by how far they are from its threshold; of equals in the order of
/// their codes. A test whose threshold is 0 has no relative margin, and an area that fails it is left out.
pub(super) fn near_misses(edition: &Edition) -> Vec<NearMiss> {
    nearest(edition, |steps| {
        let mut failed = steps.iter().filter(|step| step.outcome == "fail");
        let (Some(one), None) = (failed.next(), failed.next()) else { return None };
        (!steps.iter().any(|step| step.outcome == "missing")).then_some(one)
    })
}

/// Districts by the smallest margin of a test that counts; of equals in the order of their codes.
pub(super) fn near_falls(edition: &Edition) -> Vec<NearMiss> {
    nearest(edition, |steps| {
        if steps.is_empty()
            || !steps.iter().all(|step| matches!(step.outcome.as_str(), "pass" | "not applicable"))
        {
            return None;
        }
        let passed = steps.iter().filter_map(|step| Some((step, step.relative_margin?)));
        passed.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(step, _)| step)
    })
}

/// The areas with a decisive test among those that count, the smallest margin first.
fn nearest(edition: &Edition, decisive: impl Fn(&[Step]) -> Option<&Step>) -> Vec<NearMiss> {
    let Some(table) = edition.table("steps") else { return Vec::new() };
    let index = edition.index();
    let of_area = |area: u32| {
        let rows = index.steps.of(area).iter().map(|&row| step(edition, table, row as usize));
        let steps: Vec<Step> = rows.filter(|step| step.counts).collect();
        let found = decisive(&steps)?.clone();
        Some((area, found.relative_margin?, found))
    };
    let mut found: Vec<(u32, f64, Step)> = (0..edition.areas() as u32).filter_map(of_area).collect();
    found.sort_by(|a, b| a.1.abs().total_cmp(&b.1.abs()).then(a.0.cmp(&b.0)));
    found.truncate(SHOWN);
    found.into_iter().map(|(area, _, step)| near_miss(edition, area, step)).collect()
}

fn near_miss(edition: &Edition, area: u32, step: Step) -> NearMiss {
    let certainty = edition.table("district_certainty");
    let row = certainty.and_then(|table| row_of(table, area, edition));
    NearMiss {
        area: other(edition, area),
        test: step.test,
        industry: step.industry,
        industry_name: step.industry_name,
        value: step.value,
        threshold: step.threshold,
        relative_margin: step.relative_margin,
        probability: certainty.zip(row).and_then(|(table, row)| number(table, row, "existence_any_industry")),
    }
}

/// The row of an area in a table with a row for each area.
fn row_of(table: &Table, area: u32, edition: &Edition) -> Option<usize> {
    let row = area as usize;
    (row < table.rows() && table.text(row, "area") == Some(edition.partition.code(area))).then_some(row)
}
