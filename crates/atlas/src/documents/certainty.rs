//! How sure the answer is.

use serde::Serialize;
use utoipa::ToSchema;

use super::index::{flag, number};
use crate::edition::Edition;
use crate::table::Table;

/// How sure the answer is, over the replicates in which all sources vary together.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AnswerCertainty {
    /// The sources that vary.
    pub vary: Vec<String>,
    /// How many replicates.
    pub replicates: u64,
    /// Number of areas.
    pub areas: Option<CountInterval>,
    /// Number of districts; null without jobs.
    pub districts: Option<CountInterval>,
    /// In how many replicates there are how many.
    pub histogram: Vec<HistogramBar>,
    /// Districts of the run that replicates find at least nine times in ten.
    pub near_certain: usize,
    /// Districts of the run found less often, but at least every other time.
    pub likely: usize,
    /// Districts of the run found less often than that.
    pub doubtful: usize,
    /// Other areas that are a district in at least one replicate of twenty.
    pub unlikely: usize,
    /// Zones by how firmly they belong to their area.
    pub memberships: Memberships,
}

/// A count in the run and over replicates; both ends of an interval belong to it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CountInterval {
    /// In the run itself.
    pub run: f64,
    /// Median over replicates.
    pub median: f64,
    /// Lower end of the 80 % interval.
    pub low80: f64,
    /// Upper end of the 80 % interval.
    pub high80: f64,
    /// Lower end of the 95 % interval.
    pub low95: f64,
    /// Upper end of the 95 % interval.
    pub high95: f64,
}

/// A count that occurred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HistogramBar {
    /// What is counted: areas or districts.
    pub of: String,
    /// The count.
    pub count: i64,
    /// In how many replicates it occurred.
    pub replicates: i64,
}

/// Zones by how firmly they belong to their area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Memberships {
    /// Core zones.
    pub core: usize,
    /// Fringe zones.
    pub fringe: usize,
    /// Contested zones.
    pub contested: usize,
}

/// How sure the answer of an edition is; `None` where no replicates were made.
pub(super) fn certainty(edition: &Edition) -> Option<AnswerCertainty> {
    let set = together(edition)?;
    let counts = edition.table("counts");
    let class = |from: f64, below: f64| districts(edition, true, "existence", from, below);
    Some(AnswerCertainty {
        replicates: edition.manifest["certainty"]["replicates"][&set].as_u64().unwrap_or_default(),
        vary: set.split('+').map(str::to_owned).collect(),
        areas: counts.and_then(|counts| interval(counts, &set, "areas")),
        districts: counts.and_then(|counts| interval(counts, &set, "districts")),
        histogram: edition.table("histogram").map(|table| histogram(table, &set)).unwrap_or_default(),
        near_certain: class(0.9, f64::INFINITY),
        likely: class(0.5, 0.9),
        doubtful: class(f64::NEG_INFINITY, 0.5),
        unlikely: districts(edition, false, "existence_any_industry", 0.05, f64::INFINITY),
        memberships: memberships(edition),
    })
}

/// Expected number of districts with this main industry, over the replicates in which all sources vary together.
pub(super) fn expected(edition: &Edition, industry: &str) -> Option<f64> {
    let set = together(edition)?;
    let counts = edition.table("counts")?;
    let row = row(counts, [&set, "districts", "industry", industry])?;
    number(counts, row, "mean")
}

/// The set of replicates in which all sources vary together.
fn together(edition: &Edition) -> Option<String> {
    let sources = edition.manifest["certainty"]["vary"].as_array()?.iter();
    Some(sources.filter_map(|source| source.as_str()).collect::<Vec<_>>().join("+"))
}

fn row(counts: &Table, key: [&str; 4]) -> Option<usize> {
    let columns = ["set", "what", "scope", "group"];
    (0..counts.rows())
        .find(|&row| columns.iter().zip(key).all(|(column, key)| counts.text(row, column) == Some(key)))
}

fn interval(counts: &Table, set: &str, what: &str) -> Option<CountInterval> {
    let row = row(counts, [set, what, "total", "all"])?;
    let number = |column| number(counts, row, column);
    Some(CountInterval {
        run: number("base")?,
        median: number("median")?,
        low80: number("low80")?,
        high80: number("high80")?,
        low95: number("low95")?,
        high95: number("high95")?,
    })
}

fn histogram(table: &Table, set: &str) -> Vec<HistogramBar> {
    let bar = |row: usize| {
        Some(HistogramBar {
            of: table.text(row, "what")?.to_owned(),
            count: number(table, row, "value")? as i64,
            replicates: number(table, row, "replicates")? as i64,
        })
    };
    (0..table.rows()).filter(|&row| table.text(row, "set") == Some(set)).filter_map(bar).collect()
}

/// Areas that are a district in the run, or not, by how often replicates find one.
fn districts(edition: &Edition, in_base: bool, column: &str, from: f64, below: f64) -> usize {
    let Some(table) = edition.table("district_certainty") else { return 0 };
    let often = |row: &usize| number(table, *row, column).is_some_and(|share| (from..below).contains(&share));
    (0..table.rows()).filter(|&row| flag(table, row, "in_base") == in_base).filter(often).count()
}

fn memberships(edition: &Edition) -> Memberships {
    let kinds = edition.table("zone_certainty").and_then(|table| table.texts("kind"));
    let count = |kind: &str| {
        kinds.map_or(0, |kinds| kinds.iter().flatten().filter(|of_zone| *of_zone == kind).count())
    };
    Memberships { core: count("core"), fringe: count("fringe"), contested: count("contested") }
}
