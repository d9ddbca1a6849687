//! Who can be visited.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::frame::Frame;
use crate::hours::{Ground, Hours};

/// What a host is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A firm, cooperative or workshop.
    Enterprise,
    /// A chamber of commerce, a municipality, an association.
    Institution,
    /// A university, laboratory or technology park.
    ResearchCentre,
    /// A consortium or agency that serves the firms of a district.
    ServiceCentre,
    /// A museum, an old town, a festival.
    CulturalSite,
    /// A landscape, a farm, a port: the territory itself.
    TerritorialSite,
}

impl Kind {
    /// All kinds, in their order.
    pub const ALL: [Self; 6] = [
        Self::Enterprise,
        Self::Institution,
        Self::ResearchCentre,
        Self::ServiceCentre,
        Self::CulturalSite,
        Self::TerritorialSite,
    ];

    /// The word for it in files: `enterprise`, `institution`, `research_centre`, `service_centre`, `cultural_site`, `territorial_site`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::Institution => "institution",
            Self::ResearchCentre => "research_centre",
            Self::ServiceCentre => "service_centre",
            Self::CulturalSite => "cultural_site",
            Self::TerritorialSite => "territorial_site",
        }
    }

    /// The kind that a word of a file means.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A point on the ground, and how people find it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Longitude in degrees, WGS 84.
    pub lon: f64,
    /// Latitude in degrees, WGS 84.
    pub lat: f64,
    /// Street and number; empty where unknown.
    #[serde(default)]
    pub address: String,
    /// Town or village; empty where unknown.
    #[serde(default)]
    pub town: String,
}

/// Someone who may receive a delegation. Names of persons, telephone numbers and e-mail addresses are not here: see [`crate::tour::Contact`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Host {
    /// Its code: a text without meaning that never changes, unique among hosts and bases.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub place: Place,
    /// Code of the area (district) it belongs to, as in an edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// Codes of industries, as an edition writes them.
    #[serde(default)]
    pub industries: Vec<String>,
    /// Phases of the process that can be seen, such as `tanning`.
    #[serde(default)]
    pub phases: Vec<String>,
    /// Practices that can be learnt, such as `export consortium`.
    #[serde(default)]
    pub practices: Vec<String>,
    /// What to look for, in a sentence or two; empty where nobody has said.
    #[serde(default)]
    pub look_for: String,
    /// When it is open. A host without hours can only be visited at a fixed time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// Country whose public holidays its hours mean by `PH`, as two letters of ISO 3166-1; that of the frame where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Its time zone where it is not that of the tour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Tz>,
    /// How long a visit of one group takes, in minutes; above 0.
    pub minutes: u32,
    /// Most persons that are shown round together; no limit where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<u32>,
    /// Groups that start together; at least 1.
    #[serde(default = "one")]
    pub guides: u32,
    /// Minutes between the starts of groups that do not start together; a whole visit where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stagger: Option<u32>,
    /// Languages in which visitors are received, as two letters of ISO 639-1.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Days between asking and the visit.
    #[serde(default)]
    pub notice: u32,
    /// Whether the visit can be the meal of the day.
    #[serde(default)]
    pub meal: bool,
    /// What it costs, in hundredths of the tour's currency, for the whole delegation.
    #[serde(default)]
    pub cost: u64,
    /// Needs it can meet, such as `step-free`.
    #[serde(default)]
    pub meets: Vec<String>,
    /// Whether it has agreed to be listed and asked.
    #[serde(default)]
    pub consent: bool,
    /// Last day for which this entry may be relied on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
}

const fn one() -> u32 {
    1
}

impl Host {
    /// Where its hours hold, in a frame.
    pub fn ground<'a>(&'a self, frame: &'a Frame) -> Ground<'a> {
        Ground {
            country: self.country.as_deref().or(frame.country.as_deref()),
            at: (self.place.lon, self.place.lat),
            zone: self.time_zone.unwrap_or(frame.time_zone),
        }
    }

    /// How a party of `people` is shown round: sizes of the groups, and minutes from the arrival of the first to the end of the last.
    ///
    /// A party larger than `group` is divided into as few groups as possible, whose sizes differ by at most one, larger groups first. `guides`
    /// groups start together, the next as many `stagger` minutes later (a whole visit where absent), and so on:
    /// minutes = `minutes` + (rounds − 1) × `stagger`, at most [`u32::MAX`]. A party of nobody is one group of nobody.
    /// Cost: linear in the groups.
    pub fn groups(&self, people: u32) -> Groups {
        self.groups_of(people, self.minutes)
    }

    /// The same where the visit of one group takes so many minutes.
    pub fn groups_of(&self, people: u32, each: u32) -> Groups {
        let groups = self.group.map_or(1, |most| people.div_ceil(most.max(1))).max(1);
        let (size, more) = (people / groups, people % groups);
        let sizes: Vec<u32> = (0..groups).map(|group| size + u32::from(group < more)).collect();
        let guides = self.guides.max(1);
        let stagger = self.stagger.unwrap_or(each);
        let starts: Vec<u32> = (0..groups).map(|group| (group / guides).saturating_mul(stagger)).collect();
        let minutes = (groups.div_ceil(guides) - 1).saturating_mul(stagger).saturating_add(each);
        Groups { sizes, starts, minutes }
    }
}

/// How a party is shown round; see [`Host::groups`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    /// Persons of each group.
    pub sizes: Vec<u32>,
    /// Minutes from the start of the visit to the start of each group.
    pub starts: Vec<u32>,
    /// Minutes from the first start to the last end.
    pub minutes: u32,
}
