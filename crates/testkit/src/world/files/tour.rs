//! A tour as a folder of tables.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::{WriteError, complete};
use crate::world::tour::{ASKED_ON, HOLIDAYS, LANGUAGE, Person, STAFF, TIME_ZONE, Tour};

/// The files of a tour, the one that makes it whole last.
const FILES: [&str; 6] =
    ["hosts.csv", "delegates.csv", "visits.csv", "contacts.csv", "people.csv", "tour.toml"];

/// Those that are about persons.
const PERSONAL: [&str; 3] = ["delegates.csv", "contacts.csv", "people.csv"];

/// Writes a tour into the folder and names its files; whatever else is there stays.
pub(super) fn write(tour: &Tour, folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    fs::create_dir_all(folder).map_err(WriteError::at(folder))?;
    let contents = [hosts(tour), delegates(tour), visits(tour), contacts(tour), people(tour), keys(tour)];
    let put = |(name, content): (&str, String)| {
        let path = folder.join(name);
        let written = if PERSONAL.contains(&name) {
            complete::private_file(&path, content.as_bytes())
        } else {
            complete::file(&path, &|out| out.write_all(content.as_bytes()))
        };
        written.map_err(WriteError::at(&path))?;
        Ok(path)
    };
    FILES.into_iter().zip(contents).map(put).collect()
}

/// Removes the files of a tour, and the folder if nothing else is in it: plans that somebody made stay.
pub(super) fn remove(folder: &Path) -> Result<(), WriteError> {
    for name in FILES {
        let path = folder.join(name);
        complete::or_absent(fs::remove_file(&path)).map_err(WriteError::at(&path))?;
    }
    // A folder that is absent or not empty may stay so.
    let _ = fs::remove_dir(folder);
    Ok(())
}

/// A row of CSV; fields with separators or quotation marks are put between quotation marks.
fn row(fields: &[&str]) -> String {
    let field = |field: &&str| {
        if field.contains([',', '"', '\n']) {
            format!("\"{}\"", field.replace('"', "\"\""))
        } else {
            (*field).to_owned()
        }
    };
    let mut row = fields.iter().map(field).collect::<Vec<_>>().join(",");
    row.push('\n');
    row
}

/// Hundredths as a number with two decimals; nothing where there are none.
fn money(hundredths: u32) -> String {
    if hundredths == 0 { String::new() } else { format!("{}.{:02}", hundredths / 100, hundredths % 100) }
}

fn number(value: Option<u32>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

const fn yes(it_is: bool) -> &'static str {
    if it_is { "yes" } else { "" }
}

fn hosts(tour: &Tour) -> String {
    let mut text = row(&[
        "code",
        "name",
        "kind",
        "lon",
        "lat",
        "address",
        "town",
        "zone",
        "industries",
        "phases",
        "practices",
        "look_for",
        "hours",
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
    ]);
    for host in &tour.hosts {
        let [lon, lat] = host.lonlat.map(|degrees| format!("{degrees:.7}"));
        text += &row(&[
            &host.code,
            &host.name,
            host.kind,
            &lon,
            &lat,
            &host.address,
            &host.town,
            &host.zone,
            host.industry.unwrap_or_default(),
            &host.phases.join("; "),
            &host.practices.join("; "),
            &host.look_for,
            host.hours,
            &host.minutes.to_string(),
            &number(host.group),
            &host.guides.to_string(),
            &number(host.stagger),
            &host.languages.join("; "),
            &host.notice.to_string(),
            yes(host.meal),
            &money(host.cost),
            if host.is_step_free { "step-free" } else { "" },
            yes(host.consent),
            host.valid_until,
        ]);
    }
    text
}

fn delegates(tour: &Tour) -> String {
    let weighted = |interests: &[(&str, u32)]| {
        interests.iter().map(|(name, weight)| format!("{name}*{weight}")).collect::<Vec<_>>().join("; ")
    };
    let mut text =
        row(&["code", "role", "country", "languages", "industries", "phases", "practices", "kinds", "needs"]);
    for delegate in &tour.delegates {
        text += &row(&[
            &delegate.code,
            delegate.role,
            delegate.country,
            &delegate.languages.join("; "),
            &weighted(&delegate.industries),
            &weighted(&delegate.phases),
            &weighted(&delegate.practices),
            &weighted(&delegate.kinds),
            delegate.needs,
        ]);
    }
    text
}

fn visits(tour: &Tour) -> String {
    let mut text = row(&["host", "state", "demand", "start", "extra"]);
    for visit in &tour.visits {
        let extra = if visit.extra == 0 { String::new() } else { visit.extra.to_string() };
        text += &row(&[&visit.host, visit.state, visit.demand, visit.start, &extra]);
    }
    text
}

fn contacts(tour: &Tour) -> String {
    let of = |person: &Person| row(&[&person.code, &person.name, person.role, &person.phone, &person.email]);
    tour.contacts
        .iter()
        .fold(row(&["host", "name", "role", "phone", "email"]), |text, person| text + &of(person))
}

fn people(tour: &Tour) -> String {
    let mut text = row(&["code", "name", "phone", "email", "emergency"]);
    for (index, person) in tour.people.iter().enumerate() {
        let emergency = format!("+999 000 {}", 3001 + index);
        text += &row(&[&person.code, &person.name, &person.phone, &person.email, &emergency]);
    }
    text
}

/// `tour.toml`.
fn keys(tour: &Tour) -> String {
    let mut text = format!(
        r#"# A study tour of a made country. Nothing in it is real. docs/tours.md says what the keys mean.

title = "{}"
aim = "{}"
# Where `distretto run --out` wrote the edition: which district a host belongs to follows from its zone.
edition = "../../edition"

[frame]
time_zone = "{TIME_ZONE}"
country = "{HOLIDAYS}"
currency = "EUR"
budget = 5000
seats = 28
buffer = 15
asked_on = {ASKED_ON}
"#,
        tour.title, tour.aim
    );
    // Writing into a text cannot fail.
    for base in &tour.bases {
        let [lon, lat] = base.lonlat;
        let _ = write!(
            text,
            "\n[[base]]\ncode = \"{}\"\nname = \"{}\"\nlon = {lon:.7}\nlat = {lat:.7}\naddress = \"{}\"\ntown = \"{}\"\n",
            base.code, base.name, base.address, base.town
        );
        if let Some(night) = base.night {
            let _ = write!(text, "hotel = true\ncost = {}\n", money(night));
        }
    }
    for day in &tour.days {
        let _ = write!(text, "\n[[day]]\ndate = {}\n", day.date);
        if let Some(from) = day.from {
            let _ = writeln!(text, "from = \"{from}\"");
        }
        let to: Vec<String> = day.to.iter().map(|base| format!("\"{base}\"")).collect();
        let _ =
            write!(text, "to = [{}]\nstarts = \"{}\"\nends = \"{}\"\n", to.join(", "), day.starts, day.ends);
        if day.lunch {
            text += "meal = { from = \"12:00\", until = \"14:00\", minutes = 60 }\n";
        }
    }
    let _ = write!(
        text,
        r#"
[delegation]
pace = "usual"
interpreted = ["{LANGUAGE}"]
staff = {STAFF}

# What counts how much, in points: docs/tours.md.
[weights]
interest = 30
fairness = 40
chain = 100
institution = 150
territory = 120

[[quota]]
kind = "enterprise"
least = 2

[[quota]]
kind = "cultural_site"
most = 2

[ways]
source = "coordinates"
"#
    );
    text
}
