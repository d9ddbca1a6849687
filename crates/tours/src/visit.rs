//! What was agreed with a host.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// How far it is with a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has been asked.
    #[default]
    Proposed,
    /// The host has been asked; no answer yet.
    Asked,
    /// The host expects the delegation at a fixed time.
    Confirmed,
    /// The host has said no.
    Declined,
}

/// What the planner demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Demand {
    /// Visit it if that is worth while.
    #[default]
    Free,
    /// Visit it.
    Mandatory,
    /// Do not visit it.
    Excluded,
}

/// What was agreed with a host, and what the planner demands. A host without one is proposed and free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Code of the host.
    pub host: String,
    /// How far it is.
    #[serde(default)]
    pub state: State,
    /// What is demanded.
    #[serde(default)]
    pub demand: Demand,
    /// When it begins, in local time of the tour: a confirmed visit has one, and it is kept to the minute whatever the hours say. A visit that is not confirmed and has one is
    /// wanted at that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveDateTime>,
    /// The only day on which it is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// How long it takes, in minutes, where not as long as the host says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Value that the planner gives it on top of what is counted, in points; may be negative.
    #[serde(default)]
    pub extra: i64,
}

impl Visit {
    /// A visit of this host of which nothing is known yet.
    pub fn of(host: impl Into<String>) -> Self {
        Self {
            host: host.into(),
            state: State::default(),
            demand: Demand::default(),
            start: None,
            day: None,
            minutes: None,
            extra: 0,
        }
    }
}
