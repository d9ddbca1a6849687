//! What goes into a road book.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use distretto_tours::tour::Personal;
use distretto_tours::{Plan, Tour, Travel};
use serde::{Deserialize, Serialize};

use crate::words::Words;

/// All that a road book is made from.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    /// What the tour is called by programs: a text that stays the same when the plan changes, such as the name of its folder. A calendar knows events again by it.
    pub id: &'a str,
    /// The tour.
    pub tour: &'a Tour,
    /// The plan that is told.
    pub plan: &'a Plan,
    /// The ways between hosts and bases.
    pub travel: &'a Travel,
    /// Names and numbers of persons. `None`: no output holds anything personal.
    pub personal: Option<&'a Personal>,
    /// The language.
    pub words: &'a Words,
    /// The moment at which the book is made; printed, and the stamp of the calendar.
    pub made: DateTime<Utc>,
    /// What is known of districts, in any order. A visited district without an entry is told from [`Tour::districts`].
    pub readings: &'a [Reading],
    /// Orders of phases, where known.
    pub chains: &'a [Chain],
    /// Names of industries by code; those of [`Tour::districts`] need not be repeated. An industry without a name is shown by its code.
    pub industries: &'a BTreeMap<String, String>,
    /// Whom to call.
    pub emergency: &'a Emergency,
    /// Lines of roads, for the pairs for which they are known; other legs are drawn straight.
    pub routes: &'a [Route],
    /// What maps show behind the stops.
    pub outlines: &'a [Outline],
}

/// What to read on a district before the tour.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// Code of the district, as hosts give it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Name of its main industry; empty where unknown.
    #[serde(default)]
    pub industry: String,
    /// Why it is a district, in a few sentences; empty where nobody has said. A blank line begins a paragraph.
    #[serde(default)]
    pub why: String,
    /// Whether it is a district by the rule of the edition: an edition divides a country into areas, and not all of them are. Absent where no
    /// edition is known; it is then called a district, as the tour does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_district: Option<bool>,
    /// Probability that it is a district, 0 to 1; absent where nobody has reckoned it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<f64>,
    /// Persons employed in its main industry; absent where unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workers: Option<u64>,
    /// Local units of its main industry; absent where unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<u64>,
    /// Address of its page, `https://…` or `http://…`; empty where there is none. Anything else is shown and not linked.
    #[serde(default)]
    pub link: String,
}

/// The order of the phases of a process.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Chain {
    /// Phases from first to last, as hosts name them.
    pub phases: Vec<String>,
}

/// Whom to call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Emergency {
    /// Public numbers: hospitals, embassies, the number of the chamber. Shown always.
    #[serde(default)]
    pub numbers: Vec<Number>,
    /// Persons: the leader, the driver of the coach. Personal: not read where [`Book::personal`] is `None`.
    #[serde(default)]
    pub people: Vec<Number>,
}

/// A number to call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Number {
    /// Who answers.
    pub who: String,
    /// The telephone number, with country code.
    pub number: String,
}

/// The line of the road from one place to another.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Route {
    /// Code of the host or base where it begins.
    pub from: String,
    /// Code of the host or base where it ends.
    pub to: String,
    /// Longitudes and latitudes in degrees, WGS 84. Fewer than two points are no line.
    pub line: Vec<(f64, f64)>,
}

/// An area behind the stops of a map.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Outline {
    /// Its name; empty for an area that is not named on the map.
    #[serde(default)]
    pub name: String,
    /// Whether it is a district, as in [`Reading::is_district`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_district: Option<bool>,
    /// Rings of longitudes and latitudes in degrees, WGS 84: outer ones and holes alike (what an even number of rings surround is outside).
    pub rings: Vec<Vec<(f64, f64)>>,
}

/// Why a road book cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// The plan visits a host that the tour does not have.
    #[error("the plan of {date} visits `{code}`, which is no host of the tour")]
    UnknownHost {
        /// The day.
        date: NaiveDate,
        /// The code.
        code: String,
    },
    /// The plan names a base that the tour does not have.
    #[error("the plan of {date} names `{code}`, which is no base of the tour")]
    UnknownBase {
        /// The day.
        date: NaiveDate,
        /// The code.
        code: String,
    },
    /// The plan has a meal or rest at a place that the tour does not have.
    #[error(
        "the plan of {date} has a meal or rest at `{code}`, which is neither a host nor a base of the tour"
    )]
    UnknownPlace {
        /// The day.
        date: NaiveDate,
        /// The code.
        code: String,
    },
    /// Something of the plan ends before it begins.
    #[error("the plan of {date} has {what} that ends before it begins")]
    Backwards {
        /// The day.
        date: NaiveDate,
        /// What it is.
        what: String,
    },
    /// A longitude or latitude that is none.
    #[error(
        "`{code}` has no place on the globe: longitude must be from -180 to 180 degrees, latitude from -90 to 90"
    )]
    Place {
        /// Code of the host or base, or the name of the outline.
        code: String,
    },
    /// An output could not be written; a fault of this program.
    #[error("the road book could not be written: {0}")]
    Write(String),
}

impl BookError {
    /// The fault of a writer.
    #[allow(clippy::needless_pass_by_value)] // The form that `map_err` takes.
    pub(crate) fn write(error: impl ToString) -> Self {
        Self::Write(error.to_string())
    }
}
