//! The tour as a calendar: iCalendar, RFC 5545.
//!
//! One event for each visit, meal, drive and rest, and for the start and end of each day. Times carry the tour's zone, whose rules for the dates of the tour stand in
//! the file. A visit that is confirmed for the time at which it is planned has the status `CONFIRMED`, any other `TENTATIVE`; the rest has none.
//!
//! *Identity.* The UID of a visit is made of the book's id and the code of the host; that of anything else of the book's id, the date, what it is, and its number in the day. So a calendar that has an earlier
//! plan of the same tour moves its events. `DTSTAMP` is the moment at which the book was made, `SEQUENCE` the minutes from the beginning of 2000 to it: a book made later counts as
//! newer.
//!
//! Written here and not by a library: lines are folded at 75 octets, and nothing depends on a clock or on chance.

mod zone;

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDateTime, Utc};
use distretto_tours::visit::State;

use crate::book::{Book, BookError};
use crate::programme::{Break, Call, Day, Drive, Item, Programme, Spot};
use crate::text;
use crate::words::Words;

/// Writes the calendar.
///
/// # Errors
/// [`BookError`], as for [`Programme::of`].
pub fn ics(book: &Book<'_>) -> Result<String, BookError> {
    let programme = Programme::of(book)?;
    let mut calendar = Calendar::default();
    calendar.line("BEGIN:VCALENDAR");
    calendar.line("VERSION:2.0");
    calendar.line("PRODID:-//distretto//road book//EN");
    calendar.line("CALSCALE:GREGORIAN");
    calendar.line("METHOD:PUBLISH");
    calendar.text("X-WR-CALNAME", &programme.title);
    calendar.line(&format!("X-WR-TIMEZONE:{}", programme.time_zone));
    if let (Some(first), Some(last)) = (programme.days.first(), programme.days.last()) {
        for line in zone::observances(book.tour.frame.time_zone, first.begins, last.ends) {
            calendar.line(&line);
        }
    }
    let stamp = Stamp { id: &programme.id, made: book.made, zone: &programme.time_zone };
    for day in &programme.days {
        for event in events(day, book.words) {
            calendar.event(&event, &stamp);
        }
    }
    calendar.line("END:VCALENDAR");
    Ok(calendar.text)
}

/// What all events share.
struct Stamp<'a> {
    id: &'a str,
    made: DateTime<Utc>,
    zone: &'a str,
}

/// One event.
struct Event {
    /// What it is called within the tour.
    key: String,
    starts: NaiveDateTime,
    /// Absent for a moment.
    ends: Option<NaiveDateTime>,
    summary: String,
    description: String,
    spot: Option<Spot>,
    status: Option<&'static str>,
    /// What is not a visit leaves the time of who has the calendar free.
    busy: bool,
    category: &'static str,
}

fn events(day: &Day, words: &Words) -> Vec<Event> {
    let date = day.date.format("%Y%m%d").to_string();
    let moment = |key: &str, at: NaiveDateTime, spot: &Spot, said: &str| Event {
        key: format!("{date}-{key}"),
        starts: at,
        ends: None,
        summary: words.say(said, &[("place", &spot.name)]),
        description: spot.in_full(),
        spot: Some(spot.clone()),
        status: None,
        busy: false,
        category: "DAY",
    };
    let mut events = vec![moment("start", day.begins, &day.from, "calendar.depart")];
    let mut rests = 0;
    for item in &day.items {
        match item {
            Item::Drive(one) => events.push(drive(one, &date, words)),
            Item::Visit(call) => events.push(visit(call, day, words)),
            Item::Meal(meal) => {
                events.push(pause(meal, format!("{date}-meal"), "calendar.meal", "MEAL", words));
            }
            Item::Rest(rest) => {
                rests += 1;
                events.push(pause(rest, format!("{date}-rest-{rests}"), "calendar.rest", "REST", words));
            }
            Item::Free(_) => {}
        }
    }
    events.push(moment("end", day.ends, &day.to, "calendar.return"));
    events
}

fn drive(drive: &Drive, date: &str, words: &Words) -> Event {
    let minutes = drive.minutes.map(|minutes| words.duration(u64::from(minutes))).unwrap_or_default();
    let metres = drive.metres.map(|metres| words.distance(u64::from(metres))).unwrap_or_default();
    let driving = text::joined([minutes.as_str(), metres.as_str()], " · ");
    Event {
        key: format!("{date}-drive-{}", drive.number),
        starts: drive.starts,
        ends: Some(drive.ends),
        summary: words.say("calendar.drive", &[("from", &drive.from.name), ("to", &drive.to.name)]),
        description: if driving.is_empty() {
            String::new()
        } else {
            words.say("calendar.driving", &[("driving", &driving)])
        },
        spot: Some(drive.to.clone()),
        status: None,
        busy: true,
        category: "DRIVE",
    }
}

