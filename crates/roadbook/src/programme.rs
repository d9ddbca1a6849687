//! A plan told in full: each day as a list of drives, visits, meals, rests and free time.
//!
//! This is the file `roadbook.json`: field names are those of the types here, in `snake_case`; what is absent is left out or `null`; times are local times of
//! `time_zone` without offset, `YYYY-MM-DDTHH:MM:SS`; longitudes and latitudes are degrees, WGS 84.

mod day;
mod districts;
mod help;
mod met;
mod party;
mod ties;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use distretto_tours::host::Kind;
use distretto_tours::tour::Contact;
use distretto_tours::visit::State;
use serde::Serialize;

pub use met::Met;
pub use party::{Party, Role, Traveller};
pub use ties::{Link, Tie};

use crate::book::{Book, BookError, Number, Reading};
use crate::text;

/// The version of the form of the JSON; a field that changes its meaning raises it, a new field does not.
pub const VERSION: u32 = 1;

/// A plan told in full. All texts are fit for print: no control characters, one line except where said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Programme {
    /// Always `distretto road book`.
    pub format: &'static str,
    /// [`VERSION`].
    pub version: u32,
    /// [`Book::id`].
    pub id: String,
    /// Title of the tour.
    pub title: String,
    /// What is to be learnt; may have several lines, may be empty.
    pub aim: String,
    /// Language of the words, as a tag of BCP 47.
    pub language: String,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// Whether it holds personal data.
    pub personal: bool,
    /// The time zone of all times, by its name in the tz database.
    pub time_zone: String,
    /// How travel times were come by; empty where nobody has said.
    pub travel_source: String,
    /// Who travels.
    pub party: Party,
    /// The days, in the order of the plan.
    pub days: Vec<Day>,
    /// What to read on each district that is visited, in the order in which they are visited.
    pub districts: Vec<District>,
    /// Whom to call.
    pub help: Help,
}

/// A place with its name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spot {
    /// Code of the host or base.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Street and number; empty where unknown.
    pub address: String,
    /// Town; empty where unknown.
    pub town: String,
    /// Longitude.
    pub lon: f64,
    /// Latitude.
    pub lat: f64,
}

impl Spot {
    /// Address and town, as far as known.
    pub fn where_(&self) -> String {
        text::joined([self.address.as_str(), self.town.as_str()], ", ")
    }

    /// Name, address and town, as far as known.
    pub fn in_full(&self) -> String {
        text::joined([self.name.as_str(), self.address.as_str(), self.town.as_str()], ", ")
    }
}

/// A code with its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Named {
    /// The code.
    pub code: String,
    /// The name; the code where there is none.
    pub name: String,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Day {
    /// Its number, from 1.
    pub number: usize,
    /// The date.
    pub date: NaiveDate,
    /// When it begins: the departure, or a meal before it.
    pub begins: NaiveDateTime,
    /// When the coach leaves.
    pub departs: NaiveDateTime,
    /// When the coach is back.
    pub returns: NaiveDateTime,
    /// When it ends: the return, or a meal after it.
    pub ends: NaiveDateTime,
    /// Where it begins.
    pub from: Spot,
    /// Where it ends.
    pub to: Spot,
    /// Whether the night is spent at `to`: so for all days but the last.
    pub night: bool,
    /// What happens, in order of time.
    pub items: Vec<Item>,
    /// Minutes of driving; absent where a leg has none.
    pub drive_minutes: Option<u64>,
    /// Metres driven; absent where a leg has none.
    pub drive_metres: Option<u64>,
    /// Free until the next day begins; absent on the last day.
    pub free_until: Option<NaiveDateTime>,
}

impl Day {
    /// The visits, in order.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.items.iter().filter_map(|item| match item {
            Item::Visit(call) => Some(call.as_ref()),
            _ => None,
        })
    }

    /// The legs, in order.
    pub fn drives(&self) -> impl Iterator<Item = &Drive> {
        self.items.iter().filter_map(|item| match item {
            Item::Drive(drive) => Some(drive),
            _ => None,
        })
    }
}

/// Something that happens. In JSON an object whose `kind` is `drive`, `visit`, `meal`, `rest` or `free`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Item {
    /// From one place to another. Rests on the road lie within it.
    Drive(Drive),
    /// A visit.
    Visit(Box<Call>),
    /// A meal that is no visit.
    Meal(Break),
    /// A rest of the driver.
    Rest(Break),
    /// Time in which nothing is planned.
    Free(Free),
}

impl Item {
    /// When it begins.
    pub fn starts(&self) -> NaiveDateTime {
        match self {
            Self::Drive(drive) => drive.starts,
            Self::Visit(call) => call.starts,
            Self::Meal(pause) | Self::Rest(pause) => pause.starts,
            Self::Free(free) => free.starts,
        }
    }

