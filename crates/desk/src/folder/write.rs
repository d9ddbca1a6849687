//! A tour written as a folder.

use std::path::Path;

use chrono::NaiveTime;
use distretto_roadbook::book::{Chain, Emergency, Number};
use distretto_study::config::Texts;
use distretto_study::edition::files::{failed, whole_file, write_private};
use distretto_study::fault::{Code, Fault, Result};
use distretto_tours::rules::Per;
use distretto_tours::tour::Personal;
use distretto_tours::{
    Base, Day, Delegate, Driving, Frame, Host, Pace, Quota, Subject, Tour, Visit, Weights,
};

use super::dates::Written;
use super::file::{
    BandKeys, BaseKeys, ChainKeys, DayKeys, DelegationKeys, DrivingKeys, FrameKeys, MealKeys, PaceKey,
    PerKey, QuotaKeys, TourFile, WaysKey, WaysKeys, WeightKeys,
};
use super::visits::{demand_word, state_word};
use super::{TOUR_FILE, is_code};
use crate::ways::{Roads, Ways};

/// What a folder of a tour is written from.
#[derive(Debug, Clone, Copy)]
pub struct Writing<'a> {
    /// The tour.
    pub tour: &'a Tour,
    /// Its contacts and travellers.
    pub personal: &'a Personal,
    /// What programs know it by, as [`super::Opened::id`] says: kept as its `code`, so that a calendar knows it again in another folder. Left out where it
    /// cannot be a code.
    pub id: &'a str,
    /// Whom to call.
    pub emergency: &'a Emergency,
    /// Orders of phases.
    pub chains: &'a [Chain],
    /// Where its travel times come from.
    pub ways: &'a Ways,
    /// The path of its edition, absolute or relative to the folder.
    pub edition: Option<&'a str>,
}

/// Writes a tour as a folder that [`super::open`] reads as the same tour: `tour.toml` and its tables, those of personal data only where there
/// are any. Files of these names are replaced, each whole or not at all; others stay. On Unix only the owner may read tables that are about persons.
///
/// # Errors
/// A file that cannot be written; a text of a list that has a `;`, which divides lists.
pub fn write(writing: &Writing<'_>, folder: &Path) -> Result<()> {
    let Writing { tour, personal, .. } = *writing;
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let file = file(writing, folder);
    let text = toml::to_string(&file).map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    save(&folder.join(TOUR_FILE), text.as_bytes(), Readers::All)?;
    let hosts = tour.hosts.iter().map(host).collect::<Result<Vec<_>>>()?;
    table(folder, "hosts.csv", &HOSTS, &hosts, Readers::All)?;
    let delegates = tour.delegation.delegates.iter().map(delegate).collect::<Result<Vec<_>>>()?;
    let needs = tour.delegation.delegates.iter().any(|delegate| !delegate.needs.is_empty());
    table(folder, "delegates.csv", &DELEGATES, &delegates, Readers::of(needs))?;
    let visits: Vec<_> = tour.visits.iter().map(visit).collect();
    table(folder, "visits.csv", &VISITS, &visits, Readers::All)?;
    let Emergency { numbers, people } = writing.emergency;
    if !numbers.is_empty() || !people.is_empty() {
        let row = |number: &Number, person: &str| {
            vec![number.who.clone(), number.number.clone(), person.to_owned()]
        };
        let public = numbers.iter().map(|number| row(number, "no"));
        let rows: Vec<_> = public.chain(people.iter().map(|number| row(number, "yes"))).collect();
        table(folder, "emergency.csv", &["who", "number", "person"], &rows, Readers::of(!people.is_empty()))?;
    }
    if !personal.contacts.is_empty() {
        let row = |(host, contact): (&String, &distretto_tours::tour::Contact)| {
            vec![
                host.clone(),
                contact.name.clone(),
                contact.role.clone(),
                contact.phone.clone(),
                contact.email.clone(),
            ]
        };
        let rows: Vec<_> = personal.contacts.iter().map(row).collect();
        table(folder, "contacts.csv", &["host", "name", "role", "phone", "email"], &rows, Readers::Owner)?;
    }
    if !personal.people.is_empty() {
        let row = |(code, person): (&String, &distretto_tours::tour::Person)| {
            vec![
                code.clone(),
                person.name.clone(),
                person.phone.clone(),
                person.email.clone(),
                person.emergency.clone(),
            ]
        };
        let rows: Vec<_> = personal.people.iter().map(row).collect();
        table(folder, "people.csv", &["code", "name", "phone", "email", "emergency"], &rows, Readers::Owner)?;
    }
    Ok(())
}

const HOSTS: [&str; 26] = [
    "code",
    "name",
    "kind",
    "lon",
    "lat",
    "address",
    "town",
    "district",
    "industries",
    "phases",
    "practices",
    "look_for",
    "hours",
    "country",
    "time_zone",
    "minutes",
    "group",
    "guides",
    "stagger",
    "languages",
    "notice",
    "meal",
    "cost",
    "meets",
    "consent",
    "valid_until",
];
const DELEGATES: [&str; 9] =
    ["code", "role", "country", "languages", "industries", "phases", "practices", "kinds", "needs"];
