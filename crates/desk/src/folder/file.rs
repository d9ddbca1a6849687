//! The keys of `tour.toml`.

use distretto_study::config::{Decimal, Document, Texts};
use distretto_study::fault::Code;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::dates::Written;

/// `tour.toml` as a file of keys.
pub(super) const TOUR: Document = Document {
    noun: "tour",
    page: "docs/tours.md",
    start: "`distretto world --tour` makes a tour to start from",
    missing: Code::TourMissing,
    syntax: Code::TourSyntax,
    key: Code::TourKey,
    value: Code::TourValue,
    incomplete: Code::TourIncomplete,
};

/// A tour as `tour.toml` says it. Paths are relative to its folder.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(title = "tour.toml", deny_unknown_fields)]
pub struct TourFile {
    /// What the tour is called.
    pub title: String,
    /// What calendars know the tour by: letters, digits and hyphens. Where absent, the name of its folder with a mark of title and first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What is to be learnt, in a sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub aim: String,
    /// Folder of an edition that `distretto run --out` wrote: names, certainty and places of districts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Codes of the districts that are visited; all where absent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub districts: Vec<String>,
    /// So many hosts are planned with, the most promising; 60 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortlist: Option<u32>,
    /// What the tour must keep to.
    pub frame: FrameKeys,
    /// A place where days begin and end: a hotel, a station, an airport, a port.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub base: Vec<BaseKeys>,
    /// A day of the tour.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub day: Vec<DayKeys>,
    /// Who travels, beside the table of delegates.
    pub delegation: DelegationKeys,
    /// What counts how much, in points.
    pub weights: WeightKeys,
    /// At least and at most so many visits of a kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quota: Vec<QuotaKeys>,
    /// The order of the phases of a process, for the road book.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<ChainKeys>,
    /// Where the tables are, where not under their usual names.
    pub tables: TableKeys,
    /// Where travel times come from.
    pub ways: WaysKeys,
    /// What the driver must keep to, in minutes.
    pub driving: DrivingKeys,
}

/// `[frame]`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct FrameKeys {
    /// The time zone of all times, as the IANA database names it: `Europe/Rome`. Needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Country whose public holidays `PH` in opening hours are, two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The currency, three letters; `EUR` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// What visits and nights may cost together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<f64>,
    /// Seats of the coach, without the driver's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seats: Option<i64>,
    /// Minutes to be early at a fixed appointment; 0 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buffer: Option<i64>,
    /// Travel times are rounded up to a multiple of as many minutes; 5 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<i64>,
    /// Whether all nights are spent in one hotel.
    pub one_hotel: bool,
    /// The day on which hosts are asked: what needs more notice than is left cannot be visited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked_on: Option<Written>,
}

/// `[[base]]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct BaseKeys {
    /// Its code, unique among hosts and bases.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Longitude in degrees.
    pub lon: f64,
    /// Latitude in degrees.
    pub lat: f64,
    /// Street and number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Town or village.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub town: String,
    /// Whether one can sleep there.
    #[serde(default)]
    pub hotel: bool,
    /// What a night of the whole delegation costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
}

/// `[[day]]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct DayKeys {
    /// The date.
    pub date: Written,
    /// Code of the base where it begins, or a list of which one is chosen; where the day before ended where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Texts>,
    /// Code of the base where it ends, or a list of which one is chosen.
    pub to: Texts,
    /// Earliest departure.
    pub starts: Written,
    /// Latest return.
    pub ends: Written,
    /// The meal that must find its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meal: Option<MealKeys>,
    /// Most visits, where fewer than the pace allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
}

/// `meal` of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct MealKeys {
    /// Earliest start.
    pub from: Written,
    /// Latest start.
    pub until: Written,
    /// How long it takes.
    pub minutes: i64,
}

/// `[delegation]`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct DelegationKeys {
    /// How much a day may hold.
    pub pace: PaceKey,
    /// Languages that an interpreter who travels along translates, two letters each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interpreted: Vec<String>,
    /// Persons who travel along and want nothing: interpreters, guides.
    pub staff: i64,
}

