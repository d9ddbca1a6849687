//! The pages say nothing that no message says.

use std::collections::BTreeSet;

use distretto_roadbook::{Words, html};

use crate::tour;

const PAGE: &str = include_str!("../../src/html/page.html");

#[test]
fn every_message_of_the_page_is_in_the_file() {
    let words = Words::english();
    let keys: BTreeSet<&str> = PAGE
        .split("t(\"")
        .skip(1)
        .chain(PAGE.split("t('").skip(1))
        .filter_map(|rest| rest.split(['"', '\'']).next())
        .collect();
    assert!(keys.len() > 60);
    for key in keys.iter().filter(|key| key.contains('.') && !key.ends_with(['.', '_'])) {
        assert_ne!(words.get(key), *key, "{key}");
    }
}

#[test]
fn no_page_shows_the_name_of_a_message_or_a_placeholder() {
    let made = tour::made();
    for words in [Words::english(), Words::italian()] {
        let mut page = html(&made.book(&words, true)).unwrap().replace("host.example", "");
        page.replace_range(..page.find("</style>").unwrap(), "");
        for table in [
            "cover",
            "party",
            "overview",
            "travellers",
            "reading",
            "certainty",
            "day",
            "row",
            "group",
            "state",
            "kind",
            "host",
            "sheet",
            "tie",
            "learn",
            "look",
            "question",
            "feedback",
            "map",
            "help",
            "calendar",
            "unit",
            "date",
            "weekday",
            "month",
        ] {
            let named = page
                .split(&format!("{table}."))
                .skip(1)
                .any(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
            assert!(!named, "{table}: {:?}", page.split(&format!("{table}.")).nth(1).map(|rest| &rest[..20]));
        }
        assert!(!page.contains('{'));
    }
}

#[test]
fn a_page_is_the_same_twice_and_in_its_language() {
    let made = tour::made();
    let words = Words::italian();
    let page = html(&made.book(&words, true)).unwrap();
    assert_eq!(page, html(&made.book(&words, true)).unwrap());
    assert!(page.starts_with("<!doctype html>\n<html lang=\"it\" dir=\"ltr\">"));
    assert!(page.contains("martedì 20 ottobre 2026"));
    assert!(
        !page.contains("http://")
            && !page.contains("<script")
            && page.matches("url(").count() == page.matches("url(#").count()
    );
    let mut arabic = String::from("[language]\ntag = \"ar\"\ndirection = \"rtl\"\n");
    arabic.push_str("[help]\ntitle = \"حالة طوارئ\"\n");
    let words = Words::parse(&arabic).unwrap();
    let page = html(&made.book(&words, false)).unwrap();
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">") && page.contains("حالة طوارئ"));
}

#[test]
fn the_number_for_emergencies_is_that_of_the_country() {
    let mut made = tour::made();
    let numbers = made.emergency.numbers.clone();
    let mut first = |country: Option<&str>, numbers: &[distretto_roadbook::book::Number]| {
        made.tour.frame.country = country.map(str::to_owned);
        made.emergency.numbers = numbers.to_vec();
        let page = html(&made.book(&Words::english(), false)).unwrap();
        let box_of =
            page.split("<div class=\"sos\">").nth(1).unwrap().split("</div>").next().unwrap().to_owned();
        assert_eq!(page.contains("<bdi>112</bdi>"), country == Some("IT"), "{country:?}");
        box_of
    };
    assert!(first(Some("IT"), &numbers).contains("<bdi>112</bdi></strong><p>Ambulance"));
    let clinic = distretto_roadbook::book::Number { who: "Ambulance of Rabat".into(), number: "150".into() };
    let elsewhere = first(Some("MA"), std::slice::from_ref(&clinic));
    assert!(elsewhere.contains("<bdi>150</bdi>") && elsewhere.contains("Ambulance of Rabat"), "{elsewhere}");
    assert!(first(None, &[clinic]).contains("<bdi>150</bdi>"));
    assert!(first(Some("MA"), &[]).contains("Find out which number"));
}

#[test]
fn headings_are_in_order_and_ids_unique() {
    let made = tour::made();
    let words = Words::english();
    let page = html(&made.book(&words, true)).unwrap();
    let mut level = 0;
    for rest in page.split("<h").skip(1) {
        let Some(next) = rest.chars().next().and_then(|c| c.to_digit(10)) else { continue };
        assert!(next <= level + 1, "h{next} after h{level}");
        level = next;
    }
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ids.contains(&link), "{link}");
    }
}