    /// When it ends.
    pub fn ends(&self) -> NaiveDateTime {
        match self {
            Self::Drive(drive) => drive.ends,
            Self::Visit(call) => call.ends,
            Self::Meal(pause) | Self::Rest(pause) => pause.ends,
            Self::Free(free) => free.ends,
        }
    }

    /// The word for it in JSON and CSV.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Drive(_) => "drive",
            Self::Visit(_) => "visit",
            Self::Meal(_) => "meal",
            Self::Rest(_) => "rest",
            Self::Free(_) => "free",
        }
    }
}

/// What is known of the way of a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// It has minutes.
    Yes,
    /// It was asked for, and there is none.
    NoRoute,
    /// Nobody has said.
    No,
}

/// From one place to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drive {
    /// Its number in the day, from 1.
    pub number: usize,
    /// When the coach leaves. A plan says when it arrives; it leaves as late as minutes and rests on the road allow.
    pub starts: NaiveDateTime,
    /// When it arrives.
    pub ends: NaiveDateTime,
    /// Where it begins.
    pub from: Spot,
    /// Where it ends.
    pub to: Spot,
    /// What is known of the way.
    pub known: Known,
    /// Minutes of driving, rounded as the frame says; absent where unknown.
    pub minutes: Option<u32>,
    /// Metres; absent where unknown.
    pub metres: Option<u32>,
    /// Longitudes and latitudes of the road, or of both ends.
    pub line: Vec<(f64, f64)>,
    /// Whether `line` is only straight.
    pub straight: bool,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Call {
    /// Its number in the day, from 1.
    pub number: usize,
    /// Its number in the tour, from 1.
    pub order: usize,
    /// The host and where it is.
    pub place: Spot,
    /// What the host is.
    pub host_kind: Kind,
    /// Its district.
    pub district: Option<Named>,
    /// Its industries.
    pub industries: Vec<Named>,
    /// Phases of the process that can be seen.
    pub phases: Vec<String>,
    /// Practices that can be learnt.
    pub practices: Vec<String>,
    /// What to look for; empty where nobody has said; may have several lines.
    pub look_for: String,
    /// Languages in which visitors are received, as two letters.
    pub languages: Vec<String>,
    /// How far it is with the visit as it is planned: one that is confirmed for another time is only asked for at this one.
    pub state: State,
    /// When the host expects the party, where that is not when the plan has the visit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed: Option<NaiveDateTime>,
    /// When the coach arrives.
    pub arrives: NaiveDateTime,
    /// When the visit begins.
    pub starts: NaiveDateTime,
    /// When the last group is done.
    pub ends: NaiveDateTime,
    /// Whether the visit is the meal of the day.
    pub meal: bool,
    /// Who goes when, where the party is divided; empty where all go together.
    pub groups: Vec<Group>,
    /// Whom to ask for. Personal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// How it ties to the visit before, of the same day or an earlier one.
    pub before: Option<Tie>,
    /// How it ties to the visit after.
    pub after: Option<Tie>,
    /// Interests of the delegates that it meets, the most wanted first.
    pub met: Vec<Met>,
}

/// Who goes when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Its number, from 1.
    pub number: usize,
    /// When it is received.
    pub starts: NaiveDateTime,
    /// When it is done.
    pub ends: NaiveDateTime,
    /// Persons.
    pub people: u32,
    /// First and last number of its travellers; absent where it has none. A suggestion: see `party`.
    pub travellers: Option<(usize, usize)>,
    /// Those who travel along in it.
    pub staff: u32,
}

/// A meal or a rest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Break {
    /// When it begins.
    pub starts: NaiveDateTime,
    /// When it ends.
    pub ends: NaiveDateTime,
    /// Where; absent on the road.
    pub place: Option<Spot>,
}

/// Time in which nothing is planned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Free {
    /// When it begins.
    pub starts: NaiveDateTime,
    /// When it ends.
    pub ends: NaiveDateTime,
    /// Where.
    pub place: Spot,
    /// Whether a visit at that place comes next: time in hand rather than leisure.
    pub before_visit: bool,
}

/// A district, or an area that is none, with what to read on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct District {
    /// What to read; a certainty that is no number from 0 to 1 is left out.
    #[serde(flatten)]
    pub reading: Reading,
    /// How sure it is, in the classes of an edition: `near_certain` (0.9 and more), `likely` (0.5), `doubtful` (0.05), `unlikely`.
    pub class: Option<&'static str>,
    /// Numbers in the tour of the visits there.
    pub visits: Vec<usize>,
}

impl District {
    /// Whether it is an area that is no district by the rule of the edition.
    pub fn is_other(&self) -> bool {
        self.reading.is_district == Some(false)
    }
}

/// Whom to call, and where the party sleeps.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Help {
    /// What to call first: 112, with an empty `who`, where the country of the tour has it; else the first public number; absent where nobody has
    /// given one.
    pub call: Option<Number>,
    /// Public numbers.
    pub numbers: Vec<Number>,
    /// Persons. Personal: empty without.
    pub people: Vec<Number>,
    /// Hotels, in order.
    pub nights: Vec<Night>,
}

