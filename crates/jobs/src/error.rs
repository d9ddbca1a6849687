//! What can be wrong with a table of jobs.

use std::fmt::Write;

/// An activity code that the stated classification does not have.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownActivity {
    /// The code as written in the table.
    pub code: String,
    /// Rows that have it.
    pub rows: usize,
    /// Employees known in these rows.
    pub employees: f64,
}

/// Why records are not a job cube, or data about activities are not usable.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum JobsError {
    /// A classification, grouping or list of bands that does not parse.
    #[error("{what} is not valid: {why}")]
    Data {
        /// Which data.
        what: String,
        /// The parser's or our reason.
        why: String,
    },
    /// No classification of this name.
    #[error("no classification is called `{name}`; known are {}", crate::ClassificationId::names().join(", "))]
    Classification {
        /// The name.
        name: String,
    },
    /// A grouping made for another system of codes.
    #[error("the grouping `{grouping}` is for {grouping_system} codes, but the table has {system} codes")]
    System {
        /// The grouping.
        grouping: String,
        /// Its system.
        grouping_system: String,
        /// The system of the table.
        system: String,
    },
    /// Not a number, or a negative or absurd one; `row` counts from 0.
    #[error("{what} {amount} in row {row} is not a number from 0 to 10^9")]
    Amount {
        /// Position of the record.
        row: usize,
        /// Employees or local units.
        what: &'static str,
        /// What stood there.
        amount: f64,
    },
    /// A zone index outside the zones; `row` counts from 0.
    #[error("row {row} names zone index {zone}, but there are {zones} zones")]
    Zone {
        /// Position of the record.
        row: usize,
        /// The index.
        zone: u32,
        /// Number of zones.
        zones: usize,
    },
    /// The partition is over other zones than the cube.
    #[error("the partition has {partition} zones, the table of jobs {cube}")]
    Partition {
        /// Zones of the partition.
        partition: usize,
        /// Zones of the cube.
        cube: usize,
    },
    /// Activity codes that the classification does not have.
    #[error("{}", unknown_activities(classification, activities, hint.as_deref()))]
    Activities {
        /// The stated classification.
        classification: String,
        /// All unknown codes, by code.
        activities: Vec<UnknownActivity>,
        /// Which other classification has them, or what else may have happened.
        hint: Option<String>,
    },
    /// More activity codes than any classification has.
    #[error("the table has more than 65,535 different activity codes: is this the activity column?")]
    TooManyActivities,
    /// The same jobs at two depths of the classification.
    #[error(
        "zone index {zone} has rows for activity `{coarse}` and for `{fine}` within it: the same jobs would count \
         twice; keep one depth of the classification"
    )]
    Nested {
        /// The zone.
        zone: u32,
        /// The wider activity.
        coarse: String,
        /// The narrower one.
        fine: String,
    },
    /// A number for all sizes beside numbers of the same measure by size.
    #[error(
        "zone index {zone}, activity `{activity}` has a row for all sizes beside rows by size class: the same jobs \
         would count twice; drop the rows for all sizes"
    )]
    TotalBesideClasses {
        /// The zone.
        zone: u32,
        /// The activity.
        activity: String,
    },
}

/// Codes named in an error before "and n more".
const NAMED: usize = 5;

fn unknown_activities(classification: &str, activities: &[UnknownActivity], hint: Option<&str>) -> String {
    let rows: usize = activities.iter().map(|activity| activity.rows).sum();
    let codes: Vec<String> = activities.iter().take(NAMED).map(|a| format!("`{}`", a.code)).collect();
    let mut text = format!(
        "{} in {} not in {classification}: {}",
        count(activities.len(), "activity code"),
        count(rows, "row"),
        codes.join(", ")
    );
    if activities.len() > NAMED {
        let _ = write!(text, " and {} more", activities.len() - NAMED);
    }
    if let Some(hint) = hint {
        let _ = write!(text, "; {hint}");
    }
    text
}

fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