fn visit(call: &Call, day: &Day, words: &Words) -> Event {
    let mut lines = vec![words.say("calendar.arrive", &[("time", &words.time(call.arrives, day.date))])];
    for group in &call.groups {
        let time = format!("{}–{}", words.time(group.starts, day.date), words.time(group.ends, day.date));
        let people = words.say("group.people", &[("people", &group.people.to_string())]);
        let number = group.number.to_string();
        lines.push(words.say("row.group", &[("group", &number), ("time", &time), ("who", &people)]));
    }
    if !call.languages.is_empty() {
        lines.push(words.say("row.languages", &[("languages", &words.tongues(&call.languages))]));
    }
    if let Some(contact) = &call.contact {
        let contact = text::joined(
            [contact.name.as_str(), contact.role.as_str(), contact.phone.as_str(), contact.email.as_str()],
            ", ",
        );
        lines.push(words.say("row.contact", &[("contact", &contact)]));
    }
    if !call.look_for.is_empty() {
        lines.push(call.look_for.clone());
    }
    Event {
        key: format!("visit-{}", call.place.code),
        starts: call.starts,
        ends: Some(call.ends),
        summary: call.place.name.clone(),
        description: lines.join("\n"),
        spot: Some(call.place.clone()),
        status: Some(if call.state == State::Confirmed { "CONFIRMED" } else { "TENTATIVE" }),
        busy: true,
        category: "VISIT",
    }
}

fn pause(pause: &Break, key: String, said: &str, category: &'static str, words: &Words) -> Event {
    let place = pause.place.as_ref().map_or(words.get("row.on_the_road"), |place| &place.name);
    Event {
        key,
        starts: pause.starts,
        ends: Some(pause.ends),
        summary: words.say(said, &[("place", place)]),
        description: String::new(),
        spot: pause.place.clone(),
        status: None,
        busy: true,
        category,
    }
}

/// The text of a calendar, line by line.
#[derive(Default)]
struct Calendar {
    text: String,
}

impl Calendar {
    /// Writes a line, folded so that no part of it is longer than 75 octets (section 3.1), never within a character.
    fn line(&mut self, line: &str) {
        let mut room = 75;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = 74;
            }
            self.text.push(c);
            room -= c.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    /// Writes a property of the type TEXT (section 3.3.11); none where it is empty.
    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.line(&format!("{name}:{}", escape(value)));
        }
    }

    fn event(&mut self, event: &Event, stamp: &Stamp<'_>) {
        let local = |time: NaiveDateTime| time.format("%Y%m%dT%H%M%S");
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{}@{}.distretto.invalid", plain(&event.key), plain(stamp.id)));
        self.line(&format!("DTSTAMP:{}Z", local(stamp.made.naive_utc())));
        self.line(&format!("SEQUENCE:{}", sequence(stamp.made)));
        self.line(&format!("DTSTART;TZID={}:{}", stamp.zone, local(event.starts)));
        if let Some(ends) = event.ends.filter(|&ends| ends > event.starts) {
            self.line(&format!("DTEND;TZID={}:{}", stamp.zone, local(ends)));
        }
        self.text("SUMMARY", &event.summary);
        if let Some(spot) = &event.spot {
            self.text("LOCATION", &spot.in_full());
            // Six decimals are a tenth of a metre, and what RFC 5545 asks for.
            self.line(&format!("GEO:{:.6};{:.6}", spot.lat, spot.lon));
        }
        self.text("DESCRIPTION", &event.description);
        self.line(&format!("CATEGORIES:{}", event.category));
        if let Some(status) = event.status {
            self.line(&format!("STATUS:{status}"));
        }
        self.line(if event.busy { "TRANSP:OPAQUE" } else { "TRANSP:TRANSPARENT" });
        self.line("END:VEVENT");
    }
}

/// Minutes since the beginning of 2000, from 0 to what a 32-bit number holds.
fn sequence(made: DateTime<Utc>) -> i64 {
    const BEGINNING: i64 = 946_684_800;
    ((made.timestamp() - BEGINNING).div_euclid(60)).clamp(0, i64::from(i32::MAX))
}

/// A text as TEXT.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A code as part of an identifier: letters, digits and hyphens of ASCII as they are, other octets as `_` and two hexadecimal digits, so that codes that differ stay different.
fn plain(code: &str) -> String {
    let mut plain = String::new();
    for byte in code.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            plain.push(char::from(byte));
        } else {
            let _ = write!(plain, "_{byte:02x}");
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut calendar = Calendar::default();
        let long: String = "ü🚌".repeat(40);
        calendar.text("SUMMARY", &long);
        for line in calendar.text.split("\r\n") {
            assert!(line.len() <= 75, "{line}");
        }
        assert_eq!(calendar.text.replace("\r\n ", ""), format!("SUMMARY:{long}\r\n"));
    }

    #[test]
    fn text_is_escaped_and_codes_stay_different() {
        assert_eq!(escape("a,b;c\\d\ne"), "a\\,b\\;c\\\\d\\ne");
        assert_eq!(plain("a b"), "a_20b");
        assert_ne!(plain("a_20b"), plain("a b"));
    }

    #[test]
    fn a_later_book_counts_as_newer() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(sequence(at("2000-01-01T01:00:00Z")), 60);
        assert_eq!(sequence(at("1999-01-01T00:00:00Z")), 0);
    }
}