const VISITS: [&str; 7] = ["host", "state", "demand", "start", "day", "minutes", "extra"];

/// Who may read a file, on Unix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Readers {
    /// Whoever may read what its owner makes.
    All,
    /// Its owner: it is about persons.
    Owner,
}

impl Readers {
    /// Of a table that is about persons where `personal` is said.
    const fn of(personal: bool) -> Self {
        if personal { Self::Owner } else { Self::All }
    }
}

fn save(path: &Path, bytes: &[u8], readers: Readers) -> Result<()> {
    whole_file(path, |growing| match readers {
        Readers::All => std::fs::write(growing, bytes).map_err(|error| failed(path, &error)),
        Readers::Owner => write_private(bytes, growing),
    })
}

fn table(folder: &Path, name: &str, columns: &[&str], rows: &[Vec<String>], readers: Readers) -> Result<()> {
    let path = folder.join(name);
    let bytes = || -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(columns)?;
        for row in rows {
            writer.write_record(row)?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    };
    save(&path, &bytes().map_err(|error| failed(&path, &error))?, readers)
}

/// A list as a field.
fn list(texts: &[String]) -> Result<String> {
    match texts.iter().find(|text| text.contains(';') || text.trim() != text.as_str() || text.is_empty()) {
        None => Ok(texts.join("; ")),
        Some(text) => {
            Err(Fault::new(Code::OutputFailed, format!("`{text}` cannot be written as part of a list"))
                .because("it is empty, has blanks around it, or a `;`, which divides lists"))
        }
    }
}

