//! What the pages show, in words.

mod day;
mod reading;
mod sheet;

use chrono::Timelike;
use distretto_tours::tour::Contact;
use distretto_tours::visit::State;
use serde::Serialize;

use self::day::DayView;
use self::reading::DistrictView;
use super::map::{self, Map};
use crate::book::{Book, Number};
use crate::programme::{Call, Day, District, Group, Item, Night, Programme, Spot, Traveller};
use crate::text;
use crate::words::Words;

/// All pages.
#[derive(Serialize)]
pub(super) struct View {
    language: String,
    direction: &'static str,
    title: String,
    aim: Vec<String>,
    dates: String,
    made: String,
    zone: String,
    personal: bool,
    travel_source: String,
    facts: Vec<(String, String)>,
    roles: Vec<(String, String, usize)>,
    staff: u32,
    interpreted: String,
    travellers: Vec<TravellerView>,
    overview: Vec<OverviewRow>,
    map: String,
    caption: String,
    days: Vec<DayView>,
    /// Whether some of the districts are areas that are none.
    others: bool,
    districts: Vec<DistrictView>,
    help: HelpView,
}

#[derive(Serialize)]
struct TravellerView {
    number: usize,
    role: String,
    country: String,
    languages: String,
    name: String,
    phone: String,
    email: String,
    emergency: String,
}

#[derive(Serialize)]
struct OverviewRow {
    number: usize,
    date: String,
    begins: String,
    from: String,
    visits: Vec<(usize, String, String)>,
    meal: String,
    drive: String,
    ends: String,
    to: String,
    night: bool,
}

#[derive(Serialize)]
struct HelpView {
    call: Option<Number>,
    numbers: Vec<Number>,
    people: Vec<Number>,
    nights: Vec<(String, String, String, String)>,
    emergencies: Vec<(String, String)>,
}

