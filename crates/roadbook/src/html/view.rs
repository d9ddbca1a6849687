//! What the pages show, in words.

use chrono::Timelike;
use distretto_tours::tour::Contact;
use distretto_tours::visit::State;
use serde::Serialize;

use super::map::{self, Map};
use super::questions::{interest, kind_name, learnt, look_for, questions};
use crate::book::{Book, Number};
use crate::programme::{
    Call, Day, District, Drive, Group, Item, Known, Link, Night, Programme, Spot, Tie, Traveller,
};
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
    days: Vec<DayView>,
    districts: Vec<DistrictView>,
    help: HelpView,
}

#[derive(Serialize)]
struct TravellerView {
    number: usize,
    role: String,
    country: String,
    languages: String,
    needs: String,
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
struct DayView {
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
    straight: bool,
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

/// The page of a host.
#[derive(Serialize)]
struct Sheet {
    number: usize,
    order: usize,
    name: String,
    kind: String,
    when: String,
    state: String,
    facts: Vec<(String, String)>,
    chain: Vec<(String, bool)>,
    groups: Vec<(usize, String, u32, String)>,
    ties: Vec<(String, String)>,
    learn: Vec<String>,
    look_for: Vec<String>,
    interests: Vec<String>,
    questions: Vec<String>,
}

#[derive(Serialize)]
struct DistrictView {
    name: String,
    industry: String,
    why: Vec<String>,
    certainty: String,
    certainty_word: String,
    advice: String,
    /// Certainty in hundredths, for the bar.
    hundredths: Option<u64>,
    facts: Vec<(String, String)>,
    phases: Vec<PhaseRow>,
    link: String,
    linked: bool,
    visits: Vec<(usize, String)>,
}

#[derive(Serialize)]
struct PhaseRow {
    name: String,
    workers: String,
    /// Length of the bar in hundredths of the longest.
    bar: u64,
}

#[derive(Serialize)]
struct HelpView {
    numbers: Vec<Number>,
    people: Vec<Number>,
    nights: Vec<(String, String, String, String)>,
    emergencies: Vec<(String, String)>,
}

impl View {
    pub(super) fn of(book: &Book<'_>, programme: &Programme) -> Self {
        let words = book.words;
        let calls: Vec<&Call> = programme.calls().collect();
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
            travellers: if programme.personal || calls.iter().any(|call| !call.groups.is_empty()) {
                programme.party.travellers.iter().map(|traveller| self::traveller(traveller, words)).collect()
            } else {
                Vec::new()
            },
            overview: programme.days.iter().map(|day| overview(day, words)).collect(),
            map: tour_map(book, programme),
            days: programme.days.iter().map(|day| day_view(book, programme, day)).collect(),
            districts: programme
                .districts
                .iter()
                .map(|district| self::district(district, &calls, words))
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
    let districts: Vec<&str> =
        programme.districts.iter().map(|district| district.reading.name.as_str()).collect();
    if !districts.is_empty() {
        facts.push((words.get("cover.districts").to_owned(), districts.join(", ")));
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

fn traveller(traveller: &Traveller, words: &Words) -> TravellerView {
    let person = traveller.person.clone().unwrap_or_default();
    TravellerView {
        number: traveller.number,
        role: traveller.role.clone(),
        country: words.country(&traveller.country),
        languages: words.tongues(&traveller.languages),
        needs: traveller.needs.join(", "),
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

fn tour_map(book: &Book<'_>, programme: &Programme) -> String {
    let words = book.words;
    let calls: Vec<String> =
        programme.calls().map(|call| format!("{} {}", call.order, call.place.name)).collect();
    if programme.days.is_empty() {
        return String::new();
    }
    let map = Map {
        id: "map-tour".to_owned(),
        title: words.get("map.tour").to_owned(),
        described: words.say("map.tour_described", &[("stops", &calls.join("; "))]),
        height: 420.0,
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
    map::draw(&map, words)
}

fn base(spot: &Spot) -> (f64, f64, String) {
    (spot.lon, spot.lat, spot.name.clone())
}

fn day_map(book: &Book<'_>, day: &Day) -> String {
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
        height: 205.0,
        stops: day.calls().map(|call| (call.place.lon, call.place.lat, call.order.to_string())).collect(),
        bases: vec![base(&day.from), base(&day.to)],
        ways: day.drives().map(|drive| (drive.line.as_slice(), drive.straight)).collect(),
        outlines: book.outlines,
    };
    map::draw(&map, words)
}

fn day_view(book: &Book<'_>, programme: &Programme, day: &Day) -> DayView {
    let words = book.words;
    let next = day.free_until.map(|next| {
        words.say(
            "day.free_evening",
            &[("from", &words.time(day.ends, day.date)), ("until", &words.time(next, next.date()))],
        )
    });
    DayView {
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
        map: day_map(book, day),
        straight: day.drives().any(|drive| drive.straight),
        sheets: day.calls().map(|call| sheet(book, programme, day, call)).collect(),
    }
}

fn span(item: &Item, day: &Day, words: &Words) -> String {
    format!("{}–{}", words.time(item.starts(), day.date), words.time(item.ends(), day.date))
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
            side: vec![state(call.state, words).to_owned(), words.duration(minutes(item))],
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

fn state(state: State, words: &Words) -> &str {
    words.get(match state {
        State::Proposed => "state.proposed",
        State::Asked => "state.asked",
        State::Confirmed => "state.confirmed",
        State::Declined => "state.declined",
    })
}

fn sheet(book: &Book<'_>, programme: &Programme, day: &Day, call: &Call) -> Sheet {
    let words = book.words;
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: String| {
        if !value.is_empty() {
            facts.push((words.get(key).to_owned(), value));
        }
    };
    fact("host.address", call.place.where_());
    fact("host.contact", call.contact.as_ref().map(contact_words).unwrap_or_default());
    fact("host.languages", words.tongues(&call.languages));
    fact("host.district", call.district.as_ref().map(|district| district.name.clone()).unwrap_or_default());
    let industries: Vec<&str> = call.industries.iter().map(|industry| industry.name.as_str()).collect();
    fact("host.industry", industries.join(", "));
    fact("host.phases", call.phases.join(", "));
    let arrive = words.time(call.arrives, day.date);
    let when = words.say(
        "host.when",
        &[
            ("day", &day.number.to_string()),
            ("date", &words.date_short(day.date)),
            ("from", &words.time(call.starts, day.date)),
            ("until", &words.time(call.ends, day.date)),
            ("arrive", &arrive),
        ],
    );
    let ties = [("tie.before", &call.before), ("tie.after", &call.after)]
        .into_iter()
        .filter_map(|(key, tie)| tie.as_ref().map(|tie| (key, tie)))
        .map(|(key, tie)| {
            let label = words.say(key, &[("number", &tie.order.to_string()), ("name", &tie.name)]);
            (label, tie_words(tie, words))
        })
        .collect();
    Sheet {
        number: call.number,
        order: call.order,
        name: call.place.name.clone(),
        kind: kind_name(call.host_kind, words).to_owned(),
        when,
        state: state(call.state, words).to_owned(),
        facts,
        chain: chain(book, call),
        groups: call
            .groups
            .iter()
            .map(|group| {
                (group.number, group_time(group, day, words), group.people, who(group, programme, words))
            })
            .collect(),
        ties,
        learn: learnt(call, words),
        look_for: look_for(call, words),
        interests: call.met.iter().take(8).map(|met| interest(met, words)).collect(),
        questions: questions(call, words),
    }
}

/// The chain in which the host stands, and which of its phases are here; empty where no order is known.
fn chain(book: &Book<'_>, call: &Call) -> Vec<(String, bool)> {
    let chains = book.chains.iter().map(|chain| text::lines(&chain.phases));
    let mut chains = chains.filter(|chain| chain.iter().any(|phase| call.phases.contains(phase)));
    let chain = chains.next().unwrap_or_default();
    chain.into_iter().map(|phase| (phase.clone(), call.phases.contains(&phase))).collect()
}

fn tie_words(tie: &Tie, words: &Words) -> String {
    let phases = |key: &str, phases: &[String]| words.say(key, &[("phases", &phases.join(", "))]);
    let industries = |key: &str, industries: &[crate::programme::Named]| {
        let names: Vec<&str> = industries.iter().map(|industry| industry.name.as_str()).collect();
        words.say(key, &[("industries", &names.join(", "))])
    };
    let link = match &tie.link {
        Link::SamePhase { phases: all } => phases("tie.same_phase", all),
        Link::NextPhase { phases: all } => phases("tie.next_phase", all),
        Link::LaterPhase { phases: all } => phases("tie.later_phase", all),
        Link::PhaseBefore { phases: all } => phases("tie.phase_before", all),
        Link::EarlierPhase { phases: all } => phases("tie.earlier_phase", all),
        Link::OtherPhase { phases: all } => phases("tie.other_phase", all),
        Link::SameIndustry { industries: all } => industries("tie.same_industry", all),
        Link::OtherIndustry { industries: all } => industries("tie.other_industry", all),
        Link::WholeDistrict => words.get("tie.whole_district").to_owned(),
        Link::None => String::new(),
    };
    let district = match (tie.same_district, &tie.district) {
        (Some(true), _) => words.get("tie.same_district").to_owned(),
        (_, Some(district)) => words.say("tie.other_district", &[("district", &district.name)]),
        _ => String::new(),
    };
    let said = text::joined([district.as_str(), link.as_str()], " ");
    if said.is_empty() { words.get("tie.none").to_owned() } else { said }
}

fn district(district: &District, calls: &[&Call], words: &Words) -> DistrictView {
    let reading = &district.reading;
    let mut facts = Vec::new();
    let mut fact = |key: &str, value: Option<String>| {
        facts.extend(value.filter(|value| !value.is_empty()).map(|value| (words.get(key).to_owned(), value)));
    };
    fact("reading.industry", Some(reading.industry.clone()));
    fact("reading.workers", reading.workers.map(|workers| words.number(workers)));
    fact("reading.firms", reading.firms.map(|firms| words.number(firms)));
    let most = reading.phases.iter().filter_map(|phase| phase.workers).max().unwrap_or(0).max(1);
    let class = district.class.unwrap_or("unknown");
    DistrictView {
        name: reading.name.clone(),
        industry: reading.industry.clone(),
        why: paragraphs(&reading.why),
        certainty: reading.certainty.map(|certainty| words.probability(certainty)).unwrap_or_default(),
        certainty_word: words.get(&format!("certainty.{class}")).to_owned(),
        advice: words.get(&format!("certainty.{class}_advice")).to_owned(),
        hundredths: reading.certainty.map(|certainty| (certainty * 100.0 + 1e-9) as u64),
        facts,
        phases: reading
            .phases
            .iter()
            .map(|phase| PhaseRow {
                name: phase.name.clone(),
                workers: phase.workers.map(|workers| words.number(workers)).unwrap_or_default(),
                bar: phase
                    .workers
                    .map(|workers| u64::try_from(u128::from(workers) * 100 / u128::from(most)).unwrap_or(100))
                    .unwrap_or_default(),
            })
            .collect(),
        linked: reading.link.starts_with("https://") || reading.link.starts_with("http://"),
        link: reading.link.clone(),
        visits: calls
            .iter()
            .filter(|call| district.visits.contains(&call.order))
            .map(|call| (call.order, call.place.name.clone()))
            .collect(),
    }
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