fn optional<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn yes(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

/// Hundredths as units with decimals.
fn money(hundredths: u64) -> String {
    match (hundredths / 100, hundredths % 100) {
        (units, 0) => units.to_string(),
        (units, rest) => format!("{units}.{rest:02}"),
    }
}

fn host(host: &Host) -> Result<Vec<String>> {
    Ok(vec![
        host.code.clone(),
        host.name.clone(),
        host.kind.word().to_owned(),
        host.place.lon.to_string(),
        host.place.lat.to_string(),
        host.place.address.clone(),
        host.place.town.clone(),
        host.district.clone().unwrap_or_default(),
        list(&host.industries)?,
        list(&host.phases)?,
        list(&host.practices)?,
        host.look_for.clone(),
        optional(host.hours.as_ref()),
        host.country.clone().unwrap_or_default(),
        optional(host.time_zone),
        host.minutes.to_string(),
        optional(host.group),
        host.guides.to_string(),
        optional(host.stagger),
        list(&host.languages)?,
        host.notice.to_string(),
        yes(host.meal),
        money(host.cost),
        list(&host.meets)?,
        yes(host.consent),
        optional(host.valid_until),
    ])
}

fn delegate(delegate: &Delegate) -> Result<Vec<String>> {
    let interests = |subject: Subject| {
        let of = delegate.interests.iter().filter(|interest| interest.subject == subject);
        list(&of.map(|interest| format!("{}*{}", interest.name, interest.weight)).collect::<Vec<_>>())
    };
    Ok(vec![
        delegate.code.clone(),
        delegate.role.clone(),
        delegate.country.clone(),
        list(&delegate.languages)?,
        interests(Subject::Industry)?,
        interests(Subject::Phase)?,
        interests(Subject::Practice)?,
        interests(Subject::Kind)?,
        list(&delegate.needs)?,
    ])
}

fn visit(visit: &Visit) -> Vec<String> {
    vec![
        visit.host.clone(),
        state_word(visit.state).to_owned(),
        demand_word(visit.demand).to_owned(),
        optional(visit.start.map(|start| start.format("%Y-%m-%d %H:%M"))),
        optional(visit.day),
        optional(visit.minutes),
        visit.extra.to_string(),
    ]
}

fn file(writing: &Writing<'_>, folder: &Path) -> TourFile {
    let Writing { tour, id, chains, ways, edition, .. } = *writing;
    let delegation = &tour.delegation;
    TourFile {
        title: tour.title.clone(),
        code: Some(id).filter(|id| is_code(id)).map(str::to_owned),
        aim: tour.aim.clone(),
        edition: edition.map(str::to_owned),
        districts: tour.rules.districts.clone(),
        shortlist: u32::try_from(tour.rules.shortlist).ok(),
        frame: frame(&tour.frame),
        base: tour.frame.bases.iter().map(base).collect(),
        day: tour.frame.days.iter().map(day).collect(),
        delegation: DelegationKeys {
            pace: match delegation.pace {
                Pace::Relaxed => PaceKey::Relaxed,
                Pace::Usual => PaceKey::Usual,
                Pace::Brisk => PaceKey::Brisk,
            },
            interpreted: delegation.interpreted.clone(),
            staff: i64::from(delegation.staff),
        },
        weights: weights(&tour.rules.weights),
        quota: tour.rules.quotas.iter().map(quota).collect(),
        chain: chains.iter().map(|chain| ChainKeys { phases: chain.phases.clone() }).collect(),
        ways: ways_keys(ways, folder),
        driving: driving(tour.frame.driving),
        ..TourFile::default()
    }
}

/// Hundredths as units of the currency.
fn units(hundredths: u64) -> f64 {
    hundredths as f64 / 100.0
}

fn clock(time: NaiveTime) -> Written {
    Written(time.format("%H:%M").to_string())
}

fn frame(frame: &Frame) -> FrameKeys {
    FrameKeys {
        time_zone: Some(frame.time_zone.name().to_owned()),
        country: frame.country.clone(),
        currency: Some(frame.currency.clone()),
        budget: frame.budget.map(units),
        seats: frame.seats.map(i64::from),
        buffer: Some(i64::from(frame.buffer)),
        round: Some(i64::from(frame.round)),
        one_hotel: frame.one_hotel,
        asked_on: frame.asked_on.map(|day| Written(day.to_string())),
    }
}

fn base(base: &Base) -> BaseKeys {
    BaseKeys {
        code: base.code.clone(),
        name: base.name.clone(),
        lon: base.place.lon,
        lat: base.place.lat,
        address: base.place.address.clone(),
        town: base.place.town.clone(),
        hotel: base.hotel,
        cost: Some(base.cost).filter(|cost| *cost > 0).map(units),
    }
}

fn day(day: &Day) -> DayKeys {
    DayKeys {
        date: Written(day.date.to_string()),
        from: Some(&day.from).filter(|from| !from.is_empty()).map(|from| Texts(from.clone())),
        to: Texts(day.to.clone()),
        starts: clock(day.starts),
        ends: clock(day.ends),
        meal: day.meal.map(|meal| MealKeys {
            from: clock(meal.from),
            until: clock(meal.until),
            minutes: i64::from(meal.minutes),
        }),
        most: day.most.map(i64::from),
    }
}

fn weights(weights: &Weights) -> WeightKeys {
    let points = |points: u32| Some(i64::from(points));
    WeightKeys {
        interest: points(weights.interest),
        repeat: points(weights.repeat),
        fairness: points(weights.fairness),
        chain: points(weights.chain),
        institution: points(weights.institution),
        territory: points(weights.territory),
        certainty: points(weights.certainty),
        language: points(weights.language),
        visit: points(weights.visit),
    }
}

fn quota(quota: &Quota) -> QuotaKeys {
    let of = |subject: Subject| {
        quota.which.subject.as_ref().filter(|(own, _)| *own == subject).map(|(_, name)| name.clone())
    };
    QuotaKeys {
        industry: of(Subject::Industry),
        phase: of(Subject::Phase),
        practice: of(Subject::Practice),
        kind: of(Subject::Kind),
        district: quota.which.district.clone(),
        hosts: quota.which.hosts.clone(),
        least: i64::from(quota.least),
        most: quota.most.map(i64::from),
        per: match quota.per {
            Per::Tour => PerKey::Tour,
            Per::Day => PerKey::Day,
        },
    }
}

fn driving(driving: Driving) -> DrivingKeys {
    let minutes = |minutes: u32| Some(i64::from(minutes));
    DrivingKeys {
        stretch: minutes(driving.stretch),
        rest: minutes(driving.rest),
        day: minutes(driving.day),
        night: minutes(driving.night),
    }
}

pub(super) fn ways_keys(ways: &Ways, folder: &Path) -> WaysKeys {
    match ways {
        Ways::Coordinates(roads) => coordinates(roads),
        Ways::Matrix(matrix) => {
            let path = |path: &String| relative(&matrix.folder.join(path), folder);
            let paths = matrix.paths.0.iter().map(path).collect();
            WaysKeys { source: WaysKey::Matrix, path: Some(Texts(paths)), ..WaysKeys::default() }
        }
        Ways::Server(server) => WaysKeys {
            source: WaysKey::Osrm,
            url: Some(server.url.clone()),
            profile: Some(server.profile.clone()),
            block: i64::try_from(server.block).ok(),
            timeout: i64::try_from(server.timeout.as_secs()).ok(),
            keep: server.keep.as_ref().map(|keep| relative(keep, folder)),
            ..WaysKeys::default()
        },
    }
}

fn coordinates(roads: &Roads) -> WaysKeys {
    let band = |&(upto, speed): &(f64, f64)| BandKeys { upto: Some(upto), speed };
    let mut bands: Vec<BandKeys> = roads.bands.iter().map(band).collect();
    bands.push(BandKeys { upto: None, speed: roads.rest });
    WaysKeys { factor: Some(roads.factor), bands: Some(bands), ..WaysKeys::default() }
}

/// A path from a folder, where it lies below it.
fn relative(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}
