//! A day: its line-by-line table and its map.

use serde::Serialize;

use super::sheet::Sheet;
use super::{base, contact_words, drawn, drive_words, group_time, state, who};
use crate::book::Book;
use crate::html::map::Map;
use crate::html::questions::kind_name;
use crate::programme::{Call, Day, Drive, Item, Known, Programme, Spot};
use crate::text;
use crate::words::Words;

#[derive(Serialize)]
pub(super) struct DayView {
    number: usize,
    date: String,
    begins: String,
    from: String,
    from_where: String,
    ends: String,
    to: String,
    to_where: String,
    drive: String,
    night: bool,
    rows: Vec<Row>,
    free: String,
    map: String,
    caption: String,
    sheets: Vec<Sheet>,
}

/// A line of a day.
#[derive(Serialize, Default)]
struct Row {
    class: &'static str,
    time: String,
    what: String,
    number: Option<usize>,
    order: usize,
    title: String,
    lines: Vec<String>,
    side: Vec<String>,
    /// Short gaps before and after a visit.
    gaps: Vec<String>,
}

/// A gap of fewer minutes beside a visit is told in the visit's row; a longer one has its own.
const GAP: u64 = 20;

impl DayView {
    pub(super) fn of(book: &Book<'_>, programme: &Programme, day: &Day) -> Self {
        let words = book.words;
        let next = day.free_until.map(|next| {
            words.say(
                "day.free_evening",
                &[("from", &words.time(day.ends, day.date)), ("until", &words.time(next, next.date()))],
            )
        });
        let (map, caption) = day_map(book, day);
        Self {
            number: day.number,
            date: words.date(day.date),
            begins: words.time(day.begins, day.date),
            from: day.from.name.clone(),
            from_where: day.from.where_(),
            ends: words.time(day.ends, day.date),
            to: day.to.name.clone(),
            to_where: day.to.where_(),
            drive: drive_words(day.drive_minutes, day.drive_metres, words),
            night: day.night,
            rows: rows(day, programme, words),
            free: next.unwrap_or_default(),
            map,
            caption,
            sheets: day.calls().map(|call| Sheet::of(book, programme, day, call)).collect(),
        }
    }
}

fn rows(day: &Day, programme: &Programme, words: &Words) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut arrival: Option<String> = None;
    for (at, item) in day.items.iter().enumerate() {
        if let Item::Free(free) = item
            && minutes(item) < GAP
        {
            let before = at.checked_sub(1).and_then(|before| day.items.get(before));
            if let (Some(Item::Visit(_)), Some(last)) = (before, rows.last_mut()) {
                last.gaps.push(words.say("row.free_until", &[("time", &words.time(free.ends, day.date))]));
                continue;
            }
            if free.before_visit {
                arrival = Some(words.say("row.arrival", &[("time", &words.time(free.starts, day.date))]));
                continue;
            }
        }
        let mut row = row(item, day, programme, words);
        row.gaps.extend(arrival.take());
        rows.push(row);
    }
    rows
}

fn row(item: &Item, day: &Day, programme: &Programme, words: &Words) -> Row {
    let time = span(item, day, words);
    let place =
        |place: &Option<Spot>| place.as_ref().map_or(words.get("row.on_the_road").to_owned(), Spot::in_full);
    match item {
        Item::Drive(drive) => Row {
            class: "drive",
            time,
            what: words.get("row.drive").to_owned(),
            title: words.say("row.drive_to", &[("place", &drive.to.name)]),
            side: drive_side(drive, words),
            ..Row::default()
        },
        Item::Visit(call) => Row {
            class: "visit",
            time,
            what: words.get(if call.meal { "row.visit_meal" } else { "row.visit" }).to_owned(),
            number: Some(call.order),
            order: call.order,
            title: call.place.name.clone(),
            lines: visit_lines(call, day, programme, words),
            side: vec![state(call, words), words.duration(minutes(item))],
            gaps: Vec::new(),
        },
        Item::Meal(meal) => Row {
            class: "meal",
            time,
            what: words.get("row.meal").to_owned(),
            title: place(&meal.place),
            side: vec![words.duration(minutes(item))],
            ..Row::default()
        },
        Item::Rest(rest) => Row {
            class: "rest",
            time,
            what: words.get("row.rest").to_owned(),
            title: words.say("row.rest_at", &[("place", &place(&rest.place))]),
            side: vec![words.duration(minutes(item))],
            ..Row::default()
        },
        Item::Free(free) => Row {
            class: "free",
            time,
            what: words.get("row.free").to_owned(),
            title: words.get(if free.before_visit { "row.free_before" } else { "row.free_time" }).to_owned(),
            side: vec![words.duration(minutes(item))],
            ..Row::default()
        },
    }
}

fn span(item: &Item, day: &Day, words: &Words) -> String {
    format!("{}–{}", words.time(item.starts(), day.date), words.time(item.ends(), day.date))
}

/// Minutes on the clock.
fn minutes(item: &Item) -> u64 {
    u64::try_from((item.ends() - item.starts()).num_minutes()).unwrap_or(0)
}

fn drive_side(drive: &Drive, words: &Words) -> Vec<String> {
    let known = match drive.known {
        Known::Yes => {
            return vec![drive_words(drive.minutes.map(u64::from), drive.metres.map(u64::from), words)];
        }
        Known::NoRoute => "row.no_route",
        Known::No => "row.way_unknown",
    };
    vec![words.get(known).to_owned()]
}

fn visit_lines(call: &Call, day: &Day, programme: &Programme, words: &Words) -> Vec<String> {
    let mut lines = vec![text::joined([kind_name(call.host_kind, words), &call.place.where_()], " · ")];
    let mut notes = Vec::new();
    if !call.languages.is_empty() {
        notes.push(words.say("row.languages", &[("languages", &words.tongues(&call.languages))]));
    }
    if let Some(contact) = &call.contact {
        notes.push(words.say("row.contact", &[("contact", &contact_words(contact))]));
    }
    lines.extend((!notes.is_empty()).then(|| notes.join(" · ")));
    let groups = call.groups.iter().map(|group| {
        words.say(
            "row.group",
            &[
                ("group", &group.number.to_string()),
                ("time", &group_time(group, day, words)),
                ("who", &who(group, programme, words)),
            ],
        )
    });
    let groups: Vec<String> = groups.collect();
    lines.extend((!groups.is_empty()).then(|| groups.join(" · ")));
    lines
}

fn day_map(book: &Book<'_>, day: &Day) -> (String, String) {
    let words = book.words;
    let number = day.number.to_string();
    let calls: Vec<String> = day.calls().map(|call| format!("{} {}", call.order, call.place.name)).collect();
    let map = Map {
        id: format!("map-day-{number}"),
        title: words.say("map.day", &[("day", &number)]),
        described: words.say(
            "map.day_described",
            &[("from", &day.from.name), ("to", &day.to.name), ("stops", &calls.join("; "))],
        ),
        height: 175.0,
        stops: day.calls().map(|call| (call.place.lon, call.place.lat, call.order.to_string())).collect(),
        bases: vec![base(&day.from), base(&day.to)],
        ways: day.drives().map(|drive| (drive.line.as_slice(), drive.straight)).collect(),
        outlines: book.outlines,
    };
    // What circles and squares are stands at the map of the tour.
    drawn(&map, "", words)
}
