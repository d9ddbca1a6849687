//! Micro-data: registers of establishments, trips of persons, invoices between firms.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::day::{day, days};

/// A register of establishments that is added up to jobs, in the place of a table of them: one row a local unit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Register {
    /// The source, one of `[sources]`.
    pub source: String,
    /// What its columns are called.
    pub columns: RegisterColumns,
    /// The day that counts, such as `"2011-10-09"`: units that were not open on it are passed over. Every unit counts where it is not
    /// given.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "day")]
    pub on: Option<String>,
}

/// Columns of a register of establishments.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct RegisterColumns {
    /// The local unit; only for `[transactions.firms]`, where it decides between units of a firm with as many employees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The firm that it belongs to; only for `[transactions.firms]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firm: Option<String>,
    /// Code of the zone; or else `lon` and `lat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Longitude, in degrees: the unit is in the zone of `[borders]` that holds the point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<String>,
    /// Latitude, in degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<String>,
    /// Code of the activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Number of employees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employees: Option<String>,
    /// Band of size, where there are no employees, or where it decides the size class; not for `[transactions.firms]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size_class: Option<String>,
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Last day; empty while the unit is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Sun,
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
}

/// What of trips is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TripsCount {
    /// Every trip, from where it starts to where it ends.
    #[default]
    Trips,
    /// Every person once, from home to work, inferred from where the person's trips end.
    Persons,
}

/// Trips of persons or devices that become flows, in the place of a table of them: one row a trip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Trips {
    /// The source, one of `[sources]`.
    pub source: String,
    /// What its columns are called.
    pub columns: TripsColumns,
    /// What is counted.
    pub count: TripsCount,
    /// Purposes to keep when trips are counted; all where the list is empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<String>,
    /// Days of the week to keep (for persons: on which arrivals count for work); all where the list is empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<Weekday>,
    /// Hours to keep when trips are counted, from the first to before the second, such as `[6, 10]`; over midnight where the first is
    /// the larger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<[u8; 2]>,
    /// For persons: home is the zone where most trips end in these hours of any day.
    pub home_hours: [u8; 2],
    /// For persons: only trips for these purposes count for home; all where the list is empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub home_purposes: Vec<String>,
    /// For persons: work is the zone where most trips end in these hours of the weekdays.
    pub work_hours: [u8; 2],
    /// For persons: only trips for these purposes count for work; all where the list is empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub work_purposes: Vec<String>,
    /// For persons: fewest trips that a home, and that a place of work, must rest on.
    pub at_least: u32,
    /// What flows are divided by, such as the number of days that the trips were made on.
    pub per: u32,
}

impl Default for Trips {
    fn default() -> Self {
        Self {
            source: String::new(),
            columns: TripsColumns::default(),
            count: TripsCount::default(),
            purposes: Vec::new(),
            weekdays: Vec::new(),
            hours: None,
            home_hours: [16, 5],
            home_purposes: Vec::new(),
            work_hours: [5, 15],
            work_purposes: Vec::new(),
            at_least: 1,
            per: 1,
        }
    }
}

/// Columns of trips.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct TripsColumns {
    /// The person or device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Code of the zone where a trip starts; or else `from_lon` and `from_lat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Code of the zone where it ends; or else `to_lon` and `to_lat`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Longitude of the start, in degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_lon: Option<String>,
    /// Latitude of the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_lat: Option<String>,
    /// Longitude of the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_lon: Option<String>,
    /// Latitude of the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_lat: Option<String>,
    /// Time, as the clock of the place shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// Purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Persons that the person stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
}

/// Invoices, or other ties between firms, that become a network of firms and trade between zones and between activities: one row a
/// tie. `distretto tables` makes them; a run does not need them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Transactions {
    /// The source, one of `[sources]`.
    pub source: String,
    /// What its columns are called.
    pub columns: TransactionsColumns,
    /// First and last day that count, both included, such as `["2011-01-01", "2011-12-31"]`; all where it is not given.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "days")]
    pub between: Option<[String; 2]>,
    /// A register that says where firms are and what they do; trade is summed up where it is given. A firm is where its unit with most
    /// employees is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firms: Option<Register>,
}

/// Columns of invoices.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct TransactionsColumns {
    /// The firm that sells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller: Option<String>,
    /// The firm that buys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer: Option<String>,
    /// The amount; every row counts 1 where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// The day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The product; the network is by product where it is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
}
