//! A study tour of a made country: who could be visited, who travels, when and from where. Same world, same tour.
//!
//! | module | concept |
//! |---|---|
//! | `region` | which districts, and the city that they are near to |
//! | `land` | what can be reached by road |
//! | `hosts` | who could be visited |
//! | `flaws` | why some of them cannot be |
//! | `delegation` | who travels |
//! | `frame` | days, hotels and agreements |

mod delegation;
mod flaws;
mod frame;
mod hosts;
mod land;
mod region;

use super::names::Names;
use super::stream::{Purpose, stream};
use super::{World, WorldError};

pub use frame::{Base, Day, Visit};

/// Persons who travel along with the delegates: an interpreter and a guide.
pub const STAFF: usize = 2;
/// The language of the country, which the interpreter translates.
pub const LANGUAGE: &str = "it";
/// The day on which hosts are asked.
pub const ASKED_ON: &str = "2012-04-02";
/// The time zone in which the country lies.
pub const TIME_ZONE: &str = "Atlantic/Azores";
/// Whose public holidays the country keeps.
pub const HOLIDAYS: &str = "PT";

/// Someone who could be visited; words and codes as in a table of hosts.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "docs/tours.md says what each column of the table means")]
pub struct Host {
    pub code: String,
    pub name: String,
    pub kind: &'static str,
    pub lonlat: [f64; 2],
    pub address: String,
    pub town: String,
    /// Code of the zone: what area it belongs to is known only when the areas have been found.
    pub zone: String,
    pub industry: Option<&'static str>,
    pub phases: Vec<&'static str>,
    pub practices: Vec<&'static str>,
    pub look_for: String,
    pub hours: &'static str,
    pub minutes: u32,
    pub group: Option<u32>,
    pub guides: u32,
    pub stagger: Option<u32>,
    pub languages: Vec<&'static str>,
    pub notice: u32,
    pub meal: bool,
    /// Hundredths.
    pub cost: u32,
    pub is_step_free: bool,
    pub consent: bool,
    pub valid_until: &'static str,
}

/// A traveller; words and codes as in a table of delegates, interests with their weights.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "docs/tours.md says what each column of the table means")]
pub struct Delegate {
    pub code: String,
    pub role: &'static str,
    pub country: &'static str,
    pub languages: &'static [&'static str],
    pub industries: Vec<(&'static str, u32)>,
    pub phases: Vec<(&'static str, u32)>,
    pub practices: Vec<(&'static str, u32)>,
    pub kinds: Vec<(&'static str, u32)>,
    pub needs: &'static str,
}

/// A made person, whom nobody can reach: country code 999 belongs to no country, and example.org to nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Code of the host or delegate.
    pub code: String,
    /// Made-up.
    pub name: String,
    /// What they do.
    pub role: &'static str,
    /// A number that cannot be dialled.
    pub phone: String,
    /// An address that cannot be written to.
    pub email: String,
}

/// A study tour.
#[derive(Debug, Clone, PartialEq)]
pub struct Tour {
    /// What it is called.
    pub title: String,
    /// What is to be learnt.
    pub aim: String,
    /// Where days begin and end.
    pub bases: Vec<Base>,
    /// The days.
    pub days: Vec<Day>,
    /// Who could be visited.
    pub hosts: Vec<Host>,
    /// Who travels.
    pub delegates: Vec<Delegate>,
    /// What has been agreed.
    pub visits: Vec<Visit>,
    /// Whom to ask for at each host.
    pub contacts: Vec<Person>,
    /// The travellers by name.
    pub people: Vec<Person>,
}

impl World {
    /// A tour of up to four districts near each other, with different main industries as far as there are such.
    ///
    /// # Errors
    /// [`WorldError::NoDistrict`] where none is planted, as in small countries. Cost: linear in vertices, and in establishments of the zones
    /// that are toured.
    pub fn tour(&self) -> Result<Tour, WorldError> {
        let region = region::Region::of(self).ok_or(WorldError::NoDistrict)?;
        let seed = self.options.seed;
        let mut names =
            Names::new(seed, Purpose::TourNames).without(self.zones.iter().map(|zone| zone.name.as_str()));
        let mut rng = stream(seed, Purpose::Tour, 0);
        let mut hosts = hosts::hosts(self, &region, &mut names, &mut rng);
        let visits = frame::visits(&hosts);
        let spared: Vec<&str> = visits.iter().map(|visit| visit.host.as_str()).collect();
        flaws::add(&mut hosts, &spared, &mut rng);
        let delegates = delegation::delegates(&region.industries(self), &hosts, &mut rng);
        let contacts = hosts
            .iter()
            .enumerate()
            .map(|(index, host)| person(index, &host.code, contact_role(host.kind), 1000, &mut names));
        let contacts = contacts.collect();
        let people = delegates
            .iter()
            .enumerate()
            .map(|(index, of)| person(index, &of.code, of.role, 2000, &mut names));
        let people = people.collect();
        let towns: Vec<&str> = region.districts.iter().map(|&area| self.areas[area].name.as_str()).collect();
        let industries: Vec<&str> =
            region.industries(self).into_iter().map(super::activities::Industry::words).collect();
        Ok(Tour {
            title: format!("Districts around {}", self.zones[region.city].name),
            aim: format!(
                "How small firms share the work of {} around {}, and who helps them.",
                listed(&industries),
                listed(&towns)
            ),
            bases: frame::bases(self, &region, &mut names, &mut rng),
            days: frame::days(),
            visits,
            delegates,
            contacts,
            people,
            hosts,
        })
    }
}

fn person(index: usize, code: &str, role: &'static str, first: usize, names: &mut Names) -> Person {
    Person {
        code: code.to_owned(),
        name: format!("{} {}", names.another(), names.another()),
        role,
        phone: format!("+999 000 {:04}", first + index + 1),
        email: format!("{}@example.org", code.to_lowercase()),
    }
}

fn contact_role(kind: &str) -> &'static str {
    match kind {
        "enterprise" => "owner",
        "institution" => "secretary",
        "research_centre" | "service_centre" => "director",
        _ => "guide",
    }
}

/// `a, b and c`.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
