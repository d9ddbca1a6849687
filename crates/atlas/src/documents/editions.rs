//! Which editions an atlas holds.

use serde::Serialize;
use utoipa::ToSchema;

use crate::edition::Edition;

/// How the atlas is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// A server that answers queries and reruns.
    Live,
    /// Files on a web host.
    Static,
}

/// An edition of the atlas, and what is offered with it beyond its own files.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// Whether it can be run again with other parameters.
    pub rerun: bool,
    /// Whether runs with other parameters were made beforehand.
    pub grid: bool,
}

/// `editions.json`: the program and its editions.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Editions {
    /// Which program serves.
    pub program: Program,
    /// How it serves.
    pub mode: Mode,
    /// The editions, in the order they were named.
    pub editions: Vec<EditionSummary>,
}

/// Which program serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The commit it was built from; null if unknown.
    pub commit: Option<String>,
}

/// An edition in a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EditionSummary {
    /// Its name in addresses.
    pub id: String,
    /// Title of the study.
    pub title: String,
    /// Vintage of the codes of its zones; null where the study names none.
    pub vintage: Option<String>,
    /// Number of zones.
    pub zones: usize,
    /// Number of areas.
    pub areas: usize,
    /// Number of districts; null where there are no jobs.
    pub districts: Option<usize>,
    /// What there is.
    pub has: Has,
}

/// What an edition offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[allow(clippy::struct_excessive_bools, reason = "each says of one thing whether it is there")]
pub struct Has {
    /// Shapes, and so a map.
    pub map: bool,
    /// Commuters between areas.
    pub flows: bool,
    /// Jobs, and so districts.
    pub jobs: bool,
    /// Replicates, and so how sure each result is.
    pub certainty: bool,
    /// Runs with other parameters, on demand.
    pub rerun: bool,
    /// Runs with other parameters, made beforehand.
    pub grid: bool,
}

/// The editions of an atlas. Cost: linear in editions, plus counting the districts of each.
pub fn editions(program: Program, mode: Mode, offers: &[Offer<'_>]) -> Editions {
    Editions { program, mode, editions: offers.iter().map(EditionSummary::of).collect() }
}

impl EditionSummary {
    pub(super) fn of(offer: &Offer<'_>) -> Self {
        let edition = offer.edition;
        let kinds = edition.table("districts").and_then(|table| table.texts("kind"));
        Self {
            id: edition.id.clone(),
            title: edition.title().to_owned(),
            vintage: edition.vintage().map(str::to_owned),
            zones: edition.zones.codes().len(),
            areas: edition.areas(),
            districts: kinds.map(|kinds| kinds.iter().flatten().filter(|kind| *kind == "district").count()),
            has: Has {
                map: edition.borders.is_some(),
                flows: edition.table("flows").is_some(),
                jobs: edition.table("districts").is_some(),
                certainty: edition.table("zone_certainty").is_some(),
                rerun: offer.rerun,
                grid: offer.grid,
            },
        }
    }
}
