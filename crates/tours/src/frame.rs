//! Days, bases, meals, driving, money: what a tour must keep to.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::host::Place;

/// A place where days begin and end: a hotel, a station, an airport, a port.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Base {
    /// Its code, unique among hosts and bases.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub place: Place,
    /// Whether one can sleep there.
    #[serde(default)]
    pub hotel: bool,
    /// What a night costs, in hundredths of the tour's currency, for the whole delegation.
    #[serde(default)]
    pub cost: u64,
}

/// A break for a meal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meal {
    /// Earliest start.
    pub from: NaiveTime,
    /// Latest start.
    pub until: NaiveTime,
    /// How long it takes, in minutes; above 0.
    pub minutes: u32,
}

/// One day of the tour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The date.
    pub date: NaiveDate,
    /// Codes of bases where it may begin; one of them is chosen. A day that begins where the last one ended gives none.
    #[serde(default)]
    pub from: Vec<String>,
    /// Codes of bases where it may end; one of them is chosen.
    pub to: Vec<String>,
    /// Earliest departure.
    pub starts: NaiveTime,
    /// Latest return.
    pub ends: NaiveTime,
    /// The meal that must find its place; none where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meal: Option<Meal>,
    /// Most visits, where fewer than the pace allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
}

/// What the driver of a coach must keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Driving {
    /// Longest driving without a rest, in minutes.
    pub stretch: u32,
    /// How long a rest is at least, in minutes; a stop or meal of that length is one.
    pub rest: u32,
    /// Most driving of a day, in minutes.
    pub day: u32,
    /// Rest between two days, in minutes: between the end of one and the beginning of the next.
    pub night: u32,
}

impl Default for Driving {
    /// Regulation (EC) No 561/2006, articles 6 to 8: 4.5 hours, then 45 minutes; 9 hours a day; 11 hours between days.
    fn default() -> Self {
        Self { stretch: 270, rest: 45, day: 540, night: 660 }
    }
}

/// What a tour must keep to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The time zone in which all times of the tour are given.
    pub time_zone: Tz,
    /// Country whose public holidays hours mean by `PH`, where a host does not say; two letters of ISO 3166-1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The days, in order of dates.
    pub days: Vec<Day>,
    /// Places where days begin and end.
    pub bases: Vec<Base>,
    /// Whether all nights are spent in one hotel.
    #[serde(default)]
    pub one_hotel: bool,
    /// Seats of the coach, without the driver's; no limit where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    /// What visits and nights may cost together, in hundredths of the currency; no limit where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<u64>,
    /// The currency, as three letters of ISO 4217.
    #[serde(default = "euro")]
    pub currency: String,
    /// Rules of driving.
    #[serde(default)]
    pub driving: Driving,
    /// Minutes that one wants to be early at a fixed appointment.
    #[serde(default)]
    pub buffer: u32,
    /// Travel times are rounded up to a multiple of as many minutes; at least 1.
    #[serde(default = "five")]
    pub round: u32,
    /// The day on which hosts are asked: what needs more notice than is left cannot be visited. No test where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_on: Option<NaiveDate>,
}

fn euro() -> String {
    "EUR".to_owned()
}

const fn five() -> u32 {
    5
}
