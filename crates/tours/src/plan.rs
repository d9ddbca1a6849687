//! An itinerary.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// A group at a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Persons.
    pub people: u32,
    /// When it is received.
    pub starts: NaiveDateTime,
    /// When it is done.
    pub ends: NaiveDateTime,
}

/// A visit in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Code of the host.
    pub host: String,
    /// When the coach arrives.
    pub arrives: NaiveDateTime,
    /// When the visit begins.
    pub starts: NaiveDateTime,
    /// When the last group is done.
    pub ends: NaiveDateTime,
    /// The groups, where the party is divided; empty where all go together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<Slot>,
}

/// A stretch of a day at a place: a meal, or a rest of the driver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When it begins.
    pub starts: NaiveDateTime,
    /// When it ends.
    pub ends: NaiveDateTime,
    /// Code of the host or base where it is; on the road where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// One day of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayPlan {
    /// The date.
    pub date: NaiveDate,
    /// Code of the base where it begins.
    pub from: String,
    /// Code of the base where it ends.
    pub to: String,
    /// When the coach leaves.
    pub departs: NaiveDateTime,
    /// When it is back.
    pub returns: NaiveDateTime,
    /// The visits, in order.
    pub stops: Vec<Stop>,
    /// The meal, where the day has one. Where a visit is the meal, it is that visit's time and place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meal: Option<Pause>,
    /// Rests of the driver beside stops and meals.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests: Vec<Pause>,
}

/// An itinerary: the file `plan.json`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// The days, in order.
    pub days: Vec<DayPlan>,
    /// Whether it is proven that no plan is better; absent where nobody has said (a plan made by hand).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proven: Option<bool>,
}

impl Plan {
    /// All stops with their days, in order.
    pub fn stops(&self) -> impl Iterator<Item = (&DayPlan, &Stop)> {
        self.days.iter().flat_map(|day| day.stops.iter().map(move |stop| (day, stop)))
    }

    /// All dates that the plan names: of its days and of all times.
    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        let of_stop = |stop: &Stop| {
            let slots = stop.slots.iter().flat_map(|slot| [slot.starts, slot.ends]);
            [stop.arrives, stop.starts, stop.ends].into_iter().chain(slots).collect::<Vec<NaiveDateTime>>()
        };
        self.days.iter().flat_map(move |day| {
            let pauses = day.meal.iter().chain(&day.rests).flat_map(|pause| [pause.starts, pause.ends]);
            let times = day.stops.iter().flat_map(of_stop).chain(pauses).chain([day.departs, day.returns]);
            times.map(|time| time.date()).chain([day.date])
        })
    }

    /// The stop at a host, with its day.
    pub fn stop_at(&self, host: &str) -> Option<(&DayPlan, &Stop)> {
        self.stops().find(|(_, stop)| stop.host == host)
    }
}