/// How much a day may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PaceKey {
    /// 20 minutes free after each visit, at most 4 visits a day.
    Relaxed,
    /// 10 minutes free after each visit, at most 6 visits a day.
    #[default]
    Usual,
    /// No pause, as many visits as fit.
    Brisk,
}

/// `[weights]`: points from 0 to 10000. A weight that is absent keeps its default, one of 0 switches its line off.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct WeightKeys {
    /// An interest of weight 3 of one delegate that is met for the first time; 30 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interest: Option<i64>,
    /// What each further visit that meets the same interest counts, in per cent of the one before; 50 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat: Option<i64>,
    /// The first visit that meets any interest of a delegate; 40 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fairness: Option<i64>,
    /// The first host of each phase in a district; 100 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chain: Option<i64>,
    /// The first institution, service or research centre of the tour; 150 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub institution: Option<i64>,
    /// The first cultural or territorial site of the tour; 120 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub territory: Option<i64>,
    /// A host of a district that exists for certain; 40 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certainty: Option<i64>,
    /// A host whose languages all delegates understand; 30 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<i64>,
    /// Any visit; 10 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit: Option<i64>,
}

/// `[[quota]]`: hosts that fit all that is given are counted.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct QuotaKeys {
    /// Hosts of this industry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// Hosts that show this phase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
    /// Hosts from which this practice can be learnt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub practice: Option<String>,
    /// Hosts of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Hosts of this district.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// These hosts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// At least so many.
    pub least: i64,
    /// At most so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
    /// Over the whole tour or over each day.
    pub per: PerKey,
}

/// Over what a quota is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PerKey {
    /// Over the whole tour.
    #[default]
    Tour,
    /// Over each day.
    Day,
}

/// `[[chain]]`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ChainKeys {
    /// Phases from first to last, as hosts name them.
    pub phases: Vec<String>,
}

/// `[tables]`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct TableKeys {
    /// Who can be visited; `hosts.csv` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hosts: Option<Texts>,
    /// Who travels; `delegates.csv` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegates: Option<Texts>,
    /// What has been agreed; `visits.csv`, if there is one, where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visits: Option<Texts>,
    /// Whom to ask for; `contacts.csv`, if there is one, where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Texts>,
    /// The travellers by name; `people.csv`, if there is one, where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<Texts>,
    /// Whom to call; `emergency.csv`, if there is one, where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emergency: Option<Texts>,
    /// What stands before the decimals of numbers in all of them.
    pub decimal: Decimal,
}

/// `[ways]`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct WaysKeys {
    /// Where travel times come from.
    pub source: WaysKey,
    /// Of coordinates: length of the road over the distance on the ellipsoid; 1.3 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub factor: Option<f64>,
    /// Of coordinates: speeds by length of the road, such as `[{ upto = 10, speed = 30 }, { speed = 70 }]`; the last has no `upto`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bands: Option<Vec<BandKeys>>,
    /// Of a matrix: the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Texts>,
    /// Of a server: its address, such as `http://localhost:5000`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Of a server: the profile; `driving` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Of a server: most places in one question; 100 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<i64>,
    /// Of a server: seconds that one answer may take; 30 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout: Option<i64>,
    /// Of a server: the file in which answers are kept; none where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<String>,
}

/// Where travel times come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WaysKey {
    /// From coordinates: distance on the ellipsoid, a road factor and speeds.
    #[default]
    Coordinates,
    /// From a table with a row for each pair.
    Matrix,
    /// From a server that answers as OSRM does.
    Osrm,
}

/// A speed up to a length of the road.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct BandKeys {
    /// Kilometres of road up to which the speed is meant; all that is left where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upto: Option<f64>,
    /// Kilometres an hour.
    pub speed: f64,
}

/// `[driving]`, in minutes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct DrivingKeys {
    /// Longest driving without a rest; 270 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stretch: Option<i64>,
    /// How long a rest is at least; 45 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<i64>,
    /// Most driving of a day; 540 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<i64>,
    /// Rest between two days; 660 where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub night: Option<i64>,
}
