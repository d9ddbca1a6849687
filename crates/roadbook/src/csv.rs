//! One row for each drive, visit, meal, rest and stretch of free time: for a spreadsheet.
//!
//! RFC 4180, UTF-8, lines ending in CR LF, one header. *Texts that look like formulas*: a spreadsheet runs a cell that begins with `=`, `+`, `-`, `@` (or their full-width
//! forms); such texts get an apostrophe in front, which a spreadsheet does not show and other programs must take away. A telephone number `+39 …` is such a text. Numbers and times that this
//! crate writes are left as they are.
//!
//! | column | what |
//! |---|---|
//! | `day`, `date` | number of the day from 1; `YYYY-MM-DD` |
//! | `kind` | `drive`, `visit`, `meal`, `rest`, `free` |
//! | `starts`, `ends` | local times, `YYYY-MM-DD HH:MM` |
//! | `minutes`, `metres` | of driving for a drive, on the clock otherwise; empty where unknown |
//! | `visit` | number of the visit in the tour |
//! | `code`, `name`, `address`, `town`, `lon`, `lat` | the place; where a drive ends; empty on the road |
//! | `from` | name of the place where a drive begins |
//! | `state` | `proposed`, `asked`, `confirmed`, `declined`; a visit that is confirmed for another time than it is planned for is `asked` |
//! | `is_meal` | `yes` for a visit that is the meal |
//! | `host_kind`, `district`, `phases`, `languages` | of the host; lists divided by `; ` |
//! | `groups` | `1 09:00 to 10:00 persons 9; …`; empty where all go together |
//! | `contact`, `contact_role`, `phone`, `email` | only with personal data |

use chrono::NaiveDateTime;

use crate::book::{Book, BookError};
use crate::programme::{Call, Day, Item, Programme, Spot};

const COLUMNS: [&str; 22] = [
    "day",
    "date",
    "kind",
    "starts",
    "ends",
    "minutes",
    "metres",
    "visit",
    "code",
    "name",
    "address",
    "town",
    "lon",
    "lat",
    "from",
    "state",
    "is_meal",
    "host_kind",
    "district",
    "phases",
    "languages",
    "groups",
];
const PERSONAL: [&str; 4] = ["contact", "contact_role", "phone", "email"];

/// Writes the table.
///
/// # Errors
/// [`BookError`], as for [`Programme::of`].
pub fn csv(book: &Book<'_>) -> Result<String, BookError> {
    let programme = Programme::of(book)?;
    let personal: &[&str] = if programme.personal { &PERSONAL } else { &[] };
    let mut table = String::new();
    line(&mut table, COLUMNS.iter().chain(personal).map(|name| (*name).to_owned()));
    for day in &programme.days {
        for item in &day.items {
            let mut cells = row(day, item);
            if programme.personal {
                cells.extend(contact(item));
            }
            line(&mut table, cells.into_iter());
        }
    }
    Ok(table)
}

fn row(day: &Day, item: &Item) -> Vec<String> {
    let time = |time: NaiveDateTime| time.format("%Y-%m-%d %H:%M").to_string();
    let clock = (item.ends() - item.starts()).num_minutes().to_string();
    let (minutes, metres, from) = match item {
        Item::Drive(drive) => (
            drive.minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
            drive.metres.map(|metres| metres.to_string()).unwrap_or_default(),
            text(&drive.from.name),
        ),
        _ => (clock, String::new(), String::new()),
    };
    let call = match item {
        Item::Visit(call) => Some(call.as_ref()),
        _ => None,
    };
    let mut cells = vec![
        day.number.to_string(),
        day.date.to_string(),
        item.word().to_owned(),
        time(item.starts()),
        time(item.ends()),
        minutes,
        metres,
        call.map(|call| call.order.to_string()).unwrap_or_default(),
    ];
    cells.extend(place(item));
    cells.push(from);
    cells.extend(call.map_or_else(|| vec![String::new(); 7], host));
    cells
}

fn place(item: &Item) -> [String; 6] {
    let spot: Option<&Spot> = match item {
        Item::Drive(drive) => Some(&drive.to),
        Item::Visit(call) => Some(&call.place),
        Item::Meal(pause) | Item::Rest(pause) => pause.place.as_ref(),
        Item::Free(free) => Some(&free.place),
    };
    spot.map_or_else(Default::default, |spot| {
        [
            text(&spot.code),
            text(&spot.name),
            text(&spot.address),
            text(&spot.town),
            spot.lon.to_string(),
            spot.lat.to_string(),
        ]
    })
}

fn host(call: &Call) -> Vec<String> {
    let groups: Vec<String> = call
        .groups
        .iter()
        .map(|group| {
            format!(
                "{} {} to {} persons {}",
                group.number,
                group.starts.format("%H:%M"),
                group.ends.format("%H:%M"),
                group.people
            )
        })
        .collect();
    vec![
        state(call).to_owned(),
        if call.meal { "yes".to_owned() } else { String::new() },
        call.host_kind.word().to_owned(),
        text(call.district.as_ref().map_or("", |district| &district.name)),
        text(&call.phases.join("; ")),
        text(&call.languages.join("; ")),
        groups.join("; "),
    ]
}

fn contact(item: &Item) -> [String; 4] {
    match item {
        Item::Visit(call) => call.contact.as_ref().map_or_else(Default::default, |contact| {
            [text(&contact.name), text(&contact.role), text(&contact.phone), text(&contact.email)]
        }),
        _ => Default::default(),
    }
}

/// The word of a state in files.
pub(crate) fn state(call: &Call) -> &'static str {
    use distretto_tours::visit::State;
    match call.state {
        State::Proposed => "proposed",
        State::Asked => "asked",
        State::Confirmed => "confirmed",
        State::Declined => "declined",
    }
}

/// A text that no spreadsheet takes for a formula.
fn text(text: &str) -> String {
    // Texts of a programme begin with neither a tabulator nor a line break.
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Writes a row.
fn line(table: &mut String, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            table.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            table.push('"');
            table.push_str(&cell.replace('"', "\"\""));
            table.push('"');
        } else {
            table.push_str(&cell);
        }
    }
    table.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_looks_like_a_formula_is_none() {
        assert_eq!(text("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(text("+39 0831"), "'+39 0831");
        assert_eq!(text("a=b"), "a=b");
        let mut row = String::new();
        line(&mut row, ["a,b", "say \"x\"", "c"].map(str::to_owned).into_iter());
        assert_eq!(row, "\"a,b\",\"say \"\"x\"\"\",c\r\n");
    }
}