/// A hotel with the nights that are spent there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Night {
    /// The hotel.
    pub place: Spot,
    /// The evenings on which the party arrives.
    pub dates: Vec<NaiveDate>,
    /// Whom to ask for. Personal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
}

impl Programme {
    /// Tells a plan in full. Cost: linear in the plan, times hosts of the tour for each stop.
    ///
    /// # Errors
    /// [`BookError`] for codes that the tour does not have, places that are none, and what ends before it begins. A way that is not known is no error:
    /// its leg says so.
    pub fn of(book: &Book<'_>) -> Result<Self, BookError> {
        let tour = book.tour;
        check_outlines(book)?;
        let party = party::party(book);
        let mut days = Vec::with_capacity(book.plan.days.len());
        for (at, planned) in book.plan.days.iter().enumerate() {
            let last = at + 1 == book.plan.days.len();
            days.push(day::day(book, &party, at + 1, planned, last)?);
        }
        let begins: Vec<NaiveDateTime> = days.iter().map(|day: &Day| day.begins).collect();
        for (day, next) in days.iter_mut().zip(begins.into_iter().skip(1)) {
            day.free_until = Some(next);
        }
        tie(book, &mut days);
        Ok(Self {
            format: "distretto road book",
            version: VERSION,
            id: text::line(book.id),
            title: text::line(&tour.title),
            aim: text::clean(&tour.aim),
            language: book.words.language().to_owned(),
            made: book.made,
            personal: book.personal.is_some(),
            time_zone: tour.frame.time_zone.name().to_owned(),
            travel_source: text::line(&book.travel.source),
            districts: districts::districts(book, &days),
            help: help::help(book, &days),
            party,
            days,
        })
    }

    /// All visits, in order.
    pub fn calls(&self) -> impl Iterator<Item = &Call> {
        self.days.iter().flat_map(Day::calls)
    }

    /// Whether the area of this code is no district by the rule of the edition.
    pub fn is_other(&self, code: &str) -> bool {
        self.districts.iter().any(|district| district.reading.code == code && district.is_other())
    }
}

/// Numbers the visits of the tour and says how each ties to its neighbours.
fn tie(book: &Book<'_>, days: &mut [Day]) {
    let hosts: Vec<Call> = days.iter().flat_map(Day::calls).cloned().collect();
    let mut at = 0;
    for day in days {
        let before_day = at;
        for item in &mut day.items {
            let Item::Visit(call) = item else { continue };
            call.number = at - before_day + 1;
            call.order = at + 1;
            call.before = at
                .checked_sub(1)
                .and_then(|before| hosts.get(before))
                .map(|other| ties::tie(book, call, other, false));
            call.after = hosts.get(at + 1).map(|other| ties::tie(book, call, other, true));
            at += 1;
        }
    }
}

/// A contact fit for print; nothing where it is empty or nothing personal is wanted.
fn contact(book: &Book<'_>, code: &str) -> Option<Contact> {
    let contact = book.personal?.contacts.get(code)?;
    let contact = Contact {
        name: text::line(&contact.name),
        role: text::line(&contact.role),
        phone: text::line(&contact.phone),
        email: text::line(&contact.email),
    };
    (contact != Contact::default()).then_some(contact)
}

/// The name of an industry.
fn industry(book: &Book<'_>, code: &str) -> Named {
    let name = book.industries.get(code).map(String::as_str).or_else(|| {
        let known = book.tour.districts.iter().find(|district| district.industry.as_deref() == Some(code));
        known.map(|district| district.industry_name.as_str())
    });
    let (code, name) = (text::line(code), name.map(text::line).unwrap_or_default());
    Named { name: if name.is_empty() { code.clone() } else { name }, code }
}

/// The name of a district.
fn district(book: &Book<'_>, code: &str) -> Named {
    let name = book
        .readings
        .iter()
        .find(|reading| reading.code == code)
        .map(|reading| reading.name.as_str())
        .or_else(|| book.tour.district(code).map(|district| district.name.as_str()));
    let (code, name) = (text::line(code), name.map(text::line).unwrap_or_default());
    Named { name: if name.is_empty() { code.clone() } else { name }, code }
}

/// Whether a longitude and a latitude are some.
pub(crate) fn on_globe(lon: f64, lat: f64) -> bool {
    (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)
}

fn check_outlines(book: &Book<'_>) -> Result<(), BookError> {
    for outline in book.outlines {
        if outline.rings.iter().flatten().any(|&(lon, lat)| !on_globe(lon, lat)) {
            return Err(BookError::Place { code: text::line(&outline.name) });
        }
    }
    for route in book.routes {
        if route.line.iter().any(|&(lon, lat)| !on_globe(lon, lat)) {
            return Err(BookError::Place { code: text::line(&format!("{} → {}", route.from, route.to)) });
        }
    }
    Ok(())
}