impl View {
    pub(super) fn of(book: &Book<'_>, programme: &Programme) -> Self {
        let words = book.words;
        let calls: Vec<&Call> = programme.calls().collect();
        let (map, caption) = tour_map(book, programme);
        Self {
            language: programme.language.clone(),
            direction: if words.right_to_left() { "rtl" } else { "ltr" },
            title: programme.title.clone(),
            aim: paragraphs(&programme.aim),
            dates: dates(programme, words),
            made: made(book),
            zone: programme.time_zone.clone(),
            personal: programme.personal,
            travel_source: programme.travel_source.clone(),
            facts: facts(programme, words),
            roles: roles(programme, words),
            staff: programme.party.staff,
            interpreted: words.tongues(&programme.party.interpreted),
            travellers: if programme.personal
                || is_described(programme) && calls.iter().any(|call| !call.groups.is_empty())
            {
                programme.party.travellers.iter().map(|traveller| self::traveller(traveller, words)).collect()
            } else {
                Vec::new()
            },
            overview: programme.days.iter().map(|day| overview(day, words)).collect(),
            map,
            caption,
            others: programme.districts.iter().any(District::is_other),
            days: programme.days.iter().map(|day| DayView::of(book, programme, day)).collect(),
            districts: programme
                .districts
                .iter()
                .map(|district| DistrictView::of(district, &calls, words))
                .collect(),
            help: help(programme, words),
        }
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn dates(programme: &Programme, words: &Words) -> String {
    match (programme.days.first(), programme.days.last()) {
        (Some(first), Some(last)) => words.date_range(first.date, last.date),
        _ => String::new(),
    }
}

/// When the book was made, in the time of the tour.
fn made(book: &Book<'_>) -> String {
    let local = book.made.with_timezone(&book.tour.frame.time_zone).naive_local();
    format!("{}, {:02}:{:02}", book.words.date(local.date()), local.hour(), local.minute())
}

fn facts(programme: &Programme, words: &Words) -> Vec<(String, String)> {
    let mut facts = vec![
        (words.get("cover.days").to_owned(), programme.days.len().to_string()),
        (words.get("cover.visits").to_owned(), programme.calls().count().to_string()),
        (words.get("cover.people").to_owned(), programme.party.people.to_string()),
    ];
    for (key, other) in [("cover.districts", false), ("cover.areas", true)] {
        let those = programme.districts.iter().filter(|district| district.is_other() == other);
        let names: Vec<&str> = those.map(|district| district.reading.name.as_str()).collect();
        if !names.is_empty() {
            facts.push((words.get(key).to_owned(), names.join(", ")));
        }
    }
    let minutes: Option<u64> = programme.days.iter().map(|day| day.drive_minutes).sum();
    let metres: Option<u64> = programme.days.iter().map(|day| day.drive_metres).sum();
    let drive = drive_words(minutes, metres, words);
    if !drive.is_empty() {
        facts.push((words.get("cover.driving").to_owned(), drive));
    }
    facts
}

/// `1 h 20 min · 84 km`, as far as known.
fn drive_words(minutes: Option<u64>, metres: Option<u64>, words: &Words) -> String {
    let minutes = minutes.map(|minutes| words.duration(minutes)).unwrap_or_default();
    let metres = metres.map(|metres| words.distance(metres)).unwrap_or_default();
    text::joined([minutes.as_str(), metres.as_str()], " · ")
}

/// Roles, each with its countries and persons, in the order in which they first appear.
fn roles(programme: &Programme, words: &Words) -> Vec<(String, String, usize)> {
    let mut roles: Vec<(String, Vec<String>, usize)> = Vec::new();
    for one in &programme.party.roles {
        let country = words.country(&one.country);
        let country = if one.count > 1 && !country.is_empty() {
            words.say("party.times", &[("country", &country), ("count", &one.count.to_string())])
        } else {
            country
        };
        match roles.iter_mut().find(|(role, ..)| *role == one.role) {
            Some((_, countries, count)) => {
                countries.push(country);
                *count += one.count;
            }
            None => roles.push((one.role.clone(), vec![country], one.count)),
        }
    }
    let joined = |countries: Vec<String>| text::joined(countries.iter().map(String::as_str), ", ");
    roles.into_iter().map(|(role, countries, count)| (role, joined(countries), count)).collect()
}

/// Whether anything is told of a traveller: a list of numbers alone tells nobody who they are.
fn is_described(programme: &Programme) -> bool {
    let told = |one: &Traveller| !(one.role.is_empty() && one.country.is_empty() && one.languages.is_empty());
    programme.party.travellers.iter().any(told)
}

fn traveller(traveller: &Traveller, words: &Words) -> TravellerView {
    let person = traveller.person.clone().unwrap_or_default();
    TravellerView {
        number: traveller.number,
        role: traveller.role.clone(),
        country: words.country(&traveller.country),
        languages: words.tongues(&traveller.languages),
        name: person.name,
        phone: person.phone,
        email: person.email,
        emergency: person.emergency,
    }
}

fn overview(day: &Day, words: &Words) -> OverviewRow {
    let meal = day.items.iter().find_map(|item| match item {
        Item::Meal(meal) => Some(text::joined(
            [words.time(meal.starts, day.date).as_str(), meal.place.as_ref().map_or("", |place| &place.name)],
            " ",
        )),
        Item::Visit(call) if call.meal => {
            Some(format!("{} {}", words.time(call.starts, day.date), call.place.name))
        }
        _ => None,
    });
    OverviewRow {
        number: day.number,
        date: words.date_short(day.date),
        begins: words.time(day.begins, day.date),
        from: day.from.name.clone(),
        visits: day
            .calls()
            .map(|call| (call.order, words.time(call.starts, day.date), call.place.name.clone()))
            .collect(),
        meal: meal.unwrap_or_default(),
        drive: drive_words(day.drive_minutes, day.drive_metres, words),
        ends: words.time(day.ends, day.date),
        to: day.to.name.clone(),
        night: day.night,
    }
}

/// The map of the tour and what its signs mean; empty without days.
fn tour_map(book: &Book<'_>, programme: &Programme) -> (String, String) {
    let words = book.words;
    let calls: Vec<String> =
        programme.calls().map(|call| format!("{} {}", call.order, call.place.name)).collect();
    if programme.days.is_empty() {
        return (String::new(), String::new());
    }
    let map = Map {
        id: "map-tour".to_owned(),
        title: words.get("map.tour").to_owned(),
        described: words.say("map.tour_described", &[("stops", &calls.join("; "))]),
        height: 350.0,
        stops: programme
            .calls()
            .map(|call| (call.place.lon, call.place.lat, call.order.to_string()))
            .collect(),
        bases: programme.days.iter().flat_map(|day| [&day.from, &day.to]).map(base).collect(),
        ways: programme
            .days
            .iter()
            .flat_map(Day::drives)
            .map(|drive| (drive.line.as_slice(), drive.straight))
            .collect(),
        outlines: book.outlines,
    };
    drawn(&map, words.get("map.tour_caption"), words)
}

/// A map and what its signs mean: only those that it has.
fn drawn(map: &Map<'_>, caption: &str, words: &Words) -> (String, String) {
    let drawn = map::draw(map, words);
    let shaded = match (drawn.districts, drawn.others) {
        (true, true) => words.get("map.shaded_both"),
        (true, false) => words.get("map.shaded_districts"),
        (false, true) => words.get("map.shaded_areas"),
        (false, false) => "",
    };
    let straight = map.ways.iter().any(|(_, straight)| *straight);
    let straight = if straight { words.get("map.straight") } else { "" };
    (drawn.svg, text::joined([caption, shaded, straight], " "))
}

fn base(spot: &Spot) -> (f64, f64, String) {
    (spot.lon, spot.lat, spot.name.clone())
}

fn group_time(group: &Group, day: &Day, words: &Words) -> String {
    format!("{}–{}", words.time(group.starts, day.date), words.time(group.ends, day.date))
}

/// Who is in a group: numbers of travellers, and those who travel along.
fn who(group: &Group, programme: &Programme, words: &Words) -> String {
    let travellers = match group.travellers {
        Some((first, last)) if first == last => {
            words.say("group.traveller", &[("number", &first.to_string())])
        }
        Some((first, last)) => {
            words.say("group.travellers", &[("first", &first.to_string()), ("last", &last.to_string())])
        }
        None => String::new(),
    };
    let staff = if group.staff > 0 && programme.party.staff > 0 {
        words.say("group.staff", &[("staff", &group.staff.to_string())])
    } else {
        String::new()
    };
    let people = words.say("group.people", &[("people", &group.people.to_string())]);
    text::joined([people.as_str(), travellers.as_str(), staff.as_str()], ", ")
}

fn contact_words(contact: &Contact) -> String {
    let role = if contact.name.is_empty() || contact.role.is_empty() {
        contact.role.clone()
    } else {
        format!("({})", contact.role)
    };
    let name = text::joined([contact.name.as_str(), role.as_str()], " ");
    // A number is not broken over two lines.
    let phone = contact.phone.replace(' ', "\u{a0}");
    text::joined([name.as_str(), phone.as_str(), contact.email.as_str()], ", ")
}

/// How far it is with a visit; for when it is agreed, where that is not when it is planned.
fn state(call: &Call, words: &Words) -> String {
    if let Some(agreed) = call.agreed {
        let (date, time) = (words.date_short(agreed.date()), words.time(agreed, agreed.date()));
        return words.say("state.other_time", &[("date", &date), ("time", &time)]);
    }
    words
        .get(match call.state {
            State::Proposed => "state.proposed",
            State::Asked => "state.asked",
            State::Confirmed => "state.confirmed",
            State::Declined => "state.declined",
        })
        .to_owned()
}

fn help(programme: &Programme, words: &Words) -> HelpView {
    let night = |night: &Night| {
        let dates: Vec<String> = night.dates.iter().map(|&date| words.date_short(date)).collect();
        (
            dates.join(", "),
            night.place.name.clone(),
            night.place.where_(),
            night.contact.as_ref().map(contact_words).unwrap_or_default(),
        )
    };
    HelpView {
        call: programme.help.call.clone(),
        numbers: programme.help.numbers.clone(),
        people: programme.help.people.clone(),
        nights: programme.help.nights.iter().map(night).collect(),
        emergencies: programme
            .party
            .travellers
            .iter()
            .filter_map(|traveller| traveller.person.as_ref())
            .filter(|person| !person.emergency.is_empty())
            .map(|person| (person.name.clone(), person.emergency.clone()))
            .collect(),
    }
}
