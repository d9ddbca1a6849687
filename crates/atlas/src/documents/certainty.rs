//! How sure the answer is.

use serde::Serialize;
use utoipa::ToSchema;

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
