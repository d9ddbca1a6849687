//! Texts of data cannot leave their place.

use std::str::FromStr as _;

use distretto_roadbook::{Words, csv, geo, gpx, html, ics, json};
use proptest::prelude::*;

use crate::{rows, tour};

const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"quoted\" and 'single' & <b>bold</b>",
    "]]><x/>",
    "a,b;c\\d\\n:e",
    "line one\nline two\r\nEND:VCALENDAR\r\nline three",
    "=1+1",
    "+39 0831",
    "\u{202e}reversed\u{0}\u{7}\u{ffff}",
    "مصنع الجلود",
    "🚌👩‍🏭 emoji",
    "{{ 7 * 7 }} {% raw %} {title}",
    "</style></title><!-- --> </svg>",
];

/// The made tour with these texts wherever data has a text.
fn with(texts: &[String]) -> tour::Made {
    let mut made = tour::made();
    let mut next = texts.iter().cycle().cloned();
    let mut put = |text: &mut String| *text = next.next().unwrap_or_default();
    put(&mut made.tour.title);
    put(&mut made.tour.aim);
    for host in &mut made.tour.hosts {
        put(&mut host.name);
        put(&mut host.place.address);
        put(&mut host.place.town);
        put(&mut host.look_for);
        host.phases.iter_mut().chain(&mut host.practices).chain(&mut host.languages).for_each(&mut put);
    }
    for base in &mut made.tour.frame.bases {
        put(&mut base.name);
        put(&mut base.place.address);
    }
    for delegate in &mut made.tour.delegation.delegates {
        put(&mut delegate.role);
        put(&mut delegate.country);
        delegate.needs.iter_mut().chain(&mut delegate.languages).for_each(&mut put);
        delegate.interests.iter_mut().for_each(|interest| put(&mut interest.name));
    }
    for reading in &mut made.readings {
        put(&mut reading.name);
        put(&mut reading.industry);
        put(&mut reading.why);
        put(&mut reading.link);
    }
    for chain in &mut made.chains {
        chain.phases.iter_mut().for_each(&mut put);
    }
    made.industries.values_mut().for_each(&mut put);
    for contact in made.personal.contacts.values_mut() {
        [&mut contact.name, &mut contact.role, &mut contact.phone, &mut contact.email]
            .into_iter()
            .for_each(&mut put);
    }
    for person in made.personal.people.values_mut() {
        [&mut person.name, &mut person.phone, &mut person.email, &mut person.emergency]
            .into_iter()
            .for_each(&mut put);
    }
    for number in made.emergency.numbers.iter_mut().chain(&mut made.emergency.people) {
        put(&mut number.who);
        put(&mut number.number);
    }
    for outline in &mut made.outlines {
        put(&mut outline.name);
    }
    put(&mut made.travel.source);
    made
}

/// Every output can be read back, and the pages have as many tags as the pages of harmless texts have.
fn check(texts: &[String]) {
    let words = Words::english();
    let made = with(texts);
    let plain = with(&texts.iter().map(|text| harmless(text)).collect::<Vec<_>>());
    let (book, plain) = (made.book(&words, true), plain.book(&words, true));

    let pages = html(&book).unwrap();
    assert_eq!(tags(&pages), tags(&html(&plain).unwrap()));
    assert!(!pages.contains('\0') && !pages.contains('\u{202e}'));

    let calendar = ics(&book).unwrap();
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r'])));
    let count = |text: &str, what: &str| text.split("\r\n").filter(|line| *line == what).count();
    for what in ["BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"] {
        assert_eq!(count(&calendar, what), count(&ics(&plain).unwrap(), what));
    }
    icalendar::Calendar::from_str(&calendar).unwrap();

    let route = ::gpx::read(gpx(&book).unwrap().as_bytes()).unwrap();
    assert_eq!(route.waypoints.len(), 17);
    serde_json::from_str::<serde_json::Value>(&json(&book).unwrap()).unwrap();
    geo(&book).unwrap();

    let table = rows(&csv(&book).unwrap());
    let columns = table[0].len();
    for row in &table {
        assert_eq!(row.len(), columns);
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
    }
}

/// A text of letters and digits with as many lines that are not empty, different where texts differ.
fn harmless(text: &str) -> String {
    let text =
        text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n").replace('\t', " ");
    let shown = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
    };
    let line = |line: &str| -> String {
        let kept: String = line.chars().filter(shown).collect();
        kept.trim()
            .chars()
            .flat_map(|c| format!("u{:x}", u32::from(c)).into_bytes())
            .map(char::from)
            .collect()
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// How many tags and entities' ends there are outside pictures. What a picture names depends on the room that a name takes.
fn tags(page: &str) -> (usize, usize) {
    let mut count = (0, 0);
    for (at, part) in page.split("<svg ").enumerate() {
        let part = if at == 0 { part } else { part.split_once("</svg>").unwrap().1 };
        count = (count.0 + part.matches('<').count(), count.1 + part.matches('>').count());
    }
    count
}

#[test]
fn hostile_texts_stay_texts() {
    let texts: Vec<String> = HOSTILE.iter().map(|&text| text.to_owned()).collect();
    for turn in 0..texts.len() {
        let mut turned = texts.clone();
        turned.rotate_left(turn);
        check(&turned);
    }
    let words = Words::english();
    let made = with(&texts);
    let pages = html(&made.book(&words, true)).unwrap();
    assert!(!pages.contains("<script"));
    assert!(pages.contains("&lt;script&gt;"));
    assert!(pages.contains("مصنع الجلود") && pages.contains("🚌"));
    assert!(pages.contains("{{ 7 * 7 }}"));
}

#[test]
fn a_link_that_is_no_web_address_is_not_linked() {
    let words = Words::english();
    let mut made = tour::made();
    made.readings[0].link = "javascript:alert(1)".to_owned();
    let pages = html(&made.book(&words, false)).unwrap();
    assert!(!pages.contains("href=\"javascript"));
    assert!(pages.contains("javascript:alert(1)"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_texts_stay_texts(texts in proptest::collection::vec(any::<String>(), 3..9)) {
        check(&texts);
    }
}
