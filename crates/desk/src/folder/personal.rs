//! The tables of personal data: contacts of hosts and bases, travellers by name, whom to call.

use std::collections::{BTreeMap, BTreeSet};

use distretto_roadbook::book::{Emergency, Number};
use distretto_study::fault::{Code, Fault, Log, Result, listed};
use distretto_tours::tour::{Contact, Person};

use super::letters::code;
use super::rows::{Row, Shape, Sheet};

pub(super) const CONTACTS: Shape = Shape {
    section: "contacts",
    needed: &["host"],
    optional: &["name", "role", "phone", "email"],
    aliases: &[],
    personal: true,
    may_be_empty: true,
};

pub(super) const PEOPLE: Shape = Shape {
    section: "people",
    needed: &["code"],
    optional: &["name", "phone", "email", "emergency"],
    aliases: &[],
    personal: true,
    may_be_empty: true,
};

pub(super) const EMERGENCY: Shape = Shape {
    section: "emergency",
    needed: &["who", "number", "person"],
    optional: &[],
    aliases: &[],
    personal: true,
    may_be_empty: true,
};

/// Reads whom to call: public numbers, and those of persons.
pub(super) fn emergency(sheet: &Sheet<'_>, log: &mut Log) -> Result<Emergency> {
    let mut found = Emergency::default();
    sheet.read(log, |row| {
        let who = code(row.needed("who")?).map_err(|fault| row.placed(fault, "who"))?;
        let number = Number { who, number: row.needed("number")?.to_owned() };
        if row.text("person").is_none() {
            return Err(row
                .fault(Code::ValueMissing, "person", "nobody says whether the number is that of a person")
                .hint("write `yes` where it is, else `no`: numbers of persons are only in road books for travellers"));
        }
        if row.yes("person")? {
            found.people.push(number);
        } else {
            found.numbers.push(number);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Reads the contacts of these hosts and bases.
pub(super) fn contacts(
    sheet: &Sheet<'_>,
    places: &BTreeSet<&str>,
    log: &mut Log,
) -> Result<BTreeMap<String, Contact>> {
    by_code(sheet, "host", places, log, |row| Contact {
        name: row.own("name"),
        role: row.own("role"),
        phone: row.own("phone"),
        email: row.own("email"),
    })
}

/// Reads the travellers behind these delegates.
pub(super) fn people(
    sheet: &Sheet<'_>,
    delegates: &BTreeSet<&str>,
    log: &mut Log,
) -> Result<BTreeMap<String, Person>> {
    by_code(sheet, "code", delegates, log, |row| Person {
        name: row.own("name"),
        phone: row.own("phone"),
        email: row.own("email"),
        emergency: row.own("emergency"),
    })
}

fn by_code<T>(
    sheet: &Sheet<'_>,
    column: &str,
    known: &BTreeSet<&str>,
    log: &mut Log,
    read: impl Fn(&Row<'_>) -> T,
) -> Result<BTreeMap<String, T>> {
    let (mut found, mut strange) = (BTreeMap::new(), BTreeSet::new());
    let files = sheet.read(log, |row| {
        let code = row.needed(column)?;
        if !known.contains(code) {
            strange.insert(code.to_owned());
        } else if found.insert(code.to_owned(), read(row)).is_some() {
            return Err(row.fault(Code::TourCodeTwice, column, format!("the code `{code}` stands twice")));
        }
        Ok(())
    })?;
    if !strange.is_empty() {
        let strange: Vec<String> = strange.into_iter().collect();
        let fault = Fault::new(
            Code::PersonalUnused,
            format!("rows of the table of {} belong to nobody in the tour", sheet.shape.section),
        )
        .because(listed(&strange, 10))
        .hint("erase them with `distretto tour forget`, since they serve nothing any more");
        log.add(match files.first() {
            Some(file) => fault.in_file(file),
            None => fault,
        });
    }
    Ok(found)
}
