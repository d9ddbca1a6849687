//! What the rule looked at in an area: its tests and its jobs.

use serde::Serialize;
use utoipa::ToSchema;

use crate::documents::index::{flag, number, text};
use crate::edition::Edition;
use crate::table::Table;

/// One test of the rule: a row of `steps`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Step {
    /// Step of the rule, 1 to 4.
    pub step: i64,
    /// The test.
    pub test: String,
    /// The industry tested, or all.
    pub industry: String,
    /// Its name; null where the test is of all.
    pub industry_name: Option<String>,
    /// Whether the verdict rests on it.
    pub counts: bool,
    /// pass, fail, missing or not applicable.
    pub outcome: String,
    /// The value, in the unit of the test; null where it is missing or does not apply.
    pub value: Option<f64>,
    /// What the value is held against.
    pub threshold: Option<f64>,
    /// Value less threshold.
    pub margin: Option<f64>,
    /// Margin over the size of the threshold; null where that is 0.
    pub relative_margin: Option<f64>,
    /// Why the test could not be made.
    pub why_missing: Option<String>,
    /// Whether figures that it rests on are estimated.
    pub estimated: bool,
}

/// Jobs of one group and size: a row of `area_jobs`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct JobsRow {
    /// macro_sector or industry.
    pub grouping: String,
    /// The macro-sector or industry.
    pub group: String,
    /// Its name.
    pub group_name: String,
    /// Size class of the local unit.
    pub size_class: String,
    /// Employees; null where no record has a figure.
    pub employees: Option<f64>,
    /// Status of the figure.
    pub employees_status: String,
    /// Local units; null where no record has a figure.
    pub local_units: Option<f64>,
    /// Status of the figure.
    pub local_units_status: String,
}

/// Every test on an area.
pub(super) fn steps(edition: &Edition, area: u32) -> Vec<Step> {
    let index = edition.index();
    let Some(table) = edition.table("steps") else { return Vec::new() };
    index.steps.of(area).iter().map(|&row| step(edition, table, row as usize)).collect()
}

/// A row of `steps`.
pub(in crate::documents) fn step(edition: &Edition, table: &Table, row: usize) -> Step {
    let industry = text(table, row, "industry").unwrap_or_default();
    let number = |column| number(table, row, column);
    Step {
        step: number("step").unwrap_or_default() as i64,
        test: text(table, row, "test").unwrap_or_default(),
        industry_name: (industry != "all").then(|| edition.index().industry_name(&industry).to_owned()),
        industry,
        counts: flag(table, row, "counts"),
        outcome: text(table, row, "outcome").unwrap_or_default(),
        value: number("value"),
        threshold: number("threshold"),
        margin: number("margin"),
        relative_margin: number("relative_margin"),
        why_missing: text(table, row, "why_missing"),
        estimated: flag(table, row, "estimated"),
    }
}

/// The jobs of an area.
pub(super) fn jobs(edition: &Edition, area: u32) -> Vec<JobsRow> {
    let index = edition.index();
    let Some(table) = edition.table("area_jobs") else { return Vec::new() };
    index.jobs.of(area).iter().map(|&row| jobs_row(edition, table, row as usize)).collect()
}

fn jobs_row(edition: &Edition, table: &Table, row: usize) -> JobsRow {
    let index = edition.index();
    let text = |column| text(table, row, column).unwrap_or_default();
    let (grouping, group) = (text("grouping"), text("group"));
    let name =
        if grouping == "macro_sector" { index.sector_name(&group) } else { index.industry_name(&group) };
    JobsRow {
        group_name: name.to_owned(),
        grouping,
        group,
        size_class: text("size_class"),
        employees: number(table, row, "employees"),
        employees_status: text("employees_status"),
        local_units: number(table, row, "local_units"),
        local_units_status: text("local_units_status"),
    }
}
